"""Dispatch 调度: the forces that fit an event, soonest first, picked and ordered in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.words import mark, t
from dispatch.events import Event
from dispatch.orders import Order, OrderLine, order_forces
from dispatch.proposals import Proposal, propose
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, Index, RowsModel
from ui.theme import Theme
from ui.widgets.paint import Canvas
from ui.widgets.table import TableDelegate, TableView

RIGHT = Qt.AlignmentFlag.AlignRight
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate and what the officer made of it; `minutes` is what it is asked to promise."""

    of: Proposal
    chosen: bool = False
    minutes: int | None = None


COLUMNS: tuple[Column[Pick], ...] = (
    Column(mark("pick|Send"), lambda r: "✓" if r.chosen else "", width=64),
    Column(mark("Force"), lambda r: r.of.name, width=190, bold=True),
    Column(mark("Can"), lambda r: "、".join(r.of.fits), width=190),
    Column(mark("km"), lambda r: _km(r.of.distance_m), RIGHT, width=60, muted=True,
           sort_key=lambda r: r.of.distance_m or 9e9),
    Column(mark("Promised min"), lambda r: str(r.minutes or "—"), RIGHT, width=110, bold=True,
           sort_key=lambda r: r.minutes or 9999),
    Column(mark("Ready"), lambda r: t("{n} people", n=r.of.ready_people), RIGHT, width=84,
           muted=True),
    Column(mark("Out where, or why"), lambda r: r.of.out_at or r.of.reason, width=180, stretch=True,
           muted=True, tip=lambda r: r.of.reason),
)


def _km(metres: float | None) -> str:
    return "—" if metres is None else f"{metres / 1000:.1f}"


class PickDelegate(TableDelegate):
    """Draws the box to tick in the first column."""

    def draw_cell(self, canvas: Canvas, rect: QRect, index: Index) -> None:
        if index.column():
            super().draw_cell(canvas, rect, index)
        else:
            self._draw_box(canvas, rect, chosen=bool(index.data()))

    def _draw_box(self, canvas: Canvas, rect: QRect, *, chosen: bool) -> None:
        p, side = canvas.palette, self.theme.px(18)
        box = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        canvas.box(box, p.accent.fill if chosen else p.surface, p.accent.fill if chosen else
                   p.muted, radius=3)
        if chosen:
            canvas.icon("check", box.left() + self.theme.px(2), box.center().y() + 1, 14,
                        p.accent.on)


class PickTable(TableView):
    """Space picks; digits write the promised minutes of the row, Backspace takes one off."""

    toggled = Signal(int)
    digit_typed = Signal(int, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self.toggled.emit(row)
        elif row >= 0 and (event.text().isdigit() or event.key() == Qt.Key.Key_Backspace):
            self.digit_typed.emit(row, event.text() if event.text().isdigit() else "")
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class DispatchSheet(Sheet):
    """F4. Space picks forces, Enter sends one numbered order to each of them."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        title = t("Send forces to {number}", number=event.number)
        super().__init__(theme, desk, host, title, width=1020, draft=f"dispatch:{event.id}",
                         verb=t("verb|Send the orders"))
        self.of, self.found = event, propose(desk.store, event.id)
        self.model: RowsModel[Pick] = RowsModel(COLUMNS, lambda r: r.of.force_id, self._spoken)
        self.table = PickTable(theme, self.model, t("Forces to send"),
                               delegate=PickDelegate(theme))
        self.table.setFixedHeight(theme.px(32 + 40 * 7 + 2))
        self.model.replace([Pick(p, minutes=p.minutes) for p in self.found.forces])
        self.rows.insertWidget(0, self.note(self._advice()))
        self.rows.insertWidget(1, self.table)
        self.grid.wide(20)
        self.form.text("text", t("Order text (Ctrl+Enter sends)"), lines=2)
        self.form.check("also_out", t("Send even though already out elsewhere"))
        self.form.fill({"text": event.title + (f"，{event.place}" if event.place else "")})
        self.hint.setText(t("Space picks · digits write the minutes · Enter sends · Esc puts"
                            " it away"))
        self.table.toggled.connect(self.toggle)
        self.table.digit_typed.connect(self._on_digit)
        self.table.clicked.connect(lambda index: self.toggle(index.row())
                                   if index.column() == 0 else None)
        self.table.activated_row.connect(lambda _row: self.submit())
        self._fresh = -1
        self._count()

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 1))

    @property
    def picked(self) -> list[Pick]:
        return [r for r in self.model.rows if r.chosen]

    def toggle(self, number: int) -> None:
        row = self.model.row(number)
        self.model.update(number, replace(row, chosen=not row.chosen))
        self._count()

    def _on_digit(self, number: int, digit: str) -> None:
        """The first digit on a row begins anew; an empty one takes the last away."""
        row = self.model.row(number)
        begun = self._fresh == number
        typed = f"{row.minutes or ''}{digit}" if begun and digit else digit
        if not digit:
            typed = str(row.minutes or "")[:-1]
        self._fresh = number
        minutes = min(int(typed), MOST_MINUTES) if typed else None
        self.model.update(number, replace(row, minutes=minutes))

    def _count(self) -> None:
        n = len(self.picked)
        self.ok.setText(t("Send {n} orders", n=n) if n else t("verb|Send the orders"))

    def _spoken(self, row: Pick) -> str:
        state = t("picked") if row.chosen else ""
        return t("list|, ").join(p for p in (row.of.name, state, row.of.reason) if p)

    def _advice(self) -> str:
        """What the plan calls for and what is short."""
        if not self.found.needs:
            return t("No plan covers this kind of event; forces are listed by distance.")
        words = t("The plan calls for: {needs}", needs="、".join(
            dict.fromkeys(n.capability for n in self.found.needs)))
        if self.found.short:
            words += t("; ") + t("short of: {needs}", needs="、".join(
                f"{s.capability} {s.free}/{s.wanted}" for s in self.found.short))
        return words

    def commit(self) -> list[Order]:
        v = self.form.values
        lines = [OrderLine(r.of.force_id, str(v["text"]), r.minutes) for r in self.picked]
        return order_forces(self.desk.store, self.of.id, lines, also_out=bool(v["also_out"]),
                            by=self.desk.officer)
