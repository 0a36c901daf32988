"""Words 预警文件说明: what a message is and would do, line by line, for a sheet or a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from db.words import mark, t
from dispatch.cap.meaning import Draft
from dispatch.cap.taking import Taken
from dispatch.cap.weighing import Act, Weighed
from dispatch.terms import COLOR_NAMES
from resources.localtime import moment_text

ACT_WORDS = {Act.ISSUE: mark("cap|New warning"), Act.REPLACE: mark("cap|Replaces {names}"),
             Act.LIFT: mark("cap|Lifts {names}"),
             Act.ACKNOWLEDGE: mark("cap|Acknowledges {names}")}
DONE_WORDS = {Act.ISSUE: mark("In force: {new}"), Act.REPLACE: mark("{old} replaced by {new}"),
              Act.LIFT: mark("Lifted: {old}"),
              Act.ACKNOWLEDGE: mark("Acknowledgement noted: {old}")}


def act_line(found: Weighed) -> str:
    """`Replaces 暴雨 Orange · wx@example.org 11-23 21:42 · A-2`."""
    does = t(ACT_WORDS[found.act], names=t(", ").join(w.name for w in found.old))
    alert = found.alert
    return f"{does} · {alert.sender} {moment_text(alert.sent, year=True)} · {alert.identifier}"


def draft_title(draft: Draft) -> str:
    """`暴雨 Orange`; without a colour its kind alone."""
    facts = draft.facts
    return facts.name if facts.color in COLOR_NAMES else facts.kind


def draft_lines(draft: Draft) -> Iterator[str]:
    """Who says it, for where and until when; the colour's basis; the text; remarks."""
    facts = draft.facts
    until = (t("until {time}", time=moment_text(facts.ends_at, year=True)) if facts.ends_at
             else t("until lifted"))
    yield " · ".join(p for p in (facts.issuer, facts.area, until) if p)
    drawn = t(" · outline of {n} points", n=sum(map(len, draft.rings))) if draft.rings else ""
    yield t("Colour: {basis}", basis=draft.basis) + drawn
    if facts.text:
        yield facts.text
    yield from (f"! {one}" for one in draft.remarks)


def lines_of(found: Weighed) -> Iterator[str]:
    """All of it, for a terminal."""
    yield act_line(found)
    for draft in found.drafts:
        yield draft_title(draft)
        yield from draft_lines(draft)
    yield from (f"! {one}" for one in found.remarks)


def done_line(done: Taken) -> str:
    """One sentence for the person."""
    return t(DONE_WORDS[done.act], new=t(", ").join(w.name for w in done.new),
             old=t(", ").join(w.name for w in done.old))
