"""Columns 列 of the libraries' lists: each field of a record, and what is worked out beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt

from db.store import Store
from db.words import mark, t
from resources.field_tables import TABLES
from resources.fields import Field, Type, show_value
from resources.records import Library
from ui.pages.library_kinds import amount, day, verified
from ui.rows_model import Column

RIGHT, LEFT = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
STOCK_COLUMN, EXPIRY_COLUMN = mark("Stock and minimum"), mark("Expires")
NUMBERS = (Type.WHOLE, Type.NUMBER)
MUTED = {"code", "model", "number", "measure", "note"}


def columns_of(library: Library, store: Store) -> dict[str, Column[Any]]:
    """Every column that a list may show, by name, in the order of the form."""
    fields = {one.name: _of_field(one, store) for one in TABLES[library]}
    extra = _of_stock() if library is Library.SUPPLY else {}
    checked = Column[Any](mark("column|Verified"), verified, width=72, muted=True,
                          name="verified_at")
    return {**fields, **extra, "verified_at": checked}


def named(every: dict[str, Column[Any]], names: Iterable[str],
          default: Iterable[str]) -> list[Column[Any]]:
    """The columns of these names; unknown ones are left out, none at all gives the default."""
    found = [every[name] for name in dict.fromkeys(names) if name in every]
    return found or [every[name] for name in default]


def _of_field(field: Field, store: Store) -> Column[Any]:
    name, number = field.name, field.type in NUMBERS
    return Column[Any](field.label, _text(field, store), RIGHT if number else LEFT,
                       stretch=name == "name", bold=name == "name", muted=name in MUTED, name=name)


def _text(field: Field, store: Store) -> Callable[[Any], str]:
    name = field.name
    if field.type is Type.LINK:
        sql = f"select name from [{field.link}] where id = :id"
        return lambda row: str(store.value(sql, id=getattr(row, name)) or "—")
    if field.type in NUMBERS and name not in ("lon", "lat"):
        return lambda row: "—" if getattr(row, name) is None else amount(getattr(row, name))
    if field.type is Type.DAY:
        return lambda row: day(getattr(row, name))
    return lambda row: show_value(field, getattr(row, name))


def _of_stock() -> dict[str, Column[Any]]:
    """What the movements and lots of a supply say of it."""
    made = (
        Column[Any](mark("In stock"), lambda r: amount(r.quantity), RIGHT, 76, bold=True,
                    name="quantity"),
        Column[Any](STOCK_COLUMN, lambda r: t("short {n}", n=amount(r.short)) if r.short else "",
                    width=216, name="level_of_stock", fixed=True),
        Column[Any](EXPIRY_COLUMN, lambda r: day(r.expires_on), width=116, name="expires_on",
                    fixed=True),
        Column[Any](mark("Lots"), lambda r: str(r.lots), RIGHT, 64, name="lots"))
    return {one.name: one for one in made}
