"""Proposals 力量建议: which forces fit an event, how soon they can be there, and what is short."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.candidates import (
    Estimates,
    estimates,
    forces_for,
    known_minutes,
    minutes_of,
    shared,
)
from dispatch.cover import Candidate, Cover, greedy, lacking
from dispatch.events import Event, event
from dispatch.goods import Option, options_for
from dispatch.orders import Order, forces_out
from dispatch.terms import STAGE_NAMES

OTHERS = 30
"""Forces that no need calls for, listed after those that fit."""


@dataclass(frozen=True, slots=True)
class Need:
    """A capability that a plan calls for: how many forces, pieces, experts, or how much goods.

    `from_kind` is force, equipment, expert or supply; of a supply `capability` is its name.
    """

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


NO_COVER = Cover((), {}, 0, 0, proven=True)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the plans ask for, who and what can meet it, the proposed cover, and what is short.

    `options` are equipment, experts and goods; those proposed carry `proposed`.
    """

    needs: tuple[Need, ...]
    forces: tuple[Proposal, ...]
    short: tuple[Shortage, ...]
    options: tuple[Option, ...] = ()
    cover: Cover = NO_COVER

    @property
    def demands(self) -> dict[str, int]:
        """How many forces each capability takes."""
        return demands_of(self.needs)

    @property
    def candidates(self) -> list[Candidate]:
        """The free forces as candidates of the cover; a limited one only where it is needed."""
        return candidates_of(self.forces, self.demands)


def propose(store: Store, id: RowId) -> Proposals:  # noqa: A002
    """The forces for an event, best first, a cover of what the plans call for, what is short.

    The cover is `cover.greedy`'s; whoever has a second to spare proves it with `cover.best`.
    """
    found = placed(store, event(store, id))
    wanted = needs_of(store, found.subtype)
    at = estimates(store, found.lon, found.lat)
    forces = ranked(_proposals(store, at, wanted))
    demands = demands_of(wanted)
    cover = greedy(demands, candidates_of(forces, demands))
    options = options_for(store, at, found,
                          [(n.capability, n.quantity, n.from_kind) for n in wanted])
    return Proposals(tuple(wanted), tuple(forces), tuple(shortages(wanted, cover, options)),
                     tuple(options), cover)


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


def demands_of(needs: Iterable[Need]) -> dict[str, int]:
    """The needs that forces meet, as the cover takes them."""
    return {n.capability: n.quantity for n in needs if n.from_kind == "force"}


def candidates_of(forces: Sequence[Proposal], demands: Mapping[str, int]) -> list[Candidate]:
    """Free forces; those that are limited only for what the others cannot cover. Pure."""
    free = [p for p in forces if not p.out and p.fits]
    rare = lacking(dict(demands), [frozenset(p.fits) for p in free if not p.limited])
    return [Candidate(p.force_id, frozenset(p.fits), known_minutes(p.minutes)) for p in free
            if not p.limited or rare.keys() & set(p.fits)]


def ranked(forces: Iterable[Proposal]) -> list[Proposal]:
    """Free before out, fitting before not, then soonest, then by name. Pure."""
    far = 10 ** 6
    return sorted(forces, key=lambda p: (
        p.out, not p.fits, p.limited, p.minutes if p.minutes is not None else far, p.name))


def shortages(wanted: Sequence[Need], cover: Cover, options: Sequence[Option]) -> list[Shortage]:
    """The needs that the cover and the proposed options leave unmet. Pure."""
    found = []
    for need in wanted:
        if need.from_kind == "force":
            free = need.quantity - cover.missing.get(need.capability, 0)
        else:
            free = int(sum(o.quantity for o in options if o.proposed
                           and (o.kind, o.what) == (need.from_kind, need.capability)))
        if free < need.quantity:
            found.append(Shortage(need.capability, need.quantity, free))
    return found


