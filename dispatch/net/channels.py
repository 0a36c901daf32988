"""Channels 通道: by which services messages go out, each with its limits and a test."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.net.rules import LIMITS
from dispatch.net.secrets import put_secret
from dispatch.net.terms import CHANNEL_NAMES, ROBOTS, ChannelKind
from resources.people import DESK, Officer, Role, allowed
from resources.rules import rule_or

ChannelId = NewType("ChannelId", RowId)
HTTP = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
HOST = re.compile(r"(smtps?://)?[\w.\-]+(:\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """What a person fills in. `address` is host:port of a mail server or the URL of a gateway;
    robots and other services have only their secret. `options` name a gateway's fields:
    `phone`, `text` and any constants."""

    name: str
    kind: ChannelKind
    address: str = ""
    user: str = ""
    sender: str = ""
    per_minute: int | None = None
    options: dict[str, str] | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(ChannelFacts):
    """One channel; `limit` are the messages a minute that it may send."""

    id: ChannelId
    limit: int
    tested_at: datetime | None = None
    tested: str = ""

    @property
    def robot(self) -> bool:
        return self.kind in ROBOTS


@allowed(Role.ADMIN)
def put_channel(store: Store, facts: ChannelFacts, *, channel: ChannelId | None = None,
                secret: str | None = None, by: Officer) -> Channel:
    """Add or change a channel; `secret` goes into the keyring first, None leaves it.

    Raises:
        Refused: no name, one twice, no address where one is needed, more a minute than the
            service allows, or another than the local test channel in a drill.
        StoreError: there is no keyring for the secret; then nothing is written.
    """
    _check(store, facts, channel)
    row = {"name": facts.name.strip(), "kind": facts.kind, "address": facts.address.strip(),
           "user": facts.user.strip(), "sender": facts.sender.strip(),
           "per_minute": facts.per_minute, "active": int(facts.active),
           "options": json.dumps(facts.options or {}, ensure_ascii=False)}
    new = channel if channel is not None else ChannelId(store.new_id())
    if secret is not None:
        put_secret(store, new, secret)
    with store.change("channel.put", by) as tx:
        if channel is None:
            tx.insert("net_channel", {"id": new, **row})
        else:
            tx.update("net_channel", channel, **row)
    return channel_of(store, new)


def _check(store: Store, facts: ChannelFacts, own: ChannelId | None) -> None:
    if not facts.name.strip():
        raise Refused("A channel needs a name.", field="name")
    if store.value("select 1 from net_channel where name = :name and id is not :own",
                   name=facts.name.strip(), own=own):
        raise Refused("There is a channel named {name} already.", field="name", name=facts.name)
    refuse_in_drill(store, facts.kind)
    shape = {ChannelKind.MAIL: HOST, ChannelKind.SMS: HTTP, ChannelKind.HOOK: HTTP}.get(facts.kind)
    if shape is not None and not shape.fullmatch(facts.address.strip()):
        raise Refused("{address} is no address of a server. Write it as mail.example.cn:25 or"
                      " https://gateway.example.cn/send.", field="address",
                      address=facts.address or "—")
    if facts.kind is ChannelKind.MAIL and "@" not in facts.sender:
        raise Refused("Mail needs the address of its sender.", field="sender")
    most = service_limit(store, facts.kind)
    if facts.per_minute is not None and not 1 <= facts.per_minute <= most:
        raise Refused("{kind} takes 1 to {most} messages a minute.", field="per_minute",
                      kind=t(CHANNEL_NAMES[facts.kind]), most=most)


def refuse_in_drill(store: Store, kind: ChannelKind) -> None:
    """
    Raises:
        Refused: this is a drill's store and the channel would leave the machine.
    """
    if kind is not ChannelKind.TEST and district(store).drill:
        raise Refused("In a drill nothing leaves this machine: use the call sheet or the local"
                      " test channel.", field="channels")


def service_limit(store: Store, kind: ChannelKind) -> int:
    """Messages a minute that a kind of service takes."""
    return int(rule_or(store, LIMITS).value.get(kind, 60))


def channels(store: Store, *, active: bool = False) -> list[Channel]:
    """The channels by name; only those in use on demand."""
    rows = store.read("select * from net_channel where active >= :least order by name",
                      least=int(active))
    return [_channel(store, r) for r in rows]


def usable_channels(store: Store) -> list[Channel]:
    """Those that a call-out may take now: in a drill only the local test channel."""
    drill = district(store).drill
    return [c for c in channels(store, active=True) if not drill or c.kind is ChannelKind.TEST]


def channel_of(store: Store, id: RowId) -> Channel:  # noqa: A002 - the reader's own word
    """
    Raises:
        Refused: there is none.
    """
    row = store.one("select * from net_channel where id = :id", id=id)
    if row is None:
        raise Refused("There is no such channel.", field="channels")
    return _channel(store, row)


def _channel(store: Store, r: Any) -> Channel:
    kind = ChannelKind(r["kind"])
    return Channel(
        id=ChannelId(RowId(r["id"])), name=r["name"], kind=kind, address=r["address"],
        user=r["user"], sender=r["sender"], per_minute=r["per_minute"],
        options=json.loads(r["options"]), active=bool(r["active"]),
        limit=min(r["per_minute"] or 10**9, service_limit(store, kind)),
        tested_at=from_text(r["tested_at"]) if r["tested_at"] else None, tested=r["tested"])


@allowed(*DESK)
def note_test(store: Store, channel: ChannelId, says: str, *, by: Officer) -> Channel:
    """Keep what the test of a channel found."""
    with store.change("channel.test", by) as tx:
        tx.update("net_channel", channel, tested_at=to_text(store.clock.now()), tested=says[:300])
    return channel_of(store, channel)
