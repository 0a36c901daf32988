"""Grows a store to any size, the same for the same seed: `python -m bench.grow FILE N`."""

from __future__ import annotations

import argparse
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.clock import StillClock, to_text
from db.store import Store, Transaction
from dispatch.sample.build import fill_sample
from resources.people import SYSTEM

NOW = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)
EVERY = timedelta(minutes=3)
TOWNS = ("石渠", "底张", "北塬", "青岗", "云川", "柳湾", "沙河")
ACTS = ("到达现场", "报告已疏散", "请求增援", "道路恢复通行", "开始点名", "送达文件", "发现积水",
        "排除险情", "接到来电", "转报区领导")
TEAMS = ("消防中队", "应急分队", "医疗救护队", "民兵排", "蓝天救援队", "电力抢修队", "供水抢修班")
GOODS = ("帐篷", "棉被", "编织袋", "发电机", "抽水泵", "救生衣", "应急灯", "对讲机")
BATCH = 1000


def grow(path: Path, entries: int, *, seed: int = 7) -> Store:
    """The sample district at `NOW` with a past: `entries` log lines, a twentieth as many events,
    a tenth resources."""
    dice = random.Random(seed)
    clock = StillClock(NOW - EVERY * entries)
    store = Store.open(path, clock)
    store.db.execute("pragma synchronous = off")
    with store.change("grow.events", SYSTEM) as tx:
        events = [_event(tx, dice, n, clock) for n in range(max(entries // 20, 1))]
    with store.change("grow.resources", SYSTEM) as tx:
        for number in range(max(entries // 10, 1)):
            _resource(tx, dice, number)
    for first in range(0, entries, BATCH):
        with store.change("log.append", SYSTEM) as tx:
            for number in range(first, min(first + BATCH, entries)):
                clock.move(EVERY)
                put_entry(tx, number + 1, _words(dice), dice.choice(events))
    clock.set(NOW)
    fill_sample(store)
    store.db.execute("pragma synchronous = full")
    store.db.execute("pragma wal_checkpoint(truncate)")
    return store


def put_entry(tx: Transaction, number: int, text: str, event: int | None = None) -> None:
    """One log line as the desk writes it."""
    at = to_text(tx.store.clock.now())
    tx.insert("log", {"no": number, "at": at, "entered_at": at, "kind": "note", "text": text,
                      "event_id": event, "officer_id": 7, "officer": "王敏"})


def _words(dice: random.Random) -> str:
    return (f"{dice.choice(TOWNS)}镇{dice.choice(TEAMS)}{dice.choice(ACTS)}"
            f"{dice.randrange(500)}人，电话000-{dice.randrange(10000):04}")


def _event(tx: Transaction, dice: random.Random, number: int, clock: StillClock) -> int:
    town, at = dice.choice(TOWNS), clock.now() + timedelta(minutes=number)
    return tx.insert("event", {
        "number": f"{2000 + number // 9999}-{number % 9999 + 1:04}", "class": "accident",
        "title": f"{town}{dice.choice(GOODS)}仓库起火", "town": town, "state": "closed",
        "received_at": to_text(at), "closed_at": to_text(at + timedelta(hours=2))})


def _resource(tx: Transaction, dice: random.Random, number: int) -> None:
    town, phone = dice.choice(TOWNS), f"000-{dice.randrange(10000):04}"
    place = {"lon": 108.7 + dice.random(), "lat": 34.3 + dice.random()}
    if number % 2:
        tx.insert("force", {"name": f"{town}{dice.choice(TEAMS)}{number}", "tier": "town",
                            "kind": "fire", "code": f"XF-{number}", "duty_phone": phone, **place})
    else:
        tx.insert("equipment", {"name": f"{town}{dice.choice(GOODS)}{number}",
                                "code": f"ZB-{number}", **place})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("entries", type=int, nargs="?", default=1_000_000)
    args = parser.parse_args()
    grow(args.file, args.entries).close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
