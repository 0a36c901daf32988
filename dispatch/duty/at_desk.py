"""At the desk 席位: who sits there, from when, and that it was locked, in the record alone."""

from __future__ import annotations

from db.store import Store
from dispatch.duty.passwords import note_wrong, tries_of
from dispatch.duty.seats import note_present
from resources.people import Officer, Role, allowed
from resources.settings import put_setting, setting

SETTING = "at_desk"
LOCKED = "-"
"""Stands for the name while nobody may enter anything."""


@allowed(*Role)
def take_desk(store: Store, *, by: Officer) -> None:
    """Sit down, the password known: from whom the desk was taken over stands in the record, and
    the person's seat on the present or coming shift is noted as present or late. An open lock and
    a change of officers are no lines of the duty log.

    Raises:
        StoreError: it could not be written.
    """
    if store.read_only:
        return
    before = setting(store, SETTING)
    verb = ("desk.unlock" if before == LOCKED else
            "desk.change" if before not in ("", by.name) else "officer.sign_on")
    with store.change(verb, by) as tx:
        if before != by.name:
            put_setting(tx, SETTING, by.name)
        if tries_of(store, by.id).count:
            note_wrong(tx, by.id, 0, store.clock.now())
        note_present(tx, by)


@allowed(*Role)
def lock_desk(store: Store, *, idle: bool = False, by: Officer) -> None:
    """Note that the officer's desk was locked, at once or because nobody touched it.

    Raises:
        StoreError: it could not be written; the desk is to lock all the same.
    """
    if store.read_only:
        return
    with store.change("desk.lock_idle" if idle else "desk.lock", by) as tx:
        put_setting(tx, SETTING, LOCKED)
