"""Stock in and out 出入库: one movement of one lot, numbered by the store."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.errors import Refused, WatchdeskError
from db.words import t
from resources.supplies import LotId, Papers, SupplyStock, move_stock, stock_by_lot
from resources.terms import MOVEMENT_NAMES, MovementKind
from ui.desk import Desk, Tone
from ui.dialogs.box import Box
from ui.theme import Theme
from ui.widgets.form import Choice, Form


class StockDialog(Box):
    """Lot, quantity, on whose order, to whom; Enter writes the movement."""

    def __init__(self, theme: Theme, desk: Desk, supply: SupplyStock, kind: MovementKind,
                 parent: QWidget | None = None) -> None:
        lots = stock_by_lot(desk.store, supply=supply.id)
        super().__init__(theme, f"{t(MOVEMENT_NAMES[kind])}: {supply.name} {supply.model}".strip(),
                         "" if lots else t("This supply has no lot yet."), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.supply, self.kind = desk, supply, kind
        self.form = Form(theme)
        self.form.choice("lot", t("Lot"), [Choice(lot.id, t(
            "{house} {batch} · {n} {measure}", house=lot.warehouse, batch=lot.batch or lot.bin,
            n=f"{lot.quantity:g}", measure=lot.measure)) for lot in lots], required=True)
        if lots:
            self.form.fill({"lot": lots[0].id})
        self.form.line("quantity", t("Quantity ({measure})", measure=supply.measure),
                       required=True)
        self.form.line("basis", t("On whose order"))
        self.form.line("receiver", t("Received by"))
        self.form.line("note", t("Note"))
        self.body.addWidget(self.form)
        self.answer(t("Cancel"), self.reject)
        self.enter = self.answer(t(MOVEMENT_NAMES[kind]), self.commit, primary=True)
        self.form.submitted.connect(self.commit)
        self.form.field("quantity").setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Write the movement; a refusal is said beside its field."""
        self.settle()
        if self.form.missing():
            return
        values = self.form.values
        papers = Papers(basis=str(values["basis"]), receiver=str(values["receiver"]),
                        note=str(values["note"]))
        try:
            made = move_stock(self.desk.store, LotId(values["lot"]),  # type: ignore[arg-type]
                              self.kind, quantity(str(values["quantity"])),
                              measure=self.supply.measure, papers=papers, by=self.desk.officer)
        except WatchdeskError as error:
            self.refuse(error, self.form)
            return
        self.desk.told.emit(Tone.DONE, t("{number}: {name} {n} {measure}", number=made.number,
                                         name=self.supply.name, n=f"{made.quantity:+g}",
                                         measure=self.supply.measure))
        self.accept()


def quantity(text: str) -> float:
    """The number typed, also with thousands marks.

    Raises:
        Refused: it is none.
    """
    try:
        return float(text.replace(",", "").replace("，", "").replace(" ", ""))
    except ValueError as error:
        raise Refused("“{text}” is not a number.", field="quantity", text=text) from error
