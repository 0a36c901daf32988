"""What every test stands on: no screen is needed, and no warning goes unseen."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest

from db.words import SOURCE_LANGUAGE, catalogue


@pytest.fixture(autouse=True)
def no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged warning fails the test; one that is expected is looked at and `caplog.clear()`ed."""
    yield
    strays = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    if strays:
        pytest.fail("logged: " + "; ".join(r.getMessage() for r in strays))


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says this of every top-level window; it is not about our code."""
    config.addinivalue_line("qt_log_ignore", r"This plugin does not support propagateSizeHints\(\)")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """A test that speaks another language leaves none of it to the next."""
    yield
    if catalogue.language != SOURCE_LANGUAGE:
        catalogue.load(SOURCE_LANGUAGE, Path())
