"""Rows of the run page 演练行: a run at T+ as what its clock, lists and chart show; pure."""

from __future__ import annotations

from datetime import datetime

from db.words import t
from dispatch.drills.acting import t_text
from dispatch.drills.record import ActionRun, InjectRun
from dispatch.drills.run import Run, RunState
from dispatch.drills.terms import (
    BREAK_NAMES,
    POINT_NAMES,
    RESULT_NAMES,
    BreakKind,
    Point,
    Result,
)
from resources.localtime import clock_text
from ui.widgets.drill_chart import ActionBar, BreakMark, ChartFacts, InjectMark
from ui.widgets.drill_clock import ClockFacts
from ui.widgets.drill_lists import ActionRow, InjectRow
from ui.widgets.point_strip import PointCell

LARGE = 60.0
"""Seconds of deviation from which on it stands in bold."""
STATES = {RunState.READY: "hourglass", RunState.RUNNING: "player-play",
          RunState.PAUSED: "player-pause", RunState.ENDED: "player-stop"}


def state_words(run: Run) -> str:
    speed = f"  ×{run.speed:g}"
    return {RunState.READY: t("run|Ready"), RunState.RUNNING: t("run|Running") + speed,
            RunState.PAUSED: t("run|Paused") + speed, RunState.ENDED: t("run|Ended")}[run.state]


def span(seconds: float) -> str:
    """`+01:18` under an hour, with hours above; a negative one with a minus."""
    whole = int(abs(seconds))
    sign = "−" if seconds < 0 and whole else "+"
    plain = t_text(whole)
    return sign + (plain[3:] if whole < 3600 else plain)


def clock_facts(run: Run, at: float, drill_now: datetime, wall: datetime) -> ClockFacts:
    """The clock at T+`at`; `drill_now` is its own clock, `wall` that of the machine."""
    started = "" if run.started is None else t("started {time}", time=clock_text(
        run.started.wall, seconds=True))
    note = t("drill clock {drill} · machine {wall} {started} · monotonic",
             drill=clock_text(drill_now, seconds=True), wall=clock_text(wall, seconds=True),
             started=started)
    length = run.scenario.length
    left = t("planned {length} · left {left}", length=t_text(length),
             left=t_text(max(0.0, length - at))) if at <= length else t(
        "planned {length} · over by {over}", length=t_text(length), over=t_text(at - length))
    said = []
    for kind in BreakKind:
        stops = sum(b.seconds for b in run.breaks if b.kind is kind)
        if stops:
            said.append(f"{t(BREAK_NAMES[kind])} {t_text(stops)}")
    lag = run.lag()
    if run.current is not None and abs(lag) >= 1:
        said.append(t("behind the plan by {lag}", lag=t_text(lag)) if lag > 0
                    else t("ahead of the plan by {lag}", lag=t_text(-lag)))
    return ClockFacts(state_words(run), STATES[run.state], note, t_text(at), at, length, left,
                      " · ".join(said), running=run.state is RunState.RUNNING)


def inject_rows(run: Run, at: float) -> list[InjectRow]:
    """Every inject; those that are due and not given are overdue."""
    due = {i.no for i in run.due(at)} if run.state is RunState.RUNNING else set()
    going = run.state is not RunState.ENDED
    return [_inject_row(i, at, "overdue" if i.no in due and at - i.planned >= 1 else
                        "now" if going and run.current is i else
                        "next" if going and run.next is i else "") for i in run.injects]


def _inject_row(one: InjectRun, at: float, tone: str) -> InjectRow:
    tone = tone or ("given" if one.t is not None else "skipped" if one.skipped else "wait")
    gap = one.deviation
    words = span(gap) if gap is not None else ""
    if tone == "overdue":
        words = t("not given {late}", late=span(at - one.planned))
    done = sum(a.result is not None for a in one.actions)
    return InjectRow(one.no, t_text(one.planned), "" if tone == "overdue" else _actual(one),
                     words, gap is not None and abs(gap) >= LARGE, one.content, one.target,
                     f"{done}/{len(one.actions)}" if one.actions else "", tone)


def _actual(one: InjectRun) -> str:
    if one.t is not None:
        return t_text(one.t)
    return t("skipped") if one.skipped else "—"


def action_rows(one: InjectRun | None, at: float, *, over: bool = False) -> list[ActionRow]:
    """The expected actions of an inject at T+`at`; when it is `over` none is waited for."""
    return [] if one is None else [_action_row(one, a, at, over=over) for a in one.actions]


def _action_row(one: InjectRun, action: ActionRun, at: float, *, over: bool) -> ActionRow:
    limit = "" if action.limit is None else t("limit {span}", span=span(action.limit))
    if action.result is not None and action.t is not None:
        took, late = one.took(action), one.late(action)
        gone = "" if took is None else span(took)
        tone = {Result.DONE: "done", Result.PARTLY: "partly", Result.MISSED: "missed"}
        return ActionRow(action.no, action.action, _by(action), f"T+{t_text(action.t)}",
                         gone + ("!" if late else "") if action.result is Result.DONE
                         else t(RESULT_NAMES[action.result]),
                         tone[action.result], auto=not action.officer)
    if over:
        return ActionRow(action.no, action.action, action.actor, t("no stamp"), limit, "none")
    if one.t is None or action.limit is None:
        return ActionRow(action.no, action.action, action.actor, "—", limit, "open")
    left = one.t + action.limit - at
    if left < 0:
        return ActionRow(action.no, action.action, action.actor,
                         t("over {span}", span=t_text(-left)[3:]), limit, "overdue")
    return ActionRow(action.no, action.action, action.actor,
                     t("left {span}", span=t_text(left)[3:]), limit, "open")


def _by(action: ActionRun) -> str:
    """By whom; what the record itself showed says from where."""
    return action.actor if action.officer else t("from {source}", source=action.note)


def point_cells(run: Run) -> tuple[PointCell, ...]:
    """Every timing point but the end, in the order in which they are expected."""
    reached = {p.point: t_text(p.t) for p in run.points}
    return tuple(PointCell(t(POINT_NAMES[p]), reached.get(p, "")) for p in Point
                 if p is not Point.END)


def chart_facts(run: Run, at: float) -> ChartFacts:
    """The whole drill on its axis."""
    bars = []
    for one in run.injects:
        limits = [a.limit for a in one.actions if a.limit is not None]
        if one.t is None or not limits:
            continue
        open_ = any(a.result is None for a in one.actions)
        until = at if open_ else max((a.t for a in one.actions if a.t is not None),
                                     default=one.t)
        bars.append(ActionBar(one.t, one.t + max(limits), until,
                              open_ and run.state is not RunState.ENDED))
    next_ = run.next if run.state is not RunState.ENDED else None
    return ChartFacts(
        run.scenario.length, at if run.started else None,
        tuple(InjectMark(i.no, i.planned, i.t, next_ is i) for i in run.injects), tuple(bars),
        tuple(BreakMark(b.t, f"{t(BREAK_NAMES[b.kind])} {t_text(b.seconds)[3:]}")
              for b in run.breaks))
