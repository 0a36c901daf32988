"""What is due on the net 调度网到期: roll calls to begin or end, call-outs not answered yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.change import RowId
from db.clock import from_text
from db.store import Store
from db.words import t
from dispatch.net.templates import open_occurrences
from dispatch.net.terms import ROLL_KIND_NAMES, ROLL_WAY_NAMES
from dispatch.net.words import named

if TYPE_CHECKING:
    from dispatch.deadlines import Due

AHEAD = timedelta(hours=2)
WITHIN = timedelta(minutes=30)
"""A roll call that was begun should be through in this time."""


def of_net(store: Store, now: datetime) -> list[Due]:
    """Roll calls and call-outs as deadlines; nothing where the net is not used."""
    return [*_to_begin(store, now), *_under_way(store), *_unanswered(store)]


def _to_begin(store: Store, now: datetime) -> list[Due]:
    from dispatch.deadlines import Act, Due

    return [Due(f"roll:{o.template.id}:{int(o.at.timestamp())}", o.at, o.at - timedelta(hours=1),
                t("Roll call: {name}", name=o.template.name),
                t("list|, ").join((t(ROLL_KIND_NAMES[o.kind]), t(ROLL_WAY_NAMES[o.template.way]))),
                "", None, Act.ROLL_CALL, o.template.id)
            for o in open_occurrences(store, now, AHEAD)]


def _under_way(store: Store) -> list[Due]:
    from dispatch.deadlines import Act, Due

    rows = store.read("""select c.id, c.title, c.started_at, count(*) as units,
        sum(a.result <> '') as asked from roll_call c join roll_answer a on a.roll_id = c.id
        and a.round = 1 where c.ended_at is null group by c.id order by c.started_at""")
    return [Due(f"rolling:{r['id']}", from_text(r["started_at"]) + WITHIN,
                from_text(r["started_at"]), t("Roll call under way: {name}", name=r["title"]),
                t("{n} of {all} asked", n=r["asked"], all=r["units"]), "", None, Act.ROLL_CALL,
                RowId(r["id"])) for r in rows]


OPEN = """select c.id, c.number, c.minutes, c.made_at, c.event_id,
    coalesce(e.number, '') as event_number, count(*) as units, sum(t.answer <> '') as asked,
    sum(t.answer in ('acknowledged', 'refused')) as answered,
    (select count(distinct o.to_id) from outbox o join callout_to u on u.id = o.to_id
     where u.callout_id = c.id and u.answer = '' and o.state = 'unknown') as doubts
    from callout c join callout_to t on t.callout_id = c.id left join event e on e.id = c.event_id
    where c.closed_at is null group by c.id having asked < units order by c.made_at"""


def _unanswered(store: Store) -> list[Due]:
    from dispatch.deadlines import Act, Due

    found = []
    for r in store.read(OPEN):
        names = [n["name"] for n in store.read("""select name from callout_to
            where callout_id = :id and answer = '' order by place""", id=r["id"])]
        detail = named(t("no answer: {names}"), names, 3)
        if r["doubts"]:
            detail = t("{n} sent or not?", n=r["doubts"]) + t("; ") + detail
        made = from_text(r["made_at"])
        found.append(Due(
            f"callout:{r['id']}", made + timedelta(minutes=r["minutes"]), made,
            t("Call-out {number}: {n} of {all} answered", number=r["number"], n=r["answered"],
              all=r["units"]), detail, r["event_number"],
            RowId(r["event_id"]) if r["event_id"] is not None else None, Act.CALLOUT,
            RowId(r["id"])))
    return found
