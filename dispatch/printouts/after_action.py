"""The after-action report 突发事件处置复盘报告, written from the log of one event or drill."""

from __future__ import annotations

from datetime import tzinfo

from db.words import t
from dispatch.printouts.after_action_facts import (
    AfterActionFacts,
    ForceLine,
    IntervalLine,
)
from dispatch.printouts.figures import figure_block
from dispatch.printouts.log_table import log_table
from dispatch.printouts.phrases import (
    DASH,
    day_time,
    full_time,
    instruction_columns,
    log_range,
    nothing,
    numbered,
    short_time,
    signed_section,
    span,
    table_or_none,
    tenths,
    thousands,
    two_lines,
    within_a_day,
)
from dispatch.printouts.sheet import (
    Align,
    Block,
    Chip,
    Column,
    Facts,
    Field,
    Lane,
    Lanes,
    Prose,
    Row,
    Run,
    Section,
    Sheet,
    SignRow,
    SignSide,
    Table,
    Words,
    strong,
)
from dispatch.timeline import spread

LANES_ON_A_CHART = 26
"""More forces than this are drawn on a further chart with the same axis."""


def after_action_sheet(facts: AfterActionFacts) -> Sheet:
    """The report; a section without content says so in a word."""
    title = t("paper|After-action report")
    if facts.drill:
        title = t("paper|Drill after-action report")
    return Sheet(
        title=title,
        org=facts.org,
        number=facts.number,
        made_at=facts.made_at,
        subtitle="   ".join(part for part in (facts.event_number, facts.event_title) if part),
        sections=numbered(_sections(facts)),
        code=facts.code,
        chain_head=facts.chain_hash,
        watermark=t("paper|DRILL") if facts.drill else "",
    )


def _sections(facts: AfterActionFacts) -> list[Section]:
    numbers = [entry.seq for entry in facts.entries if entry.seq is not None]
    source = log_range(min(numbers), max(numbers)) if numbers else ""
    units = t(
        "paper|min: response to confirmed, turn-out to departed, travel to arrived, total from the"
        " call to arrived"
    )
    return [
        Section(t("paper|Overview"), _overview(facts), source),
        Section(t("paper|Forces and times"), (_forces(facts),), units if facts.forces else ""),
        Section(t("paper|Timeline"), _timeline(facts), span(facts.start, facts.end, facts.zone)),
        *((Section(t("paper|Map"), (figure_block(facts.figure),)),) if facts.figure else ()),
        Section(t("paper|Intervals against norms"), (_intervals(facts),)),
        Section(t("paper|Casualties over time"), (_casualties(facts),)),
        Section(t("paper|Instructions and how they were carried out"), (_instructions(facts),)),
        Section(t("paper|Supplies used"), (_supplies(facts),)),
        Section(t("paper|What the record lacks"), _gaps(facts)),
        Section(t("paper|Course, causes, lessons, measures"), _review(facts),
                t("paper|Emergency Response Law, Art. 92") if facts.review else ""),
        Section(t("paper|Findings and improvements"), (_findings(facts),)),
        Section(
            t("paper|Complete log"),
            (_log(facts),),
            t("paper|Entries: {n}", n=thousands(len(facts.entries))) if facts.entries else "",
        ),
        _signatures(facts),
    ]


def _overview(facts: AfterActionFacts) -> tuple[Block, ...]:
    blocks: list[Block] = []
    fields = [
        (Field(f.label, 9, label=True), Field(strong(f.text) if f.strong else f.text, 24.3))
        for f in facts.facts
    ]
    if fields:
        while len(fields) > 3 and len(fields) % 3:
            fields.append((Field("", 9, label=True), Field("", 24.3)))
        rows = [fields[at : at + 3] for at in range(0, len(fields), 3)]
        blocks.append(Facts(tuple(tuple(f for pair in row for f in pair) for row in rows)))
    if facts.narrative or not fields:
        blocks.append(Prose(facts.narrative or t("paper|None.")))
    return tuple(blocks)


