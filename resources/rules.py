"""Rules 规则: minutes, thresholds and lists that the law or the bureau may change, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NewType

from db.change import RowId
from db.clock import from_text
from db.errors import Refused, StoreError
from db.store import Store, Transaction
from resources.localtime import day_key
from resources.people import Officer, Role, allowed

RuleId = NewType("RuleId", RowId)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule row. `title` and `basis` are English sources to be shown through `t`.

    `uncertain` means: to be fixed by local regulation (按本地规定核定).
    """

    code: str
    value: Any
    unit: str
    title: str
    basis: str
    uncertain: bool
    valid_from: str
    id: RuleId | None = None


def rule(store: Store, code: str, at: datetime | None = None) -> Rule:
    """The rule in force on the local day of `at` (now when not given).

    Before the first row of a code came into force that first row counts, so that a replay of
    an older event is still judged by something that is named.

    Raises:
        StoreError: the store has no such rule.
    """
    day = day_key(at or store.clock.now())
    row = store.one("""select * from rule where code = :code
        order by valid_from <= :day desc,
        case when valid_from <= :day then valid_from end desc, valid_from, id desc limit 1""",
        code=code, day=day)
    if row is None:
        raise StoreError("This store has no rule {code}. Restore a backup or add the rule.",
                         code=code)
    return _rule(row)


def rule_or(store: Store, shipped: Rule, at: datetime | None = None) -> Rule:
    """The rule in force, or the one shipped where a store is older than the rule itself."""
    if store.value("select 1 from rule where code = :code", code=shipped.code) is None:
        return shipped
    return rule(store, shipped.code, at)


def rules(store: Store) -> list[Rule]:
    """Every rule row, by code and the day it came into force."""
    return [_rule(r) for r in store.read("select * from rule order by code, valid_from")]


def put_rule(tx: Transaction, new: Rule) -> RuleId:
    """Add one rule row; older rows of the code stay for what happened under them."""
    return RuleId(tx.insert("rule", {
        "code": new.code, "value": json.dumps(new.value, ensure_ascii=False), "unit": new.unit,
        "title": new.title, "basis": new.basis, "uncertain": int(new.uncertain),
        "valid_from": new.valid_from}))


def seed(tx: Transaction, rows: Iterable[Rule]) -> None:
    """Write the rows whose code the store does not know yet."""
    known = {r[0] for r in tx.run("select distinct code from rule")}
    for row in rows:
        if row.code not in known:
            put_rule(tx, row)


def lacking(store: Store, rows: Iterable[Rule]) -> list[Rule]:
    """The rows whose code a store that an older program made does not know."""
    known = {r[0] for r in store.read("select distinct code from rule")}
    return [row for row in rows if row.code not in known]


def _rule(row: Any) -> Rule:
    return Rule(row["code"], json.loads(row["value"]), row["unit"], row["title"], row["basis"],
                bool(row["uncertain"]), row["valid_from"], RuleId(RowId(row["id"])))


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One writing of a rule row: as it was written, when and by whom."""

    rule: Rule
    at: datetime
    by_name: str


def rule_history(store: Store, code: str) -> list[RuleChange]:
    """Every value that a rule was given, the latest first, from the journal."""
    rows = store.read("""select c.at, c.by_name, j.row_id, j.after from journal j
        join change c on c.id = j.change_id where j.tbl = 'rule' and j.after is not null
        and j.row_id in (select id from rule where code = :code) order by j.id desc""", code=code)
    return [RuleChange(_rule({**json.loads(r["after"]), "id": r["row_id"]}), from_text(r["at"]),
                       r["by_name"]) for r in rows]


@allowed(Role.ADMIN)
def change_rule(store: Store, old: Rule, value: Any, *, valid_from: date, basis: str = "",
                uncertain: bool = False, by: Officer) -> Rule:
    """Put a new row beside the old one: what happened under the old one is judged by it still.

    A value that the district fixed itself is no longer uncertain, unless that is said; `basis` is
    what it stands on now, the old one when nothing is said.

    Raises:
        Refused: the value is of another shape than the old one, the day is before the old
            row's, or a row of that day exists.
    """
    if not same_shape(value, old.value):
        raise Refused("This value is not of the kind that the rule takes. Write it like the present"
                      " one.", field="value")
    day = valid_from.isoformat()
    if store.one("select 1 from rule where code = :code and valid_from >= :day",
                 code=old.code, day=day):
        raise Refused("A rule changes from a day after {day} on. Choose a later day.",
                      field="valid_from", day=old.valid_from)
    new = Rule(old.code, value, old.unit, old.title, basis.strip() or old.basis, uncertain, day)
    with store.change("rule.change", by) as tx:
        put_rule(tx, new)
    return next(r for r in rules(store) if r.code == old.code and r.valid_from == day)


def same_shape(new: Any, old: Any) -> bool:
    """Whether a value can be read by whoever reads the old one. Pure.

    Numbers are finite and not below zero where the old one is not; a table keeps its keys; a
    list keeps the shape of its items and, when it holds numbers, its length.
    """
    if isinstance(old, bool) or isinstance(new, bool):
        return type(new) is type(old)
    if isinstance(old, int | float):
        return isinstance(new, int | float) and (old < 0 or 0 <= new < float("inf"))
    if isinstance(old, dict):
        return (isinstance(new, dict) and set(old) <= set(new)
                and all(same_shape(new[k], old[k]) for k in old))
    if isinstance(old, list):
        numbers = all(isinstance(v, int | float) for v in old)
        return (isinstance(new, list) and (not numbers or len(new) == len(old))
                and all(any(same_shape(v, o) for o in old) for v in new))
    return type(new) is type(old)
