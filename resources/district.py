"""District 辖区: the least that a new store needs before anybody can sign on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from db.errors import Refused
from db.store import Store, Transaction
from resources.people import SYSTEM
from resources.terms import CAPABILITIES

SeedRules = Callable[[Transaction], None]
"""Writes the rule rows; the duty room's `seed_rules` stands above this room and is passed in."""

DEFAULTS = {"time_zone": "Asia/Shanghai", "sample": "0", "verify_days": "180",
            "expiring_days": "60", "inspect_days": "7"}
"""Settings every district begins with; the days are for `upkeep`."""

CHECK_ITEMS = (
    ("值班电话", "phone"), ("备用电话", "phone"), ("传真机", "device"), ("应急指挥平台", "device"),
    ("视频会议系统", "device"), ("800M 电台", "radio"), ("卫星电话", "radio"), ("值班电脑",
        "device"),
    ("打印机", "device"), ("备用电源", "device"), ("库房钥匙", "key"), ("应急车辆钥匙", "key"),
    ("密码本", "paper"), ("值班日志与登记簿", "paper"), ("应急预案汇编", "paper"))
"""What is looked at in each handover 交接检查项: name and kind."""


def empty_district(store: Store, name: str, *, seed_rules: SeedRules) -> None:
    """Prepare a new store for a district that brings its own records.

    Raises:
        Refused: the name is empty, or the store already holds a district.
    """
    if not name.strip():
        raise Refused("A district needs a name.", field="name")
    refuse_second(store)
    with store.change("district.begin", SYSTEM) as tx:
        begin(tx, name.strip(), seed_rules=seed_rules)


def refuse_second(store: Store) -> None:
    """A store holds one district.

    Raises:
        Refused: it holds one already.
    """
    found = store.value("select value from setting where name = 'district_name'")
    if found:
        raise Refused("This store already holds {name}. Choose another folder.", name=found)


def begin(tx: Transaction, name: str, *, seed_rules: SeedRules,
          settings: Mapping[str, str] | None = None) -> None:
    """Settings, rules, vocabulary and check items, inside a change that is open."""
    for key, value in {**DEFAULTS, "district_name": name, **(settings or {})}.items():
        tx.insert("setting", {"name": key, "value": value})
    seed_rules(tx)
    for capability in CAPABILITIES:
        tx.insert("capability", {"name": capability})
    for place, (item, kind) in enumerate(CHECK_ITEMS, 1):
        tx.insert("check_item", {"name": item, "place": place, "kind": kind})
