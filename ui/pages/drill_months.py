"""The months 分月覆盖: key sectors down, months across, a sign for each drill."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.words import mark, t
from dispatch.drillbook.asks import COVER_NAMES, CoverRow
from ui.rows_model import Column
from ui.widgets.table import TableView

MIDDLE = Qt.AlignmentFlag.AlignHCenter
LOW_ROW, LOWER = 28, 356
"""Design pixels of a row of the months, and of the panel that holds them."""


def month_columns() -> tuple[Column[CoverRow], ...]:
    def month(number: int) -> Column[CoverRow]:
        return Column(str(number), lambda r: r.sign(number), MIDDLE, 40)

    return (Column(mark("field|Sector"), lambda r: r.sector or t("drill|Other"), width=130,
                   stretch=True, bold=True),
            *(month(n) for n in range(1, 13)),
            Column(mark("ask|Result"), lambda r: t(COVER_NAMES[r.cover]), MIDDLE, 84))


class MonthTable(TableView):
    """Lower rows, so that all sectors are seen at once."""

    def restyle(self) -> None:
        super().restyle()
        self.verticalHeader().setDefaultSectionSize(self.theme.px(LOW_ROW))
