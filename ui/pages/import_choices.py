"""Import choices 导入选项: the boxes above an import, of file, kind, sheet, headings and so on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from db.words import t
from resources.coords import Crs
from resources.exchange.books import Book
from resources.exchange.drafts import Draft, Wishes
from resources.exchange.tables import KINDS
from resources.exchange.verbs import OnDuplicate, placed
from ui.pages.import_tables import POLICIES
from ui.theme import Theme

HEADS = 15
"""The rows among which the headings may be."""

NAMES = ("file", "kind", "sheet", "header", "crs", "duplicate")
Choices = Sequence[tuple[object, str]]


class ImportChoices(QWidget):
    """`chosen` tells which box a person set."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = theme.px
        self.boxes = {name: QComboBox() for name in NAMES}
        self.labels = {name: QLabel() for name in NAMES}
        grid = QGridLayout(self)
        grid.setContentsMargins(px(16), 0, px(16), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        for n, (name, box) in enumerate(self.boxes.items()):
            self.labels[name].setProperty("tone", "muted")
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(partial(self._on_activated, name))
            grid.addWidget(self.labels[name], 0, n)
            grid.addWidget(box, 1, n)
            grid.setColumnStretch(n, 3 if name == "file" else 2)

    def _on_activated(self, name: str, _number: int) -> None:
        self.chosen.emit(name)

    def value(self, name: str) -> Any:
        """What a box is set to."""
        return self.boxes[name].currentData()

    def reword(self) -> None:
        """Say what each box is for."""
        for name, words in (("file", t("import|File")), ("kind", t("column|Kind")),
                            ("sheet", t("import|Sheet")), ("header", t("import|Headings in")),
                            ("crs", t("import|Its coordinates are in")),
                            ("duplicate", t("import|What is there already"))):
            self.labels[name].setText(words)
            self.boxes[name].setAccessibleName(words)

    # files

    def add_files(self, files: Sequence[Path]) -> None:
        """Put files into the list, the first of them at hand."""
        box = self.boxes["file"]
        for one in files:
            if box.findData(str(one)) < 0:
                box.addItem(one.name, str(one))
        box.setCurrentIndex(box.findData(str(files[0])))

    def drop_file(self) -> bool:
        """Take the file at hand off the list; whether another one waits."""
        box = self.boxes["file"]
        box.removeItem(box.currentIndex())
        return box.count() > 0

    # the others

    def show_draft(self, book: Book | None, wishes: Wishes, made: Draft | None, *,
                   free: bool) -> None:
        """Fill the boxes from the draft; while something is written none can be set."""
        kind = wishes.kind
        self._fill("kind", [(str(one), t(KINDS[one].label)) for one in KINDS], str(kind.name))
        self._fill("sheet", [(s.name, s.name or "csv") for s in book.sheets] if book else [],
                   made.match.sheet.name if made else wishes.sheet)
        heads = made.match.sheet.rows[:HEADS] if made else ()
        self._fill("header", [(n, t("row {n}", n=n)) for n, _ in heads],
                   made.match.header if made else wishes.header)
        self._fill("crs", self._systems(wishes, made), made.crs if made else wishes.crs)
        self._fill("duplicate", [(one, t(POLICIES[one])) for one in OnDuplicate],
                   wishes.on_duplicate)
        for name, box in self.boxes.items():
            box.setEnabled(free and box.count() > 0 and (name != "crs" or placed(kind)))

    def _systems(self, wishes: Wishes, made: Draft | None) -> Choices:
        if not placed(wishes.kind):
            return [(None, t("import|no coordinates"))]
        asked = made is None or made.asks_crs
        return [(None, t("import|not said yet") if asked else t("import|as the file says")),
                *((crs, crs.value) for crs in Crs)]

    def _fill(self, name: str, choices: Choices, value: object) -> None:
        box = self.boxes[name]
        box.blockSignals(True)
        box.clear()
        for one, words in choices:
            box.addItem(words, one)
        box.setCurrentIndex(max(0, box.findData(value)) if choices else -1)
        box.blockSignals(False)
        box.setToolTip(self.labels[name].text())
