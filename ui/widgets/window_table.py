"""The table of a long list: many rows chosen at once, columns moved, sized and remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from db.words import t
from ui.theme import Theme
from ui.widgets.table import PAD, TableDelegate, TableView
from ui.window_model import WindowModel

SAMPLE, WIDEST = 40, 280
"""Rows whose words decide how wide a column begins, and the widest it begins with (px)."""

Flag = QItemSelectionModel.SelectionFlag


class WindowTable(TableView):
    """Over a `WindowModel`; `laid_out` tells that a person moved or sized a column."""

    laid_out = Signal()

    def __init__(self, theme: Theme, model: WindowModel, name: str, delegate: TableDelegate,
                 widths: Mapping[str, int], parent: QWidget | None = None) -> None:
        self.window_model, self.widths = model, dict(widths)
        self._natural: list[int] = []
        self._fitting = True
        super().__init__(theme, model, name, parent, delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.head.setSectionsMovable(True)
        self.head.setSortIndicatorShown(True)
        self.head.sectionMoved.connect(self._on_moved)
        self.head.sectionResized.connect(self._on_resized)
        self._fitting = False

    # Which rows are chosen

    @property
    def chosen_ids(self) -> list[int]:
        """The ids of the chosen rows, in the order of the list."""
        ids = self.window_model.ids
        return [one for first, last in self._ranges() for one in ids[first:last + 1]]

    @property
    def chosen_count(self) -> int:
        return sum(last - first + 1 for first, last in self._ranges())

    def _ranges(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        ranges = (selection.at(n) for n in range(selection.count()))
        return sorted({(one.top(), one.bottom()) for one in ranges})

    def show_ids(self, ids: Sequence[int], changed: Collection[int] | None = None) -> None:
        """List `ids`; whoever was chosen stays so, where it is still listed.

        After a change of some records the list stays where it was scrolled to; after another
        filter (`changed` None) the current row is brought into view.
        """
        before, current = self.chosen_ids, self.current_id
        scrolled = self.verticalScrollBar().value()
        if not self.window_model.show(ids, changed):
            self._tell_chosen(self.currentIndex(), self.currentIndex())
            return
        self._choose_again(set(before), current)
        if changed is not None:
            self.verticalScrollBar().setValue(scrolled)
        if not self._natural:
            self._fit_columns()

    @property
    def current_id(self) -> int | None:
        number = self.currentIndex().row()
        return self.window_model.ids[number] if number >= 0 else None

    def _choose_again(self, wanted: set[int], current: int | None) -> None:
        model, ids = self.window_model, self.window_model.ids
        if not ids:
            self.chosen_row.emit(None)
            return
        numbers = ([n for n, one in enumerate(ids) if one in wanted] if len(wanted) > 1
                   else [n for one in wanted if (n := model.find(one)) >= 0])
        at = model.find(current) if current is not None else -1
        at = at if at >= 0 else (numbers[0] if numbers else 0)
        selection = QItemSelection()
        for first, last in _runs(numbers or [at]):
            selection.select(model.index(first, 0), model.index(last, len(model.columns) - 1))
        self.selectionModel().setCurrentIndex(model.index(at, 0), Flag.NoUpdate)
        self.selectionModel().select(selection, Flag.ClearAndSelect)
        self.scrollTo(model.index(at, 0))

    # Columns

    def restyle(self) -> None:
        self._natural = []
        super().restyle()

    def fit(self) -> None:
        """Measure the columns again, as after another order."""
        self._natural = []
        self._fit_columns()

    def _fit_columns(self) -> None:
        """As wide as head and first rows ask; what a person set stays; one column stretches."""
        px, columns = self.theme.px, self.window_model.columns
        if not self._natural:
            self._natural = [self._ask_width(n) for n in range(len(columns))] \
                if self.window_model.ids else []
        wide = [px(self.widths[c.name]) if c.name in self.widths
                else self._natural[n] if self._natural else px(c.width)
                for n, c in enumerate(columns)]
        spare = self.viewport().width() - sum(wide)
        at = next((n for n, c in enumerate(columns) if c.stretch and c.name not in self.widths), -1)
        if at >= 0 and spare > 0:
            wide[at] += spare
        self._fitting = True
        for number, width in enumerate(wide):
            self.setColumnWidth(number, width)
        self._fitting = False

    def _ask_width(self, number: int) -> int:
        px, column = self.theme.px, self.window_model.columns[number]
        edge = px(16 + PAD) if self.head.visualIndex(number) == 0 else px(2 * PAD)
        head = self.theme.width(t(column.title), 12, bold=True) + edge
        if self.head.sortIndicatorSection() == number:
            head += px(22)
        if column.fixed:
            return max(head, px(column.width))
        rows = (self.window_model.row_or_none(n)
                for n in range(min(SAMPLE, len(self.window_model.ids))))
        words = max((self.theme.width(column.text(row), 14, bold=column.bold)
                     for row in rows if row is not None), default=0)
        return max(head, min(words + edge + px(4), px(WIDEST)))

    def column_order(self) -> tuple[str, ...]:
        """The names of the columns as they stand, left to right."""
        columns = self.window_model.columns
        return tuple(columns[self.head.logicalIndex(n)].name for n in range(len(columns)))

    def _on_moved(self) -> None:
        self.viewport().update()
        self.laid_out.emit()

    def _on_resized(self, number: int, _before: int, after: int) -> None:
        if not self._fitting:
            scale = self.theme.px(1000) / 1000
            self.widths[self.window_model.columns[number].name] = round(after / scale)
            self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as runs from first to last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
