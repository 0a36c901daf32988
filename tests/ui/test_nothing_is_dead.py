"""Nothing on screen is dead: buttons, keys and choices of a page have an effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.words import catalogue
from resources.exchange.verbs import district_box
from tests.resources.exchange.builders import an_xlsx
from tests.ui.live_room import LiveRoom
from ui.dialogs.first_start import Begin, FirstChoice, FirstStartDialog
from ui.theme import Theme
from ui.widgets.rail import RailButton

# what the offscreen platform says of itself when a menu pops up
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

Arrive = Callable[[LiveRoom], None]


def page(key: str, what: object = None) -> Arrive:
    return lambda live: live.window.show_page(key, what)


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


def on_the_map(live: LiveRoom) -> None:
    """At an event, not at the whole district, so that going home can be seen."""
    live.window.show_page("map", ("event", live.open_event))


STATES: dict[str, Arrive] = {
    "desk": page("desk"), "events": events_filtered,
    "roster": next_month, "import": import_read, "map": on_the_map,
}


def buttons(root: QWidget) -> list[QAbstractButton]:
    """What can be pressed; the chosen one of several is already pressed."""
    return [b for b in root.findChildren(QAbstractButton)
            if b.isVisible() and b.isEnabled() and not b.visibleRegion().isEmpty()
            and not (b.isChecked() and (b.group() is not None or isinstance(b, RailButton)))]


def name_of(one: QWidget) -> tuple[str, str, str]:
    words = one.text() if isinstance(one, QAbstractButton) else ""
    return type(one).__name__, one.accessibleName() or words, words


def each(live: LiveRoom, arrive: Arrive,
         found: Callable[[], list[QAbstractButton]]) -> Iterator[QAbstractButton]:
    """Every button once, the page put in order before each."""
    done: set[tuple[str, str, str]] = set()
    while True:
        live.clear()
        arrive(live)
        live.settle()
        waiting = [b for b in found() if name_of(b) not in done]
        if not waiting:
            return
        done.add(name_of(waiting[0]))
        yield waiting[0]


@pytest.mark.parametrize("state", STATES)
def test_every_button_and_key_has_an_effect(live: LiveRoom, state: str) -> None:
    arrive, dead = STATES[state], list[str]()
    for button in each(live, arrive, lambda: buttons(live.window)):
        name, before = name_of(button), live.glance()
        button.click()
        live.settle()
        if live.glance() == before:
            dead.append(f"button {name}")
    number = 0
    while True:
        live.clear()
        arrive(live)
        live.settle()
        actions: list[QAction] = [a for a in live.window.actions() if a.isEnabled()]
        if number >= len(actions):
            break
        action, before = actions[number], live.glance()
        words = f"{action.shortcut().toString()} {action.text()}"
        assert action.text(), words
        action.trigger()
        live.settle()
        if live.glance() == before:
            dead.append(f"key {words}")
        number += 1
    assert dead == []


@pytest.mark.parametrize("state", STATES)
def test_every_choice_of_a_page_has_an_effect(live: LiveRoom, state: str) -> None:
    arrive = STATES[state]
    arrive(live)
    live.settle()
    count = len([b for b in live.window.page.findChildren(QComboBox) if b.isVisible()])
    for number in range(count):
        arrive(live)
        live.settle()
        box = [b for b in live.window.page.findChildren(QComboBox) if b.isVisible()][number]
        assert box.accessibleName()
        before = rows_and_look(live)
        effects = 0
        for choice in range(box.count()):
            box.setCurrentIndex(choice)
            box.activated.emit(choice)
            live.settle()
            effects += rows_and_look(live) != before
        box.setCurrentIndex(0)
        box.activated.emit(0)
        assert effects, f"{box.accessibleName()} on {state}"


def rows_and_look(live: LiveRoom) -> object:
    """What a choice may change: rows and what is said of them, colours, size, language."""
    lists = [(v.accessibleName(), v.model().rowCount())
             for v in live.window.page.findChildren(QAbstractItemView) if v.isVisible()]
    said = [w.text() for w in live.window.page.findChildren(QLabel) if w.isVisible()]
    return lists, said, live.theme.palette, live.theme.scale, catalogue.language


def test_first_start_has_no_dead_button(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    begun: list[FirstChoice] = []
    dialog = FirstStartDialog(theme, tmp_path, [], begun.append)
    qtbot.addWidget(dialog)
    dialog.choose_file = lambda _parent: str(tmp_path / "kept.db")
    dialog.show()
    dialog.choices[Begin.RESTORE].click()
    qtbot.mouseClick(next(b for b in buttons(dialog) if b.text() == "Choose a file…"),
                     Qt.MouseButton.LeftButton)
    dialog.start_button.click()
    assert begun == [FirstChoice(Begin.RESTORE, backup=tmp_path / "kept.db")]
