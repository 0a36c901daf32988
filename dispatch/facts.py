"""Further facts 补充要素 of an event: what reports ask for beside the columns of its row."""

from __future__ import annotations

from collections.abc import Mapping

from db.change import RowId
from db.store import Store, Transaction
from db.words import mark

EXTRA_NAMES = {
    "unit": mark("Unit and its situation"), "scope": mark("Area affected"),
    "leaders": mark("Leaders on scene"), "requests": mark("Requests and advice"),
    "commander_post": mark("Commander's post"), "now": mark("Present state"),
    "aftermath": mark("Aftercare, assessment, next steps"),
}
"""单位概况, 影响范围, 领导到位, 请求和建议, 现场负责人职务, 现状, 善后·评估·下一步."""


def extra_facts(store: Store, event: RowId) -> dict[str, str]:
    """Every further fact by its name, empty when nobody wrote it."""
    known = {r["name"]: str(r["text"]) for r in store.read(
        "select name, text from event_fact where event_id = :event", event=event)}
    return {name: known.get(name, "") for name in EXTRA_NAMES}


def put_extra(tx: Transaction, event: RowId, facts: Mapping[str, str]) -> None:
    """Write further facts inside a change that is open."""
    for name, text in facts.items():
        row = tx.run("select id from event_fact where event_id = :event and name = :name",
                     event=event, name=name).fetchone()
        if row is None:
            tx.insert("event_fact", {"event_id": event, "name": name, "text": text})
        else:
            tx.update("event_fact", row["id"], text=text)
