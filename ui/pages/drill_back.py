"""What the pages of the drill book share 演练档案页: Esc to the drills, files to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import StoreError
from db.words import t
from ui.desk import Desk, Tone
from ui.page import make_action
from ui.pages.sub_page import SubPage
from ui.theme import Theme

ChooseFiles = Callable[[QWidget, str], Sequence[str]]


def choose_books(parent: QWidget, title: str) -> Sequence[str]:
    """The system's open dialog for one or several sheets; empty when it was given up."""
    return QFileDialog.getOpenFileNames(parent, title, "", "Excel, CSV (*.xlsx *.csv)")[0]


class DrillBookPage(SubPage):
    """A page behind the drills. `choose_files` is how it asks the machine for files to read."""

    rail_key = "drills"
    home = "drills"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.choose_files: ChooseFiles = choose_books
        self.sized: list[tuple[Callable[[int], None], int]] = []

    def choose_in(self, box: QComboBox, wanted: int) -> bool:
        """Choose a drill in a box; where it is not listed that is said and the first stays."""
        number = box.findData(wanted)
        box.setCurrentIndex(max(0, number))
        if number < 0:
            self.desk.told.emit(Tone.REFUSED, t(
                "This drill is not listed here: it was not begun, or has no sealed record yet."))
        return number >= 0

    def back(self) -> None:
        self.go.emit(self.home, None)

    def row_of_verbs(self, verbs: Iterable[tuple[str, Callable[[], object]]]) -> QHBoxLayout:
        """A line of buttons of its own, each with its key."""
        row, filters = QHBoxLayout(), self.filters
        row.setContentsMargins(*(self.theme.px(n) for n in (16, 0, 16, 12)))
        row.setSpacing(self.theme.px(8))
        self.filters = row
        for key, act in verbs:
            self.add_verb(key, act)
        row.addStretch(1)
        self.filters = filters
        return row

    def add_hidden(self, key: str, act: Callable[[], object]) -> None:
        """A key without a button of its own; what it does is on screen in another way."""
        self.own_actions[key] = make_action(self, "", key, act)

    def keep_measure(self, take: Callable[[int], None], design: int) -> None:
        """Give a measure of the design to a widget, now and whenever the scale changes."""
        self.sized.append((take, design))
        take(self.theme.px(design))

    def beside(self, panels: Iterable[QWidget], width: int) -> None:
        """Stand these at the right of the main panel, one below the other."""
        across, side = QHBoxLayout(), QVBoxLayout()
        across.setSpacing(self.theme.px(8))
        side.setSpacing(self.theme.px(8))
        self.column.removeWidget(self.panel)
        across.addWidget(self.panel, 1)
        for panel in panels:
            self.keep_measure(panel.setFixedWidth, width)
            side.addWidget(panel, 1)
        across.addLayout(side)
        self.column.insertLayout(0, across, 1)

    def restyle(self) -> None:
        for take, design in self.sized:
            take(self.theme.px(design))
        self.reword()
        super().restyle()


def file_title(words: str) -> str:
    """The head of a dialog that asks for files."""
    return t("Open: {what}", what=words)


def read_file(path: Path) -> bytes:
    """The content of a chosen file.

    Raises:
        StoreError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("{file} cannot be read: {why}.", file=path, why=error) from error
