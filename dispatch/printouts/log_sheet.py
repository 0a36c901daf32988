"""Registers 登记表: the duty log of a span, and the blank forms of the duty room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from db.words import t
from dispatch.printouts.log_table import EntryLine, log_table
from dispatch.printouts.phrases import log_range, nothing, span, thousands
from dispatch.printouts.sheet import (
    BEIJING,
    Align,
    Block,
    Column,
    Facts,
    Field,
    Row,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
    Table,
    strong,
)

BLANK_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""A blank form says nothing of time; its file still bears a date, always the same."""


@dataclass(frozen=True, slots=True)
class LogFacts:
    """A span of the duty log 值班日志; `people` are its leader and officers in words."""

    number: str
    org: str
    start: datetime
    end: datetime
    made_at: datetime
    entries: tuple[EntryLine, ...]
    people: str = ""
    weather: str = ""
    code: str = ""
    chain_hash: str = ""
    drill: bool = False
    zone: tzinfo = BEIJING


def log_sheet(facts: LogFacts) -> Sheet:
    """The register of a span, entry by entry."""
    when = span(facts.start, facts.end, facts.zone)
    numbers = [entry.seq for entry in facts.entries if entry.seq is not None]
    head = Facts(
        (
            (
                Field(t("paper|Span"), 10, label=True),
                Field(strong(when), 42),
                Field(t("paper|Weather"), 10, label=True),
                Field(facts.weather, 38),
            ),
            (
                Field(t("paper|Duty staff"), 10, label=True),
                Field(facts.people, 42),
                Field(t("paper|Entries"), 10, label=True),
                Field(_counted(facts, numbers), 38),
            ),
        )
    )
    table: Block = log_table(facts.entries, facts.zone) if facts.entries else nothing()
    return Sheet(
        title=t("paper|Duty log"),
        org=facts.org,
        number=facts.number,
        made_at=facts.made_at,
        sections=(Section("", (head, table)),),
        code=facts.code,
        chain_head=facts.chain_hash,
        watermark=t("paper|DRILL") if facts.drill else "",
    )


def _counted(facts: LogFacts, numbers: list[int]) -> str:
    count = t("paper|Entries: {n}", n=thousands(len(facts.entries)))
    where = log_range(min(numbers), max(numbers)) if numbers else ""
    return "   ".join(part for part in (count, where) if part)


def blank_log(org: str) -> Sheet:
    """Empty rows of the duty log; entered afterwards they are 补录."""
    head = Facts(
        (
            (
                Field(t("paper|Date"), 10, label=True),
                Field("", 40),
                Field(t("paper|Weather"), 10, label=True),
                Field("", 40),
            ),
            (
                Field(t("paper|Leader in charge"), 10, label=True),
                Field("", 40),
                Field(t("paper|Duty staff"), 10, label=True),
                Field("", 40),
            ),
        ),
        (28.0, 28.0),
    )
    table = log_table((), BEIJING, blank=26)
    return _form(org, t("paper|Duty log"), (Section("", (head, table)),))


def blank_call_record(org: str) -> Sheet:
    """An empty call record 来电登记表 with the elements asked of a caller."""
    pair, wide = 21.0, 106.0
    rows = (
        (t("paper|Call received at"), t("paper|Length of call")),
        (t("paper|Direction (in, out)"), t("paper|Phone number")),
        (t("paper|Caller's name"), t("paper|Unit and post")),
        (t("paper|Event time"), t("paper|Event place")),
    )
    lines = [_pair(left, right) for left, right in rows]
    heights = [pair + 6] * len(lines)
    for label, height in (
        (t("paper|What happened: cause, course, result"), wide),
        (t("paper|Dead, injured, missing, trapped"), 34.0),
        (t("paper|Measures taken"), 64.0),
        (t("paper|Effects and trend"), 50.0),
        (t("paper|Whom the caller has told: leader, unit, time"), 50.0),
        (t("paper|Checked by calling back: time, with whom"), 34.0),
        (t("paper|Reported to and handled"), 78.0),
        (t("paper|Leader's instruction"), 78.0),
    ):
        lines.append((Field(label, 17, label=True), Field("", 83)))
        heights.append(height)
    lines.append(_pair(t("paper|Recorded by"), t("paper|Recorded at")))
    heights.append(pair + 6)
    block = Facts(tuple(lines), tuple(heights))
    return _form(org, t("paper|Call record"), (Section("", (block,)),))


def _pair(left: str, right: str) -> tuple[Field, ...]:
    return (
        Field(left, 17, label=True),
        Field("", 33),
        Field(right, 17, label=True),
        Field("", 33),
    )


def blank_roll_call(org: str, units: tuple[tuple[str, str], ...] = ()) -> Sheet:
    """A roll-call and call sheet 点名登记表; `units` are (name, phone or call sign) to call."""
    centre = Align.CENTRE
    columns = (
        Column(t("paper|No."), fit=True, least=18, align=centre),
        Column(t("paper|Unit"), 22),
        Column(t("paper|Phone or call sign"), 18),
        Column(t("paper|Called"), 11, align=centre),
        Column(t("paper|Answered"), 11, align=centre),
        Column(t("paper|Answered by"), 14),
        Column(t("paper|Result"), 13),
        Column(t("paper|Second call"), 14),
    )
    rows = tuple(
        Row((str(n), name, phone, "", "", "", "", "")) for n, (name, phone) in enumerate(units, 1)
    )
    head = Facts(
        (
            (*_pair(t("paper|Date and time"), t("paper|Called by")),),
            (*_pair(t("paper|By (phone, radio, video)"), t("paper|Present, due, rate")),),
        ),
        (26.0, 26.0),
    )
    results = t("paper|Result: present, away, on leave, no answer, equipment fault, other.")
    table = Table(columns, rows, blank=max(0, 20 - len(rows)), blank_height=22.0)
    sign = Signatures(
        (
            SignSide(
                t("paper|Called by"),
                (SignRow(t("paper|Duty officer")), SignRow(t("paper|Leader in charge"))),
            ),
        ),
        results,
    )
    return _form(org, t("paper|Roll-call sheet"), (Section("", (head, table, sign)),))


def _form(org: str, title: str, sections: tuple[Section, ...]) -> Sheet:
    return Sheet(title=title, org=org, number="", made_at=BLANK_DAY, sections=sections)
