"""The checklist 检查清单: what is looked at in a handover, ticked by Space, faults with words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.words import t
from dispatch.duty.facts import CheckResult
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate, RowList

ROW = 30


class CheckDelegate(RowDelegate[CheckResult]):
    """A box, ticked when in order; a fault in words at the right."""

    def draw(self, canvas: Canvas, rect: QRect, row: CheckResult) -> None:
        px, p, centre = self.theme.px, canvas.palette, rect.center().y() + 1
        box = QRect(rect.left() + px(16), centre - px(8), px(16), px(16))
        canvas.box(box, p.accent.fill if row.ok else None, p.accent.fill if row.ok else p.ink.fill,
                   radius=3, stroke=1 if row.ok else 2)
        if row.ok:
            canvas.icon("check", box.left() + px(1), centre, 14, p.accent.on)
        left, right = rect.left() + px(42), rect.right() - px(16)
        ran = canvas.text(row.name, left, centre, 14, p.text, bold=not row.ok,
                          width=(right - left) // 2)
        words = row.note if row.ok else t("Fault: {note}", note=row.note)
        if row.note:
            canvas.text(words, right, centre, 12, p.muted if row.ok else p.text, bold=not row.ok,
                        side=Side.RIGHT, width=right - left - ran - px(12))


class CheckRows(RowList[CheckResult]):
    """Space or a click on the box turns the chosen item."""

    turned = Signal(object)
    whole_rows = True

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, t("Checks"), CheckDelegate(theme, ROW),
                         identity=lambda row: row.name, spoken=_spoken)
        self.clicked.connect(self._on_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_row is not None:
            self.turned.emit(self.current_row)
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        at = self.mapFromGlobal(self.cursor().pos()).x()
        if at < self.theme.px(40) and index.isValid() and self.current_row is not None:
            self.turned.emit(self.current_row)


def _spoken(row: CheckResult) -> str:
    state = t("in order") if row.ok else t("Fault: {note}", note=row.note)
    return f"{row.name} {state}"


class CheckList(QWidget):
    """The items and one line for words. `changed` carries all items after a turn or a note.

    A fault needs words: turning an item off puts the cursor into the line, Enter keeps it.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.note = CheckRows(theme), QLineEdit()
        self._fault: CheckResult | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(theme.px(4))
        column.addWidget(self.rows, 1)
        line = QVBoxLayout()
        line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        line.addWidget(self.note)
        column.addLayout(line)
        self.rows.turned.connect(self.turn)
        self.rows.chosen_row.connect(self._on_chosen)
        self.note.returnPressed.connect(self.keep_note)
        self._on_chosen(None)

    def set_checks(self, checks: tuple[CheckResult, ...], *, fixed: bool) -> None:
        """Show these items; fixed ones (sealed) can only be read."""
        self.rows.set_rows(checks)
        self.rows.setEnabled(not fixed)
        self.note.setVisible(not fixed and bool(checks))

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return self.rows.rows_model.rows

    def turn(self, item: CheckResult) -> None:
        """In order becomes a fault to be described; a fault becomes in order."""
        if not item.ok:
            self._put(replace(item, ok=True, note=""))
            return
        self._fault = item
        self.note.clear()
        self.note.setPlaceholderText(t("What is wrong with {name}? Enter keeps it",
                                       name=item.name))
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_note(self) -> None:
        """Keep the words of the line for the item that is chosen or was turned."""
        item, words = self._fault or self.rows.current_row, self.note.text().strip()
        if item is None or (self._fault and not words):
            return
        ok = item.ok and self._fault is None
        self._fault = None
        self._put(replace(item, ok=ok, note=words))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, item: CheckResult) -> None:
        self.changed.emit(tuple(item if c.name == item.name else c for c in self.checks))

    def _on_chosen(self, item: CheckResult | None) -> None:
        self._fault = None
        self.note.setText(item.note if item else "")
        self.note.setPlaceholderText(
            t("Note on {name}", name=item.name) if item else t("Space ticks the chosen item"))
        self.note.setAccessibleName(self.note.placeholderText())
