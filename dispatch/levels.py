"""Levels 等级: what the counts suggest against the rule rows; a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.terms import LEVEL_NAMES, Level, Subtype
from resources.rules import Rule, rule

LEVEL_RULES = ("level.accident", "level.quake", "level.risk")


@dataclass(frozen=True, slots=True)
class Counts:
    """People and loss as known at one moment; loss in yuan, None when not estimated."""

    dead: int = 0
    severe: int = 0
    light: int = 0
    missing: int = 0
    trapped: int = 0
    at_risk: int = 0
    evacuated: int = 0
    loss_yuan: float | None = None

    @property
    def empty(self) -> bool:
        return self == Counts()

    def check(self) -> None:
        """
        Raises:
            Refused: a number below zero.
        """
        for f in fields(self):
            if (getattr(self, f.name) or 0) < 0:
                raise Refused("{what} cannot be below zero.", field=f.name,
                              what=t(COUNT_NAMES[f.name]))


COUNT_NAMES = {
    "dead": mark("Dead"), "severe": mark("Seriously injured"), "light": mark("Slightly injured"),
    "missing": mark("count|Missing"), "trapped": mark("Trapped"), "at_risk": mark("At risk"),
    "evacuated": mark("Evacuated"), "loss_yuan": mark("Loss (yuan)"),
}


@dataclass(frozen=True, slots=True)
class LevelSuggestion:
    """What the counts reach: the level, the sentence why, the basis; None when nothing does."""

    level: Level | None
    reason: str
    basis: str
    uncertain: bool = False


def level_rules(store: Store) -> dict[str, Rule]:
    return {code: rule(store, code) for code in LEVEL_RULES}


def suggest_level(counts: Counts, subtype: str, rules: Mapping[str, Rule]) -> LevelSuggestion:
    """The gravest level that any one criterion reaches (以上 includes, 以下 excludes).

    Pure. An earthquake counts the missing among the dead. People in danger alone suggest
    level III (较大涉险事故). Any casualty or loss below every threshold is level IV.
    """
    by_harm = _by_harm(counts, subtype, rules)
    by_risk = _by_risk(counts, rules["level.risk"])
    found = [s for s in (by_harm, by_risk) if s.level is not None]
    if not found:
        return LevelSuggestion(None, t("No casualties or loss recorded"), "")
    return min(found, key=lambda s: int(s.level or 9))


def _by_harm(counts: Counts, subtype: str, rules: Mapping[str, Rule]) -> LevelSuggestion:
    quake = subtype == Subtype.QUAKE
    used = rules["level.quake" if quake else "level.accident"]
    values: dict[str, float] = {"dead": counts.dead + (counts.missing if quake else 0),
                                "severe": counts.severe, "loss_yuan": counts.loss_yuan or 0}
    for place, level in enumerate((Level.I, Level.II, Level.III)):
        for name, thresholds in used.value.items():
            if values.get(name, 0) >= thresholds[place]:
                return _found(level, name, values[name], thresholds[place], used)
    if any(values.values()) or counts.light:
        return LevelSuggestion(Level.IV, t("Below the thresholds of level III"), t(used.basis),
                               used.uncertain)
    return LevelSuggestion(None, "", "")


def _by_risk(counts: Counts, used: Rule) -> LevelSuggestion:
    values: dict[str, Any] = {"at_risk": counts.at_risk,
                              "missing": counts.trapped + counts.missing,
                              "evacuated": counts.evacuated}
    for name, threshold in used.value.items():
        if values.get(name, 0) >= threshold:
            return _found(Level.III, name, values[name], threshold, used)
    if any(values.values()):
        return LevelSuggestion(Level.IV, t("Below the thresholds of level III"), t(used.basis),
                               used.uncertain)
    return LevelSuggestion(None, "", "")


def _found(level: Level, name: str, value: float, threshold: float, used: Rule) -> LevelSuggestion:
    reason = t("{what} {value} reaches {threshold}: {level}", what=t(COUNT_NAMES[name]),
               value=f"{value:,.0f}", threshold=f"{threshold:,.0f}",
               level=t(LEVEL_NAMES[level]))
    return LevelSuggestion(level, reason, t(used.basis), used.uncertain)
