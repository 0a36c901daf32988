"""The keys that lock and search mean one thing everywhere: Qt drops a key that has two uses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QWidget

from tests.ui.live_room import LiveRoom


def keys(widget: QWidget) -> set[str]:
    """The keys that count while a widget is in view."""
    found = {key.toString() for action in widget.findChildren(QAction) for key in
             action.shortcuts()}
    return found | {short.key().toString() for short in widget.findChildren(QShortcut)}


def test_no_page_and_no_sheet_has_another_use_for_lock_and_search(live: LiveRoom) -> None:
    taken = {live.room.lock_action.shortcut().toString(),
             live.window.search_action.shortcut().toString()}
    assert taken == {"Ctrl+L", "Ctrl+K"}
    assert {name: found for name, page in live.window.pages.items()
            if (found := keys(page) & taken)} == {}
    assert [path.name for path in Path("ui/dialogs").glob("*.py")
            if any(f'"{key}"' in path.read_text("utf-8") for key in taken)] == []
