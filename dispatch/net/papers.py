"""Papers of the net 调度网文书: the records as the facts that are printed or saved as xlsx."""

from __future__ import annotations

from datetime import date
from statistics import median

from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.net.board import Recipient, recipients, share
from dispatch.net.callout_text import UNIT
from dispatch.net.callouts import Callout
from dispatch.net.rates import Month, Tally, below, month, percent
from dispatch.net.rollcall import RollAnswer, RollCall, answers
from dispatch.net.templates import Template
from dispatch.net.terms import (
    RESULT_NAMES,
    ROLL_KIND_NAMES,
    ROLL_WAY_NAMES,
    STANDING_NAMES,
    RollResult,
    Standing,
)
from dispatch.order_text import fill
from dispatch.printing import register_printout, text_digest
from dispatch.printouts.net_sheets import (
    CircularFacts,
    NetHead,
    callout_sheet,
    circular_sheet,
    directory_sheet,
    roll_sheet,
)
from dispatch.printouts.sheet import Sheet
from resources.exchange.lists import list_book
from resources.localtime import clock_text, moment_text
from resources.net import BRANCH_NAMES, WHOLE, Branch, Contact, Member, Part, members
from resources.people import Officer, Role, allowed

BLANK_ROWS = 24


def _head(store: Store, number: str = "", code: str = "", chain: str = "") -> NetHead:
    place = district(store)
    return NetHead(place.org, store.clock.now(), number, code, chain, place.drill)


def numbers_text(contacts: tuple[Contact, ...]) -> str:
    """`Duty phone 000-6001；王立 镇长 000-7001` in the order in which they are tried. Pure."""
    return t("; ").join(" ".join(p for p in (c.who, c.phone, c.mail) if p) for c in contacts)


def directory(store: Store, part: Part = WHOLE) -> Sheet:
    """The directory of a part of the net, branch by branch."""
    found: dict[Branch, list[tuple[str, ...]]] = {}
    for m in members(store, part):
        since = m.net_since.isoformat() if m.net_since else ""
        found.setdefault(m.branch, []).append((
            m.name, numbers_text(m.numbers), m.radio,
            since if m.on_net else t("net|Not on the net")))
    return directory_sheet(_head(store), [(t(BRANCH_NAMES[b]), tuple(rows))
                                          for b, rows in found.items()])


def directory_book(store: Store, part: Part = WHOLE) -> bytes:
    """The same as an xlsx, a number in each column."""
    rows = members(store, part)
    most = max((len(m.numbers) for m in rows), default=1)
    heads = [t("paper|Unit"), t("Branch"), t("column|Town"), t("Call sign"), t("Channel"),
             t("Terminal"), t("On the net since"),
             *(t("Number {n}", n=n) for n in range(1, most + 1))]
    return list_book(t("paper|Directory of the dispatch net"), heads, [(
        m.name, t(BRANCH_NAMES[m.branch]), m.town, m.call_sign, m.channel, m.terminal,
        (m.net_since.isoformat() if m.net_since else t("yes")) if m.on_net else t("no"),
        *(numbers_text((c,)) for c in m.numbers), *[""] * (most - len(m.numbers)))
        for m in rows])


# roll calls

def blank_roll(store: Store, template: Template | None, rows: list[Member]) -> Sheet:
    """The sheet of a roll call to be filled in by hand, its units listed where known."""
    title = t("paper|Roll call: {name}", name=template.name) if template else t("paper|Roll call")
    facts = ((t("paper|Means"), t(ROLL_WAY_NAMES[template.way]) if template else ""),
             (t("paper|Day and time"), ""), (t("paper|Units"), str(len(rows)) if rows else ""),
             (t("paper|Called by"), ""))
    return roll_sheet(_head(store), title, facts, [(
        str(n), m.name, m.phone or m.call_sign, "", "", "", "", "", "")
        for n, m in enumerate(rows, 1)], blank=0 if rows else BLANK_ROWS)


def roll_paper(store: Store, of: RollCall) -> Sheet:
    """A roll call as it was answered."""
    rows = answers(store, of.id)
    later = {(r.kind, r.row_id): r for r in rows if r.round > 1 and r.result is not None}
    phones = {m.key: m.phone or m.call_sign for m in members(store, Part(
        keys=tuple((r.kind, r.row_id) for r in rows)))}
    first = [r for r in rows if r.round == 1]
    counts = t("list|, ").join(
        f"{t(RESULT_NAMES[x])} {n}" for x in RollResult
        if (n := sum(1 for r in first if r.result is x)))
    facts = ((t("paper|Number"), of.number), (t("paper|Means"), t(ROLL_WAY_NAMES[of.way])),
             (t("paper|Kind"), t(ROLL_KIND_NAMES[of.kind])
              + (t("; ") + t("paper|drawn {seed}", seed=of.drawn) if of.drawn else "")),
             (t("paper|Day and time"), moment_text(of.started_at, year=True)),
             (t("paper|Units"), str(len(first))), (t("paper|Counts"), counts))
    return roll_sheet(_head(store, of.number), t("paper|Roll call: {name}", name=of.title), facts, [
        _roll_row(r, phones.get((r.kind, r.row_id), ""), later.get((r.kind, r.row_id)))
        for r in first])


def _roll_row(r: RollAnswer, phone: str, again: RollAnswer | None) -> tuple[str, ...]:
    return (str(r.place), r.name, phone, clock_text(r.answered_at) if r.answered_at else "",
            t(RESULT_NAMES[r.result]) if r.result else "", r.responder, str(r.quality or ""),
            t(RESULT_NAMES[again.result]) if again is not None and again.result else "", r.note)


