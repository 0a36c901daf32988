"""District file 整区文件: a whole district as one zip, and back: record, attachments, drills."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from db.attachments import FOLDER as ATTACHMENTS
from db.backup import checked_copy, restore
from db.clock import Clock, to_text
from db.errors import Cancelled, Refused, StoreError
from db.files import sync_file
from db.opening import explain
from db.store import FILE_NAME, Store
from db.words import t
from resources.people import Officer, Role, allowed
from resources.settings import district_name, put_setting

Progress = Callable[[int, int], bool]
MANIFEST, FORM = "district.json", 1
DRILLS = "drills"
PIECE = 1 << 20
LARGEST_MANIFEST = 64 * 2**20
MOST_RATIO, FREE_RATIO = 200, 100 * 2**20
"""A part that unpacks to more than this many times its size is a bomb, above so many bytes."""
LEFT_FREE = 64 * 2**20
"""Bytes that stay free on the disk."""
ALLOWED = re.compile(r"watchdesk\.db|attachments/[0-9a-f]{2}/[0-9a-f]{64}"
                     r"|drills/[^/\\\0]{1,120}(/[^/\\\0]{1,120}){1,4}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a district: its name in the zip, its size in bytes and its SHA-256."""

    name: str
    size: int
    digest: str


def goes_on(_done: int, _of: int) -> bool:
    """A progress that never stops anything."""
    return True


# out

@allowed(Role.ADMIN)
def note_export(store: Store, target: Path, *, by: Officer) -> None:
    """Write down that the whole district is taken out, and by whom, before it is."""
    with store.change("district.export", by) as tx:
        put_setting(tx, "exported", target.name)


def export_district(store: Store, target: Path, progress: Progress = goes_on) -> int:
    """Write the district into one file; returns the number of its parts. May run beside the desk.

    Raises:
        Cancelled: `progress` said so; nothing is left at `target`.
        StoreError: no room, no right, or the record does not pass its check.
    """
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".watchdesk-") as kept:
            sources = list(_sources(store, Path(kept), progress))
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as file:
                parts = []
                for number, (name, path) in enumerate(sources):
                    if not progress(number, len(sources)):
                        raise Cancelled("Stopped. Nothing was written.")
                    parts.append(_pack(file, name, path))
                file.writestr(MANIFEST, json.dumps({
                    "form": FORM, "at": to_text(store.clock.now()),
                    "parts": [[p.name, p.size, p.digest] for p in parts]}, ensure_ascii=False))
        sync_file(part)
        part.replace(target)
    except sqlite3.Error as error:
        raise explain(error, target) from error
    except OSError as error:
        raise StoreError("The district could not be written to {path}: {why}. Choose another"
                         " place.", path=target, why=error.strerror or error) from error
    finally:
        part.unlink(missing_ok=True)
    return len(parts)


def _sources(store: Store, kept: Path, progress: Progress) -> Iterator[tuple[str, Path]]:
    """What goes in: stores as checked copies, all else as it lies there."""
    home = store.path.parent
    copy = kept / FILE_NAME
    checked_copy(store.path, copy, progress)
    yield FILE_NAME, copy
    for top in (ATTACHMENTS, DRILLS):
        for number, path in enumerate(sorted((home / top).rglob("*"))):
            name = path.relative_to(home).as_posix()
            if not path.is_file() or not ALLOWED.fullmatch(name) or _passing(path):
                continue
            if path.suffix == ".db":
                copy = kept / f"{number}.db"
                checked_copy(path, copy)
                yield name, copy
            else:
                yield name, path


def _passing(path: Path) -> bool:
    """Files that only live while a store is open."""
    return path.name.endswith((".lock", ".holder", "-wal", "-shm", ".part"))


def _pack(file: zipfile.ZipFile, name: str, path: Path) -> Part:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".db") else zipfile.ZIP_STORED
    with path.open("rb") as read, file.open(info, "w", force_zip64=True) as write:
        while piece := read.read(PIECE):
            digest.update(piece)
            size += len(piece)
            write.write(piece)
    return Part(name, size, digest.hexdigest())


# in

