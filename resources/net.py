"""The net 调度网: units and forces as members by branch, with their numbers in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from resources.records import (
    ALL,
    Filter,
    Placed,
    count_of,
    name_match,
    row_of,
    rows_of,
)
from resources.terms import Tier

UnitId = NewType("UnitId", RowId)
Key = tuple[str, int]
"""`unit` or `force`, and the row's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Placed):
    """One unit; `kind` is recipient, bureau, town, village, company or hospital."""

    id: UnitId
    name: str
    tier: Tier
    kind: str
    duty_phone: str
    phones: tuple[str, ...]
    contact: str
    contact_post: str
    call_sign: str
    channel: str
    terminal: str
    on_net: bool
    net_since: date | None


def units(store: Store, wanted: Filter = ALL) -> list[Unit]:
    """The records that the filter lets through, by name."""
    return rows_of(store, Unit, "unit", wanted)


def unit(store: Store, row_id: int) -> Unit:
    """One record; Refused when there is none."""
    return row_of(store, Unit, "unit", row_id)


def count(store: Store, wanted: Filter = ALL) -> int:
    """How many records the filter lets through."""
    return count_of(store, "unit", wanted)


# the net: units and forces together


class Branch(StrEnum):
    """Branches 分支 of the net, in the order of its tree."""

    UPPER = "upper"            # 上级
    DISTRICT = "district"      # 区级
    DEPARTMENT = "department"  # 部门
    HOSPITAL = "hospital"      # 医院
    TOWN = "town"              # 镇街
    VILLAGE = "village"        # 村社区
    COMPANY = "company"        # 企业
    FORCE = "force"            # 队伍


BRANCH_NAMES = {
    Branch.UPPER: mark("branch|Upper levels"), Branch.DISTRICT: mark("branch|District"),
    Branch.DEPARTMENT: mark("branch|Departments"), Branch.HOSPITAL: mark("branch|Hospitals"),
    Branch.TOWN: mark("branch|Towns and streets"),
    Branch.VILLAGE: mark("branch|Villages and communities"),
    Branch.COMPANY: mark("branch|Enterprises"), Branch.FORCE: mark("branch|Forces"),
}
BRANCH_OF_UNIT = """case when kind = 'hospital' then 'hospital' when kind = 'bureau'
    and tier = 'district' then 'department' else tier end"""


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a member: who answers, under which number or address."""

    name: str = ""
    post: str = ""
    phone: str = ""
    mail: str = ""

    @property
    def who(self) -> str:
        """Name and post in one, whichever is known."""
        return " ".join(p for p in (self.name, self.post) if p)


@dataclass(frozen=True, slots=True)
class Member:
    """A unit or force of the net. `numbers` are tried in their order, the duty phone first."""

    kind: str
    id: RowId
    name: str
    branch: Branch
    town: str
    sort: str
    call_sign: str
    channel: str
    terminal: str
    on_net: bool
    net_since: date | None
    lon: float | None
    lat: float | None
    capabilities: tuple[str, ...]
    status: str
    numbers: tuple[Contact, ...]

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def phone(self) -> str:
        """The first number; empty where none is known."""
        return next((c.phone for c in self.numbers if c.phone), "")

    @property
    def radio(self) -> str:
        """Call sign, channel and terminal in one line."""
        return " ".join(p for p in (self.call_sign, self.channel, self.terminal) if p)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of the net is wanted; empty means all. `sort` is a kind of force, `box` west,
    south, east and north in degrees; of `capabilities` one is enough."""

    branches: tuple[Branch, ...] = ()
    town: str = ""
    sort: str = ""
    text: str = ""
    on_net: bool | None = None
    keys: tuple[Key, ...] | None = None
    capabilities: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    limit: int = 1_000_000


WHOLE = Part()
UNIT_ROWS = f"""select id, name, {BRANCH_OF_UNIT} as branch, town, kind as sort, duty_phone,
    phones, contact as person, contact_post as post, call_sign, channel, terminal, on_net,
    net_since, lon, lat, '[]' as capabilities, '' as status from unit where active = 1"""
FORCE_ROWS = """select id, name, 'force' as branch, town, kind as sort, duty_phone,
    case spare_phone when '' then '[]' else json_array(spare_phone) end as phones,
    leader as person, '' as post, call_sign, channel, terminal, on_net, net_since, lon, lat,
    capabilities, status from force where active = 1"""


def members(store: Store, part: Part = WHOLE) -> list[Member]:
    """The members of that part, by branch and name."""
    rows: list[tuple[str, Any]] = []
    for kind, source in (("unit", UNIT_ROWS), ("force", FORCE_ROWS)):
        where, values = _where(kind, part)
        rows += [(kind, r) for r in store.read(
            f"select * from ({source}) where {where} order by name, id limit :limit",
            limit=part.limit, **values)]
    contacts = _contacts(store, part.keys)
    order = list(Branch)
    found = [_member(kind, r, contacts.get((kind, r["id"]), ())) for kind, r in rows]
    return sorted(found, key=lambda m: order.index(m.branch))[:part.limit]


