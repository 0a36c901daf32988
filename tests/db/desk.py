"""Builders for the store's own tests: an author, a store, an entry in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.change import RowId
from db.clock import Clock, StillClock, to_text
from db.store import FILE_NAME, Store, Transaction

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CLERK = RowId(7)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Whoever writes in these tests."""

    id: RowId = CLERK
    name: str = "王敏"


def a_store(folder: Path, clock: Clock | None = None) -> Store:
    return Store.open(folder / FILE_NAME, clock or StillClock(NOON))


def an_entry(tx: Transaction, text: str = "底张街道报告已疏散120人") -> RowId:
    at = to_text(tx.store.clock.now())
    return tx.insert("log", {"no": tx.next_number("log"), "at": at, "entered_at": at,
                             "kind": "note", "text": text, "officer_id": 7, "officer": "王敏"})


def write(store: Store, text: str = "消防三中队到达现场") -> RowId:
    with store.change("log.write", Clerk()) as tx:
        return an_entry(tx, text)


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(p.name for p in folder.iterdir())
