"""Papers of the libraries 资源文书: the store's records as the facts that are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.printouts.library_sheets import LibraryFacts, ListFacts
from resources.demand import (
    PRIORITIES,
    STATES,
    DemandLine,
    as_lines,
    demand,
    propose,
    total,
    totals,
)
from resources.demand_plan import plan_of
from resources.field_tables import LIBRARY_NAMES, TABLES
from resources.fields import Field, Type, show_value
from resources.localtime import local_day
from resources.records import Library
from resources.waiting import WAIT_NAMES, Waiting, by_owner, waiting

REGISTER = {
    Library.FORCE: ("name", "kind", "leader", "duty_phone", "people", "capabilities"),
    Library.EQUIPMENT: ("name", "model", "plate", "status", "keeper", "inspect_due"),
    Library.SUPPLY: ("code", "name", "model", "measure", "min_stock", "max_stock"),
    Library.LOT: ("batch", "bin", "maker", "expires_on", "unit_price"),
    Library.WAREHOUSE: ("name", "level", "kind", "keeper", "duty_phone", "address"),
    Library.EXPERT: ("name", "unit", "title", "field", "phone", "hired_until"),
    Library.PLAN: ("number", "name", "version", "issued_on", "filed_on", "evaluate_due"),
    Library.HAZARD: ("name", "kind", "company", "principal", "phone", "level"),
    Library.SHELTER: ("name", "term", "capacity", "key_holder", "phone", "status"),
    Library.UNIT: ("name", "tier", "duty_phone", "contact", "call_sign"),
    Library.PLACE: ("name", "kind", "parent", "lon", "lat")}

NUMBER_COLUMNS, MONEY_COLUMNS = frozenset(range(3, 11)), (9, 10)
DEMAND_SHARES = (8, 17, 5, 7, 7, 7, 7, 7, 7, 9, 11, 10, 9, 9.5, 11, 6, 7)


SAMPLE, WIDE = 500, 0x2E80
"""Rows that decide how wide the columns of a list are; where full-width characters begin."""


class Shown(Protocol):
    """A column of a list: its head (an English source), and whether it is set right."""

    @property
    def title(self) -> str: ...

    @property
    def right(self) -> bool: ...


def register_paper(store: Store, library: Library, most: int = 5000) -> LibraryFacts:
    """A library's register 登记簿, by name."""
    return LibraryFacts(t("paper|Register: {library}", library=t(LIBRARY_NAMES[library])),
                        org(store), store.clock.now(), (listed(store, library, "", most),),
                        drill=district(store).drill)


def list_paper(store: Store, library: Library, columns: Sequence[Shown],
               rows: Sequence[tuple[str, ...]], narrowed: Sequence[str]) -> LibraryFacts:
    """A register of what a list shows, in its own columns; `narrowed` says by which filters."""
    shares = tuple(min(40.0, max(6.0, _longest(at, one.title, rows)))
                   for at, one in enumerate(columns))
    listed = ListFacts(t(LIBRARY_NAMES[library]), tuple(t(one.title) for one in columns),
                       tuple(rows), frozenset(at for at, one in enumerate(columns) if one.right),
                       shares)
    opening = t("paper|Narrowed to: {filters}", filters=t("list|, ").join(narrowed)) \
        if narrowed else ""
    return LibraryFacts(t("paper|Register: {library}", library=t(LIBRARY_NAMES[library])),
                        org(store), store.clock.now(), (listed,), opening=opening,
                        drill=district(store).drill)


def _longest(at: int, title: str, rows: Sequence[tuple[str, ...]]) -> float:
    """How much room a column asks for, in halves of a Chinese character."""
    return max(_room(t(title)), max((_room(row[at]) for row in rows[:SAMPLE]), default=0))


def _room(words: str) -> float:
    return sum(2 if ord(one) > WIDE else 1 for one in words)


def reminder_letter(store: Store, owner: str) -> LibraryFacts:
    """A letter 催办函 to an owner unit about what waits of its records."""
    return reminder_letters(store, [owner])[0]


def reminder_letters(store: Store, owners: Iterable[str] | None = None) -> list[LibraryFacts]:
    """A letter to each of these owner units, or to all that have something waiting."""
    now = store.clock.now()
    found = by_owner(waiting(store, local_day(now)))
    wanted = list(found) if owners is None else list(owners)
    return [_letter(store, owner, found.get(owner, []), now) for owner in wanted]


