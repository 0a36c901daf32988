"""The store 存储: open, read, change, subscribe. One file, one write path."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock

from db import journal, migrations, search
from db.change import Author, Change, Op, RowId, Touch, next_id
from db.clock import Clock, to_text
from db.errors import StoreError

APPLICATION_ID = 0x57444B31
"""Written into the SQLite header, so that a store of ours is known from any other file."""

FILE_NAME = "watchdesk.db"
Listener = Callable[[Change], None]


class Transaction:
    """What a verb holds while it writes: insert, update, ids and numbers."""

    def __init__(self, store: Store, change_id: int) -> None:
        self.store, self.change_id = store, change_id

    def new_id(self) -> RowId:
        return self.store.new_id()

    def run(self, sql: str, **values: object) -> sqlite3.Cursor:
        return self.store.db.execute(sql, values)

    def insert(self, table: str, row: Mapping[str, object]) -> RowId:
        """Insert one row; an `id` is given when the row has none."""
        full = {"id": self.new_id(), **row}
        names = ", ".join(f"[{n}]" for n in full)
        places = ", ".join(f":{n}" for n in full)
        self.store.db.execute(f"insert into [{table}] ({names}) values ({places})", full)
        return RowId(int(str(full["id"])))

    def update(self, table: str, row_id: int, **values: object) -> None:
        sets = ", ".join(f"[{n}] = :{n}" for n in values)
        self.store.db.execute(f"update [{table}] set {sets} where id = :id",
                              {**values, "id": row_id})

    def next_number(self, table: str, column: str = "no", prefix: str = "") -> int:
        """One more than the highest number given so far (among texts that start so)."""
        if not prefix:
            row = self.run(f"select coalesce(max([{column}]), 0) from [{table}]").fetchone()
        else:
            row = self.run(f"""select coalesce(max(cast(substr([{column}], :cut) as integer)), 0)
                from [{table}] where [{column}] like :like""",
                cut=len(prefix) + 1, like=f"{prefix}%").fetchone()
        return int(row[0]) + 1


class Store:
    """One district's record. The thread that opened it is its only writer."""

    def __init__(self, path: Path, db: sqlite3.Connection, clock: Clock, *,
                 lock: filelock.FileLock | None) -> None:
        self.path, self.db, self.clock = path, db, clock
        self._lock = lock
        self._open_change: int | None = None
        self._listeners: list[Listener] = []
        self.seat = 1
        self._last_id = 0

    # opening and closing

    @classmethod
    def open(cls, path: Path, clock: Clock, *, read_only: bool = False) -> Store:
        """Open or create the store at `path`, bringing an older one to today's schema.

        Raises:
            StoreError: not ours, newer than this program, damaged, or held by another.
        """
        lock = None if read_only else hold(path)
        try:
            db = connect(path, read_only=read_only)
            store = cls(path, db, clock, lock=lock)
            db.create_function("open_change", 0, lambda: store._open_change)
            store._prepare(read_only=read_only)
        except sqlite3.Error as error:
            release(lock)
            raise explain(error, path) from error
        except StoreError:
            release(lock)
            raise
        return store

    def _prepare(self, *, read_only: bool) -> None:
        refuse_foreign(self.db, self.path)
        if not read_only:
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma synchronous = full")
            if migrations.pending(self.db):
                self._migrate()
        self.seat = int(self.db.execute("select seat from seat").fetchone()[0])
        self._last_id = int(self.db.execute(
            "select coalesce(max(row_id), 0) from journal").fetchone()[0])

    def _migrate(self) -> None:
        fresh = not self.db.execute("select 1 from sqlite_master limit 1").fetchone()
        if fresh:
            self.db.execute(f"pragma application_id = {APPLICATION_ID}")
        else:
            keep_before_migration(self.path, self.db)
        self._open_change = 0
        try:
            migrations.apply(self.db)
        finally:
            self._open_change = None

    @property
    def read_only(self) -> bool:
        return self._lock is None

    def reader(self) -> sqlite3.Connection:
        """A read-only connection of its own, for a thread beside the window's."""
        return connect(self.path, read_only=True)

    def close(self) -> None:
        self._listeners.clear()
        self.db.close()
        release(self._lock)

    # reading

    def read(self, sql: str, **values: object) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def one(self, sql: str, **values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return row

    def value(self, sql: str, **values: object) -> Any:
        row = self.one(sql, **values)
        return row[0] if row else None

    # writing

    def new_id(self) -> RowId:
        self._last_id = next_id(self._last_id, self.clock.now(), self.seat)
        return RowId(self._last_id)

    @contextlib.contextmanager
    def change(self, verb: str, by: Author) -> Iterator[Transaction]:
        """The one write path: everything inside is one journaled commit, or nothing.

        Raises:
            StoreError: the disk is full, the store is locked, read-only or damaged.
        """
        if self.read_only:
            raise StoreError("This store is open for reading only. Another Watchdesk holds it:"
                             " close that one, then start again.")
        if self._open_change is not None:
            raise RuntimeError("a change is already open")
        try:
            at = self.clock.now()
            change_id, before = self._begin(verb, by, at)
            yield Transaction(self, change_id)
            touched = self._finish(change_id, before)
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.Error):
                raise explain(error, self.path) from error
            raise
        self._open_change = None
        told = Change(change_id, at, by.id, verb, touched)
        for listener in tuple(self._listeners):
            listener(told)

    def _begin(self, verb: str, by: Author, at: datetime) -> tuple[int, str]:
        self.db.execute("begin immediate")
        last, before = journal.head(self.db)
        self._open_change = last + 1
        self.db.execute(
            "insert into change(id, at, by, by_name, verb, seat, hash) values (?,?,?,?,?,?,'')",
            (last + 1, to_text(at), by.id, by.name, verb, self.seat))
        return last + 1, before

    def _finish(self, change_id: int, before: str) -> tuple[Touch, ...]:
        rows = self.db.execute("select tbl, row_id, op from journal where change_id = ?"
                               " order by id", (change_id,)).fetchall()
        journal.seal(self.db, change_id, before)
        self.db.execute("commit")
        return tuple(Touch(r[0], RowId(r[1]), Op(r[2])) for r in rows)

    def _roll_back(self) -> None:
        self._open_change = None
        if self.db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.db.execute("rollback")

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of each change after its commit; call the result to stop."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the store's own functions and manners."""
    uri = f"{path.resolve().as_uri()}{'?mode=ro' if read_only else ''}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5.0, cached_statements=512)
    db.row_factory = sqlite3.Row
    db.execute("pragma foreign_keys = on")
    search.install(db)
    if read_only:
        db.create_function("open_change", 0, lambda: None)
    return db


