"""The store 存储: open, read, change, subscribe. One file, one write path."""

from __future__ import annotations

import contextlib
import functools
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import filelock

from db import bulk, journal, migrations
from db.change import Author, Change, Op, RowId, Touch, next_id
from db.clock import Clock, to_text
from db.errors import StoreError, StoreHeld
from db.holding import hold, holder, release
from db.memory import Memory
from db.opening import (
    APPLICATION_ID,
    connect,
    explain,
    keep_before_migration,
    look_at,
    refuse_strange,
)
from db.pen import Pen
from db.turns import in_turn

FILE_NAME = "watchdesk.db"
USUAL_CACHE, LARGE_CACHE = 2_000, 131_072
"""KiB of pages in memory, usually (as SQLite has it) and for a change of many rows."""

LOOK_EVERY = 4000
"""Steps of SQLite's machine, a fraction of a millisecond, between two looks at the pen."""

Result = TypeVar("Result")
Listener = Callable[[Change], None]
log = logging.getLogger(__name__)


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
        self.store.db.execute(_insert_into(table, tuple(full)), full)
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
                from [{table}] where [{column}] >= :prefix and [{column}] < :after""",
                cut=len(prefix) + 1, prefix=prefix, after=prefix + chr(0x10FFFF)).fetchone()
        return int(row[0]) + 1


@functools.lru_cache(maxsize=256)
def _insert_into(table: str, columns: tuple[str, ...]) -> str:
    """The statement is the same for 100,000 rows of an import."""
    names = ", ".join(f"[{n}]" for n in columns)
    places = ", ".join(f":{n}" for n in columns)
    return f"insert into [{table}] ({names}) values ({places})"


class Store:
    """One district's record. The thread that opened it is its only writer, but for one large
    change at a time from a store that it made `beside` itself."""

    def __init__(self, path: Path, db: sqlite3.Connection, clock: Clock, *,
                 lock: filelock.FileLock | None) -> None:
        self.path, self.db, self.clock = path, db, clock
        self.pen = Pen()
        self._desk: Store | None = None
        self._seen_change = -1
        self.memory = Memory(db)
        self._lock = lock
        self._open_change: int | None = None
        self._listeners: list[Listener] = []
        self._untold: deque[Change] = deque()
        self._telling = False
        self.seat = 1
        self._last_id = 0

    # opening and closing

    @classmethod
    def open(cls, path: Path, clock: Clock, *, read_only: bool = False,
             or_read: bool = False) -> Store:
        """Open or create the store at `path`, bringing an older one to today's schema.

        With `or_read` a store that another process holds is opened for reading, and
        `held_by` says who holds it.

        Raises:
            StoreError: not ours, newer than this program, damaged, or held by another.
        """
        look_at(path, must_exist=read_only)
        if read_only:
            return cls.open_held(path, clock, None)
        try:
            return cls.open_held(path, clock, hold(path))
        except StoreHeld:
            if or_read:
                return cls.open_held(path, clock, None)
            raise

    @classmethod
    def open_held(cls, path: Path, clock: Clock, lock: filelock.FileLock | None) -> Store:
        """Open under a lock already taken (none: for reading); a failure releases it."""
        db = None
        try:
            db = connect(path, read_only=lock is None)
            store = cls(path, db, clock, lock=lock)
            db.create_function("open_change", 0, lambda: store._open_change)
            store._prepare()
        except BaseException as error:
            if db is not None:
                db.close()
            release(lock, path)
            if isinstance(error, sqlite3.Error):
                raise explain(error, path) from error
            raise
        return store

    def _prepare(self) -> None:
        fresh = not self.db.execute("select 1 from sqlite_master limit 1").fetchone()
        if fresh and not self.read_only:
            # before WAL, so that the mark stands in the file itself from its first page on
            self.db.execute(f"pragma application_id = {APPLICATION_ID}")
        refuse_strange(self.db, self.path, read_only=self.read_only)
        if not self.read_only:
            self.db.execute("pragma journal_mode = wal")
            self.db.execute("pragma synchronous = full")
            if migrations.pending(self.db):
                self._migrate(fresh=fresh)
        self.seat = int(self.db.execute("select seat from seat").fetchone()[0])
        self._last_id = self._highest_id()

    def _highest_id(self) -> int:
        return int(self.db.execute("select coalesce(max(row_id), 0) from journal").fetchone()[0])

    def _migrate(self, *, fresh: bool) -> None:
        if not fresh:
            keep_before_migration(self.path, self.db)
        self._open_change = 0
        try:
            migrations.apply(self.db)
        finally:
            self._open_change = None

    @property
    def read_only(self) -> bool:
        return self._lock is None

    @property
    def held_by(self) -> str:
        """Who holds the store while this one only reads; empty otherwise."""
        return holder(self.path) if self.read_only else ""

    def _only_reading(self) -> StoreError:
        if self.held_by:
            return StoreError("This store is open for reading only. Another Watchdesk holds it:"
                              " close that one, then start again.")
        return StoreError("This store is open for reading only, since {folder} cannot be written."
                          " Nothing was written; ask for the right to write there, then start"
                          " again.", folder=self.path.parent)

    def reader(self) -> sqlite3.Connection:
        """A read-only connection of its own, for a thread beside the window's."""
        return connect(self.path, read_only=True)

    def beside(self, work: Callable[[Store], Result],
               stopped: Callable[[], bool] = lambda: False) -> Result:
        """Run `work`, one large change, on a second connection: for a thread beside the desk's.

        When the desk writes meanwhile the work is rolled back and begun again in a pause, some
        times, so it must have no other effect than its change. `stopped` ends it within a
        statement. Whoever asked for it has the desk `catch_up` afterwards.

        Raises:
            Cancelled: `stopped` said so; nothing was written.
            StoreError: the desk writes without a pause; nothing was written.
        """
        with contextlib.closing(connect(self.path)) as db:
            side = Store(self.path, db, self.clock, lock=self._lock)
            side.pen, side.seat, side._desk = self.pen, self.seat, self
            db.create_function("open_change", 0, lambda: side._open_change)
            db.execute("pragma synchronous = full")
            db.execute("pragma wal_autocheckpoint = 0")  # not while it holds the pen
            db.set_progress_handler(lambda: self.pen.wanted or stopped(), LOOK_EVERY)
            done = in_turn(lambda: work(side), self.pen, stopped)
            db.set_progress_handler(None, 0)
            db.execute("pragma wal_checkpoint(passive)").fetchall()
        return done

    def catch_up(self) -> None:
        """Tell the listeners what a store beside this one has committed."""
        self._tell()

    def close(self) -> None:
        self._listeners.clear()
        self.db.close()
        release(self._lock, self.path)

    # reading

    def read(self, sql: str, **values: object) -> list[sqlite3.Row]:
        """All rows of a query.

        Raises:
            StoreError: the file is damaged, locked or out of reach.
        """
        try:
            return self.db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def tuples(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """As `read`, the rows as plain tuples: quicker where there are very many.

        Raises:
            StoreError: as `read`.
        """
        rows = self.db.cursor()
        rows.row_factory = None
        try:
            return rows.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def one(self, sql: str, **values: object) -> sqlite3.Row | None:
        """The first row of a query, if any.

        Raises:
            StoreError: as `read`.
        """
        try:
            row: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        return row

    def value(self, sql: str, **values: object) -> Any:
        row = self.one(sql, **values)
        return row[0] if row else None

    # writing

    def new_id(self) -> RowId:
        self._last_id = next_id(self._last_id, self.clock.now(), self.seat)
        return RowId(self._last_id)

    @contextlib.contextmanager
    def change(self, verb: str, by: Author, *, many: bool = False) -> Iterator[Transaction]:
        """The one write path: everything inside is one journaled commit, or nothing.

        With `many` names and places are indexed at its end, which pays from hundreds of rows on.

        Raises:
            StoreError: the disk is full, the store is locked, read-only or damaged.
            Overtaken: beside the desk only: the desk writes, so begin again.
        """
        if self.read_only:
            raise self._only_reading()
        if self._open_change is not None:
            raise RuntimeError("a change is already open")
        with self.pen.last() if self._desk else self.pen.first():
            try:
                at = self.clock.now()
                change_id, before = self._begin(verb, by, at)
                paused = bulk.pause(self.db) if many else []
                if many:
                    self.db.execute(f"pragma cache_size = -{LARGE_CACHE}")
                yield Transaction(self, change_id)
                bulk.resume(self.db, paused, change_id)
                touched = self._finish(change_id, before)
            except BaseException as error:
                self._roll_back()
                if isinstance(error, sqlite3.Error):
                    raise explain(error, self.path) from error
                raise
            self._open_change = None
            if many:
                self.db.execute(f"pragma cache_size = -{USUAL_CACHE}")
            done = Change(change_id, at, by.id, verb, touched)
            (self._desk or self)._untold.append(done)
        self.memory.forget(done.tables())
        if self._desk is None:
            self._tell()

    def _tell(self) -> None:
        """Tell every listener each change, in the order of the commits.

        A listener may write: its change is told after everybody heard of this one. A
        listener that fails is our defect and must not make a committed change look failed.
        """
        if self._telling:
            return
        self._telling = True
        try:
            while self._untold:
                told = self._untold.popleft()
                for listener in tuple(self._listeners):
                    try:
                        listener(told)
                    except Exception:
                        log.exception("a listener failed on change %d", told.id)
        finally:
            self._telling = False

    def _begin(self, verb: str, by: Author, at: datetime) -> tuple[int, str]:
        self.db.execute("begin immediate")
        last, before = journal.head(self.db)
        if last != self._seen_change:  # another connection of this store wrote
            self._last_id = max(self._last_id, self._highest_id())
        self._open_change = self._seen_change = last + 1
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
