"""Whereabouts 力量位置: where every force of an event is at an instant, live or in a replay.

Nobody reports each kilometre: between two stage times a force is drawn on the straight line,
as far along as the time that has gone. All of it is a function of the instant, so that the live
map and a replay by the slider are the same picture.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from db.change import RowId
from db.clock import to_text
from db.store import Store
from dispatch.candidates import Estimates, estimates
from dispatch.cap.outlines import Rings, outlines
from dispatch.events import Event, event
from dispatch.orders import Order, forces_out, orders_of
from dispatch.proposals import placed
from dispatch.terms import ENDED_STAGES, ON_SCENE, Stage
from dispatch.warnings import HazardWarning
from dispatch.warnings import in_force as warnings_in_force
from resources.geo import Position, bearing, distance_m

NEVER_THERE = 0.97
"""A force that should be there and did not say so is drawn just before the scene."""


class Phase(StrEnum):
    """Where a force is in the course of its order."""

    BASE = "base"    # 待出动
    WAY = "way"      # 途中
    SCENE = "scene"  # 现场
    HOME = "home"    # 返程


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One force at an instant; `left_m` and `minutes` are what is estimated to the scene."""

    order: Order
    stage: Stage
    phase: Phase
    lon: float
    lat: float
    heading: float
    left_m: float
    minutes: int | None
    late: bool
    minutes_late: int
    trail: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What the map shows of the duty room at an instant."""

    at: datetime
    events: tuple[Event, ...]
    forces: tuple[Whereabouts, ...]
    warnings: tuple[HazardWarning, ...]
    outlines: Mapping[RowId, Rings] = field(default_factory=dict)
    """The rings of the warnings that came with some."""

    @property
    def moving(self) -> int:
        return sum(f.phase in (Phase.WAY, Phase.HOME) for f in self.forces)


def situation(store: Store, at: datetime, event_id: RowId | None = None) -> Situation:
    """Everything at an instant; of one event alone when it is named.

    Raises:
        Refused: there is no such event.
    """
    if event_id is not None:
        of = event(store, event_id)
        events, orders = [of], orders_of(store, event_id)
    else:
        events = [event(store, RowId(r["id"])) for r in store.read(
            """select id from event where received_at <= :at and state <> 'merged'
            and (closed_at is null or closed_at > :at)
            order by level is null, level, received_at""", at=to_text(at))]
        orders = forces_out(store) if at >= store.clock.now() else [
            o for e in events for o in orders_of(store, e.id)]
    spots: dict[RowId, Event] = {e.id: placed(store, e) for e in events}
    bases, roads = _bases(store, orders), {
        key: estimates(store, of.lon, of.lat) for key, of in spots.items()}
    forces = []
    for one in orders:
        of_event = spots.get(one.event_id)
        if of_event is None or of_event.lon is None or of_event.lat is None:
            continue
        scene = of_event.lon, of_event.lat
        found = whereabouts(one, bases.get(one.force_id, scene), scene, at,
                            roads[one.event_id])
        if found is not None:
            forces.append(found)
    shown = tuple(spots[RowId(e.id)] for e in events)
    warned = tuple(warnings_in_force(store, at))
    return Situation(at, shown, tuple(forces), warned, outlines(store, [w.id for w in warned]))


def _bases(store: Store, orders: Iterable[Order]) -> Mapping[RowId, Position]:
    ids = json.dumps([int(o.force_id) for o in orders])
    return {RowId(r["id"]): (r["lon"], r["lat"]) for r in store.read(
        """select id, lon, lat from force where lon is not null and lat is not null
        and id in (select value from json_each(:ids))""", ids=ids)}


def whereabouts(order: Order, base: Position, scene: Position, at: datetime,
                road: Estimates) -> Whereabouts | None:
    """Where a force is at an instant; None before its order and after its end. Pure."""
    reached = [s for s in order.stamps if s.at <= at and s.stage is not Stage.REINFORCED]
    if at < order.ordered_at or (order.ended_at is not None and at >= order.ended_at):
        return None
    stage = reached[-1].stage if reached else Stage.ORDERED
    if stage in ENDED_STAGES:
        return None
    metres = distance_m(*base, *scene)
    drive = timedelta(minutes=road.road(metres) or 1)
    phase, share, arrives = _progress(order, stage, at, drive)
    lon, lat = (base[0] + (scene[0] - base[0]) * share, base[1] + (scene[1] - base[1]) * share)
    goal = base if phase is Phase.HOME else scene
    heading = bearing(lon, lat, *goal) if distance_m(lon, lat, *goal) > 1 else 0.0
    there = order.at(Stage.ARRIVED)
    late = (order.promised_at is not None and at > order.promised_at and phase in (
        Phase.BASE, Phase.WAY) and (there is None or there > at))
    left = metres * (1 - share)
    minutes = None if arrives is None else max(0, round((arrives - at).total_seconds() / 60))
    over = ceil((at - order.promised_at) / timedelta(minutes=1)) if order.promised_at else 0
    return Whereabouts(order, stage, phase, lon, lat, heading, left, minutes, late, max(over, 0),
                       ((lon, lat), scene) if phase in (Phase.BASE, Phase.WAY) else ())


def _progress(order: Order, stage: Stage, at: datetime, drive: timedelta
              ) -> tuple[Phase, float, datetime | None]:
    """Phase, share of the way from base to scene, and when it is or was there."""
    left, arrived = order.at(Stage.DEPARTED), order.at(Stage.ARRIVED)
    if stage in ON_SCENE:
        return Phase.SCENE, 1.0, None
    if stage in (Stage.FINISHED, Stage.RECALLED):
        start = order.at(stage) or at
        from_there = arrived is not None and arrived <= at
        end = order.ended_at or start + drive
        gone = _share(start, end, at)
        return Phase.HOME, (1 - gone) if from_there else 0.0, None
    if left is None or left > at:
        if arrived is not None and arrived <= at:
            return Phase.SCENE, 1.0, None
        return Phase.BASE, 0.0, order.promised_at
    arrives = arrived if arrived is not None else left + drive
    share = _share(left, arrives, at)
    return Phase.WAY, share if arrived is not None else min(share, NEVER_THERE), arrives


def _share(start: datetime, end: datetime, at: datetime) -> float:
    """How much of a stretch of time has gone, from 0 to 1."""
    whole = (end - start).total_seconds()
    return min(max((at - start).total_seconds() / whole, 0.0), 1.0) if whole > 0 else 1.0
