"""Pressing everything: each button, key and choice of a page must change what can be noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)

from db.words import catalogue
from tests.ui.live_room import LiveRoom
from ui.widgets.rail import RailButton

Arrive = Callable[[LiveRoom], None]


def page(key: str, what: object = None) -> Arrive:
    return lambda live: live.window.show_page(key, what)


def buttons(root: QWidget) -> list[QAbstractButton]:
    """What can be pressed; the chosen one of several is already pressed."""
    return [b for b in root.findChildren(QAbstractButton)
            if b.isVisible() and b.isEnabled() and not b.visibleRegion().isEmpty()
            and not (b.isChecked() and (b.group() is not None or isinstance(b, RailButton)))]


def name_of(one: QWidget) -> tuple[str, str, str]:
    words = one.text() if isinstance(one, QAbstractButton) else ""
    return type(one).__name__, one.accessibleName() or words, words


def of_the_page(live: LiveRoom) -> list[QAbstractButton]:
    """The buttons of the page itself; those around it are pressed on the desk."""
    return buttons(live.window.page)


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


def dead_buttons(live: LiveRoom, arrive: Arrive,
                 found: Callable[[], list[QAbstractButton]]) -> list[str]:
    dead = []
    for button in each(live, arrive, found):
        name, before = name_of(button), live.glance()
        button.click()
        live.settle()
        if live.glance() == before:
            dead.append(f"button {name}")
    return dead


def dead_keys(live: LiveRoom, arrive: Arrive,
              actions: Callable[[LiveRoom], list[QAction]]) -> list[str]:
    """Those of the actions that nobody would notice; each says in words what it does."""
    dead, number = [], 0
    while True:
        live.clear()
        arrive(live)
        live.settle()
        found = [a for a in actions(live) if a.isEnabled()]
        if number >= len(found):
            return dead
        action, before = found[number], live.glance()
        words = f"{action.shortcut().toString()} {action.text()}"
        assert action.text(), words
        action.trigger()
        live.settle()
        if live.glance() == before:
            dead.append(f"key {words}")
        number += 1


def all_actions(live: LiveRoom) -> list[QAction]:
    return live.window.actions()


def page_actions(live: LiveRoom) -> list[QAction]:
    return list(live.window.page.actions_shown())


def dead_choices(live: LiveRoom, arrive: Arrive) -> list[str]:
    """Combo boxes of the page where no choice changes anything."""
    arrive(live)
    live.settle()
    dead, count = [], len(_boxes(live))
    for number in range(count):
        arrive(live)
        live.settle()
        box = _boxes(live)[number]
        assert box.accessibleName()
        before = rows_and_look(live)
        effects = 0
        for choice in range(box.count()):
            box.setCurrentIndex(choice)
            box.activated.emit(choice)
            live.settle()
            effects += rows_and_look(live) != before
        if not effects:
            dead.append(f"choice {box.accessibleName()}")
        box.setCurrentIndex(0)
        box.activated.emit(0)
    return dead


def _boxes(live: LiveRoom) -> list[QComboBox]:
    return [b for b in live.window.page.findChildren(QComboBox)
            if b.isVisible() and b.isEnabled() and b.count() > 1]


def rows_and_look(live: LiveRoom) -> object:
    """What a choice may change: rows, what is said of them, what can be done, colours, language."""
    lists = [(v.accessibleName(), v.model().rowCount())
             for v in live.window.page.findChildren(QAbstractItemView) if v.isVisible()]
    others = [b.isEnabled() for b in live.window.page.findChildren(QWidget) if b.isVisible()]
    said = [w.text() for w in live.window.page.findChildren(QLabel) if w.isVisible()]
    return lists, others, said, live.theme.palette, live.theme.scale, catalogue.language


def assert_alive(live: LiveRoom, arrive: Arrive) -> None:
    """Each button, key and choice of the page that `arrive` shows has an effect."""
    assert dead_buttons(live, arrive, lambda: of_the_page(live)) == []
    assert dead_keys(live, arrive, page_actions) == []
    assert dead_choices(live, arrive) == []


@pytest.fixture
def answered(live: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> LiveRoom:
    """The room with the machine's own dialogs answered at once: a file is named, a question
    is answered with no; each is noticed as asked."""
    def say(words: str, answer: object) -> Callable[..., object]:
        return lambda *_: (live.asked.append(words), answer)[1]

    name = str(live.folder / "asked.xlsx")
    for verb, answer in (("getSaveFileName", (name, "")), ("getOpenFileName", (name, "")),
                         ("getOpenFileNames", ([name], "")),
                         ("getExistingDirectory", str(live.folder))):
        monkeypatch.setattr(QFileDialog, verb, say(verb, answer))
    monkeypatch.setattr(QDialog, "exec", say("question", 0))
    monkeypatch.setattr(QMenu, "exec", say("menu", None))
    monkeypatch.setattr(QDesktopServices, "openUrl", say("outside", True))
    return live
