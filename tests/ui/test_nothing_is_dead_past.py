"""Nothing is dead on the pages that look back: past events, statistics, after-action."""

from __future__ import annotations

import pytest

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import (
    Arrive,
    answered,  # noqa: F401 - a fixture
    dead_buttons,
    dead_choices,
    dead_keys,
    of_the_page,
    page_actions,
)
from tests.ui.past_states import counted, past_read, reviewed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

STATES: dict[str, Arrive] = {"past": past_read, "statistics": counted, "after action": reviewed}


@pytest.mark.parametrize("state", STATES)
def test_every_button_and_key_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    arrive = STATES[state]
    assert dead_buttons(answered, arrive, lambda: of_the_page(answered)) == []
    assert dead_keys(answered, arrive, page_actions) == []


@pytest.mark.parametrize("state", STATES)
def test_every_choice_of_a_page_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert dead_choices(answered, STATES[state]) == []
