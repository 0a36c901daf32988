"""Intake 接报: what the intake form holds, and whether it can be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from db.clock import to_text
from db.errors import Refused
from db.words import mark, t
from dispatch.levels import Counts
from dispatch.terms import SUBTYPE_NAMES, SUBTYPES_OF, EventClass, Level, Subtype, Way
from resources.geo import check_point
from resources.localtime import moment_text

FACT_NAMES = {
    "title": mark("fact|Title"), "class_": mark("fact|Class"), "subtype": mark("fact|Sub-type"),
    "occurred_at": mark("Happened at"), "town": mark("fact|Town"), "address": mark("fact|Address"),
    "lon": mark("Longitude"), "lat": mark("Latitude"), "src_crs": mark("Coordinate system"),
    "reporter": mark("Reported by"), "reporter_unit": mark("Reporting unit"),
    "reporter_phone": mark("fact|Phone"), "summary": mark("What happened"),
    "cause": mark("fact|Cause"),
    "trend": mark("fact|Trend"), "measures": mark("Measures taken"),
    "commander": mark("Commander on scene"), "commander_phone": mark("Commander's phone"),
    "verified": mark("Verified"),
}
"""What `edit_event` may change, with its name; counts and level have verbs of their own."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What the intake form 接报 holds. `received_at` is now when not given.

    `source` is a `Way` or free text; by phone a call record is written too. lon and lat are
    degrees (CGCS2000).
    """

    class_: EventClass
    subtype: str = ""
    title: str = ""
    town: str = ""
    address: str = ""
    summary: str = ""
    reporter: str = ""
    reporter_unit: str = ""
    reporter_post: str = ""
    reporter_phone: str = ""
    source: str = Way.PHONE
    occurred_at: datetime | None = None
    received_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    src_crs: str = "CGCS2000"
    cause: str = ""
    trend: str = ""
    measures: str = ""
    told: str = ""
    seconds: int | None = None
    counts: Counts = field(default_factory=Counts)
    level: Level | None = None
    level_basis: str = ""
    origin: str = "desk"
    backfill_reason: str = ""


def check_intake(intake: Intake, received: datetime) -> None:
    """
    Raises:
        Refused: nothing says what happened, an impossible time, place, count or sub-type.
    """
    if not (intake.title.strip() or intake.address.strip() or intake.summary.strip()):
        raise Refused("Say what happened or where: a title, a place or a few words.",
                      field="title")
    if intake.occurred_at and intake.occurred_at > received:
        raise Refused("It cannot have happened ({time}) after it was reported ({received}).",
                      field="occurred_at", time=moment_text(intake.occurred_at, year=True),
                      received=moment_text(received, year=True))
    check_subtype(intake.class_, intake.subtype)
    check_point(intake.lon, intake.lat)
    intake.counts.check()


def check_subtype(class_: EventClass, subtype: str) -> None:
    """
    Raises:
        Refused: the sub-type is unknown or of another class.
    """
    if subtype and subtype not in SUBTYPES_OF[class_]:
        raise Refused("{subtype} is not a sub-type of this class. Choose one from the list.",
                      field="subtype", subtype=subtype)


def made_title(intake: Intake) -> str:
    """A title from place and sub-type, or the first words of what was said."""
    name = t(SUBTYPE_NAMES[Subtype(intake.subtype)]) if intake.subtype else ""
    place = f"{intake.town}{intake.address}".strip()
    return " ".join(p for p in (place, name) if p) or intake.summary.strip()[:40]


def facts_row(intake: Intake) -> dict[str, object]:
    """The columns of an event that the form gives."""
    same = ("subtype", "town", "address", "lon", "lat", "src_crs", "reporter", "reporter_unit",
            "reporter_phone", "summary", "cause", "trend", "measures")
    return {"class": intake.class_, **{n: getattr(intake, n) for n in same},
            "occurred_at": to_text(intake.occurred_at) if intake.occurred_at else None}
