"""Commands of warnings: list them, read a CAP file, write one, lift one."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.change import RowId
from db.words import t
from resources.localtime import moment_text
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from dispatch.warnings import HazardWarning


def list_warnings(args: argparse.Namespace) -> Answer:
    """Those in force and those that ran out unlifted, or all that were ever written down."""
    from dispatch.warnings import all_warnings, in_force, run_out

    with reading(args) as store:
        now = store.clock.now()
        found = all_warnings(store) if args.all else [*in_force(store, now), *run_out(store, now)]
    return Answer(tuple(_line(w) for w in found) or (t("No warning is in force."),),
                  {"warnings": [_facts(w) for w in found]})


def read_warning(args: argparse.Namespace) -> Answer:
    """Say what a CAP file would do, or do it."""
    from dispatch.cap.taking import read_file, take_alert
    from dispatch.cap.weighing import weigh
    from dispatch.cap.words import done_line, lines_of

    alert = read_file(args.file)
    if args.dry_run:
        with reading(args) as store:
            found = weigh(store, alert)
        return Answer(tuple(lines_of(found)), {
            "act": found.act, "asks_color": found.asks_color,
            "new": [asdict(d.facts) for d in found.drafts], "old": [_facts(w) for w in found.old],
            "remarks": [*found.remarks, *(r for d in found.drafts for r in d.remarks)]})
    colors = {"": 0, "red": 1, "orange": 2, "yellow": 3, "blue": 4}
    with writing(args) as store:
        done = take_alert(store, alert, color=colors[args.color], file=args.file,
                          by=officer(store, args.officer))
    return Answer((done_line(done),), {"act": done.act, "new": [_facts(w) for w in done.new],
                                       "old": [_facts(w) for w in done.old]})


def write_warning(args: argparse.Namespace) -> Answer:
    """A warning as a CAP 1.2 file."""
    from dispatch.cap.writing import save_warning
    from dispatch.warnings import WarningId

    with reading(args) as store:
        out = save_warning(store, WarningId(RowId(args.id)), args.file)
    return Answer((t("Saved as {path}", path=args.file),),
                  {"file": args.file, "identifier": out.identifier, "type": out.msg_type})


def lift(args: argparse.Namespace) -> Answer:
    """Lift one."""
    from dispatch.warnings import WarningId, lift_warning

    with writing(args) as store:
        old = lift_warning(store, WarningId(RowId(args.id)), by=officer(store, args.officer))
    return Answer((t("Warning lifted: {name}", name=old.name),), {"warning": _facts(old)})


def _line(one: HazardWarning) -> str:
    state = (t("lifted {time}", time=moment_text(one.lifted_at, year=True)) if one.lifted_at else
             t("until {time}", time=moment_text(one.ends_at, year=True)) if one.ends_at else
             t("until lifted"))
    return f"{one.id}  {one.name}  {one.issuer}  {one.area}  {state}"


def _facts(one: HazardWarning) -> dict[str, Any]:
    return asdict(one)
