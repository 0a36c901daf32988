"""Rules of CAP 预警互通规则: which colour and which kind a file means, and who sends ours."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

SINCE = "2024-11-01"

COLORS = Rule("cap.colors", {
    "words": {"红": 1, "橙": 2, "黄": 3, "蓝": 4, "red": 1, "orange": 2, "yellow": 3, "blue": 4},
    "severity": {"extreme": 1, "severe": 2, "moderate": 3, "minor": 4,
                 "red": 1, "orange": 2, "yellow": 3, "blue": 4}}, "",
    mark("Colour of a warning that came as a CAP file"),
    mark("CAP 1.2 knows no colours: those of the national 12379 system, else by severity; fix by"
         " local regulation"), True, SINCE)
"""The level 1 red to 4 blue by words in headline, event and parameters, then by severity."""

KINDS = Rule("cap.kinds", {
    "11B01": "台风", "11B03": "暴雨", "11B04": "暴雪", "11B05": "寒潮", "11B06": "大风",
    "11B07": "沙尘暴", "11B09": "高温", "11B14": "雷电", "11B15": "冰雹", "11B16": "霜冻",
    "11B17": "大雾", "11B19": "霾", "11B20": "雷雨大风", "11B21": "道路结冰", "11B22": "干旱",
    "11B25": "森林火险"}, "",
    mark("Kind of a warning by its code in a CAP file"),
    mark("Codes as published files of the national 12379 system use them; complete as needed"),
    True, SINCE)

SENDER = Rule("cap.sender", "", "", mark("Sender named in CAP files that leave"),
              mark("CAP 1.2, 3.2.1: unique, without spaces or commas; empty is the name of the"
                   " district"), True, SINCE)

CAP_RULES = (COLORS, KINDS, SENDER)
"""Younger than the first stores: read them with `rule_or`."""
