"""The drill plan as facts 演练计划文书: the lines and the demands in the words of the paper."""

from __future__ import annotations

from db.store import Store
from db.words import t
from dispatch.drillbook.asks import COVER_NAMES, Cover, Year, cover, year_of
from dispatch.drillbook.plan import CONTENTS, FORMS, PlanLine
from dispatch.duty.papers import district
from dispatch.printouts.drill_plan_sheet import AskLine, CoverLine, DrillPlanFacts


def drill_plan_paper(store: Store, year: int) -> DrillPlanFacts:
    """A year's plan as it stands today."""
    of, place = year_of(store, year), district(store)
    return DrillPlanFacts(
        year, place.org, store.clock.now(), tuple(_line(x, of) for x in of.lines),
        tuple(CoverLine(r.sector or t("drill|Other"), tuple(r.sign(n) for n in range(1, 13)),
                        t(COVER_NAMES[r.cover]), r.cover is Cover.MISSING) for r in cover(of)),
        tuple(AskLine(a.words, a.needed, a.planned, a.done, t(COVER_NAMES[a.cover]),
                      a.cover is Cover.MISSING, a.due.isoformat(), t(a.basis)) for a in of.asks),
        filed_words(of), sum_words(of), place.drill)


def filed_words(of: Year) -> str:
    """When and with whom the plan was filed."""
    if of.filing is None:
        return t("not filed yet")
    return t("filed {day} with {unit} {number}", day=of.filing.filed_on,
             unit=of.filing.filed_with, number=of.filing.number).strip()


def sum_words(of: Year) -> str:
    """How many are planned and held, and what they cost."""
    counting = [x for x in of.lines if x.counts]
    return t("{n} drills, {large} large, {done} held, budget {sum} yuan", n=len(counting),
             large=sum(x.large for x in counting),
             done=sum(x.done_on is not None for x in counting),
             sum=f"{sum(x.budget for x in counting):,.0f}")


def named(names: tuple[tuple[str, str], ...], value: str) -> str:
    """The words of a choice."""
    return next((t(label) for key, label in names if key == value), value)


def state_words(x: PlanLine, of: Year) -> str:
    """Held, dropped, late or still to come."""
    if x.dropped:
        return t("dropped: {why}", why=x.dropped)
    if x.done_on is not None:
        return t("held {day}", day=f"{x.done_on:%m-%d}")
    return t("drill|not held") if x.late(of.today) else t("drill|planned")


def _line(x: PlanLine, of: Year) -> tuple[str, ...]:
    return (str(x.month), x.name, named(CONTENTS, x.content), named(FORMS, x.form),
            x.sector, " ".join(filter(None, (x.unit, x.town if x.town not in x.unit else ""))),
            x.plan, t("field|Yes") if x.large else "", f"{x.budget:,.0f}" if x.budget else "",
            state_words(x, of))
