"""Plan records 预案记录: a plan's fields, levels, steps and needs written in one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.change import RowId
from db.store import Store
from resources.keeping import differs, do_add, do_edit
from resources.people import STOCK, Officer, allowed
from resources.plan_keeping import (
    Level,
    check_needs,
    check_response,
    levels,
    put_needs,
    put_response,
    steps,
)
from resources.plans import Need, PlanId, needs
from resources.records import Library


@allowed(*STOCK)
def put_plan(store: Store, row_id: int | None, values: Mapping[str, object], *,
             response: Sequence[Level], actions: Sequence[str], wanted: Sequence[Need],
             by: Officer) -> RowId:
    """Enter a plan, or edit the one given; what does not differ is not written.

    Raises:
        Refused: as `keeping.add_record`, `set_response` and `set_needs`; then nothing changed.
    """
    check_response(response)
    check_needs(store, wanted)
    if row_id is not None and not _differs(store, row_id, values, response, actions, wanted):
        return RowId(row_id)
    with store.change("plan.add" if row_id is None else "plan.edit", by) as tx:
        if row_id is None:
            one = do_add(tx, Library.PLAN, values, by=by)
        else:
            one = RowId(row_id)
            do_edit(tx, Library.PLAN, one, values)
        if levels(store, one) != list(response) or steps(store, one) != list(actions):
            put_response(tx, PlanId(one), response, actions)
        if needs(store, one) != list(wanted):
            put_needs(tx, PlanId(one), wanted)
    return one


def _differs(store: Store, one: int, values: Mapping[str, object], response: Sequence[Level],
             actions: Sequence[str], wanted: Sequence[Need]) -> bool:
    return (differs(store, Library.PLAN, one, values) or levels(store, one) != list(response)
            or steps(store, one) != list(actions) or needs(store, one) != list(wanted))
