"""Printouts 打印登记 and verdicts: every paper's code is found and checked against the store."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db import journal
from db.clock import from_text, to_text
from db.store import Store
from db.words import mark
from dispatch.duty.facts import digest_of
from dispatch.duty.sealing import sealed_content
from dispatch.printouts.codes import code_of, normalise
from resources.people import Officer, Role, allowed


class Finding(StrEnum):
    INTACT = "intact"    # 一致
    ALTERED = "altered"  # 已被改动
    UNKNOWN = "unknown"  # 查无此码


FINDING_NAMES = {
    Finding.INTACT: mark("verdict|Intact: the record is as it was printed"),
    Finding.ALTERED: mark("verdict|Altered: the record is not what was printed"),
    Finding.UNKNOWN: mark("verdict|Unknown: no paper of this district has this code"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification code says about its paper; `kind` is `handover` or a printout's."""

    finding: Finding
    code: str
    kind: str = ""
    number: str = ""
    at: datetime | None = None
    chain_no: int = 0


@dataclass(frozen=True, slots=True)
class Printout:
    """One registered paper: its code and the head of the chain when it was printed."""

    code: str
    digest: str
    chain_no: int
    chain_head: str
    at: datetime


@allowed(*Role)
def register_printout(store: Store, kind: str, row_id: int, digest: str, *, number: str = "",
                      by: Officer) -> Printout:
    """Note a paper before it is printed; `digest` is sha256 hex of what it says.

    The same content of the same record keeps its first registration, so that a copy is equal.
    """
    row = store.one("select * from printout where kind = :kind and row_id = :row"
                    " and digest = :digest", kind=kind, row=row_id, digest=digest)
    if row is None:
        chain_no, head = journal.head(store.db)
        with store.change("paper.print", by) as tx:
            made = tx.insert("printout", {
                "kind": kind, "row_id": row_id, "number": number, "code": code_of(digest),
                "digest": digest, "at": to_text(store.clock.now()), "by": by.id,
                "chain_no": chain_no, "chain_head": head})
        row = store.read("select * from printout where id = :id", id=made)[0]
    return Printout(row["code"], row["digest"], row["chain_no"], row["chain_head"],
                    from_text(row["at"]))


def text_digest(content: object) -> str:
    """sha256 hex of a paper's facts, a frozen record."""
    return hashlib.sha256(repr(content).encode()).hexdigest()


def verify_code(store: Store, code: str) -> Verdict:
    """Find the paper with this code and say whether the store still says the same.

    A handover's digest is made again from the sealed content; a printout's row must be the
    one journaled; for both the chain must still have the head that the paper carries.

    Raises:
        Refused: it cannot be a verification code.
    """
    plain = normalise(code)
    row = store.one("select * from handover where code = :code", code=plain)
    if row is not None:
        good = _handover_holds(store, row) and _chain_holds(store, row)
        return _verdict(plain, row, "handover", row["sealed_at"], good=good)
    row = store.one("select * from printout where code = :code order by id limit 1", code=plain)
    if row is not None:
        good = (code_of(row["digest"]) == plain and _journaled(store, "printout", row["id"])
                and _chain_holds(store, row))
        return _verdict(plain, row, row["kind"], row["at"], good=good)
    return Verdict(Finding.UNKNOWN, plain)


def _verdict(code: str, row: sqlite3.Row, kind: str, at: str, *, good: bool) -> Verdict:
    return Verdict(Finding.INTACT if good else Finding.ALTERED, code, kind, row["number"],
                   from_text(at), row["chain_no"])


def _handover_holds(store: Store, row: sqlite3.Row) -> bool:
    try:
        digest = digest_of(sealed_content(store, row["id"], row["facts"]))
    except (ValueError, TypeError):
        return False
    return bool(digest == row["digest"] and code_of(digest) == row["code"]
                and _journaled(store, "handover", row["id"])
                and all(_journaled(store, table, one["id"]) for table in ("signature", "addendum")
                        for one in store.read(
                            f"select id from [{table}] where handover_id = :id", id=row["id"])))


def _chain_holds(store: Store, row: sqlite3.Row) -> bool:
    kept = store.value("select hash from change where id = :no", no=row["chain_no"])
    return bool((kept or journal.GENESIS) == row["chain_head"])


def _journaled(store: Store, table: str, row_id: int) -> bool:
    """Whether the row is what the journal last wrote of it."""
    now = journal.row_json(journal.columns(store.db, table), "r")
    same = store.value(
        f"""select j.after = {now} from [{table}] r join journal j on j.id = (
        select max(id) from journal where row_id = r.id and tbl = :tbl) where r.id = :id""",
        tbl=table, id=row_id)
    return bool(same)
