"""Papers of dispatching 调度文书: orders and responses as the facts that are printed."""

from __future__ import annotations

from dataclasses import replace

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.duty.papers import district
from dispatch.events import EventId, event
from dispatch.orders import orders_of
from dispatch.printing import register_printout, text_digest
from dispatch.printouts.order_sheet import NoticeFacts, OrderFacts
from dispatch.responses import ACT_NAMES, ResponseAct, responses
from dispatch.sent_out import sent_to
from resources.localtime import clock_text, moment_text
from resources.people import Officer, Role, allowed


@allowed(*Role)
def order_paper(store: Store, event_id: RowId, *, by: Officer) -> OrderFacts:
    """All orders of an event and what else was sent, registered with its code.

    Raises:
        Refused: nothing was ordered yet.
    """
    of, place = event(store, event_id), district(store)
    orders, goods = orders_of(store, event_id), sent_to(store, EventId(event_id))
    if not orders and not goods:
        raise Refused("No force has been sent yet (F4).")
    facts = OrderFacts(
        place.org, of.number, store.clock.now(), (
            (t("paper|Event"), f"{of.number} {of.title}"), (t("paper|Place"), of.place),
            (t("paper|Received"), moment_text(of.received_at, year=True)),
            (t("paper|On-scene command"), f"{of.commander} {of.commander_phone}".strip()),
            (t("paper|Issued by"), by.name),
            (t("paper|Response"), t("paper|level {n}", n=of.response_level)
             if of.response_level else "")),
        tuple((o.number[-5:] if not o.reinforces else f"{o.number[-5:]}→{o.reinforces[-2:]}",
               o.force_name, o.force_phone, clock_text(o.ordered_at),
               t("{n} min", n=o.promised_minutes) if o.promised_minutes else "", o.text, "")
              for o in orders),
        tuple((_kind(g.kind), g.name, f"{g.quantity:g} {g.measure}", g.number, g.to)
              for g in goods), drill=place.drill)
    digest = text_digest(replace(facts, made_at=of.received_at))
    note = register_printout(store, "orders", event_id, digest, number=of.number, by=by)
    return replace(facts, made_at=note.at, code=note.code, chain_head=note.chain_head)


@allowed(*Role)
def notice_paper(store: Store, event_id: RowId, *, by: Officer) -> NoticeFacts:
    """The last step of an event's response, registered with its code.

    Raises:
        Refused: no response was started.
    """
    of, place = event(store, event_id), district(store)
    steps = responses(store, of.id)
    if not steps:
        raise Refused("No response is running for event {number}.", number=of.number)
    last, at = steps[-1], steps[-1].at
    titles = {ResponseAct.START: t("paper|Notice: emergency response started"),
              ResponseAct.ADJUST: t("paper|Notice: emergency response adjusted"),
              ResponseAct.END: t("paper|Notice: emergency response ended")}
    stated = [(t("paper|What it is about"), last.matters),
              (t("paper|Response level"), t("paper|level {n}", n=last.level)),
              (t("paper|From"), moment_text(at, year=True)),
              (t("paper|Expected length"), last.expected),
              (t("paper|Measures"), last.measures), (t("paper|Reason"), last.reason),
              (t("paper|Approved by"), last.approver)]
    basis = t("paper|By {plan}", plan=last.plan) if last.plan else t("paper|By the law")
    facts = NoticeFacts(
        titles[last.act], place.org, of.number, at,
        t("paper|{basis}, the emergency response to event {number} {title} is {act} as stated"
          " below. All units carry out their duties by the plan at once and report to this duty"
          " room.", basis=basis, number=of.number, title=of.title, act=t(ACT_NAMES[last.act])),
        tuple((label, words) for label, words in stated if words), drill=place.drill)
    note = register_printout(store, "response", last.id, text_digest(facts), number=of.number,
                             by=by)
    return replace(facts, code=note.code, chain_head=note.chain_head)


def _kind(kind: str) -> str:
    return {"supply": t("Supply"), "equipment": t("Equipment"), "expert": t("Expert")}[kind]
