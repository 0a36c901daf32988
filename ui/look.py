"""The look 外观 of this machine's screen: language, colours, size; kept beside the record."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from db.errors import StoreError
from db.files import write_whole
from db.words import LANGUAGES
from resources import localtime

FILE_NAME = "look.json"
DAY_BEGINS, NIGHT_BEGINS = 7, 19
"""Hours of local time at which the automatic colours change."""

SCALES = (0.9, 1.0, 1.15, 1.3, 1.5)


class Colors(StrEnum):
    """Which palette: by day, by night, or as the hour wants it."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Look:
    """No part of the record: a wall screen and a desk of one district may differ."""

    language: str = "zh_CN"
    colors: Colors = Colors.LIGHT
    scale: float = 1.0
    sound: bool = True
    tray: bool = True

    def dark(self, now: datetime) -> bool:
        """Whether the colours at `now` (aware) are those of the night."""
        if self.colors is not Colors.AUTO:
            return self.colors is Colors.DARK
        return not DAY_BEGINS <= localtime.local(now).hour < NIGHT_BEGINS


def read_look(folder: Path) -> Look:
    """The look kept in the district's folder; the usual one when there is none to read."""
    try:
        kept = json.loads((folder / FILE_NAME).read_text("utf-8"))
        look = Look(str(kept["language"]), Colors(kept["colors"]), float(kept["scale"]),
                    bool(kept.get("sound", True)), bool(kept.get("tray", True)))
    except (OSError, ValueError, KeyError, TypeError):
        return Look()
    return look if look.language in LANGUAGES and look.scale in SCALES else Look()


def keep_look(folder: Path, look: Look) -> None:
    """Keep it for the next start.

    Raises:
        StoreError: the folder cannot be written.
    """
    try:
        write_whole(folder / FILE_NAME, json.dumps(dataclasses.asdict(look)).encode())
    except OSError as error:
        raise StoreError("The choice could not be kept for the next start: {why}. It holds until"
                         " the program ends.", why=error.strerror or error) from error

