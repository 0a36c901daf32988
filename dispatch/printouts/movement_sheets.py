"""Movement papers 出入库单据: slip, register and counting list as sheets, filled in or blank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, nothing
from dispatch.printouts.sheet import (
    Align,
    Block,
    Column,
    Facts,
    Field,
    Margins,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
    Table,
)

RIGHT, CENTRE = Align.RIGHT, Align.CENTRE
BLANK_ROWS, COUNT_ROWS = 8, 26


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line of goods; texts as they are printed."""

    code: str
    name: str
    model: str
    batch: str
    quantity: str
    measure: str
    warehouse: str
    price: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """A slip's head and goods; a blank one has a title and no lines."""

    title: str
    org: str
    made_at: datetime
    number: str = ""
    head: tuple[tuple[str, str], ...] = ()
    lines: tuple[SlipLine, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    drill: bool = False


@dataclass(frozen=True, slots=True)
class BookFacts:
    """A register of movements: what it was filtered by, its rows and their sums."""

    title: str
    org: str
    made_at: datetime
    filters: str
    rows: tuple[tuple[str, ...], ...]
    drill: bool = False


def slip_sheet(facts: SlipFacts) -> Sheet:
    """A slip with room to sign for everyone who had it in hand."""
    rows = [Row((str(n), x.code or DASH, x.name, x.model or DASH, x.batch or DASH, x.warehouse,
                 x.quantity, x.measure, x.price or DASH, x.number))
            for n, x in enumerate(facts.lines, 1)]
    columns = (
        Column(t("paper|No."), fit=True, least=16, align=CENTRE), Column(t("paper|Code"), 13),
        Column(t("paper|Name"), 20), Column(t("paper|Model"), 13), Column(t("paper|Batch"), 11),
        Column(t("paper|Warehouse"), 18), Column(t("paper|Quantity"), 10, RIGHT),
        Column(t("paper|Measure"), 8, CENTRE), Column(t("paper|Price (yuan)"), 10, RIGHT),
        Column(t("paper|Slip"), 14))
    goods = Table(columns, tuple(rows), blank=0 if rows else BLANK_ROWS, blank_height=24.0)
    sides = Signatures((SignSide(t("paper|Signed"), tuple(
        SignRow(post, name) for post, name in facts.signs)),))
    return Sheet(title=facts.title, org=facts.org, number=facts.number, made_at=facts.made_at,
                 sections=(Section("", (_pairs(facts.head), goods, sides)),),
                 watermark=t("paper|DRILL") if facts.drill else "")


def book_sheet(facts: BookFacts) -> Sheet:
    """The register on its side, a row for each movement."""
    columns = (
        Column(t("paper|Slip"), fit=True), Column(t("paper|Time"), fit=True),
        Column(t("paper|Kind"), 9), Column(t("paper|Name"), 18), Column(t("paper|Model"), 10),
        Column(t("paper|Batch"), 9), Column(t("paper|Warehouse"), 14),
        Column(t("paper|Quantity"), 8, RIGHT), Column(t("paper|Receiver"), 12),
        Column(t("paper|Basis"), 14), Column(t("paper|Approved by"), 8),
        Column(t("paper|Handled by"), 8), Column(t("paper|Event"), 9))
    block: Block = Table(columns, tuple(Row(row) for row in facts.rows), dense=True) \
        if facts.rows else nothing()
    return Sheet(title=facts.title, org=facts.org, number="", made_at=facts.made_at,
                 sections=(Section("", (block,), facts.filters),), landscape=True,
                 margins=Margins(15, 15, 12, 16),
                 watermark=t("paper|DRILL") if facts.drill else "")


def count_sheet(facts: SlipFacts, kept: tuple[str, ...]) -> Sheet:
    """A counting list 盘点表: what the ledger says of each lot, and room for what is found."""
    columns = (
        Column(t("paper|No."), fit=True, least=18, align=CENTRE), Column(t("paper|Code"), 12),
        Column(t("paper|Name"), 20), Column(t("paper|Model"), 14), Column(t("paper|Batch"), 12),
        Column(t("paper|Shelf"), 12), Column(t("paper|Measure"), 8, CENTRE),
        Column(t("paper|Ledger"), 10, RIGHT), Column(t("paper|Counted"), 12),
        Column(t("paper|Difference"), 10), Column(t("paper|Remark"), 14))
    rows = tuple(Row((str(n), x.code or DASH, x.name, x.model or DASH, x.batch or DASH,
                      x.warehouse or DASH, x.measure, there, "", "", ""))
                 for n, (x, there) in enumerate(zip(facts.lines, kept, strict=True), 1))
    table = Table(columns, rows, blank=0 if rows else COUNT_ROWS, blank_height=20.0)
    sides = Signatures((SignSide(t("paper|Signed"), tuple(
        SignRow(post, name) for post, name in facts.signs)),))
    return Sheet(title=facts.title, org=facts.org, number=facts.number, made_at=facts.made_at,
                 sections=(Section("", (_pairs(facts.head), table, sides)),),
                 watermark=t("paper|DRILL") if facts.drill else "")


def _pairs(head: tuple[tuple[str, str], ...]) -> Facts:
    """Two labels with their words to a row."""
    full = head if len(head) % 2 == 0 else (*head, ("", ""))
    return Facts(tuple(
        tuple(part for label, words in full[at:at + 2]
              for part in (Field(label, 13, label=True), Field(words, 37)))
        for at in range(0, len(full), 2)), tuple(22.0 for _ in range(0, len(full), 2)))
