"""Commands of drills: run one by a script, list them, show a record, exchange scenarios."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.errors import Refused
from db.files import write_whole
from db.words import catalogue, t
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from dispatch.drills.record import DrillRecord


def run(args: argparse.Namespace) -> Answer:
    """Run a drill by a script; every act is said as it is done."""
    from dispatch.drills.keeping import scenario_named
    from dispatch.drills.playing import play_drill
    from dispatch.drills.record import read_record
    from dispatch.drills.script import read_script
    from dispatch.drills.shipped import CODES, script_path

    with writing(args) as store:
        by = officer(store, args.officer)
        of = scenario_named(store, args.scenario, catalogue.language)
        path = args.script
        if path is None and of.scenario.code in CODES:
            path = script_path(of.scenario.code, of.scenario.lang)
        if path is None:
            raise Refused("No script is shipped for this scenario. Name one with --script.")
        if args.speed < 0:
            raise Refused("The speed is the seconds of the drill that pass in one second; it"
                          " cannot be below zero.", field="speed")
        made = play_drill(store, of.id, read_script(_bytes(path)), pace=args.speed,
                          tell=_silent if args.json else _say, by=by)
        record = read_record(store, made.id)
    return Answer(tuple(_lines(record)), {"drill": made.number, "record": _plain(record)})


def listed(args: argparse.Namespace) -> Answer:
    """The drills, or with --scenarios what they can be run with."""
    from dispatch.drills.keeping import drills, scenarios
    from dispatch.drills.terms import DRILL_STATE_NAMES, FORM_NAMES
    from resources.localtime import moment_text

    with reading(args) as store:
        if args.scenarios:
            kept = [s.scenario for s in scenarios(store)]
            return Answer(tuple(f"{s.code}  {s.lang}  {t(FORM_NAMES[s.form])}"
                                f"  {t('{n} min', n=f'{s.minutes:g}')}"
                                f"  {s.title}" for s in kept),
                          {"scenarios": [{"code": s.code, "lang": s.lang, "title": s.title,
                                          "minutes": s.minutes} for s in kept]})
        found = drills(store)
    return Answer(tuple(f"{d.number}  {t(DRILL_STATE_NAMES[d.state])}  "
                        f"{moment_text(d.started_at or d.created_at, year=True)}  {d.title}"
                        for d in found) or (t("No drill has been prepared yet."),),
                  {"drills": [{"number": d.number, "title": d.title, "state": d.state,
                               "started_at": d.started_at} for d in found]})


def show(args: argparse.Namespace) -> Answer:
    """The sealed record of a drill: timing points, injects, actions, breaks."""
    from dispatch.drills.keeping import drill_numbered
    from dispatch.drills.record import read_record

    with reading(args) as store:
        record = read_record(store, drill_numbered(store, args.drill).id)
    return Answer(tuple(_lines(record)), {"record": _plain(record)})


def scenario(args: argparse.Namespace) -> Answer:
    """Write a scenario into an xlsx, or take one in."""
    from dispatch.drills.exchange import read_scenario, write_scenario
    from dispatch.drills.keeping import put_scenario, scenario_named, scenarios

    if args.act == "export":
        with reading(args) as store:
            of = scenario_named(store, args.scenario, catalogue.language).scenario
        write_whole(args.file, write_scenario(of))
        return Answer((t("Written to {file}", file=args.file),), {"code": of.code})
    of = read_scenario(args.file.name, _bytes(args.file))
    with writing(args) as store:
        same = next((s.id for s in scenarios(store, with_retired=True) if args.again
                     and (s.scenario.code, s.scenario.lang) == (of.code, of.lang)), None)
        put_scenario(store, of, same, by=officer(store, args.officer))
    return Answer((t("Scenario {code} is kept: {n} injects.", code=of.code,
                     n=len(of.injects)),), {"code": of.code, "injects": len(of.injects)})


def _bytes(path: Any) -> bytes:
    try:
        return bytes(path.read_bytes())
    except OSError as error:
        raise Refused("{path} cannot be read: {why}.", path=path,
                      why=error) from error


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _silent(_words: str) -> None:
    """With --json only the answer is said."""


def _lines(record: DrillRecord) -> list[str]:
    from dispatch.drills.acting import t_text
    from dispatch.drills.terms import BREAK_NAMES, POINT_NAMES, RESULT_NAMES

    lines = [f"{record.number}  {record.title}",
             *(f"T+{t_text(p.t)}  {t(POINT_NAMES[p.point])}  {p.source}".rstrip()
               for p in record.points)]
    for inject in record.injects:
        given = "—" if inject.t is None else f"T+{t_text(inject.t)}"
        lines.append(f"{inject.no:>2}  {t_text(inject.planned)}  {given}  {inject.content}")
        for one in inject.actions:
            took = inject.took(one)
            late = t("late") if inject.late(one) else ""
            lines.append(f"      {t(RESULT_NAMES[one.result]) if one.result else '—'}  "
                         f"{'' if took is None else '+' + t_text(took)}  {one.action}  {late}"
                         .rstrip())
    lines += [f"{t(BREAK_NAMES[b.kind])}  T+{t_text(b.t)}  {t_text(b.seconds)}  {b.why}".rstrip()
              for b in record.breaks]
    return lines


def _plain(record: DrillRecord) -> dict[str, Any]:
    return asdict(record)
