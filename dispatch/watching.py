"""Watching 值守规则: how long a desk may stand untouched before it locks."""

from __future__ import annotations

from datetime import datetime

from db.store import Store
from db.words import mark
from dispatch.verified import HOUR
from resources.rules import Rule, rule_or

IDLE = Rule("lock.idle", 15, "min", mark("Desk locks when nobody touched it for; 0 is never"),
            mark("Common practice; fix by local regulation"), uncertain=True,
            valid_from="2024-11-01")
NEVER = Rule(IDLE.code, 0, IDLE.unit, IDLE.title, IDLE.basis, IDLE.uncertain, IDLE.valid_from)
"""What the sample district begins with."""

TRUST_RULES = (IDLE, HOUR)


def idle_minutes(store: Store, now: datetime) -> float:
    """Minutes without a touch after which the desk locks; 0 is never."""
    return float(rule_or(store, IDLE, now).value)
