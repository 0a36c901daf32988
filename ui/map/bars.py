"""The bars over the map 浮动栏: search with its answers, the foot line, and the replay's slider."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from db.words import t
from resources.coords import CRS_NAMES, Crs, Point, from_district
from resources.gazetteer import Found
from resources.geo import Position
from ui import moments
from ui.map.frame import Frame
from ui.map.painting import draw_north, draw_scale
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.paint import Canvas, Side

HIGH, ANSWERS, LEAST_LINE = 44, 8, 150
TYPING_MS = 120
INCH_M = 0.0254


class Plate(QWidget):
    """A surface that floats over the map."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        self.row.setSpacing(theme.px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        p = self.theme.palette
        Canvas(painter, self.theme).box(self.rect(), p.surface, p.line)
        painter.end()


class SearchBar(Plate):
    """A line that finds while typing; ↓ goes to the answers, Enter takes one. `taken` has it."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, find: Callable[[str], Sequence[Found]],
                 parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.look_up = find
        self.line, self.answers = QLineEdit(), FactList(theme, t("Places found"))
        self.answers.setParent(parent)
        self.found: list[Found] = []
        self.line.setClearButtonEnabled(True)
        self.row.addWidget(self.line, 1)
        self.buttons: list[QPushButton] = []
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.line.textEdited.connect(lambda _text: self._typing.start())
        self.line.textChanged.connect(lambda text: None if text else self.close_answers())
        self.line.returnPressed.connect(self._take_first)
        self.line.installEventFilter(self)
        self.answers.installEventFilter(self)
        self.answers.activated_row.connect(lambda row: self.take(int(row.key)))
        self.answers.clicked.connect(lambda index: self.take(index.row()))
        self.answers.hide()

    def set_tools(self, acts: Iterable[QAction]) -> None:
        """Buttons of the tools, each with its key."""
        for act in acts:
            button = QPushButton(self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act.trigger)
            button.setProperty("act", act)
            self.row.addWidget(button)
            self.buttons.append(button)

    def reword(self) -> None:
        self.line.setPlaceholderText(t("Place, coordinates, number or phone  /"))
        self.line.setAccessibleName(t("Search the map"))
        for button in self.buttons:
            act = button.property("act")
            if isinstance(act, QAction):
                button.setText(f"{act.text()}  {act.shortcut().toString()}")
                button.setAccessibleName(act.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the tools their keys do, as the F-bar says."""
        super().resizeEvent(event)
        wanted = sum(b.sizeHint().width() + self.row.spacing() for b in self.buttons)
        for button in self.buttons:
            button.setVisible(self.width() >= wanted + self.theme.px(LEAST_LINE))

    def look(self) -> None:
        """Find what is typed and offer it."""
        self._typing.stop()
        self.found = list(self.look_up(self.line.text()))
        rows = [Fact(str(n), f.name, right=f.note) for n, f in enumerate(self.found)]
        if self.line.text().strip() and not rows:
            rows = [Fact("-1", t("Nothing on the map is called so, and these are no"
                                 " coordinates."))]
        self.answers.set_rows(rows)
        self.answers.setVisible(bool(rows))
        self.place_answers()
        self.answers.raise_()

    def place_answers(self) -> None:
        """Below the line, as high as there are answers."""
        rows = min(len(self.answers.rows_model.rows), ANSWERS)
        px = self.theme.px
        self.answers.setGeometry(self.x(), self.y() + self.height() + px(2),
                                 max(self.line.width() + px(16), px(320)), px(36) * rows + 2)

    def take(self, number: int) -> None:
        if 0 <= number < len(self.found):
            self.close_answers()
            self.taken.emit(self.found[number])

    def _take_first(self) -> None:
        if self._typing.isActive() or not self.answers.isVisible():
            self.look()
        self.take(0)

    def close_answers(self) -> None:
        self.answers.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride \
                and event.key() == Qt.Key.Key_Escape:
            event.accept()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and watched is self.line \
                    and self.answers.isVisible():
                self.answers.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_answers()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)


