"""A page that takes a file in 导入页: its columns at the left, matched and corrected there; beside
them lists of what it would do, one behind the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QWidget

from db.words import t
from resources.exchange.books import Book
from ui.desk import Desk
from ui.pages.import_tables import FileColumn, SequenceModel
from ui.pages.sub_page import SubPage
from ui.rows_model import Column
from ui.theme import Theme
from ui.widgets.edit_table import EditModel, EditTable
from ui.widgets.panel import Panel
from ui.widgets.table import TableView

SIDE = 400


class FilePage(SubPage):
    """`TABS` names the lists, turned by digits; `take_files` gets what is dropped or chosen."""

    TABS: tuple[str, ...] = ()

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, desk, parent)
        self.book: Book | None = None
        self.trouble = ""
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.side, self.empty = Panel(theme), QLabel()
        self.setAcceptDrops(True)

    def title(self) -> str:
        raise NotImplementedError

    @property
    def taking(self) -> bool:
        """Whether a file is being read or written, so that none is taken by dropping it."""
        raise NotImplementedError

    def take_files(self, files: Sequence[Path]) -> None:
        raise NotImplementedError

    def on_matched(self, row: FileColumn, name: str, field: str) -> None:
        """A person says what a column is."""
        raise NotImplementedError

    def tell(self) -> None:
        """What stands, what is missing, and which keys can be used now."""
        raise NotImplementedError

    def tab_words(self, name: str) -> str:
        raise NotImplementedError

    def make_tables(self, columns: Sequence[Column[FileColumn]],
                    identity: Callable[[str], Callable[[Any], Hashable]]) -> None:
        """The table of the file's columns, and a list for each tab."""
        self.match_model: EditModel[FileColumn] = EditModel(
            columns, lambda r: r.place, lambda r: r.heading)
        self.match_model.written.connect(self.on_matched)
        self.matching = EditTable(self.theme, self.match_model, "")
        self.models = {name: SequenceModel(identity(name)) for name in self.TABS}
        self.tables = {name: TableView(self.theme, self.models[name], "") for name in self.TABS}

    def stand(self) -> None:
        """Put the columns and the lists below the page's own panel."""
        px = self.theme.px
        for n, name in enumerate(self.TABS, 1):
            self.tabs.setTabData(self.tabs.addTab(""), name)
            self.stack.addWidget(self.tables[name])
            self.add_key(str(n), partial(self.show_tab, name))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("tone", "muted")
        self.stack.addWidget(self.empty)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(lambda _n: self.tell())
        self.side.body.addWidget(self.matching, 1)
        self.side.setFixedWidth(px(SIDE))
        below, tabs = Panel(self.theme), QHBoxLayout()
        below.head.hide()
        tabs.setContentsMargins(px(8), px(4), px(8), 0)
        tabs.addWidget(self.tabs, 1)
        below.body.addLayout(tabs)
        below.body.addWidget(self.stack, 1)
        below.body.addWidget(self.totals)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.side)
        row.addWidget(below, 1)
        self.column.setStretchFactor(self.panel, 0)
        self.column.addLayout(row, 1)

    def reword(self) -> None:
        """Say everything in the language in use."""
        super().reword()
        self.matching.setAccessibleName(t("import|Columns of the file"))
        self.side.set_title(t("import|Columns of the file"))
        self.tabs.setAccessibleName(self.title())
        for name in self.TABS:
            self.tables[name].setAccessibleName(self.tab_words(name))

    @property
    def tab(self) -> str:
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def show_tab(self, name: str) -> None:
        """Bring one of the lists into view, the cursor in it."""
        self.tabs.setCurrentIndex(self.TABS.index(name))
        self.tables[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.taking:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files([Path(u.toLocalFile()) for u in event.mimeData().urls()
                         if u.isLocalFile()])
