"""One event of 10,000 log entries: on its page, in its after-action, and on paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import docx
from PySide6.QtCore import Qt

from db.change import RowId
from db.clock import to_text
from dispatch.after_action import read_after_action
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.pdf import render
from resources.people import SYSTEM
from tests.ui.live_room import LiveRoom
from ui.background import Job
from ui.pages.after_action_page import AfterActionPage
from ui.pages.event_page import EventPage
from ui.pages.event_view import LOG_MOST
from ui.pages.paper import page_sizes
from ui.pages.preview_page import PreviewPage
from ui.places import fonts_folder

Key = Qt.Key
MANY = 10_000


def grown(live: LiveRoom) -> RowId:
    """The running event, two days and 10,000 entries later."""
    event, first = live.open_event, int(live.store.value("select max(no) from log"))
    begin = live.clock.now()
    live.clock.move(timedelta(days=2))
    with live.store.change("test.grow", SYSTEM, many=True) as tx:
        for n in range(MANY):
            at = to_text(begin + timedelta(seconds=17 * n))
            tx.insert("log", {"no": first + n + 1, "at": at, "entered_at": at, "kind": "note",
                              "text": f"第 {n} 条", "event_id": event, "officer_id": 7,
                              "officer": "王敏"})
    return RowId(event)


def test_ten_thousand_entries_on_screen(live: LiveRoom) -> None:
    event = grown(live)
    live.window.show_page("event", event)
    live.settle()
    page = live.window.page
    assert isinstance(page, EventPage)
    assert len(page.parts.log.rows_model.rows) == LOG_MOST
    live.key(Key.Key_F3)
    live.type("还能记")
    live.key(Key.Key_Return)
    assert page.parts.log.rows_model.rows[-1].text == "还能记"
    live.key(Key.Key_Escape)
    live.key(Key.Key_V)
    review = live.window.page
    assert isinstance(review, AfterActionPage)
    live.settle()
    assert review.of is not None
    assert len(review.models["log"].rows) == len(review.of.log) > MANY
    live.key(Key.Key_Comma)
    live.key(Key.Key_Comma)
    assert review.tables["log"].current_row.text == f"第 {MANY - 2} 条"
    assert "第" in review.chart.told_at(review.chart.x_of(review.of.log[MANY // 2].at),
                                        review.chart.viewport().height() - 34 - 10)


def test_ten_thousand_entries_on_paper(live: LiveRoom) -> None:
    event = grown(live)
    facts = after_action_paper(live.store, event, by=live.desk.officer)
    assert len(facts.entries) == len(read_after_action(live.store, event).log) > MANY
    assert len(page_sizes(render(after_action_sheet(facts), fonts_folder()))) > MANY / 60


def test_saving_for_word_leaves_the_window_alone_and_can_be_stopped(
        live: LiveRoom, tmp_path: Path) -> None:
    event = grown(live)
    live.window.show_page("event", event)
    live.key(Key.Key_P)
    preview = live.window.page
    assert isinstance(preview, PreviewPage)
    target, jobs = tmp_path / "复盘.docx", list[Job[object]]()
    preview.choose_file = lambda *_: str(target)
    live.desk.working.connect(lambda job, _title: (jobs.append(job), job.progress.cancel()))
    live.key(Key.Key_W)
    assert len(jobs) == 1
    assert not target.exists()
    live.desk.working.disconnect()
    live.key(Key.Key_W)
    assert any(str(target) in words for words in live.told)
    assert max(len(grid.rows) for grid in docx.Document(str(target)).tables) > MANY


def test_the_report_is_read_beside_the_window_and_registered_once(live: LiveRoom) -> None:
    event = grown(live)
    live.window.show_page("event", event)
    live.key(Key.Key_P)
    live.window.show_page("event", event)
    live.key(Key.Key_P)
    assert isinstance(live.window.page, PreviewPage)
    assert live.store.value("select count(*) from printout where kind = 'after_action'") == 1
