"""The map on paper 地图专题图: a picture with title, scale, time and legend on A4 or A3."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from db.words import t
from dispatch.printouts.phrases import full_time
from dispatch.printouts.sheet import BEIJING, Margins, Picture, Prose, Section, Sheet

MARGINS = Margins(left=14, right=14, top=10, bottom=14)
MM_POINTS = 72 / 25.4
SIZES = {False: (297.0, 210.0), True: (420.0, 297.0)}
"""Width and height of the sheet in millimetres, lying on its side; True is A3."""
HEAD_MM, FOOT_MM = 18.0, 17.0


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What stands on the sheet; the picture has legend, scale bar and north in it."""

    title: str
    org: str
    picture: bytes = field(repr=False)
    share: float
    ratio: str
    shown_at: datetime
    made_at: datetime
    notes: tuple[str, ...] = ()
    large: bool = False
    drill: bool = False
    zone: tzinfo = BEIJING


def picture_mm(*, large: bool) -> tuple[float, float]:
    """Millimetres that the picture has on its sheet."""
    wide, high = SIZES[large]
    return (wide - MARGINS.left - MARGINS.right,
            high - MARGINS.top - MARGINS.bottom - HEAD_MM - FOOT_MM)


def map_sheet(facts: MapFacts) -> Sheet:
    """Title, the picture, its scale and time, and what must be said of it."""
    said = t("paper|Scale {ratio} on {paper} · as of {time}", ratio=facts.ratio,
             paper="A3" if facts.large else "A4", time=full_time(facts.shown_at, facts.zone))
    notes = (*facts.notes, t("paper|For internal use; a public print needs a map approval number."))
    return Sheet(
        title=facts.title, org=facts.org, number="", made_at=facts.made_at, margins=MARGINS,
        sections=(Section("", (
            Picture(facts.picture, facts.share, said,
                    picture_mm(large=facts.large)[1] * MM_POINTS),
            Prose(" · ".join(notes), size=8, leading=11))),),
        watermark=t("paper|DRILL") if facts.drill else "", landscape=True, large=facts.large)
