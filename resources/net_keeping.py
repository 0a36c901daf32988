"""Keeping the net 调度网维护: persons and numbers in order, groups, what stands in the way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import mark
from resources.net import Contact, Key, Member
from resources.people import STOCK, Officer, allowed

MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+|[^@\s,;]+@localhost")
DIGITS = re.compile(r"\d")
MOST = 20
"""Persons of one unit."""


@dataclass(frozen=True, slots=True)
class Group:
    """A named group of members 分组."""

    id: RowId
    name: str
    keys: tuple[Key, ...]
    note: str


class Flaw(StrEnum):
    """What keeps a member from being reached."""

    NO_NUMBER = "no_number"
    SAME_SIGN = "same_sign"
    OFF_NET = "off_net"


FLAW_NAMES = {Flaw.NO_NUMBER: mark("net|No number"),
              Flaw.SAME_SIGN: mark("net|Call sign used twice"),
              Flaw.OFF_NET: mark("net|Not on the net")}


@allowed(*STOCK)
def set_contacts(store: Store, key: Key, contacts: Sequence[Contact], *, by: Officer) -> None:
    """Write the persons of a unit or force in their order, in place of those before.

    Raises:
        Refused: no such member, a line without number or address, a mail address or phone
            that cannot be one, a number twice, too many.
    """
    kind, row_id = key
    if kind not in ("unit", "force") or not store.value(
            f"select 1 from [{kind}] where id = :id", id=row_id):
        raise Refused("This unit is not on the net any more.")
    rows = [c for c in contacts if any((c.name, c.post, c.phone, c.mail))]
    if len(rows) > MOST:
        raise Refused("A unit holds up to {most} persons.", field="contacts", most=MOST)
    seen: set[str] = set()
    for row in rows:
        _check(row, seen)
    with store.change("net.contacts", by) as tx:
        tx.run("delete from net_contact where kind = :kind and row_id = :row", kind=kind,
               row=row_id)
        for place, c in enumerate(rows, 1):
            tx.insert("net_contact", {"kind": kind, "row_id": row_id, "place": place,
                                      "name": c.name.strip(), "post": c.post.strip(),
                                      "phone": c.phone.strip(), "mail": c.mail.strip()})


def _check(row: Contact, seen: set[str]) -> None:
    who = row.who or row.phone or row.mail
    if not row.phone.strip() and not row.mail.strip():
        raise Refused("{who} has neither a number nor an address.", field="contacts", who=who)
    if row.phone.strip() and not DIGITS.search(row.phone):
        raise Refused("{number} of {who} is no phone number.", field="contacts", who=who,
                      number=row.phone)
    if row.mail.strip() and not MAIL.fullmatch(row.mail.strip()):
        raise Refused("{mail} of {who} is no mail address.", field="contacts", who=who,
                      mail=row.mail)
    for one in filter(None, (row.phone.strip(), row.mail.strip())):
        if one in seen:
            raise Refused("{number} is written twice.", field="contacts", number=one)
        seen.add(one)


def contacts_of(store: Store, key: Key) -> list[Contact]:
    """The persons that were written for a member, in their order."""
    return [Contact(r["name"], r["post"], r["phone"], r["mail"]) for r in store.read(
        "select * from net_contact where kind = :kind and row_id = :row order by place",
        kind=key[0], row=key[1])]


@allowed(*STOCK)
def put_group(store: Store, name: str, keys: Iterable[Key], *, note: str = "",
              group: RowId | None = None, by: Officer) -> RowId:
    """Make a group or change one.

    Raises:
        Refused: no name, nobody in it, or another group of that name.
    """
    plain, chosen = name.strip(), list(dict.fromkeys(keys))
    if not plain:
        raise Refused("A group needs a name.", field="name")
    if not chosen:
        raise Refused("Choose at least one unit for the group.", field="members")
    if store.value("select 1 from net_group where name = :name and id is not :id", name=plain,
                   id=group):
        raise Refused("There is a group named {name} already.", field="name", name=plain)
    row = {"name": plain, "members": json.dumps(chosen), "note": note.strip()}
    with store.change("net.group", by) as tx:
        if group is None:
            return tx.insert("net_group", row)
        tx.update("net_group", group, **row)
    return group


@allowed(*STOCK)
def remove_group(store: Store, group: RowId, *, by: Officer) -> None:
    """Take a group off the net; its members stay."""
    with store.change("net.group", by) as tx:
        tx.run("delete from net_group where id = :id", id=group)


def groups(store: Store) -> list[Group]:
    """The groups by name."""
    return [Group(RowId(r["id"]), r["name"], tuple((str(k), int(i)) for k, i in json.loads(
        r["members"])), r["note"]) for r in store.read("select * from net_group order by name")]


def flaws(rows: Iterable[Member]) -> Mapping[Key, tuple[Flaw, ...]]:
    """What keeps members from being reached: imported tables are not always whole. Pure."""
    known = list(rows)
    signs: dict[str, int] = {}
    for m in known:
        if m.call_sign:
            signs[m.call_sign] = signs.get(m.call_sign, 0) + 1
    found: dict[Key, tuple[Flaw, ...]] = {}
    for m in known:
        own = (*((Flaw.NO_NUMBER,) if not m.numbers else ()),
               *((Flaw.SAME_SIGN,) if signs.get(m.call_sign, 0) > 1 else ()),
               *((Flaw.OFF_NET,) if not m.on_net else ()))
        if own:
            found[m.key] = own
    return found