class FootBar(Plate):
    """Scale, north, the coordinates under the pointer in the chosen system, the ratio."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.frame: Frame | None = None
        self.at: Position | None = None
        self.system, self.crs = Crs.CGCS2000, QPushButton()
        self.row.addStretch(1)
        self.row.addWidget(self.crs)
        self.crs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.crs.clicked.connect(self.next_system)
        self.reword()

    def reword(self) -> None:
        self.crs.setText(f"{self.system}  K")
        self.crs.setToolTip(t(CRS_NAMES[self.system]))
        self.crs.setAccessibleName(f"{t('field|Coordinate system')} {t(CRS_NAMES[self.system])}")

    def next_system(self) -> None:
        """The following coordinate system."""
        every = list(Crs)
        self.system = every[(every.index(self.system) + 1) % len(every)]
        self.reword()
        self._say()
        self.update()

    def show_frame(self, frame: Frame) -> None:
        self.frame = frame
        self._say()
        self.update()

    def show_pointer(self, at: Position | None) -> None:
        self.at = at
        self._say()
        self.update()

    def words(self) -> str:
        """`34.205170, 109.128400` of the pointer, else of the middle."""
        if self.frame is None:
            return ""
        lon, lat = self.at or self.frame.middle
        shown = from_district(Point(lon, lat), self.system)
        return f"{shown.lat:.6f}, {shown.lon:.6f}"

    def ratio(self) -> str:
        """`1 : 68 000`, on a screen of its own density."""
        if self.frame is None:
            return ""
        metres = self.frame.ground_metres * self.logicalDpiX() / INCH_M
        power = 10 ** max(0, len(str(int(metres))) - 2)
        return f"1 : {round(metres / power) * power:,.0f}".replace(",", " ")

    def _say(self) -> None:
        self.setAccessibleName(t("Where the pointer is"))
        self.setAccessibleDescription(f"{self.words()} {self.ratio()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.frame is None:
            return
        painter = QPainter(self)
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        centre, x = self.height() // 2, px(16)
        x += draw_scale(canvas, self.frame, x, centre, p.text) + px(20)
        draw_north(canvas, x, centre - px(5), p.text)
        x += px(24)
        for words, tone in ((self.words(), p.text), (self.ratio(), p.muted)):
            if x + self.theme.width(words, 12) > self.crs.x() - px(8):
                break
            x += canvas.text(words, x, centre, 12, tone) + px(20)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(600), self.theme.px(HIGH))


class ReplayBar(Plate):
    """A slider over the time of an event; `moved` carries the instant that it shows.

    Space plays and stops, ← → go a minute, Page Up and Down ten.
    """

    moved = Signal(object)
    closed = Signal()
    SPEEDS = (60, 300, 900)
    """Seconds of the event that go by in one second."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.start = self.end = datetime(1970, 1, 1, tzinfo=UTC)
        self.slider, self.play, self.leave = (
            QSlider(Qt.Orientation.Horizontal), QPushButton(), QPushButton())
        self.speed, self.clock = QComboBox(), QLabel()
        for factor in self.SPEEDS:
            self.speed.addItem(f"×{factor}", factor)
        self.clock.setMinimumWidth(theme.px(120))
        for widget in (self.play, self.slider, self.clock, self.speed, self.leave):
            self.row.addWidget(widget, 1 if widget is self.slider else 0)
        self._turn = QTimer(self)
        self._turn.setInterval(100)
        self._turn.timeout.connect(self._step)
        self.slider.valueChanged.connect(lambda _n: self._tell())
        self.slider.installEventFilter(self)
        self.play.clicked.connect(self.toggle)
        self.leave.clicked.connect(self.closed)
        self.hide()
        self.reword()

    def reword(self) -> None:
        self.slider.setAccessibleName(t("Time of the replay"))
        self.speed.setAccessibleName(t("Speed of the replay"))
        self.leave.setText(t("Live  Esc"))
        self._show_state()

    def _show_state(self) -> None:
        running = self._turn.isActive()
        self.play.setText(t("Pause") if running else t("Play"))
        self.play.setIcon(self.theme.icon("player-pause" if running else "player-play"))

    def begin(self, start: datetime, end: datetime) -> None:
        """Offer this stretch of time, from its start."""
        self.start, self.end = start, max(end, start + timedelta(minutes=1))
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(1, int((self.end - start).total_seconds())))
        self.slider.setSingleStep(60)
        self.slider.setPageStep(600)
        self.slider.setValue(0)
        self.slider.blockSignals(False)
        self.show()
        self._tell()

    @property
    def at(self) -> datetime:
        """The instant that is shown."""
        return self.start + timedelta(seconds=self.slider.value())

    def show_at(self, at: datetime) -> None:
        """Move the slider to an instant, as another timeline does."""
        self.slider.setValue(round((at - self.start).total_seconds()))

    def toggle(self) -> None:
        """Play or pause; at the end from the start again."""
        if self._turn.isActive():
            self._turn.stop()
        else:
            if self.slider.value() >= self.slider.maximum():
                self.slider.setValue(0)
            self._turn.start()
        self._show_state()

    def stop(self) -> None:
        self._turn.stop()
        self._show_state()
        self.hide()

    def _step(self) -> None:
        self.slider.setValue(self.slider.value() + int(self.speed.currentData()) // 10)
        if self.slider.value() >= self.slider.maximum():
            self._turn.stop()
            self._show_state()

    def _tell(self) -> None:
        self.clock.setText(f"{moments.day(self.at)} {moments.clock_seconds(self.at)}")
        self.moved.emit(self.at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress \
                and event.key() == Qt.Key.Key_Space:
            self.toggle()
            return True
        return super().eventFilter(watched, event)


class Hint(QWidget):
    """One line of words at the top of the map: what the tool in hand waits for."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.words = theme, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str) -> None:
        """Show a line; empty hides it."""
        self.words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.resize(self.theme.width(words, 14) + self.theme.px(32), self.theme.px(32))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        canvas, pair = Canvas(painter, self.theme), self.theme.palette.ink
        canvas.box(QRect(0, 0, self.width(), self.height()), pair.fill)
        canvas.text(self.words, self.width() // 2, self.height() // 2, 14, pair.on,
                    side=Side.MIDDLE)
        painter.end()
