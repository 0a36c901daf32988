"""Sent goods 物资装备专家: what an event got besides forces, what comes back, who answered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import mark, t
from dispatch.events import Event
from dispatch.sent_out import (
    EXPERT_STATES,
    NEXT_STATES,
    Sent,
    answer_expert,
    give_back_equipment,
    give_back_goods,
    sent_to,
)
from resources.localtime import moment_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.table import TableView

KIND_NAMES = {"force": mark("Force"), "equipment": mark("Equipment"), "supply": mark("Supply"),
              "expert": mark("Expert"), "agreement": mark("kind|Company")}


def _state(row: Sent) -> str:
    if row.kind == "expert":
        words = t(EXPERT_STATES[row.state])
        return f"{words} {t('{n} min', n=row.minutes)}" if row.minutes and row.left else words
    if not row.left:
        return t("sent|all back")
    return t("sent|{n} {measure} outside", n=f"{row.left:g}", measure=row.measure)


COLUMNS: tuple[Column[Sent], ...] = (
    Column(mark("Kind"), lambda r: t(KIND_NAMES[r.kind]), width=90, muted=True),
    Column(mark("Name"), lambda r: r.name, width=200, bold=True, stretch=True),
    Column(mark("Quantity"), lambda r: f"{r.quantity:g} {r.measure}",
           Qt.AlignmentFlag.AlignRight, width=90),
    Column(mark("No."), lambda r: r.number, width=90, muted=True),
    Column(mark("Sent at"), lambda r: moment_text(r.at), width=110, muted=True),
    Column(mark("head|State"), _state, width=150))


class SentSheet(Sheet):
    """S: choose a line, then say what came back and in what condition, or what was answered."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Sent to {number} besides forces",
                                              number=event.number), width=820,
                         verb=t("verb|Take back"))
        self.of = event
        self.model: RowsModel[Sent] = RowsModel(COLUMNS, lambda r: (r.kind, r.id), self._spoken)
        self.table = TableView(theme, self.model, t("Sent to the event"))
        self.table.setFixedHeight(theme.px(32 + 40 * 6 + 2))
        self.model.replace(sent_to(desk.store, event.id))
        empty = t("Nothing was sent yet. F4 proposes equipment, goods and experts.")
        self.known = self.note("" if self.model.rowCount() else empty)
        self.rows.insertWidget(0, self.known)
        self.rows.insertWidget(1, self.table)
        grid = self.grid
        grid.wide(5)
        grid.line("quantity", t("How much is back"))
        grid.wide(8)
        grid.line("condition", t("Condition, or what was said"))
        grid.wide(7)
        grid.choice("state", t("Expert's answer"), [
            Choice(k, t(v)) for k, v in EXPERT_STATES.items() if k != "called"])
        grid.wide(5)
        grid.line("minutes", t("There in (min)"))
        grid.wide(15)
        grid.check("broken", t("not intact: waits for repair"))
        self.hint.setText(t("Arrow keys choose · Enter commits"))
        self.table.chosen_row.connect(lambda _row: self.look())
        self.table.activated_row.connect(lambda _row: self.submit())
        self.look()

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))

    @property
    def chosen(self) -> Sent | None:
        number = self.table.currentIndex().row()
        return self.model.row(number) if 0 <= number < self.model.rowCount() else None

    def look(self) -> None:
        """Show the fields that the chosen line can use."""
        row = self.chosen
        kind = row.kind if row is not None else ""
        uses = {"quantity": "supply", "state": "expert", "minutes": "expert",
                "broken": "equipment"}
        for name, wanted in uses.items():
            self.form.field(name).setEnabled(kind == wanted)
        self.ok.setEnabled(row is not None and bool(row.left))
        self.ok.setText(t("verb|Record") if kind == "expert" else t("verb|Take back"))
        if row is not None and kind == "supply":
            self.form.fill({"quantity": f"{row.left:g}"})
        if row is not None and kind == "expert" and row.state in NEXT_STATES:
            self.form.fill({"state": NEXT_STATES[row.state][0]})

    def _spoken(self, row: Sent) -> str:
        return t("list|, ").join((t(KIND_NAMES[row.kind]), row.name, _state(row)))

    def commit(self) -> Sent:
        row, v, store, by = self.chosen, self.form.values, self.desk.store, self.desk.officer
        if row is None or not row.left:
            raise Refused("Nothing of this slip is outside any more.")
        said = str(v["condition"]).strip()
        if row.kind == "supply":
            give_back_goods(store, row.id, self.check_number("quantity") or 0, condition=said,
                            by=by)
        elif row.kind == "equipment":
            give_back_equipment(store, row.id, said, intact=not v["broken"], by=by)
        else:
            minutes = self.check_number("minutes")
            answer_expert(store, row.id, str(v["state"]), note=said, by=by,
                          minutes=None if minutes is None else int(minutes))
        return row