def _forces(facts: AfterActionFacts) -> Block:
    if not facts.forces:
        return Prose(t("paper|No force was ordered out."))
    times = [at for f in facts.forces
             for at in (f.ordered, f.confirmed, f.left, f.arrived, f.returned)]
    one_day = within_a_day(times, facts.zone)
    centre, right = Align.CENTRE, Align.RIGHT
    columns = (
        Column(t("paper|Force"), 26),
        Column(t("paper|Strength"), 21),
        Column(t("paper|Order"), align=centre, fit=True, least=26),
        Column(t("paper|Conf."), align=centre, fit=True, least=26),
        Column(t("paper|Left"), align=centre, fit=True, least=26),
        Column(t("paper|Arr."), align=centre, fit=True, least=26),
        Column(t("paper|Back"), align=centre, fit=True, least=26),
        Column(t("paper|Resp."), align=right, fit=True, heavy=True),
        Column(t("paper|Turn"), align=right, fit=True),
        Column(t("paper|Trav."), align=right, fit=True),
        Column(t("paper|Total"), align=right, fit=True, bold=True),
        Column(t("paper|Prom."), align=right, fit=True),
        Column(t("paper|Result"), align=centre, fit=True),
    )
    rows = tuple(_force_row(force, facts.zone, one_day=one_day) for force in facts.forces)
    return Table(columns, (*rows, *_spread_rows(facts)), dense=True)


def _force_row(force: ForceLine, zone: tzinfo, *, one_day: bool) -> Row:
    stages = tuple(
        short_time(at, zone, one_day=one_day).replace(" ", "\n") or DASH
        for at in (force.ordered, force.confirmed, force.left, force.arrived)
    )
    back = short_time(force.returned, zone, one_day=one_day).replace(" ", "\n")
    out = t("paper|out") if force.arrived and force.out else DASH
    return Row(
        (
            force.name,
            force.size,
            *stages,
            back or out,
            _minutes(force.response),
            _minutes(force.turnout),
            _minutes(force.travel),
            _minutes(force.total),
            _minutes(force.promised),
            _result(force),
        )
    )


def _result(force: ForceLine) -> Words:
    if force.over > 0:
        words = t("paper|over {n}", n=_minutes(force.over))
        return (Run(words, bold=True, chip=Chip.INK),)
    if force.outcome:
        return force.outcome
    if force.total is None or force.promised is None:
        return DASH
    return t("paper|met")


def _minutes(value: float | None) -> str:
    return DASH if value is None else tenths(value)


def _spread_rows(facts: AfterActionFacts) -> tuple[Row, ...]:
    """Median and 90th percentile under the forces, and how many kept their promise."""
    forces = facts.forces
    judged = [f for f in forces if f.promised is not None and f.arrived is not None]
    met = sum(1 for force in judged if force.over <= 0)
    found = [spread(values) for values in (
        [f.response for f in forces], [f.turnout for f in forces], [f.travel for f in forces],
        [f.total for f in forces])]
    return (
        _spread_row(t("paper|Median"), t("paper|of {n}", n=len(forces)),
                    [s.median for s in found], f"{met} / {len(judged)}" if judged else DASH),
        _spread_row(t("paper|90 %"), "", [s.p90 for s in found], ""),
    )


def _spread_row(name: str, of: str, values: list[float | None], result: str) -> Row:
    return Row((name, of, "", None, None, None, None, *map(_minutes, values), "", result),
               bold=True)


def _timeline(facts: AfterActionFacts) -> tuple[Block, ...]:
    lanes = [
        Lane(f.name, f.ordered, f.left, f.arrived, f.returned, f.promised_at, f.out)
        for f in facts.forces
    ]
    if not lanes and not facts.moments:
        return (nothing(),)
    groups = [lanes[at : at + LANES_ON_A_CHART] for at in range(0, len(lanes), LANES_ON_A_CHART)]
    return tuple(
        Lanes(facts.start, facts.end, facts.moments, tuple(group), facts.zone, tuple(lanes))
        for group in groups or [[]]
    )


def _intervals(facts: AfterActionFacts) -> Block:
    columns = (
        Column(t("paper|Measure"), 16, bold=True),
        Column(t("paper|From and to"), 26),
        Column(t("paper|Forces"), align=Align.RIGHT, fit=True),
        Column(t("paper|Actual or median"), 12, align=Align.CENTRE),
        Column(t("paper|90 %"), 11, align=Align.CENTRE),
        Column(t("paper|Norm"), 11, align=Align.CENTRE),
        Column(t("paper|Basis"), 22),
        Column(t("paper|Result"), 12, align=Align.CENTRE),
    )
    rows = (
        Row(
            (
                i.name,
                i.between,
                "" if i.n is None else str(i.n),
                _with_unit(i.actual),
                _with_unit(i.p90),
                _with_unit(i.norm),
                i.basis or DASH,
                _against(i),
            )
        )
        for i in facts.intervals
    )
    return table_or_none(columns, rows)


