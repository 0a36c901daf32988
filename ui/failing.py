"""Failing 存储故障: what the window says when disk or file fail under it: never called a defect."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.errors import StoreDamaged, StoreError
from db.opening import explain
from db.words import t


def as_store_error(error: BaseException, path: Path) -> StoreError | None:
    """The store's own error for what was met; None for what is a defect of ours."""
    met = explain(error, path) if isinstance(error, sqlite3.Error) else error
    return met if isinstance(met, StoreError) else None


def in_the_window(error: Exception) -> str:
    """What happened, what is safe, and what to do about it at the desk."""
    if not isinstance(error, StoreDamaged):
        return str(error)
    return t("A part of the record can no longer be read; the disk may be failing. What can be read"
             " stays in view. Settings, “Backups and check”: check the record, then restore the"
             " newest backup that holds.")
