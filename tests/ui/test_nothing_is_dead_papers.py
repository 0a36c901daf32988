"""Nothing is dead where the record is: an event, the registers, the handover, the preview."""

from __future__ import annotations

import pytest

from dispatch.duty.handover import draft_handover, handovers
from dispatch.duty.sealing import sign_handover
from dispatch.duty.seats import holder
from dispatch.duty.shifts import current_shift
from dispatch.terms import Post
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


def sealed(live: LiveRoom) -> None:
    """A past handover, so that there is one to be added to and one to go back to."""
    found = next((id_ for id_, _, done in handovers(live.store) if done), None)
    if found is None:
        now, by = current_shift(live.store, live.desk.now()), live.desk.officer
        assert now is not None
        found = draft_handover(live.store, now.id, by=by).id
        sides = (("out", now.id), ("in", draft_handover(live.store, now.id, by=by).next_shift_id))
        for side, shift_id in sides:
            seat = holder(live.store, shift_id or 0, Post.MAIN)
            assert seat is not None
            sign_handover(live.store, found, seat.officer_id, "", side=side, by=by)  # type: ignore[arg-type]
    live.window.show_page("handover", int(found))


def preview(live: LiveRoom) -> None:
    """The paper of the handover on watch."""
    live.window.show_page("handover")
    live.room.handover_page.show_current()
    live.room.handover_page.print_paper()
    live.settle()


def preview_large(live: LiveRoom) -> None:
    preview(live)
    live.room.preview.view.step_zoom(1)


def current(live: LiveRoom) -> None:
    live.window.show_page("handover")
    live.room.handover_page.show_current()


STATES: dict[str, tuple[Arrive, ...]] = {
    "event": (lambda live: live.window.show_page("event", live.open_event),),
    "event closed": (lambda live: live.window.show_page("event", live.closed_event),),
    "registers": tuple(page("registers", which) for which in ("calls", "papers", "bulletins")),
    "handover": (current,), "handover sealed": (sealed,), "preview": (preview, preview_large)}
"""A control is dead when it does nothing in any of a page's states."""


@pytest.mark.parametrize("name", STATES)
def test_every_button_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    dead = [set(dead_buttons(answered, arrive, lambda: of_the_page(answered)))
            for arrive in STATES[name]]
    assert set.intersection(*dead) == set()


@pytest.mark.parametrize("name", STATES)
def test_every_key_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    dead = [set(dead_keys(answered, arrive, page_actions)) for arrive in STATES[name]]
    assert set.intersection(*dead) == set()


@pytest.mark.parametrize("name", STATES)
def test_every_choice_has_an_effect(answered: LiveRoom, name: str) -> None:  # noqa: F811
    for arrive in STATES[name]:
        assert dead_choices(answered, arrive) == []
