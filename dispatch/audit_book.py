"""Audit book 审计簿: the changes that a filter lets through, as a workbook, text or facts."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence

from db.errors import Refused
from db.words import t
from dispatch.audit import Entry, Progress, entries
from dispatch.audit_words import altered_words, second_text, table_of, what_words
from resources.exchange.lists import list_book
from resources.exchange.writing import DANGEROUS

MOST = 100_000
"""Changes in one file: what a spreadsheet still opens."""
BEAT = 500


def heads() -> tuple[str, ...]:
    return (t("head|Change"), t("head|Time"), t("field|Officer"), t("head|What"),
            t("head|Record"), t("head|From → to"), t("head|Hash"))


def book_row(db: sqlite3.Connection, entry: Entry) -> tuple[str | int, ...]:
    """One change in the columns of `heads`."""
    return (entry.id, second_text(entry.at), entry.by_name,
            what_words(entry), table_of(entry), altered_words(db, entry), entry.hash[:16])


def audit_rows(db: sqlite3.Connection, numbers: Sequence[int],
               progress: Progress | None = None) -> Iterator[tuple[str | int, ...]]:
    """The rows of a book, read little by little.

    Raises:
        Refused: more changes than one file holds.
    """
    if len(numbers) > MOST:
        raise Refused("{n} changes do not fit into one file of {most}. Narrow the filter: a"
                      " person, a table or some days.", n=len(numbers), most=MOST)
    for start in range(0, len(numbers), BEAT):
        if progress and not progress(start, len(numbers)):
            return
        some = numbers[start:start + BEAT]
        found = entries(db, some)
        yield from (book_row(db, found[one]) for one in some if one in found)


def audit_xlsx(db: sqlite3.Connection, numbers: Sequence[int],
               progress: Progress | None = None) -> bytes:
    """A workbook; texts are never formulas."""
    return list_book(t("Audit"), heads(), audit_rows(db, numbers, progress))


def audit_csv(db: sqlite3.Connection, numbers: Sequence[int],
              progress: Progress | None = None) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read it; no cell begins as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads())
    for row in audit_rows(db, numbers, progress):
        writer.writerow([f"'{c}" if isinstance(c, str) and DANGEROUS.match(c) else c for c in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