def _with_unit(value: float | None) -> str:
    return DASH if value is None else t("paper|{n} min", n=_minutes(value))


def _against(line: IntervalLine) -> Words:
    if line.judged:
        return t("paper|{met} of {n} met", met=line.met, n=line.judged)
    if line.actual is None or line.norm is None:
        return DASH
    if line.actual <= line.norm:
        return t("paper|met")
    over = t("paper|over {n}", n=_minutes(line.actual - line.norm))
    return (Run(over, bold=True, chip=Chip.INK),)


def _casualties(facts: AfterActionFacts) -> Block:
    centre = Align.CENTRE
    columns = (
        Column(t("paper|Time"), fit=True, bold=True),
        Column(t("paper|Dead"), 10, align=centre),
        Column(t("paper|Injured"), 10, align=centre),
        Column(t("paper|Missing"), 10, align=centre),
        Column(t("paper|Evacuated"), 12, align=centre),
        Column(t("paper|Source"), 40),
    )
    rows = (
        Row(
            (
                day_time(c.at, facts.zone),
                *map(_number, (c.dead, c.injured, c.missing, c.evacuated)),
                c.source or DASH,
            )
        )
        for c in facts.casualties
    )
    return table_or_none(columns, rows)


def _number(value: int | None) -> str:
    return DASH if value is None else str(value)


def _instructions(facts: AfterActionFacts) -> Block:
    columns = instruction_columns(20, t("paper|Carried out"), 23)
    rows = (
        Row(
            (
                day_time(i.at, facts.zone),
                two_lines(i.leader, i.post),
                i.text,
                i.passed_on or DASH,
                i.outcome or t("paper|no feedback"),
            )
        )
        for i in facts.instructions
    )
    return table_or_none(columns, rows)


def _supplies(facts: AfterActionFacts) -> Block:
    columns = (
        Column(t("paper|Item"), 28),
        Column(t("paper|Quantity"), 14, align=Align.RIGHT),
        Column(t("paper|Warehouse"), 22),
        Column(t("paper|Slip number"), 18),
        Column(t("paper|Used by"), 18),
    )
    rows = (
        Row((s.name, s.quantity, s.warehouse or DASH, s.slip or DASH, s.force or DASH))
        for s in facts.supplies
    )
    return table_or_none(columns, rows)


def _gaps(facts: AfterActionFacts) -> tuple[Block, ...]:
    """Each gap on a line of its own, so that it can be ticked off by hand."""
    if not facts.gaps:
        return (nothing(),)
    columns = (Column(t("paper|No."), align=Align.RIGHT, fit=True), Column(t("paper|Gap"), 1.0))
    rows = tuple(Row((str(n), words)) for n, words in enumerate(facts.gaps, 1))
    return (Table(columns, rows, dense=True),)


def _review(facts: AfterActionFacts) -> tuple[Block, ...]:
    if not facts.review:
        return (nothing(),)
    return tuple(
        Prose((*strong(heading), Run(t(": ") + (words or t("paper|not written yet")))))
        for heading, words in facts.review
    )


def _findings(facts: AfterActionFacts) -> Block:
    columns = (
        Column(t("paper|Problem"), 30),
        Column(t("paper|Measure to improve"), 28),
        Column(t("paper|Responsible"), 15),
        Column(t("paper|Deadline"), 13),
        Column(t("paper|Closed"), 16),
    )
    rows = (
        Row((f.problem, f.measure or DASH, f.owner or DASH, f.due or DASH, f.state or DASH))
        for f in facts.findings
    )
    return table_or_none(columns, rows)


def _log(facts: AfterActionFacts) -> Block:
    return log_table(facts.entries, facts.zone) if facts.entries else nothing()


def _signatures(facts: AfterActionFacts) -> Section:
    posts = (t("paper|Compiled by"), t("paper|Checked by"))
    sides = tuple(SignSide(post, (SignRow(post),)) for post in posts)
    note = t(
        "paper|Compiled on {when} from the log, unchanged.",
        when=full_time(facts.made_at, facts.zone),
    )
    return signed_section(facts, sides, note)
