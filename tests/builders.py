"""Builders: the least that a test needs to begin, on a real store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from db.change import RowId
from db.clock import StillClock
from db.store import FILE_NAME, Store
from dispatch.events import Event, open_event
from dispatch.intake import Intake
from dispatch.rules import seed_rules
from dispatch.terms import EventClass
from resources.people import SYSTEM, Officer, OfficerId, Role

NIGHT = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)
"""2026-11-23 21:47:03 Beijing time."""


SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Real data beside the project; tests that read it skip where it is not there."""


def a_clock(at: datetime = NIGHT) -> StillClock:
    return StillClock(at)


def a_store(folder: Path, clock: StillClock | None = None) -> Store:
    """A new store with the rules of a new district and no people or resources."""
    store = Store.open(folder / FILE_NAME, clock or a_clock())
    with store.change("test.seed", SYSTEM) as tx:
        seed_rules(tx)
    return store


def clock_of(store: Store) -> StillClock:
    assert isinstance(store.clock, StillClock)
    return store.clock


def an_officer(name: str = "王敏", *roles: Role, row: int = 7) -> Officer:
    return Officer(OfficerId(RowId(row)), name, frozenset(roles or {Role.DUTY}))


def an_event(store: Store, title: str = "柴油罐车侧翻", *, by: Officer | None = None,
             **facts: object) -> Event:
    intake = Intake(**{"class_": EventClass.ACCIDENT, "subtype": "road", "title": title,
                       "lon": 108.76, "lat": 34.42, **facts})  # type: ignore[arg-type]
    return open_event(store, intake, by=by or an_officer())


def a_force(store: Store, name: str = "消防三中队", **columns: object) -> RowId:
    with store.change("test.force", SYSTEM) as tx:
        return tx.insert("force", {
            "name": name, "tier": "district", "kind": "fire", "duty_phone": "000-6119",
            "ready_people": 12, "people": 14, "vehicles": 3, "capabilities": '["灭火", "破拆"]',
            "promised_minutes": 10, "lon": 108.74, "lat": 34.40, **columns})


def an_officer_row(store: Store, name: str = "王敏", row: int = 7) -> Officer:
    """An officer who is also in the store (alarms are acknowledged by stored officers)."""
    with store.change("test.officer", SYSTEM) as tx:
        tx.insert("officer", {"id": row, "name": name, "roles": '["duty"]'})
    return an_officer(name, row=row)
