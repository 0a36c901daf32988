"""Passed warnings of the sample district 样例预警转发: who was told and who acknowledged."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from db.change import RowId
from db.clock import to_text
from dispatch.sample.paper import Paper
from dispatch.terms import EntryKind, Way
from resources.net import Branch, Member, Part, members

TOLD, SEED = 18, 25
LATE = timedelta(minutes=12)
"""So long ago one unit, which the list had missed, was told by phone."""


def fill(paper: Paper, warning: RowId, name: str, issued: datetime, *, missed: bool) -> int:
    """Towns and departments told within minutes of the issue, each answering by a person; with
    `missed` the last was told only now and has not answered. How many were told."""
    sample, dice = paper.sample, random.Random(SEED + missed)
    units = members(sample.tx.store, Part(branches=(Branch.TOWN, Branch.DEPARTMENT)))
    some = sorted(units, key=lambda m: m.branch is not Branch.TOWN)[:TOLD]
    for place, one in enumerate(some, 1):
        late = missed and place == len(some)
        passed = sample.now - LATE if late else issued + timedelta(minutes=4)
        back = None if late else passed + timedelta(minutes=dice.randint(1, 24))
        _put(paper, warning, one, passed, back)
        if late:
            paper.add(passed, EntryKind.WARNING, f"{name}预警补转{one.name}（电话）",
                      actor=one.name)
    return len(some) - missed


def _put(paper: Paper, warning: RowId, one: Member, passed: datetime,
         back: datetime | None) -> None:
    tx, watch = paper.sample.tx, paper.roster.at(passed)
    who = one.numbers[1].name if len(one.numbers) > 1 else ""
    tx.insert("warning_pass", {
        "warning_id": warning, "kind": one.kind, "row_id": one.id, "name": one.name,
        "way": Way.PHONE if back is None else Way.SYSTEM, "passed_at": to_text(passed),
        "acknowledged_at": to_text(back) if back else None, "said_by": who if back else "",
        "officer": (watch.main if watch else paper.roster.watches[0].main)[1]})
