"""Reach 怎么找到人: the phone beside a person who was found, and whose contact it is."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import RowId
from db.store import Store

UNITS = {"officer": "unit", "expert": "unit"}
PHONES = {"officer": "phone", "expert": "phone", "unit": "duty_phone", "force": "duty_phone",
          "warehouse": "duty_phone", "hazard": "phone", "shelter": "phone"}


@dataclass(frozen=True, slots=True)
class Reached:
    """`note` is unit and phone; `at` the kind and row that a contact belongs to."""

    note: str = ""
    at: tuple[str, RowId] | None = None


def called(store: Store, kind: str, id: RowId) -> Reached:  # noqa: A002 - the reader's own word
    """By which phone what was found is called; empty for what has none."""
    if kind == "net_contact":
        return _contact(store, id)
    if kind not in PHONES:
        return Reached()
    unit = UNITS.get(kind, "''")
    row = store.one(f"select {unit}, {PHONES[kind]} from [{kind}] where id = :id", id=id)
    return Reached("  ".join(filter(None, row)) if row is not None else "")


def _contact(store: Store, id: RowId) -> Reached:  # noqa: A002
    row = store.one("select kind, row_id, phone from net_contact where id = :id", id=id)
    if row is None:
        return Reached()
    of = store.value(f"select name from [{row['kind']}] where id = :id", id=row["row_id"])
    return Reached("  ".join(filter(None, (of, row["phone"]))),
                   (row["kind"], RowId(row["row_id"])))
