"""Norms 时限标准: the minutes that each interval should take, by kind of force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.store import Store
from db.words import mark
from resources.rules import Rule, rule, rule_or

NORM = Rule("interval.norms", {"fire": {"travel": 4, "total": 5}}, "min",
            mark("Norms of intervals, by kind of force"),
            mark("Siting of fire stations (建标152): one minute to leave, four on the road"),
            True, "2024-11-01")
"""Beside it `turnout.minutes` is the norm of the turn-out: no minute is kept twice."""
NORM_RULES = (NORM,)


@dataclass(frozen=True, slots=True)
class Norms:
    """Minutes by kind of force and interval, and where they come from."""

    minutes: Mapping[str, Mapping[str, float]]
    basis: Mapping[str, str]

    def of(self, kind: str, interval: str) -> float | None:
        """The norm of an interval for a kind of force; None where there is none."""
        return self.minutes.get(interval, {}).get(kind)

    def said(self, interval: str, kinds: set[str]) -> float | None:
        """The one norm of several kinds of force; None where they differ or one has none."""
        found = {self.of(kind, interval) for kind in kinds}
        return found.pop() if len(found) == 1 else None


def norms(store: Store, at: datetime | None = None) -> Norms:
    """The norms in force at an instant."""
    turn_out, rest = rule(store, "turnout.minutes", at), rule_or(store, NORM, at)
    minutes: dict[str, dict[str, float]] = {
        "turn_out": {kind: float(n) for kind, n in turn_out.value.items()}}
    for kind, row in rest.value.items():
        for interval, n in row.items():
            minutes.setdefault(interval, {})[kind] = float(n)
    return Norms(minutes, {name: turn_out.basis if name == "turn_out" else rest.basis
                           for name in minutes})
