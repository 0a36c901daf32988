"""Every rule is filled in as cells, comes back as it was, and refuses what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.words import catalogue
from dispatch.rule_forms import key_words, read_rows, rows_of, shape_of, value_words
from dispatch.rule_shapes import SHAPES, UNIT_NAMES
from dispatch.rules import ALL_RULES
from resources.rules import Rule, same_shape

TYPED = ("0", "7", "-1", "1e9", "nan", "inf", "９", "08:30", "8:30", "25:00", "02-30", "是", "电话")
BY_CODE = {rule.code: rule for rule in ALL_RULES}


def test_each_rule_has_a_shape_and_no_shape_is_left_over() -> None:
    assert set(SHAPES) == set(BY_CODE)
    assert all(shape.about for shape in SHAPES.values())
    assert {rule.unit for rule in ALL_RULES} - {""} <= set(UNIT_NAMES)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", BY_CODE)
def test_a_value_comes_back_from_its_cells_as_it_was(code: str, language: str) -> None:
    catalogue.load(language, Path("ui/assets/words"))
    rule = BY_CODE[code]
    rows = rows_of(shape_of(rule), rule.value)
    back = read_rows(rule, rows)
    assert back == rule.value
    assert same_shape(back, rule.value)
    words = value_words(rule)
    assert words
    assert not set('{}[]"') & set(words) or isinstance(rule.value, str)


@given(st.data())
def test_whatever_is_typed_is_read_in_its_shape_or_refused(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(ALL_RULES))
    rows = [tuple(row) for row in rows_of(shape_of(rule), rule.value)]
    at = data.draw(st.integers(0, len(rows) - 1))
    first = bool(shape_of(rule).keys)
    column = data.draw(st.integers(int(first), len(rows[at]) - 1))
    text = data.draw(st.one_of(st.text(max_size=12), st.sampled_from(TYPED)))
    rows[at] = (*rows[at][:column], text, *rows[at][column + 1:])
    try:
        value, field = read_rows(rule, rows), ""
    except Refused as error:
        value, field = rule.value, error.field
    assert field in ("", "value", f"{at}:{column}")
    assert same_shape(value, rule.value)


def test_rows_can_be_added_and_a_norm_given_to_another_kind_of_force() -> None:
    sectors = BY_CODE["drill.sectors"]
    rows = rows_of(shape_of(sectors), sectors.value)
    assert read_rows(sectors, [*rows, ("水上",)])[-1] == "水上"
    norms = BY_CODE["interval.norms"]
    rows = [(r[0], r[1], "9", r[3]) if r[0] == "medical" else r
            for r in rows_of(shape_of(norms), norms.value)]
    assert read_rows(norms, rows)["medical"] == {"travel": 9}


def test_a_refusal_names_cell_and_what_to_write() -> None:
    first = BY_CODE["report.first"]
    rows = rows_of(shape_of(first), first.value)
    rows[2] = (rows[2][0], rows[2][1], "soon")
    with pytest.raises(Refused, match="not a number") as met:
        read_rows(first, rows)
    assert met.value.field == "2:2"
    filing = BY_CODE["drill.filing"]
    with pytest.raises(Refused, match="03-31"):
        read_rows(filing, [("31.3.",)])


def test_a_rule_of_a_later_program_is_shown_as_it_stands() -> None:
    assert value_words(Rule("x.y", 7, "min", "X", "Y", False, "2026-01-01")) == "7 min"


def test_a_class_of_events_may_have_minutes_of_its_own() -> None:
    follow = BY_CODE["report.follow"]
    rows = [(r[0], "4") if r[0] == "natural.1" else r
            for r in rows_of(shape_of(follow), follow.value)]
    value = read_rows(follow, rows)
    assert value == {**follow.value, "natural": {"1": 4}}
    assert rows_of(shape_of(follow), value) == rows
    assert key_words(shape_of(follow), "natural.1") == "Natural disaster · Most serious"
