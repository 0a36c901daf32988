"""A row list whose section heads are lower than its rows; heights come from the delegate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ui.widgets.row_list import RowList

Row = TypeVar("Row")


class MixedList(RowList[Row]):
    """For some hundred rows at most: each row's height is set on its own."""

    def set_rows(self, rows: Iterable[Row]) -> None:
        super().set_rows(rows)
        self.fit_heights()

    def fit_heights(self) -> None:
        super().fit_heights()
        for number, row in enumerate(self.rows_model.rows):
            height = self.theme.px(self.rows_delegate.row_height(row))
            self.verticalHeader().resizeSection(number, height)
