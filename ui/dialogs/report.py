"""The report form 信息报送: drafted from the record, edited, sent to each who is due, printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.errors import Refused, WatchdeskError
from db.words import mark, t
from dispatch.elements import gaps
from dispatch.events import Event
from dispatch.reports_up import (
    Report,
    ReportId,
    address_report,
    draft_report,
    edit_report,
    elements_now,
    next_sendings,
    reports,
    send_report,
    waive,
)
from dispatch.sendings import Sending, sendings
from dispatch.terms import WAY_NAMES, ReportKind, Way
from resources.localtime import moment_text
from resources.settings import in_drill_words
from ui import moments
from ui.desk import Desk, Tone
from ui.dialogs.picks import PickDelegate, PickTable
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.gap_line import GapLine


@dataclass(frozen=True, slots=True)
class Addressee:
    """One sending of the report and whether it is to be marked as sent now."""

    of: Sending
    now: datetime
    chosen: bool = False


def _state(row: Addressee) -> str:
    if row.of.sent_at:
        return t("sent {time} {name}", time=moments.clock(row.of.sent_at), name=row.of.receiver)
    if row.of.waived:
        return t("waived: {reason}", reason=row.of.waived)
    if row.of.due_at < row.now:
        return t("overdue by {time}", time=moments.left(row.now - row.of.due_at))
    return t("{left} left", left=moments.left(row.of.due_at - row.now))


COLUMNS: tuple[Column[Addressee], ...] = (
    Column(mark("pick|Sent"), lambda r: "✓" if r.chosen or r.of.sent_at else "", width=64),
    Column(mark("Recipient"), lambda r: r.of.recipient, width=190, bold=True, stretch=True),
    Column(mark("By"), lambda r: t(WAY_NAMES[r.of.way]), width=96),
    Column(mark("Due"), lambda r: moment_text(r.of.due_at), width=112, tip=lambda r: r.of.basis),
    Column(mark("head|State"), _state, width=150, stretch=True, muted=True),
)


class ReportSheet(Sheet):
    """F8. Opening it drafts the report that is due next, unless it is drafted already.

    Enter notes the picked recipients as sent; `print_asked` carries the report's id,
    `gap_asked` the code of an element that is missing and is to be written now.
    """

    print_asked = Signal(object)
    gap_asked = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        self.of, self.report = event, self._report_of(desk, event)
        super().__init__(theme, desk, host, self.report.title, width=960,
                         draft=f"report:{self.report.id}", verb=t("verb|Note as sent"))
        self.model: RowsModel[Addressee] = RowsModel(COLUMNS, lambda r: r.of.id, self._spoken)
        self.table = PickTable(theme, self.model, t("Recipients"), delegate=PickDelegate(theme))
        self.gaps = GapLine(theme)
        self.gaps.chosen.connect(self.gap_asked)
        self._build_fields()
        self.add_button(t("Draft anew"), self.draft_anew, "Ctrl+R")
        self.add_button(t("Not sent"), self.waive_chosen, "Ctrl+W")
        self.add_button(t("Copy as text"), self.copy_text, "Ctrl+T")
        self.add_button(t("Print"), self.print_out, "Ctrl+P")
        self.add_button(t("Save"), self.save, "Ctrl+S")
        self.table.toggled.connect(self.toggle)
        self.table.clicked.connect(lambda index: self.toggle(index.row())
                                   if index.column() == 0 else None)
        self.table.activated_row.connect(lambda _row: self.submit())
        self.hint.setText(t("Space picks"))
        self.hint.setToolTip(t("Space picks who has it · Enter commits"))
        self._show_rows()

    @staticmethod
    def _report_of(desk: Desk, event: Event) -> Report:
        """The report that is due next; drafted now if it was not before."""
        waiting = next_sendings(desk.store, event.id)
        known = {r.id: r for r in reports(desk.store, event.id)}
        if waiting and waiting[0].report_id in known:
            return known[ReportId(waiting[0].report_id)]
        kind = waiting[0].kind if waiting else ReportKind.FOLLOW
        return draft_report(desk.store, event.id, kind, by=desk.officer).report

    def _build_fields(self) -> None:
        self.rows.insertWidget(0, self.gaps)
        grid = self.grid
        grid.wide(20)
        grid.text("text", t("Report (Ctrl+Enter commits)"), lines=8)
        grid.wide(6)
        grid.line("signed_by", t("Signed by"))
        grid.wide(5)
        grid.line("at", t("Sent at"), hint=t("now, or such as 21:47"))
        grid.wide(4)
        grid.line("receiver", t("Taken by"))
        grid.wide(5)
        grid.line("reason", t("Why not sent"))
        grid.wide(8)
        grid.line("recipient", t("One more recipient"))
        grid.wide(6)
        grid.choice("way", t("By"), [Choice(w.value, t(WAY_NAMES[w])) for w in Way])
        self.form.fill({"text": self.report.text, "signed_by": self.report.signed_by,
                        "way": Way.PHONE.value})
        self.table.setFixedHeight(self.theme.px(32 + 40 * 4 + 2))
        self.rows.addWidget(self.table)

    def _show_rows(self) -> None:
        now = self.desk.now()
        rows = [s for s in sendings(self.desk.store, self.of.id) if s.report_id == self.report.id]
        waiting = [s for s in rows if not s.done]
        first = waiting[0].id if waiting else None
        self.model.replace([Addressee(s, now, chosen=s.id == first) for s in rows])
        missing = gaps(elements_now(self.desk.store, self.report))
        self.gaps.show_gaps([(e.code, e.title) for e in missing])
        self.ok.setText(t("verb|Note as sent") if waiting else t("verb|Save"))

    def _picked(self) -> list[Sending]:
        return [r.of for r in self.model.rows if r.chosen and not r.of.done]

    def waive_chosen(self) -> None:
        """One report is not sent after all: the reason stands in its field, the name is noted."""
        self._save()
        chosen = self._picked()
        if not chosen:
            raise Refused("Pick the report that is not sent with Space.", field="reason")
        for one in chosen:
            waive(self.desk.store, one.id, str(self.form.values["reason"]), by=self.desk.officer)
        self.form.fill({"reason": ""})
        self._show_rows()

    def save(self) -> None:
        """Keep the text, and the recipient that was added; nothing is noted as sent."""
        self._save()
        name = str(self.form.values["recipient"]).strip()
        if name:
            address_report(self.desk.store, self.report.id, name,
                           Way(str(self.form.values["way"])), by=self.desk.officer)
            self.form.fill({"recipient": ""})
            self._show_rows()
        self.desk.told.emit(Tone.DONE, t("Kept: {title}", title=self.report.title))

    def copy_text(self) -> None:
        """The report as plain text, for a chat or another system's form."""
        words = in_drill_words(self.desk.store,
                               f"{self.report.title}\n{self.form.values['text']}")
        QGuiApplication.clipboard().setText(words)
        self.desk.told.emit(Tone.DONE, t("Copied as text: {title}", title=self.report.title))

    def toggle(self, number: int) -> None:
        row = self.model.row(number)
        if not row.of.done:
            self.model.update(number, Addressee(row.of, row.now, chosen=not row.chosen))

    def draft_anew(self) -> None:
        """Draw the report from the record again; what was edited gives way.

        Raises:
            Refused: it went out on paper already.
        """
        self.report = draft_report(self.desk.store, self.of.id, self.report.kind,
                                   by=self.desk.officer).report
        self.form.fill({"text": self.report.text})
        self._show_rows()

    def print_out(self) -> None:
        self._save()
        self.print_asked.emit(self.report.id)

    def _spoken(self, row: Addressee) -> str:
        return t("list|, ").join((row.of.recipient, t(WAY_NAMES[row.of.way]), _state(row)))

    def _save(self) -> None:
        v = self.form.values
        text, signed = str(v["text"]).strip(), str(v["signed_by"]).strip()
        if (text, signed) != (self.report.text.strip(), self.report.signed_by):
            self.report = edit_report(self.desk.store, self.report.id, text, signed_by=signed,
                                      by=self.desk.officer)

    def commit(self) -> Report:
        at, receiver = self.read_time("at"), str(self.form.values["receiver"])
        if at is not None and at > self.desk.now():
            raise Refused("{time} lies in the future; it is {now} now. Correct the time.",
                          field="at", time=moment_text(at), now=moment_text(self.desk.now()))
        self.save()
        if any(not r.of.done for r in self.model.rows):
            send_report(self.desk.store, [s.id for s in self._picked()], at=at, receiver=receiver,
                        by=self.desk.officer)
        return self.report

    def refuse(self, error: WatchdeskError) -> None:
        """Nobody picked is told at the foot: the field of that name adds somebody else."""
        if error.field == "recipient" and not str(self.form.values["recipient"]).strip():
            self.message.setText(str(error))
            self.message.show()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.place()
            return
        super().refuse(error)

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))