def _where(kind: str, part: Part) -> tuple[str, dict[str, object]]:
    parts, values = ["1"], dict[str, object]()
    if part.branches:
        parts.append(f"branch in ({', '.join(repr(str(b)) for b in part.branches)})")
    for name in ("town", "sort"):
        if value := getattr(part, name):
            parts.append(f"[{name}] = :{name}")
            values[name] = value
    if part.capabilities:
        parts.append("exists (select 1 from json_each(capabilities) where value in ("
                     "select value from json_each(:wanted)))")
        values["wanted"] = json.dumps(part.capabilities)
    if part.box is not None:
        parts.append("lon between :west and :east and lat between :south and :north")
        values |= dict(zip(("west", "south", "east", "north"), part.box, strict=True))
    if part.on_net is not None:
        parts.append("on_net = :on_net")
        values["on_net"] = int(part.on_net)
    if part.keys is not None:
        parts.append("id in (select value from json_each(:ids))")
        values["ids"] = json.dumps([i for k, i in part.keys if k == kind])
    if part.text.strip():
        match = name_match(part.text)
        parts.append("id in (select rowid from find_name where find_name match :text"
                     " and kind = :table)" if match else "0")
        values |= {"text": match, "table": kind} if match else {}
    return " and ".join(parts), values


def member(store: Store, key: Key) -> Member:
    """
    Raises:
        Refused: there is none, or it was retired.
    """
    found = members(store, Part(keys=(key,)))
    if not found:
        raise Refused("This unit is not on the net any more.")
    return found[0]


def find_member(store: Store, name: str) -> Member:
    """The one member of that name or call sign.

    Raises:
        Refused: there is none, or several.
    """
    plain = name.strip()
    rows = [("unit", r["id"]) for r in store.read(
        "select id from unit where active = 1 and (name = :n or call_sign = :n)", n=plain)]
    rows += [("force", r["id"]) for r in store.read(
        "select id from force where active = 1 and (name = :n or call_sign = :n)", n=plain)]
    if not plain or len(rows) != 1:
        raise Refused("There is no single unit or force named {name} on the net.", field="name",
                      name=plain)
    return member(store, rows[0])


def branch_counts(store: Store) -> list[tuple[Branch, str, str, int]]:
    """How many members each branch, town and kind has: (branch, town, sort, number)."""
    rows = store.read(f"""select branch, town, sort, count(*) as n from (
        select branch, town, sort from ({UNIT_ROWS}) union all
        select branch, town, sort from ({FORCE_ROWS})) group by branch, town, sort""")
    return [(Branch(r["branch"]), r["town"], r["sort"], r["n"]) for r in rows]


def _contacts(store: Store, keys: Sequence[Key] | None) -> dict[Key, tuple[Contact, ...]]:
    where, values = "1", dict[str, object]()
    if keys is not None:
        where = "row_id in (select value from json_each(:ids))"
        values["ids"] = json.dumps([i for _kind, i in keys])
    found: dict[Key, list[Contact]] = {}
    for r in store.read(f"select * from net_contact where {where} order by kind, row_id, place",
                        **values):
        found.setdefault((r["kind"], r["row_id"]), []).append(
            Contact(r["name"], r["post"], r["phone"], r["mail"]))
    return {key: tuple(some) for key, some in found.items()}


def _member(kind: str, r: Any, contacts: Iterable[Contact]) -> Member:
    since = date.fromisoformat(r["net_since"]) if r["net_since"] else None
    return Member(
        kind, RowId(r["id"]), r["name"], Branch(r["branch"]), r["town"], r["sort"],
        r["call_sign"], r["channel"], r["terminal"], bool(r["on_net"]), since, r["lon"], r["lat"],
        tuple(json.loads(r["capabilities"])), r["status"],
        numbers_in_order(r["duty_phone"], Contact(r["person"], r["post"]),
                         contacts, json.loads(r["phones"])))


def numbers_in_order(duty: str, person: Contact, contacts: Iterable[Contact],
                     others: Iterable[str]) -> tuple[Contact, ...]:
    """The duty phone, the named persons in their order, the other phones; none twice. Pure.

    The person of the record without a number of his own answers the first other phone.
    """
    rows = [Contact(post=t("Duty phone"), phone=duty.strip()), *contacts]
    named = any(c.name == person.name for c in rows if person.name)
    for number in others:
        rows.append(Contact(person.name, person.post, number.strip()) if person.name and not named
                    else Contact(phone=number.strip()))
        named = True
    found: list[Contact] = []
    for row in rows:
        known = {c.phone for c in found if c.phone} | {c.mail for c in found if c.mail}
        if (row.phone and row.phone not in known) or (row.mail and row.mail not in known):
            found.append(row)
    return tuple(found)


def check_call_sign(tx: Transaction, sign: str, own: int | None) -> None:
    """
    Raises:
        Refused: another unit or force that is in the lists answers to this call sign.
    """
    if not sign.strip():
        return
    row = tx.run("""select name from unit where active = 1 and call_sign = :sign
        and id is not :own union all select name from force where active = 1
        and call_sign = :sign and id is not :own limit 1""", sign=sign.strip(),
        own=own).fetchone()
    if row is not None:
        raise Refused("{name} answers to the call sign {sign} already. Give another one.",
                      field="call_sign", name=row["name"], sign=sign.strip())
