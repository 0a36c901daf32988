"""Proposals 力量建议: which forces fit an event, how soon they can be there, and what is short."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.events import Event, event
from dispatch.orders import Order, forces_out
from dispatch.terms import STAGE_NAMES
from resources.geo import distance_m, travel_minutes
from resources.rules import rule


@dataclass(frozen=True, slots=True)
class Need:
    """A capability that a plan calls for: how many forces (or pieces of equipment)."""

    capability: str
    quantity: int
    from_kind: str
    plan: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One force as a candidate; `minutes` as stated by it, else estimated from the distance."""

    force_id: RowId
    name: str
    kind: str
    tier: str
    phone: str
    ready_people: int
    fits: tuple[str, ...]
    distance_m: float | None
    minutes: int | None
    stated: bool
    out_at: str
    limited: bool
    reason: str

    @property
    def out(self) -> bool:
        return bool(self.out_at)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A need that what is free does not cover."""

    capability: str
    wanted: int
    free: int


@dataclass(frozen=True, slots=True)
class Proposals:
    needs: tuple[Need, ...]
    forces: tuple[Proposal, ...]
    short: tuple[Shortage, ...]


def propose(store: Store, id: RowId) -> Proposals:  # noqa: A002
    """Every active force for an event, best first, and which needs of the plans are short."""
    found = placed(store, event(store, id))
    wanted = needs_of(store, found.subtype)
    out = {o.force_id: o for o in forces_out(store)}
    road: dict[str, float] = rule(store, "travel").value
    rows = store.read("select * from force where active = 1 and status <> 'off'")
    names = frozenset(n.capability for n in wanted)
    forces = ranked(_proposal(r, found, names, out.get(r["id"]), road) for r in rows)
    return Proposals(tuple(wanted), tuple(forces), tuple(shortages(wanted, _free(store, out))))


def placed(store: Store, of: Event) -> Event:
    """The event, at its town's point while its own is not known: distances then are rough."""
    if of.lon is not None or not of.town:
        return of
    row = store.one("select lon, lat from place where kind = 'town' and name = :name",
                    name=of.town)
    return replace(of, lon=row["lon"], lat=row["lat"]) if row is not None else of


def needs_of(store: Store, subtype: str) -> list[Need]:
    """What the active plans for a sub-type call for; of equal needs the largest counts."""
    rows = store.read("""select n.*, p.name, p.subtypes from plan_need n
        join plan p on p.id = n.plan_id where p.active = 1 order by n.quantity desc, n.id""")
    found: dict[tuple[str, str], Need] = {}
    for r in rows:
        if subtype and subtype in json.loads(r["subtypes"]):
            found.setdefault((r["capability"], r["from_kind"]), Need(
                r["capability"], r["quantity"], r["from_kind"], r["name"]))
    return list(found.values())


def ranked(forces: Iterable[Proposal]) -> list[Proposal]:
    """Free before out, fitting before not, then soonest, then by name. Pure."""
    far = 10 ** 6
    return sorted(forces, key=lambda p: (
        p.out, not p.fits, p.limited, p.minutes if p.minutes is not None else far, p.name))


def shortages(wanted: Sequence[Need], free: Mapping[tuple[str, str], int]) -> list[Shortage]:
    """The needs that `free` (by kind and capability) does not cover. Pure."""
    return [Shortage(n.capability, n.quantity, free.get((n.from_kind, n.capability), 0))
            for n in wanted if free.get((n.from_kind, n.capability), 0) < n.quantity]


def _free(store: Store, out: Mapping[RowId, Order]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for table in ("force", "equipment"):
        for r in store.read(f"""select id, capabilities from [{table}]
                where active = 1 and status in ('ready', 'limited')"""):
            if table == "force" and r["id"] in out:
                continue
            for name in json.loads(r["capabilities"]):
                counts[table, name] = counts.get((table, name), 0) + 1
    return counts


def _proposal(row: Any, of: Event, wanted: frozenset[str], busy: Order | None,
              road: Mapping[str, float]) -> Proposal:
    fits = tuple(c for c in json.loads(row["capabilities"]) if c in wanted)
    metres = None
    if None not in (of.lon, of.lat, row["lon"], row["lat"]):
        metres = distance_m(of.lon or 0.0, of.lat or 0.0, row["lon"], row["lat"])
    minutes = row["promised_minutes"]
    stated = minutes is not None
    if minutes is None and metres is not None:
        minutes = max(1, round(travel_minutes(metres, km_per_hour=road["km_per_hour"],
                                              detour=road["detour"])))
    out_at = "" if busy is None else t("Event {number}, {stage}", number=busy.event_number,
                                       stage=t(STAGE_NAMES[busy.stage]))
    limited = row["status"] == "limited"
    return Proposal(
        RowId(row["id"]), row["name"], row["kind"], row["tier"], row["duty_phone"],
        row["ready_people"], fits, metres, minutes, stated, out_at, limited,
        reason_text(fits, metres, minutes, stated=stated, out_at=out_at, limited=limited))


def reason_text(fits: Sequence[str], metres: float | None, minutes: int | None, *,
                stated: bool, out_at: str, limited: bool) -> str:
    """Why a force stands where it stands in the list. Pure."""
    parts = [t("can {what}", what="、".join(fits))] if fits else []
    if metres is not None:
        parts.append(t("{km} km away", km=f"{metres / 1000:.1f}"))
    if minutes is not None:
        parts.append(t("states {n} min", n=minutes) if stated else t("about {n} min", n=minutes))
    if limited:
        parts.append(t("limited"))
    if out_at:
        parts.append(t("already out: {where}", where=out_at))
    return t(", ").join(parts)
