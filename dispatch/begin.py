"""Begin 启用: a new folder becomes a district: the sample one, an empty one, or a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.backup import restore
from db.clock import Clock
from db.errors import Refused
from db.store import FILE_NAME, Store
from dispatch.district_file import goes_on, take_in_district
from dispatch.duty.officers import first_administrator
from dispatch.rules import seed_rules
from resources.district import empty_district
from resources.people import DESK, SYSTEM, Officer

Progress = Callable[[float], None]


def begin_sample(folder: Path, clock: Clock, progress: Progress) -> None:
    """The invented sample district 云川新区, laid around the clock's now."""
    from dispatch.sample.build import fill_sample  # only a first start has a use for it

    _fresh(folder, clock, lambda store: fill_sample(
        store, progress=lambda _what, part: progress(part)))


def begin_empty(folder: Path, clock: Clock, name: str, administrator: str, password: str) -> None:
    """A district of one's own with its first administrator.

    Raises:
        Refused: a name is missing or the password is too short.
    """
    def fill(store: Store) -> None:
        empty_district(store, name, seed_rules=seed_rules)
        first_administrator(store, administrator, password)

    _fresh(folder, clock, fill)


def begin_from_backup(folder: Path, clock: Clock, backup: Path,
                      restorer: Officer = SYSTEM,
                      progress: Callable[[int, int], bool] = goes_on) -> None:
    """Go on with what was backed up, or with a whole district in one zip file.

    The restore is in the journal under `restorer`.

    Raises:
        Refused: the backup does not hold, or the officer may not work the desk.
        Cancelled: `progress` answered False.
        StoreError: no room or no right; the present store stays.
    """
    if not restorer.roles & set(DESK):
        raise Refused("Only somebody who works the desk may restore a backup.")
    if backup.suffix.lower() == ".zip":
        take_in_district(backup, folder, clock, restorer, progress)
    else:
        restore(backup, folder, clock, restorer, progress).close()


def _fresh(folder: Path, clock: Clock, fill: Callable[[Store], object]) -> None:
    """A new store, filled whole or not there at all."""
    path = folder / FILE_NAME
    if path.exists():
        raise Refused("There is a store in {folder} already. Name another folder.", folder=folder)
    store = Store.open(path, clock)
    try:
        fill(store)
    except BaseException:
        store.close()
        for left in folder.glob(f"{FILE_NAME}*"):
            left.unlink(missing_ok=True)
        raise
    store.close()
