"""The report of a drill 演练报告 in the words of its paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from db import attachments
from db.store import Store
from db.words import mark, t
from dispatch.drillbook.actions import Action
from dispatch.drillbook.evaluations import (
    FINDING_NAMES,
    Answer,
    DrillFinding,
    EvalSheet,
    Verdict,
    photos_of,
)
from dispatch.drillbook.measures import (
    NOT_DONE,
    OUTCOME_NAMES,
    Measure,
    Outcome,
    Source,
    hours,
    length,
    signed,
    t_plus,
)
from dispatch.drillbook.report import DrillReport, drill_report
from dispatch.drillbook.scoring import Score, Tally, grade_words, points_words
from dispatch.drillbook.templates import template
from dispatch.drills.record import DrillRecord, InjectRun
from dispatch.drills.terms import (
    BREAK_NAMES,
    CONTENT_NAMES,
    FORM_NAMES,
    POINT_NAMES,
    PURPOSE_NAMES,
    RESULT_NAMES,
    Part,
)
from dispatch.duty.papers import district
from dispatch.printing import register_printout, text_digest
from dispatch.printouts.drill_report_sheet import (
    DrillReportFacts,
    InjectLine,
    MeasureLine,
    TallyLine,
)
from dispatch.printouts.pictures import PhotoFile
from dispatch.printouts.sheet import Against, AgainstRow
from dispatch.terms import SUBTYPE_NAMES, Stage, Subtype
from resources.localtime import moment_text
from resources.people import Officer, Role, allowed

GROUPS = {Source.AIM: mark("measure|Aim"), Source.POINT: mark("measure|Timing point"),
          Source.ACTION: mark("measure|Expected action"), Source.FORCE: mark("measure|Force")}


@allowed(*Role)
def drill_report_paper(store: Store, drill: int, *, by: Officer) -> DrillReportFacts:
    """The report as it is printed, registered with its code.

    Raises:
        Refused: there is no sealed record.
    """
    of = drill_report(store, drill)
    facts = report_facts(store, of)
    digest = text_digest(replace(facts, made_at=of.record.ended_at))
    note = register_printout(store, "drill", drill, digest, number=facts.number, by=by)
    return replace(facts, made_at=note.at, code=note.code, chain_seq=note.chain_no,
                   chain_hash=note.chain_head)


def report_facts(store: Store, of: DrillReport) -> DrillReportFacts:
    """The facts of the paper, not registered."""
    record = of.record
    met = sum(m.outcome is Outcome.MET for m in of.judged)
    findings, photos = _findings(store, of.findings)
    return DrillReportFacts(
        district(store).org, record.number, record.title, store.clock.now(), _head(of),
        of.overview, chart(record), tuple(_measure(m) for m in of.measures),
        t("paper|{met} of {n} within the standard", met=met, n=len(of.judged)),
        tuple(_injects(record)), tuple(_forces(record)),
        tuple(_tally(x) for x in of.score.headings),
        tuple(_tally(x) for _, x in of.score.evaluators), score_words(of.score),
        tuple(_faults(of.sheets)), findings, photos, of.lessons,
        of.advice, tuple(_action(a) for a in of.actions), tuple(_breaks(record)),
        _standards(store, of.sheets))


def score_words(of: Score) -> str:
    """`88.5 of 100, good`; empty without an evaluation."""
    if of.whole.score is None:
        return ""
    return t("paper|{points} of 100, {grade}", points=points_words(of.whole.score),
             grade=grade_words(of.grade))


def chart(record: DrillRecord) -> Against:
    """Timing points, then each inject with its expected actions."""
    rows = [AgainstRow(t(POINT_NAMES[p.point]), actual=p.t, note=hours(p.t))
            for p in sorted(record.points, key=lambda p: p.t)]
    if rows:
        rows.insert(0, AgainstRow(t("paper|Timing points"), head=True))
    for inject in record.injects:
        note = t("paper|skipped") if inject.skipped else (
            signed(inject.deviation) if inject.t is not None else t("paper|not given"))
        rows.append(AgainstRow(f"{inject.no:02} {inject.content}", inject.planned, inject.t,
                               note=note, head=True))
        rows += _action_rows(inject)
    ends = [record.length, *(r.limit or 0.0 for r in rows), *(r.planned or 0.0 for r in rows),
            *(r.actual or 0.0 for r in rows)]
    return Against(tuple(rows), max(ends), tuple(b.t for b in record.breaks))


def _action_rows(inject: InjectRun) -> Iterator[AgainstRow]:
    """A bar for each expected action of an inject that was given."""
    if inject.t is None:
        return
    for action in inject.actions:
        limit = inject.t + action.limit if action.limit is not None else None
        took = inject.took(action)
        yield AgainstRow(" ".join(filter(None, (action.actor, action.action))),
                         actual=inject.t + took if took is not None else None,
                         since=inject.t, limit=limit, note=_took(inject, action.no))


def _took(inject: InjectRun, no: int) -> str:
    action = next(a for a in inject.actions if a.no == no)
    took = inject.took(action)
    if took is None:
        return t("paper|not done")
    if action.limit is None or took <= action.limit:
        return length(took)
    return t("paper|over by {time}", time=length(took - action.limit))


def _head(of: DrillReport) -> tuple[tuple[str, str], ...]:
    record, scene = of.record, of.record.scenario
    sub = t(SUBTYPE_NAMES[scene.subtype]) if scene.subtype in Subtype else ""
    kind = " ".join((t(CONTENT_NAMES[scene.content]), t(FORM_NAMES[record.form]),
                     t(PURPOSE_NAMES[scene.purpose])))
    people = len(scene.of_part(Part.PARTICIPANT))
    names = t("list|, ").join(s.evaluator for s, _ in of.sheets)
    return ((t("paper|Kind"), f"{sub} {kind}"), (t("paper|Director"), record.director),
            (t("paper|Began"), moment_text(record.started_at, year=True)),
            (t("paper|Ended"), moment_text(record.ended_at, year=True)),
            (t("paper|Lasted"), t("paper|{length}, planned {planned}",
                                  length=length(record.length), planned=length(scene.length))),
            (t("paper|Place"), " ".join(filter(None, (scene.town, scene.place)))),
            (t("paper|Plan drilled"), scene.plan), (t("paper|Sector"), scene.sector),
            (t("paper|Participants"), t("paper|{n} groups, {forces} forces", n=people,
                                        forces=len(record.forces))),
            (t("paper|Evaluators"), names))


def _measure(m: Measure) -> MeasureLine:
    between = t("measure|{since} to {until}", since=m.since, until=m.until) \
        if m.until else m.since
    between = "" if between == m.name else between
    actual = length(m.actual)
    if m.blind:
        actual += t("paper| (blind {time})", time=length(m.blind))
    outcome = t("paper|over by {time}", time=length(m.over)) if m.over \
        else t(OUTCOME_NAMES[m.outcome])
    if m.source is Source.ACTION and m.outcome is Outcome.MISSING:
        outcome = t(NOT_DONE)
    return MeasureLine(t(GROUPS[m.source]), m.name, between, actual, length(m.norm), outcome,
                       bool(m.over), t(m.basis))


def _injects(record: DrillRecord) -> Iterator[InjectLine]:
    for inject in record.injects:
        result = t("paper|skipped: {why}", why=inject.why) if inject.skipped else (
            t("paper|given") if inject.t is not None else t("paper|not given"))
        yield InjectLine(f"{inject.no:02}", hours(inject.planned),
                         hours(inject.t) if inject.t is not None else "—",
                         signed(inject.deviation), inject.content, inject.target, result)
        for action in inject.actions:
            took = inject.took(action)
            limit = t("paper|within {time}", time=length(action.limit)) \
                if action.limit is not None else ""
            words = t(RESULT_NAMES[action.result]) if action.result else t("paper|not done")
            note = action.note if action.officer else ""  # else it names the record it is from
            yield InjectLine("", limit, hours(action.t) if action.t is not None
                             and took is not None else "—",
                             length(took) if took is not None else "", action.action,
                             action.actor, " ".join(filter(None, (
                                 words, t("measure|Over") if inject.late(action) else "", note))))


def _forces(record: DrillRecord) -> Iterator[tuple[str, ...]]:
    for force in record.forces:
        times = {s.stage: s.t for s in reversed(force.stages)}
        ordered, arrived = times.get(Stage.ORDERED), times.get(Stage.ARRIVED)
        total = arrived - ordered if ordered is not None and arrived is not None else None
        yield (force.name, t_plus(ordered), t_plus(times.get(Stage.DEPARTED)), t_plus(arrived),
               length(total), length(force.promised * 60) if force.promised is not None else "—")


def _tally(x: Tally) -> TallyLine:
    return TallyLine(x.name, x.yes, x.no, x.na, x.open, points_words(x.score))


def _faults(sheets: Sequence[tuple[EvalSheet, list[Answer]]]) -> Iterator[tuple[str, ...]]:
    for sheet, answers in sheets:
        for a in answers:
            if a.verdict is Verdict.NO:
                yield (a.item.code, a.item.question, t("; ").join(filter(None, (
                    a.reason, a.remark))), sheet.evaluator)


def _findings(store: Store, found: Sequence[DrillFinding]
              ) -> tuple[tuple[tuple[str, ...], ...], tuple[PhotoFile, ...]]:
    """The rows of what was found, and its photos under the numbers that the rows name."""
    rows, photos = [], list[PhotoFile]()
    folder = store.path.parent / attachments.FOLDER
    for f in found:
        own = []
        for kept in photos_of(store, f.id):
            own.append(f"{len(photos) + 1} {kept.name}")
            photos.append(PhotoFile(f"{own[-1]} · {f.problem}", kept.digest,
                                    attachments.path_of(folder, kept.digest)))
        rows.append((t(FINDING_NAMES[f.kind]), f.problem, f.evaluator,
                     "\n".join(own) or "—"))
    return tuple(rows), tuple(photos)


def _action(a: Action) -> tuple[str, ...]:
    closed = t("paper|{day} {who}: {result}", day=a.closed_on, who=a.closed_by,
               result=a.result) if a.closed_on else "—"
    return (a.problem, a.measure, " ".join(filter(None, (a.unit, a.owner))),
            a.due_on.isoformat(), closed)


def _breaks(record: DrillRecord) -> Iterator[tuple[str, ...]]:
    for b in record.breaks:
        sure = "" if b.sure else t("paper| (by the wall clock only)")
        yield (t(BREAK_NAMES[b.kind]), hours(b.t), length(b.seconds) + sure, b.why or "—")


def _standards(store: Store, sheets: Sequence[tuple[EvalSheet, list[Answer]]]) -> str:
    unsure = {template(store, s.template_id).standard for s, answers in sheets
              if any(a.item.uncertain for a in answers)}
    if not unsure:
        return ""
    return t("paper|Headings after {standard} as far as known; check against its text.",
             standard=t("list|, ").join(sorted(unsure)))
