"""A dressed program, a theme and rows for the tests of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.words import catalogue
from ui.theme import Theme

NOW = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def ahead(**span: float) -> datetime:
    return NOW + timedelta(**span)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme()
    theme.dress(qapp)
    yield theme
    theme.deleteLater()


@pytest.fixture
def chinese() -> Iterator[None]:
    catalogue.load("zh_CN", Path("ui/assets/words"))
    yield
    catalogue.load("en", Path("ui/assets/words"))
