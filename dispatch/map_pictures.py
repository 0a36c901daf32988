"""Map pictures 事件附图: views of the map kept with an event, for its reports."""

from __future__ import annotations

from pathlib import Path

from db import attachments
from db.change import RowId
from db.clock import to_text
from db.errors import StoreError
from db.files import write_whole
from db.store import Store
from dispatch.events import event
from dispatch.printouts.figures import Figure
from resources.people import DESK, Officer, allowed

PNG_SIZE = slice(16, 24)
"""Where width and height stand in a PNG, four bytes each."""


@allowed(*DESK)
def keep_picture(store: Store, event_id: RowId, data: bytes, title: str, caption: str, *,
                 by: Officer) -> str:
    """Keep a PNG of the map with an event; its reports carry the newest. Returns its digest.

    Raises:
        Refused: there is no such event.
        StoreError: there is no room for it.
    """
    event(store, event_id)
    folder = store.path.parent / attachments.FOLDER
    held = folder / "map.png.new"
    try:
        write_whole(held, data)
        digest = attachments.put(folder, held)
        held.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError("{name} could not be kept: {why}. Nothing was attached.", name=title,
                         why=error) from error
    with store.change("map.picture", by) as tx:
        tx.insert("map_picture", {"event_id": event_id, "digest": digest, "title": title,
                                  "caption": caption, "at": to_text(store.clock.now()),
                                  "officer": by.name})
        attachments.attach(tx, event_id, f"{title}.png", digest, len(data))
    return digest


def figure_of(store: Store, event_id: RowId) -> Figure | None:
    """The newest picture of an event, if there is one and its file is still there."""
    row = store.one("""select * from map_picture where event_id = :id order by at desc, id desc
        limit 1""", id=event_id)
    if row is None:
        return None
    path: Path = attachments.path_of(store.path.parent / attachments.FOLDER, row["digest"])
    try:
        data = path.read_bytes()
    except OSError:
        return None  # the check of attachments tells of a lost file; the report still prints
    wide, high = (int.from_bytes(data[PNG_SIZE][n:n + 4], "big") for n in (0, 4))
    return Figure(row["title"], row["caption"], row["digest"], high / max(wide, 1), data)
