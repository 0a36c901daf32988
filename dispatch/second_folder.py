"""Second folder 第二备份处: a stick or another disk that each backup also goes to while present."""

from __future__ import annotations

from pathlib import Path

from db.backup import Backup, back_up, copy_to, rotate
from db.errors import Refused, StoreError
from db.store import Store
from resources.people import Officer, Role, allowed
from resources.settings import put_setting, setting

SETTING = "backup_second"
MARK = "watchdesk-backups.txt"
"""Tells our folder on the stick from an empty place where the stick is not mounted."""

BULK = 100
"""Rows from which on an import is preceded by a backup."""


def second_folder(store: Store) -> Path | None:
    """Where backups go besides the district's own folder; None when nowhere was named."""
    named = setting(store, SETTING)
    return Path(named) if named else None


def present(folder: Path) -> bool:
    """Whether the stick or disk with our folder is there."""
    try:
        return (folder / MARK).is_file()
    except OSError:
        return False


@allowed(Role.ADMIN)
def name_second_folder(store: Store, folder: Path | None, *, by: Officer) -> None:
    """Name the second folder and mark it as ours; None gives it up.

    Raises:
        Refused: there is no such folder, or it is inside the district's own.
        StoreError: it cannot be written.
    """
    if folder is not None:
        own = store.path.parent.resolve()
        if not folder.is_dir():
            raise Refused("There is no folder {folder}. Choose one on the stick or disk.",
                          folder=folder)
        if own in (folder.resolve(), *folder.resolve().parents):
            raise Refused("{folder} lies in the district's own folder. Choose one on another disk.",
                          folder=folder)
        try:
            (folder / MARK).write_text("Watchdesk 值守台\n", "utf-8")
        except OSError as error:
            raise StoreError("{folder} cannot be written: {why}. Choose another folder.",
                             folder=folder, why=error) from error
    with store.change("backup.second", by) as tx:
        put_setting(tx, SETTING, str(folder) if folder else "")


def copy_out(made: Backup, folder: Path) -> None:
    """Bring a backup to the second folder and rotate what lies there.

    Raises:
        StoreError: no room, no right, or what arrived is not what was sent.
    """
    copy_to(made, folder)
    rotate(folder)


def keep_before_import(store: Store, rows: int) -> Backup | None:
    """A checked backup before an import of many rows; it may run beside the desk.

    Raises:
        StoreError: it could not be made, so the import should not begin.
    """
    return back_up(store) if rows >= BULK else None
