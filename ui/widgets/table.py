"""Tables 表格: own header, uniform rows, row rules, selection as tint and accent bar."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from db.words import t
from ui.rows_model import ROW_ROLE, ColumnsModel, Index
from ui.theme import Theme
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import cut_at_foot

ROW_HEIGHT, HEAD_HEIGHT, PAD = 40, 32, 8
SAMPLE, WIDEST = 40, 420
"""Rows whose words are measured, and the widest that they make a column (px)."""


def _side(align: Qt.AlignmentFlag) -> Side:
    if align & Qt.AlignmentFlag.AlignRight:
        return Side.RIGHT
    return Side.MIDDLE if align & Qt.AlignmentFlag.AlignHCenter else Side.LEFT


def _anchor(left: int, right: int, side: Side) -> int:
    return {Side.LEFT: left, Side.RIGHT: right, Side.MIDDLE: (left + right) // 2}[side]


def _stands_first(view: QWidget | None, column: int) -> bool:
    return view.head.visualIndex(column) == 0 if isinstance(view, TableView) else column == 0


class TableHeader(QHeaderView):
    """12 px muted on raised; the sorted column bold with an arrow."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(40))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.theme.px(HEAD_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not rect.isValid() or model is None:
            return
        painter.save()
        canvas, p, px = Canvas(painter, self.theme), self.theme.palette, self.theme.px
        painter.fillRect(rect, p.raised)
        canvas.fill(rect.left(), rect.bottom(), rect.width(), 1, p.line)
        across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
        words = str(model.headerData(section, across, role.DisplayRole) or "")
        align = model.headerData(section, across, role.TextAlignmentRole)
        side = _side(Qt.AlignmentFlag(align or Qt.AlignmentFlag.AlignLeft))
        first = px(16 if self.visualIndex(section) == 0 else PAD)
        left, right = rect.left() + first, rect.right() + 1 - px(PAD)
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        room = right - left - (px(18) if is_sorted else 0)
        tone = p.text if is_sorted else p.muted
        centre, at = rect.center().y() + 1, _anchor(left, right, side)
        ran = canvas.text(words, at, centre, 12, tone, bold=is_sorted, side=side, width=room)
        if is_sorted:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            beside = at + ran + px(4) if side is Side.LEFT else right - ran - px(18)
            canvas.icon("arrow-up" if up else "arrow-down", beside, centre, 14, tone)
        painter.restore()


class TableDelegate(QStyledItemDelegate):
    """One cell: text by its column's manner; override `draw_cell` for bars and chips."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if cut_at_foot(option.rect, option.widget):
            return
        painter.save()
        canvas, rect = Canvas(painter, self.theme), QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, self.theme.palette.tint)
        first = _stands_first(option.widget, index.column())
        if first and selected:
            canvas.fill(
                rect.left(), rect.top(), self.theme.px(3), rect.height(),
                self.theme.palette.accent.fill,
            )  # fmt: skip
        if index.row() < index.model().rowCount() - 1:
            canvas.rule(rect, indent=16 if first else 0)
        pad = self.theme.px(16 if first else PAD)
        self.draw_cell(canvas, rect.adjusted(pad, 0, -self.theme.px(PAD), 0), index)
        painter.restore()

    def draw_cell(self, canvas: Canvas, rect: QRect, index: Index) -> None:
        """Paint the content of a cell inside `rect` (padding already taken off)."""
        model: Any = index.model()
        column = model.columns[index.column()]
        side = _side(column.align)
        at = _anchor(rect.left(), rect.right() + 1, side)
        tone = canvas.palette.muted if column.muted else canvas.palette.text
        words = str(index.data() or "")
        canvas.text(
            words, at, rect.center().y() + 1, 14, tone,
            bold=column.bold, side=side, width=rect.width(),
        )  # fmt: skip

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self.theme.px(80), self.theme.px(ROW_HEIGHT))


class TableView(QTableView):
    """A table over a model of columns; Enter or a double click emits `activated_row`."""

    activated_row = Signal(object)
    chosen_row = Signal(object)

    def __init__(
        self,
        theme: Theme,
        model: ColumnsModel[Any],
        name: str,
        parent: QWidget | None = None,
        delegate: TableDelegate | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme, self.rows_model = theme, model
        self.cells, self.head = delegate or TableDelegate(theme), TableHeader(theme, self)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(self.head)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self._fitting_soon = QTimer(self)
        self._fitting_soon.setSingleShot(True)
        self._fitting_soon.timeout.connect(self._fit_columns)
        for told in (model.modelReset, model.rowsInserted, model.dataChanged):
            told.connect(self._fit_soon)
        self.restyle()
        theme.changed.connect(self.restyle)

    def allow_sorting(self, column: int = 0) -> None:
        """Let the heads sort, beginning with `column` ascending."""
        self.head.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    @property
    def current_row(self) -> Any:
        return self.currentIndex().data(ROW_ROLE)

    def choose(self, identity: object) -> None:
        """Make the row of that identity the current one; nothing happens if it is gone."""
        number = self.rows_model.find(identity)
        if number >= 0:
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self.rows_model.index(number, 0),
                                                  flag.ClearAndSelect | flag.Rows)

    def restyle(self) -> None:
        px, heights = self.theme.px, self.verticalHeader()
        heights.setMinimumSectionSize(px(24))
        heights.setDefaultSectionSize(px(ROW_HEIGHT))
        heights.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.rows_model.reword()
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        """Columns begin with their widths; what is left goes to words that would be cut, those
        of stretching columns first, and the rest to the stretching ones. If it is not enough,
        columns that need less give some of theirs."""
        px, columns = self.theme.px, self.rows_model.columns
        wide = [px(column.width) for column in columns]
        asked = [self._asked(number) for number in range(len(columns))]
        spare = self.viewport().width() - sum(wide)
        short = sum(max(0, a - w) for a, w in zip(asked, wide, strict=True)) - spare
        for number in range(len(columns) if self.rows_model.rowCount() else 0):
            given = min(max(0, short), max(0, wide[number] - asked[number]))
            wide[number], spare, short = wide[number] - given, spare + given, short - given
        for number in sorted(range(len(columns)), key=lambda n: not columns[n].stretch):
            more = min(max(0, spare), max(0, asked[number] - wide[number]))
            wide[number], spare = wide[number] + more, spare - more
        stretching = sum(column.stretch for column in columns)
        for number, column in enumerate(columns):
            extra = max(0, spare) // stretching if column.stretch else 0
            self.setColumnWidth(number, wide[number] + extra)

    def _fit_soon(self, *_told: object) -> None:
        self._fitting_soon.start(0)

    def _asked(self, number: int) -> int:
        """How wide the head and the first rows would be, never more than `WIDEST`."""
        px, column = self.theme.px, self.rows_model.columns[number]
        if column.fixed or self.isColumnHidden(number):
            return px(column.width)
        edge = px(16 + PAD if self.head.visualIndex(number) == 0 else 2 * PAD) + px(2)
        rows = (self.rows_model.row_or_none(n)
                for n in range(min(SAMPLE, self.rows_model.rowCount())))
        words = max((self.theme.width(column.text(row), 14, bold=column.bold)
                     for row in rows if row is not None), default=0)
        head = self.theme.width(t(column.title), 12)
        return min(px(WIDEST), max(words, head) + edge)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.activated_row.emit(row)

    def _tell_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen_row.emit(current.data(ROW_ROLE))
