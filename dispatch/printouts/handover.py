"""The handover record 值班交接班记录: the facts of a shift as a paper to sign."""

from __future__ import annotations

from datetime import UTC, datetime

from db.words import t
from dispatch.printouts.handover_facts import HandoverFacts, Watch
from dispatch.printouts.phrases import (
    DASH,
    clock_time,
    day_time,
    instruction_columns,
    joined,
    log_range,
    nothing,
    numbered,
    signed_section,
    span,
    table_or_none,
    two_lines,
)
from dispatch.printouts.sheet import (
    Block,
    Check,
    Checklist,
    Column,
    Facts,
    Field,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    SignRow,
    SignSide,
    Words,
    strong,
)


def handover_sheet(facts: HandoverFacts) -> Sheet:
    """The record of a handover; what there is none of is said in a word."""
    return Sheet(
        title=t("paper|Shift handover record"),
        org=facts.org,
        number=facts.number,
        made_at=facts.handed_at,
        sections=(Section("", (_head(facts),)), *numbered(_sections(facts, blank=False))),
        code=facts.code,
        chain_head=facts.chain_hash,
        watermark=t("paper|DRILL") if facts.drill else "",
    )


def blank_handover(org: str) -> Sheet:
    """The same paper to fill in by hand, for the hour without power."""
    epoch = datetime(2026, 1, 1, tzinfo=UTC)
    empty = HandoverFacts("", org, epoch, epoch, epoch, "", Watch(), Watch(), "")
    heights = (22.0, 17.5, 22.0, 22.0, 30.0)
    head = Facts(_head(empty, blank=True).rows, heights)
    return Sheet(
        title=t("paper|Shift handover record"),
        org=org,
        number="",
        made_at=epoch,
        sections=(Section("", (head,)), *numbered(_sections(empty, blank=True))),
    )


def _head(facts: HandoverFacts, *, blank: bool = False) -> Facts:
    z = facts.zone
    when = "" if blank else span(facts.start, facts.end, z)
    handed = "" if blank else day_time(facts.handed_at, z)
    return Facts(
        (
            (
                Field(t("paper|Shift"), 11, label=True),
                Field(strong(when), 33),
                Field(t("paper|Handover"), 12, label=True),
                Field(strong(handed), 14),
                Field(t("paper|Weather"), 10, label=True),
                Field(facts.weather, 20),
            ),
            tuple(
                Field(words, share, label=True)
                for words, share in (
                    ("", 11),
                    (t("paper|Leader in charge"), 19),
                    (t("paper|Duty officer"), 19),
                    (t("paper|Second officer"), 19),
                    (t("paper|Standby"), 32),
                )
            ),
            _watch(t("paper|Off duty"), facts.outgoing),
            _watch(t("paper|On duty"), facts.incoming),
            (Field(t("paper|Warnings"), 11, label=True), Field(_warnings(facts, blank=blank), 89)),
        )
    )


def _watch(label: str, watch: Watch) -> tuple[Field, ...]:
    return (
        Field(label, 11, label=True),
        Field(strong(watch.leader), 19),
        Field(strong(watch.officer), 19),
        Field(strong(watch.second), 19),
        Field(joined(watch.standby), 32),
    )


def _warnings(facts: HandoverFacts, *, blank: bool) -> Words:
    if not facts.warnings:
        return "" if blank else t("paper|None in force.")
    runs: list[Run] = []
    for at, warning in enumerate(facts.warnings):
        runs += [Run(("\n" if at else "") + warning.name + "  ", bold=True), Run(warning.detail)]
    return tuple(runs)


def _sections(facts: HandoverFacts, *, blank: bool) -> list[Section]:
    summary: Block = Prose(facts.summary or t("paper|None."))
    if blank:
        summary = Facts(((Field(""),),), (54.0,))
    found = [
        Section(
            t("paper|Summary of the shift"),
            (summary,),
            log_range(facts.first_entry, facts.last_entry),
        ),
        Section(
            t("paper|Open events"),
            (_events(facts, 3 * blank),),
            t("paper|{n} open", n=len(facts.events)) if facts.events else "",
        ),
        Section(
            t("paper|Reports due"),
            (_reports(facts, 3 * blank),),
            t("paper|due times follow from the time received") if facts.reports else "",
        ),
        Section(
            t("paper|Instructions not carried out"),
            (_instructions(facts, 2 * blank),),
            _count(facts.instructions),
        ),
    ]
    if facts.papers or blank:
        found.append(
            Section(
                t("paper|Papers to pass on"), (_papers(facts, 2 * blank),), _count(facts.papers)
            )
        )
    if facts.out or blank:
        found.append(
            Section(
                t("paper|Forces and equipment out"), (_out(facts, 2 * blank),), _count(facts.out)
            )
        )
    found.append(_checks(facts, blank=blank))
    if facts.roll_calls:
        found.append(Section(t("paper|Roll calls and radio tests"),
                             (Prose("\n".join(facts.roll_calls)),), _count(facts.roll_calls)))
    if facts.reminders:
        text = "\n".join(f"{n}. {line}" for n, line in enumerate(facts.reminders, 1))
        found.append(Section(t("paper|Reminders for the next shift"), (Prose(text),)))
    found.append(_signatures(facts, blank=blank))
    if facts.addenda:
        found.append(Section(t("paper|Added after sealing"), (_addenda(facts),),
                             t("paper|not part of what was signed")))
    return found


def _open(facts: HandoverFacts) -> str:
    return t("paper|{n} open", n=len(facts.events)) if facts.events else ""


