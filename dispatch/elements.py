"""Report elements 报告要素: what the rules want said, drawn from the record, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from db.store import Store
from db.words import mark, t
from dispatch.events import Event
from dispatch.facts import extra_facts
from dispatch.grading import level_name
from dispatch.levels import COUNT_NAMES, Counts
from dispatch.log import entries
from dispatch.orders import orders_of
from dispatch.rules import ELEMENTS
from dispatch.terms import CLASS_NAMES, STAGE_NAMES, SUBTYPE_NAMES, EntryKind, ReportKind, Subtype
from resources.localtime import clock_text, moment_text
from resources.rules import rule_or

ELEMENT_NAMES = {
    "received": mark("report|Received"), "source": mark("report|Source"),
    "happened": mark("Happened at"), "place": mark("report|Place"),
    "unit": mark("Unit and its situation"), "nature": mark("report|Nature"),
    "course": mark("What happened"), "scope": mark("Area affected"),
    "harm": mark("Casualties and loss"), "trend": mark("fact|Trend"),
    "measures": mark("Measures taken"), "forces": mark("report|Forces"),
    "leaders": mark("Leaders on scene"), "requests": mark("Requests and advice"),
    "commander": mark("Commander on scene"), "cause": mark("fact|Cause"),
    "latest": mark("Latest entries"), "now": mark("Present state"),
    "aftermath": mark("Aftercare, assessment, next steps"),
}


class Change(StrEnum):
    """How an element stands to the report before."""

    NONE = ""            # there is none to compare with
    NEW = "new"          # not known then
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing a report must say. `text` is empty when the record does not know it yet;
    `plain` is the same without differences, as the next report will compare it."""

    code: str
    title: str
    text: str
    plain: str
    change: Change = Change.NONE

    @property
    def missing(self) -> bool:
        return not self.plain


@dataclass(frozen=True, slots=True)
class Before:
    """What the last report said: its title, its elements by code, the counts it gave."""

    title: str
    parts: Mapping[str, str]
    counts: Counts | None


def elements_of(store: Store, of: Event, kind: ReportKind, before: Before | None = None
                ) -> tuple[Element, ...]:
    """The elements that the rule in force lists for this kind of report, in its order."""
    known = known_elements(store, of)
    codes = rule_or(store, ELEMENTS, of.received_at).value[kind]
    return tuple(_element(code, known.get(code, ""), of.counts, before) for code in codes
                 if code in ELEMENT_NAMES)


def known_elements(store: Store, of: Event) -> dict[str, str]:
    """All that the record can say of an event, by code."""
    more = extra_facts(store, of.id)
    kind = t(SUBTYPE_NAMES[Subtype(of.subtype)]) if of.subtype in set(Subtype) else of.subtype
    nature = " ".join(p for p in (t(CLASS_NAMES[of.class_]), kind, level_name(of.level)) if p)
    known = {
        "received": moment_text(of.received_at, year=True),
        "source": " ".join(p for p in (of.reporter_unit, of.reporter, of.reporter_phone) if p),
        "happened": moment_text(of.occurred_at, year=True) if of.occurred_at else "",
        "place": of.place, "nature": nature, "course": of.summary,
        "harm": counts_text(of.counts) if _counted(store, of) else "", "trend": of.trend,
        "measures": of.measures, "forces": _forces_text(store, of), "cause": of.cause,
        "commander": " ".join(p for p in (of.commander, more["commander_post"],
                                          of.commander_phone) if p) if of.commander else "",
        "latest": _latest_text(store, of), "now": more["now"] or of.close_note}
    return {**more, **known}


def _element(code: str, plain: str, counts: Counts, before: Before | None) -> Element:
    plain, change, text = plain.strip(), Change.NONE, plain.strip()
    if before is not None and plain:
        old = before.parts.get(code, "")
        change = Change.SAME if old == plain else Change.CHANGED if old else Change.NEW
        if code == "harm" and before.counts is not None:
            text = harm_text(before.counts, counts)
    return Element(code, t(ELEMENT_NAMES[code]), text, plain, change)


def compose(elements: Iterable[Element], before: Before | None = None) -> str:
    """The text of a report: one paragraph for each element; unknown ones say so. Pure.

    A follow-up does not repeat what its forerunner said: what is the same is only named.
    """
    rows = list(elements)
    same = [e.title for e in rows if e.change is Change.SAME and e.code not in ("harm", "forces")]
    lines = [t("{title}: {text}", title=e.title, text=e.text or t("not known yet"))
             for e in rows if e.title not in same]
    if before is not None and same:
        lines.append(t("Unchanged since “{report}”: {names}", report=before.title,
                       names=t(", ").join(same)))
    return "\n".join(lines)


def gaps(elements: Iterable[Element]) -> tuple[Element, ...]:
    """What is still missing 缺项."""
    return tuple(e for e in elements if e.missing)


def counts_text(counts: Counts) -> str:
    """`Dead 1, At risk 30`; none known says so."""
    parts = [t("{what} {n}", what=t(COUNT_NAMES[name]), n=f"{value:,.0f}")
             for name, value in asdict(counts).items() if value]
    return t(", ").join(parts) or t("No casualties known")


def harm_text(old: Counts, new: Counts) -> str:
    """The counts as they are now, each with what came or went since: `Dead 3 (+1), Missing 0
    (−2)`. Pure."""
    then, parts = asdict(old), []
    for name, value in asdict(new).items():
        now, was = value or 0, then[name] or 0
        if not now and not was:
            continue
        words = {"what": t(COUNT_NAMES[name]), "n": f"{now:,.0f}"}
        if now == was:
            parts.append(t("{what} {n}", **words))
        else:
            sign = "+" if now > was else "−"
            parts.append(t("{what} {n} ({delta})", delta=f"{sign}{abs(now - was):,.0f}", **words))
    return t(", ").join(parts) or t("No casualties known")


def _counted(store: Store, of: Event) -> bool:
    """Whether anybody has said anything of casualties, be it that there are none."""
    return bool(store.value("select 1 from casualty where event_id = :id limit 1", id=of.id))


def _forces_text(store: Store, of: Event) -> str:
    return t("; ").join(t("{force}: {stage}", force=o.force_name, stage=t(STAGE_NAMES[o.stage]))
                        for o in orders_of(store, of.id))


def _latest_text(store: Store, of: Event) -> str:
    kinds = (EntryKind.NOTE, EntryKind.CALL, EntryKind.STAGE)
    latest = [e for e in entries(store, event=of.id, kinds=kinds, limit=10) if not e.struck]
    return t("; ").join(f"{clock_text(e.at)} {e.text}" for e in reversed(latest[:5]))
