"""Waiting 待办: each record that waits for its keeper, with owner and day, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from db.change import RowId
from db.store import Store
from db.words import t
from resources.records import setting_days
from resources.rules import rule
from resources.waits import (
    LEVEL_TABLES,
    LEVELS,
    QUERIES,
    RULED,
    UNFILED,
    WAIT_NAMES,
    Wait,
    tables_of,
)
from resources.workdays import add_working_days

__all__ = ["WAIT_NAMES", "Digest", "Wait", "Waiting", "by_owner", "digest", "wait_digest",
           "waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits; `due` may have passed, `table` is where the row is.

    `library` and `record_id` say what to open for it: a lot stands under its supply, a slip
    under what was lent.
    """

    wait: Wait
    table: str
    row_id: RowId
    name: str
    owner: str
    due: date | None
    detail: str
    library: str
    record_id: RowId

    @property
    def key(self) -> tuple[str, int]:
        """One row waits once for one reason."""
        return str(self.wait), self.row_id


@dataclass(frozen=True, slots=True)
class Digest:
    """How many wait for one reason, and the soonest day of them."""

    wait: Wait
    count: int
    soonest: date | None


def waiting(store: Store, today: date, only: Wait | None = None) -> list[Waiting]:
    """Everything that waits on the local day (for one reason), kind by kind, soonest first."""
    days = _days(store, today)
    found = [w for wait, table, sql in QUERIES if only in (None, wait)
             for w in _rows(store, wait, table, sql, days)]
    if only in (None, Wait.SHORT, Wait.OVER):
        found += [w for w in _levels(store) if only in (None, w.wait)]
    if only in (None, Wait.FILE):
        found += _to_file(store, date.fromisoformat(days["until"]))
    order = {wait: at for at, wait in enumerate(Wait)}
    return sorted(found, key=lambda w: (order[w.wait], w.due or date.max))


def wait_digest(store: Store, today: date) -> list[Digest]:
    """As `digest(waiting(…))`, each part kept until a table it was read from is written."""
    days = _days(store, today)
    until = date.fromisoformat(days["until"])

    def kept(key: str, tables: tuple[str, ...], make: Callable[[], list[Digest]]) -> list[Digest]:
        return store.memory.recall(("waiting", key, today), tables, make)

    parts = [kept(f"{wait} {table}", tables_of(wait, table),
                  partial(_counted, store, wait, sql, days)) for wait, table, sql in QUERIES]
    parts.append(kept("levels", LEVEL_TABLES, lambda: digest(_levels(store))))
    parts.append(kept("file", ("plan", *RULED), lambda: digest(_to_file(store, until))))
    return _summed([one for part in parts for one in part])


def digest(found: Iterable[Waiting]) -> list[Digest]:
    """One line for each reason, with its count and soonest day. Pure."""
    counts, soonest = Counter[Wait](), dict[Wait, date]()
    for one in found:
        counts[one.wait] += 1
        if one.due is not None:
            soonest[one.wait] = min(one.due, soonest.get(one.wait, one.due))
    return [Digest(wait, counts[wait], soonest.get(wait)) for wait in Wait if counts[wait]]


def by_owner(found: Iterable[Waiting]) -> dict[str, list[Waiting]]:
    """What waits of each owner unit, those with the most first. Pure."""
    owners: dict[str, list[Waiting]] = {}
    for one in found:
        owners.setdefault(one.owner, []).append(one)
    return dict(sorted(owners.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _counted(store: Store, wait: Wait, sql: str, days: dict[str, str]) -> list[Digest]:
    row = store.read(f"select count(*) as n, min(due) as due from ({sql})", **days)[0]
    return [Digest(wait, row["n"], date.fromisoformat(row["due"]) if row["due"] else None)] \
        if row["n"] else []


def _summed(parts: Iterable[Digest]) -> list[Digest]:
    """One line for each reason out of the parts that tell of it. Pure."""
    found: dict[Wait, Digest] = {}
    for one in parts:
        old = found.get(one.wait, Digest(one.wait, 0, None))
        days = [d for d in (old.soonest, one.soonest) if d is not None]
        found[one.wait] = Digest(one.wait, old.count + one.count, min(days, default=None))
    return [found[wait] for wait in Wait if wait in found]


def _days(store: Store, today: date) -> dict[str, str]:
    """The days that the queries ask by, from the rule rows and settings."""
    ahead = timedelta(days=int(rule(store, "upkeep.ahead").value))
    soon = timedelta(days=setting_days(store, "expiring_days", 60))
    near = timedelta(days=setting_days(store, "inspect_days", 7))
    return {"day": today.isoformat(), "until": (today + ahead).isoformat(),
            "soon": (today + soon).isoformat(), "near": (today + near).isoformat()}


def _rows(store: Store, wait: Wait, table: str, sql: str, days: dict[str, str]) -> list[Waiting]:
    return [Waiting(wait, table, RowId(r["id"]), str(r["name"]).strip(), r["owner"],
                    date.fromisoformat(r["due"]) if r["due"] else None, r["detail"] or "",
                    r["library"], RowId(r["record_id"])) for r in store.read(sql, **days)]


def _levels(store: Store) -> list[Waiting]:
    """Supplies under their minimum, and those over their maximum."""
    found = []
    for r in store.read(LEVELS):
        short = r["there"] < r["min_stock"]
        many = r["min_stock"] - r["there"] if short else r["there"] - r["max_stock"]
        words = t("upkeep|{n} {measure} missing", n=f"{many:g}", measure=r["measure"]) if short \
            else t("upkeep|{n} {measure} too many", n=f"{many:g}", measure=r["measure"])
        found.append(Waiting(Wait.SHORT if short else Wait.OVER, "supply", RowId(r["id"]),
                             r["name"], r["owner"], None, words, "supply", RowId(r["id"])))
    return found


def _to_file(store: Store, until: date) -> list[Waiting]:
    days = int(rule(store, "plan.file_days").value)
    found = [Waiting(Wait.FILE, "plan", RowId(r["id"]), r["name"], r["owner"],
                     add_working_days(date.fromisoformat(r["issued_on"]), days),
                     r["filed_with"], "plan", RowId(r["id"])) for r in store.read(UNFILED)]
    return [one for one in found if one.due is not None and one.due <= until]