def hold(path: Path) -> filelock.FileLock:
    """Claim the store for this process.

    Raises:
        StoreError: another process holds it, or the folder cannot be written.
    """
    lock = filelock.FileLock(str(path) + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise StoreError("The store in {folder} is held by another Watchdesk ({holder})."
                         " It can be opened for reading.", folder=path.parent,
                         holder=holder(path)) from error
    except OSError as error:
        raise StoreError("The folder {folder} cannot be written: {why}. Nothing was changed."
                         " Choose another folder or ask for the right to write there.",
                         folder=path.parent, why=error.strerror or error) from error
    note_holder(path)
    return lock


def release(lock: filelock.FileLock | None) -> None:
    if lock is not None:
        lock.release()


def holder(path: Path) -> str:
    """Who wrote down last that it holds the store; empty when nobody did."""
    note = path.with_suffix(".holder")
    try:
        return note.read_text("utf-8").strip()
    except OSError:
        return ""


def note_holder(path: Path) -> None:
    import getpass
    import os
    import platform
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = str(os.getpid())
    with contextlib.suppress(OSError):
        path.with_suffix(".holder").write_text(
            f"{user}@{platform.node()} pid {os.getpid()}", "utf-8")


def refuse_foreign(db: sqlite3.Connection, path: Path) -> None:
    """Turn away a file that is not ours or that a newer program wrote; it stays untouched.

    Raises:
        StoreError: with what to do.
    """
    empty = not db.execute("select 1 from sqlite_master limit 1").fetchone()
    ours = db.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
    if not empty and not ours:
        raise StoreError("{path} is not a Watchdesk store. It was left untouched; choose"
                         " another folder.", path=path)
    if not empty and migrations.unknown(db):
        raise StoreError("{path} was written by a newer Watchdesk. It was left untouched;"
                         " install the newer program to open it.", path=path)


def keep_before_migration(path: Path, db: sqlite3.Connection) -> None:
    """A copy beside the store before its schema is changed."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    target = folder / f"before-migration-{migrations.version(db)}.db"
    with contextlib.closing(sqlite3.connect(target)) as copy:
        db.backup(copy)


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """The person's sentence for what SQLite met."""
    text = str(error)
    if "full" in text:
        return StoreError("The disk that holds {path} is full. What you typed is still in its"
                          " line; free some room, then press Enter again.", path=path)
    if "locked" in text or "busy" in text:
        return StoreError("The store {path} is locked by another program. Nothing was written;"
                          " close that program, then try again.", path=path)
    if "malformed" in text or "not a database" in text or "disk image" in text:
        return StoreError("The store {path} is damaged. It was left as it is; restore the"
                          " newest good backup (watchdesk restore).", path=path)
    if "readonly" in text or "unable to open" in text:
        return StoreError("The store {path} cannot be written or opened. Nothing was changed;"
                          " look at the folder's rights.", path=path)
    if isinstance(error, sqlite3.IntegrityError):
        return StoreError("The store refused the change: {why}. Nothing was written.", why=text)
    return StoreError("The store {path} failed: {why}. Nothing was written.",
                      path=path, why=text)
