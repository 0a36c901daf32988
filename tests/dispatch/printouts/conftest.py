"""Fixtures of the papers: a language for each test, and the text of a PDF's pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db.words import catalogue
from tests.dispatch.printouts.samples import WORDS


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    catalogue.load("zh_CN", WORDS)
    yield
    catalogue.load("en", WORDS)


@pytest.fixture
def english(chinese: None) -> None:
    catalogue.load("en", WORDS)
