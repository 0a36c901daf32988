"""Past events, statistics and the after-action by keyboard through the real widgets."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from python_calamine import CalamineWorkbook

from dispatch.deadlines import Act, Due, due_list
from dispatch.events import past_events
from dispatch.log import append_entry
from dispatch.past.verbs import past_imports, undo_past
from dispatch.review import improvements, review
from dispatch.tally import Period
from tests.builders import clock_of
from tests.dispatch.past.builders import a_csv, a_row
from tests.ui.live_room import LiveRoom
from ui.pages.after_action_page import AfterActionPage
from ui.pages.past_page import PastPage
from ui.pages.preview_page import PreviewPage
from ui.pages.statistics_page import StatisticsPage, period_of
from ui.widgets.replay_bar import STEPS

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def past_page(live: LiveRoom, data: bytes, name: str = "旧系统.csv") -> PastPage:
    path = live.folder / name
    path.write_bytes(data)
    live.window.show_page("past")
    page = live.window.page
    assert isinstance(page, PastPage)
    page.choose_source = lambda _parent: str(path)
    live.key(Key.Key_O)
    live.settle()
    return page


def after_action(live: LiveRoom, event: int) -> AfterActionPage:
    live.window.show_page("after_action", event)
    live.settle()
    page = live.window.page
    assert isinstance(page, AfterActionPage)
    return page


def test_a_file_is_looked_at_taken_in_and_taken_back(live: LiveRoom) -> None:
    page = past_page(live, a_csv(a_row(), a_row(unit="二中队", arrived=""), a_row("A2")))
    assert [len(page.models[n].rows) for n in ("rows", "flagged", "flags")] == [3, 1, 1]
    before = live.store.value("select count(*) from past_unit")
    live.key(Key.Key_I)
    assert live.store.value("select count(*) from past_unit") == before + 3
    assert "3" in live.told[-1]
    live.key(Key.Key_Z)
    assert live.store.value("select count(*) from past_unit") == before
    assert past_imports(live.store)[0].undone_at is not None


def test_the_same_file_is_asked_about_once(live: LiveRoom) -> None:
    data = a_csv(a_row())
    known = live.store.value("select count(*) from past_unit")
    repeated = "select count(*) from past_unit where flags = 'repeated'"
    before = live.store.value(repeated)
    past_page(live, data)
    live.key(Key.Key_I)
    past_page(live, data)
    live.key(Key.Key_I)
    assert live.store.value("select count(*) from past_unit") == known + 1
    assert "there already" in live.told[-1]
    live.key(Key.Key_I)
    assert live.store.value(repeated) == before + 1


def test_a_column_is_corrected_in_its_cell(live: LiveRoom) -> None:
    heads = ("警情编号", "出动单位", "接警时间", "下达时间", "抵达")
    page = past_page(live, a_csv(("A", "一队", "2025-01-01 08:00", "2025-01-01 08:01",
                                  "2025-01-01 08:09"), heads=heads))
    assert "arrived" not in page.plan.units[0].unit.times  # type: ignore[union-attr]
    page.matching.setCurrentIndex(page.match_model.index(4, 2))
    page.matching.setFocus()
    live.key(Key.Key_Return)
    editor = page.matching.findChild(QComboBox)
    assert editor is not None
    editor.setCurrentIndex(editor.findData("arrived"))
    QTest.keyClick(editor, Key.Key_Return)
    live.settle()
    assert page.plan is not None
    assert "arrived" in page.plan.units[0].unit.times


def test_what_cannot_be_read_is_said_and_the_columns_stay(live: LiveRoom) -> None:
    page = past_page(live, a_csv(("A", "x"), heads=("案号", "时刻")))
    assert "Say which column" in page.trouble
    assert [c.heading for c in page.match_model.rows] == ["案号", "时刻"]
    page = past_page(live, a_csv(("A", "03/04/2017 10:00"), heads=("警情编号", "接警时间")),
                     "两读.csv")
    assert "two ways" in page.trouble
    page.dates.setCurrentIndex(2)
    page.dates.activated.emit(2)
    live.settle()
    assert page.plan is not None
    assert page.plan.units[0].unit.times["received"].month == 4


def test_statistics_count_a_period_and_are_given_out(live: LiveRoom, tmp_path: Path) -> None:
    live.window.show_page("events")
    live.key(Key.Key_S)
    page = live.window.page
    assert isinstance(page, StatisticsPage)
    live.settle()
    assert page.tally is not None
    this_year = page.tally.events
    assert this_year == sum(c.n for c in page.tally.by_class)
    page.open(Period(date(2026, 10, 1), date(2026, 10, 31)))
    live.settle()
    assert 0 < page.tally.events < this_year
    page.charts["hour"].setFocus()
    live.key(Key.Key_Right)
    assert "00" in page.chart_panels["hour"].head.count
    page.choose_file = lambda *_: str(tmp_path / "统计.xlsx")
    page.choose_picture = lambda *_: str(tmp_path / "统计.png")
    page.setFocus()
    live.key(Key.Key_X)
    live.key(Key.Key_G)
    book = CalamineWorkbook.from_path(str(tmp_path / "统计.xlsx"))
    rows = book.get_sheet_by_name(book.sheet_names[1]).to_python()
    assert sum(int(r[1]) for r in rows[1:]) == page.tally.events
    assert (tmp_path / "统计.png").read_bytes().startswith(b"\x89PNG")
    live.key(Key.Key_P)
    assert isinstance(live.window.page, PreviewPage)
    live.key(Key.Key_Escape)
    assert live.window.page is page


def test_a_period_that_cannot_be_is_refused(live: LiveRoom) -> None:
    live.window.show_page("statistics")
    page = live.window.page
    assert isinstance(page, StatisticsPage)
    page.first.setText("2026-12-01")
    page.last.setText("2026-11-01")
    page.last.setFocus()
    live.key(Key.Key_Return)
    assert "before it begins" in live.told[-1]
    page.last.setText("soon")
    live.key(Key.Key_Return)
    assert "not a day" in live.told[-1]


@pytest.mark.parametrize(("name", "first", "last"), [
    ("month", date(2026, 3, 1), date(2026, 3, 31)),
    ("last_month", date(2026, 2, 1), date(2026, 2, 28)),
    ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
    ("last_year", date(2025, 1, 1), date(2025, 12, 31)), ("all", None, None)])
def test_named_periods(name: str, first: date | None, last: date | None) -> None:
    assert period_of(name, date(2026, 3, 31)) == Period(first, last)


def test_an_after_action_is_replayed_by_keyboard(live: LiveRoom) -> None:
    page = after_action(live, live.closed_event)
    assert page.of is not None
    assert page.replay.at is None
    page.tables["forces"].setFocus()
    live.key(Key.Key_2)
    live.key(Key.Key_Comma)
    at = page.replay.at
    assert at is not None
    live.key(Key.Key_Comma)
    assert page.replay.at is not None
    assert page.replay.at < at
    assert page.chart.cursor == page.replay.at
    live.key(Key.Key_R)
    assert page.replay.timer.isActive()
    before = page.replay.slider.value()
    page.replay.timer.timeout.emit()
    assert page.replay.slider.value() > before
    live.key(Key.Key_Escape)
    assert not page.replay.playing
    assert (page.replay.slider.value(), page.replay.at) == (STEPS, None)
    live.key(Key.Key_Escape)
    assert live.window.page.key == "event"
    live.key(Key.Key_V)
    assert live.window.page is page


def test_the_chart_tells_what_lies_beneath_the_pointer(live: LiveRoom) -> None:
    of = next(e for e in past_events(live.store) if e.counts.severe or e.counts.light)
    page = after_action(live, of.id)
    chart, height = page.chart, page.chart.viewport().height()
    assert page.of is not None
    order = page.of.orders[0]
    x = chart.x_of(order.stamps[-1].at) - 3
    assert chart.told_at(x, 80).startswith(order.force_name)
    entry = page.of.log[0]
    assert entry.text[:10] in chart.told_at(chart.x_of(entry.at), height - 34 - 58 - 10)
    assert "Injured" in chart.told_at(chart.viewport().width() - 5, height - 34 - 20)


def owed(live: LiveRoom, words: str) -> list[Due]:
    """The improvements of these words that are in the list of what is due."""
    return [d for d in due_list(live.store, live.clock.now())
            if d.act is Act.IMPROVEMENT and d.title == f"Improvement: {words}"]


def test_the_review_is_written_and_improvements_run_to_their_end(live: LiveRoom) -> None:
    number = live.closed_event
    page = after_action(live, number)
    live.key(Key.Key_E)
    sheet = live.sheets[0]
    lessons = sheet.form.field("lessons")
    assert isinstance(lessons, QPlainTextEdit)
    lessons.setFocus()
    live.type("夜间照明不足")
    live.key(Key.Key_Return, CONTROL)
    assert review(live.store, page.event_id).lessons == "夜间照明不足"  # type: ignore[arg-type]
    live.key(Key.Key_N)
    live.type("照明车未到")
    for name, words in (("owner", "装备科"), ("due_on", "2026-12-01")):
        field = live.sheets[0].form.field(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        live.type(words)
    live.key(Key.Key_Return)
    assert len(owed(live, "照明车未到")) == 1
    clock_of(live.store).move(timedelta(days=30))
    assert owed(live, "照明车未到")[0].overdue
    live.key(Key.Key_W)
    live.type("已配备两台")
    live.key(Key.Key_Return)
    done = improvements(live.store, page.event_id)  # type: ignore[arg-type]
    assert [i.outcome for i in done if i.problem == "照明车未到"] == ["已配备两台"]
    assert not owed(live, "照明车未到")
    assert page.of is not None
    assert "夜间照明不足" in page.side.written.text()


def test_an_after_action_is_given_out(live: LiveRoom, tmp_path: Path) -> None:
    page = after_action(live, live.closed_event)
    page.choose_json = lambda *_: str(tmp_path / "a.json")
    page.choose_file = lambda *_: str(tmp_path / "a.xlsx")
    live.key(Key.Key_J)
    live.key(Key.Key_X)
    assert page.of is not None
    told = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [f["name"] for f in told["forces"]] == [o.force_name for o in page.of.orders]
    assert len(told["log"]) == len(page.of.log)
    assert len(CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names) == 8
    live.key(Key.Key_P)
    assert isinstance(live.window.page, PreviewPage)
    assert live.window.page.paper is not None
    assert live.window.page.paper.sheet is not None
    live.key(Key.Key_Escape)
    assert live.window.page is page


def test_a_running_event_is_live_on_the_after_action(live: LiveRoom) -> None:
    page = after_action(live, live.open_event)
    assert page.running
    assert page.chart.facts.until is None
    before = len(page.models["log"].rows)
    append_entry(live.store, "火势减弱", event=page.event_id, by=live.desk.officer)
    live.settle()
    assert len(page.models["log"].rows) == before + 1
    clock_of(live.store).move(timedelta(minutes=7))
    live.settle()
    assert page.chart.now == live.clock.now()


def test_a_chronology_becomes_an_event_from_the_page(live: LiveRoom) -> None:
    page = past_page(live, "时间,单位,内容\n2025-03-01 08:00,甲,起火\n2025-03-03 09:00,乙,扑灭\n"
                     .encode(), "经过.csv")
    page.setFocus()
    live.key(Key.Key_R)
    found = live.window.page
    assert isinstance(found, AfterActionPage)
    assert found.of is not None
    assert [e.text for e in found.of.log if e.actor] == ["起火", "扑灭"]


def test_taking_back_an_import_leaves_what_else_its_change_made(live: LiveRoom) -> None:
    """The sample's own import stands in one change with all the rest of the district."""
    own = "select count(*) from event where origin <> 'past'"
    before, made = live.store.value(own), past_imports(live.store)[0]
    assert live.store.value("select count(*) from past_unit") > 0
    undo_past(live.store, made.id, by=live.desk.officer)
    assert live.store.value("select count(*) from past_unit") == 0
    assert live.store.value(own) == before
