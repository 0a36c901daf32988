"""Nothing on screen is dead: buttons, keys and choices of a page have an effect."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.backup import FOLDER, back_up
from db.clock import SystemClock
from db.store import FILE_NAME, Store
from resources.exchange.verbs import district_box
from tests.resources.exchange.builders import an_xlsx
from tests.ui.live_room import LiveRoom, a_district
from tests.ui.liveness import (
    Arrive,
    all_actions,
    answered,  # noqa: F401 - a fixture
    buttons,
    dead_buttons,
    dead_choices,
    dead_keys,
    page,
)
from ui.dialogs.first_start import Begin, FirstChoice, FirstStartDialog
from ui.dialogs.restore import RestoreBox
from ui.theme import Theme

# what the offscreen platform says of itself when a menu pops up
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def events_filtered(live: LiveRoom) -> None:
    live.window.show_page("events", "车")


def next_month(live: LiveRoom) -> None:
    """Not on today's cell, so that going to it can be seen."""
    live.window.show_page("roster", date(2026, 12, 1))


def import_read(live: LiveRoom) -> None:
    """Two files are waiting; a point of the first lies a little outside the district, and one of
    its rows is there already."""
    box, known = district_box(live.store), live.store.value("select name from force limit 1")
    assert box is not None
    head = ["队伍名称", "人数", "经度", "纬度"]
    for name, teams in (("甲.xlsx", (known, "新队")), ("乙.xlsx", ("一队", "二队", "三队"))):
        (live.folder / name).write_bytes(an_xlsx(
            [head, *([team, 4, box.east + 0.002, box.south + 0.1] for team in teams)],
            [head, ["另队", 1, "", ""]]))
    live.window.show_page("import", ("force", [str(live.folder / n)
                                               for n in ("甲.xlsx", "乙.xlsx")]))
    live.settle()
    live.window.page.setFocus()


STATES: dict[str, Arrive] = {
    "desk": page("desk"), "events": events_filtered,
    "roster": next_month, "import": import_read,
}


@pytest.mark.parametrize("state", STATES)
def test_every_button_and_key_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    arrive = STATES[state]
    assert dead_buttons(answered, arrive, lambda: buttons(answered.window)) == []
    assert dead_keys(answered, arrive, all_actions) == []


@pytest.mark.parametrize("state", STATES)
def test_every_choice_of_a_page_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert dead_choices(answered, STATES[state]) == []


def test_first_start_goes_on_with_a_backup_that_was_chosen(
        theme: Theme, qtbot: QtBot, sample: Path, tmp_path: Path) -> None:
    there = Store.open(a_district(sample, tmp_path / "there") / FILE_NAME, SystemClock())
    made = back_up(there, tmp_path / FOLDER)
    there.close()
    begun: list[FirstChoice] = []
    dialog = FirstStartDialog(theme, tmp_path, begun.append, lambda parent: RestoreBox(
        theme, tmp_path, SystemClock(), parent=parent), restore_first=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.chosen is Begin.RESTORE

    def go_on() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, RestoreBox) and box.model.rows:
            QTest.keyClick(box.restore_button if box.stack.currentIndex() else box.table,
                           Qt.Key.Key_Return)

    hand = QTimer(dialog, interval=50)
    hand.timeout.connect(go_on)
    hand.start()
    dialog.start_button.click()
    assert begun == [FirstChoice(Begin.RESTORE, backup=made.path)]
