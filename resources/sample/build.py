"""Build 样例生成: fills a store's libraries and net with the sample district, from one seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from db.change import RowId
from db.clock import to_text
from db.store import Transaction
from resources.localtime import local_day
from resources.sample import shapes
from resources.sample.vocabulary import GIVEN, SURNAMES

Progress = Callable[[str, float], None]
"""Told what is being made (a Chinese name of data) and how far it is, 0 to 1."""


@dataclass(slots=True)
class Sample:
    """What the parts of the generator share: dice, time, towns, and the rows made so far."""

    tx: Transaction
    now: datetime
    dice: random.Random
    towns: dict[str, shapes.Ring]
    people: list[tuple[RowId, str, tuple[str, ...]]] = field(default_factory=list)
    forces: list[dict[str, object]] = field(default_factory=list)
    phones: int = 6000

    @property
    def today(self) -> date:
        return local_day(self.now)

    def phone(self) -> str:
        """A phone of the unreal range 000-6000 to 000-8999, each given once."""
        self.phones += self.dice.randint(1, 3)
        return f"000-{self.phones:04d}"

    def name(self) -> str:
        return self.dice.choice(SURNAMES) + self.dice.choice(GIVEN)

    def day(self, low: int, high: int) -> str:
        """A local day between `low` and `high` days from today."""
        return (self.today + timedelta(days=self.dice.randint(low, high))).isoformat()

    def ago(self, low: int, high: int) -> str:
        """An instant of so many days ago, in office hours."""
        at = self.now - timedelta(days=self.dice.randint(low, high),
                                  minutes=self.dice.randint(0, 400))
        return to_text(at)

    def placed(self, town: str) -> dict[str, object]:
        """Town, address and a point in it."""
        lon, lat = shapes.somewhere(self.dice, self.towns[town])
        road = self.dice.choice([*shapes.ROADS][1:])
        return {"town": town, "address": f"{town}{road} {self.dice.randint(1, 199)} 号",
                "lon": lon, "lat": lat, "src_lon": lon, "src_lat": lat}

    def kept(self, owner: str) -> dict[str, object]:
        """Owner and verification; about one record in eight is stale."""
        stale = self.dice.random() < 0.12
        days = self.dice.randint(190, 260) if stale else self.dice.randint(3, 150)
        return {"owner": owner, "verified_at": self.ago(days, days),
                "verified_by": self.dice.choice(self.people)[1],
                "next_verify_due": (self.today + timedelta(days=180 - days)).isoformat()}

    def town(self) -> str:
        return self.dice.choice([*self.towns])


def start(tx: Transaction, now: datetime, seed: int) -> Sample:
    return Sample(tx, now, random.Random(seed), shapes.towns())


def fill(sample: Sample, progress: Progress) -> None:
    """People, net, gazetteer and libraries, inside the change of `sample.tx`."""
    from resources.sample import base_map, goods, net, records

    parts = (("人员", net.people), ("调度网", net.units), ("地名", net.places),
             ("队伍", records.forces), ("装备", records.equipment), ("物资", goods.supplies),
             ("专家", records.experts), ("预案", records.plans), ("危险源", records.hazards),
             ("避难场所", records.shelters), ("底图", base_map.layers),
             ("人口", base_map.residents))
    for at, (name, make) in enumerate(parts):
        progress(name, at / len(parts))
        make(sample)


def as_list(words: str) -> str:
    """Words parted by spaces as the JSON list that a list column keeps."""
    return json.dumps(words.split(), ensure_ascii=False)
