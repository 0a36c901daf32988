"""Every paper printed from a drill's store says across its page that it is a drill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.dispatch_papers import notice_paper, order_paper
from dispatch.drills import acting
from dispatch.duty.after_action_papers import after_action_paper
from dispatch.duty.books import Book, book_sheet
from dispatch.duty.event_papers import log_paper
from dispatch.duty.shifts import current_shift
from dispatch.events import open_event, open_events
from dispatch.intake import Intake
from dispatch.library_papers import register_paper
from dispatch.movement_papers import book_paper
from dispatch.net.callout_text import callout_text
from dispatch.order_text import template_of
from dispatch.orders import OrderLine, order_forces
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.library_sheets import library_sheet
from dispatch.printouts.log_sheet import log_sheet
from dispatch.printouts.order_sheet import notice_sheet, order_sheet
from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Sheet
from dispatch.responses import start_response
from dispatch.terms import EventClass
from resources.ledger_book import BookFilter
from resources.people import Officer
from resources.records import Library
from tests.dispatch.drills.conftest import Running


@pytest.fixture
def papers(running: Running, director: Officer) -> list[Sheet]:
    own, by = running.own, director
    acting.start_drill(own, by=by)
    running.machine.move(timedelta(minutes=2))
    of = open_event(own, Intake(EventClass.ACCIDENT, "hazmat", "演练槽车泄漏"), by=by)
    force = own.value("select id from force limit 1")
    order_forces(own, of.id, [OrderLine(force, "赶赴", 20)], by=by)
    start_response(own, of.id, 3, measures="警戒", expected="2 小时", approver="郑海涛", by=by)
    shift = current_shift(own, own.clock.now())
    assert shift is not None
    return [order_sheet(order_paper(own, of.id, by=by)),
            notice_sheet(notice_paper(own, of.id, by=by)), log_sheet(log_paper(own, shift)),
            after_action_sheet(after_action_paper(own, of.id, by=by)),
            library_sheet(register_paper(own, Library.FORCE)),
            book_paper(own, BookFilter(), ""), book_sheet(own, Book.LOG, own.clock.now().date())]


def test_every_paper_carries_the_word(papers: list[Sheet]) -> None:
    assert [sheet.title for sheet in papers if sheet.watermark != "DRILL"] == []
    assert len(papers) == 7


def test_texts_that_go_out_begin_with_the_word(running: Running, director: Officer,
                                               papers: list[Sheet]) -> None:
    own = running.own
    of = open_events(own)[0]
    assert template_of(own, of).startswith("[DRILL] ")
    assert callout_text(own, "{单位}请集结", of, None) == "[DRILL] {单位}请集结"
    assert plain_text(papers[0]).startswith("【DRILL】")
    real = open_event(running.real, Intake(EventClass.ACCIDENT, "hazmat", "真实"), by=director)
    assert "DRILL" not in template_of(running.real, real)
    assert callout_text(running.real, "{单位}请集结", real, None) == "{单位}请集结"
