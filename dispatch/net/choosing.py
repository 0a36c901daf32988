"""Choosing 选人: whom a call-out or roll call reaches, by branch, capability, ring, plan, group."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from resources.geo import check_point, distance_m
from resources.net import BRANCH_NAMES, Branch, Key, Member, Part, members
from resources.net_keeping import groups


@dataclass(frozen=True, slots=True)
class Ring:
    """All within so many metres of a point in degrees (CGCS2000)."""

    lon: float
    lat: float
    metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Whom to reach. What is named adds up; a ring then keeps only those inside it.

    A ring alone means everybody inside; nothing at all means nobody. `plan` are the forces that
    can do what the plan calls for; `keys` are named one by one. `on_net` leaves out who has not
    joined.
    """

    branches: tuple[Branch, ...] = ()
    capabilities: tuple[str, ...] = ()
    groups: tuple[RowId, ...] = ()
    keys: tuple[Key, ...] = ()
    plan: RowId | None = None
    ring: Ring | None = None
    on_net: bool = False

    @property
    def empty(self) -> bool:
        return self == Choice(on_net=self.on_net)


def chosen(store: Store, choice: Choice) -> list[Member]:
    """The members of a choice, by branch and name.

    Raises:
        Refused: nothing is chosen, or a ring that cannot be.
    """
    if choice.empty:
        raise Refused("Choose whom to reach: a branch, capability, group, plan, ring or unit.",
                      field="who")
    if choice.ring is not None:
        check_ring(choice.ring)
    grouped = _grouped(store, choice.groups)
    called_for = _called_for(store, choice.plan)
    found = pick(_candidates(store, choice, grouped, called_for), choice, grouped, called_for)
    known = {m.key for m in found}
    gone = [key for key in choice.keys if key not in known]
    if gone and not choice.ring and not choice.on_net:
        raise Refused("A unit that was chosen is not on the net any more.", field="who")
    return found


def _candidates(store: Store, choice: Choice, grouped: frozenset[Key],
                called_for: frozenset[str]) -> list[Member]:
    """Whoever may be meant, read by what the store can tell quickly."""
    box = _box(choice.ring) if choice.ring is not None else None
    keys = tuple(dict.fromkeys((*choice.keys, *sorted(grouped))))
    wanted = tuple({*choice.capabilities, *called_for})
    parts = [Part(branches=choice.branches, box=box)] if choice.branches else []
    parts += [Part(keys=keys, box=box)] if keys else []
    parts += [Part(capabilities=wanted, box=box)] if wanted else []
    if not parts and not choice.groups and choice.plan is None:
        parts = [Part(box=box)]
    found = {m.key: m for part in parts for m in members(store, part)}
    order = list(Branch)
    return sorted(found.values(), key=lambda m: (order.index(m.branch), m.name, m.id))


def _box(ring: Ring) -> tuple[float, float, float, float]:
    """A box in degrees that holds the ring."""
    high = ring.metres / 110_000
    wide = high / max(0.1, cos(radians(ring.lat)))
    return ring.lon - wide, ring.lat - high, ring.lon + wide, ring.lat + high


def pick(known: Iterable[Member], choice: Choice, grouped: frozenset[Key],
         called_for: frozenset[str]) -> list[Member]:
    """The members that a choice means. Pure."""
    wanted, every = frozenset(choice.capabilities) | called_for, list(known)
    named = (choice.branches or wanted or grouped or choice.keys or choice.groups
             or choice.plan is not None)
    keys = frozenset(choice.keys) | grouped
    return [m for m in every if (not named or m.branch in choice.branches or m.key in keys
                                 or wanted & set(m.capabilities))
            and (choice.ring is None or inside(m, choice.ring))
            and (m.on_net or not choice.on_net) and m.status != "off"]


def inside(one: Member, ring: Ring) -> bool:
    """Whether a member is known to lie in the ring. Pure."""
    return (one.lon is not None and one.lat is not None
            and distance_m(ring.lon, ring.lat, one.lon, one.lat) <= ring.metres)


def check_ring(ring: Ring) -> None:
    """
    Raises:
        Refused: the point cannot be in China, or no distance up to 500 km.
    """
    check_point(ring.lon, ring.lat)
    if not 0 < ring.metres <= 500_000:
        raise Refused("The distance of a ring is between 1 m and 500 km.", field="ring")


def _grouped(store: Store, ids: Iterable[RowId]) -> frozenset[Key]:
    wanted = set(ids)
    return frozenset(key for g in groups(store) if g.id in wanted for key in g.keys)


def _called_for(store: Store, plan: RowId | None) -> frozenset[str]:
    if plan is None:
        return frozenset()
    return frozenset(r["capability"] for r in store.read(
        "select capability from plan_need where plan_id = :plan and from_kind = 'force'",
        plan=plan))


# as it is kept

def to_json(choice: Choice) -> str:
    """A choice as its row keeps it."""
    ring = choice.ring
    return json.dumps({
        "branches": choice.branches, "capabilities": choice.capabilities,
        "groups": choice.groups, "keys": choice.keys, "plan": choice.plan,
        "ring": [ring.lon, ring.lat, ring.metres] if ring else None, "on_net": choice.on_net},
        ensure_ascii=False)


def from_json(text: str) -> Choice:
    kept = json.loads(text)
    ring = Ring(*kept["ring"]) if kept.get("ring") else None
    return Choice(
        branches=tuple(Branch(b) for b in kept.get("branches", ())),
        capabilities=tuple(kept.get("capabilities", ())),
        groups=tuple(RowId(g) for g in kept.get("groups", ())),
        keys=tuple((str(k), int(i)) for k, i in kept.get("keys", ())),
        plan=kept.get("plan"), ring=ring, on_net=bool(kept.get("on_net")))


def choice_words(store: Store, choice: Choice) -> str:
    """A choice in a line: `Forces, ring 3 km, group 全网`."""
    names = {g.id: g.name for g in groups(store)} if choice.groups else {}
    parts = [t(BRANCH_NAMES[b]) for b in choice.branches]
    parts += choice.capabilities
    parts += [names.get(g, "—") for g in choice.groups]
    if choice.plan is not None:
        parts.append(str(store.value("select name from plan where id = :id", id=choice.plan)))
    if choice.keys:
        parts.append(t("net|{n} by name", n=len(choice.keys)))
    if choice.ring is not None:
        parts.append(t("net|within {km} km", km=f"{choice.ring.metres / 1000:g}"))
    return t("list|, ").join(parts)

