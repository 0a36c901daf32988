"""Nothing is dead on the map."""

from __future__ import annotations

import pytest

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import Arrive, answered, assert_alive  # noqa: F401 - a fixture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def on_the_map(live: LiveRoom) -> None:
    """At an event, not at the whole district, so that going home can be seen."""
    live.window.show_page("map", ("event", live.open_event))


STATES: dict[str, Arrive] = {"map": on_the_map}


@pytest.mark.parametrize("state", STATES)
def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert_alive(answered, STATES[state])
