"""The call sheet 代储调用: drawing goods from a company's reserve under its agreement."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.words import t
from dispatch.events import open_events
from resources.agreement_calls import call_agreement
from resources.agreements import Agreement
from resources.amounts import read_amount
from resources.supplies import Papers
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class AgreementCallSheet(Sheet):
    """Whom to ring, what is kept, how much is called, for which event."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, agreement: Agreement) -> None:
        super().__init__(theme, desk, host, t("Call on {company}", company=agreement.company),
                         width=480, draft=f"call {agreement.id}", verb=t("Call it up"))
        self.agreement, form = agreement, self.grid
        self.rows.insertWidget(0, self.note(t(
            "Ring {contact} {phone}. Kept: at least {n} {measure} of {goods}; to be there in"
            " {minutes} min.", contact=agreement.contact or "—", phone=agreement.phone,
            n=f"{agreement.minimum:g}", measure=agreement.measure, goods=agreement.goods,
            minutes=agreement.call_minutes if agreement.call_minutes is not None else "—")))
        form.wide(10)
        form.line("quantity", t("Quantity ({measure})", measure=agreement.measure), required=True)
        form.line("receiver", t("Received by"), required=True)
        form.line("basis", t("Basis (order number)"))
        form.line("approver", t("Approved by"))
        form.wide(20)
        form.choice("event", t("Event"), [Choice(None, "—"), *(
            Choice(e.id, f"{e.number} {e.title}") for e in open_events(desk.store))])
        form.line("note", t("Note"))

    def commit(self) -> object:
        values = self.form.values
        number, _unit = read_amount(str(values["quantity"]), self.agreement.measure)
        event = values["event"]
        made = call_agreement(self.desk.store, self.agreement.id, number, papers=Papers(
            basis=str(values["basis"]), approver=str(values["approver"]),
            receiver=str(values["receiver"]), note=str(values["note"]),
            event=RowId(int(str(event))) if event else None), by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("{number}: {n} {measure} called from {company}",
                                         number=made.number, n=f"{made.quantity:g}",
                                         measure=made.measure, company=made.company))
        return made
