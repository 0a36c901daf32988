"""Restoring 恢复: the copies there are, whether they hold, and whose password the way back asks."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from db.backup import FOLDER, Backup, backups, describe
from db.change import RowId
from db.check import Progress, check
from db.clock import Clock
from db.errors import Refused, StoreError
from db.opening import connect, explain, look_at
from db.store import FILE_NAME, Store
from db.words import mark
from dispatch.district_file import goes_on, record_in
from dispatch.duty import officers
from dispatch.duty.passwords import Tries, matches, read_tries, too_soon
from dispatch.second_folder import SETTING, present
from resources.people import Officer, OfficerId, Role


class Place(StrEnum):
    """Where a copy lies."""

    OWN = "own"          # 本机
    SECOND = "second"    # 第二备份处
    BEFORE = "before"    # 升级前
    CHOSEN = "chosen"    # 自选文件


PLACE_NAMES = {
    Place.OWN: mark("copy|This machine"), Place.SECOND: mark("copy|Second folder"),
    Place.BEFORE: mark("copy|Before an upgrade"), Place.CHOSEN: mark("copy|Chosen file")}


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy to go back to: what is restored, the record in it that can be read, and where."""

    path: Path
    record: Path
    backup: Backup
    place: Place


def copies(folder: Path, second: Path | None) -> list[Copy]:
    """Every readable copy of a district's folder and of its second folder, newest first."""
    own = folder / FOLDER
    found = [_copy(one, Place.OWN) for one in backups(own)]
    for path in own.glob("before-migration-*.db"):
        with contextlib.suppress(StoreError, Refused):
            found.append(_copy(describe(path), Place.BEFORE))
    if second is not None and present(second):
        found += [_copy(one, Place.SECOND) for one in backups(second)]
    return sorted(found, key=lambda copy: copy.backup.at, reverse=True)


def _copy(made: Backup, place: Place) -> Copy:
    return Copy(made.path, made.path, made, place)


def chosen_copy(path: Path, room: Path, progress: Progress = goes_on) -> Copy:
    """A file chosen by hand: a copy, or a whole district whose record is unpacked into `room`.

    Raises:
        Refused: there is no such file, or it is no district file.
        Cancelled: `progress` said so.
        StoreError: it is not ours, or damaged.
    """
    if path.suffix.lower() != ".zip":
        return _copy(describe(path), Place.CHOSEN)
    record = record_in(path, room, progress)
    made = describe(record)
    return Copy(path, record, Backup(path, made.last_at or made.at, made.changes, made.last_at,
                                     path.stat().st_size), Place.CHOSEN)


def second_of(folder: Path) -> Path | None:
    """The second folder by the record, or by its newest copy where the record cannot be read."""
    for path in (folder / FILE_NAME, *(b.path for b in backups(folder / FOLDER)[:1])):
        with contextlib.suppress(StoreError), reading(path) as db:
            row = db.execute("select value from setting where name = ?", (SETTING,)).fetchone()
            return Path(row[0]) if row and row[0] else None
    return None


def fault_of(copy: Copy, progress: Progress | None = None) -> str:
    """Why a copy does not hold, in words; empty when it does.

    Raises:
        Cancelled: `progress` answered False.
    """
    try:
        found = check(copy.record, progress)
    except StoreError as error:
        return str(error)
    return str(found[0]) if found else ""


def newest_good(found: list[Copy], tell: Callable[[Copy, str], object] = lambda *_: None,
                progress: Progress | None = None) -> Copy | None:
    """The newest copy that holds: the one to offer after damage; `tell` hears each verdict.

    Raises:
        Cancelled: `progress` answered False.
    """
    for copy in found:
        fault = fault_of(copy, progress)
        tell(copy, fault)
        if not fault:
            return copy
    return None


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A record of any age, open for reading only.

    Raises:
        StoreError: it is not there, not ours, or damaged.
    """
    try:
        look_at(path, must_exist=True)
        with contextlib.closing(connect(path, read_only=True)) as db:
            yield db
    except sqlite3.Error as error:
        raise explain(error, path) from error


# whose password

class Agreeing(Protocol):
    """Those of whom one must agree to a restore; nobody in a sample district."""

    @property
    def people(self) -> tuple[Officer, ...]: ...

    def confirm(self, officer_id: int, password: str) -> Officer:
        """The officer, if the password is theirs.

        Raises:
            Refused: wrong, or too soon after wrong ones.
        """


class DeskHeads:
    """The administrators of the record at the desk; a wrong try is noted in it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def people(self) -> tuple[Officer, ...]:
        if officers.is_sample(self.store):
            return ()
        return tuple(p.officer for p in officers.people(self.store)
                     if Role.ADMIN in p.officer.roles and p.has_password)

    def confirm(self, officer_id: int, password: str) -> Officer:
        return officers.confirm(self.store, officer_id, password)


class FileHeads:
    """The administrators of a record that nobody works with, read from its file whatever its age.

    Wrong tries that stand in it count, and those made here.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self.clock = clock
        self._kept: dict[int, tuple[Officer, str]] = {}
        self._tries: dict[int, Tries] = {}
        with reading(path) as db:
            settings = dict(db.execute("select name, value from setting").fetchall())
            if settings.get("sample") == "1":
                return
            for row in db.execute("select * from officer where active = 1 and password_hash <> ''"
                                  " order by seniority desc, id"):
                self._take(row, settings.get(f"wrong_tries.{row['id']}"))

    def _take(self, row: sqlite3.Row, tries: str | None) -> None:
        roles = frozenset(Role(role) for role in json.loads(row["roles"]))
        if Role.ADMIN not in roles:
            return
        who = Officer(OfficerId(RowId(row["id"])), row["name"], roles, row["unit"], row["title"])
        self._kept[who.id] = who, row["password_hash"]
        self._tries[who.id] = read_tries(tries)

    @property
    def people(self) -> tuple[Officer, ...]:
        return tuple(who for who, _hash in self._kept.values())

    def confirm(self, officer_id: int, password: str) -> Officer:
        who, kept = self._kept[officer_id]
        tries, now = self._tries[officer_id], self.clock.now()
        too_soon(tries, now)
        if matches(password, kept):
            return who
        self._tries[officer_id] = Tries(tries.count + 1, now)
        raise Refused("The password is wrong. Nothing was changed.", field="password")


def heads_of(record: Path, copy: Path, clock: Clock) -> FileHeads:
    """Who must agree: an administrator of the record that is replaced, or of the copy where that
    one cannot be read.

    Raises:
        StoreError: the copy cannot be read.
    """
    try:
        return FileHeads(record, clock)
    except StoreError:
        return FileHeads(copy, clock)
