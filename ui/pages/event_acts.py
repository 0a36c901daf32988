"""What the keys of the event page do: each opens one form, or stamps at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.words import t
from dispatch.bulletins import draw_flash, flash_of
from dispatch.events import event
from dispatch.log import LogId, entry
from dispatch.net.callouts import Callout
from dispatch.orders import OrderId, next_stage, order, stamp_stage
from dispatch.safety import check_in
from dispatch.terms import STAGE_NAMES, Stage
from ui.desk import Desk, Tone
from ui.dialogs.bulletin import BulletinSheet
from ui.dialogs.call import CallSheet
from ui.dialogs.callout import CalloutSheet
from ui.dialogs.closing import CloseSheet, ReopenSheet
from ui.dialogs.dispatch import DispatchSheet
from ui.dialogs.event_facts import EventFactsSheet, field_of
from ui.dialogs.files import FilesSheet
from ui.dialogs.grading import CasualtySheet, GradeSheet
from ui.dialogs.instruction import InstructionSheet
from ui.dialogs.merge import MergeSheet
from ui.dialogs.on_scene import CheckInSheet, CountSheet
from ui.dialogs.report import ReportSheet
from ui.dialogs.response import ResponseSheet
from ui.dialogs.sent_out import SentSheet
from ui.dialogs.sheet import Sheet
from ui.dialogs.stage import StageSheet
from ui.dialogs.strike import StrikeSheet
from ui.pages.event_view import EventView
from ui.theme import Theme


class EventActs(QObject):
    """Opens forms over the page's window, one at a time; `left` when one went away."""

    left = Signal()
    print_asked = Signal(object)
    bulletin_asked = Signal(object)
    notice_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self.theme, self.desk, self.page = theme, desk, page
        self.sheet: Sheet | None = None

    def show(self, make: Callable[[QWidget], Sheet], focus: str = "") -> Sheet | None:
        """Put the form in view away (its text stays kept) and show another."""
        if self.sheet is not None:
            self.sheet.leave()
        sheet = self.desk.act(lambda: make(self.page.window()))
        if sheet is None:
            return None
        self.sheet = sheet
        sheet.again = lambda: self.show(make, focus)
        sheet.closed.connect(lambda: self._on_closed(sheet))
        sheet.present(focus)
        return sheet

    def _on_closed(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
            self.left.emit()

    def put_away(self) -> None:
        if self.sheet is not None:
            self.sheet.leave()

    # One-key stamp

    def advance(self, order_id: RowId, shown: str = "") -> None:
        """Stamp the next stage now: the one `shown` on the key, should another seat be quicker."""
        old = self.desk.act(lambda: order(self.desk.store, order_id))
        if old is None:
            return
        following = Stage(shown) if shown else next_stage(old)
        if following is None:
            self.desk.told.emit(Tone.REFUSED, t("{force} is back already.", force=old.force_name))
            return
        done = t("{force}: {stage}", force=old.force_name, stage=t(STAGE_NAMES[following]))
        self.desk.act(lambda: stamp_stage(self.desk.store, OrderId(order_id), following,
                                          by=self.desk.officer), done)

    def all_well(self, order_id: RowId) -> None:
        """Note that all of a force on scene are well, as many as were known."""
        made = self.desk.act(lambda: check_in(self.desk.store, OrderId(order_id),
                                              by=self.desk.officer))
        if made is not None:
            self.desk.told.emit(Tone.DONE, t("All well, {n} people noted", n=made.people or 0))

    # Forms

    def check_in(self, order_id: RowId) -> None:
        self.show(lambda host: CheckInSheet(self.theme, self.desk, host,
                                            order(self.desk.store, order_id)), "people")

    def count_people(self, order_id: RowId) -> None:
        self.show(lambda host: CountSheet(self.theme, self.desk, host,
                                          order(self.desk.store, order_id)), "people_in")

    def goods(self, view: EventView) -> None:
        self.show(lambda host: SentSheet(self.theme, self.desk, host, view.of))

    def stage(self, order_id: RowId) -> None:
        self.show(lambda host: StageSheet(self.theme, self.desk, host,
                                          order(self.desk.store, order_id)), "at")

    def strike(self, log_id: int) -> None:
        self.show(lambda host: StrikeSheet(self.theme, self.desk, host,
                                           entry(self.desk.store, LogId(RowId(log_id)))), "reason")

    def dispatch(self, view: EventView) -> None:
        self.show(lambda host: DispatchSheet(self.theme, self.desk, host, view.of))

    def call_out(self, view: EventView, done: Callable[[Callout], object]) -> None:
        sheet = self.show(lambda host: CalloutSheet(self.theme, self.desk, host, view.of), "title")
        if sheet is not None:
            sheet.done.connect(done)

    def instruct(self, view: EventView) -> None:
        self.show(lambda host: InstructionSheet(self.theme, self.desk, host, view.of), "leader")

    def report(self, view: EventView) -> None:
        sheet = self.show(lambda host: ReportSheet(self.theme, self.desk, host, view.of))
        if isinstance(sheet, ReportSheet):
            sheet.print_asked.connect(self.print_asked)
            sheet.gap_asked.connect(lambda code: self.fill_gap(view, sheet, code))

    def fill_gap(self, view: EventView, report: ReportSheet, code: str) -> None:
        """Write a missing element in its own form, then back to the report, drawn anew unless
        somebody has put it into words of their own."""
        untouched = report.form.values["text"] == report.report.text

        def back() -> None:
            self.report(view)
            if untouched and isinstance(self.sheet, ReportSheet):
                self.sheet.attempt(self.sheet.draft_anew)

        if code == "harm":
            self.count(view)
        elif code == "forces":
            self.dispatch(view)
        elif name := field_of(code):
            self.edit(view, name)
        else:
            return
        if self.sheet is not None:
            self.sheet.done.connect(lambda _result: QTimer.singleShot(0, self, back))

    def edit(self, view: EventView, focus: str = "title") -> None:
        self.show(lambda host: EventFactsSheet(self.theme, self.desk, host,
                                               event(self.desk.store, view.of.id)), focus)

    def join(self, view: EventView) -> None:
        self.show(lambda host: MergeSheet(self.theme, self.desk, host, view.of), "event")

    def call(self, view: EventView) -> None:
        self.show(lambda host: CallSheet(self.theme, self.desk, host, view.of.id), "phone")

    def files(self, view: EventView, entry_id: int | None = None) -> None:
        """The event's own files, or those of the log entry that is chosen."""
        number = view.of.number
        title = t("Files of {number}", number=number) if entry_id is None else t(
            "Files of an entry of {number}", number=number)
        row = RowId(entry_id) if entry_id is not None else view.of.id
        self.show(lambda host: FilesSheet(self.theme, self.desk, host, title, row, view.of.id))

    def flash(self, view: EventView) -> None:
        """B: the newest 值班快报 of the event, else a first one."""
        store = self.desk.store
        found = self.desk.act(lambda: flash_of(store, view.of.id)
                              or draw_flash(store, view.of.id, by=self.desk.officer))
        if found is None:
            return
        sheet = self.show(lambda host: BulletinSheet(self.theme, self.desk, host, found), "what")
        if isinstance(sheet, BulletinSheet):
            sheet.print_asked.connect(self.bulletin_asked)

    def grade(self, view: EventView) -> None:
        self.show(lambda host: GradeSheet(self.theme, self.desk, host, view.of), "level")

    def count(self, view: EventView) -> None:
        self.show(lambda host: CasualtySheet(self.theme, self.desk, host, view.of), "dead")

    def respond(self, view: EventView) -> None:
        sheet = self.show(lambda host: ResponseSheet(self.theme, self.desk, host, view.of),
                          "level")
        if isinstance(sheet, ResponseSheet):
            sheet.print_asked.connect(self.notice_asked)

    def close(self, view: EventView) -> None:
        if view.open:
            self.show(lambda host: CloseSheet(self.theme, self.desk, host, view.of), "note")
        else:
            self.show(lambda host: ReopenSheet(self.theme, self.desk, host, view.of), "reason")
