"""Audit words 审计文字: a change as a person reads it: record and fields, from what to what."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.clock import from_text
from db.words import t
from dispatch.audit import Entry, Line
from dispatch.audit_codes import CODES
from dispatch.audit_columns import COLUMN_NAMES
from dispatch.audit_terms import OPS, TABLE_NAMES, table_words, verb_words
from resources.field_tables import field_of
from resources.fields import Type, show_value
from resources.localtime import local, moment_text
from resources.records import Library

SECRET = frozenset({"password_hash"})
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
NAMING = ("number", "title", "name", "text", "code", "company", "goods", "alarm", "month", "day")
"""Columns by which a record is known, the first that holds something."""

YES_NO = frozenset({"active", "backfilled", "verified", "repeated_back", "struck", "locked",
                    "newcomer", "on_roster", "uncertain", "passed", "well", "shown", "large",
                    "on_net", "leads", "down"})
LIBRARIES = frozenset(str(one) for one in Library)
LONGEST = 200


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
    parts = [one for column, (old, new) in line.altered().items()
             if (one := _part(db, line, column, old, new))]
    words = t("list|, ").join(parts) if parts else t(OPS[line.op])
    return t("audit|{name}: {words}", name=name, words=words) if name else words


def _part(db: sqlite3.Connection, line: Line, column: str, old: object, new: object) -> str:
    label = column_words(line.table, column)
    before, after = (value_words(db, line.table, column, one) for one in (old, new))
    if line.before and line.after:
        return t("audit|{label} {old} → {new}", label=label, old=before or "—", new=after or "—")
    shown = after or before
    return t("audit|{label} {value}", label=label, value=shown) if shown else ""


def record_name(line: Line) -> str:
    """By what a record is known, from the row itself."""
    row = line.after or line.before
    if line.table == "rule":
        return t(row["title"])
    return next((str(row[c])[:40] for c in NAMING if row.get(c)), "")


def column_words(table: str, column: str) -> str:
    """What a column is called: by the form of its library, by its own word, by what it names."""
    if table in LIBRARIES and (field := field_of(Library(table), column)) is not None:
        return t(field.label)
    if column in COLUMN_NAMES:
        return t(COLUMN_NAMES[column])
    named = column.removesuffix("_id")
    return table_words(named) if named in TABLE_NAMES else column.replace("_", " ")


def value_words(db: sqlite3.Connection, table: str, column: str, value: object) -> str:
    """A value as a person reads it; a password never shows, not even its hash."""
    if value is None or value == "":
        return ""
    if column in SECRET:
        return "••••"
    if table in LIBRARIES and (field := field_of(Library(table), column)) is not None \
            and field.type is not Type.LINK:
        return show_value(field, value)
    if table == "rule" and column in ("title", "basis", "unit"):
        return t(str(value))
    if column in YES_NO:
        return t("field|Yes") if value else t("field|No")
    if (table, column) in CODES:
        return _coded(CODES[table, column], value)
    if column.endswith("_id") and isinstance(value, int):
        return _named(db, value)
    text = str(value)
    if INSTANT.fullmatch(text):
        return moment_text(from_text(text), year=True)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _coded(names: Mapping[Any, str], value: object) -> str:
    if isinstance(value, str) and value.startswith("["):
        return t("list|, ").join(_coded(names, one) for one in json.loads(value))
    found = next((words for code, words in names.items() if str(code) == str(value)), None)
    return t(found) if found else str(value)


def _named(db: sqlite3.Connection, row_id: int) -> str:
    """The record that an id points to, by its name; ids are unique over all tables."""
    row = db.execute("select tbl, before, after from journal where row_id = ?"
                     " order by id desc limit 1", (row_id,)).fetchone()
    if row is None:
        return str(row_id)
    holds = json.loads(row[2] or row[1] or "{}")
    name = next((str(holds[c])[:40] for c in NAMING if holds.get(c)), "")
    return name or f"{table_words(row[0])} {row_id}"