# the month's circular

def _cells(tally: Tally, *, leave_counts: bool) -> tuple[str, ...]:
    return (tally.name, str(tally.asked), *(str(tally.results[r] or "") for r in RollResult),
            str(tally.again or ""), percent(tally.rate(leave_counts=leave_counts)))


def month_words(first: date) -> str:
    """A month as a paper names it."""
    return t("paper|{y}-{m}", y=first.year, m=f"{first.month:02}")


def _usual(tally: Tally) -> str:
    return t("{n} s", n=round(median(tally.seconds))) if tally.seconds else ""


def circular_facts(found: Month) -> CircularFacts:
    """What the circular of a month says. Pure."""
    leave, whole = found.leave_counts, found.whole
    rate = percent(whole.rate(leave_counts=leave))
    late = below(found.units, leave_counts=leave)
    opening = t("paper|In {month}, {rolls} roll calls asked units {asked} times. They were on post"
                " {present} times, a rate of {rate}; {again} of those who missed were on post when"
                " asked again. {late} of {units} units were not always on post.",
                month=month_words(found.first), rolls=found.rolls, asked=whole.asked,
                present=whole.results[RollResult.PRESENT], rate=rate, again=whole.again,
                late=len(late), units=len(found.units))
    figures = ((t("paper|Roll calls"), str(found.rolls)),
               (t("paper|Times asked"), str(whole.asked)),
               *((t(RESULT_NAMES[r]), str(whole.results[r])) for r in RollResult),
               (t("paper|On post when asked again"), str(whole.again)), (t("paper|Rate"), rate))
    closing = t("paper|Rate: on post at the first asking, of all asked.") if leave else t(
        "paper|Rate: on post at the first asking, of all asked but those on leave.")
    return CircularFacts(
        t("paper|Circular on roll calls of {month}", month=month_words(found.first)), opening,
        figures, tuple(_cells(u, leave_counts=leave) for u in late),
        tuple((*_cells(u, leave_counts=leave), _usual(u)) for u in found.units),
        tuple(_cells(d, leave_counts=leave) for d in found.days), closing)


@allowed(*Role)
def circular(store: Store, first: date, *, by: Officer) -> Sheet:
    """The circular of the month that begins on `first`, registered with its code."""
    facts, number = circular_facts(month(store, first)), f"DMTB-{first:%Y%m}"
    note = register_printout(store, "roll_month", int(f"{first:%Y%m}"), text_digest(facts),
                             number=number, by=by)
    return circular_sheet(_head(store, number, note.code, note.chain_head), facts)


def circular_book(store: Store, first: date) -> bytes:
    """The units of the month as an xlsx, the whole in its foot."""
    found = month(store, first)
    heads = [t("paper|Unit"), t("Branch"), t("paper|Times asked"),
             *(t(RESULT_NAMES[r]) for r in RollResult), t("paper|On post when asked again"),
             t("paper|Rate")]

    def cells(tally: Tally, branch: str) -> tuple[str | int, ...]:
        return (tally.name or t("paper|Whole"), branch, tally.asked,
                *(tally.results[r] for r in RollResult), tally.again,
                percent(tally.rate(leave_counts=found.leave_counts)))

    return list_book(f"{first:%Y-%m}", heads, [
        cells(u, t(BRANCH_NAMES[u.branch]) if u.branch else "") for u in found.units],
        cells(found.whole, ""))


# call-outs

def callout_paper(store: Store, of: Callout | None) -> Sheet:
    """A call-out's sheet with what is known by now; without one the blank form."""
    rows = recipients(store, of.id) if of is not None else []
    known = share(rows)
    facts: tuple[tuple[str, str], ...] = tuple((label, "") for label in (
        t("paper|Number"), t("paper|Event"), t("paper|Time"), t("paper|Caller of units")))
    if of is not None:
        facts = ((t("paper|Number"), of.number), (t("paper|Event"), of.event_number),
                 (t("paper|Time"), moment_text(of.made_at, year=True)),
                 (t("paper|Caller of units"), of.officer),
                 (t("paper|Subject"), of.title),
                 (t("paper|Answered of all"), f"{known.answered} / {known.total}"))
    text = fill(of.text, {UNIT: t("paper|your unit")}) if of is not None else ""
    return callout_sheet(_head(store, of.number if of is not None else ""), facts, text,
                         [_callout_row(r) for r in rows],
                         blank=0 if rows else BLANK_ROWS - 8)


def _callout_row(r: Recipient) -> tuple[str, ...]:
    minutes = t("{n} min", n=r.minutes) if r.minutes is not None else ""
    state = "" if r.standing is Standing.BY_HAND else t(STANDING_NAMES[r.standing])
    numbers = "\n".join(" ".join(p for p in (c.phone or c.mail, c.who) if p) for c in r.steps)
    return (str(r.place), r.name, numbers, state, minutes, r.answered_by, r.note)


def callout_book(store: Store, of: Callout) -> bytes:
    """The board of a call-out as an xlsx."""
    heads = [t("paper|No."), t("paper|Unit"), t("paper|Numbers in order"), t("paper|State"),
             t("paper|Minutes"), t("paper|Answered by"), t("paper|Sheet note"), t("paper|Messages")]
    return list_book(of.number, heads, [(
        r.place, r.name, numbers_text(r.steps), t(STANDING_NAMES[r.standing]),
        r.minutes if r.minutes is not None else "", r.answered_by, r.note,
        t("; ").join(f"{m.channel} {m.address} {m.says}".strip() for m in r.messages))
        for r in recipients(store, of.id)])

