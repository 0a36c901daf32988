"""Commands of the drill book: a year's plan, a drill's report, sheets, merging, comparison."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import Refused, StoreError
from db.files import write_whole
from db.words import t
from ui.commands.desk import Answer, officer, reading, writing
from ui.places import fonts_folder

if TYPE_CHECKING:
    from dispatch.drillbook.compare import Line
    from dispatch.drillbook.measures import Measure
    from dispatch.printouts.sheet import Sheet


def plan(args: argparse.Namespace) -> Answer:
    """A year's drills, what the rules ask and how it stands; with --out as a paper or xlsx."""
    from dispatch.drillbook.asks import COVER_NAMES, year_of
    from dispatch.drillbook.plan_exchange import bring_plan, plan_book, read_plan
    from dispatch.drillbook.plan_papers import drill_plan_paper, state_words, sum_words
    from dispatch.printouts.drill_plan_sheet import drill_plan_sheet

    lines = []
    if args.take is not None:
        with writing(args) as store:
            done = bring_plan(store, args.year, read_plan(
                store, args.year, args.take.name, _bytes(args.take)),
                by=officer(store, args.officer))
        lines.append(t("{n} drills entered", n=len(done)))
    with reading(args) as store:
        of = year_of(store, args.year)
        if args.out is not None:
            lines.append(_keep(args.out, plan_book(store, args.year)
                               if args.out.suffix.lower() == ".xlsx" else drill_plan_sheet(
                                   drill_plan_paper(store, args.year))))
    lines += [f"{x.month:>2}  {x.name}  {x.sector}  {x.unit}  {state_words(x, of)}"
              for x in of.lines]
    lines += [sum_words(of), *(f"{t(COVER_NAMES[a.cover])}  {a.done}/{a.planned}/{a.needed}"
                               f"  {a.words}  {a.due}" for a in of.asks)]
    return Answer(tuple(lines), {
        "year": of.year, "filed": of.filing.filed_on if of.filing else None,
        "drills": [{"id": x.id, "month": x.month, "name": x.name, "content": x.content,
                    "form": x.form, "sector": x.sector, "town": x.town, "unit": x.unit,
                    "plan": x.plan, "large": x.large, "budget": x.budget, "held": x.done_on,
                    "dropped": x.dropped} for x in of.lines],
        "asked": [{"kind": a.kind, "subject": a.subject, "needed": a.needed,
                   "planned": a.planned, "done": a.done, "cover": a.cover, "due": a.due}
                  for a in of.asks]})


def report(args: argparse.Namespace) -> Answer:
    """The report of a sealed drill; with --out as PDF, docx or xlsx."""
    from dispatch.drillbook.report import drill_report
    from dispatch.drillbook.report_papers import drill_report_paper, report_facts, score_words
    from dispatch.drills.keeping import drill_numbered
    from dispatch.printouts.drill_report_sheet import drill_report_sheet
    from ui.photos import read_photos

    lines, code = [], ""
    if args.out is not None:
        with writing(args) as store:
            facts = drill_report_paper(store, drill_numbered(store, args.drill).id,
                                       by=officer(store, args.officer))
        lines.append(_keep(args.out, drill_report_sheet(facts, read_photos(facts.photos))))
        code = facts.code
    with reading(args) as store:
        of = drill_report(store, drill_numbered(store, args.drill).id)
        facts = report_facts(store, of)
    lines += [f"{facts.number}  {facts.title}", facts.overview, facts.met,
              *(f"{m.group}  {m.name}  {m.between}  {m.actual}  {m.norm}  {m.outcome}"
                for m in facts.measures)]
    lines += [score_words(of.score)] if of.sheets else []
    lines += [f"{a.due_on}  {a.owner}  {a.measure}" for a in of.actions if a.closed_on is None]
    return Answer(tuple(lines), {
        "drill": facts.number, "title": facts.title, "code": code,
        "measures": [_measure(m) for m in of.measures],
        "points": {p.point: p.t for p in of.record.points},
        "score": of.score.whole.score, "grade": of.score.grade,
        "findings": [f.problem for f in of.findings],
        "actions": [{"problem": a.problem, "measure": a.measure, "owner": a.owner,
                     "due": a.due_on, "closed": a.closed_on} for a in of.actions]})


def _measure(m: Measure) -> dict[str, Any]:
    return {"source": m.source, "name": m.name, "since": m.since, "until": m.until,
            "seconds": m.actual, "standard": m.norm, "over": m.over, "outcome": m.outcome,
            "blind": m.blind}


