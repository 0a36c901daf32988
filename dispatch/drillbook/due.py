"""What the drill book has due 演练到期: filing, drills missing or late, corrective actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.drillbook.actions import Action, open_actions
from dispatch.drillbook.asks import KIND_NAMES, Cover, Kind, Year, year_of
from resources.localtime import at_local, local_day

if TYPE_CHECKING:
    from dispatch.deadlines import Due

TABLES = ("drill_line", "drill_filing", "drill_action", "rule", "plan", "unit")
NAMED = 4
"""How many missing ones are named in a line."""


def of_drill_book(store: Store, now: datetime) -> list[Due]:
    """Lines for the list of what is due, soonest first.

    As with the libraries, a day that has passed is due by the end of today and never rings:
    drills are arranged in office hours and must not cover a report that is late now.
    """
    today = local_day(now)

    def make() -> list[Due]:
        found = [*of_plan(year_of(store, today.year), today),
                 *of_actions(open_actions(store), today)]
        return sorted(found, key=lambda d: (d.at, d.key))

    return store.memory.recall(("drill book", today), TABLES, make)


def of_plan(of: Year, today: date) -> list[Due]:
    """Filing, what no drill is planned for yet, and drills whose month has gone by. Pure."""
    if not of.lines:
        return _unwritten(of, today)
    found = []
    for kind in Kind:
        short = [a for a in of.asks if a.kind is kind and a.cover is Cover.MISSING]
        if short:
            names = t("list|, ").join(a.subject for a in short[:NAMED] if a.subject)
            more = t("and {n} more", n=len(short) - NAMED) if len(short) > NAMED else ""
            title = t("Yearly drill plan not filed") if kind is Kind.FILING else t(
                "No drill planned: {what}", what=t(KIND_NAMES[kind]))
            counts = t("{n} of {all}", n=short[0].planned, all=short[0].needed) \
                if kind is Kind.LARGE else ""
            found.append(_due(f"drillplan:{of.year}:{kind}", short[0].due, today, title,
                              " ".join(filter(None, (counts, names, more))), RowId(0)))
    found += [_due(f"drillline:{x.id}", x.last_day, today, t("Drill not held: {name}", name=x.name),
                   t("planned for {year}-{month:02}", year=x.year, month=x.month), x.id)
              for x in of.lines if x.late(of.today)]
    return found


def _unwritten(of: Year, today: date) -> list[Due]:
    """A district that had a plan before has none for this year yet."""
    first = next((a for a in of.asks if a.kind is Kind.FILING), None)
    if first is None or not of.before:
        return []
    return [_due(f"drillplan:{of.year}:unwritten", first.due, today,
                 t("No drill plan for {year} yet", year=of.year), "", RowId(0))]


def of_actions(rows: Iterable[Action], today: date) -> list[Due]:
    """Corrective actions that are not closed. Pure."""
    return [_due(f"drillaction:{a.id}", a.due_on, today,
                 t("Corrective action: {what}", what=a.measure or a.problem),
                 " ".join(filter(None, (a.unit, a.owner))), a.id) for a in rows]


def _due(key: str, day: date, today: date, title: str, detail: str, ref: RowId) -> Due:
    from dispatch.deadlines import Act, Due, Severity

    shown, past = max(day, today), (today - day).days
    words = t("{n} days past {day}", n=past, day=day) if past > 0 else t("by {day}", day=day)
    return Due(key, at_local(shown + timedelta(days=1), time()), at_local(today, time()), title,
               "・".join(filter(None, (words, detail))), "", None, Act.DRILL, ref,
               Severity.SOON if shown == today else Severity.LATER)
