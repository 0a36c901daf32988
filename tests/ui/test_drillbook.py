"""The drill book by keyboard through the real widgets: plan, evaluation, report, comparison."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from db.store import Store
from dispatch.deadlines import due_list
from dispatch.drillbook.actions import actions_of
from dispatch.drillbook.drills import held_drills
from dispatch.drillbook.evaluations import Verdict, answers_of, findings_of, photos_of, sheets_of
from dispatch.drillbook.plan import lines
from dispatch.drillbook.report import drill_report
from dispatch.drillbook.sheet_exchange import sheet_book
from dispatch.drillbook.templates import items, templates
from dispatch.drills.terms import Point
from tests.dispatch.drillbook.builders import changed_book
from tests.ui.live_room import LiveRoom
from ui.dialogs.drill_eval import FindingSheet

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def the_last(store: Store) -> int:
    """The newest sealed drill of the sample district."""
    return int(held_drills(store, sealed=True)[0].id)


def at(live: LiveRoom, page: str, what: object = None) -> Any:
    live.window.show_page(page, what)
    live.settle()
    return live.window.page


def test_a_drill_is_planned_held_and_dropped_by_keys(live: LiveRoom) -> None:
    page = at(live, "drillplan", 2026)
    before = len(lines(live.store, 2026))
    live.key(K.Key_N)
    sheet = live.sheets[-1]
    sheet.form.fill({"name": "燃气管网抢修演练", "month": "11", "sector": "燃气"})
    live.key(K.Key_Return, CTRL)
    assert len(lines(live.store, 2026)) == before + 1
    made = next(x for x in lines(live.store, 2026) if x.name == "燃气管网抢修演练")
    assert made.sector == "燃气"
    page.table.choose(made.id)
    live.key(K.Key_H)
    live.sheets[-1].form.fill({"day": "2026-11-20"})
    live.key(K.Key_Return, CTRL)
    assert next(x for x in lines(live.store, 2026) if x.id == made.id).done_on == date(2026, 11, 20)
    row = next(r for r in page.months.rows if r.sector == "燃气")
    assert row.sign(11) == "●"
    live.key(K.Key_H)  # once more takes it back
    live.key(K.Key_D)
    live.sheets[-1].form.fill({"reason": "并入综合演练"})
    live.key(K.Key_Return, CTRL)
    assert next(x for x in lines(live.store, 2026) if x.id == made.id).dropped == "并入综合演练"


def test_a_wrong_month_is_said_beside_its_field_and_nothing_is_lost(live: LiveRoom) -> None:
    at(live, "drillplan", 2026)
    live.key(K.Key_N)
    sheet = live.sheets[-1]
    live.type("十三月演练")
    sheet.form.fill({"month": "13"})
    live.key(K.Key_Return, CTRL)
    assert sheet.isVisible()
    assert not [x for x in lines(live.store, 2026) if x.name == "十三月演练"]
    live.key(K.Key_Escape)
    live.key(K.Key_N)
    assert live.sheets[-1].form.values["name"] == "十三月演练"


def test_a_due_line_of_the_drill_book_opens_its_page(live: LiveRoom) -> None:
    found = {d.key for d in due_list(live.store, live.desk.now()) if d.key.startswith("drill")}
    late = next(k for k in found if k.startswith("drillline:"))
    page = at(live, "drillplan", late)
    assert f"drillline:{page.table.current_row.id}" == late
    action = next(k for k in found if k.startswith("drillaction:"))
    at(live, "drillplan", action)
    assert live.window.page.key == "drillreport"
    assert f"drillaction:{live.window.page.mending.current_row[0]}" == action  # type: ignore[attr-defined]


def test_questions_are_answered_by_letters_and_a_no_asks_for_its_reason(live: LiveRoom) -> None:
    drill = int(held_drills(live.store, sealed=True)[1].id)
    page = at(live, "drilleval", drill)
    live.key(K.Key_B)
    live.sheets[-1].form.fill({"evaluator": "韩志远"})
    live.key(K.Key_Return, CTRL)
    sheet = sheets_of(live.store, drill)[0]
    assert sheet.evaluator == "韩志远"
    live.key(K.Key_Y)
    live.key(K.Key_U)
    live.key(K.Key_N)
    assert answers_of(live.store, sheet.id)[2].verdict is Verdict.OPEN
    live.type("未提前告知")
    live.key(K.Key_Return, CTRL)
    said = answers_of(live.store, sheet.id)
    assert [a.verdict for a in said[:4]] == [Verdict.YES, Verdict.NA, Verdict.NO, Verdict.OPEN]
    assert said[2].reason == "未提前告知"
    assert page.table.current_row.item.id == said[3].item.id


def test_a_finding_is_noted_with_its_photo(live: LiveRoom, tmp_path: Path) -> None:
    photo = tmp_path / "现场.png"
    live.window.grab().save(str(photo))
    drill = the_last(live.store)
    at(live, "drilleval", drill)
    live.key(K.Key_F)
    sheet = live.sheets[-1]
    assert isinstance(sheet, FindingSheet)
    sheet.choose_photos = lambda _parent: [str(photo)]
    live.type("警戒线外有人拍摄")
    live.key(K.Key_O, CTRL)
    live.key(K.Key_Return, CTRL)
    last = findings_of(live.store, drill)[-1]
    assert last.problem == "警戒线外有人拍摄"
    assert [p.name for p in photos_of(live.store, last.id)] == ["现场.png"]
    logged = live.store.value("select count(*) from log")
    live.window.page.found.choose(str(last.id))  # type: ignore[attr-defined]
    live.key(K.Key_O)
    shown: Any = live.sheets[-1]
    assert shown.list.count() == 1
    shown.add([str(photo)])
    assert shown.list.count() == 2
    assert live.store.value("select count(*) from log") == logged


def test_files_are_merged_or_refused_as_a_whole_from_the_page(live: LiveRoom,
                                                              tmp_path: Path) -> None:
    page = at(live, "drilleval", the_last(live.store))
    page.choose_file = lambda *_: str(tmp_path / "表.xlsx")
    live.key(K.Key_X)
    book = (tmp_path / "表.xlsx").read_bytes()
    assert book.startswith(b"PK")
    good, bad = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"

    def named(name: str, verdict: str) -> Any:
        def change(rows: list[list[object]]) -> None:
            rows[3][2] = name
            rows[7][3] = verdict
        return change

    from dispatch.drillbook.eval_papers import blank_head

    of = templates(live.store)[0]
    blank = sheet_book(blank_head(live.store, of, the_last(live.store)), items(live.store, of.id))
    good.write_bytes(changed_book(blank, named("甲", "Yes")))
    bad.write_bytes(changed_book(blank, named("乙", "No")))
    before = len(sheets_of(live.store, the_last(live.store)))
    page.choose_files = lambda *_: [str(good), str(bad)]
    live.key(K.Key_I)
    assert "乙.xlsx" in live.told[-1]
    assert len(sheets_of(live.store, the_last(live.store))) == before
    page.choose_files = lambda *_: [str(good)]
    live.key(K.Key_I)
    assert len(sheets_of(live.store, the_last(live.store))) == before + 1


def test_a_question_is_edited_in_its_cell(live: LiveRoom) -> None:
    page = at(live, "drilltemplates")
    page.table.setCurrentIndex(page.table.first_cell(0, "weight"))
    page.table.setFocus()
    live.key(K.Key_2)
    live.key(K.Key_Return)
    assert items(live.store, page.template.id)[0].weight == 2


def test_the_report_turns_by_digits_and_actions_are_set_and_closed(live: LiveRoom) -> None:
    drill = the_last(live.store)
    page = at(live, "drillreport", drill)
    assert page.chart.facts.rows
    live.key(K.Key_2)
    shown = page.measures.rows_model.rowCount()
    assert shown == len(drill_report(live.store, drill).measures)
    live.key(K.Key_A)
    live.sheets[-1].form.fill({"measure": "补充培训", "owner": "何燕"})
    live.key(K.Key_Return, CTRL)
    made = next(a for a in actions_of(live.store, drill) if a.measure == "补充培训")
    assert page.views.currentIndex() == 3
    page.mending.choose(str(made.id))
    live.key(K.Key_C)
    live.sheets[-1].form.fill({"result": "已培训"})
    live.key(K.Key_Return, CTRL)
    closed = next(a for a in actions_of(live.store, drill) if a.id == made.id)
    assert closed.result == "已培训"
    live.key(K.Key_P)
    assert live.window.page.key == "preview"


def test_drills_and_a_real_event_stand_side_by_side(live: LiveRoom) -> None:
    page = at(live, "drillcompare", the_last(live.store))
    assert len(page.facts.courses) == 2
    number = next(n for n, p in enumerate(page.picks.rows) if not p.drill)
    page.pick_table.setCurrentIndex(page.picks.index(number, 0))
    live.key(K.Key_Space)
    assert [c.drill for c in page.facts.courses] == [True, True, False]
    arrived = next(x for x in page.facts.points if x.until is Point.ARRIVED)
    assert len(arrived.values) == 3
    assert page.chart.facts is page.facts
    live.key(K.Key_Space)
    assert len(page.facts.courses) == 2
    live.key(K.Key_P)
    assert live.window.page.key == "preview"


def test_the_search_finds_a_planned_drill_by_its_initials(live: LiveRoom) -> None:
    from ui.dialogs.search import SearchDialog

    dialog = SearchDialog(live.theme, live.desk, live.window)
    dialog.line.setText("dtkr")  # 电梯困人
    found = next(r for r in dialog.list.rows_model.rows if r.kind == "drill_line" and r.page)
    page = at(live, found.page, found.what)
    assert page.table.current_row.name == "电梯困人应急演练"
    dialog.reject()
