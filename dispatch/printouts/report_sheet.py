"""The information report 突发事件信息报告 (首报, 续报, 终报) in the manner of official papers.

Elements: Emergency Response Law 2024 and State Council Order 493, Article 12; layout close to
GB/T 9704-2012 as far as it applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from db.words import t
from dispatch.printouts import official
from dispatch.printouts.figures import Figure, figure_block
from dispatch.printouts.phrases import DASH, day_time, full_time, table_or_none
from dispatch.printouts.sheet import BEIJING, Chip, Column, Prose, Row, Run, Section, Sheet, Words

TEXT_WIDTH = 442.0
"""Points of the text area, 156 mm (GB/T 9704)."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom 报送单位, how, and when it went out; no time is not sent yet."""

    name: str
    channel: str = ""
    sent_at: datetime | None = None
    received_by: str = ""
    late: bool = False
    waived: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything on the report; `text` is what the officer made of the draft."""

    number: str
    org: str
    title: str
    text: str
    reported_at: datetime
    recipients: tuple[Recipient, ...] = ()
    signer: str = ""
    compiler: str = ""
    phone: str = ""
    drill: bool = False
    zone: tzinfo = BEIJING
    figure: Figure | None = None


def report_sheet(facts: ReportFacts) -> Sheet:
    """Number and 签发人, title, 主送, text, org and time, then to whom it went and when."""
    to = t("paper|name, ").join(dict.fromkeys(r.name for r in facts.recipients))
    address = (Prose(to + t("paper|:"), official.BODY, official.LEADING),) if to else ()
    return Sheet(
        title=facts.title,
        org=facts.org,
        number=facts.number,
        made_at=facts.reported_at,
        sections=(
            Section("", (*address, *official.body(facts.text))),
            official.signature(facts.org, full_time(facts.reported_at, facts.zone)),
            *((Section("", (figure_block(facts.figure, TEXT_WIDTH),)),)
              if facts.figure else ()),
            _sent(facts),
        ),
        subtitle=t("paper|Issued by: {name}", name=facts.signer or "\u3000" * 4),
        watermark=t("paper|DRILL") if facts.drill else "",
        margins=official.MARGINS,
        official=True,
    )


def _state(one: Recipient, zone: tzinfo) -> Words:
    if one.waived:
        return (Run(t("paper|not sent: {reason}", reason=one.waived)),)
    if one.sent_at is None:
        return (Run(t("paper|not sent yet")),)
    words = Run(day_time(one.sent_at, zone))
    return (words, Run(" "), Run(t("paper|late"), chip=Chip.INK)) if one.late else (words,)


def _sent(facts: ReportFacts) -> Section:
    columns = (
        Column(t("paper|Recipient"), 38),
        Column(t("paper|Channel"), 16),
        Column(t("paper|Sent at"), 26, bold=True),
        Column(t("paper|Received by"), 20),
    )
    rows = (
        Row((r.name, r.channel or DASH, _state(r, facts.zone), r.received_by or DASH))
        for r in facts.recipients
    )
    blocks = [table_or_none(columns, rows)]
    who = t("paper|Compiled by: {name}", name=facts.compiler) if facts.compiler else ""
    if facts.phone:
        who = f"{who}\u3000\u3000{t('paper|Phone: {phone}', phone=facts.phone)}".strip()
    if who:
        blocks.append(Prose(who, official.SMALL, official.SMALL_LEADING))
    return Section(t("paper|Sent to"), tuple(blocks), keep=True)
