"""Texts of call-outs 呼叫文本: the plan's template filled from the event; nothing stays open."""

from __future__ import annotations

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.events import Event
from dispatch.net.rules import TEXT
from dispatch.order_text import BRACES, MOST, fill
from dispatch.proposals import plan_for
from dispatch.terms import LEVEL_NAMES, NOT_GRADED
from resources.localtime import moment_text
from resources.people import DESK, Officer, Role, allowed
from resources.rules import rule_or
from resources.settings import district_name, in_drill_words

UNIT = "单位"
OF_EVENT = ("事件", "编号", "地点", "情况", "级别", "现场指挥", "联系电话", "接报时间")
PLACES = (UNIT, "预案", "值班室", *OF_EVENT)
"""What may stand in braces; `单位` is filled for each recipient."""


def check_places(text: str) -> None:
    """
    Raises:
        Refused: a place in braces that nobody fills, named.
    """
    unknown = [name for name in BRACES.findall(text) if name.strip() not in PLACES]
    if unknown:
        raise Refused("Nothing fills {place}. A template may hold: {known}.", field="text",
                      place=f"{{{unknown[0]}}}", known=" ".join(f"{{{p}}}" for p in PLACES))
    if len(text) > MOST:
        raise Refused("A template holds up to {most} characters.", field="text", most=MOST)


def plan_text(store: Store, plan: RowId | None) -> str:
    """The template of a plan, else the district's."""
    kept = store.value("select template from plan_callout where plan_id = :plan", plan=plan)
    return str(kept or rule_or(store, TEXT).value)


def plan_of(store: Store, of: Event | None) -> RowId | None:
    """The plan for an event's sub-type."""
    row = plan_for(store, of.subtype) if of is not None else None
    return RowId(row["id"]) if row is not None else None


def callout_text(store: Store, template: str, of: Event | None, plan: RowId | None) -> str:
    """The text of a call-out with only `{单位}` still open; a drill's says that it is one.

    Raises:
        Refused: a place nobody fills, or one of an event where there is none.
    """
    check_places(template)
    if of is None:
        asked = [n for n in BRACES.findall(template) if n.strip() in OF_EVENT]
        if asked:
            raise Refused("{place} comes from an event, and this call-out has none. Write the"
                          " words instead.", field="text", place=f"{{{asked[0]}}}")
    name = store.value("select name from plan where id = :id", id=plan) if plan else None
    values = {"值班室": district_name(store), "预案": str(name or t("the plan"))}
    filled = fill(template, values | (_of_event(of) if of is not None else {})).strip()
    return in_drill_words(store, filled)


def _of_event(of: Event) -> dict[str, str]:
    return {"事件": of.title, "编号": of.number, "地点": of.place or t("the scene"),
            "情况": of.summary, "级别": t(LEVEL_NAMES[of.level]) if of.level else t(NOT_GRADED),
            "现场指挥": of.commander, "联系电话": of.commander_phone or of.reporter_phone,
            "接报时间": moment_text(of.received_at)}


def unit_text(text: str, unit: str) -> str:
    """What one recipient reads. Pure."""
    return fill(text, {UNIT: unit})


@allowed(*DESK, Role.KEEPER)
def set_plan_text(store: Store, plan: RowId, template: str, *, by: Officer) -> None:
    """Write a plan's template of call-outs; an empty one means the district's.

    Raises:
        Refused: no such plan, a place nobody fills, or too long.
    """
    if not store.value("select 1 from plan where id = :id", id=plan):
        raise Refused("There is no such plan.", field="plan")
    check_places(template)
    known = store.value("select id from plan_callout where plan_id = :id", id=plan)
    with store.change("plan.callout", by) as tx:
        if known is None:
            tx.insert("plan_callout", {"plan_id": plan, "template": template.strip()})
        else:
            tx.update("plan_callout", known, template=template.strip())
