"""Records 记录: how a row becomes a frozen record, and the one filter that every list takes."""

from __future__ import annotations

import functools
import json
import re
import sqlite3
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from db import search
from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store

T = TypeVar("T")
Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What every record of a library carries: its owner and when somebody last checked it."""

    owner: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    next_verify_due: date | None = None
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Kept):
    """A record with a place; degrees in CGCS2000, and what it was given in."""

    town: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    src_crs: str = "CGCS2000"
    src_lon: float | None = None
    src_lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which rows are wanted; empty means all. `text` finds as the search box does."""

    text: str = ""
    kind: str = ""
    town: str = ""
    tier: str = ""
    status: str = ""
    capability: str = ""
    with_former: bool = False
    limit: int = 1000


ALL = Filter()


def rows_of(store: Store, cls: type[T], table: str, wanted: Filter = ALL) -> list[T]:
    """The records of a table that the filter lets through, by name, in one query."""
    where, values = _where(store, table, wanted)
    rows = store.read(f"select * from [{table}] where {where} order by name, id limit :limit",
                      limit=wanted.limit, **values)
    return [record(cls, row) for row in rows]


def row_of(store: Store, cls: type[T], table: str, row_id: int) -> T:
    """One record.

    Raises:
        Refused: there is none with this id.
    """
    row = store.one(f"select * from [{table}] where id = :id", id=row_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(cls, row)


def count_of(store: Store, table: str, wanted: Filter = ALL) -> int:
    """How many records the filter lets through; its limit does not count."""
    where, values = _where(store, table, wanted)
    return int(store.value(f"select count(*) from [{table}] where {where}", **values))


def _where(store: Store, table: str, wanted: Filter) -> tuple[str, Mapping[str, object]]:
    """Only what the table has a column for can be asked of it."""
    columns = {str(r[1]) for r in store.read(f"pragma table_info([{table}])")}
    parts, values = ["1"], dict[str, object]()
    for name in ("kind", "town", "tier", "status"):
        if value := getattr(wanted, name):
            parts.append(f"[{name}] = :{name}")
            values[name] = value
    if "active" in columns and not wanted.with_former:
        parts.append("active = 1")
    if wanted.capability:
        parts.append("exists (select 1 from json_each(capabilities) where value = :capability)")
        values["capability"] = wanted.capability
    if wanted.text.strip():
        match = name_match(wanted.text)
        parts.append("id in (select rowid from find_name where find_name match :text"
                     " and kind = :table)" if match else "0")
        values |= {"text": match, "table": table} if match else {}
    return " and ".join(parts), values


def name_match(query: str) -> str:
    """The search index's words for typed characters, pinyin, initials, digits or a code."""
    phrase = search.phrase(query)
    plain = re.sub(r"[\s\-']", "", query).lower()
    if phrase and plain.isascii() and plain.isalnum():
        return f'(words : {phrase} *) OR (sounds : "{plain}" *)'
    return f"words : {phrase} *" if phrase else ""


def record(cls: type[T], row: sqlite3.Row) -> T:
    """The frozen record of a row: columns by field name, texts read by the field's type."""
    return cls(**{name: read(row[name]) for name, read in _readers(typing.cast("Hashable", cls))})


def columns(facts: Any) -> dict[str, object]:
    """A record's fields as its row keeps them."""
    return {f.name: _kept(getattr(facts, f.name)) for f in fields(facts)}


def _kept(value: object) -> object:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


@functools.cache
def _readers(cls: type[Any]) -> tuple[tuple[str, Read], ...]:
    hints = typing.get_type_hints(cls)
    return tuple((f.name, _reader(hints[f.name])) for f in fields(cls))


def _reader(hint: Any) -> Read:
    if isinstance(hint, types.UnionType):
        inner = _reader(next(a for a in typing.get_args(hint) if a is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        return lambda value: tuple(json.loads(value))
    if hint is bool or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return typing.cast("Read", hint)
    return {datetime: from_text, date: date.fromisoformat}.get(hint, lambda value: value)


class Library(StrEnum):
    """The tables whose records somebody must check from time to time."""

    FORCE = "force"
    EQUIPMENT = "equipment"
    SUPPLY = "supply"
    LOT = "lot"
    WAREHOUSE = "warehouse"
    EXPERT = "expert"
    PLAN = "plan"
    HAZARD = "hazard"
    SHELTER = "shelter"
    UNIT = "unit"
    PLACE = "place"


def setting_days(store: Store, name: str, default: int) -> int:
    """A number of days from the district's settings."""
    found = store.value("select value from setting where name = :name", name=name)
    return int(found) if found else default


