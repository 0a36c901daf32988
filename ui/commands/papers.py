"""Commands about what is due and about papers: the list, a code's record, the tour."""

from __future__ import annotations

import argparse

from db.words import t
from resources.localtime import moment_text, span_text
from ui.commands.desk import Answer, reading


def due(args: argparse.Namespace) -> Answer:
    """What is due, the most urgent first."""
    from dispatch.deadlines import due_list

    with reading(args) as store:
        now = store.clock.now()
        found = due_list(store, now)
    lines = tuple(f"{span_text(d.at - now, seconds=False)}  {d.title}  {d.detail}  "
                  f"{d.event_number}".rstrip() for d in found)
    return Answer(lines or (t("Nothing is due."),), {"due": [
        {"key": d.key, "at": d.at, "title": d.title, "detail": d.detail,
         "event": d.event_number, "severity": d.severity} for d in found]})


def verify(args: argparse.Namespace) -> Answer:
    """Find the record behind a paper's code and say whether it still says the same."""
    from dispatch.printing import FINDING_NAMES, Finding, verify_code

    with reading(args) as store:
        verdict = verify_code(store, args.code)
    lines = [t(FINDING_NAMES[verdict.finding])]
    if verdict.at:
        lines.append(t("{number}, printed {time}, change {change} of the chain",
                       number=verdict.number or verdict.kind,
                       time=moment_text(verdict.at, year=True), change=verdict.chain_no))
    return Answer(tuple(lines), {"finding": verdict.finding, "kind": verdict.kind,
                                 "number": verdict.number, "at": verdict.at,
                                 "change": verdict.chain_no},
                  0 if verdict.finding is Finding.INTACT else 1)


def tour(args: argparse.Namespace) -> Answer:
    """Drive the real window through a shift and write its pictures and papers."""
    from ui.tour import main

    return Answer(status=int(main(args.out) or 0))
