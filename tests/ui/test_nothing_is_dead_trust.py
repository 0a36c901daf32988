"""Nothing is dead on the audit and the settings of the store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from resources.keeping import edit_record
from resources.records import Library
from tests.ui.live_room import NIGHT, LiveRoom
from tests.ui.liveness import Arrive, answered, assert_alive, page  # noqa: F401 - a fixture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def a_change_at_hand(live: LiveRoom) -> None:
    """The change of a force stands on top, far younger than what the district began with."""
    if live.clock.now() == NIGHT:
        live.clock.move(timedelta(days=40))
    force = live.store.value("select id from force where active = 1 limit 1")
    phone = f"000-{live.store.value('select max(id) from change'):04}"
    edit_record(live.store, Library.FORCE, force, {"duty_phone": phone}, by=live.desk.officer)
    live.window.show_page("audit", "")


STATES: dict[str, Arrive] = {"audit": a_change_at_hand, "store": page("settings", "store")}


@pytest.mark.parametrize("state", STATES)
def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert_alive(answered, STATES[state])
