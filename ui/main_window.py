"""The window 主窗口: shift bar, rail, the page in view, F-bar; drill edge and wall mode."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from db.words import t
from ui.entries import Entry, Shelf
from ui.page import Page, make_action
from ui.theme import WALL_SCALE, Theme
from ui.widgets.fbar import FBar
from ui.widgets.paint import Canvas, Side
from ui.widgets.rail import Rail, RailItem
from ui.widgets.shift_bar import ShiftBar

BANNER, EDGE, GAP = 32, 4, 8
LEAST = QSize(1024, 640)


class DrillBanner(QWidget):
    """The 32 px line that says 演练 over everything of a drill."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.name, self.real = theme, "", 0
        self.restyle()
        theme.changed.connect(self.restyle)

    def set_name(self, name: str) -> None:
        self.name = name
        self.restyle()

    def set_real(self, events: int) -> None:
        """How many real events wait at the real desk, one key away."""
        self.real = events
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.px(BANNER))
        self.setAccessibleName(f"{t('drill|DRILL')} {self.name} {self._note()}")
        self.update()

    def _note(self) -> str:
        if self.real:
            return t("Real events: {n}. F11 goes to the real desk", n=self.real)
        return t("Kept apart, never counted as real · F11 real desk")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, pair, px = Canvas(painter, self.theme), self.theme.palette.drill, self.theme.px
        painter.fillRect(self.rect(), pair.fill)
        centre, edge = self.height() // 2, self.width() - px(16)
        x = px(16)
        x += canvas.text(t("drill|DRILL"), x, centre, 16, pair.on, bold=True) + px(16)
        note = self._note()
        ran = self.theme.width(note, 12, bold=bool(self.real)) + (px(34) if self.real else 0)
        canvas.text(self.name, x, centre, 14, pair.on, bold=True, width=edge - ran - px(16) - x)
        if self.real:
            canvas.flag(edge - ran, centre, note)
        else:
            canvas.text(note, edge, centre, 12, pair.on, side=Side.RIGHT)
        painter.end()


class Frame(QWidget):
    """The window's ground; in a drill it has a 4 px edge of the drill's colour."""

    def __init__(self, theme: Theme, *, drill: bool) -> None:
        super().__init__()
        self.theme, self.drill = theme, drill

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        p = self.theme.palette
        painter.fillRect(self.rect(), p.drill.fill if self.drill else p.ground)
        if self.drill:
            edge = self.theme.px(EDGE)
            inner = QRect(self.rect()).adjusted(edge, edge, -edge, -edge)
            painter.fillRect(inner, p.ground)
        painter.end()


