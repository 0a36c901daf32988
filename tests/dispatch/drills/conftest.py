"""A sample district, its drill director, and a drill of a scenario on a still machine clock."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.clock import DrillClock, StillClock
from db.store import FILE_NAME, Store
from dispatch.begin import begin_sample
from dispatch.drills.acting import clock_of
from dispatch.drills.keeping import Drill, prepare_drill, scenario_named
from dispatch.drills.making import make_store
from dispatch.drills.opening import open_drill
from dispatch.duty.officers import officers
from resources.people import Officer
from tests.builders import NIGHT


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample district; copy it before writing."""
    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, StillClock(NIGHT), lambda _part: None)
    return folder


@pytest.fixture
def district(sample: Path, tmp_path: Path) -> Iterator[Store]:
    """The real store of a district."""
    shutil.copytree(sample, tmp_path / "district")
    store = Store.open(tmp_path / "district" / FILE_NAME, StillClock(NIGHT))
    yield store
    store.close()


@pytest.fixture
def director(district: Store) -> Officer:
    return next(o for o in officers(district) if o.name == "梁振宇")


@dataclass
class Running:
    """A drill that is open: its own store and the machine's clock below it."""

    real: Store
    drill: Drill
    own: Store
    machine: StillClock

    @property
    def clock(self) -> DrillClock:
        return clock_of(self.own)


@pytest.fixture
def running(district: Store, director: Officer) -> Iterator[Running]:
    """A drill of the chemical leak, prepared and open, not started."""
    made = a_drill(district, director)
    yield made
    made.own.close()


def a_drill(real: Store, by: Officer, code: str = "hazmat-leak", lang: str = "zh_CN") -> Running:
    drill = prepare_drill(real, scenario_named(real, code, lang).id, by=by)
    machine = StillClock(real.clock.now())
    make_store(real.path, drill, machine, lambda _part: None)
    return Running(real, drill, open_drill(drill, machine), machine)
