"""Nothing is dead on the pages of drills: the list and the drill book."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch.drills.keeping import drills
from tests.ui.live_room import LiveRoom
from tests.ui.liveness import Arrive, answered, assert_alive, page  # noqa: F401 - a fixture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def drill_book(key: str) -> Arrive:
    """A page of the drill book; the machine's dialogs answer at once."""
    def arrive(live: LiveRoom) -> None:
        live.window.show_page(key)
        found: Any = live.window.page
        found.choose_file = lambda *_: str(live.folder / "asked.xlsx")
        found.choose_files = lambda *_: [str(live.folder / "not there.xlsx")]

    return arrive


def sealed(live: LiveRoom) -> None:
    """The sealed record of the newest drill."""
    live.window.show_page("drill_record", int(drills(live.store)[0].id))


STATES: dict[str, Arrive] = {
    "drills": page("drills"), "drill_record": sealed,
    **{key: drill_book(key) for key in ("drillplan", "drilleval", "drilltemplates",
                                        "drillreport", "drillcompare")},
}


@pytest.mark.parametrize("state", STATES)
def test_every_button_key_and_choice_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert_alive(answered, STATES[state])
