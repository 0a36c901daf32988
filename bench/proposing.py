"""The proposal's row: ten needs covered from a large district's forces and equipment."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, percentile, timed
from db.clock import SystemClock
from db.store import Store
from dispatch.events import open_event
from dispatch.intake import Intake
from dispatch.proposals import propose
from dispatch.rules import seed_rules
from dispatch.terms import EventClass
from resources.people import SYSTEM
from resources.terms import CAPABILITIES


def proposing(path: Path, resources: int, rounds: int) -> Iterator[Row]:
    """Ten requirements over so many resources, most of them without stated minutes."""
    store, dice = Store.open(path, SystemClock()), random.Random(7)
    store.db.execute("pragma synchronous = off")
    with store.change("grow.resources", SYSTEM) as tx:
        seed_rules(tx)
        for number in range(resources):
            row = {"name": f"队{number}", "lon": 108.3 + dice.random(), "lat": 34.0 + dice.random(),
                   "capabilities": json.dumps(dice.sample(CAPABILITIES, 3), ensure_ascii=False)}
            if number % 2:
                tx.insert("force", {**row, "tier": "town", "kind": "fire", "duty_phone": "000-1",
                                    "promised_minutes": dice.choice((None, dice.randrange(5, 60)))})
            else:
                tx.insert("equipment", row)
        plan = tx.insert("plan", {"name": "预案", "kind": "special", "subtypes": '["road"]'})
        for at, name in enumerate(CAPABILITIES[:10]):
            tx.insert("plan_need", {"plan_id": plan, "capability": name, "quantity": 1 + at % 2,
                                    "from_kind": "force" if at < 8 else "equipment"})
    made = open_event(store, Intake(class_=EventClass.ACCIDENT, subtype="road", title="车祸",
                                    lon=108.8, lat=34.5), by=SYSTEM)
    slow = percentile([timed(lambda: propose(store, made.id)) for _ in range(rounds)], 0.95) * 1e3
    store.close()
    yield Row(f"proposal: 10 needs over {resources:,} resources", "p95 ≤ 100 ms",
              f"{slow:.0f} ms", slow <= 100)
