"""Rules of the map 地图规则: which rings are drawn round an event."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

RINGS = Rule("map.rings", [1000, 3000, 5000], "m", mark("Rings round an event on the map"),
             mark("Common practice; fix by local regulation"), True, "2024-11-01")
MAP_RULES = (RINGS,)
"""Younger than the first stores: read them with `rule_or`."""
