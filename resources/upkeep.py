"""Upkeep 维护: what is stale, expiring, short or due for inspection, and checking a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.clock import to_text
from db.errors import Refused
from db.store import Store
from resources.localtime import local_day
from resources.people import STOCK, Officer, allowed
from resources.records import Library, setting_days
from resources.supplies import stock


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Counts for the head of the libraries."""

    stale: dict[Library, int]
    expired: int
    expiring: int
    short: int
    inspections: int


def upkeep(store: Store, today: date) -> Upkeep:
    """What waits for the keeper on the local day `today`."""
    day = today.isoformat()
    soon = (today + timedelta(days=setting_days(store, "expiring_days", 60))).isoformat()
    due = (today + timedelta(days=setting_days(store, "inspect_days", 7))).isoformat()
    lots = """select count(*) from lot l where active = 1 and expires_on >= :low
        and expires_on < :high and (select sum(quantity) from movement where lot_id = l.id) > 0"""
    return Upkeep(
        stale={one: int(store.value(
            f"select count(*) from [{one}] where active = 1 and next_verify_due < :day", day=day))
            for one in Library},
        expired=int(store.value(lots, low="", high=day)),
        expiring=int(store.value(lots, low=day, high=soon)),
        short=sum(one.short > 0 for one in stock(store, today)),
        inspections=int(store.value("select count(*) from equipment where active = 1"
                                    " and status <> 'scrapped' and inspect_due <= :due", due=due)))


@allowed(*STOCK)
def verify_record(store: Store, library: Library, row_id: int, *, by: Officer) -> date:
    """Note that a record was checked now and found right; gives the day of the next check.

    Raises:
        Refused: there is no such record.
    """
    return verify_records(store, [(library, row_id)], by=by)


@allowed(*STOCK)
def verify_records(store: Store, which: Iterable[tuple[Library, int]], *, by: Officer) -> date:
    """Note of many records in one change that they were checked now; all or none.

    Raises:
        Refused: one of them is not there any more.
    """
    now, wanted = store.clock.now(), list(dict.fromkeys(which))
    due = local_day(now) + timedelta(days=setting_days(store, "verify_days", 180))
    for library, row_id in wanted:
        if not store.value(f"select 1 from [{library}] where id = :id", id=row_id):
            raise Refused("This record is not in the store any more.")
    verb = f"{wanted[0][0]}.verify" if len({one for one, _ in wanted}) == 1 else "upkeep.verify"
    with store.change(verb, by) as tx:
        for library, row_id in wanted:
            tx.update(library, row_id, verified_at=to_text(now), verified_by=by.name,
                      next_verify_due=due.isoformat())
    return due
