"""Outlines 预警轮廓: the rings that messages drew for the warnings that came by them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from db.change import RowId
from db.store import Store
from resources.geo import Position

Rings = tuple[tuple[Position, ...], ...]


def outlines(store: Store, warnings: Iterable[RowId]) -> Mapping[RowId, Rings]:
    """The rings in degrees by warning; those without any are left out."""
    ids = json.dumps([int(one) for one in warnings])
    return {RowId(r["warning_id"]): rings_in(r["rings"]) for r in store.read(
        """select warning_id, rings from cap_message where rings <> '[]'
        and warning_id in (select value from json_each(:ids))""", ids=ids)}


def rings_in(text: str) -> Rings:
    """The rings of a message as the record keeps them."""
    return tuple(tuple((x, y) for x, y in ring) for ring in json.loads(text))
