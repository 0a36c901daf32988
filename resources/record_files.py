"""Record files 记录附件: photos and documents tied to a record of any library."""

from __future__ import annotations

from pathlib import Path

from db import attachments
from db.attachments import Attachment
from db.change import RowId
from db.errors import Refused, StoreError
from db.store import Store
from resources.people import STOCK, Officer, allowed
from resources.records import Library


@allowed(*STOCK)
def attach_file(store: Store, library: Library, row_id: int, source: Path, *,
                by: Officer) -> RowId:
    """Copy a file into the district's folder and tie it to a record.

    Raises:
        Refused: no such record, not a file, too large, or attached already.
        StoreError: it cannot be read, or there is no room.
    """
    if not store.value(f"select 1 from [{library}] where id = :id", id=row_id):
        raise Refused("This record is not in the store any more.")
    digest, size = attachments.take_in(store, source)
    if any(one.digest == digest for one in attachments.of_row(store, row_id)):
        raise Refused("{name} is attached already.", name=source.name)
    with store.change(f"{library}.attach", by) as tx:
        return attachments.attach(tx, row_id, source.name, digest, size)


def file_of(store: Store, one: Attachment) -> Path:
    """Where an attachment lies.

    Raises:
        StoreError: it is missing.
    """
    path = attachments.path_of(store.path.parent / attachments.FOLDER, one.digest)
    if not path.is_file():
        raise StoreError("{name} is missing from the attachments folder. A backup may have it.",
                         name=one.name)
    return path


def export_file(store: Store, one: Attachment, target: Path) -> None:
    """Write a copy of an attachment; StoreError when it is missing or cannot be written."""
    source = file_of(store, one)
    try:
        target.write_bytes(source.read_bytes())
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}.", path=target,
                         why=error) from error
