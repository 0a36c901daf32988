"""Kinds 归类: what the words of another system are in our terms, where they tell; pure."""

from __future__ import annotations

import re

from dispatch.terms import EventClass, Subtype

_WORDS: tuple[tuple[str, EventClass, Subtype], ...] = (
    ("forest|wildland|brush|森林|草原", EventClass.NATURAL, Subtype.FOREST_FIRE),
    ("fire|smoke|火灾|火警|起火|冒烟", EventClass.ACCIDENT, Subtype.FIRE),
    ("hazmat|hazardous|chemical|危化|化学品|泄漏", EventClass.ACCIDENT, Subtype.HAZMAT),
    ("gas leak|natural gas|燃气|煤气", EventClass.ACCIDENT, Subtype.GAS),
    ("traffic|vehicle|collision|交通|车祸", EventClass.ACCIDENT, Subtype.ROAD),
    ("flood|水灾|洪|内涝", EventClass.NATURAL, Subtype.FLOOD),
    ("storm|wind|暴雨|大风|雷", EventClass.NATURAL, Subtype.WEATHER),
    ("earthquake|地震", EventClass.NATURAL, Subtype.QUAKE),
    ("landslide|滑坡|泥石流|崩塌", EventClass.NATURAL, Subtype.GEOLOGY),
    ("elevator|escalator|电梯|特种设备", EventClass.ACCIDENT, Subtype.EQUIPMENT),
    ("electrical|power|停电|停水", EventClass.ACCIDENT, Subtype.UTILITY),
    ("explosion|industrial|爆炸|工贸", EventClass.ACCIDENT, Subtype.INDUSTRY),
    ("missing|water rescue|走失|溺水|救助", EventClass.SOCIAL, Subtype.MISSING),
    ("medical|sick|医疗|急救", EventClass.HEALTH, Subtype.OTHER),
)
_FORCES: tuple[tuple[str, str], ...] = (
    ("medic|ambulance|private|救护|急救|120", "medical"),
    ("police|公安|交警|特警", "police"),
    ("engine|truck|ladder|chief|rescue|support|investigation|fire|消防|水罐|云梯|泡沫", "fire"),
    ("volunteer|蓝天|公羊|志愿", "volunteer"), ("militia|民兵", "militia"))


def class_of(words: str) -> tuple[EventClass, str]:
    """Class and sub-type; an accident of no sub-type where the words say nothing."""
    plain = words.lower()
    for pattern, class_, subtype in _WORDS:
        if re.search(pattern, plain):
            return class_, subtype.value
    return EventClass.ACCIDENT, ""


def force_kind(words: str) -> str:
    """The kind of force 队伍性质; empty where the words do not tell, and no norm counts then."""
    plain = words.lower()
    return next((kind for pattern, kind in _FORCES if re.search(pattern, plain)), "")


def point_of(facts: dict[str, str]) -> tuple[float, float] | None:
    """Longitude and latitude where the row has both; a pair is latitude first unless it
    cannot be."""
    pair = re.findall(r"-?\d{1,3}\.\d+", facts.get("point", ""))
    given = (facts.get("lon", ""), facts.get("lat", ""))
    try:
        if all(given):
            lon, lat = float(given[0]), float(given[1])
        elif len(pair) == 2:
            lat, lon = float(pair[0]), float(pair[1])
            lon, lat = (lat, lon) if abs(lat) > 90 else (lon, lat)
        else:
            return None
    except ValueError:
        return None
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None
