"""Nothing is dead on the net's pages: units, roll calls, call-outs."""

from __future__ import annotations

import pytest

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import Arrive, answered, assert_alive, page  # noqa: F401 - a fixture
from ui.pages.rollcall_page import RollPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def roll_under_way(live: LiveRoom) -> None:
    """A roll call begun, its second unit at hand."""
    live.window.show_page("rollcall", "now")
    roll = live.window.page
    assert isinstance(roll, RollPage)
    if roll.of is None or not roll.of.open:
        row = next(r for r in roll.list.rows_model.rows if r.key.startswith("template:"))
        roll.list.choose(row.key)
        roll.begin()
    roll.table.setCurrentIndex(roll.model.index(1, 0))


STATES: dict[str, Arrive] = {
    "net": page("net"), "rollcall": roll_under_way, "callout": page("callout"),
}


@pytest.mark.parametrize("state", STATES)
def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert_alive(answered, STATES[state])
