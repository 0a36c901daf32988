"""Shared fixtures: a real store on a still clock, and one with the sample district."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from dispatch.sample.build import fill_sample
from resources.people import SYSTEM
from tests.builders import a_clock, a_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = a_store(tmp_path)
    with made.change("test.words", SYSTEM) as tx:
        for word in ("灭火", "堵漏", "破拆"):
            tx.insert("capability", {"name": word})
    yield made
    made.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample district; for reading only."""
    made = Store.open(tmp_path_factory.mktemp("libraries") / "watchdesk.db", a_clock())
    fill_sample(made)
    yield made
    made.close()
