"""Files 文件: reads that say why not, and writes that are whole or not there at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from db.errors import StoreError


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` durable, where the system can."""
    with contextlib.suppress(OSError):  # Windows has no handle on a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def read_whole(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        StoreError: it is not there, a folder, or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("{file} cannot be read: {why}.", file=path,
                         why=error) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old content or the new, never a part.

    Raises:
        OSError: the folder cannot be written or is full; the old content stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
