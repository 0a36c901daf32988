"""What people write into a drill's report 总结用语: overview, lessons and advice."""

from __future__ import annotations

from collections.abc import Mapping

from db.store import Store
from dispatch.drillbook.plan import BOOK
from resources.people import Officer, allowed

WORDS = ("overview", "lessons", "advice", "author")


def words_of(store: Store, drill: int) -> Mapping[str, str]:
    """What people wrote into the report of a drill; empty texts where nobody did."""
    row = store.one("select * from drill_words where drill_id = :drill", drill=drill)
    return {name: str(row[name]) if row is not None else "" for name in WORDS}


@allowed(*BOOK)
def write_words(store: Store, drill: int, values: Mapping[str, str], *, by: Officer) -> None:
    """Keep overview, lessons and advice of a drill's report."""
    row = {name: values[name].strip() for name in WORDS if name in values}
    known = store.value("select id from drill_words where drill_id = :drill", drill=drill)
    with store.change("drill.words", by) as tx:
        if known is None:
            tx.insert("drill_words", {"drill_id": drill, **row})
        else:
            tx.update("drill_words", known, **row)
