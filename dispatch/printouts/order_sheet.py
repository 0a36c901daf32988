"""Dispatch orders 调度指令单 and the notice of a response 应急响应通知 on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, table_or_none
from dispatch.printouts.sheet import (
    Block,
    Column,
    Facts,
    Field,
    Prose,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
)


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """The orders of one event: a head of labels and values, a row for each order."""

    org: str
    number: str
    made_at: datetime
    head: tuple[tuple[str, str], ...]
    orders: tuple[tuple[str, ...], ...]
    goods: tuple[tuple[str, ...], ...] = ()
    code: str = ""
    chain_head: str = ""
    drill: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice of a response states, each in a label and words."""

    title: str
    org: str
    number: str
    made_at: datetime
    opening: str
    stated: tuple[tuple[str, str], ...]
    code: str = ""
    chain_head: str = ""
    drill: bool = False


def order_sheet(facts: OrderFacts) -> Sheet:
    """The order sheet; without orders it is the blank form, to be filled in by hand."""
    columns = (Column(t("paper|No."), 15), Column(t("paper|Force"), 26),
               Column(t("paper|Phone"), 17), Column(t("paper|Ordered"), fit=True, least=44),
               Column(t("paper|Within"), fit=True, least=40), Column(t("paper|Task"), 62),
               Column(t("paper|Taken by"), 14))
    table = table_or_none(columns, (Row(row) for row in facts.orders),
                          blank=0 if facts.orders else 12)
    sections = [Section("", (_grid(facts.head),)), Section(t("paper|Orders"), (table,))]
    if facts.goods:
        goods = (Column(t("paper|Kind"), 12), Column(t("paper|Name"), 40),
                 Column(t("paper|Quantity"), 16), Column(t("paper|Slip"), fit=True),
                 Column(t("paper|To"), 30))
        sections.append(Section(t("paper|Goods, equipment and experts"), (
            table_or_none(goods, (Row(row) for row in facts.goods)),)))
    sections.append(Section("", (_signatures(),), keep=True))
    return Sheet(title=t("paper|Dispatch orders"), org=facts.org, number=facts.number,
                 made_at=facts.made_at, sections=tuple(sections), code=facts.code,
                 chain_head=facts.chain_head, watermark=t("paper|DRILL") if facts.drill else "")


def notice_sheet(facts: NoticeFacts) -> Sheet:
    """The notice: matters, level, expected length and measures (2024 law Art. 71-72)."""
    blocks: tuple[Block, ...] = (
        Prose(facts.opening, size=12, leading=20, indent=2),
        Facts(tuple((Field(label, 16, label=True), Field(words or DASH, 84))
                    for label, words in facts.stated)))
    return Sheet(title=facts.title, org=facts.org, number=facts.number, made_at=facts.made_at,
                 sections=(Section("", blocks), Section("", (_signatures(),), keep=True)),
                 code=facts.code, chain_head=facts.chain_head,
                 watermark=t("paper|DRILL") if facts.drill else "")


def _grid(head: tuple[tuple[str, str], ...]) -> Facts:
    rows = []
    for at in range(0, len(head), 2):
        fields: list[Field] = []
        for label, words in head[at:at + 2]:
            fields += [Field(label, 14, label=True), Field(words or DASH, 36)]
        rows.append(tuple(fields))
    return Facts(tuple(rows))


def _signatures() -> Signatures:
    return Signatures((SignSide(t("paper|Issued by"), (SignRow(t("paper|Duty officer")),)),
                       SignSide(t("paper|Approved by"), (SignRow(t("paper|Leader in charge")),))))
