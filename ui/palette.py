"""The colours of the screen by day and by night: one frozen table each, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtGui import QColor


class Pair(NamedTuple):
    """A fill and the text that stays readable on it (4.5:1 or better)."""

    fill: QColor
    on: QColor


class StageTone(StrEnum):
    """The six steps of the stage ramp 阶段色, light to dark as a force draws nearer."""

    PENDING = "pending"  # 待确认
    MUSTER = "muster"  # 集结
    ENROUTE = "enroute"  # 途中
    SCENE = "scene"  # 现场
    CONTROL = "control"  # 控制
    RETURN = "return"  # 返程


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour the program may use. `levels[0]` is level Ⅰ 特别重大, `levels[3]` Ⅳ 一般.

    Red, orange, yellow and blue mean a level, a warning or overdue and nothing else.
    """

    dark: bool
    ground: QColor
    surface: QColor
    raised: QColor
    line: QColor
    control_line: QColor
    text: QColor
    muted: QColor
    accent: Pair
    tint: QColor
    ink: Pair
    levels: tuple[Pair, Pair, Pair, Pair]
    overdue: Pair
    overdue_row: QColor
    stages: dict[StageTone, Pair]
    drill: Pair
    drill_tint: QColor

    def level(self, number: int) -> Pair:
        """The pair of level 1 to 4; a level not set yet (0) is plain surface."""
        return self.levels[number - 1] if number in range(1, 5) else Pair(self.surface, self.muted)


def _c(code: str) -> QColor:
    return QColor(f"#{code}")


def _pair(fill: str, on: str) -> Pair:
    return Pair(_c(fill), _c(on))


def _stages(fills: str, ons: str) -> dict[StageTone, Pair]:
    pairs = map(_pair, fills.split(), ons.split())
    return dict(zip(StageTone, pairs, strict=True))


LIGHT = Palette(
    dark=False,
    ground=_c("F1F4F6"),
    surface=_c("FFFFFF"),
    raised=_c("F7F9FA"),
    line=_c("DDE3E9"),
    control_line=_c("B9C3CE"),
    text=_c("17202B"),
    muted=_c("556272"),
    accent=_pair("0B6E6A", "FFFFFF"),
    tint=_c("E3F0EF"),
    ink=_pair("24303D", "FFFFFF"),
    levels=(
        _pair("C3272B", "FFFFFF"),
        _pair("F28C1E", "211300"),
        _pair("F2C200", "211A00"),
        _pair("1F63C6", "FFFFFF"),
    ),
    overdue=_pair("B91F24", "FFFFFF"),
    overdue_row=_c("FDEEEE"),
    stages=_stages(
        "D3DBE2 B5D9D5 5FAEA8 0B6E6A 0A4744 E6EBEF", "17202B 0A3432 06211F FFFFFF FFFFFF 556272"
    ),
    drill=_pair("6F3B9B", "FFFFFF"),
    drill_tint=_c("EFE7F5"),
)

DARK = Palette(
    dark=True,
    ground=_c("0E1318"),
    surface=_c("161D25"),
    raised=_c("1C2530"),
    line=_c("293440"),
    control_line=_c("455463"),
    text=_c("E6EBF0"),
    muted=_c("9BA8B5"),
    accent=_pair("45BDB3", "04201E"),
    tint=_c("17302F"),
    ink=_pair("D5DDE5", "12181F"),
    levels=(
        _pair("FF6B6B", "2B0505"),
        _pair("FFA24D", "241400"),
        _pair("FFD84D", "241D00"),
        _pair("6DA9FF", "06172E"),
    ),
    overdue=_pair("FF7A7A", "2B0505"),
    overdue_row=_c("33191D"),
    stages=_stages(
        "3A4754 1F4A48 2F807A 45BDB3 A5E6DF 232E39", "E6EBF0 CFF0ED FFFFFF 04201E 04201E 9BA8B5"
    ),
    drill=_pair("C49AEB", "1E0B30"),
    drill_tint=_c("2D2438"),
)
