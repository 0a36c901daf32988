"""The yearly plan: what the rules ask, what covers it, what is due, and its file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.deadlines import due_list
from dispatch.drillbook.asks import Cover, CoverRow, Kind, cover, year_of
from dispatch.drillbook.plan import (
    drop_line,
    edit_line,
    file_plan,
    line,
    lines,
    mark_held,
    remove_line,
)
from dispatch.drillbook.plan_exchange import bring_plan, plan_book, read_plan
from dispatch.drillbook.plan_papers import drill_plan_paper
from dispatch.printouts.drill_plan_sheet import drill_plan_sheet
from dispatch.printouts.plain import plain_text
from resources.people import Role
from resources.rules import change_rule, rules
from tests.builders import an_officer
from tests.dispatch.drillbook.builders import DIRECTOR, a_line


def test_sectors_large_drills_and_plans_are_counted_against_the_rules(store: Store) -> None:
    with store.change("test.plan", DIRECTOR) as tx:
        plan = tx.insert("plan", {"name": "危化专项", "kind": "special"})
        tx.insert("plan", {"name": "部门", "kind": "department"})
        tx.insert("unit", {"name": "石渠镇", "tier": "town", "kind": "town"})
    a_line(store, sector="危化", plan_id=plan, large=1, town="石渠镇")
    held = a_line(store, month=3, sector="防汛", large=1)
    mark_held(store, held, date(2026, 3, 20), by=DIRECTOR)
    by = {(a.kind, a.subject): a for a in year_of(store, 2026).asks}
    large = by[Kind.LARGE, ""]
    assert (large.needed, large.planned, large.done, large.cover) == (5, 2, 1, Cover.MISSING)
    assert by[Kind.SECTOR, "防汛"].cover is Cover.DONE
    assert by[Kind.SECTOR, "危化"].cover is Cover.PLANNED
    assert by[Kind.SECTOR, "燃气"].cover is Cover.MISSING
    assert by[Kind.PLAN, "危化专项"].cover is Cover.PLANNED
    assert (Kind.PLAN, "部门") not in by
    assert by[Kind.TOWN, "石渠镇"].cover is Cover.PLANNED
    assert by[Kind.FILING, ""].due == date(2026, 3, 31)


def test_a_special_plan_is_asked_for_again_after_three_years(store: Store) -> None:
    with store.change("test.plan", DIRECTOR) as tx:
        plan = tx.insert("plan", {"name": "危化专项", "kind": "special"})
    mark_held(store, a_line(store, 2023, plan_id=plan), date(2023, 6, 1), by=DIRECTOR)
    asked = {y: any(a.kind is Kind.PLAN for a in year_of(store, y).asks) for y in (2025, 2026)}
    assert asked == {2025: False, 2026: True}


def test_a_rule_row_of_the_district_changes_what_is_asked(store: Store) -> None:
    admin = an_officer("李建国", Role.ADMIN)
    old = next(r for r in rules(store) if r.code == "drill.large")
    change_rule(store, old, 2, valid_from=date(2026, 1, 1), by=admin)
    assert next(a for a in year_of(store, 2026).asks if a.kind is Kind.LARGE).needed == 2


def test_months_show_held_planned_and_late_drills(store: Store) -> None:
    a_line(store, month=5)
    a_line(store, month=12)
    mark_held(store, a_line(store, month=6), date(2026, 7, 2), by=DIRECTOR)
    drop_line(store, a_line(store, month=1), "并入综合演练", by=DIRECTOR)
    row = next(r for r in cover(year_of(store, 2026)) if r.sector == "防汛")
    assert [row.sign(n) for n in (1, 5, 6, 7, 12)] == ["", "△", "", "●", "○"]
    assert row.cover is Cover.DONE


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=12, max_size=12))
def test_a_month_shows_a_sign_for_each_drill(pairs: list[tuple[int, int]]) -> None:
    row = CoverRow("x", tuple(p for p, _ in pairs), tuple(d for _, d in pairs), (0,) * 12, True)
    assert all(len(row.sign(n + 1)) == p + d for n, (p, d) in enumerate(pairs))


def test_what_is_missing_and_late_stands_in_the_list_of_what_is_due(store: Store) -> None:
    assert not [d for d in due_list(store, store.clock.now()) if d.key.startswith("drill")]
    late = a_line(store, month=5, name="危化桌面推演")
    keys = {d.key: d for d in due_list(store, store.clock.now())}
    assert {"drillplan:2026:filing", "drillplan:2026:large", "drillplan:2026:sector",
            f"drillline:{late}"} <= keys.keys()
    assert all(not keys[k].overdue for k in keys if k.startswith("drill"))
    assert "危化桌面推演" in keys[f"drillline:{late}"].title
    file_plan(store, 2026, date(2026, 3, 25), "市应急管理局", "云应急〔2026〕8号", by=DIRECTOR)
    mark_held(store, late, date(2026, 5, 8), by=DIRECTOR)
    keys = {d.key: d for d in due_list(store, store.clock.now())}
    assert "drillplan:2026:filing" not in keys
    assert f"drillline:{late}" not in keys


def test_a_year_without_a_plan_is_asked_for_where_there_was_one(store: Store) -> None:
    a_line(store, 2025)
    assert [d.key for d in due_list(store, store.clock.now())
            if d.key.startswith("drill")] == ["drillplan:2026:unwritten"]


def test_a_filed_plan_keeps_its_lines(store: Store) -> None:
    one = a_line(store)
    file_plan(store, 2026, date(2026, 3, 25), "市应急管理局", by=DIRECTOR)
    with pytest.raises(Refused):
        remove_line(store, one, by=DIRECTOR)
    drop_line(store, one, "合并", by=DIRECTOR)
    assert line(store, one).dropped == "合并"


def test_a_line_is_refused_with_its_field(store: Store) -> None:
    with pytest.raises(Refused) as found:
        a_line(store, month=13)
    assert found.value.field == "month"
    with pytest.raises(Refused) as found:
        mark_held(store, a_line(store), date(2026, 12, 1), by=DIRECTOR)
    assert found.value.field == "day"
    with pytest.raises(Refused):
        edit_line(store, a_line(store), {"content": "什么"}, by=DIRECTOR)


def test_the_plan_goes_out_as_xlsx_and_comes_back_the_same(store: Store) -> None:
    with store.change("test.plan", DIRECTOR) as tx:
        plan = tx.insert("plan", {"name": "危化专项", "kind": "special"})
    a_line(store, sector="危化", plan_id=plan, large=1, budget=30000, unit="应急管理局",
           note="夜间")
    a_line(store, month=9, form="tabletop", content="single")
    book = plan_book(store, 2026)
    before = [(x.month, x.name, x.content, x.form, x.sector, x.unit, x.plan, x.large, x.budget,
               x.note) for x in lines(store, 2026)]
    assert read_plan(store, 2026, "p.xlsx", book).known == ("防汛演练", "防汛演练")
    bring_plan(store, 2025, read_plan(store, 2025, "p.xlsx", book), by=DIRECTOR)
    assert before == [(x.month, x.name, x.content, x.form, x.sector, x.unit, x.plan, x.large,
                       x.budget, x.note) for x in lines(store, 2025)]


def test_a_file_with_wrong_cells_enters_nothing_and_says_where(store: Store) -> None:
    a_line(store)
    rows = ["Month,Name of the drill,Plan drilled", "6,城市内涝,", "13,十三月演练,",
            "4,预案不明,没有的预案"]
    reading = read_plan(store, 2025, "p.csv", "\n".join(rows).encode())
    assert [p.row for p in reading.problems] == [3, 4]
    with pytest.raises(Refused, match="没有的预案"):
        bring_plan(store, 2025, reading, by=DIRECTOR)
    assert lines(store, 2025) == []


def test_the_paper_says_lines_cover_and_demands(store: Store) -> None:
    a_line(store, name="城市内涝综合演练", large=1)
    words = plain_text(drill_plan_sheet(drill_plan_paper(store, 2026)))
    assert "城市内涝综合演练" in words
    assert "△" in words
    assert t("ask|Missing") in words


def test_only_those_who_keep_the_book_write_it(store: Store) -> None:
    with pytest.raises(Refused):
        drop_line(store, a_line(store), "x", by=an_officer("访客", Role.VIEWER))
