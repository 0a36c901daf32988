"""Commands of warnings: list them, read a CAP file, write one, lift one, pass one on."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.change import RowId
from db.errors import Refused
from db.words import t
from resources.localtime import moment_text
from ui.commands.desk import Answer, officer, reading, writing

if TYPE_CHECKING:
    from db.store import Store
    from dispatch.warnings import HazardWarning, WarningId


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


def pass_on(args: argparse.Namespace) -> Answer:
    """Write down to whom one went, or send it to them by a call-out."""
    from dispatch.net.channels import usable_channels
    from dispatch.net.choosing import Choice
    from dispatch.passing_on import pass_by_callout, pass_warning
    from dispatch.terms import Way
    from dispatch.warnings import WarningId
    from resources.net import Branch, find_member

    with writing(args) as store:
        id_, by = WarningId(RowId(args.id)), officer(store, args.officer)
        who = Choice(branches=(Branch.TOWN,) if args.all_towns else (),
                     keys=tuple(find_member(store, name).key for name in args.to))
        if args.way == "callout":
            if args.other:
                raise Refused("A call-out reaches only who is on the net.", field="others")
            _number, new = pass_by_callout(store, id_, who, by=by, channels=[
                c.id for c in usable_channels(store)])
        else:
            new = pass_warning(store, id_, who, others=args.other, way=Way(args.way), by=by)
        return _passed(store, id_, t("Warning {name} passed on to {n} units",
                                     name=_of(store, id_).name, n=len(new)))


def acknowledge(args: argparse.Namespace) -> Answer:
    """Write down that units acknowledged one, or that one was written down in error."""
    from dispatch.passing_on import acknowledge_warning, take_back_receipt
    from dispatch.warning_passes import find_pass
    from dispatch.warnings import WarningId

    with writing(args) as store:
        id_, by = WarningId(RowId(args.id)), officer(store, args.officer)
        some = [find_pass(store, id_, name) for name in args.unit]
        if args.take_back:
            for one in some:
                take_back_receipt(store, one.id, by=by)
        else:
            acknowledge_warning(store, [p.id for p in some], said_by=args.said_by, by=by)
        return _passed(store, id_, _of(store, id_).name)


def show_passes(args: argparse.Namespace) -> Answer:
    """To whom one went, and who acknowledged it."""
    from dispatch.warnings import WarningId

    with reading(args) as store:
        id_ = WarningId(RowId(args.id))
        return _passed(store, id_, _of(store, id_).name)


def _of(store: Store, id_: WarningId) -> HazardWarning:
    from dispatch.warnings import warning

    return warning(store, id_)


def _passed(store: Store, id_: WarningId, head: str) -> Answer:
    from dispatch.terms import WAY_NAMES
    from dispatch.warning_passes import counts_words, passes

    of, rows = _of(store, id_), passes(store, id_)
    lines = [f"{p.name}  {moment_text(p.passed_at, year=True)} {t(WAY_NAMES[p.way])}  "
             + (f"{moment_text(p.back_at, year=True)} {p.back_by}".strip() if p.back_at
                else t("pass|not yet")) for p in rows]
    return Answer((f"{head}{t('; ')}{counts_words(of)}", *lines),
                  {"warning": _facts(of), "passes": [asdict(p) for p in rows]})


def _line(one: HazardWarning) -> str:
    state = (t("lifted {time}", time=moment_text(one.lifted_at, year=True)) if one.lifted_at else
             t("until {time}", time=moment_text(one.ends_at, year=True)) if one.ends_at else
             t("until lifted"))
    from dispatch.warning_passes import counts_words

    return f"{one.id}  {one.name}  {one.issuer}  {one.area}  {state}  {counts_words(one)}"


def _facts(one: HazardWarning) -> dict[str, Any]:
    return asdict(one)
