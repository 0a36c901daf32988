"""Evaluation: templates, sheets, scores, several evaluators' files merged, findings."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import Refused
from db.store import Store
from db.words import catalogue
from dispatch.drillbook.eval_papers import blank_eval, blank_head, filled_eval
from dispatch.drillbook.evaluations import (
    Answer,
    Put,
    SheetId,
    Verdict,
    add_finding,
    answer,
    answers_of,
    begin_sheet,
    findings_of,
    photos_of,
    sheet_of,
    sheets_of,
    strike_finding,
)
from dispatch.drillbook.rules import SCORE
from dispatch.drillbook.scoring import grade, score, tally
from dispatch.drillbook.sheet_exchange import merge_sheets, read_sheet, sheet_book
from dispatch.drillbook.templates import (
    Item,
    ItemId,
    Template,
    TemplateId,
    add_item,
    edit_item,
    items,
    retire_item,
)
from dispatch.drills.terms import Form
from dispatch.printouts.drill_eval_sheet import eval_sheet
from dispatch.printouts.plain import plain_text
from tests.dispatch.drillbook.builders import (
    DIRECTOR,
    a_sealed_drill,
    changed_book,
    say,
    the_templates,
)


@pytest.fixture
def drill(store: Store) -> int:
    return a_sealed_drill(store)


@pytest.fixture
def template(store: Store) -> Template:
    return the_templates(store)[0]


def begun(store: Store, drill: int, template: Template, name: str = "周远") -> SheetId:
    return begin_sheet(store, drill, template.id, name, by=DIRECTOR)


def test_both_standards_come_for_practical_and_table_top_drills(store: Store) -> None:
    found = the_templates(store)
    assert [(x.standard, x.form) for x in found] == [
        ("AQ/T 9009-2015", Form.FULL), ("AQ/T 9009-2015", Form.TABLETOP),
        ("GB/T 46792-2025", Form.FULL), ("GB/T 46792-2025", Form.TABLETOP)]
    parts = {i.part for i in items(store, found[0].id)}
    assert parts == {"A1", "A2"}
    assert all(i.uncertain for i in items(store, found[2].id))
    assert not any(i.uncertain for i in items(store, found[0].id) if i.part == "A1")


def test_an_edited_question_leaves_what_was_answered_as_it_was_asked(
        store: Store, drill: int, template: Template) -> None:
    sheet = begun(store, drill, template)
    old = items(store, template.id)[0]
    new = edit_item(store, old.id, {"text": "新的评估内容"}, by=DIRECTOR)
    assert new != old.id
    assert items(store, template.id)[0].question == "新的评估内容"
    assert items(store, template.id)[0].code == old.code
    assert answers_of(store, sheet)[0].item.text == old.text
    added = add_item(store, template.id, {"part": "A2", "heading": "夜间", "text": "照明充足。"},
                     by=DIRECTOR)
    retire_item(store, added, by=DIRECTOR)
    assert added not in {i.id for i in items(store, template.id)}


def test_a_no_needs_its_reason_and_one_evaluator_has_one_sheet(
        store: Store, drill: int, template: Template) -> None:
    sheet = begun(store, drill, template)
    first = answers_of(store, sheet)[0].item
    with pytest.raises(Refused) as found:
        answer(store, sheet, Put(first.id, Verdict.NO), by=DIRECTOR)
    assert found.value.field == "reason"
    answer(store, sheet, Put(first.id, Verdict.NO, "目的不可量化"), by=DIRECTOR)
    assert answers_of(store, sheet)[0].verdict is Verdict.NO
    with pytest.raises(Refused) as found:
        begun(store, drill, template)
    assert found.value.field == "evaluator"


def test_the_score_takes_evaluators_of_one_question_together(
        store: Store, drill: int, template: Template) -> None:
    one, two = begun(store, drill, template, "周远"), begun(store, drill, template, "孟凡")
    codes = [a.item.code for a in answers_of(store, one)]
    say(store, one, no={codes[0]: "未量化"}, na=tuple(codes[2:]))
    say(store, two, na=tuple(codes[2:]))
    both = [(sheet_of(store, s).evaluator, answers_of(store, s)) for s in (one, two)]
    done = score(both, SCORE)
    assert done.whole.score == 75  # one question half, the other whole
    assert done.grade == "passed"
    assert [t.score for _, t in done.evaluators] == [50, 100]
    assert done.whole.na == 2 * (len(codes) - 2)


def an_item(number: int, weight: float) -> Item:
    return Item(id=ItemId(number), template_id=TemplateId(1),  # type: ignore[arg-type]
                code=f"A-{number}", part="A", heading="h", text="q", weight=weight,
                uncertain=False, active=True)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(list(Verdict)),
                          st.floats(0.1, 10)), max_size=40))
def test_a_score_lies_between_none_and_all(given_: list[tuple[int, Verdict, float]]) -> None:
    some = [Answer(SheetId(1), an_item(n, w), v, "", "")  # type: ignore[arg-type]
            for n, v, w in given_]
    found = tally("x", some)
    assert found.yes + found.no + found.na + found.open == len(some)
    if not found.yes + found.no:
        assert found.score is None
    else:
        assert found.score is not None
        assert 0 <= found.score <= 100
        assert (found.score == 100) == (found.no == 0) or found.score > 99.9


def test_grades_follow_the_steps_of_the_rule() -> None:
    assert [grade(p, SCORE) for p in (None, 0, 59.9, 60, 85, 90)] == [
        "", "failed", "failed", "passed", "good", "excellent"]


# files


def a_file(store: Store, drill: int, template: Template, name: str) -> bytes:
    book = sheet_book(blank_head(store, template, drill), items(store, template.id))

    def fill(rows: list[list[object]]) -> None:
        rows[3][2], rows[4][2] = name, "区消防救援大队"
        for row in rows[7:]:
            row[3] = "Yes"

    return changed_book(book, fill)


def test_files_of_several_evaluators_are_merged_in_one_change(
        store: Store, drill: int, template: Template) -> None:
    files = [a_file(store, drill, template, name) for name in ("周远", "刘立新")]
    readings = [read_sheet(store, drill, f"{n}.xlsx", data) for n, data in enumerate(files)]
    assert [r.problems for r in readings] == [(), ()]
    changes = store.value("select count(*) from change")
    merge_sheets(store, drill, readings, by=DIRECTOR)
    assert store.value("select count(*) from change") == changes + 1
    kept = sheets_of(store, drill)
    assert [(s.evaluator, s.unit) for s in kept] == [("周远", "区消防救援大队"),
                                                     ("刘立新", "区消防救援大队")]
    assert all(a.verdict is Verdict.YES for s in kept for a in answers_of(store, s.id))
    again = [read_sheet(store, drill, "0.xlsx", files[0])]
    merge_sheets(store, drill, again, by=DIRECTOR)
    assert len(sheets_of(store, drill)) == 2


def test_missing_unknown_double_and_wrong_rows_are_named_and_nothing_is_taken(
        store: Store, drill: int, template: Template) -> None:
    good = a_file(store, drill, template, "刘立新")

    def spoil(rows: list[list[object]]) -> None:
        rows[7][3] = "No"                 # a no without its reason, row 8
        rows[8][3] = "maybe"              # row 9
        rows[9] = list(rows[10])          # A1-03 gone, A1-04 twice: row 11 is the second
        rows[11][0] = "Z9-01"             # unknown, row 12, and A1-05 missing
        rows[12][2], rows[12][6] = "别的问题", "1"

    reading = read_sheet(store, drill, "坏.xlsx", changed_book(good, spoil))
    found = {(p.row, p.column) for p in reading.problems}
    assert {(8, "A1-01"), (11, "A1-04"), (12, "Z9-01"), (13, "A1-06")} <= found
    assert {p.column for p in reading.problems if p.row == 7} == {"A1-03", "A1-05"}
    assert any(p.row == 9 for p in reading.problems)
    with pytest.raises(Refused, match="坏"):
        merge_sheets(store, drill, [read_sheet(store, drill, "好.xlsx", good), reading],
                     by=DIRECTOR)
    assert sheets_of(store, drill) == []


def test_an_empty_cell_of_a_file_takes_no_answer_back(
        store: Store, drill: int, template: Template) -> None:
    sheet = begun(store, drill, template)
    first, second = (a.item for a in answers_of(store, sheet)[:2])
    answer(store, sheet, Put(first.id, Verdict.NO, "目的不可量化"), by=DIRECTOR)
    answer(store, sheet, Put(second.id, Verdict.YES), by=DIRECTOR)

    def fill(rows: list[list[object]]) -> None:
        rows[3][2] = "周远"
        rows[8][3] = "N/A"

    blank = sheet_book(blank_head(store, template, drill), items(store, template.id))
    merge_sheets(store, drill, [read_sheet(store, drill, "a.xlsx", changed_book(blank, fill))],
                 by=DIRECTOR)
    said = answers_of(store, sheet)
    assert (said[0].verdict, said[0].reason) == (Verdict.NO, "目的不可量化")
    assert said[1].verdict is Verdict.NA


def test_a_sheet_handed_out_in_chinese_is_taken_in_in_english(
        store: Store, drill: int, template: Template) -> None:
    catalogue.load("zh_CN", Path("ui/assets/words"))
    book = sheet_book(blank_head(store, template, drill), items(store, template.id))
    catalogue.load("en", Path("ui/assets/words"))

    def fill(rows: list[list[object]]) -> None:
        rows[3][2] = "周远"
        for row in rows[7:]:
            row[3] = "是"

    reading = read_sheet(store, drill, "表.xlsx", changed_book(book, fill))
    assert reading.problems == ()
    assert {p.verdict for p in reading.puts} == {Verdict.YES}


def test_two_files_of_one_evaluator_or_of_nobody_are_refused(
        store: Store, drill: int, template: Template) -> None:
    one = read_sheet(store, drill, "a.xlsx", a_file(store, drill, template, "周远"))
    two = read_sheet(store, drill, "b.xlsx", a_file(store, drill, template, "周远"))
    with pytest.raises(Refused, match=r"b\.xlsx"):
        merge_sheets(store, drill, [one, two], by=DIRECTOR)
    nobody = read_sheet(store, drill, "c.xlsx", a_file(store, drill, template, ""))
    assert len(nobody.problems) == 1


def test_a_file_that_is_no_evaluation_sheet_is_refused(store: Store, drill: int) -> None:
    with pytest.raises(Refused):
        read_sheet(store, drill, "x.csv", b"a,b\n1,2\n")
    with pytest.raises(Refused):
        read_sheet(store, drill, "x.xlsx", b"PK broken")


def test_a_mangled_file_is_taken_or_refused_and_never_half(
        store: Store, drill: int, template: Template) -> None:
    good = a_file(store, drill, template, "周远")
    before = store.value("select count(*) from change")

    @given(st.integers(0, len(good) - 1), st.binary(min_size=1, max_size=40), st.booleans())
    @settings(max_examples=40, deadline=None)
    def mangle(place: int, noise: bytes, cut: bool) -> None:
        bad = good[:place] if cut else good[:place] + noise + good[place + len(noise):]
        try:
            reading = read_sheet(store, drill, "x.xlsx", bad)
        except Refused:
            return
        assert reading.evaluator == "周远" or reading.problems

    mangle()
    assert store.value("select count(*) from change") == before


# findings and papers


def test_findings_keep_their_photos_and_are_struck_not_removed(
        store: Store, drill: int, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    made = add_finding(store, drill, "警戒线未封闭", photos=[photo], by=DIRECTOR)
    assert [p.name for p in photos_of(store, made)] == ["现场.jpg"]
    with pytest.raises(Refused):
        add_finding(store, drill, "x", photos=[tmp_path / "none.jpg"], by=DIRECTOR)
    strike_finding(store, made, "误记", by=DIRECTOR)
    assert findings_of(store, drill) == []
    assert findings_of(store, drill, struck=True)[0].struck == "误记"


def test_the_blank_and_the_filled_sheet_have_one_layout(
        store: Store, drill: int, template: Template) -> None:
    sheet = begun(store, drill, template)
    say(store, sheet, no={"A1-01": "目的不可量化"})
    blank = eval_sheet(blank_eval(store, template.id, drill))
    filled = eval_sheet(filled_eval(store, sheet))
    assert [s.heading for s in blank.sections if s.heading][:-1] == [
        s.heading for s in filled.sections if s.heading]
    assert blank.watermark == filled.watermark != ""
    assert "目的不可量化" in plain_text(filled)
    assert "YL-2026-01" in plain_text(blank)
