"""What stands on screen can be read: no half row, no cut word while there is room."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from dispatch.warnings import in_force
from tests.ui.conftest import NOW, ahead
from tests.ui.live_room import LiveRoom, a_district
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.due_list import HEIGHT, SECTION_HEIGHT, DueList, DueRow
from ui.widgets.short_label import ShortLabel
from ui.widgets.table import TableView

LONG = "云川新区危险化学品运输泄漏事故应急预案"


def a_table(theme: Theme, qtbot: QtBot, width: int) -> TableView:
    columns: list[Column[tuple[str, str]]] = [
        Column("Name", lambda r: r[0], width=100, stretch=True),
        Column("Plan", lambda r: r[1], width=100)]
    model = RowsModel(columns, identity=lambda r: r)
    table = TableView(theme, model, "t")
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    model.replace([("王敏", LONG)])
    return table


def test_words_take_the_room_that_is_left_before_a_column_stretches(
        theme: Theme, qtbot: QtBot) -> None:
    table = a_table(theme, qtbot, 800)
    asked = theme.width(LONG, 14)
    qtbot.waitUntil(lambda: table.columnWidth(1) > asked)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_where_there_is_no_room_columns_keep_what_their_words_need(
        theme: Theme, qtbot: QtBot) -> None:
    table = a_table(theme, qtbot, 150)
    qtbot.waitUntil(lambda: table.columnWidth(0) < theme.px(100))
    assert table.columnWidth(0) > theme.width("王敏", 14)
    assert table.columnWidth(1) == theme.px(100)


@pytest.mark.parametrize("over", [20, 40])
def test_a_row_that_does_not_end_in_view_is_not_begun(
        theme: Theme, qtbot: QtBot, over: int) -> None:
    rows = DueList(theme)
    qtbot.addWidget(rows)
    rows.tick(NOW)
    rows.set_due([DueRow(str(n), ahead(hours=2, minutes=n), f"事项 {n}", "—") for n in range(9)])
    whole = theme.px(SECTION_HEIGHT) + 3 * theme.px(HEIGHT)
    rows.resize(400, whole + over + 2 * rows.frameWidth())
    rows.show()
    qtbot.waitExposed(rows)
    picture = rows.grab().toImage()
    foot = {picture.pixelColor(x, y).name() for x in range(4, 380)
            for y in range(whole + rows.frameWidth() + 1, rows.height() - 1)}
    assert foot == {theme.palette.surface.name()}
    rows.scrollToBottom()
    last = rows.visualRect(rows.rows_model.index(rows.rows_model.rowCount() - 1, 0))
    assert last.bottom() < rows.viewport().height()


def test_a_short_label_gives_way_and_says_the_rest_in_its_tip(theme: Theme, qtbot: QtBot) -> None:
    label = ShortLabel(LONG)
    qtbot.addWidget(label)
    label.resize(80, 24)
    label.grab()
    assert label.shown.endswith("…")
    assert label.toolTip() == LONG
    label.resize(600, 24)
    label.grab()
    assert (label.shown, label.toolTip()) == (LONG, "")


def test_the_clearing_cross_stands_in_the_middle_of_its_field(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit("石渠")
    qtbot.addWidget(line)
    line.setClearButtonEnabled(True)
    line.show()
    qtbot.waitExposed(line)
    cross = line.findChild(QToolButton)
    assert abs(cross.geometry().center().y() - line.rect().center().y()) <= 1


def test_on_the_wall_a_message_lies_beside_the_quick_entry(
        theme: Theme, sample: Path, tmp_path: Path) -> None:
    live = LiveRoom(theme, a_district(sample, tmp_path / "district"))
    live.window.resize(1920, 1080)
    live.window.toggle_wall()
    live.desk.told.emit("done", "已记入")
    live.settle()
    entry = live.room.desk_page.quick
    right = entry.mapTo(live.window, entry.rect().topRight()).x()
    assert live.room.messages.mapTo(live.window, live.room.messages.rect().topLeft()).x() > right
    live.window.toggle_wall()
    live.close()


def test_a_warning_that_ran_out_leaves_the_shift_bar_by_itself(
        theme: Theme, sample: Path, tmp_path: Path) -> None:
    live = LiveRoom(theme, a_district(sample, tmp_path / "district"))
    until = [w.ends_at for w in in_force(live.store, live.clock.now()) if w.ends_at]
    assert live.window.shift_bar.facts.warnings
    live.clock.set(max(until) + timedelta(seconds=1))
    live.room.ring()
    assert not live.window.shift_bar.facts.warnings
    live.close()


def test_a_column_gives_what_it_does_not_need_to_words_that_would_be_cut(
        theme: Theme, qtbot: QtBot) -> None:
    asked = theme.width(LONG, 14)
    table = a_table(theme, qtbot, theme.px(100) + asked - theme.px(20))
    qtbot.waitUntil(lambda: table.columnWidth(1) > asked)
    assert table.columnWidth(0) < theme.px(100)
    assert table.columnWidth(0) + table.columnWidth(1) <= table.viewport().width()
