"""The colours of the ground 底图配色 by day and by night: grey, so that only events have colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from ui.palette import Palette


@dataclass(frozen=True, slots=True)
class MapColors:
    """Water is never blue: blue is a level."""

    outside: QColor
    land: QColor
    water: QColor
    wood: QColor
    road: QColor
    casing: QColor
    border: QColor
    town: QColor
    label: QColor
    area: QColor


def _colors(*codes: str) -> MapColors:
    return MapColors(*(QColor(f"#{code}") for code in codes))


LIGHT_MAP = _colors("E4E8EC", "FAFBFB", "C3D4D6", "E3EBE4", "FFFFFF", "C4CDD6", "7C8896", "B4BDC7",
                    "5A6675", "F4F6F7")
DARK_MAP = _colors("0B0F13", "161D25", "23383B", "1A2722", "2A3541", "3A4754", "76828E", "3B4855",
                   "A3AFBA", "1B232C")
PAPER_MAP = _colors("FFFFFF", "FFFFFF", "D5DADB", "EDEFED", "FFFFFF", "9AA2AA", "333B44", "8B939B",
                    "2A323B", "FAFAFA")
"""For a mono laser printer: white land, lines in grey."""


def map_colors(palette: Palette) -> MapColors:
    return DARK_MAP if palette.dark else LIGHT_MAP