class MainWindow(QMainWindow):
    """Lays out the pages of its entries, each made when it is first shown; the first is shown
    at once. `low` rail items are no pages: they emit `low_chosen`.

    `wall_toggled` tells that F11 changed the wall mode, `search_asked` that Ctrl+K was pressed;
    in a drill F11 is the way to the real desk instead: `real_asked`.
    `actions` are the keys that hold on every page; a page's own keys win over them.
    """

    search_asked = Signal()
    low_chosen = Signal(str)
    page_shown = Signal(str)
    wall_toggled = Signal(bool)
    real_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[Entry],
        low: Sequence[RailItem] = (),
        actions: Sequence[QAction] = (),
        *,
        drill: bool = False,
    ) -> None:
        super().__init__()
        self.theme, self.drill = theme, drill
        self.pages = Shelf(entries, self._take_in)
        self.wall = False
        self._scale = theme.scale
        self._low, self._common = tuple(low), tuple(actions)
        self._live: list[QAction] = []
        self.shift_bar, self.fbar = ShiftBar(theme), FBar(theme)
        items = [RailItem(e.key, t(e.words), e.icon, low=e.low) for e in entries if e.rail]
        self.rail = Rail(theme, [*items, *self._low])
        self.stack, self.banner = QStackedWidget(), DrillBanner(theme)
        self.wall_action = make_action(self, "", "F11", self.real_asked.emit if drill
                                       else self.toggle_wall)
        self.search_action = make_action(self, t("Search"), "Ctrl+K", self.search_asked.emit)
        self._build()
        self._connect()
        self.setMinimumSize(LEAST)
        self.restyle()
        self.show_page(entries[0].key)

    def _build(self) -> None:
        self.frame = Frame(self.theme, drill=self.drill)
        self._rows = QVBoxLayout(self.frame)
        self._rows.setSpacing(0)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.rail)
        self._middle.addWidget(self.stack, 1)
        self._rows.addWidget(self.banner)
        self._rows.addWidget(self.shift_bar)
        self._rows.addLayout(self._middle, 1)
        self._rows.addWidget(self.fbar)
        self.banner.setVisible(self.drill)
        self.setCentralWidget(self.frame)

    def _connect(self) -> None:
        self.addActions([self.wall_action, self.search_action])
        self.rail.chosen.connect(self._on_chosen)
        self.shift_bar.search_asked.connect(self.search_asked)
        self.theme.changed.connect(self.restyle)

    def _take_in(self, page: Page) -> None:
        """A page that was just made takes its place and may ask for others."""
        self.stack.addWidget(page)
        page.go.connect(self.show_page)
        page.actions_changed.connect(self._take_actions)

    @property
    def page(self) -> Page:
        """The page in view."""
        current = self.stack.currentWidget()
        if not isinstance(current, Page):
            raise TypeError(current)
        return current

    def show_page(self, key: str, what: object = None) -> None:
        """Bring a page into view, opened on `what` if given.

        Raises:
            KeyError: the window has no page of that key.
        """
        page = self.pages[key]
        self.stack.setCurrentWidget(page)
        self.rail.set_current(page.rail_key or key)
        if what is not None:
            page.open(what)
        self._take_actions()
        self.page_shown.emit(key)

    def refresh(self, change: object | None = None) -> None:
        """Hand a committed change to every page made so far; hidden ones only go stale."""
        for page in self.pages.made():
            page.refresh(change)

    def tick(self, now: datetime) -> None:
        """One second went by: clock and the page in view."""
        self.shift_bar.tick(now)
        self.page.tick(now)

    def toggle_wall(self) -> None:
        """Wall mode 大屏: the same code at 1.6, without rail and F-bar."""
        self.wall = not self.wall
        self.rail.setVisible(not self.wall)
        self.fbar.setVisible(not self.wall)
        self.theme.switch(scale=WALL_SCALE if self.wall else self._scale)
        self.wall_toggled.emit(self.wall)

    def restyle(self) -> None:
        px = self.theme.px
        edge = px(EDGE) if self.drill else 0
        self._rows.setContentsMargins(edge, 0, edge, edge)
        self.stack.setContentsMargins(px(GAP), px(GAP), px(GAP), px(GAP))
        self.wall_action.setText(t("Real desk") if self.drill else t("Wall screen"))
        self.search_action.setText(t("Search"))
        for entry in self.pages.entries.values():
            if entry.rail:
                self.rail.set_words(entry.key, t(entry.words))
        self.setWindowTitle(f"{t('drill|DRILL')} {self.banner.name}" if self.drill
                            else t("Watchdesk"))
        if self.stack.count():
            self._take_actions()
        self.frame.update()

    def _on_chosen(self, key: str) -> None:
        if key in self.pages:
            self.show_page(key)
        else:
            self.low_chosen.emit(key)

    def _take_actions(self) -> None:
        """Give the keys of the page in view to the window; the page before lets its own go."""
        for action in self._live:
            self.removeAction(action)
        own = list(self.page.actions_shown())
        taken = {action.shortcut() for action in own}
        common = [action for action in self._common if action.shortcut() not in taken]
        self._live = [*common, *own]
        for action in self._live:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addActions(self._live)
        self.fbar.set_actions(sorted([*self._live, self.wall_action], key=_key_order))


def _key_order(action: QAction) -> tuple[int, int]:
    """F-keys by number, then letters as given, Esc last."""
    words = action.shortcut().toString()
    if words.startswith("F") and words[1:].isdigit():
        return 0, int(words[1:])
    return (2, 0) if words == "Esc" else (1, 0)