def sheet(args: argparse.Namespace) -> Answer:
    """An evaluator's sheet, or a blank one of the template that fits the drill."""
    from dispatch.drillbook.drills import drill_head
    from dispatch.drillbook.eval_papers import blank_eval, blank_head, filled_eval
    from dispatch.drillbook.evaluations import answers_of, sheets_of
    from dispatch.drillbook.sheet_exchange import sheet_book
    from dispatch.drillbook.templates import ensure_templates, items, template, templates
    from dispatch.drills.keeping import drill_numbered
    from dispatch.printouts.drill_eval_sheet import eval_sheet

    with writing(args) as store:
        ensure_templates(store)
        of = drill_head(store, drill_numbered(store, args.drill).id)
        own = next((s for s in sheets_of(store, of.id) if s.evaluator == args.evaluator), None)
        if args.evaluator and own is None:
            raise Refused("{name} has no sheet of this drill.", name=args.evaluator)
        form = template(store, own.template_id) if own else next(
            x for x in templates(store) if x.form is of.form)
        out = args.out or Path(f"{of.number}-{args.evaluator or 'blank'}.xlsx")
        if out.suffix.lower() == ".xlsx":
            rows = answers_of(store, own.id) if own else items(store, form.id)
            made: bytes | Sheet = sheet_book(blank_head(store, form, int(of.id), own), rows)
        else:
            made = eval_sheet(filled_eval(store, own.id) if own
                              else blank_eval(store, form.id, int(of.id)))
    return Answer((_keep(out, made),), {"file": out.absolute(), "template": form.code})


def merge(args: argparse.Namespace) -> Answer:
    """Take in several evaluators' files; what does not fit is listed and nothing is written."""
    from dispatch.drillbook.evaluations import drill_answers
    from dispatch.drillbook.rules import SCORE
    from dispatch.drillbook.scoring import points_words, score
    from dispatch.drillbook.sheet_exchange import merge_sheets, read_sheet
    from dispatch.drillbook.templates import ensure_templates
    from dispatch.drills.keeping import drill_numbered
    from resources.rules import rule_or

    with writing(args) as store:
        ensure_templates(store)
        drill = drill_numbered(store, args.drill).id
        done = merge_sheets(store, drill, [read_sheet(store, drill, p.name, _bytes(p))
                                           for p in args.files], by=officer(store, args.officer))
        found = score([(s.evaluator, some) for s, some in drill_answers(store, drill)],
                      rule_or(store, SCORE))
    lines = [t("{n} sheets merged", n=len(done)),
             *(f"{name}  {points_words(x.score)}" for name, x in found.evaluators)]
    return Answer(tuple(lines), {"merged": len(done), "score": found.whole.score,
                                 "evaluators": {n: x.score for n, x in found.evaluators}})


def compare(args: argparse.Namespace) -> Answer:
    """Timing points and intervals of several drills and events."""
    from dispatch.drillbook.compare import comparison
    from dispatch.drillbook.compare_papers import LETTERS, compare_paper, line_name, value_words
    from dispatch.drills.keeping import drill_numbered
    from dispatch.events import event_by_number
    from dispatch.printouts.drill_compare_sheet import drill_compare_sheet

    with reading(args) as store:
        found = comparison(store, [drill_numbered(store, n).id for n in args.drills],
                           [event_by_number(store, n).id for n in args.event])
        kept = [_keep(args.out, drill_compare_sheet(compare_paper(store, found)))] \
            if args.out is not None else []
    lines = [*kept, *(f"{LETTERS[n]}  {c.title}" for n, c in enumerate(found.courses))]
    lines += ["  ".join((line_name(x), *(value_words(x, v) for v in x.values)))
              for x in (*found.points, *found.intervals)]
    return Answer(tuple(lines), {
        "courses": [{"title": c.title, "drill": c.drill, "points": dict(c.points)}
                    for c in found.courses],
        "intervals": [_interval(x) for x in found.intervals]})


def _interval(line: Line) -> dict[str, Any]:
    return {"since": line.since, "until": line.until, "standard": line.norm,
            "seconds": list(line.values)}


def _keep(path: Path, made: bytes | Sheet) -> str:
    from dispatch.printouts.formats import sheet_bytes

    path = path.absolute()
    data = made if isinstance(made, bytes) else sheet_bytes(made, path.suffix.lower(),
                                                            fonts_folder())
    try:
        write_whole(path, data)
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Name another file with --out.",
                         path=path, why=error) from error
    return t("Written: {path}", path=path)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("{file} cannot be read: {why}.", file=path, why=error) from error
