"""The ground every painted list stands on: one model, one delegate, one tick."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.rows_model import ROW_ROLE, Column, RowsModel
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def full_width(rect: QRect, widget: QWidget | None) -> QRect:
    """A row's place up to the list's own edge: offsets do not move when a scroll bar comes."""
    place = QRect(rect)
    if widget is not None:
        place.setRight(widget.width() - 1)
    return place


def cut_at_foot(rect: QRect, widget: QWidget | None) -> bool:
    """Whether a row below the first one does not end inside the view: it waits for the scroll."""
    view = widget.viewport() if isinstance(widget, QAbstractItemView) else None
    return view is not None and rect.top() > 0 and rect.bottom() >= view.height()


class RowDelegate(QStyledItemDelegate, Generic[Row]):
    """Paints one row from prepared values; heights are the design's, `now` is told by the list."""

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self.theme, self.height, self.now = theme, height, EPOCH

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if row is None or cut_at_foot(option.rect, option.widget):
            return
        painter.save()
        canvas = Canvas(painter, self.theme)
        rect = full_width(option.rect, option.widget)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        canvas.row_ground(
            rect,
            selected=selected,
            overdue=self.overdue(row),
            lit=self.lit(row),
            focus=bool(state & QStyle.StateFlag.State_HasFocus),
        )
        self.draw(canvas, rect, row)
        if index.row() < index.model().rowCount() - 1:
            self.draw_rule(canvas, rect, row)
        painter.restore()

    def draw(self, canvas: Canvas, rect: QRect, row: Row) -> None:
        raise NotImplementedError

    def draw_rule(self, canvas: Canvas, rect: QRect, _row: Row) -> None:
        canvas.rule(rect)

    def overdue(self, _row: Row) -> bool:
        """Whether the row carries the overdue bar."""
        return False

    def lit(self, _row: Row) -> bool:
        """Whether an overdue row stands on the pale red ground just now."""
        return True

    def row_height(self, _row: Row) -> int:
        """Height in design pixels."""
        return self.height

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(self.row_height(index.data(ROW_ROLE))))


def _cover(widget: QWidget, theme: Theme) -> None:
    painter = QPainter(widget)
    painter.fillRect(widget.rect(), theme.palette.surface)
    painter.end()


class Lid(QHeaderView):
    """Blank space above the first row, so that a list can end on a whole row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _cover(self.viewport(), self.theme)


class Blank(QWidget):
    """The corner beside the foot, below the scroll bar."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        _cover(self, self.theme)


class Foot(QScrollBar):
    """Blank space below the last row, so that a list that is read from its top ends on a whole
    one: it stands where a scroll bar would, for that alone makes the view itself lower."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme, self.high = theme, 0

    def sizeHint(self) -> QSize:
        return QSize(0, self.high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        _cover(self, self.theme)


class RowList(QTableView, Generic[Row]):
    """A keyboard list over frozen rows; Enter or a double click emits `activated_row`.

    It is a table of one column because a table lays out one more row without going through
    all the others, which a list view does (65 ms at 10,000 rows).
    `tick(now)` is called from outside once a second and repaints the timers in view.
    A list with `whole_rows` scrolls row by row and cuts none at its foot.
    """

    whole_rows = False

    activated_row = Signal(object)
    chosen_row = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        delegate: RowDelegate[Row],
        identity: Callable[[Row], Hashable],
        spoken: Callable[[Row], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.rows_delegate = theme, delegate
        self.identity = identity
        self.when_empty = ""
        self.rows_model: RowsModel[Row] = RowsModel([Column("", spoken)], identity, spoken, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self._lay_out(theme)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(
            QAbstractItemView.ScrollMode.ScrollPerItem if self.whole_rows
            else QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentChanged.connect(self._tell_chosen)
        theme.changed.connect(self.restyle)

    def _lay_out(self, theme: Theme) -> None:
        self.lid = Lid(theme, self)
        self.setHorizontalHeader(self.lid)
        self.lid.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.lid.hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.foot = Foot(theme, self)
        self.setHorizontalScrollBar(self.foot)
        self.setCornerWidget(Blank(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_heights()

    def fit_heights(self) -> None:
        """Give all rows the height of the design."""
        heights = self.verticalHeader()
        heights.setMinimumSectionSize(1)
        heights.setDefaultSectionSize(self.theme.px(self.rows_delegate.height))

    @property
    def current_row(self) -> Row | None:
        row: Row | None = self.currentIndex().data(ROW_ROLE)
        return row

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows; the row that was chosen stays chosen if it is still there."""
        chosen = self.current_row
        self.rows_model.replace(rows)
        if chosen is not None:
            self.choose(self.identity(chosen))

    def choose(self, identity: Hashable) -> None:
        """Make the row of that identity the current one; nothing happens if it is gone."""
        number = self.rows_model.find(identity)
        if number >= 0:
            self.setCurrentIndex(self.rows_model.index(number, 0))

    def tick(self, now: datetime) -> None:
        """Move the timers on to `now` (aware), repainting only what is in view."""
        self.rows_delegate.now = now
        self.viewport().update()

    def restyle(self) -> None:
        self.rows_model.reword()
        self.fit_heights()
        self._end_whole()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._end_whole()

    def _end_whole(self) -> None:
        """What is less than a row stays blank at the foot."""
        if not self.whole_rows:
            return
        row, room = self.theme.px(self.rows_delegate.height), self.height() - 2 * self.frameWidth()
        spare, policy = room % row if room > row else 0, Qt.ScrollBarPolicy
        if spare != self.foot.high:
            self.foot.high = spare
            self.foot.updateGeometry()
            self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff)
            if spare:
                self.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOn)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says what belongs here and how to begin."""
        super().paintEvent(event)
        if self.when_empty and not self.rows_model.rowCount():
            painter = QPainter(self.viewport())
            canvas, place = Canvas(painter, self.theme), self.viewport().rect()
            canvas.text(self.when_empty, place.center().x(), place.top() + self.theme.px(36), 14,
                        self.theme.palette.muted, side=Side.MIDDLE, width=place.width())
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.activated_row.emit(row)

    def _tell_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen_row.emit(current.data(ROW_ROLE))

    def sizeHint(self) -> QSize:
        """As high as all rows are; the layout may give less."""
        rows = self.rows_model.rows
        height = sum(self.theme.px(self.rows_delegate.row_height(row)) for row in rows[:40])
        return QSize(self.theme.px(300), height)
