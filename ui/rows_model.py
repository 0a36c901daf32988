"""One table model for every list and table: columns as data over frozen rows."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from db.words import t

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROOT = QModelIndex()
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_FLAGS = (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
          | Qt.ItemFlag.ItemNeverHasChildren)  # asked for every cell of every frame


@dataclass(frozen=True)  # no slots: Column[Row](...) must remember its type on Python 3.11
class Column(Generic[Row]):
    """One column: its title (an English source sentence), what it shows of a row, and how.

    `width` in design pixels; the stretching column takes what is left. `sort_key` gives a
    comparable value when the shown text would sort wrongly (numbers, instants). `name` is the
    field behind it, by which a list that is sorted in the store asks for its order; a `fixed`
    one is drawn, not written, and keeps its width.
    """

    title: str
    text: Callable[[Row], str]
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    width: int = 120
    stretch: bool = False
    bold: bool = False
    muted: bool = False
    sort_key: Callable[[Row], Any] | None = None
    tip: Callable[[Row], str] | None = None
    name: str = ""
    fixed: bool = False

    @property
    def right(self) -> bool:
        return bool(self.align & Qt.AlignmentFlag.AlignRight)

    def key(self, row: Row) -> Any:
        return self.sort_key(row) if self.sort_key else self.text(row)


class ColumnsModel(QAbstractTableModel, Generic[Row]):
    """What tables over columns have in common, wherever their rows come from."""

    def __init__(self, columns: Sequence[Column[Row]], spoken: Callable[[Row], str] | None = None,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._spoken = spoken

    def row_or_none(self, number: int) -> Row | None:
        """The row of that number, if there is one."""
        raise NotImplementedError

    def find(self, identity: Hashable) -> int:
        """The row's number, or -1."""
        raise NotImplementedError

    # What Qt asks

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_or_none(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | _CENTRE
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row) if self._spoken else column.text(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns)
        if not across:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return t(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].align | _CENTRE
        return None

    def reword(self) -> None:
        """Have titles and texts read again after the language changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.tell_changed()

    def tell_changed(self) -> None:
        """Have every row in view painted again."""
        if self.rowCount():
            self._tell_changed(0, self.rowCount() - 1)

    def _tell_changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

class RowsModel(ColumnsModel[Row]):
    """Frozen rows in a table. Rows are known again by `identity`, so that `replace` can tell
    the views what was added, removed or changed instead of starting over.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], Hashable],
        spoken: Callable[[Row], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, spoken, parent)
        self._identity = identity
        self._rows: list[Row] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None
        self._inert: Callable[[Row], bool] | None = None

    def set_inert(self, inert: Callable[[Row], bool]) -> None:
        """Name the rows that can be seen but not chosen (section heads)."""
        self._inert = inert

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def row(self, number: int) -> Row:
        return self._rows[number]

    def row_or_none(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._inert is not None and self._inert(self._rows[index.row()]):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def find(self, identity: Hashable) -> int:
        """The row's number, or -1."""
        same = (n for n, row in enumerate(self._rows) if self._identity(row) == identity)
        return next(same, -1)

    # How rows come and go

    def append(self, row: Row) -> int:
        """Add one row at its place (the end, unless sorted) and return where it went."""
        place = self._place(row)
        self.beginInsertRows(ROOT, place, place)
        self._rows.insert(place, row)
        self.endInsertRows()
        return place

    def update(self, number: int, row: Row) -> None:
        """Put another state of the same row in its place."""
        before = self._rows[number]
        if before is not row and before != row:
            self._rows[number] = row
            self._tell_changed(number, number)

    def replace(self, rows: Iterable[Row]) -> None:
        """Show `rows` from now on; rows at both ends that stayed are left alone."""
        new = self._in_order(list(rows))
        old_ids, new_ids = (list(map(self._identity, some)) for some in (self._rows, new))
        head, tail = _common_ends(old_ids, new_ids)
        self._remove(head, len(old_ids) - tail)
        self._insert(head, new[head : len(new) - tail])
        for number, row in enumerate(new):
            self.update(number, row)

    def _remove(self, start: int, end: int) -> None:
        if end > start:
            self.beginRemoveRows(ROOT, start, end - 1)
            del self._rows[start:end]
            self.endRemoveRows()

    def _insert(self, start: int, rows: list[Row]) -> None:
        if rows:
            self.beginInsertRows(ROOT, start, start + len(rows) - 1)
            self._rows[start:start] = rows
            self.endInsertRows()

    # Order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column and keep that order for rows to come; column -1 lets it go."""
        self._sort = (column, order) if 0 <= column < len(self.columns) else None
        if self._sort is None:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self._rows[index.row()] for index in before]
        self._rows = self._in_order(self._rows)
        places = {self._identity(row): n for n, row in enumerate(self._rows)}
        after = [
            self.index(places[self._identity(row)], index.column())
            for row, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, rows: list[Row]) -> list[Row]:
        if self._sort is None:
            return rows
        number, order = self._sort
        down = order == Qt.SortOrder.DescendingOrder
        return sorted(rows, key=self.columns[number].key, reverse=down)

    def _place(self, row: Row) -> int:
        if self._sort is None:
            return len(self._rows)
        number, order = self._sort
        key = self.columns[number].key
        if order == Qt.SortOrder.AscendingOrder:
            return bisect.bisect_right(self._rows, key(row), key=key)
        return len(self._rows) - bisect.bisect_left(self._rows[::-1], key(row), key=key)


def _common_ends(old: list[Hashable], new: list[Hashable]) -> tuple[int, int]:
    """How many entries agree at the start, and then at the end, of two lists."""
    short, head, tail = min(len(old), len(new)), 0, 0
    while head < short and old[head] == new[head]:
        head += 1
    while tail < short - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail
