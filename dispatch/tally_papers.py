"""Statistics given out 统计输出: a tally as words, as the facts of a paper, an xlsx, and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.norms import Norms
from dispatch.printouts.statistics_sheet import StatisticsFacts, TimesLine
from dispatch.tally import SOURCE_NAMES, Count, ForceTimes, Period, Tally
from dispatch.timeline import INTERVAL_NAMES, Spread
from resources.exchange.lists import Cell, ListSheet, lists_book

MOST_TOWNS, MOST_FORCES, MOST_MONTHS = 15, 60, 36
"""So many stand on paper, the xlsx has all; more months are shown as years."""


def period_words(period: Period) -> str:
    """`2026-01-01 to 2026-03-31`, or what is open about it."""
    if period.first and period.last:
        return t("period|{first} to {last}", first=period.first, last=period.last)
    if period.first:
        return t("period|since {first}", first=period.first)
    return t("period|until {last}", last=period.last) if period.last else t("period|All time")


def minutes_words(value: float | None) -> str:
    """Minutes with one decimal where it says something; empty where nothing was measured."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0")


def figures(of: Tally) -> tuple[tuple[str, str], ...]:
    """The sums that stand above the charts."""
    return ((t("figure|Events"), f"{of.events:,}"), (t("figure|Of these imported"),
                                                     f"{of.imported:,}"),
            (t("figure|Dead"), f"{of.dead:,}"), (t("figure|Injured"), f"{of.injured:,}"),
            (t("figure|Forces sent"), f"{of.sent:,}"),
            (t("figure|Median total"), _with_unit(of.spreads["total"].median)),
            (t("figure|90 % within"), _with_unit(of.spreads["total"].p90)),
            (t("figure|Irregular rows"), f"{of.irregular:,}"))


def _with_unit(value: float | None) -> str:
    return t("{n} min", n=minutes_words(value)) if value is not None else "—"


def charts(of: Tally) -> tuple[tuple[str, str, tuple[Count, ...], bool], ...]:
    """Key, heading, counts, and whether the bars stand, in the order in which they are shown."""
    return (("class", t("chart|By class"), of.by_class, False),
            ("level", t("chart|By level"), of.by_level, False),
            ("subtype", t("chart|By sub-type"), of.by_subtype, False),
            ("town", t("chart|By town"), of.by_town, False),
            ("month", t("chart|By month") if len(of.by_month) <= MOST_MONTHS
             else t("chart|By year"), of.by_month, True),
            ("hour", t("chart|By hour of the day"), of.by_hour, True))


def heads() -> tuple[str, ...]:
    """Heads of the response times: median and 90th percentile of each interval, and the norm."""
    found = []
    for source in INTERVAL_NAMES.values():
        found += [t("{interval} median", interval=t(source)), t("{interval} 90 %",
                                                                interval=t(source))]
    return (*found, t("Norm met"))


def times_cells(spreads: Mapping[str, Spread], met: Mapping[str, tuple[int, int]]
                ) -> tuple[str, ...]:
    """The cells under `heads`."""
    found = []
    for name in INTERVAL_NAMES:
        found += [minutes_words(spreads[name].median), minutes_words(spreads[name].p90)]
    kept, judged = met["total"]
    return (*found, t("{n} %", n=round(100 * kept / judged)) if judged else "")


def norm_cells(limits: Norms, kind: str = "fire") -> tuple[str, ...]:
    """The norms of a kind of force under the same heads."""
    found = []
    for name in INTERVAL_NAMES:
        found += [minutes_words(limits.of(kind, name)), ""]
    return (*found, "")


def statistics_paper(store: Store, of: Tally) -> StatisticsFacts:
    """The tally as the facts of its paper."""
    place = district(store)
    more = len(of.forces) - MOST_FORCES
    notes = [t("Intervals whose times are missing or run backwards are not counted; nothing is"
               " filled in.")]
    if of.imported:
        notes.append(t("{n} events come from another system's record.", n=of.imported))
    if more > 0:
        notes.append(t("{n} more forces stand in the xlsx.", n=more))
    return StatisticsFacts(
        place.org, period_words(of.period), t(SOURCE_NAMES[of.source]), store.clock.now(),
        figures(of), tuple(
            (heading, tuple((c.words, float(c.n)) for c in counts[:MOST_TOWNS]
                            if c.n or len(counts) < MOST_TOWNS) if not upright else
             tuple((c.words, float(c.n)) for c in thinned(counts)), upright)
            for _, heading, counts, upright in charts(of)),
        heads(), TimesLine(t("All forces"), str(of.sent), times_cells(of.spreads, of.met)),
        TimesLine(t("Norm of fire brigades"), "", norm_cells(of.norms)),
        tuple(TimesLine(f.name, str(f.sent), times_cells(f.spreads, f.met))
              for f in of.forces[:MOST_FORCES]),
        " ".join(notes), place.drill)


def thinned(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    """Months of many years as years, so that the bars can be told apart."""
    if len(counts) <= MOST_MONTHS:
        return counts
    years: dict[str, int] = {}
    for one in counts:
        years[one.key[:4]] = years.get(one.key[:4], 0) + one.n
    return tuple(Count(year, year, n) for year, n in years.items())


def statistics_book(of: Tally) -> bytes:
    """The tally as an xlsx: a sheet for each question with its chart, and all forces."""
    sheets = [ListSheet(t("paper|In all"), (t("figure|Figure"), t("figure|Value")), figures(of))]
    sheets += [ListSheet(heading, (heading, t("figure|Events")),
                         [(c.words, c.n) for c in counts], charted=1)
               for _, heading, counts, _ in charts(of)]
    rows: list[tuple[Cell, ...]] = [
        (t("All forces"), of.sent, *_numbers(of.spreads), *of.met["total"])]
    rows += [(f.name, f.sent, *_numbers(f.spreads), *f.met["total"]) for f in of.forces]
    sheets.append(ListSheet(t("Response times"), (
        t("paper|Force"), t("paper|Times sent"), *_number_heads(), t("Norm met"),
        t("Judged by a norm")), rows))
    return lists_book(sheets)


def _number_heads() -> list[str]:
    found = []
    for source in INTERVAL_NAMES.values():
        name = t(source)
        found += [t("{interval} counted", interval=name), t("{interval} median", interval=name),
                  t("{interval} 90 %", interval=name)]
    return found


def _numbers(spreads: Mapping[str, Spread]) -> list[Cell]:
    found: list[Cell] = []
    for name in INTERVAL_NAMES:
        one = spreads[name]
        found += [one.n, _round(one.median), _round(one.p90)]
    return found


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def statistics_data(of: Tally, now: datetime) -> dict[str, Any]:
    """The tally for a machine; minutes are not rounded."""
    return {
        "from": of.period.first, "to": of.period.last, "source": of.source, "at": now,
        "events": of.events, "imported": of.imported, "dead": of.dead, "injured": of.injured,
        "forces_sent": of.sent, "irregular_rows": of.irregular,
        **{f"by_{key}": [{"key": c.key, "name": c.words, "events": c.n} for c in counts]
           for key, _, counts, _ in charts(of)},
        "intervals": _interval_data(of.spreads, of.met),
        "norms": {name: dict(of.norms.minutes.get(name, {})) for name in INTERVAL_NAMES},
        "forces": [_force_data(f) for f in of.forces]}


def _force_data(one: ForceTimes) -> dict[str, Any]:
    return {"name": one.name, "kind": one.kind, "sent": one.sent,
            "intervals": _interval_data(one.spreads, one.met)}


def _interval_data(spreads: Mapping[str, Spread], met: Mapping[str, tuple[int, int]]
                   ) -> dict[str, Any]:
    return {name: {"n": spreads[name].n, "median": spreads[name].median, "p90": spreads[name].p90,
                   "met": met[name][0], "judged": met[name][1]} for name in INTERVAL_NAMES}
