"""The information report 突发事件信息报告 (首报, 续报, 终报) in the manner of official papers.

Elements: Emergency Response Law 2024 and State Council Order 493, Article 12; set close to
GB/T 9704 but in the program's own fonts, since the standard's are licensed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from db.words import mark, t
from dispatch.printouts.phrases import DASH, day_time, full_time, numbered, table_or_none
from dispatch.printouts.sheet import (
    BEIJING,
    Align,
    Column,
    Facts,
    Field,
    Margins,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    Signatures,
    SignRow,
    SignSide,
    strong,
)


class ReportKind(StrEnum):
    FIRST = "first"
    FURTHER = "further"
    FINAL = "final"


KIND_WORDS = {
    ReportKind.FIRST: mark("paper|First report"),
    ReportKind.FURTHER: mark("paper|Further report {n}"),
    ReportKind.FINAL: mark("paper|Final report"),
}

BODY, LEADING = 12.0, 19.0
MARGINS = Margins(left=26, right=22, top=14, bottom=16)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the report, such as 简要经过: its name and what is known of it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom 报送单位, how, and when it went out; no time is not sent yet."""

    name: str
    channel: str = ""
    sent_at: datetime | None = None
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything on the report. `ordinal` counts further reports from 1.

    `received_at` is 接报, `happened_at` 事发; `elements` come in the order of the rules.
    """

    number: str
    org: str
    kind: ReportKind
    ordinal: int
    event_number: str
    subject: str
    level: str
    category: str
    happened_at: datetime | None
    received_at: datetime
    reported_at: datetime
    place: str
    source: str
    elements: tuple[Element, ...]
    recipients: tuple[Recipient, ...] = ()
    addressee: str = ""
    signer: str = ""
    compiler: str = ""
    site_lead: str = ""
    code: str = ""
    chain_hash: str = ""
    drill: bool = False
    zone: tzinfo = BEIJING


def report_sheet(facts: ReportFacts) -> Sheet:
    """The report with number, 签发人, elements, recipients with their times, and a seal's place."""
    opening = Section("", (*_opening(facts), _grid(facts)))
    body = numbered(
        Section(e.name, (Prose(e.text or t("paper|Not known yet."), BODY, LEADING, 2),))
        for e in facts.elements
    )
    return Sheet(
        title=t("paper|Report on an emergency"),
        org=facts.org,
        number=facts.number,
        made_at=facts.reported_at,
        sections=(opening, *body, _closing(facts), _sent(facts), _signatures(facts)),
        subtitle=t("paper|({kind})", kind=_kind(facts)),
        code=facts.code,
        chain_head=facts.chain_hash,
        watermark=t("paper|DRILL") if facts.drill else "",
        margins=MARGINS,
    )


def _kind(facts: ReportFacts) -> str:
    return t(KIND_WORDS[facts.kind], n=facts.ordinal)


def _opening(facts: ReportFacts) -> tuple[Facts | Prose, ...]:
    head = Facts(
        (
            (
                Field(t("paper|Report number"), 14, label=True),
                Field(strong(facts.number), 40),
                Field(t("paper|Issued by"), 14, label=True),
                Field(strong(facts.signer), 32),
            ),
        ),
        (22.0,),
    )
    subject = Prose(strong(facts.subject), 15, 22, align=Align.CENTRE, before=8)
    if not facts.addressee:
        return head, subject
    return head, subject, Prose(facts.addressee + t("paper|:"), BODY, LEADING, before=4)


def _grid(facts: ReportFacts) -> Facts:
    z = facts.zone
    pairs = (
        (t("paper|Event number"), facts.event_number, t("paper|Level"), facts.level),
        (
            t("paper|Happened at"),
            full_time(facts.happened_at, z) or t("paper|not known yet"),
            t("paper|Received at"),
            full_time(facts.received_at, z),
        ),
        (t("paper|Kind of event"), facts.category, t("paper|Source"), facts.source),
    )
    rows = [
        (Field(a, 14, label=True), Field(b, 40), Field(c, 14, label=True), Field(d, 32))
        for a, b, c, d in pairs
    ]
    wide = [(Field(t("paper|Place"), 14, label=True), Field(facts.place, 86))]
    if facts.site_lead:
        wide.append(
            (Field(t("paper|In charge on site"), 14, label=True), Field(facts.site_lead, 86))
        )
    return Facts((*rows, *wide))


def _closing(facts: ReportFacts) -> Section:
    date = full_time(facts.reported_at, facts.zone)
    who = Prose(facts.org, BODY, LEADING, align=Align.RIGHT, before=12)
    return Section("", (who, Prose(date, BODY, LEADING, align=Align.RIGHT)), keep=True)


def _sent(facts: ReportFacts) -> Section:
    columns = (
        Column(t("paper|Recipient"), 38),
        Column(t("paper|Channel"), 16),
        Column(t("paper|Sent at"), fit=True, bold=True),
        Column(t("paper|Received by"), 22),
    )
    rows = (
        Row(
            (
                r.name,
                r.channel or DASH,
                day_time(r.sent_at, facts.zone) or (Run(t("paper|not sent yet")),),
                r.received_by or DASH,
            )
        )
        for r in facts.recipients
    )
    return Section(t("paper|Sent to"), (table_or_none(columns, rows),), keep=True)


def _signatures(facts: ReportFacts) -> Section:
    sides = (
        SignSide(t("paper|Issued by"), (SignRow("", facts.signer),)),
        SignSide(t("paper|Compiled by"), (SignRow("", facts.compiler),)),
    )
    payload = f"WATCHDESK {facts.number} {facts.code}" if facts.code else ""
    block = Signatures(sides, t("paper|Notes"), facts.code, (), payload)
    return Section("", (block,), keep=True)
