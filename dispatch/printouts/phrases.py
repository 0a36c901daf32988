"""Phrases 用语 that the papers share: times, numbered headings, and the word for nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Protocol

from db.words import mark, t
from dispatch.printouts.sheet import (
    Block,
    Chip,
    Column,
    Prose,
    Row,
    Run,
    Section,
    Signatures,
    SignSide,
    Table,
    Words,
)

NUMERALS = tuple(
    mark(source)
    for source in (
        "paper|1",
        "paper|2",
        "paper|3",
        "paper|4",
        "paper|5",
        "paper|6",
        "paper|7",
        "paper|8",
        "paper|9",
        "paper|10",
        "paper|11",
        "paper|12",
        "paper|13",
        "paper|14",
        "paper|15",
        "paper|16",
    )
)
DASH = "—"


def day_time(at: datetime | None, zone: tzinfo) -> str:
    """`10-14 20:34`, or nothing when there is no time."""
    return at.astimezone(zone).strftime("%m-%d %H:%M") if at else ""


def full_time(at: datetime | None, zone: tzinfo) -> str:
    """`2026-10-14 20:34`, or nothing."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""


def clock_time(at: datetime | None, zone: tzinfo) -> str:
    """`20:34`, or nothing."""
    return at.astimezone(zone).strftime("%H:%M") if at else ""


def short_time(at: datetime | None, zone: tzinfo, *, one_day: bool) -> str:
    """The clock time, with its day where the paper spans several."""
    return clock_time(at, zone) if one_day else day_time(at, zone)


def within_a_day(times: Iterable[datetime | None], zone: tzinfo) -> bool:
    """Whether all times given fall on one local day."""
    return len({at.astimezone(zone).date() for at in times if at}) < 2


def span(start: datetime, end: datetime, zone: tzinfo) -> str:
    """`2026-10-14 08:30 to 10-15 08:30`; the year again only when it changes."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    form = "%m-%d %H:%M" if first.year == last.year else "%Y-%m-%d %H:%M"
    return t("paper|{start} to {end}", start=full_time(start, zone), end=last.strftime(form))


def log_range(first: int | None, last: int | None) -> str:
    """`Log #48 112 to #48 391`, or nothing for a paper without entries."""
    if first is None or last is None:
        return ""
    return t("paper|Log #{first} to #{last}", first=thousands(first), last=thousands(last))


def thousands(number: int) -> str:
    """Digits in groups of three, as on the reference paper."""
    return f"{number:,}".replace(",", " ")


def tenths(value: float) -> str:
    """Minutes with one decimal where it says something: `87.6`, and `7`."""
    return f"{value:.1f}".removesuffix(".0")


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with 一、二、三 or 1. 2. 3. before their headings."""
    found = []
    for at, section in enumerate(sections):
        number = t(NUMERALS[at])
        heading = t("paper|{n}. {heading}", n=number, heading=section.heading)
        found.append(Section(heading, section.blocks, section.aside, section.keep))
    return tuple(found)


def nothing() -> Prose:
    """Said in a word where a table would be empty."""
    return Prose(t("paper|None."))


def table_or_none(
    columns: tuple[Column, ...], rows: Iterable[Row], blank: int = 0, *, dense: bool = False
) -> Block:
    """A table, its empty form with `blank` rows, or the word for nothing."""
    kept = tuple(rows)
    if not kept and not blank:
        return nothing()
    return Table(columns, kept, blank=blank, dense=dense)


def joined(names: Iterable[str]) -> str:
    """Names with wide spaces between, as they stand on a roster."""
    return "   ".join(names)


def two_lines(first: str, second: str, *, strong: bool = False) -> Words:
    """Two lines in one cell, the first in bold if asked; either may be missing."""
    if not first or not second:
        return (Run(first or second, bold=strong and bool(first)),)
    return (Run(first + "\n", bold=strong), Run(second))


def late_tag() -> Run:
    """The tag of what was entered afterwards (补录)."""
    return Run(t("paper|back-filled"), chip=Chip.TAG)


def chain_words(seq: int | None, digest: str) -> tuple[str, ...]:
    """Two lines for the head of the log's chain: its number, and its hash in short groups."""
    if seq is None:
        return ()
    short = digest[:16].upper()
    groups = " ".join(short[i : i + 4] for i in range(0, len(short), 4))
    return t("paper|Chain head #{n}", n=thousands(seq)), groups


class Coded(Protocol):
    """A paper that carries a verification code and the head of the chain."""

    @property
    def number(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def chain_seq(self) -> int | None: ...

    @property
    def chain_hash(self) -> str: ...


def signed_section(facts: Coded, sides: Iterable[SignSide], note: str, aside: str = "") -> Section:
    """The last section of a paper that is tied to the log: lines to sign on beside its code."""
    payload = f"WATCHDESK {facts.number} {facts.code}" if facts.code else ""
    chain = chain_words(facts.chain_seq, facts.chain_hash)
    block = Signatures(tuple(sides), note, facts.code, chain, payload)
    return Section(t("paper|Signatures and verification"), (block,), aside, keep=True)


def instruction_columns(passed: float, last: str, width: float) -> tuple[Column, ...]:
    """Columns of leaders' instructions; the last one says how far each is."""
    return (
        Column(t("paper|Time"), fit=True, least=56),
        Column(t("paper|Given by"), 15),
        Column(t("paper|Instruction"), 31),
        Column(t("paper|Passed on"), passed),
        Column(last, width),
    )
