"""Lists that are read from their top end on a whole row, whatever their height."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch.duty.facts import CheckResult
from ui.theme import Theme
from ui.widgets.check_list import ROW, CheckRows

MANY = tuple(CheckResult(f"第 {n} 项", "device", ok=True) for n in range(40))


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> CheckRows:
    made = CheckRows(theme)
    qtbot.addWidget(made)
    made.set_rows(MANY)
    made.resize(320, 10 * ROW)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("height", [95, 200, 219, 241, 300])
def test_no_row_in_view_is_ever_cut(rows: CheckRows, height: int) -> None:
    rows.resize(320, height)
    end = rows.viewport().height()
    assert end % ROW == 0
    assert 0 <= height - 2 * rows.frameWidth() - end < ROW
    for key in [Qt.Key.Key_Down] * 50 + [Qt.Key.Key_Up] * 50:
        QTest.keyClick(rows, key)
        here = rows.visualRect(rows.currentIndex())
        assert here.top() % ROW == 0
        assert 0 <= here.top() < here.bottom() < end
    assert rows.current_row == MANY[0]


def test_what_is_left_at_the_foot_is_blank(rows: CheckRows) -> None:
    rows.resize(320, 10 * ROW + 17)
    picture = rows.grab().toImage()
    strip = {picture.pixelColor(x, rows.height() - 8).name() for x in range(2, 318)}
    assert strip == {rows.theme.palette.surface.name()}


def test_a_larger_type_is_covered_anew(rows: CheckRows, theme: Theme) -> None:
    theme.switch(scale=1.6)
    assert rows.viewport().height() % theme.px(ROW) == 0
