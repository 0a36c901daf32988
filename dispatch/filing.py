"""Attached files 附件: photos and scans tied to an event, a log entry or a paper."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from db.attachments import FOLDER, Attachment, attach, of_row, path_of, take_in
from db.change import RowId
from db.errors import Refused, StoreError
from db.files import write_whole
from db.store import Store
from db.words import t
from dispatch.log import append_to
from dispatch.terms import EntryKind
from resources.people import DESK, Officer, allowed


@allowed(*DESK)
def attach_files(store: Store, row: RowId, files: Iterable[Path], *, event: RowId | None = None,
                 by: Officer) -> list[Attachment]:
    """Keep copies of the files beside the store and tie them to the row; the log names them.

    Raises:
        Refused: no file, something that is none, or one that is too large.
        StoreError: it cannot be read, or there is no room; nothing is attached then.
    """
    taken = [(path.name, *take_in(store, path)) for path in files]
    if not taken:
        raise Refused("Choose a file first.")
    with store.change("file.attach", by) as tx:
        for name, digest, size in taken:
            attach(tx, row, name, digest, size)
        append_to(tx, t("Attached: {names}", names=t(", ").join(name for name, _, _ in taken)),
                  kind=EntryKind.NOTE, event=event, by=by)
    return of_row(store, row)


def attached(store: Store, event: RowId) -> list[Attachment]:
    """The files of an event and of the entries in its log, oldest first."""
    rows = store.read("""select id, row_id, name, digest, size, kind from attachment
        where row_id = :event or row_id in (select id from log where event_id = :event)
        order by id""", event=event)
    return [Attachment(RowId(r[0]), RowId(r[1]), r[2], r[3], r[4], r[5]) for r in rows]


def counts_of_rows(store: Store, rows: Iterable[int]) -> dict[int, int]:
    """How many files hang on each of these rows; rows without any are left out."""
    marks = ",".join(str(int(r)) for r in rows)
    return {r[0]: r[1] for r in store.read(
        f"select row_id, count(*) from attachment where row_id in ({marks}) group by row_id")}


def kept_path(store: Store, one: Attachment) -> Path:
    """Where the file's content lies; its name there is its digest.

    Raises:
        StoreError: it is not there any more.
    """
    path = path_of(store.path.parent / FOLDER, one.digest)
    if not path.is_file():
        raise StoreError("{name} is missing in the folder of attachments. A backup has it.",
                         name=one.name)
    return path


def export_file(store: Store, one: Attachment, target: Path) -> Path:
    """Write a copy under its own name, or as the file named.

    Raises:
        StoreError: the content is missing or the place cannot be written.
    """
    path = target / one.name if target.is_dir() else target
    source = kept_path(store, one)
    try:
        write_whole(path, source.read_bytes())
    except OSError as error:
        raise StoreError("{path} cannot be written: {why}. Choose another place.", path=path,
                         why=error) from error
    return path
