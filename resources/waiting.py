"""Waiting 待办: each record that waits for its keeper, with owner and day, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.change import RowId
from db.store import Store
from db.words import mark, t
from resources.ledger import outside
from resources.records import Library, setting_days
from resources.rules import rule
from resources.supplies import stock
from resources.workdays import add_working_days


class Wait(StrEnum):
    """Why a record waits."""

    STALE = "stale"          # 待核对
    EXPIRED = "expired"      # 已过期
    EXPIRING = "expiring"    # 将到期
    SHORT = "short"          # 低于下限
    INSPECT = "inspect"      # 待检修
    TEST = "test"            # 待年检
    FILE = "file"            # 预案待备案
    EVALUATE = "evaluate"    # 预案待评估
    BACK = "back"            # 借出应还
    AGREEMENT = "agreement"  # 协议到期


WAIT_NAMES = {
    Wait.STALE: mark("wait|To be checked"), Wait.EXPIRED: mark("wait|Expired"),
    Wait.EXPIRING: mark("wait|Expiring"), Wait.SHORT: mark("wait|Below the minimum"),
    Wait.INSPECT: mark("wait|Inspection due"), Wait.TEST: mark("wait|Yearly test due"),
    Wait.FILE: mark("wait|Plan to be filed"), Wait.EVALUATE: mark("wait|Plan to be evaluated"),
    Wait.BACK: mark("wait|Loan due back"), Wait.AGREEMENT: mark("wait|Agreement ends"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One record that waits; `due` may have passed, `table` is where the row is."""

    wait: Wait
    table: str
    row_id: RowId
    name: str
    owner: str
    due: date | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Digest:
    """How many wait for one reason, and the soonest day of them."""

    wait: Wait
    count: int
    soonest: date | None


LOTS = """select l.id, s.name||' '||l.batch as name, l.owner, l.expires_on as due, w.name as detail
    from lot l join supply s on s.id = l.supply_id join warehouse w on w.id = l.warehouse_id
    where l.active = 1 and l.expires_on >= :low and l.expires_on < :high
    and (select sum(quantity) from movement where lot_id = l.id) > 0 order by due"""
PIECES = """select id, name, owner, {due} as due, code as detail from equipment
    where active = 1 and status <> 'scrapped' and {due} <= :until order by due"""


def waiting(store: Store, today: date) -> list[Waiting]:
    """Everything that waits on the local day, kind by kind, soonest first."""
    ahead = today + timedelta(days=int(rule(store, "upkeep.ahead").value))
    soon = today + timedelta(days=setting_days(store, "expiring_days", 60))
    near = (today + timedelta(days=setting_days(store, "inspect_days", 7))).isoformat()
    day, until = today.isoformat(), ahead.isoformat()
    return [
        *(w for one in Library for w in _stale(store, one, day)),
        *_rows(store, Wait.EXPIRED, "lot", LOTS, low="", high=day),
        *_rows(store, Wait.EXPIRING, "lot", LOTS, low=day, high=soon.isoformat()),
        *_short(store, today),
        *_rows(store, Wait.INSPECT, "equipment", PIECES.format(due="inspect_due"), until=near),
        *_rows(store, Wait.TEST, "equipment", PIECES.format(due="test_due"), until=until),
        *_to_file(store, ahead),
        *_rows(store, Wait.EVALUATE, "plan", """select id, name, owner, evaluate_due as due,
            version as detail from plan where active = 1 and evaluate_due <= :until
            order by due""", until=until),
        *_back(store, ahead),
        *_rows(store, Wait.AGREEMENT, "agreement", """select id, company as name, owner,
            ends_on as due, goods as detail from agreement where active = 1
            and ends_on <= :until order by due""", until=until)]


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


def _rows(store: Store, wait: Wait, table: str, sql: str, **values: object) -> list[Waiting]:
    return [Waiting(wait, table, RowId(r["id"]), str(r["name"]).strip(), r["owner"],
                    date.fromisoformat(r["due"]) if r["due"] else None, r["detail"] or "")
            for r in store.read(sql, **values)]


def _stale(store: Store, library: Library, day: str) -> list[Waiting]:
    name = "name" if library is not Library.LOT else \
        "(select name from supply where id = supply_id)||' '||batch"
    return _rows(store, Wait.STALE, library, f"""select id, {name} as name, owner,
        next_verify_due as due, verified_by as detail from [{library}]
        where active = 1 and next_verify_due < :day order by due""", day=day)


def _short(store: Store, today: date) -> list[Waiting]:
    owners = {r["id"]: r["owner"] for r in store.read("select id, owner from supply")}
    return [Waiting(Wait.SHORT, "supply", s.id, s.name, owners[s.id], None,
                    t("upkeep|{n} {measure} missing", n=f"{s.short:g}", measure=s.measure))
            for s in stock(store, today) if s.short > 0]


def _to_file(store: Store, until: date) -> list[Waiting]:
    days = int(rule(store, "plan.file_days").value)
    found = [Waiting(Wait.FILE, "plan", RowId(r["id"]), r["name"], r["owner"],
                     add_working_days(date.fromisoformat(r["issued_on"]), days), r["filed_with"])
             for r in store.read("""select * from plan where active = 1 and filed_on is null
                and issued_on is not null order by issued_on""")]
    return [one for one in found if one.due is not None and one.due <= until]


def _back(store: Store, until: date) -> list[Waiting]:
    goods = [Waiting(Wait.BACK, "movement", o.id, o.name, o.receiver, o.due_back, o.number)
             for o in outside(store, until)]
    return goods + _rows(store, Wait.BACK, "equipment_loan", """select l.id, e.name,
        l.borrower as owner, l.due_back as due, l.number as detail from equipment_loan l
        join equipment e on e.id = l.equipment_id where l.back_on is null
        and l.due_back <= :until order by due""", until=until.isoformat())
