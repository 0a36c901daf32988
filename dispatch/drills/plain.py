"""Plain 平铺: frozen records to JSON and back, by their declared types."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from db.clock import from_text, to_text

Record = TypeVar("Record")


def to_json(record: object) -> str:
    """One line of JSON; fields that hold their default are written too."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[Record], text: str) -> Record:
    """The record that `to_json` wrote; fields unknown today are left aside.

    Raises:
        ValueError: it is not JSON, or a field that has no default is missing or strange.
    """
    return from_plain(kind, json.loads(text))


def from_plain(kind: type[Record], value: object) -> Record:
    """The record of plain dicts and lists, as JSON or TOML holds them.

    Raises:
        ValueError: a field that has no default is missing, or one is strange.
    """
    try:
        return cast(Record, _made(kind, value))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, datetime):
        return to_text(value)
    return value.value if isinstance(value, Enum) else value


def _made(kind: Any, value: Any) -> Any:
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        inner = next(a for a in typing.get_args(kind) if a is not type(None))
        return None if value is None else _made(inner, value)
    if typing.get_origin(kind) is tuple:
        return tuple(_made(typing.get_args(kind)[0], v) for v in value)
    if isinstance(kind, typing.NewType):
        return value
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(**{n: _made(h, value[n]) for n, h in hints.items() if n in value})
    if kind is datetime:
        return from_text(value)
    return kind(value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
