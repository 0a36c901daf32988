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
from db.words import LANGUAGES, catalogue
from resources import localtime
from ui.palette import DARK, LIGHT, Palette
from ui.theme import Theme

WORDS = Path(__file__).parent / "assets" / "words"
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

    def palette(self, now: datetime) -> Palette:
        """The colours at `now` (aware)."""
        if self.colors is not Colors.AUTO:
            return DARK if self.colors is Colors.DARK else LIGHT
        return LIGHT if DAY_BEGINS <= localtime.local(now).hour < NIGHT_BEGINS else DARK


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
                         " the program ends.", why=error) from error


def wear(look: Look, theme: Theme, now: datetime) -> None:
    """Show the program in this look from now on, every page in view included."""
    if catalogue.language != look.language:
        catalogue.load(look.language, WORDS)
    theme.switch(palette=look.palette(now), scale=look.scale)
