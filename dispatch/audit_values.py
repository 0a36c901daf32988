"""Audit values 审计取值: what stood in a column as a person reads it: no code, no secret."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from db.clock import from_text
from db.words import mark, t
from dispatch.audit_codes import names_of
from dispatch.audit_columns import COLUMN_NAMES
from dispatch.audit_terms import table_words
from dispatch.duty import at_desk
from dispatch.rule_forms import value_words as rule_value
from dispatch.rule_shapes import UNIT_NAMES
from resources.field_tables import field_of
from resources.fields import Type, show_value
from resources.localtime import moment_text
from resources.records import Library
from resources.rules import Rule

SECRET = frozenset({"password_hash"})
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
NAMING = ("number", "title", "name", "text", "code", "company", "goods", "alarm", "month", "day",
          "starts_at", "file")
"""Columns by which a record is known, the first that holds something."""

YES_NO = frozenset({"active", "backfilled", "verified", "repeated_back", "struck", "locked",
                    "newcomer", "on_roster", "uncertain", "passed", "well", "shown", "large",
                    "on_net", "leads", "down"})
LIBRARIES = frozenset(str(one) for one in Library)
LONGEST, MOST = 200, 12
"""Characters of a value, and parts of a list or table, that are told one by one."""

AN_ID = 2**40
"""Ids are time-ordered and larger than any count."""

SETTING_NAMES = {
    "district_name": mark("setting|name of the district"),
    "sample": mark("setting|sample district"),
    "short_name": mark("setting|short name"), "org_name": mark("setting|name of the office"),
    "time_zone": mark("setting|time zone"), "expiring_days": mark("setting|days before expiry"),
    "inspect_days": mark("setting|days before an inspection"),
    "verify_days": mark("setting|days a verification holds"),
    "libraries_off": mark("setting|libraries not shown"), "drill": mark("setting|drill"),
    "backup_second": mark("setting|second folder for backups"),
    "exported": mark("setting|district taken out as"), "restored": mark("setting|restored from"),
    "verified": mark("setting|last verification"), "quick_texts": mark("setting|quick texts"),
    at_desk.SETTING: mark("setting|who sits at the desk"),
    "wrong_tries": mark("setting|wrong tries of a password")}


def setting_words(name: str) -> str:
    """What a setting is called; the wrong tries of all officers are called alike."""
    key = name.partition(".")[0]
    return t(SETTING_NAMES[key]) if key in SETTING_NAMES else t("table|setting")


def setting_value(name: str, value: object) -> object:
    """A setting's value as it is told."""
    if name == at_desk.SETTING and value == at_desk.LOCKED:
        return t("setting|locked")
    if name in ("sample", "drill") and value in ("0", "1"):
        return t("field|Yes") if value == "1" else t("field|No")
    if name == "verified":
        return _verification(json.loads(str(value)))
    if name == "restored":
        made = json.loads(str(value))
        return t("audit|{name}, made at {time}, {n} changes", name=made["backup"],
                 time=_plain(made["made_at"]), n=made["changes"])
    if name == "libraries_off":
        return t("list|, ").join(table_words(one) for one in str(value).split())
    return value


def _verification(made: Mapping[str, Any]) -> str:
    if made["faults"]:
        return t("audit|does not hold: {why}", why=made["faults"][0])
    part = t("audit|whole") if made["whole"] else t("audit|chain only")
    return t("audit|holds up to change {n} ({head}), {part}", n=made["change"],
             head=made["head"][:12], part=part)


def value_words(db: sqlite3.Connection, table: str, column: str, value: object,
                row: Mapping[str, Any] | None = None) -> str:
    """A value as a person reads it; a password never shows, not even its hash. `row` is the record
    it stands in."""
    if value is None or value == "":
        return ""
    if column in SECRET:
        return "••••"
    if table in LIBRARIES and (field := field_of(Library(table), column)) is not None \
            and field.type is not Type.LINK:
        return show_value(field, value)
    if table == "rule" and row:
        return _rule_part(column, value, row)
    if column in YES_NO:
        return t("field|Yes") if value else t("field|No")
    names = names_of(table, column)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return _structured(db, names, value)
    if names:
        return _coded(names, value)
    if column.endswith("_id") and isinstance(value, int):
        return _named(db, value)
    return _plain(value)


def _plain(value: object) -> str:
    text = str(value)
    if INSTANT.fullmatch(text):
        return moment_text(from_text(text), year=True)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _rule_part(column: str, value: object, row: Mapping[str, Any]) -> str:
    if column == "value":
        return rule_value(Rule(row["code"], json.loads(str(value)), row["unit"], row["title"],
                               row["basis"], bool(row["uncertain"]), row["valid_from"]))
    if column == "uncertain":
        return t("field|Yes") if value else t("field|No")
    if column == "unit":
        return t(UNIT_NAMES[str(value)]) if value in UNIT_NAMES else str(value)
    return t(str(value)) if column in ("title", "basis") else _plain(value)


def _structured(db: sqlite3.Connection, names: Mapping[Any, str], text: str) -> str:
    """A list or a table that a column holds: its parts while they are few, else how many."""
    try:
        held = json.loads(text)
    except ValueError:
        return _plain(text)
    return _parts(db, names, held)


def _parts(db: sqlite3.Connection, names: Mapping[Any, str], held: Any) -> str:
    if isinstance(held, dict):
        told = [f"{_key(key)} {words}" for key, value in held.items()
                if value not in (None, "", [], {}) and (words := _parts(db, names, value))]
    elif isinstance(held, list):
        told = [_parts(db, names, one) for one in held]
    else:
        return _single(db, names, held)
    flat = all(not isinstance(one, dict | list) for one in
               (held.values() if isinstance(held, dict) else held))
    if len(told) > MOST or (not flat and sum(map(len, told)) > LONGEST):
        return t("audit|{n} parts", n=len(told))
    return (t("list|, ") if flat else t("list|; ")).join(filter(None, told))


def _key(name: str) -> str:
    return t(COLUMN_NAMES[name]) if name in COLUMN_NAMES else table_words(name) \
        if name in LIBRARIES else name.replace("_", " ")


def _single(db: sqlite3.Connection, names: Mapping[Any, str], value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return t("field|Yes") if value else t("field|No")
    if isinstance(value, int) and value > AN_ID:
        return _named(db, value)
    if isinstance(value, str) and value in LIBRARIES:
        return table_words(value)
    return _coded(names, value) if names else _plain(value)


def _coded(names: Mapping[Any, str], value: object) -> str:
    """A code in words, or several set apart by blanks; what is no code stays as it is."""
    by_code = {str(code): words for code, words in names.items()}
    parts = str(value).split()
    if parts and all(one in by_code for one in parts):
        return t("list|, ").join(t(by_code[one]) for one in parts)
    return _plain(value)


def _named(db: sqlite3.Connection, row_id: int) -> str:
    """The record that an id points to, by its name; ids are unique over all tables."""
    row = db.execute("select tbl, before, after from journal where row_id = ?"
                     " order by id desc limit 1", (row_id,)).fetchone()
    if row is None:
        return str(row_id)
    holds = json.loads(row[2] or row[1] or "{}")
    name = next((_plain(holds[c])[:40] for c in NAMING if holds.get(c)), "")
    return name or f"{table_words(row[0])} {row_id}"
