"""Numbers 编号 that people read, given once by the store; a drill's begin with its mark."""

from __future__ import annotations

from db.store import Store, Transaction
from db.words import t
from resources.settings import setting

MARK = "number_mark"
"""The setting of a drill's store that holds its mark, in the language it was made in."""


def drill_mark() -> str:
    """What every number of a drill begins with, 演2026-0003, in the language in use."""
    return t("number|DRILL-")


def marked(store: Store, prefix: str) -> str:
    """The beginning of a number in this store: `prefix`, behind the mark where it is a drill's."""
    if setting(store, "drill") != "1":
        return prefix
    return (setting(store, MARK) or drill_mark()) + prefix


def give_number(tx: Transaction, table: str, prefix: str, digits: int = 4) -> str:
    """The next number of `table`'s series `prefix`, inside a change that is open."""
    begins = marked(tx.store, prefix)
    return f"{begins}{tx.next_number(table, 'number', begins):0{digits}d}"
