"""A restore in a district of one's own asks an administrator for the password."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.begin import begin_empty
from dispatch.duty import passwords
from ui.dialogs.confirm import ConfirmBox, administrators
from ui.theme import Theme


def test_only_the_right_password_agrees_and_wrong_ones_count(qtbot: QtBot, tmp_path: Path) -> None:
    begin_empty(tmp_path, SystemClock(), "新城区", "张管理", "river-stone")
    store = Store.open(tmp_path / FILE_NAME, SystemClock())
    head = administrators(store)[0]
    box = ConfirmBox(Theme(), store, "Restore this backup?")
    qtbot.addWidget(box)
    box.show()
    box.password.setText("wrong-one")
    box.enter.click()
    assert box.isVisible()
    assert box.agreed is None
    assert passwords.tries_of(store, head.id).count == 1
    box.password.setText("river-stone")
    box.enter.click()
    assert box.agreed == head
    store.close()
