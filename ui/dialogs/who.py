"""Whom to reach 对象: the fields that call-outs, roll calls and their templates share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.change import RowId
from db.store import Store
from db.words import t
from dispatch.net.choosing import Choice as Who
from resources.net import BRANCH_NAMES, Branch, Key
from resources.net_keeping import groups
from resources.vocabulary import capabilities
from ui.widgets.form import Choice
from ui.widgets.grid_form import GridForm


def add_who(grid: GridForm, store: Store) -> None:
    """A box for each branch, a capability, a group, and whether only who is on the net."""
    grid.wide(5)
    for branch in Branch:
        grid.check(f"branch:{branch}", t(BRANCH_NAMES[branch]))
    grid.wide(7)
    grid.choice("capability", t("With the capability"), [Choice("", "—"), *(
        Choice(c.name, c.name) for c in capabilities(store))])
    grid.choice("group", t("Group"), [Choice(None, "—"), *(
        Choice(g.id, f"{g.name} {len(g.keys)}") for g in groups(store))])


def read_who(values: Mapping[str, Any], keys: Sequence[Key] = ()) -> Who:
    """The choice that the fields mean."""
    return Who(
        branches=tuple(b for b in Branch if values[f"branch:{b}"]),
        capabilities=(str(values["capability"]),) if values["capability"] else (),
        groups=(RowId(int(str(values["group"]))),) if values["group"] else (), keys=tuple(keys),
        on_net=bool(values["on_net"]))


def who_values(who: Who) -> dict[str, object]:
    """The fields that show a choice."""
    return {**{f"branch:{b}": b in who.branches for b in Branch},
            "capability": who.capabilities[0] if who.capabilities else "",
            "group": who.groups[0] if who.groups else None, "on_net": who.on_net}