def _letter(store: Store, owner: str, found: Sequence[Waiting], now: datetime) -> LibraryFacts:
    rows = tuple((t(WAIT_NAMES[w.wait]), w.name, w.due.isoformat() if w.due else "", w.detail)
                 for w in found)
    listed = ListFacts(t("paper|Records that wait"), (
        t("paper|Reason"), t("paper|Name"), t("paper|Due"), t("paper|Remark")), rows,
        shares=(22, 38, 18, 22))
    return LibraryFacts(
        t("paper|Reminder to check records"), org(store), now, (listed,),
        opening=t("paper|To {owner}: the records below are due. Please check them and answer this"
                  " duty room.", owner=owner or t("paper|the unit concerned")),
        closing=t("paper|{org}, {day}", org=org(store), day=local_day(now)),
        drill=district(store).drill)


def demand_paper(store: Store, year: int) -> LibraryFacts:
    """A year's demand plan on its side: its kept lines, else what the figures ask for today."""
    lines = demand(store, year) or as_lines(propose(store, year), year)
    plan = plan_of(store, year)
    listed = ListFacts(t("paper|Goods to buy"), demand_heads(), tuple(
        tuple(cell if isinstance(cell, str) else amount_text(at, cell)
              for at, cell in enumerate(demand_cells(x))) for x in lines),
        NUMBER_COLUMNS, DEMAND_SHARES)
    sums = ListFacts(t("paper|Budget by category"), (
        t("paper|Category"), t("paper|Budget (yuan)")), tuple(
        (kind or t("paper|Other goods"), f"{n:,.2f}") for kind, n in totals(lines).items()),
        frozenset({1}), (70, 30))
    state = t("paper|Approved by {name}", name=plan.approved_by) if plan.locked \
        else t("paper|Draft, not approved yet")
    return LibraryFacts(
        t("paper|Demand plan for {year}", year=year), org(store), store.clock.now(),
        (listed, sums), drill=district(store).drill, landscape=True,
        closing=t("paper|Budget in all: {sum} yuan", sum=f"{total(lines):,.2f}") + "  " + state)


def demand_heads() -> tuple[str, ...]:
    """The columns of the plan, on paper and in the xlsx."""
    return (t("paper|Code"), t("paper|Name and model"), t("paper|Measure"), t("paper|Stock"),
            t("paper|Target"), t("paper|Gap"), t("paper|Expiring"), t("paper|Used"),
            t("paper|To buy"), t("paper|Price (yuan)"), t("paper|Budget (yuan)"),
            t("paper|Funds"), t("paper|Way of purchase"), t("paper|Deadline"),
            t("paper|Unit responsible"), t("paper|Priority"), t("paper|State"))


def demand_cells(x: DemandLine) -> tuple[str | float, ...]:
    """A line's cells under `demand_heads`, numbers as numbers."""
    return (x.code, " ".join(p for p in (x.name, x.model) if p), x.measure, x.stock, x.target,
            x.gap, x.expiring, x.used, x.quantity, x.price, x.budget, x.funds, x.way,
            x.deadline.isoformat() if x.deadline else "", x.unit, _named(PRIORITIES, x.priority),
            _named(STATES, x.state))


def amount_text(column: int, number: float) -> str:
    """A number of the plan's column: money with its fen, quantities as they are."""
    return f"{number:,.2f}" if column in MONEY_COLUMNS else f"{number:g}"


def _named(names: Iterable[tuple[str, str]], value: str) -> str:
    return next((t(label) for key, label in names if key == value), value)


def listed(store: Store, library: Library, owner: str, most: int = 500) -> ListFacts:
    fields = [next(f for f in TABLES[library] if f.name == name) for name in REGISTER[library]]
    order = "batch" if library is Library.LOT else "name"
    held = " or force_id in (select id from force where owner = :owner)" \
        if library is Library.EQUIPMENT else ""
    rows = store.read(f"""select * from [{library}] where active = 1
        and (:owner = '' or owner = :owner{held}) order by [{order}], id limit :most""",
        owner=owner, most=most)
    return ListFacts(t(LIBRARY_NAMES[library]), tuple(t(f.label) for f in fields),
                     tuple(tuple(show_value(f, r[f.name]) for f in fields) for r in rows),
                     _numbers(fields))


def _numbers(fields: Iterable[Field]) -> frozenset[int]:
    return frozenset(at for at, f in enumerate(fields) if f.type in (Type.WHOLE, Type.NUMBER))


def org(store: Store) -> str:
    return district(store).org
