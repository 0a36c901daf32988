"""Unit cards 单位资源卡: what a unit owns, people, equipment and supplies, on one page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.library_papers import listed, org
from dispatch.printouts.library_sheets import LibraryFacts, ListFacts
from resources.field_tables import LIBRARY_NAMES
from resources.records import Library

FORCES, GEAR, GOODS = 8, 11, 11
"""Rows of each list that fit on the page together; longer ones are summed up by kind."""

Rows = Sequence[tuple[str, ...]]


def unit_card(store: Store, unit: str) -> LibraryFacts:
    """The card of a unit; what is too long for its page is summed up, and says what is left out."""
    row = store.one("select * from unit where name = :name and active = 1", name=unit)
    head = ((t("paper|Unit"), unit), (t("paper|24-hour phone"), row["duty_phone"] if row else ""),
            (t("paper|Contact"), row["contact"] if row else ""),
            (t("paper|Call sign"), row["call_sign"] if row else ""))
    lists = (_forces(store, unit), _gear(store, unit), _goods(store, unit))
    return LibraryFacts(t("paper|Resource card of a unit"), org(store), store.clock.now(), lists,
                        head=head, drill=district(store).drill)


def _forces(store: Store, unit: str) -> ListFacts:
    """The largest forces, each in one line."""
    found = store.read("""select name, leader, duty_phone, people, ready_people, capabilities
        from force where active = 1 and owner = :unit order by people desc, name""", unit=unit)
    rows = [(r["name"], r["leader"], r["duty_phone"], f"{r['ready_people']}/{r['people']}",
             t("list|, ").join(json.loads(r["capabilities"] or "[]")[:3])) for r in found]
    return ListFacts(t(LIBRARY_NAMES[Library.FORCE]), (
        t("paper|Name"), t("paper|Leader"), t("paper|24-hour phone"), t("paper|Ready/all"),
        t("paper|Capabilities")), _cut(rows, FORCES), frozenset({3}), (27, 13, 16, 12, 32),
                     len(rows))


def _gear(store: Store, unit: str) -> ListFacts:
    """Every piece, or when there are many, how many of each kind and how many are ready."""
    whole = listed(store, Library.EQUIPMENT, unit)
    if len(whole.rows) <= GEAR:
        return whole
    found = store.read("""select name, model, count(*) as n, sum(status = 'ready') as ready,
        min(inspect_due) as due from equipment where active = 1 and (owner = :unit
        or force_id in (select id from force where owner = :unit))
        group by name, model order by n desc, name""", unit=unit)
    rows = [(r["name"], r["model"], f"{r['ready']}/{r['n']}", r["due"] or "") for r in found]
    return ListFacts(t("paper|Equipment by kind"), (
        t("paper|Name"), t("paper|Model"), t("paper|Ready/all"), t("paper|Next inspection")),
        _cut(rows, GEAR), frozenset({2}), (36, 28, 16, 20), sum(r["n"] for r in found))


def _goods(store: Store, unit: str) -> ListFacts:
    """Every lot, or when there are many, each supply with all that is left of it."""
    lots = store.read("""select s.name, s.model, w.name as house, l.expires_on, s.measure,
        round(sum(m.quantity), 6) as n from lot l join supply s on s.id = l.supply_id
        join warehouse w on w.id = l.warehouse_id join movement m on m.lot_id = l.id
        where l.active = 1 and (l.owner = :unit or w.owner = :unit)
        group by l.id having n > 0 order by s.name""", unit=unit)
    heads = (t("paper|Name"), t("paper|Model"), t("paper|Warehouse"), t("paper|Expires on"),
             t("paper|Stock"))
    if len(lots) <= GOODS:
        return ListFacts(t("paper|Supplies"), heads, tuple(
            (r["name"], r["model"], r["house"], r["expires_on"] or "", f"{r['n']:g} {r['measure']}")
            for r in lots), frozenset({4}))
    sums: dict[tuple[str, str, str], tuple[float, set[str], str]] = {}
    for r in lots:
        key = (r["name"], r["model"], r["measure"])
        n, houses, due = sums.get(key, (0.0, set(), ""))
        days = [day for day in (due, r["expires_on"]) if day]
        sums[key] = (n + r["n"], houses | {r["house"]}, min(days, default=""))
    rows = [(name, model, next(iter(houses)) if len(houses) == 1 else
             t("paper|{n} warehouses", n=len(houses)), due, f"{n:g} {measure}")
            for (name, model, measure), (n, houses, due) in sums.items()]
    return ListFacts(t("paper|Supplies by kind"), heads,
                     _cut(rows, GOODS), frozenset({4}), (28, 22, 20, 15, 15), len(sums))


def _cut(rows: Rows, most: int) -> tuple[tuple[str, ...], ...]:
    """So many rows, the last one saying how many more there are."""
    if len(rows) <= most:
        return tuple(rows)
    left = len(rows) - most + 1
    empty = ("",) * (len(rows[0]) - 1)
    return (*rows[:most - 1], (t("paper|and {n} more, see the register", n=left), *empty))
