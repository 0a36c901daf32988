"""Nothing is dead in the settings, section by section."""

from __future__ import annotations

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import (
    answered,  # noqa: F401 - a fixture
    dead_buttons,
    dead_choices,
    dead_keys,
    of_the_page,
    page,
    page_actions,
)


def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom) -> None:  # noqa: F811
    for number in range(len(answered.room.settings_page.sections)):
        arrive = page("settings", number)
        assert dead_buttons(answered, arrive, lambda: of_the_page(answered)) == []
        assert dead_keys(answered, arrive, page_actions) == []
        assert dead_choices(answered, arrive) == []
