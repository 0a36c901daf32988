"""Places 位置: the folders of the program and of a district's record, also when frozen."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs


def program_folder() -> Path:
    """Where `ui/assets` and `resources/sample` lie: the frozen program's or the source's."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def assets_folder() -> Path:
    return program_folder() / "ui" / "assets"


def words_folder() -> Path:
    return assets_folder() / "words"


def words_kept() -> Path:
    """Where the words that were read stay for the next start."""
    return platformdirs.user_cache_path("watchdesk", appauthor=False)


def fonts_folder() -> Path:
    return assets_folder() / "fonts"


def data_folder(chosen: Path | None = None) -> Path:
    """The district's folder: the one named, or the user's own data folder."""
    if chosen is not None:
        return chosen.expanduser().absolute()
    return platformdirs.user_data_path("watchdesk", appauthor=False)
