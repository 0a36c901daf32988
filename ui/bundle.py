"""The bundle 问题报告包: what helps to find a defect from afar, and nothing of the record."""

from __future__ import annotations

import importlib.metadata
import json
import platform
import sqlite3
import zipfile
from pathlib import Path

import PySide6

from db import migrations
from db.check import Progress, check
from db.errors import StoreError, WatchdeskError
from db.opening import connect, explain
from ui.program_log import FOLDER, discreet

LARGEST = 6_000_000
"""Bytes of one log file that go in; the newest ones."""


def write_bundle(store: Path, target: Path, progress: Progress | None = None) -> Path:
    """Write log, versions, schema and the result of a check into one zip.

    No store, no attachment, no draft; the log is stripped of personal data once more.

    Raises:
        Cancelled: `progress` said so.
        StoreError: it cannot be written.
    """
    facts = {"versions": versions(), "schema": _schema(store), "check": _check(store, progress)}
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("facts.json", json.dumps(facts, indent=1))
            for path in sorted((store.parent / FOLDER).glob("*.log*")):
                text = path.read_bytes()[-LARGEST:].decode("utf-8", "replace")
                file.writestr(f"{FOLDER}/{path.name}", discreet(text))
        part.replace(target)
    except OSError as error:
        raise StoreError("The report could not be saved as {path}: {why}. Choose another place.",
                         path=target, why=error) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def versions() -> dict[str, str]:
    """The program, and what it stands on."""
    try:
        own = importlib.metadata.version("watchdesk")
    except importlib.metadata.PackageNotFoundError:
        own = "?"
    return {"watchdesk": own, "python": platform.python_version(), "pyside": PySide6.__version__,
            "sqlite": sqlite3.sqlite_version, "system": platform.platform()}


def _schema(store: Path) -> list[str] | str:
    try:
        db = connect(store, read_only=True)
        try:
            return migrations.applied(db)
        finally:
            db.close()
    except (sqlite3.Error, OSError) as error:
        return type(error).__name__


def _check(store: Path, progress: Progress | None) -> list[str]:
    """The findings by area, table and change: none of them quotes the record."""
    try:
        return [discreet(f"{f.area} {f.table} {f.row_id} {f.change_id} {f.source}")
                for f in check(store, progress)]
    except StoreError as error:
        return [error.source]
    except sqlite3.Error as error:
        said = explain(error, store)
        return [said.source if isinstance(said, WatchdeskError) else type(error).__name__]
