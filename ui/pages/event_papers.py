"""Papers of an event 事件文书: drawn from the record, rendered in the background, previewed."""

from __future__ import annotations

from db.words import t
from dispatch.after_action import read_after_action
from dispatch.bulletins import BULLETIN_NAMES, BulletinId, bulletin
from dispatch.dispatch_papers import notice_paper, order_paper
from dispatch.duty.after_action_papers import (
    after_action_facts,
    digest_of_facts,
    registered,
)
from dispatch.duty.event_papers import bulletin_paper, report_paper
from dispatch.events import Event
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.after_action_facts import AfterActionFacts
from dispatch.printouts.bulletin_sheet import bulletin_sheet
from dispatch.printouts.order_sheet import notice_sheet, order_sheet
from dispatch.printouts.report_sheet import report_sheet
from dispatch.reports_up import ReportId, report_by_id
from ui.background import Progress
from ui.desk import Desk
from ui.pages.rendering import Shown, render_sheet


def make_after_action(desk: Desk, of: Event, shown: Shown) -> None:
    """The after-action report: read beside the window, for its log may have thousands of lines,
    registered here, then drawn beside the window; a refusal is told on the message line."""
    title = t("After-action report {number}", number=of.number)

    def read(progress: Progress) -> tuple[AfterActionFacts, str]:
        with desk.reading() as store:
            facts = after_action_facts(store, read_after_action(store, of.id))
        progress(0.5)
        return facts, digest_of_facts(facts)

    def register(read: tuple[AfterActionFacts, str]) -> None:
        facts = desk.act(lambda: registered(desk.store, of.id, *read, by=desk.officer))
        if facts is not None:
            render_sheet(desk, lambda _progress: after_action_sheet(facts), title,
                         f"after-action-{of.number}", shown, back_to="event")

    desk.begin(title, read, register)


def make_report(desk: Desk, number: ReportId, shown: Shown) -> None:
    """An information report as it goes out."""
    report = desk.act(lambda: report_by_id(desk.store, number))
    if report is not None:
        sheet = report_sheet(report_paper(desk.store, report, compiler=_name(desk)))
        render_sheet(desk, sheet, report.title, f"report-{report.number}", shown,
                     back_to="event")


def make_bulletin(desk: Desk, number: BulletinId, shown: Shown, back_to: str) -> None:
    """A 值班快报 or 值班要情 as it goes out."""
    of = desk.act(lambda: bulletin(desk.store, number))
    if of is not None:
        sheet = bulletin_sheet(bulletin_paper(desk.store, of, compiler=_name(desk)))
        render_sheet(desk, sheet, f"{t(BULLETIN_NAMES[of.kind])} {of.number}", of.number, shown,
                     back_to=back_to)


def _name(desk: Desk) -> str:
    return desk.officer.name if desk.has_officer else ""


def make_order_sheet(desk: Desk, of: Event, shown: Shown) -> None:
    """The dispatch orders 调度指令单 of an event."""
    facts = desk.act(lambda: order_paper(desk.store, of.id, by=desk.officer))
    if facts is not None:
        render_sheet(desk, order_sheet(facts), t("Dispatch orders {number}", number=of.number),
                     f"orders-{of.number}", shown, back_to="event")


def make_notice(desk: Desk, of: Event, shown: Shown) -> None:
    """The notice 应急响应通知 of the response's last step."""
    facts = desk.act(lambda: notice_paper(desk.store, of.id, by=desk.officer))
    if facts is not None:
        render_sheet(desk, notice_sheet(facts), facts.title, f"response-{of.number}", shown,
                     back_to="event")
