"""The stage board 阶段速记: all forces that are out, each stage one key, from any page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from db.change import RowId
from db.errors import WatchdeskError
from db.words import mark, t
from dispatch.orders import Order, forces_out, next_stage, stamp_stage
from dispatch.terms import STAGE_NAMES, Stage
from ui import moments
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.shown import short_number
from ui.theme import Theme
from ui.widgets.table import TableView

STAGE_KEYS = {"C": Stage.CONFIRMED, "M": Stage.MUSTERED, "D": Stage.DEPARTED,
              "A": Stage.ARRIVED, "P": Stage.DEPLOYED, "K": Stage.CONTROLLED,
              "F": Stage.FINISHED, "H": Stage.RETURNED, "R": Stage.REFUSED,
              "X": Stage.CANCELLED, "B": Stage.RECALLED}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A force that is out, with its number key and the instant it is looked at."""

    key: str
    of: Order
    now: datetime


def _next(row: BoardRow) -> str:
    following = next_stage(row.of)
    return t(STAGE_NAMES[following]) if following else ""


def _promise(row: BoardRow) -> str:
    if row.of.promised_at is None or row.of.on_scene:
        return "—"
    return moments.left(row.of.promised_at - row.now)


COLUMNS: tuple[Column[BoardRow], ...] = (
    Column(mark("Key"), lambda r: r.key, width=56, bold=True),
    Column(mark("Force"), lambda r: r.of.force_name, width=190, bold=True, stretch=True),
    Column(mark("Event"), lambda r: f"{short_number(r.of.event_number)} {r.of.event_title}",
           width=170, muted=True),
    Column(mark("Stage"), lambda r: t(STAGE_NAMES[r.of.stage]), width=90),
    Column(mark("Left"), _promise, Qt.AlignmentFlag.AlignRight, width=80),
    Column(mark("Next stage"), _next, width=110, bold=True))


class BoardTable(TableView):
    """Digits stamp a row's next stage; letters stamp that stage of all that are selected."""

    pressed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().upper()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier
                                         | Qt.KeyboardModifier.AltModifier)
        if plain and (key.isdigit() or key in STAGE_KEYS):
            self.pressed.emit(key)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Slash):
            event.ignore()
        else:
            super().keyPressEvent(event)


class StageBoard(Sheet):
    """F5 on every page but the event's: stays open while stages come in, Esc puts it away."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Stages of all forces out"), width=880,
                         verb=t("Next stage"))
        self.model: RowsModel[BoardRow] = RowsModel(COLUMNS, lambda r: r.of.id, self._spoken)
        self.table = BoardTable(theme, self.model, t("Forces out"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setFixedHeight(theme.px(32 + 40 * 10 + 2))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Filter by force or event ( / )"))
        self.filter.setAccessibleName(t("Filter by force or event ( / )"))
        self.filter.textChanged.connect(lambda _words: self.load())
        self.filter.returnPressed.connect(self.table.setFocus)
        self.keys = self.note(t("list|, ").join(
            f"{key} {t(STAGE_NAMES[stage])}" for key, stage in STAGE_KEYS.items()))
        self.told = self.note(tone="muted")
        for at, widget in enumerate((self.filter, self.table, self.keys, self.told)):
            self.rows.insertWidget(at, widget)
        self.hint.setText(t("Digits or Enter: next stage · Shift and arrows select several"))
        self.table.pressed.connect(self.press)
        self.table.activated_row.connect(lambda _row: self.submit())
        desk.changed.connect(self.on_change)
        self.load()

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.selectRow(0)

    def load(self) -> None:
        """Read who is out; what is selected stays selected."""
        words, now = self.filter.text().strip(), self.desk.now()
        rows = [o for o in forces_out(self.desk.store)
                if words in f"{o.force_name} {o.event_number} {o.event_title}"]
        kept: set[RowId] = {r.of.id for r in self.chosen}
        self.model.replace([BoardRow(str(n) if n <= 9 else "", o, now)
                            for n, o in enumerate(rows, 1)])
        self._select(kept)
        self.told.setVisible(not rows or bool(self.told.text()))
        if not rows:
            self.told.setText(t("No force is out."))

    def on_change(self, _change: object) -> None:
        self.load()

    @property
    def chosen(self) -> list[BoardRow]:
        numbers = sorted({i.row() for i in self.table.selectionModel().selectedIndexes()})
        return [self.model.row(n) for n in numbers if n < self.model.rowCount()]

    def press(self, key: str) -> None:
        """A digit: the next stage of that row. A letter: its stage of all that are selected."""
        if key.isdigit():
            rows = [r for r in self.model.rows if r.key == key]
            self.stamp([(r.of, next_stage(r.of)) for r in rows])
        else:
            self.stamp([(r.of, STAGE_KEYS[key]) for r in self.chosen])

    def stamp(self, wanted: Sequence[tuple[Order, Stage | None]]) -> None:
        """Stamp each; what is refused is said and hinders no other."""
        done, refused = [], []
        for of, stage in wanted:
            if stage is None:
                continue
            try:
                stamp_stage(self.desk.store, of.id, stage, by=self.desk.officer)
            except WatchdeskError as error:
                refused.append(str(error))
            else:
                done.append(t("{force}: {stage}", force=of.force_name,
                              stage=t(STAGE_NAMES[stage])))
        self.told.setText("\n".join((t("list|, ").join(done), *refused[:3])).strip())
        self.told.show()

    def submit(self) -> None:
        """Enter: the next stage of all that are selected; the board stays."""
        self.stamp([(r.of, next_stage(r.of)) for r in self.chosen])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Slash:
            self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _select(self, ids: set[RowId]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        for number, row in enumerate(self.model.rows):
            if row.of.id in ids:
                self.table.selectionModel().select(self.model.index(number, 0),
                                                   flag.Select | flag.Rows)

    def _spoken(self, row: BoardRow) -> str:
        return t("list|, ").join((row.key, row.of.force_name, t(STAGE_NAMES[row.of.stage]),
                                  t("key {key}: {stage}", key=row.key, stage=_next(row))))