def fits_of(store: Store, event_id: RowId, names: frozenset[str]) -> dict[RowId, tuple[str, ...]]:
    """Which of the named capabilities each force ordered to an event has, in use or not."""
    rows = store.read("""select distinct f.id, f.capabilities from dispatch_order o
        join force f on f.id = o.force_id where o.event_id = :event""", event=event_id)
    return {RowId(r["id"]): tuple(c for c in json.loads(r["capabilities"]) if c in names)
            for r in rows}


def force_as_proposal(store: Store, of: Event, force: RowId) -> Proposal:
    """Any force added by hand, with its minutes to the event."""
    found = placed(store, of)
    at = estimates(store, found.lon, found.lat)
    names = frozenset(demands_of(needs_of(store, found.subtype)))
    row = store.read("select * from force where id = :id", id=force)[0]
    busy = {o.force_id: o for o in forces_out(store)}
    share = shared(store, "force", [force]).get(force)
    return _proposal(row, at, names, busy.get(force), share)


def _proposals(store: Store, at: Estimates, wanted: Sequence[Need]) -> list[Proposal]:
    """The soonest of each need, some others, and who is out and could be asked."""
    demands = demands_of(wanted)
    rows = {r["id"]: r for r in forces_for(store, at, "", OTHERS)}
    for name, quantity in demands.items():
        rows |= {r["id"]: r for r in forces_for(store, at, name, quantity)}
    out = {o.force_id: o for o in forces_out(store)}
    rows |= {r["id"]: r for r in store.read("""select * from force where active = 1
        and status <> 'off' and id in (select value from json_each(:ids))""",
        ids=json.dumps(list(out)))}
    names, shares = frozenset(demands), shared(store, "force", rows)
    return [_proposal(r, at, names, out.get(r["id"]), shares.get(r["id"]))
            for r in rows.values()]


def _proposal(row: Any, at: Estimates, wanted: frozenset[str], busy: Order | None,
              share: Any) -> Proposal:
    fits = tuple(c for c in json.loads(row["capabilities"]) if c in wanted)
    minutes, metres, stated = minutes_of(row, at)
    if share is not None and share["call_minutes"] and minutes is not None:
        minutes = max(minutes, int(share["call_minutes"]))
    out_at = "" if busy is None else t("Event {number}, {stage}", number=busy.event_number,
                                       stage=t(STAGE_NAMES[busy.stage]))
    limited = row["status"] == "limited" or (row["people"] > 0 and row["ready_people"] == 0)
    extra = []
    if at.off_hours(row["kind"]):
        extra.append(t("outside its hours, {n} min more", n=at.off_hours(row["kind"])))
    if share is not None:
        extra.append(t("shared by {unit}", unit=share["from_unit"]))
    return Proposal(
        RowId(row["id"]), row["name"], row["kind"], row["tier"], row["duty_phone"],
        row["ready_people"], fits, metres, minutes, stated, out_at, limited,
        reason_text(fits, metres, minutes, stated=stated, out_at=out_at, limited=limited,
                    extra=extra))


def reason_text(fits: Sequence[str], metres: float | None, minutes: int | None, *,
                stated: bool, out_at: str, limited: bool, extra: Sequence[str] = ()) -> str:
    """Why a force stands where it stands in the list. Pure."""
    parts = [t("can {what}", what="、".join(fits))] if fits else []
    if metres is not None:
        parts.append(t("{km} km away", km=f"{metres / 1000:.1f}"))
    if minutes is not None:
        parts.append(t("states {n} min", n=minutes) if stated else t("about {n} min", n=minutes))
    parts += extra
    if limited:
        parts.append(t("limited"))
    if out_at:
        parts.append(t("already out: {where}", where=out_at))
    return t(", ").join(parts)


def plan_for(store: Store, subtype: str) -> Any:
    """The active plan that asks most for a sub-type, with its orders' template; None if none."""
    return store.one("""select p.id, p.name, coalesce(x.template, '') as template,
        x.check_minutes from plan p left join plan_orders x on x.plan_id = p.id
        where p.active = 1 and exists (select 1 from json_each(p.subtypes) where value = :subtype)
        order by (select count(*) from plan_need n where n.plan_id = p.id) desc, p.id limit 1""",
        subtype=subtype)

