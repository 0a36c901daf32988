"""Holding 占用: one process at a time writes a store, and the others can read who it is."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
from pathlib import Path

import filelock

from db.errors import StoreError, StoreHeld


def hold(path: Path) -> filelock.FileLock:
    """Claim the store for this process.

    Raises:
        StoreHeld: another process holds it.
        StoreError: the folder cannot be written.
    """
    lock = filelock.FileLock(str(path) + ".lock", thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise StoreHeld("The store in {folder} is held by another Watchdesk ({holder})."
                        " It can be opened for reading.", folder=path.parent,
                        holder=holder(path)) from error
    except (OSError, NotImplementedError) as error:
        raise StoreError("The folder {folder} cannot be written: {why}. Nothing was changed."
                         " Choose another folder or ask for the right to write there.",
                         folder=path.parent, why=error) from error
    note_holder(path)
    return lock


def release(lock: filelock.FileLock | None, path: Path) -> None:
    """Give the store up; a lock already released, or none, is fine."""
    if lock is not None and lock.is_locked:
        with contextlib.suppress(OSError):
            path.with_suffix(".holder").unlink(missing_ok=True)
        lock.release()


def holder(path: Path) -> str:
    """Who wrote down that it holds the store; empty when nobody does."""
    try:
        return path.with_suffix(".holder").read_text("utf-8").strip()
    except OSError:
        return ""


def note_holder(path: Path) -> None:
    """Write down user, machine and process for whoever comes second."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "?"
    with contextlib.suppress(OSError):  # the note is a courtesy, the lock is what counts
        path.with_suffix(".holder").write_text(
            f"{user}@{platform.node()} pid {os.getpid()}", "utf-8")
