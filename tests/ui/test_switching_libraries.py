"""A district may do without hazard sources and shelters: their tabs go, their records stay."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox

from db.errors import Refused
from resources.settings import libraries_off, switch_libraries
from tests.ui.live_room import LiveRoom
from ui.pages.libraries_page import LibrariesPage
from ui.pages.library_kinds import KINDS


def tabs(live: LiveRoom) -> list[str]:
    live.window.show_page("libraries", "force")
    live.settle()
    page = live.window.page
    assert isinstance(page, LibrariesPage)
    return [k.key for n, k in enumerate(KINDS) if page.tabs.isTabVisible(n)]


def test_a_library_is_switched_off_and_on_in_the_settings(live: LiveRoom) -> None:
    before = live.store.value("select count(*) from shelter")
    assert "shelter" in tabs(live)
    live.window.show_page("settings")
    settings = live.room.settings_page
    settings.list.setCurrentRow(settings.stack.indexOf(settings.district))
    live.settle()
    box = settings.district.boxes["shelter"]
    assert isinstance(box, QCheckBox)
    box.click()
    assert libraries_off(live.store) == {"shelter"}
    assert "shelter" not in tabs(live)
    assert "hazard" in tabs(live)
    assert live.store.value("select count(*) from shelter") == before
    live.window.show_page("libraries", "shelter")  # asked for by name: shown all the same
    live.settle()
    assert live.room.window.page.kind.key == "shelter"  # type: ignore[attr-defined]
    box.click()
    assert libraries_off(live.store) == frozenset()
    assert "shelter" in tabs(live)


def test_the_five_libraries_cannot_be_switched_off(live: LiveRoom) -> None:
    with pytest.raises(Refused):
        switch_libraries(live.store, ["force"], by=live.desk.officer)
    assert "force" in tabs(live)
