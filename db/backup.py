"""Backup 备份: online copies that were opened and checked, rotated, and restored by name."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db import attachments
from db.change import Author
from db.check import Finding, Progress, check
from db.clock import Clock, from_text, to_text
from db.errors import Cancelled, Refused, StoreError, WatchdeskError
from db.files import sync_file, sync_folder
from db.holding import hold, release
from db.opening import connect, explain, look_at
from db.store import FILE_NAME, Store

FOLDER = "backups"
ASIDE = "aside"
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"watchdesk-(\d{8}T\d{6}Z)(?:-(\d+))?\.db")
PAGES = 256
"""Pages copied at a time, so that the desk can write between."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: when it was made (UTC), how many changes it holds, and its last entry's time."""

    path: Path
    at: datetime
    changes: int
    last_at: datetime | None
    size: int


@dataclass(frozen=True, slots=True)
class Keep:
    """How many copies the rotation keeps: the newest of so many hours, days and months."""

    hourly: int = 24
    daily: int = 30
    monthly: int = 12


def back_up(store: Store, folder: Path | None = None, progress: Progress | None = None) -> Backup:
    """Copy the store while it is in use, with its attachments, and check the copy.

    Runs on a reader connection of its own and may be called from another thread. `progress`
    is told pages done and pages in all; its False stops and leaves nothing behind.

    Raises:
        Cancelled: stopped by the person.
        StoreError: no room, no right, or the copy did not pass its check.
    """
    folder = folder or store.path.parent / FOLDER
    part = folder / "unfinished.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        checked_copy(store.path, part, progress)
        _keep_files(store.path.parent / attachments.FOLDER, folder / attachments.FOLDER)
        target = _free_name(folder, store.clock.now())
        sync_file(part)
        part.replace(target)
        sync_folder(folder)
    except sqlite3.Error as error:
        raise explain(error, folder) from error
    except OSError as error:
        raise StoreError("The backup to {folder} failed: {why}. The store itself is untouched.",
                         folder=folder, why=error.strerror or error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return describe(target)


def checked_copy(source: Path, part: Path, progress: Progress | None = None) -> None:
    """One lone file of a store that may be in use, checked; the check is the second half of it.

    Raises:
        Cancelled: stopped by the person.
        StoreError: the copy did not pass its check.
        sqlite3.Error, OSError: as met.
    """
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress and not progress(total - remaining, 2 * total):
            raise Cancelled("The backup was stopped. Nothing of it was kept.")

    with contextlib.closing(connect(source, read_only=True)) as db, \
            contextlib.closing(sqlite3.connect(part)) as copy:
        db.backup(copy, pages=PAGES, progress=tell, sleep=0.001)
        copy.execute("pragma journal_mode = delete")  # one lone file, without a log beside it
    _require_sound(check(part, progress and (lambda done, of: progress(of + done, 2 * of))), source)


def _require_sound(found: list[Finding], path: Path) -> None:
    if found:
        raise StoreError("The backup of {path} did not pass its check ({finding}) and was not"
                         " kept. Run a check of the store.", path=path, finding=found[0])


def _keep_files(source: Path, target: Path) -> None:
    """Bring every attachment that the target lacks; each is read back by its hash."""
    for path in attachments.kept(source):
        if attachments.path_of(target, path.name).exists():
            continue
        if attachments.put(target, path) != path.name:
            raise StoreError("The attachment {name} no longer matches its hash. Its copy was"
                             " kept under the hash that it has now.", name=path.name)


def copy_to(made: Backup, folder: Path) -> Path:
    """Bring a checked backup and its attachments to another folder, read back by its hash.

    Raises:
        StoreError: no room, no right, or what arrived is not what was sent.
    """
    target, part = folder / made.path.name, folder / "unfinished.part"
    try:
        _keep_files(made.path.parent / attachments.FOLDER, folder / attachments.FOLDER)
        shutil.copyfile(made.path, part)
        sync_file(part)
        if attachments.digest_of(part) != attachments.digest_of(made.path):
            raise StoreError("The copy of {name} in {folder} is not what was sent. The stick or"
                             " disk may be failing; use another.", name=made.path.name,
                             folder=folder)
        part.replace(target)
        sync_folder(folder)
    except OSError as error:
        raise StoreError("The backup could not be copied to {folder}: {why}. The backup itself is"
                         " kept.", folder=folder, why=error.strerror or error) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _free_name(folder: Path, at: datetime) -> Path:
    stem = f"watchdesk-{at.astimezone(UTC).strftime(STAMP)}"
    target, count = folder / f"{stem}.db", 1
    while target.exists():
        count += 1
        target = folder / f"{stem}-{count}.db"
    return target


def describe(path: Path) -> Backup:
    """What a copy holds, read from the copy itself.

    Raises:
        Refused: there is no such file.
        StoreError: it is not a backup of ours, or it is damaged.
    """
    if not path.is_file():
        raise Refused("There is no backup {path}. The list of backups names those there are.",
                      path=path)
    try:
        look_at(path, must_exist=True)
        with contextlib.closing(connect(path, read_only=True)) as db:
            count, last = db.execute(
                "select count(*), (select at from change order by id desc limit 1)"
                " from change").fetchone()
        size = path.stat().st_size
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except OSError as error:
        raise StoreError("{path} cannot be read: {why}. Look at the file's rights.",
                         path=path, why=error.strerror or error) from error
    return Backup(path, _made_at(path), int(count), from_text(last) if last else None, size)


def _made_at(path: Path) -> datetime:
    named = NAME.fullmatch(path.name)
    if named:
        return datetime.strptime(named.group(1), STAMP).replace(tzinfo=UTC)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def backups(folder: Path) -> list[Backup]:
    """The readable copies in a backups folder, newest first."""
    found = []
    for path in folder.glob("watchdesk-*.db"):
        if NAME.fullmatch(path.name):
            with contextlib.suppress(StoreError):  # a damaged copy is no offer
                found.append(describe(path))
    return sorted(found, key=_order, reverse=True)


def _order(backup: Backup) -> tuple[datetime, int]:
    named = NAME.fullmatch(backup.path.name)
    return backup.at, int(named.group(2) or 1) if named else 1


def rotate(folder: Path, keep: Keep = Keep()) -> list[Path]:
    """Remove the copies that no hour, day or month needs; the newest always stays."""
    found = backups(folder)
    wanted = {b.path for b in found[:1]}
    for form, count in (("%Y%m%d%H", keep.hourly), ("%Y%m%d", keep.daily),
                        ("%Y%m", keep.monthly)):
        wanted |= _newest_of_each(found, form, count)
    gone = [b.path for b in found if b.path not in wanted]
    for path in gone:
        path.unlink()
    return gone


def _newest_of_each(found: Iterable[Backup], form: str, count: int) -> set[Path]:
    newest: dict[str, Path] = {}
    for backup in found:
        newest.setdefault(backup.at.strftime(form), backup.path)
    return set(list(newest.values())[:count])


def restore(backup: Path, folder: Path, clock: Clock, by: Author,
            progress: Progress | None = None) -> Store:
    """Put a backup in the place of the store in `folder` and open it.

    The present store is kept untouched in `folder/aside/<time>/`; the restore is itself a
    change in the journal of the store that comes back.

    Raises:
        Refused: the backup does not pass its check; nothing was moved.
        Cancelled: `progress` answered False during the check; nothing was moved.
        StoreHeld: a Watchdesk holds the store.
        StoreError: no room or no right; the present store stays.
    """
    held = describe(backup)
    found = check(backup, progress)
    if found:
        raise Refused("The backup {name} does not pass its check ({finding}). The present store"
                      " was left in place; choose another backup.",
                      name=backup.name, finding=found[0])
    path = folder / FILE_NAME
    lock = hold(path)
    try:
        aside = _exchange(backup, path, clock.now())
        _keep_files(backup.parent / attachments.FOLDER, folder / attachments.FOLDER)
    except OSError as error:
        release(lock, path)
        raise StoreError("The restore into {folder} failed: {why}. The present store was left"
                         " in place.", folder=folder, why=error.strerror or error) from error
    except WatchdeskError:
        release(lock, path)
        raise
    store = Store.open_held(path, clock, lock)
    _note(store, held, aside, by)
    return store


def _exchange(backup: Path, path: Path, now: datetime) -> Path | None:
    """Copy the backup beside the store, move the present one aside, put the copy in place."""
    part = path.with_name("restoring.part")
    shutil.copyfile(backup, part)
    sync_file(part)
    present = [p for p in (path, path.with_name(path.name + "-wal"),
                           path.with_name(path.name + "-shm")) if p.exists()]
    aside = _aside_folder(path.parent / ASIDE, now) if present else None
    moved: list[tuple[Path, Path]] = []
    try:
        while present and aside:
            old = present.pop(0)
            moved.append((old, old.replace(aside / old.name)))
        part.replace(path)
    except OSError:
        for old, new in moved:
            new.replace(old)
        raise
    sync_folder(path.parent)
    return aside


def _aside_folder(parent: Path, now: datetime) -> Path:
    stem, count = now.astimezone(UTC).strftime(STAMP), 1
    folder = parent / stem
    while folder.exists():
        count += 1
        folder = parent / f"{stem}-{count}"
    folder.mkdir(parents=True)
    return folder


def _note(store: Store, held: Backup, aside: Path | None, by: Author) -> None:
    """Journal the restore: from which copy, with how many changes, and where the old store is."""
    value = json.dumps({"backup": held.path.name, "changes": held.changes,
                        "made_at": to_text(held.at), "aside": aside.name if aside else ""})
    with store.change("store.restore", by) as tx:
        row = tx.run("select id from setting where name = 'restored'").fetchone()
        if row:
            tx.update("setting", row[0], value=value)
        else:
            tx.insert("setting", {"name": "restored", "value": value})
