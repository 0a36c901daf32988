"""Check items 交接检查项: what is looked at in each handover; a district keeps its own list."""

from __future__ import annotations

from dataclasses import dataclass

from db.change import RowId
from db.errors import Refused
from db.store import Store
from resources.people import Officer, Role, allowed


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at; `place` is its place in the list."""

    id: RowId
    name: str
    kind: str
    place: int


def check_items(store: Store) -> tuple[CheckItem, ...]:
    """The items in use, in their order."""
    rows = store.read("select id, name, kind, place from check_item where active = 1"
                      " order by place, id")
    return tuple(CheckItem(RowId(r["id"]), r["name"], r["kind"], r["place"]) for r in rows)


@allowed(Role.ADMIN, Role.LEADER)
def add_check_item(store: Store, name: str, *, by: Officer, kind: str = "device") -> CheckItem:
    """Put an item at the end of the list; handovers drafted from now on have it.

    Raises:
        Refused: no name, or it is in the list already.
    """
    wanted, found = name.strip(), check_items(store)
    if not wanted:
        raise Refused("An item needs a name.", field="name")
    if any(item.name == wanted for item in found):
        raise Refused("{name} is in the list already.", field="name", name=wanted)
    place = max((item.place for item in found), default=0) + 1
    with store.change("check_item.add", by) as tx:
        new = tx.insert("check_item", {"name": wanted, "kind": kind, "place": place})
    return CheckItem(new, wanted, kind, place)


@allowed(Role.ADMIN, Role.LEADER)
def retire_check_item(store: Store, item_id: RowId, *, by: Officer) -> None:
    """Take an item off the list; past handovers keep it."""
    with store.change("check_item.retire", by) as tx:
        tx.update("check_item", item_id, active=0)
