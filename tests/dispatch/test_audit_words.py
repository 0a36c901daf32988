"""The audit has words for whatever the schema and the verbs of the program can bring."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import journal
from db.clock import StillClock
from db.store import FILE_NAME, Store
from db.words import catalogue
from dispatch.audit import Line, entries, find
from dispatch.audit_terms import ACTS, NOUNS, TABLE_NAMES, verb_words
from dispatch.audit_values import value_words
from dispatch.audit_words import column_words, line_words
from dispatch.begin import begin_sample
from dispatch.verified import Verified, keep_verified
from resources.people import SYSTEM
from resources.records import Library
from resources.settings import put_setting
from tests.builders import NIGHT, a_store

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
NO_CODES = {"digest", "hash", "code", "name", "layer", "call_sign", "formula", "email", "number",
            "measure"}
"""Columns whose small letters are somebody's own."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, StillClock(NIGHT), lambda _part: None)
    opened = Store.open(folder / FILE_NAME, StillClock(NIGHT), read_only=True)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    catalogue.load("zh_CN", Path("ui/assets/words"))
    yield
    catalogue.load("en", Path("ui/assets/words"))


def test_each_table_and_column_of_the_schema_has_words(store: Store) -> None:
    tables = journal.watched(store.db)
    assert len(tables) > 90
    assert [table for table in tables if table not in TABLE_NAMES] == []
    bare = [f"{table}.{column}" for table in tables for column in journal.columns(store.db, table)
            if column != "id" and not HAN.search(column_words(table, column))]
    assert bare == []


def literals(node: ast.AST, tree: ast.AST) -> Iterator[str]:
    """What a verb can be: a text, one of two, a name that stands for some, or a text with a part
    that is the name of a library or a state."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            yield from literals(part, tree)
    elif isinstance(node, ast.Name):
        for one in ast.walk(tree):
            if isinstance(one, ast.Assign) and any(
                    isinstance(x, ast.Name) and x.id == node.id for x in one.targets):
                yield from literals(one.value, tree)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[-1], ast.Constant) \
            and ast.unparse(node).startswith("f'{library}."):
        for library in Library:
            yield f"{library}{node.values[-1].value}"


def verbs() -> dict[str, str]:
    """Every verb that the code can write, and where."""
    found = {}
    for room in ("db", "resources", "dispatch", "ui"):
        for path in Path(room).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) \
                        and node.func.attr == "change" and len(node.args) > 1:
                    found.update(dict.fromkeys(literals(node.args[0], tree), str(path)))
    return found


def test_each_verb_in_the_code_has_words_of_its_own() -> None:
    known = verbs()
    assert len(known) > 200
    assert "desk.lock_idle" in known
    bare = []
    for verb, where in known.items():
        noun, _dot, act = verb.partition(".")
        act = act if act in ACTS else act.partition("_")[0]
        if noun not in NOUNS or (act not in ACTS and noun not in ("undo", "import")
                                 and verb != "desk.change") or not HAN.search(verb_words(verb)):
            bare.append(f"{verb} {where}")
    assert bare == []


def test_no_code_and_no_braces_stand_in_what_the_sample_district_holds(store: Store) -> None:
    raw = []
    for table in journal.watched(store.db):
        for column in set(journal.columns(store.db, table)) - NO_CODES:
            for row in store.read(f"select * from [{table}] where [{column}] <> ''"
                                  f" and typeof([{column}]) = 'text' group by [{column}] limit 20"):
                value = row[column]
                said = value_words(store.db, table, column, value, dict(row))
                if (CODE.fullmatch(value) and not HAN.search(said)) \
                        or (value[:1] in "[{" and ("{" in said or '"' in said)):
                    raw.append(f"{table}.{column}: {value[:40]} → {said[:60]}")
    assert raw == []


def test_settings_are_told_by_their_names(store: Store) -> None:
    for number in find(store.db):
        [entry] = entries(store.db, [number], 400).values()
        for line in entry.lines:
            if line.table == "setting":
                assert HAN.search(line_words(store.db, line).partition("：")[0])
                assert "_" not in line_words(store.db, line)


def test_a_verification_and_a_restore_are_told_in_words(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    keep_verified(store, Verified(store.clock.now(), 12, "ab" * 32, whole=True))
    with store.change("store.restore", SYSTEM) as tx:
        put_setting(tx, "restored", json.dumps({
            "backup": "watchdesk-20261123T040000Z.db", "changes": 7,
            "made_at": "2026-11-23T04:00:00.000Z", "aside": ""}))
    said = [line_words(store.db, line) for entry in entries(
        store.db, find(store.db)[:2], 400).values() for line in entry.lines]
    assert said == ["恢复自备份：watchdesk-20261123T040000Z.db，制作于 2026-11-23 12:00，变更 7 次",
                    "最近一次核验：至变更 12（abababababab）完好，全面核验"]
    store.close()


def test_a_shift_is_known_by_its_time(store: Store) -> None:
    shift = store.value("select id from shift order by starts_at limit 1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", value_words(
        store.db, "log", "shift_id", shift))


def test_a_further_fact_of_an_event_is_known_by_its_name_in_words(store: Store) -> None:
    row = {"event_id": 1, "name": "leaders", "text": "带班领导已到指挥中心"}
    told = line_words(store.db, Line("event_fact", 1, "insert", {}, row))
    assert told.startswith("领导到位")
    assert "leaders" not in told


def test_an_import_is_known_by_its_file(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    with store.change("past.import", SYSTEM) as tx:
        made = tx.insert("past_import", {"file": "旧台账.csv", "digest": "ab", "at": "",
                                         "columns": "{}", "headings": "[]"})
    assert value_words(store.db, "past_unit", "import_id", made) == "旧台账.csv"
    store.close()
