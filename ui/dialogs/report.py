"""The report form 信息报送: drafted from the record, edited, sent to each who is due, printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import mark, t
from dispatch.events import Event
from dispatch.reports_up import (
    Report,
    ReportId,
    draft_report,
    edit_report,
    elements_now,
    mark_sent,
    next_sendings,
    reports,
)
from dispatch.sendings import Sending, sendings
from dispatch.terms import WAY_NAMES, ReportKind
from resources.localtime import moment_text
from ui import moments
from ui.desk import Desk
from ui.dialogs.dispatch import PickDelegate, PickTable
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.theme import Theme


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

    Enter notes the picked recipients as sent; `print_asked` carries the report's id.
    """

    print_asked = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        self.of, self.report = event, self._report_of(desk, event)
        super().__init__(theme, desk, host, self.report.title, width=720,
                         draft=f"report:{self.report.id}", verb=t("verb|Note as sent"))
        self.model: RowsModel[Addressee] = RowsModel(COLUMNS, lambda r: r.of.id, self._spoken)
        self.table = PickTable(theme, self.model, t("Recipients"), delegate=PickDelegate(theme))
        self.gaps = self.note(tone="error")
        self._build_fields()
        self.add_button(t("Draft anew"), self.draft_anew, "Ctrl+R")
        self.add_button(t("Print"), self.print_out, "Ctrl+P")
        self.table.toggled.connect(self.toggle)
        self.table.clicked.connect(lambda index: self.toggle(index.row())
                                   if index.column() == 0 else None)
        self.table.activated_row.connect(lambda _row: self.submit())
        self.hint.setText(t("Space picks who has it · Enter commits"))
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
        grid.wide(7)
        grid.line("signed_by", t("Signed by"))
        grid.line("at", t("Sent at"), hint=t("now, or such as 21:47"))
        grid.wide(6)
        grid.line("receiver", t("Taken by"))
        self.form.fill({"text": self.report.text, "signed_by": self.report.signed_by})
        self.table.setFixedHeight(self.theme.px(32 + 40 * 4 + 2))
        self.rows.addWidget(self.table)

    def _show_rows(self) -> None:
        now = self.desk.now()
        rows = [s for s in sendings(self.desk.store, self.of.id) if s.report_id == self.report.id]
        waiting = [s for s in rows if not s.done]
        first = waiting[0].id if waiting else None
        self.model.replace([Addressee(s, now, chosen=s.id == first) for s in rows])
        missing = [e.title for e in elements_of(self.desk.store, self.of, self.report.kind)
                   if not e.text]
        self.gaps.setText(t("Not known yet: {gaps}", gaps="、".join(missing)))
        self.gaps.setVisible(bool(missing))
        self.ok.setText(t("verb|Note as sent") if waiting else t("verb|Save"))

    def toggle(self, number: int) -> None:
        row = self.model.row(number)
        if not row.of.done:
            self.model.update(number, Addressee(row.of, row.now, chosen=not row.chosen))

    def draft_anew(self) -> None:
        """Draw the report from the record again; what was edited gives way."""
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
        picked = [r.of for r in self.model.rows if r.chosen and not r.of.done]
        at, receiver = self.read_time("at"), str(self.form.values["receiver"])
        if at is not None and at > self.desk.now():
            raise Refused("{time} lies in the future; it is {now} now. Correct the time.",
                          field="at", time=moment_text(at), now=moment_text(self.desk.now()))
        self._save()
        for one in picked:
            mark_sent(self.desk.store, one.id, at=at, receiver=receiver, by=self.desk.officer)
        return self.report

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))