def _count(items: tuple[object, ...]) -> str:
    return t("paper|{n} in all", n=len(items)) if items else ""


def _events(facts: HandoverFacts, blank: int) -> Block:
    columns = (
        Column(t("paper|Number"), fit=True, bold=True, least=44),
        Column(t("paper|Level"), fit=True, least=34),
        Column(t("paper|Event and state"), 36),
        Column(t("paper|Received"), fit=True, least=26),
        Column(t("paper|Forces out"), 16),
        Column(t("paper|Points to hand over"), 20),
    )
    rows = (
        Row(
            (
                event.number,
                (Run(f"{event.level} " if event.level else "", bold=True), Run(event.grade)),
                event.status,
                day_time(event.received_at, facts.zone).replace(" ", "\n"),
                "\n".join(event.forces_out) or DASH,
                event.notes or DASH,
            )
        )
        for event in facts.events
    )
    return table_or_none(columns, rows, blank)


def _reports(facts: HandoverFacts, blank: int) -> Block:
    columns = (
        Column(t("paper|Due"), fit=True, bold=True, least=56),
        Column(t("paper|Report"), 19),
        Column(t("paper|Recipients"), 29),
        Column(t("paper|Channel"), 15),
        Column(t("paper|Sent so far"), 14),
        Column(t("paper|By"), 11),
    )
    rows = (
        Row(
            (
                day_time(r.due_at, facts.zone),
                r.report,
                r.recipients,
                r.channel or DASH,
                r.sent or DASH,
                r.by or DASH,
            )
        )
        for r in facts.reports
    )
    return table_or_none(columns, rows, blank)


def _instructions(facts: HandoverFacts, blank: int) -> Block:
    columns = instruction_columns(21, t("paper|Deadline and progress"), 22)
    rows = (
        Row(
            (
                day_time(i.at, facts.zone),
                two_lines(i.leader, i.post),
                i.text,
                i.passed_on or t("paper|not passed on"),
                two_lines(
                    day_time(i.due_at, facts.zone),
                    i.progress or t("paper|no feedback"),
                    strong=True,
                ),
            )
        )
        for i in facts.instructions
    )
    return table_or_none(columns, rows, blank)


def _papers(facts: HandoverFacts, blank: int) -> Block:
    columns = (
        Column(t("paper|Received"), fit=True, least=56),
        Column(t("paper|Document number"), 18),
        Column(t("paper|Title"), 28),
        Column(t("paper|From"), 16),
        Column(t("paper|Pass on to"), 28),
    )
    rows = (
        Row((day_time(p.received_at, facts.zone), p.number or DASH, p.title, p.origin, p.to))
        for p in facts.papers
    )
    return table_or_none(columns, rows, blank)


def _out(facts: HandoverFacts, blank: int) -> Block:
    columns = (
        Column(t("paper|Force or equipment"), 30),
        Column(t("paper|Strength"), 16),
        Column(t("paper|Where"), 28),
        Column(t("paper|Out since"), fit=True, least=56),
        Column(t("paper|Expected back"), 18),
    )
    rows = (
        Row((o.name, o.size or DASH, o.where, _since(o.since, facts), o.due_back or DASH))
        for o in facts.out
    )
    return table_or_none(columns, rows, blank)


def _since(since: datetime | str, facts: HandoverFacts) -> str:
    return day_time(since, facts.zone) if isinstance(since, datetime) else since or DASH


def _addenda(facts: HandoverFacts) -> Block:
    columns = (
        Column(t("paper|Time"), fit=True, least=56),
        Column(t("paper|Added by"), 14),
        Column(t("paper|What was added"), 76),
    )
    rows = (Row((day_time(a.at, facts.zone), a.name, a.text)) for a in facts.addenda)
    return table_or_none(columns, rows, 0)


def _checks(facts: HandoverFacts, *, blank: bool) -> Section:
    checks = facts.checks
    if blank:
        checks = tuple(Check(t(name), ok=False) for name in USUAL_CHECKS)
    block: Block = Checklist(checks) if checks else nothing()
    aside = t("paper|an empty box is a fault") if facts.checks else ""
    return Section(t("paper|Equipment, radio and key checks"), (block,), aside, keep=True)


USUAL_CHECKS = (
    "paper|Duty telephone",
    "paper|Spare telephone",
    "paper|Fax",
    "paper|Video conference terminal",
    "paper|Handheld radios",
    "paper|Satellite telephone",
    "paper|UPS and backup power",
    "paper|Text message gateway",
    "paper|Duty computers",
    "paper|Code book",
    "paper|Keys",
    "paper|Emergency bag and torches",
)


def _signatures(facts: HandoverFacts, *, blank: bool) -> Section:
    posts = (t("paper|Duty officer"), t("paper|Leader in charge"))
    sides = []
    for title, signers in (
        (t("paper|Handed over by"), facts.signed_out),
        (t("paper|Taken over by"), facts.signed_in),
    ):
        rows = tuple(SignRow(s.post, s.name, _signed(s.at, facts)) for s in signers)
        sides.append(SignSide(title, rows or tuple(SignRow(post) for post in posts)))
    note = t("paper|Remarks") + ("  " + facts.note if facts.note else "")
    aside = t("paper|scan or type the code to check against the log") if not blank else ""
    return signed_section(facts, sides, note, aside)


def _signed(at: datetime | None, facts: HandoverFacts) -> str:
    if at is None:
        return ""
    seconds = at.astimezone(facts.zone).strftime(":%S")
    return clock_time(at, facts.zone) + seconds
