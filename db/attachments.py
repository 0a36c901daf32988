"""Attachments 附件: photos, scans and files, kept by content hash beside the store."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.change import RowId
from db.clock import to_text
from db.errors import Refused, StoreError
from db.files import sync_folder
from db.store import Store, Transaction

FOLDER = "attachments"
LARGEST = 512 * 1024 * 1024
"""Bytes; larger files belong on a shared disk, with the path in the log."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a row; `digest` is its SHA-256 and its name in the folder."""

    id: RowId
    row_id: RowId
    name: str
    digest: str
    size: int
    kind: str


def take_in(store: Store, source: Path) -> tuple[str, int]:
    """Copy a file into the store's folder and return its digest and size in bytes.

    It may be done before the change that refers to it: a file nobody refers to is harmless.

    Raises:
        Refused: not a file, or larger than `LARGEST`.
        StoreError: it cannot be read, or there is no room.
    """
    if not source.is_file():
        raise Refused("{path} is not a file.", path=source)
    size = source.stat().st_size
    if size > LARGEST:
        raise Refused("{name} is larger than {limit} MB. Keep it on a shared disk and write its"
                      " place into the log.", name=source.name, limit=LARGEST // 2**20)
    try:
        return put(store.path.parent / FOLDER, source), size
    except OSError as error:
        raise StoreError("{name} could not be kept: {why}. Nothing was attached.",
                         name=source.name, why=error) from error


def attach(tx: Transaction, row_id: int, name: str, digest: str, size: int) -> RowId:
    """Tie a file taken in to a row, inside the change that is open."""
    kind = mimetypes.guess_type(name)[0] or ""
    return tx.insert("attachment", {"row_id": row_id, "name": name, "digest": digest,
                                    "size": size, "kind": kind,
                                    "at": to_text(tx.store.clock.now())})


def of_row(store: Store, row_id: int) -> list[Attachment]:
    """The files of a row, oldest first."""
    rows = store.read("select id, row_id, name, digest, size, kind from attachment"
                      " where row_id = :row order by id", row=row_id)
    return [Attachment(RowId(r[0]), RowId(r[1]), r[2], r[3], r[4], r[5]) for r in rows]


def path_of(folder: Path, digest: str) -> Path:
    """Where the file with this digest lies below an attachments folder."""
    return folder / digest[:2] / digest


def put(folder: Path, source: Path) -> str:
    """Copy one file in under its digest, durably; a file already there is not copied again."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{os.getpid()}.part"
    with source.open("rb") as read, part.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())
    digest = digest_of(part)
    target = path_of(folder, digest)
    if target.exists():
        part.unlink()
        return digest
    target.parent.mkdir(exist_ok=True)
    part.replace(target)
    sync_folder(target.parent)
    return digest


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(folder: Path) -> Iterator[Path]:
    """Every file of an attachments folder."""
    return (p for p in sorted(folder.glob("??/*")) if p.is_file())
