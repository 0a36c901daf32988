"""Order texts 指令文本: a plan's template with its places filled from the event and the force."""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.events import Event
from dispatch.proposals import plan_for
from resources.localtime import moment_text
from resources.people import DESK, Officer, Role, allowed
from resources.rules import rule
from resources.settings import in_drill_words

PLACES = ("力量", "时限", "事件", "编号", "地点", "情况", "现场指挥", "联系电话", "接报时间")
"""What may stand in braces in a template; the first two are filled for each force."""

MOST = 500
BRACES = re.compile(r"\{([^{}]*)\}")


def template_of(store: Store, of: Event) -> str:
    """The template of the plan for the event's sub-type, else the district's; a drill's says
    that it is one."""
    plan = plan_for(store, of.subtype)
    text = str(plan["template"]) if plan is not None else ""
    return in_drill_words(store, text or str(rule(store, "order.template").value))


def event_text(template: str, of: Event) -> str:
    """The template with what is known of the event; the force's places stay. Pure."""
    return fill(template, {
        "事件": of.title, "编号": of.number, "地点": of.place or t("the scene"),
        "情况": of.summary, "现场指挥": of.commander,
        "联系电话": of.commander_phone or of.reporter_phone,
        "接报时间": moment_text(of.received_at)})


def force_text(text: str, force: str, minutes: int | None) -> str:
    """What one force is told. Pure."""
    return fill(text, {"力量": force, "时限": "—" if minutes is None else str(minutes)})


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the places that are known; others stay as they are. Pure."""
    return BRACES.sub(lambda m: values.get(m[1].strip(), m[0]), text)


@allowed(*DESK, Role.KEEPER)
def set_plan_orders(store: Store, plan: RowId, template: str, check_minutes: int | None = None,
                    *, by: Officer) -> None:
    """Write a plan's template of orders and the minutes between safety check-ins (None: rule).

    Raises:
        Refused: no such plan, a place that nobody fills, too long, or minutes below zero.
    """
    if not store.value("select 1 from plan where id = :id", id=plan):
        raise Refused("There is no such plan.", field="plan")
    unknown = [name for name in BRACES.findall(template) if name.strip() not in PLACES]
    if unknown:
        raise Refused("Nothing fills {place}. A template may hold: {known}.", field="template",
                      place=f"{{{unknown[0]}}}", known=" ".join(f"{{{p}}}" for p in PLACES))
    if len(template) > MOST:
        raise Refused("A template holds up to {most} characters.", field="template", most=MOST)
    if check_minutes is not None and not 0 <= check_minutes <= 1440:
        raise Refused("Minutes are between 0 and {most}.", field="check_minutes", most=1440)
    known = store.value("select id from plan_orders where plan_id = :id", id=plan)
    values = {"template": template.strip(), "check_minutes": check_minutes}
    with store.change("plan.orders", by) as tx:
        if known is None:
            tx.insert("plan_orders", {"plan_id": plan, **values})
        else:
            tx.update("plan_orders", known, **values)
