"""Shown 图上态势: a situation as marks of the scene, in the words of the language in use. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from db.words import t
from dispatch.events import Event
from dispatch.terms import STAGE_NAMES, EventState
from dispatch.warnings import HazardWarning
from dispatch.whereabouts import Phase, Situation, Whereabouts
from resources.layers.features import Feature
from resources.sites import SiteKind
from ui.map.scene import Area, EventMark, Mover
from ui.map.symbols import icon_of
from ui.shown import short_number

ICONS = {"users": "truck"}
"""On the way a force is a vehicle."""


def scene_events(found: Situation) -> list[EventMark]:
    """The events that have a place, at their town's where their own is not known."""
    return [event_mark(e) for e in found.events if e.lon is not None and e.lat is not None]


def event_mark(of: Event) -> EventMark:
    return EventMark(int(of.id), int(of.level or 0), of.lon or 0.0, of.lat or 0.0,
                     f"{short_number(of.number)} {of.title}",
                     closed=of.state is not EventState.OPEN)


def scene_movers(found: Situation) -> list[Mover]:
    """Forces on their way, on scene, and those that should have left."""
    there = Counter(f.order.event_id for f in found.forces if f.phase is Phase.SCENE)
    placed: Counter[int] = Counter()
    movers = []
    for one in found.forces:
        slot = 0.0
        if one.phase is Phase.SCENE:
            slot = placed[one.order.event_id] - (there[one.order.event_id] - 1) / 2
            placed[one.order.event_id] += 1
        movers.append(mover(one, slot))
    return movers


def mover(one: Whereabouts, slot: float = 0.0) -> Mover:
    icon = icon_of(SiteKind.FORCE, one.order.force_kind)
    moving = one.phase in (Phase.WAY, Phase.HOME)
    return Mover(int(one.order.id), one.lon, one.lat, one.heading, one.order.force_name,
                 whereabouts_words(one), ICONS.get(icon, icon), one.late, moving,
                 one.phase is Phase.BASE, slot if one.phase is Phase.SCENE else 0.0, one.trail)


def whereabouts_words(one: Whereabouts) -> str:
    """`1.8 km to go, 4 min`, `on scene`, `late 00:40`: what the plate says."""
    if one.late:
        return t("{n} min overdue, not there", n=one.minutes_late)
    if one.phase is Phase.WAY:
        words = t("about {km} km to go", km=f"{one.left_m / 1000:.1f}")
        return words if one.minutes is None else t("{way}, {n} min", way=words, n=one.minutes)
    if one.phase is Phase.HOME:
        return t("on its way back")
    return t(STAGE_NAMES[one.stage])


def warned_areas(found: Situation, towns: Sequence[Feature]) -> list[Area]:
    """The outline that each warning came with, else the towns that it names, gravest last so
    that it lies on top; all when it names none."""
    areas = []
    for one in reversed(found.warnings):
        if rings := found.outlines.get(one.id):
            areas += [Area((ring,), one.color, one.name) for ring in rings]
            continue
        named = [f for f in towns if f.kind == "town" and _named(one, f.name)]
        whole = [f for f in towns if f.kind == "district"] or list(towns)
        areas += [Area(f.parts, one.color, one.name, whole=not named) for f in named or whole]
    return areas


def _named(warning: HazardWarning, town: str) -> bool:
    plain = town.removesuffix("街道").removesuffix("镇").removesuffix("乡")
    return len(plain) > 1 and plain in warning.area
