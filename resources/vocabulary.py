"""Vocabulary 能力词表: the capabilities that plans ask for and records offer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from resources.people import STOCK, Officer, allowed

OFFERED = ("force", "equipment", "expert")


@dataclass(frozen=True, slots=True)
class Capability:
    """One word of the vocabulary, with how many active records offer and plans ask for it."""

    id: RowId
    name: str
    kind: str
    offered: int
    asked: int


def capabilities(store: Store) -> list[Capability]:
    """The vocabulary in the order it was made, then words that records use without it."""
    offered: dict[str, int] = {}
    for table in OFFERED:
        for row in store.read(f"""select value, count(*) as n from [{table}],
                json_each(capabilities) where active = 1 group by value"""):
            offered[row["value"]] = offered.get(row["value"], 0) + row["n"]
    asked = {r[0]: r[1] for r in store.read(
        "select capability, count(distinct plan_id) from plan_need group by capability")}
    return [Capability(r["id"], r["name"], r["kind"], offered.get(r["name"], 0),
                       asked.get(r["name"], 0))
            for r in store.read("select * from capability order by id")]


def unknown_words(store: Store) -> list[str]:
    """Words that records or plans use and the vocabulary does not have."""
    used = " union ".join(f"select value from [{table}], json_each(capabilities)"
                          for table in OFFERED)
    return [str(r[0]) for r in store.read(
        f"""select value from ({used} union select capability from plan_need)
        where value not in (select name from capability) order by value""")]


@allowed(*STOCK)
def add_capability(store: Store, name: str, *, kind: str = "", by: Officer) -> RowId:
    """Add a word.

    Raises:
        Refused: it is empty or there already.
    """
    plain = _free(store, name)
    with store.change("capability.add", by) as tx:
        return tx.insert("capability", {"name": plain, "kind": kind})


@allowed(*STOCK)
def rename_capability(store: Store, old: str, new: str, *, by: Officer) -> int:
    """Rename a word in the vocabulary, every record and every plan, in one change.

    Gives the number of records and needs altered.

    Raises:
        Refused: there is no such word, or the new one is empty or there already.
    """
    row_id = store.value("select id from capability where name = :name", name=old)
    if row_id is None:
        raise Refused("There is no capability {name}.", field="name", name=old)
    plain = _free(store, new)
    with store.change("capability.rename", by) as tx:
        tx.update("capability", row_id, name=plain)
        altered = sum(_replace(tx, table, old, plain) for table in OFFERED)
        needs = tx.run("select id from plan_need where capability = :old", old=old).fetchall()
        for need in needs:
            tx.update("plan_need", need["id"], capability=plain)
    return altered + len(needs)


def check_words(tx: Transaction, row: Mapping[str, object]) -> None:
    """Let through capabilities of the vocabulary only.

    Raises:
        Refused: naming the first word that is not in it.
    """
    for word in json.loads(str(row.get("capabilities") or "[]")):
        if not tx.run("select 1 from capability where name = :name", name=word).fetchone():
            raise Refused("{word} is not in the vocabulary of capabilities. Choose from the list"
                          " or add it there.", field="capabilities", word=word)


def grow(tx: Transaction, words: Iterable[str]) -> int:
    """Take words into the vocabulary that it does not have, as an import does; how many."""
    known = {r[0] for r in tx.run("select name from capability")}
    new = [w for w in dict.fromkeys(words) if w not in known]
    for word in new:
        tx.insert("capability", {"name": word})
    return len(new)


def _free(store: Store, name: str) -> str:
    plain = name.strip()
    if not plain:
        raise Refused("A capability needs a name.", field="name")
    if store.value("select 1 from capability where name = :name", name=plain):
        raise Refused("There is a capability {name} already.", field="name", name=plain)
    return plain


def _replace(tx: Transaction, table: str, old: str, new: str) -> int:
    rows = tx.run(f"""select id, capabilities from [{table}] where exists
        (select 1 from json_each(capabilities) where value = :old)""", old=old).fetchall()
    for row in rows:
        words = dict.fromkeys(new if w == old else w for w in json.loads(row["capabilities"]))
        tx.update(table, row["id"], capabilities=json.dumps([*words], ensure_ascii=False))
    return len(rows)
