"""The rows of one large event: its after-action on paper and on screen."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from bench.grow import NOW
from bench.measure import Row, median, percentile, timed
from db.change import RowId
from db.clock import StillClock, to_text
from db.store import FILE_NAME, Store
from dispatch.begin import begin_sample
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.events import open_event
from dispatch.intake import Intake
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.after_action_facts import AfterActionFacts
from dispatch.printouts.pdf import FILES, REGULAR, render
from dispatch.terms import EventClass
from resources.people import SYSTEM
from ui.places import fonts_folder

ENTRIES = 10_000
OPEN_MS, FRAME_MS = 100, 16
FONT = "Plain"
TEXTS = ("消防三中队到达现场，开始疏散楼内群众", "底张街道报告已疏散 120 人，正在核对名单",
         "蓝天一队携带破拆装备进入二层，未见被困人员", "区委值班室询问伤亡情况，已答复待核")


def large_event(folder: Path, entries: int = ENTRIES) -> tuple[Store, RowId]:
    """The sample district with one event of so many entries over two days."""
    clock = StillClock(NOW)
    begin_sample(folder, clock, lambda _part: None)
    store = Store.open(folder / FILE_NAME, clock)
    of = open_event(store, Intake(class_=EventClass.ACCIDENT, subtype="fire",
                                  title="综合市场火灾", town="石渠镇"), by=SYSTEM)
    step = timedelta(days=2) / entries
    clock.move(timedelta(days=2, hours=1))
    first = int(store.value("select max(no) from log"))
    with store.change("bench.grow", SYSTEM, many=True) as tx:
        for n in range(entries):
            at = to_text(of.received_at + step * n)
            tx.insert("log", {"no": first + n + 1, "at": at, "entered_at": at, "kind": "note",
                              "text": f"{TEXTS[n % len(TEXTS)]}（{n}）", "event_id": of.id,
                              "officer_id": 7, "officer": "王敏"})
    return store, RowId(of.id)


def printing(store: Store, event: RowId) -> Iterator[Row]:
    """The whole report with its log against a plain LongTable of Paragraphs of the same text."""
    facts = after_action_paper(store, event, by=SYSTEM)
    sheet = after_action_sheet(facts)
    render(sheet, fonts_folder())  # fonts are loaded once for both
    pdfmetrics.registerFont(TTFont(FONT, fonts_folder() / FILES[REGULAR]))
    for bold, italic in ((0, 0), (0, 1), (1, 0), (1, 1)):
        addMapping(FONT, bold, italic, FONT)
    ours = len(facts.entries) / timed(lambda: render(sheet, fonts_folder()))
    plain = len(facts.entries) / timed(lambda: plain_table(facts))
    yield Row(f"after-action PDF of {len(facts.entries):,} entries",
              "≥ 2 × the rows a second of a plain LongTable of Paragraphs",
              f"{ours / plain:.1f} × ({ours:,.0f} against {plain:,.0f} a second)",
              ours >= 2 * plain)


def plain_table(facts: AfterActionFacts) -> bytes:
    """The same entries as ReportLab's own table of paragraphs, in the same font."""
    style = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=13, wordWrap="CJK")
    rows = [[Paragraph(str(words), style) for words in (
        e.seq, f"{e.at:%m-%d %H:%M}", e.kind, e.text, e.by)] for e in facts.entries]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([LongTable(rows, colWidths=[40, 60, 40, 300, 50],
                                                         repeatRows=1)])
    return out.getvalue()


def showing(store: Store, event: RowId) -> Iterator[Row]:
    """The after-action page of the large event: open, then zoom, replay and scroll its log."""
    from PySide6.QtCore import QCoreApplication, QThreadPool
    from PySide6.QtWidgets import QWidget

    from ui.app import make_application, present_officer
    from ui.pages.after_action_page import AfterActionPage
    from ui.room import DutyRoom
    from ui.theme import Theme

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app, theme = make_application(), Theme()
    theme.dress(app)
    room = DutyRoom(theme, store, present_officer(store))
    room.window.resize(1440, 900)
    room.window.show()
    page = room.window.pages["after_action"]
    assert isinstance(page, AfterActionPage)
    small = store.value("select event_id from casualty limit 1")

    def frame(widget: QWidget) -> float:
        start = time.perf_counter()
        widget.repaint()
        return time.perf_counter() - start

    def settle() -> None:
        QThreadPool.globalInstance().waitForDone()
        for _ in range(5):
            QCoreApplication.processEvents()

    def opened() -> None:
        room.window.show_page("after_action", event)
        page.repaint()

    room.window.show_page("after_action", small)  # charts are loaded when first shown
    settle()
    times = []
    for _ in range(5):
        room.window.show_page("after_action", small)
        settle()
        times.append(timed(opened))
        settle()
    slow = median(times) * 1e3
    yield Row(f"open the log of an event of {ENTRIES:,} entries", f"≤ {OPEN_MS} ms",
              f"{slow:.0f} ms", slow <= OPEN_MS)
    assert len(page.models["log"].rows) >= ENTRIES  # all of it is there by now
    yield from _frames("jump in that log", page.tables["log"].viewport(), frame, lambda n: (
        page.tables["log"].verticalScrollBar().setValue(n * 97)))
    chart = page.chart
    low, high = chart.box.viewRange()[0]
    yield from _frames("zoom that event's chart", chart.viewport(), frame, lambda n: (
        chart.box.setXRange(low, low + (high - low) / (1 + n), padding=0)))
    yield from _frames("replay that event", chart.viewport(), frame,
                       lambda n: page.replay.slider.setValue(n * 10))
    room.stop()


def _frames(name: str, widget: object, frame: Callable[..., float],
            move: Callable[[int], object]) -> Iterator[Row]:
    times = []
    for n in range(60):
        move(n)
        times.append(frame(widget))
    slow = percentile(times, 0.95) * 1e3
    yield Row(f"{name}, a frame", f"p95 ≤ {FRAME_MS} ms", f"{slow:.1f} ms", slow <= FRAME_MS)


def large_events(folder: Path) -> Iterator[Row]:
    """Every row."""
    store, event = large_event(folder / "event")
    yield from printing(store, event)
    yield from showing(store, event)
    store.close()
