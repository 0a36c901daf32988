"""Strength on scene 现场人数: people and vehicles counted in and out, and how many remain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from db.clock import from_text, to_text
from db.errors import Refused
from db.store import Store
from db.words import t
from dispatch.log import append_to, check_not_future
from dispatch.orders import Order, OrderId, order
from dispatch.terms import EntryKind
from resources.people import DESK, Officer, allowed

MOST = 10_000


@dataclass(frozen=True, slots=True)
class SceneCount:
    """Some of a force came onto the scene or left it; counts are zero or more."""

    at: datetime
    people_in: int = 0
    people_out: int = 0
    vehicles_in: int = 0
    vehicles_out: int = 0
    said_by: str = ""
    note: str = ""


@allowed(*DESK)
def count_scene(store: Store, id: OrderId, *, people_in: int = 0,  # noqa: A002
                people_out: int = 0, vehicles_in: int = 0, vehicles_out: int = 0,
                at: datetime | None = None, said_by: str = "", note: str = "",
                by: Officer) -> Order:
    """Count people and vehicles of a force in and out; the order then has what remains.

    Raises:
        Refused: the force is not out, nothing is counted, more leave than are there, or a
            time in the future.
    """
    when = check_not_future(at, store.clock.now())
    counts = {"people_in": people_in, "people_out": people_out, "vehicles_in": vehicles_in,
              "vehicles_out": vehicles_out}
    for name, n in counts.items():
        if not 0 <= n <= MOST:
            raise Refused("A count is between 0 and {most}.", field=name, most=MOST)
    if not any(counts.values()):
        raise Refused("Say how many came or left.", field="people_in")
    with store.change("order.count", by) as tx:
        old = order(store, id)
        if not old.out:
            raise Refused("{force} is no longer out (order {number}); send a new order.",
                          field="force", force=old.force_name, number=old.number)
        people = remaining(old.people, people_in, people_out, "people_out")
        vehicles = remaining(old.vehicles, vehicles_in, vehicles_out, "vehicles_out")
        tx.insert("scene_count", {"order_id": id, "at": to_text(when), **counts,
                                  "said_by": said_by.strip(), "note": note.strip()})
        tx.update("dispatch_order", id, people=people, vehicles=vehicles)
        words = t("{force}: {people} people and {vehicles} vehicles in, {people_out} and"
                  " {vehicles_out} out; {left} people remain", force=old.force_name,
                  people=people_in, vehicles=vehicles_in, people_out=people_out,
                  vehicles_out=vehicles_out, left=people)
        append_to(tx, f"{words}{t(', ')}{note.strip()}" if note.strip() else words,
                  kind=EntryKind.STAGE, at=when, event=old.event_id, order=id,
                  actor=said_by.strip() or old.force_name, by=by)
    return order(store, id)


def remaining(there: int | None, came: int, left: int, field: str) -> int:
    """What is there after some came and some left. Pure.

    Raises:
        Refused: more leave than there are.
    """
    now = (there or 0) + came - left
    if now < 0:
        raise Refused("Only {n} are there; {left} cannot leave.", field=field,
                      n=(there or 0) + came, left=left)
    return now


def counts_of(store: Store, id: OrderId) -> list[SceneCount]:  # noqa: A002
    """What was counted of a force, oldest first."""
    return [SceneCount(from_text(r["at"]), *(r[n] for n in SceneCount.__slots__[1:]))
            for r in store.read("select * from scene_count where order_id = :id order by at, id",
                                id=id)]


def on_scene(orders: Iterable[Order]) -> tuple[int, int]:
    """People and vehicles on the scene now. Pure."""
    there = [o for o in orders if o.on_scene]
    return sum(o.people or 0 for o in there), sum(o.vehicles or 0 for o in there)
