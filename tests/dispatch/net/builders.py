"""Builders of the net's tests: units, channels, call-outs, and a courier run to its end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

from db.change import RowId
from db.store import Store
from dispatch.net.callouts import Callout, Draft, start_callout
from dispatch.net.channels import Channel, ChannelFacts, put_channel
from dispatch.net.choosing import Choice
from dispatch.net.courier import Courier
from dispatch.net.terms import ChannelKind
from resources.net import Branch, Contact
from resources.net_keeping import set_contacts
from resources.people import SYSTEM, Role
from tests.builders import an_officer, clock_of

ADMIN = an_officer("许卫东", Role.ADMIN, Role.DUTY, Role.KEEPER)


def units(store: Store, many: int, **columns: object) -> list[RowId]:
    """Town units 000-6001 … with a phone each."""
    with store.change("test.units", SYSTEM) as tx:
        return [tx.insert("unit", {
            "name": f"单位{n:03}", "tier": "town", "kind": "town",
            "duty_phone": f"000-{6000 + n}", "on_net": 1, **columns}) for n in range(1, many + 1)]


def a_unit(store: Store, name: str = "石渠镇值班室", *contacts: Contact,
           **columns: object) -> RowId:
    with store.change("test.unit", SYSTEM) as tx:
        new = tx.insert("unit", {"name": name, "tier": "town", "kind": "town",
                                 "duty_phone": "000-6200", "on_net": 1, **columns})
    if contacts:
        set_contacts(store, ("unit", new), contacts, by=ADMIN)
    return new


def a_channel(store: Store, address: str = "", kind: ChannelKind = ChannelKind.HOOK,
              **facts: object) -> Channel:
    rows: dict[str, object] = {"name": f"通道 {kind}", "kind": kind, "address": address,
                               "sender": "duty@example.cn"}
    return put_channel(store, ChannelFacts(**{**rows, **facts}), by=ADMIN)  # type: ignore[arg-type]


def fast(store: Store, **rules: object) -> None:
    """Rules of this test: limits out of the way, short waits."""
    import json

    values = {"channel.per_minute": dict.fromkeys(ChannelKind, 100_000),
              "channel.retry": [5, 5], "channel.timeout": 30,
              **{k.replace("__", "."): v for k, v in rules.items()}}
    with store.change("test.rules", SYSTEM) as tx:
        for code, value in values.items():
            tx.run("update rule set value = :value where code = :code", code=code,
                   value=json.dumps(value))


def a_callout(store: Store, *channels: Channel, template: str = "{单位}请立即集结，收到请回复",
              choice: Choice | None = None, event: RowId | None = None,
              minutes: int | None = None, orders: bool = True) -> Callout:
    return start_callout(store, Draft(
        title="防汛集结", template=template, choice=choice or Choice(branches=(Branch.TOWN,)),
        channels=tuple(c.id for c in channels), event=event, minutes=minutes, orders=orders),
        by=ADMIN)


def run(courier: Courier, *, seconds: float = 240, step: float = 1) -> None:
    """Pump until nothing is left, the still clock moving on so that waits go by."""
    end = time.monotonic() + seconds
    while courier.pump():
        assert time.monotonic() < end, "the courier does not come to its end"
        if not any(f.running() for f in courier.flying):
            clock_of(courier.store).move(timedelta(seconds=step))
        time.sleep(0.002)


def names(rows: Sequence[object]) -> list[str]:
    return [str(getattr(r, "name", "")) for r in rows]
