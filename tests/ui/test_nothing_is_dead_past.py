"""Nothing is dead on the pages that look back: past events, statistics, after-action."""

from __future__ import annotations

import pytest

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import Arrive, answered, assert_alive  # noqa: F401 - a fixture
from tests.ui.past_states import counted, past_read, reviewed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

STATES: dict[str, Arrive] = {"past": past_read, "statistics": counted, "after action": reviewed}


@pytest.mark.parametrize("state", STATES)
def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert_alive(answered, STATES[state])
