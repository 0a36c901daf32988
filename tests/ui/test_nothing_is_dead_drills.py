"""Nothing is dead on the pages of drills: the list and the drill book."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.live_room import LiveRoom
from tests.ui.liveness import (
    Arrive,
    answered,  # noqa: F401 - a fixture
    dead_buttons,
    dead_choices,
    dead_keys,
    of_the_page,
    page,
    page_actions,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def drill_book(key: str) -> Arrive:
    """A page of the drill book; the machine's dialogs answer at once."""
    def arrive(live: LiveRoom) -> None:
        live.window.show_page(key)
        found: Any = live.window.page
        found.choose_file = lambda *_: str(live.folder / "asked.xlsx")
        found.choose_files = lambda *_: [str(live.folder / "not there.xlsx")]

    return arrive


STATES: dict[str, Arrive] = {
    "drills": page("drills"),
    **{key: drill_book(key) for key in ("drillplan", "drilleval", "drilltemplates",
                                        "drillreport", "drillcompare")},
}


@pytest.mark.parametrize("state", STATES)
def test_every_button_and_key_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    arrive = STATES[state]
    assert dead_buttons(answered, arrive, lambda: of_the_page(answered)) == []
    assert dead_keys(answered, arrive, page_actions) == []


@pytest.mark.parametrize("state", STATES)
def test_every_choice_of_a_page_has_an_effect(answered: LiveRoom, state: str) -> None:  # noqa: F811
    assert dead_choices(answered, STATES[state]) == []
