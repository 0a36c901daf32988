"""Papers of the net 调度网文书: directory, call sheets to fill in by hand, monthly circular."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, numbered, table_or_none
from dispatch.printouts.sheet import (
    Align,
    Block,
    Column,
    Facts,
    Field,
    Margins,
    Prose,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
)

NARROW = Margins(12, 12, 12, 16)


@dataclass(frozen=True, slots=True)
class NetHead:
    """What every paper of the net carries in its head and foot."""

    org: str
    made_at: datetime
    number: str = ""
    code: str = ""
    chain_head: str = ""
    drill: bool = False


@dataclass(frozen=True, slots=True)
class CircularFacts:
    """A month's circular: sentences, and rows of cells for the three tables."""

    title: str
    opening: str
    figures: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, ...], ...]
    days: tuple[tuple[str, ...], ...]
    closing: str


def directory_sheet(head: NetHead, branches: Iterable[tuple[str, tuple[tuple[str, ...], ...]]]
                    ) -> Sheet:
    """The directory 通讯录 by branch: unit, numbers in order, radio, since when on the net."""
    columns = (Column(t("paper|Unit"), 30, bold=True), Column(t("paper|Numbers in order"), 62),
               Column(t("paper|Call sign, channel, terminal"), 30),
               Column(t("paper|On the net since"), 16))
    sections = [Section(name, (table_or_none(columns, (Row(_dashed(r)) for r in rows)),),
                        t("paper|{n} in all", n=len(rows))) for name, rows in branches]
    return _sheet(head, t("paper|Directory of the dispatch net"), numbered(sections))


def roll_sheet(head: NetHead, title: str, facts: tuple[tuple[str, str], ...],
               rows: Iterable[tuple[str, ...]], *, blank: int = 0) -> Sheet:
    """A roll call's sheet 点名单: units with their numbers, and cells for what they answer."""
    columns = (Column(t("paper|No."), 9, Align.RIGHT), Column(t("paper|Unit"), 34, bold=True),
               Column(t("paper|Number or call sign"), 26), Column(t("paper|Time"), 13),
               Column(t("paper|Answer"), 19), Column(t("paper|Answered by"), 19),
               Column(t("paper|Signal"), 14), Column(t("paper|Asked again"), 19),
               Column(t("paper|Sheet note"), 22))
    table = table_or_none(columns, (Row(r) for r in rows), blank=blank)
    note = Prose(t("paper|Answers: on post, off post, on leave, no answer, device fault, other."
                   " Signal 1 to 5. Enter afterwards as back-filled."), size=8.5, leading=13)
    return _sheet(head, title, (Section("", (_grid(facts),)), Section("", (table, note)),
                                Section("", (_signs(),), keep=True)))


def callout_sheet(head: NetHead, facts: tuple[tuple[str, str], ...], text: str,
                  rows: Iterable[tuple[str, ...]], *, blank: int = 0) -> Sheet:
    """A call-out's sheet 呼叫单: the words to be said, then unit by unit who answered and when."""
    columns = (Column(t("paper|No."), 9, Align.RIGHT), Column(t("paper|Unit"), 32, bold=True),
               Column(t("paper|Numbers in order"), 52), Column(t("paper|State"), 25),
               Column(t("paper|Time"), 13), Column(t("paper|Answered by"), 22),
               Column(t("paper|Sheet note"), 26))
    table = table_or_none(columns, (Row(r) for r in rows), blank=blank)
    return _sheet(head, t("paper|Call sheet"), (
        Section("", (_grid(facts),)),
        Section(t("paper|What is said"), (Prose(text or " \n \n ", size=12, leading=20,
                                                indent=2),)),
        Section(t("paper|Who is called"), (table,)), Section("", (_signs(),), keep=True)))


def circular_sheet(head: NetHead, facts: CircularFacts) -> Sheet:
    """The month's circular 通报: figures, who was not on post, rates by unit and by day."""
    units = (Column(t("paper|Unit"), 34, bold=True), *_counts(), Column(
        t("paper|Usual wait"), 13, Align.RIGHT))
    below = (Column(t("paper|Unit"), 34, bold=True), *_counts())
    days = (Column(t("paper|Day"), 34), *_counts())
    sections = numbered((
        Section(t("paper|Figures"), (_grid(facts.figures),)),
        Section(t("paper|Units that were not always on post"), (
            table_or_none(below, map(Row, facts.below), dense=True),)),
        Section(t("paper|By unit"), (table_or_none(units, map(Row, facts.units), dense=True),)),
        Section(t("paper|By day"), (table_or_none(days, map(Row, facts.days), dense=True),))))
    opening = Section("", (Prose(facts.opening, size=11, leading=19, indent=2),))
    closing = Section("", (Prose(facts.closing, size=9, leading=14), _signs()), keep=True)
    return _sheet(head, facts.title, (opening, *sections, closing), narrow=False)


def _counts() -> tuple[Column, ...]:
    names = (t("paper|Times asked"), t("roll|On post"), t("roll|Off post"), t("roll|On leave"),
             t("roll|No answer"), t("roll|Device fault"), t("roll|Other"),
             t("paper|On post when asked again"), t("paper|Rate"))
    return tuple(Column(name, 11, Align.RIGHT) for name in names)


def _sheet(head: NetHead, title: str, sections: tuple[Section, ...], *,
           narrow: bool = True) -> Sheet:
    return Sheet(title=title, org=head.org, number=head.number, made_at=head.made_at,
                 sections=sections, code=head.code, chain_head=head.chain_head,
                 watermark=t("paper|DRILL") if head.drill else "",
                 margins=NARROW if narrow else Margins())


def _dashed(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell or DASH for cell in cells)


def _grid(facts: tuple[tuple[str, str], ...]) -> Block:
    rows = []
    for at in range(0, len(facts), 2):
        fields: list[Field] = []
        for label, words in facts[at:at + 2]:
            fields += [Field(label, 14, label=True), Field(words, 36)]
        rows.append(tuple(fields))
    return Facts(tuple(rows))


def _signs() -> Signatures:
    return Signatures((SignSide(t("paper|Caller of units"), (SignRow(t("paper|Duty officer")),)),
                       SignSide(t("paper|Read by"), (SignRow(t("paper|Leader in charge")),))))
