"""Demand 年度需求计划: what to buy in a year, computed from targets, stock, expiry and use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NewType

from db.change import RowId
from db.store import Store
from db.words import mark
from resources.fields import NOTE, Field, Type
from resources.ledger import used_since
from resources.localtime import local_day
from resources.records import record
from resources.supplies import stock

DemandId = NewType("DemandId", RowId)
PRIORITIES = (("urgent", mark("demand|Urgent")), ("usual", mark("demand|Usual")),
              ("later", mark("demand|Can wait")))
STATES = (("draft", mark("demand|Draft")), ("asked", mark("demand|Applied for")),
          ("granted", mark("demand|Approved")), ("bought", mark("demand|Bought")),
          ("dropped", mark("demand|Dropped")))
EDITABLE = (
    Field("target", mark("field|Target"), Type.NUMBER, required=True, low=0),
    Field("quantity", mark("field|Quantity to buy"), Type.NUMBER, required=True, low=0),
    Field("price", mark("field|Unit price (yuan)"), Type.NUMBER, required=True, low=0),
    Field("funds", mark("field|Funds")), Field("way", mark("field|Way of purchase")),
    Field("deadline", mark("field|Deadline"), Type.DAY),
    Field("unit", mark("field|Unit responsible")),
    Field("priority", mark("field|Priority"), Type.CHOICE, required=True, choices=PRIORITIES),
    Field("state", mark("field|State"), Type.CHOICE, required=True, choices=STATES),
    Field("note", NOTE, Type.LONG))


@dataclass(frozen=True, slots=True)
class Proposed:
    """One computed line; quantities in the supply's measure, price in yuan."""

    supply_id: RowId
    code: str
    name: str
    model: str
    measure: str
    stock: float
    target: float
    expiring: float
    used: float
    quantity: float
    price: float

    @property
    def gap(self) -> float:
        return max(0.0, self.target - self.stock)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLine:
    """One line of a year's plan as it was kept and edited."""

    id: DemandId
    year: int
    supply_id: RowId | None
    code: str
    name: str
    model: str
    measure: str
    stock: float
    target: float
    expiring: float
    used: float
    quantity: float
    price: float
    funds: str
    way: str
    deadline: date | None
    unit: str
    priority: str
    state: str
    note: str
    kind: str

    @property
    def gap(self) -> float:
        return max(0.0, self.target - self.stock)

    @property
    def budget(self) -> float:
        """Yuan, rounded to the fen."""
        return round(self.quantity * self.price, 2)


def to_buy(there: float, target: float, expiring: float, used: float) -> float:
    """What to buy: the gap to the target, what expires until the year's end, and the use of a
    year again; nothing when the good stock covers all of it. Pure."""
    return round(max(0.0, target + used - (there - min(expiring, there))), 6)


def propose(store: Store, year: int) -> list[Proposed]:
    """The lines that the figures of today ask for, by code; supplies that need nothing are left."""
    return [one for one in figures(store, year) if one.quantity > 0]


def figures(store: Store, year: int) -> list[Proposed]:
    """Stock, target, expiry, use and what they come to, of every supply, by code."""
    today = local_day(store.clock.now())
    used = used_since(store, today - timedelta(days=365))
    expiring, price = _expiring(store, year), _prices(store)
    targets = {r["id"]: max(r["max_stock"], r["safe_stock"], r["min_stock"]) for r in store.read(
        "select id, max_stock, safe_stock, min_stock from supply where active = 1")}
    return [Proposed(one.id, one.code, one.name, one.model, one.measure, one.quantity,
                     targets[one.id], expiring.get(one.id, 0), used.get(one.id, 0),
                     to_buy(one.quantity, targets[one.id], expiring.get(one.id, 0),
                            used.get(one.id, 0)), price.get(one.id, 0))
            for one in stock(store, today)]


def demand(store: Store, year: int) -> list[DemandLine]:
    """The kept lines of a year, urgent ones first."""
    return [record(DemandLine, r) for r in store.read("""select d.*, coalesce(s.kind, '') as kind
        from demand_line d left join supply s on s.id = d.supply_id
        where d.year = :year order by case d.priority when 'urgent' then 0 when 'usual' then 1
        else 2 end, d.code, d.id""", year=year)]


def as_lines(found: Iterable[Proposed], year: int) -> list[DemandLine]:
    """Computed lines as they would be kept, before anybody decided on them. Pure."""
    return [DemandLine(
        id=DemandId(RowId(0)), year=year, supply_id=x.supply_id, code=x.code, name=x.name,
        model=x.model, measure=x.measure, stock=x.stock, target=x.target, expiring=x.expiring,
        used=x.used, quantity=x.quantity, price=x.price, funds="", way="", deadline=None,
        unit="", priority="usual", state="draft", note="", kind="") for x in found]


def total(lines: Iterable[DemandLine]) -> float:
    """The budget in yuan of all lines that were not dropped. Pure."""
    return round(sum(one.budget for one in lines if one.state != "dropped"), 2)


def totals(lines: Iterable[DemandLine]) -> dict[str, float]:
    """The budget of each category of goods that has one, the largest first. Pure."""
    sums: dict[str, float] = {}
    for one in lines:
        if one.state != "dropped":
            sums[one.kind] = round(sums.get(one.kind, 0) + one.budget, 2)
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def _expiring(store: Store, year: int) -> dict[RowId, float]:
    return {RowId(r[0]): float(r[1]) for r in store.read("""select l.supply_id, sum(m.quantity)
        from lot l join movement m on m.lot_id = l.id where l.active = 1
        and l.expires_on <= :last group by l.supply_id""", last=f"{year}-12-31")}


def _prices(store: Store) -> dict[RowId, float]:
    """What each supply cost last."""
    return {RowId(r["supply_id"]): float(r["unit_price"]) for r in store.read(
        "select supply_id, unit_price from lot where unit_price is not null order by id")}