def take_in_district(source: Path, folder: Path, clock: Clock, by: Officer,
                     progress: Progress = goes_on) -> None:
    """Put the district of a file in the place of the one in `folder`, which is kept aside.

    Every part is unpacked beside it, counted and hashed first; only then anything is replaced.

    Raises:
        Refused: no district file, a part missing, changed, unasked for or far larger than it says.
        Cancelled: `progress` said so.
        StoreHeld: a Watchdesk holds the store.
        StoreError: no room or no right; the present store stays.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".arriving-") as kept:
            arrived = Path(kept)
            _unpack(source, arrived, progress)
            restore(arrived / FILE_NAME, folder, clock, by).close()
            _bring(arrived / DRILLS, folder / DRILLS)
    except OSError as error:
        raise StoreError("The district could not be put into {folder}: {why}. What was there"
                         " stays.", folder=folder, why=error.strerror or error) from error


def record_in(source: Path, arrived: Path, progress: Progress = goes_on) -> Path:
    """The record alone of a district file, unpacked into `arrived` to be looked at.

    Raises:
        Refused: as `take_in_district`.
        Cancelled: `progress` said so.
    """
    _unpack(source, arrived, progress, frozenset({FILE_NAME}))
    return arrived / FILE_NAME


def _unpack(source: Path, arrived: Path, progress: Progress,
            only: frozenset[str] = frozenset()) -> None:
    try:
        with zipfile.ZipFile(source) as file:
            parts = [p for p in _parts(file, source.name) if not only or p.name in only]
            need, free = sum(p.size for p in parts), shutil.disk_usage(arrived).free
            if need + LEFT_FREE > free:
                raise Refused("{name} needs {need} MB, and {free} MB are free. Nothing was"
                              " changed; free some room or choose another folder.",
                              name=source.name, need=need // 2**20, free=free // 2**20)
            for number, part in enumerate(parts):
                if not progress(number, len(parts)):
                    raise Cancelled("Stopped. Nothing was changed.")
                _take(file, part, arrived, source.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
            ValueError) as error:
        raise Refused("{name} is no district file, or it is damaged. Take it out of its district"
                      " anew.", name=source.name) from error


def _parts(file: zipfile.ZipFile, name: str) -> list[Part]:
    """What the file says it holds, which must be just what it holds."""
    strange = Refused("{name} is no district file, or it is damaged. Take it out of its district"
                      " anew.", name=name)
    infos = {info.filename: info for info in file.infolist()}
    manifest = infos.pop(MANIFEST, None)
    if manifest is None or manifest.file_size > LARGEST_MANIFEST:
        raise strange
    with file.open(manifest) as read:
        text = read.read(LARGEST_MANIFEST + 1)
    try:
        said = json.loads(text)
        newer = int(said["form"]) > FORM
        parts = [Part(str(n), int(s), str(d)) for n, s, d in said["parts"]]
    except (ValueError, KeyError, TypeError) as error:
        raise strange from error
    if newer:
        raise Refused("{name} was written by a newer Watchdesk. Install the newer program.",
                      name=name)
    names = [p.name for p in parts]
    if (sorted(names) != sorted(infos) or len(infos) + 1 != len(file.infolist())
            or FILE_NAME not in names or not all(_harmless(n) for n in names)):
        raise strange
    for part in parts:
        packed = infos[part.name].compress_size
        if part.size < 0 or (part.size > FREE_RATIO and part.size > MOST_RATIO * max(packed, 1)):
            raise Refused("{name} would unpack {part} to {size} MB, as a zip bomb does. It was not"
                          " opened.", name=name, part=part.name, size=part.size // 2**20)
    return parts


def _harmless(name: str) -> bool:
    return bool(ALLOWED.fullmatch(name)) and not any(
        step in (".", "..") or step.endswith((" ", ".")) or ":" in step
        for step in PurePosixPath(name).parts)


def _take(file: zipfile.ZipFile, part: Part, arrived: Path, name: str) -> None:
    """Unpack one part, never more than it said, and compare its hash."""
    target = arrived / part.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), part.size
    with file.open(part.name) as read, target.open("wb") as write:
        while piece := read.read(min(PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                break
            digest.update(piece)
            write.write(piece)
    if left or digest.hexdigest() != part.digest:
        raise Refused("{part} in {name} is not what was packed. Nothing was changed; take the file"
                      " out of its district anew.", part=part.name, name=name)


def _bring(source: Path, target: Path) -> None:
    """Move what the target lacks; what is there already stays."""
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)


def file_name(store: Store) -> str:
    """How a district file is named unless somebody says otherwise."""
    words = "".join(c for c in district_name(store) if c.isalnum()) or t("Watchdesk")
    return f"{words}-{store.clock.now():%Y%m%d}.zip"
