"""Rules of CAP 预警互通规则: which colour and which kind of warning a file means."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

SINCE = "2024-11-01"
SAID = {1: ("红", "Red", "Extreme"), 2: ("橙", "Orange", "Severe"), 3: ("黄", "Yellow", "Moderate"),
        4: ("蓝", "Blue", "Minor")}
CODES = {
    "11B01": "台风", "11B03": "暴雨", "11B04": "暴雪", "11B05": "寒潮", "11B06": "大风",
    "11B07": "沙尘暴", "11B09": "高温", "11B14": "雷电", "11B15": "冰雹", "11B16": "霜冻",
    "11B17": "大雾", "11B19": "霾", "11B20": "雷雨大风", "11B21": "道路结冰", "11B22": "干旱",
    "11B25": "森林火险"}

COLORS = Rule("cap.colors", [{"says": says, "color": color} for color, words in SAID.items()
                             for says in words], "",
              mark("Colour of a warning that came as a CAP file"),
              mark("CAP 1.2 knows no colours: those of the national 12379 system, else by severity;"
                   " fix by local regulation"), True, SINCE)
"""The level 1 red to 4 blue by what headline, event, parameters or severity say."""

KINDS = Rule("cap.kinds", [{"code": code, "kind": kind} for code, kind in CODES.items()], "",
             mark("Kind of a warning by its code in a CAP file"),
             mark("Codes as published files of the national 12379 system use them; complete as"
                  " needed"), True, SINCE)

CAP_RULES = (COLORS, KINDS)
"""Younger than the first stores: read them with `rule_or`."""


def colors_of(rule: Rule) -> dict[str, int]:
    """The level by what is said, in small letters."""
    return {str(row["says"]).strip().lower(): int(row["color"]) for row in rule.value}


def kinds_of(rule: Rule) -> dict[str, str]:
    """What a warning is about, by its code."""
    return {str(row["code"]).strip(): str(row["kind"]) for row in rule.value}
