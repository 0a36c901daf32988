"""What a command works with: the district's store, the officer who writes, and the answer."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.clock import SystemClock
from db.errors import Refused, StoreHeld
from db.store import FILE_NAME, Store
from db.words import t
from dispatch.rules import complete_rules
from resources.people import Officer
from ui.places import data_folder

PASSWORD = "WATCHDESK_PASSWORD"  # noqa: S105 - the variable's name


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: lines for a person, `data` for a machine, its exit status."""

    lines: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    status: int = 0


def folder_of(args: argparse.Namespace) -> Path:
    return data_folder(args.data)


@contextlib.contextmanager
def reading(args: argparse.Namespace) -> Iterator[Store]:
    """The district's store for reading, also while the window holds it."""
    store = Store.open(folder_of(args) / FILE_NAME, SystemClock(), read_only=True)
    try:
        yield store
    finally:
        store.close()


@contextlib.contextmanager
def writing(args: argparse.Namespace) -> Iterator[Store]:
    """The district's store for writing.

    Raises:
        StoreHeld: another Watchdesk holds it; the message says who.
        StoreError: there is no store yet.
    """
    path = folder_of(args) / FILE_NAME
    if not path.exists():
        Store.open(path, SystemClock(), read_only=True)  # says that there is none
    try:
        store = Store.open(path, SystemClock())
    except StoreHeld as held:
        raise StoreHeld("The store in {folder} is held by another Watchdesk ({holder}). Nothing"
                        " was written: write it in that window, or close it first.",
                        folder=path.parent, holder=held.values["holder"]) from held
    try:
        complete_rules(store)
        yield store
    finally:
        store.close()


def officer(store: Store, name: str) -> Officer:
    """Who writes: the officer named, or the main officer of the shift that is on.

    The sample district asks for no password; elsewhere it is asked for, or taken from
    WATCHDESK_PASSWORD.

    Raises:
        Refused: nobody or several of that name, no password, or a wrong one.
    """
    from dispatch.duty.officers import confirm, is_sample, officers

    if name:
        found = [o for o in officers(store) if o.name == name]
        if len(found) != 1:
            raise Refused("There is no single officer named {name}. Give the name as it stands"
                          " on the roster.", name=name)
        who = found[0]
    else:
        who = _main_officer(store)
    has_password = store.value("select password_hash <> '' from officer where id = :id", id=who.id)
    password = "" if is_sample(store) and not has_password else asked_password(who.name)
    return confirm(store, who.id, password)


def _main_officer(store: Store) -> Officer:
    from db.clock import to_text
    from dispatch.duty.officers import officer as officer_of

    found = store.value("""select s.officer_id from seat_on_shift s join shift h
        on h.id = s.shift_id where s.post = 'main' and s.state <> 'replaced'
        and (h.state = 'open' or (h.starts_at <= :now and h.ends_at > :now))
        order by h.state = 'open' desc, h.starts_at desc limit 1""",
        now=to_text(store.clock.now()))
    if found is None:
        raise Refused("Nobody is on the roster for this hour. Say who writes:"
                      " --officer NAME.")
    return officer_of(store, found)


def asked_password(name: str) -> str:
    """From WATCHDESK_PASSWORD, else typed unseen."""
    given = os.environ.get(PASSWORD)
    return given if given is not None else getpass.getpass(t("Password of {name}: ", name=name))


def tell_progress(done: int, of: int) -> bool:
    """Tell a terminal how far long work is; Ctrl+C stops it, and nothing is kept then."""
    if sys.stderr.isatty():
        end = "\n" if of and done >= of else ""
        sys.stderr.write(f"\r{done:,} / {of:,}{end}")
        sys.stderr.flush()
    return True
