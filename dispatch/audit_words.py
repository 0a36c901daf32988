"""Audit words 审计文字: a change as a person reads it: record and fields, from what to what."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Any

from db.words import t
from dispatch.audit import Entry, Line
from dispatch.audit_codes import names_of
from dispatch.audit_columns import COLUMN_NAMES
from dispatch.audit_terms import OPS, TABLE_NAMES, table_words, verb_words
from dispatch.audit_values import LIBRARIES, NAMING, setting_value, setting_words, value_words
from resources.field_tables import field_of
from resources.localtime import local
from resources.records import Library


def second_text(at: datetime) -> str:
    """`2026-11-23 21:47:03`: to the second, as an auditor compares."""
    return local(at).strftime("%Y-%m-%d %H:%M:%S")


def what_words(entry: Entry) -> str:
    """The verb in words."""
    return verb_words(entry.verb)


def table_of(entry: Entry) -> str:
    """The tables of the first rows in words, each once; that there are more is said."""
    names = t("list|, ").join(dict.fromkeys(table_words(line.table) for line in entry.lines))
    return t("audit|{names} and {n} rows", names=names, n=entry.rows) \
        if entry.rows > len(entry.lines) else names


def altered_words(db: sqlite3.Connection, entry: Entry) -> str:
    """From what to what, for one line of a list: the first rows of the change."""
    return t("list|; ").join(filter(None, (line_words(db, line) for line in entry.lines)))


def line_words(db: sqlite3.Connection, line: Line) -> str:
    """`王敏: phone: 000-6218 → 000-6219`; a new or removed record tells what it holds."""
    name = record_name(line)
    if line.table == "setting":  # its name is what it is known by
        line = Line(line.table, line.row_id, line.op, _unnamed(line.before), _unnamed(line.after))
    parts = [one for column, (old, new) in line.altered().items()
             if (one := _part(db, line, column, old, new))]
    words = t("list|, ").join(parts) if parts else t(OPS[line.op])
    return t("audit|{name}: {words}", name=name, words=words) if name else words


def _unnamed(row: dict[str, Any]) -> dict[str, Any]:
    """A setting without its name, but with what its value is read by."""
    return {column: setting_value(row["name"], value) if column == "value" else value
            for column, value in row.items() if column != "name"}


def _part(db: sqlite3.Connection, line: Line, column: str, old: object, new: object) -> str:
    label = "" if line.table == "setting" else column_words(line.table, column)
    rows = (line.before, line.after)
    before, after = (value_words(db, line.table, column, one, row)
                     for one, row in zip((old, new), rows, strict=True))
    if line.before and line.after:
        return t("audit|{label} {old} → {new}", label=label, old=before or "—",
                 new=after or "—").strip()
    shown = after or before
    return t("audit|{label} {value}", label=label, value=shown).strip() if shown else ""


def record_name(line: Line) -> str:
    """By what a record is known, from the row itself."""
    row = line.after or line.before
    if line.table == "rule":
        return t(row["title"])
    if line.table == "setting":
        return setting_words(row["name"])
    column = next((c for c in NAMING if row.get(c)), "")
    if not column:
        return ""
    coded = names_of(line.table, column).get(row[column])
    return t(coded) if coded else str(row[column])[:40]


def column_words(table: str, column: str) -> str:
    """What a column is called: by the form of its library, by its own word, by what it names."""
    if table in LIBRARIES and (field := field_of(Library(table), column)) is not None:
        return t(field.label)
    if column in COLUMN_NAMES:
        return t(COLUMN_NAMES[column])
    named = column.removesuffix("_id")
    return table_words(named) if named in TABLE_NAMES else column.replace("_", " ")
