"""Sources 来源: what a person set for files with the same headings, kept for the next of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.clock import to_text
from db.store import Store
from resources.coords import Crs
from resources.exchange.fields import Kind, plain
from resources.people import STOCK, Officer, allowed


@dataclass(frozen=True, slots=True)
class Source:
    """`columns` is field by heading, an empty field leaves the column out; `crs` the system that
    its coordinates came in, None while nobody said."""

    columns: Mapping[str, str] = field(default_factory=dict)
    crs: Crs | None = None


UNKNOWN = Source()


def signature(headings: Iterable[str]) -> str:
    """What tells a source again: its headings, in whatever order they stand."""
    names = sorted({plain(h) for h in headings if h})
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]


def recall_source(store: Store, kind: Kind, headings: Iterable[str]) -> Source:
    """What was set for this source; columns whose field is gone since are left out."""
    row = store.one("select columns, crs from import_source where kind = :kind"
                    " and signature = :signature", kind=kind.name, signature=signature(headings))
    if row is None:
        return UNKNOWN
    known = {f.name for f in kind.fields} | {""}
    columns = {h: f for h, f in json.loads(row["columns"]).items() if f in known}
    return Source(columns, Crs(row["crs"]) if row["crs"] else None)


@allowed(*STOCK)
def remember_source(store: Store, kind: Kind, headings: Iterable[str], source: Source, *,
                    file: str, by: Officer) -> bool:
    """Keep what was set; False when it is known like that already."""
    headings = tuple(headings)
    if recall_source(store, kind, headings) == source:
        return False
    values = {"columns": json.dumps(dict(source.columns), ensure_ascii=False, sort_keys=True),
              "crs": source.crs or "", "used_at": to_text(store.clock.now()), "file": file}
    found = {"kind": kind.name, "signature": signature(headings)}
    with store.change("source.remember", by) as tx:
        same = tx.run("select id from import_source where kind = :kind"
                      " and signature = :signature", **found).fetchone()
        if same is None:
            tx.insert("import_source", {**found, **values})
        else:
            tx.update("import_source", same["id"], **values)
    return True
