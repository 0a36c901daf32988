"""Verified 核验结果: when the record was last verified, up to where, and what was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from db import journal
from db.change import RowId
from db.check import Progress, check, check_since
from db.clock import from_text, to_text
from db.store import Store
from db.words import mark, t
from resources.localtime import at_local, local_day
from resources.people import SYSTEM
from resources.rules import Rule, rule_or
from resources.settings import put_setting, setting

if TYPE_CHECKING:
    from dispatch.deadlines import Due

HOUR = Rule("verify.hour", 3, "h", mark("The whole record is verified each night from"),
            mark("Common practice; fix by local regulation"), uncertain=True,
            valid_from="2024-11-01")
SETTING = "verified"
TOLD = 3
"""So many findings are kept; the check in the settings tells them all."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One verification: the chain's head it went up to; `whole` means pages and rows too."""

    at: datetime
    change: int
    head: str
    whole: bool
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.faults


def whole_due(store: Store, last: Verified | None, now: datetime) -> bool:
    """Whether the night's whole verification has not been done yet."""
    if last is None:
        return True
    hour = int(rule_or(store, HOUR, now).value)
    tonight = at_local(local_day(now), time(hour % 24))
    if tonight > now:
        tonight -= timedelta(days=1)
    return last.at < tonight


def verify_whole(store: Store, now: datetime, progress: Progress | None = None) -> Verified:
    """Verify everything, off the window's thread: pages, references, chain, rows, index.

    Raises:
        Cancelled: `progress` said so.
    """
    db = store.reader()
    try:
        number, head = journal.head(db)
    finally:
        db.close()
    found = check(store.path, progress)
    return Verified(now, number, head, True, tuple(map(str, found[:TOLD])))


def verify_since(store: Store, now: datetime, last: Verified) -> Verified:
    """Verify the chain from where it was verified last."""
    found, (number, head) = check_since(store.path, (last.change, last.head))
    return Verified(now, number, head, False, tuple(map(str, found[:TOLD])))


def verified(store: Store) -> Verified | None:
    """The last verification that the record itself keeps: the nightly ones, and each failure."""
    kept = json.loads(setting(store, SETTING) or "null")
    if not kept:
        return None
    return Verified(from_text(kept["at"]), kept["change"], kept["head"], kept["whole"],
                    tuple(kept["faults"]))


def keep_verified(store: Store, made: Verified) -> None:
    """Write a verification into the record that it is about."""
    with store.change("store.verify", SYSTEM) as tx:
        put_setting(tx, SETTING, json.dumps({
            "at": to_text(made.at), "change": made.change, "head": made.head,
            "whole": made.whole, "faults": made.faults}, ensure_ascii=False))


def of_verified(store: Store) -> list[Due]:
    """The record that does not hold: due until a verification holds again."""
    from dispatch.deadlines import Act, Due

    last = verified(store)
    if last is None or last.holds:
        return []
    return [Due(f"record:{last.change}", last.at, last.at, t("The record does not hold"),
                last.faults[0], "", None, Act.RECORD, RowId(0))]
