"""Papers of an event 事件文书: drawn from the record, rendered in the background, previewed."""

from __future__ import annotations

from collections.abc import Callable

from db.words import t
from dispatch.bulletins import BULLETIN_NAMES, BulletinId, bulletin
from dispatch.duty.event_papers import after_action_paper, bulletin_paper, report_paper
from dispatch.events import Event
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.bulletin_sheet import bulletin_sheet
from dispatch.printouts.report_sheet import report_sheet
from dispatch.printouts.sheet import Sheet
from dispatch.reports_up import ReportId, report_by_id
from ui.background import Progress
from ui.desk import Desk
from ui.pages.paper import Paper
from ui.places import fonts_folder

Shown = Callable[[Paper], None]


def make_after_action(desk: Desk, of: Event, shown: Shown) -> None:
    """The after-action report; a refusal is told on the message line."""
    facts = desk.act(lambda: after_action_paper(desk.store, of.id, by=desk.officer))
    if facts is not None:
        title = t("After-action report {number}", number=of.number)
        _render(desk, title, f"after-action-{of.number}", after_action_sheet(facts), shown)


def make_report(desk: Desk, number: ReportId, shown: Shown) -> None:
    """An information report as it goes out."""
    report = desk.act(lambda: report_by_id(desk.store, number))
    if report is not None:
        sheet = report_sheet(report_paper(desk.store, report, compiler=_name(desk)))
        _render(desk, report.title, f"report-{report.number}", sheet, shown)


def make_bulletin(desk: Desk, number: BulletinId, shown: Shown, back_to: str) -> None:
    """A 值班快报 or 值班要情 as it goes out."""
    of = desk.act(lambda: bulletin(desk.store, number))
    if of is not None:
        sheet = bulletin_sheet(bulletin_paper(desk.store, of, compiler=_name(desk)))
        title = f"{t(BULLETIN_NAMES[of.kind])} {of.number}"
        _render(desk, title, of.number, sheet, shown, back_to)


def _name(desk: Desk) -> str:
    return desk.officer.name if desk.has_officer else ""


def _render(desk: Desk, title: str, name: str, sheet: Sheet, shown: Shown,
            back_to: str = "event") -> None:
    from dispatch.printouts.pdf import render

    def work(progress: Progress) -> bytes:
        return render(sheet, fonts_folder(), progress=progress)

    desk.begin(title, work, lambda pdf: shown(Paper(pdf, title, name, back_to=back_to,
                                                      sheet=sheet)))
