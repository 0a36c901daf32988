"""Facts of drills 演练事实: a scenario, a drill and its sealed record in lines to look at; pure
but for the record that is read."""

from __future__ import annotations

from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.drills.acting import t_text
from dispatch.drills.checking import check_scenario
from dispatch.drills.keeping import Drill
from dispatch.drills.record import DrillRecord, read_record
from dispatch.drills.scenario import Scenario
from dispatch.drills.terms import BREAK_NAMES, PART_NAMES, POINT_NAMES, DrillState, Part
from resources.localtime import clock_text
from ui.widgets.fact_list import Fact


def scenario_facts(of: Scenario) -> list[Fact]:
    """What still stands in the way, the aims, who evaluates, and every inject."""
    rows = []
    try:
        check_scenario(of)
    except Refused as error:
        rows.append(Fact("bad", str(error), late=True))
    rows.append(Fact("h1", t("sheet|Aims"), right=str(len(of.aims)), head=True))
    rows += [Fact(f"a{n}", f"{n}  {aim.who}{t(': ')}{aim.task}", aim.standard,
                  f"{aim.minutes:g} {t('min')}" if aim.minutes else "")
             for n, aim in enumerate(of.aims, 1)]
    for part in (Part.CONTROLLER, Part.EVALUATOR):
        people = of.of_part(part)
        rows.append(Fact(f"h{part}", t(PART_NAMES[part]), right=str(len(people)), head=True))
        rows += [Fact(f"{part}{n}", one.name, one.duty, one.unit)
                 for n, one in enumerate(people)]
    rows.append(Fact("h3", t("Injects"), right=str(len(of.injects)), head=True))
    rows += [Fact(f"i{one.no}", f"{one.no:02}  {one.content}", one.target,
                  f"T+{t_text(one.at)}") for one in of.injects]
    return rows


def drill_facts(store: Store, of: Drill) -> list[Fact]:
    """The record of a sealed drill; of another why there is none."""
    if of.state is DrillState.SEALED:
        return record_facts(read_record(store, of.id))
    words = {DrillState.PREPARED: t("Prepared, not begun. R opens its window."),
             DrillState.RUNNING: t("Under way. R goes to its window or takes it up again."),
             DrillState.ENDED: t("Over, not sealed yet. R opens it and seals the record."),
             DrillState.ABANDONED: t("Given up: {reason}", reason=of.reason)}
    return [Fact("state", words[of.state], str(of.folder))]


def record_facts(of: DrillRecord) -> list[Fact]:
    """Times, aims against what was measured, breaks and marks."""
    rows = [Fact("h1", t("Timing points"), head=True)]
    rows += [Fact(f"p{p.point}", t(POINT_NAMES[p.point]), _source(p.source, clock_text(
        p.wall, seconds=True)), f"T+{t_text(p.t)}") for p in of.points]
    rows.append(Fact("h2", t("sheet|Aims"), head=True))
    for n, aim in enumerate(of.scenario.aims, 1):
        took = of.between(aim.since, aim.until) if aim.since and aim.until else None
        late = took is not None and aim.minutes is not None and took > aim.minutes * 60
        rows.append(Fact(f"a{n}", f"{n}  {aim.who}", aim.standard,
                         t_text(took) if took is not None else "—", late=late))
    if of.breaks:
        rows.append(Fact("h3", t("Breaks"), head=True))
    rows += [Fact(f"b{n}", t(BREAK_NAMES[b.kind]), b.why or "—",
                  f"T+{t_text(b.t)} · {t_text(b.seconds)}") for n, b in enumerate(of.breaks)]
    if of.marks:
        rows.append(Fact("h4", t("Marks"), head=True))
    rows += [Fact(f"m{n}", m.text, m.officer, f"T+{t_text(m.t)}")
             for n, m in enumerate(of.marks)]
    return rows


def _source(source: str, wall: str) -> str:
    return f"{wall} · {source}" if source else wall


