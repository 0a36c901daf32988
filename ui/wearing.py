"""Wearing 换装: shows the program in a look, its language and its colours."""

from __future__ import annotations

from datetime import datetime

from db.words import catalogue
from ui.look import Look
from ui.palette import DARK, LIGHT, Palette
from ui.places import words_folder, words_kept
from ui.theme import Theme


def palette_of(look: Look, now: datetime) -> Palette:
    """The colours at `now` (aware)."""
    return DARK if look.dark(now) else LIGHT


def wear(look: Look, theme: Theme, now: datetime) -> None:
    """Show the program in this look from now on, every page in view included."""
    if catalogue.language != look.language:
        catalogue.load(look.language, words_folder(), words_kept())
    theme.switch(palette=palette_of(look, now), scale=look.scale)
