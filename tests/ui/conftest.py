"""A dressed program, a theme and rows for the tests of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.clock import StillClock
from db.words import catalogue
from dispatch.begin import begin_sample
from tests.ui.live_room import LiveRoom, a_district
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


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample district; copy it before writing."""
    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, StillClock(NOW), lambda _part: None)
    return folder


@pytest.fixture
def live(theme: Theme, sample: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[LiveRoom]:
    """The whole window at night in English, an officer with every role at the desk."""
    QApplication.setCursorFlashTime(0)
    room = LiveRoom(theme, a_district(sample, tmp_path / "district"))
    room.take_in_an_event()
    yield room
    room.close()
    catalogue.load("en", Path("ui/assets/words"))
