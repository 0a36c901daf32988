"""Opening 打开: connections, what a file is before SQLite may touch it, and failures in words."""

from __future__ import annotations

import contextlib
import sqlite3
import urllib.parse
from pathlib import Path

from db import migrations, search
from db.errors import Overtaken, StoreDamaged, StoreError

APPLICATION_ID = 0x57444B31
"""Written into the SQLite header, so that a store of ours is known from any other file."""

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
ID_BYTES = slice(68, 72)
INTERRUPTED = 9
"""SQLite's code when a progress handler ended the statement."""

ENVIRONMENT = frozenset({5, 6, 8, 10, 11, 13, 14, 26})
"""SQLite's primary codes BUSY LOCKED READONLY IOERR CORRUPT FULL CANTOPEN NOTADB."""


def look_at(path: Path, *, must_exist: bool) -> None:
    """Turn away what is not a store of ours by its header alone; nothing is touched.

    Raises:
        StoreError: a folder, a foreign file, a stump of a file, or nothing there.
    """
    try:
        if path.is_dir():
            raise StoreError("{path} is a folder where the store's file should be. It was left"
                             " untouched; choose another folder.", path=path)
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except FileNotFoundError:
        header = b""
        if must_exist:
            raise StoreError("There is no store in {folder} yet. Make one first"
                             " (watchdesk init).", folder=path.parent) from None
    except OSError as error:
        raise StoreError("{path} cannot be read: {why}. Look at the file's rights.",
                         path=path, why=error) from error
    if header and not header.startswith(MAGIC[:len(header)]) and header.strip(b"\0"):
        raise foreign(path)
    if header and (len(header) < HEADER_BYTES or not header.strip(b"\0")):
        raise damaged(path)
    if header and int.from_bytes(header[ID_BYTES], "big") != APPLICATION_ID:
        raise foreign(path)


def foreign(path: Path) -> StoreError:
    return StoreError("{path} is not a Watchdesk store. It was left untouched; choose"
                      " another folder.", path=path)


def damaged(path: Path) -> StoreDamaged:
    return StoreDamaged("The store {path} is damaged. It was left as it is; restore the"
                        " newest good backup (watchdesk restore).", path=path)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the store's own functions and manners; reading works anywhere."""
    if not read_only:
        return _connect(path, "")
    db = _connect(path, "?mode=ro")
    try:
        db.execute("select 1 from sqlite_master limit 1").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        if primary(error) not in {8, 14} or waiting(path):
            raise
        # a folder that cannot be written has no place for WAL's shared memory: without a
        # log waiting beside it the file alone is the whole store
        db = _connect(path, "?mode=ro&immutable=1")
    db.create_function("open_change", 0, lambda: None)
    return db


def waiting(path: Path) -> bool:
    """Whether a write-ahead log with content lies beside the store."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _connect(path: Path, query: str) -> sqlite3.Connection:
    uri = f"file:{urllib.parse.quote(path.resolve().as_posix())}{query}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5.0, cached_statements=512)
    db.row_factory = sqlite3.Row
    db.execute("pragma foreign_keys = on")
    search.install(db)
    return db


def refuse_strange(db: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Turn away a store that a newer program wrote, or an older one when only reading.

    Raises:
        StoreError: with what to do.
    """
    if migrations.unknown(db):
        raise StoreError("{path} was written by a newer Watchdesk. It was left untouched;"
                         " install the newer program to open it.", path=path)
    if read_only and migrations.pending(db):
        raise StoreError("{path} was written by an older Watchdesk and cannot be read as it is."
                         " Open it once for writing; a copy is kept first.", path=path)


def keep_before_migration(path: Path, db: sqlite3.Connection) -> None:
    """A copy beside the store before its schema is changed."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"before-migration-{migrations.version(db)}.db"
    with contextlib.closing(sqlite3.connect(target)) as copy:
        db.backup(copy)


def primary(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 when Python itself raised."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def explain(error: sqlite3.Error, path: Path) -> Exception:
    """The person's sentence for what SQLite met; a defect of ours is handed back as it is."""
    code = primary(error)
    if code == INTERRUPTED:
        return Overtaken("The desk wrote while this was written. It is begun again.")
    if code == 13:
        return StoreError("The disk that holds {path} is full. What you typed is still in its"
                          " line; free some room, then press Enter again.", path=path)
    if code in {5, 6}:
        return StoreError("The store {path} is locked by another program. Nothing was written;"
                          " close that program, then try again.", path=path)
    if code in {11, 26}:
        return damaged(path)
    if code in {8, 14}:
        return StoreError("The store {path} cannot be written or opened. Nothing was changed;"
                          " look at the folder's rights.", path=path)
    if isinstance(error, sqlite3.IntegrityError):
        return StoreError("The store refused the change: {why}. Nothing was written.", why=error)
    if code in ENVIRONMENT:
        return StoreError("The store {path} failed: {why}. Nothing was written.",
                          path=path, why=error)
    return error
