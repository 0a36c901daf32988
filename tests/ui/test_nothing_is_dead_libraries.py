"""Nothing is dead in the libraries and in what stands behind them."""

from __future__ import annotations

import pytest

from resources.demand_plan import draft_demand
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


def demand(live: LiveRoom) -> None:
    live.window.show_page("demand")
    if not live.store.value("select count(*) from demand_line"):
        draft_demand(live.store, 2027, by=live.desk.officer)
    live.window.page.load(None)


STATES: dict[str, Arrive] = {
    **{kind: page("libraries", kind) for kind in ("force", "equipment", "supply", "plan")},
    "upkeep": page("upkeep"), "movements": page("movements"), "demand": demand,
    "sharing": page("sharing")}


@pytest.mark.parametrize("name", STATES)
def test_every_button_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    assert dead_buttons(answered, STATES[name], lambda: of_the_page(answered)) == []


@pytest.mark.parametrize("name", STATES)
def test_every_key_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    assert dead_keys(answered, STATES[name], page_actions) == []


@pytest.mark.parametrize("name", STATES)
def test_every_choice_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    assert dead_choices(answered, STATES[name]) == []
