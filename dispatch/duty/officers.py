"""Officers 值班人员: who there is, their passwords and roles, and signing on at the desk."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from argon2 import PasswordHasher

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from dispatch.duty.at_desk import take_desk
from dispatch.duty.passwords import check_password, hashed, note_wrong
from dispatch.duty.roster.people import refuse_with_duties
from dispatch.terms import Post
from resources.people import SYSTEM, Officer, OfficerId, Role, allowed


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the store keeps about an officer except the password."""

    officer: Officer
    phone: str
    posts: tuple[Post, ...]
    seniority: int
    active: bool
    has_password: bool


def people(store: Store, *, with_former: bool = False) -> tuple[Person, ...]:
    """The officers by seniority, most senior first; without those who left."""
    rows = store.read("select * from officer where active = 1 or :former"
                      " order by seniority desc, id", former=int(with_former))
    return tuple(_person(row) for row in rows)


def officers(store: Store) -> tuple[Officer, ...]:
    """Those who can sign on."""
    return tuple(person.officer for person in people(store))


def officer(store: Store, officer_id: int) -> Officer:
    """One officer.

    Raises:
        Refused: there is nobody with this id.
    """
    return person(store, officer_id).officer


def person(store: Store, officer_id: int) -> Person:
    """One officer with phone, posts and whether a password is set.

    Raises:
        Refused: there is nobody with this id.
    """
    row = store.one("select * from officer where id = :id", id=officer_id)
    if row is None:
        raise Refused("There is no such officer. Choose a name from the list.", field="officer")
    return _person(row)


def _person(row: sqlite3.Row) -> Person:
    roles = frozenset(Role(role) for role in json.loads(row["roles"]))
    found = Officer(OfficerId(RowId(row["id"])), row["name"], roles, row["unit"], row["title"])
    return Person(found, row["phone"], tuple(Post(post) for post in json.loads(row["posts"])),
                  row["seniority"], bool(row["active"]), bool(row["password_hash"]))


# keeping the list

@allowed(Role.ADMIN)
def add_officer(store: Store, name: str, *, roles: tuple[Role, ...], by: Officer,
                posts: tuple[Post, ...] = (), unit: str = "", title: str = "",
                phone: str = "", seniority: int = 0) -> Officer:
    """Take somebody into the list; a password is set by `set_password`.

    Raises:
        Refused: no name, no role, or the name and unit are in the list already.
    """
    _check_new(store, name, roles, unit)
    with store.change("officer.add", by) as tx:
        officer_id = _add(tx, name, roles, posts=json.dumps(posts), unit=unit.strip(),
                          title=title.strip(), phone=phone.strip(), seniority=seniority)
    return officer(store, officer_id)


def _check_new(store: Store, name: str, roles: tuple[Role, ...], unit: str) -> None:
    if not name.strip():
        raise Refused("An officer needs a name.", field="name")
    if not roles:
        raise Refused("{name} needs at least one role.", field="roles", name=name.strip())
    if store.one("select 1 from officer where name = :name and unit = :unit and active = 1",
                 name=name.strip(), unit=unit.strip()):
        raise Refused("{name} is in the list already. Two people of one name are told apart"
                      " by their unit.", field="name", name=name.strip())


def _add(tx: Transaction, name: str, roles: tuple[Role, ...], **more: object) -> RowId:
    return tx.insert("officer", {"name": name.strip(),
                                 "roles": json.dumps([str(role) for role in roles]), **more})


def first_administrator(store: Store, name: str, password: str, *,
                        hasher: PasswordHasher | None = None) -> Officer:
    """Make the first officer of an empty district, who may then add the others.

    Raises:
        Refused: there is an administrator already, no name, or the password is too short.
    """
    if any(Role.ADMIN in found.roles for found in officers(store)):
        raise Refused("This district has an administrator already. Ask that person to add you.")
    roles = (Role.ADMIN, Role.DUTY)
    _check_new(store, name, roles, "")
    kept = hashed(password, hasher)
    with store.change("officer.first", SYSTEM) as tx:
        officer_id = _add(tx, name, roles, password_hash=kept,
                          posts=json.dumps([str(Post.MAIN)]))
    return officer(store, officer_id)


@allowed(*Role)
def set_password(store: Store, officer_id: int, password: str, *, by: Officer,
                 hasher: PasswordHasher | None = None) -> None:
    """Set the first password of one's own; an administrator resets anybody's, which the record
    names as a reset. Wrong tries are forgotten.

    Raises:
        Refused: somebody else's without being an administrator, or too short.
    """
    whose = officer(store, officer_id)
    if whose.id != by.id and Role.ADMIN not in by.roles:
        raise Refused("Only {name} or an administrator sets this password.", name=whose.name)
    kept = hashed(password, hasher)
    with store.change("officer.password" if whose.id == by.id else "officer.password_reset",
                      by) as tx:
        tx.update("officer", officer_id, password_hash=kept)
        _forget_tries(tx, whose)


@allowed(*Role)
def change_password(store: Store, present: str, password: str, *, by: Officer,
                    hasher: PasswordHasher | None = None) -> None:
    """Change one's own password, knowing the present one: an unwatched desk is not enough.

    Raises:
        Refused: the present one is wrong (which counts as at sign-on), or the new is too short.
    """
    kept = store.value("select password_hash from officer where id = :id", id=by.id)
    if kept:
        check_password(store, by.id, present, kept, field="present")
    set_password(store, by.id, password, by=by, hasher=hasher)


@allowed(Role.ADMIN)
def set_roles(store: Store, officer_id: int, roles: tuple[Role, ...], *, by: Officer) -> Officer:
    """Give an officer these roles instead of the ones held.

    Raises:
        Refused: no role, or the last administrator would lose that role.
    """
    whose = officer(store, officer_id)
    if not roles:
        raise Refused("{name} needs at least one role.", field="roles", name=whose.name)
    if Role.ADMIN not in roles:
        _keep_an_administrator(store, whose)
    with store.change("officer.roles", by) as tx:
        tx.update("officer", officer_id, roles=json.dumps([str(role) for role in roles]))
    return officer(store, officer_id)


@allowed(Role.ADMIN)
def retire_officer(store: Store, officer_id: int, *, by: Officer) -> None:
    """Take an officer off the list; what was written by that person stays.

    Raises:
        Refused: it is the last administrator, or duties on the roster are still to come.
    """
    whose = officer(store, officer_id)
    _keep_an_administrator(store, whose)
    refuse_with_duties(store, officer_id)
    with store.change("officer.retire", by) as tx:
        tx.update("officer", officer_id, active=0)


def _keep_an_administrator(store: Store, leaving: Officer) -> None:
    others = (o for o in officers(store) if o.id != leaving.id)
    if Role.ADMIN in leaving.roles and not any(Role.ADMIN in o.roles for o in others):
        raise Refused("{name} is the last administrator. Give the role to somebody else first.",
                      name=leaving.name)


# signing on

def is_sample(store: Store) -> bool:
    """Whether this is the sample district, whose officers sign on without a password."""
    return bool(store.value("select value = '1' from setting where name = 'sample'"))


def sign_on(store: Store, officer_id: int, password: str) -> Officer:
    """Sign on at the desk with one's own password 签入.

    The person's seat on the present or coming shift is noted as present or late.

    Raises:
        Refused: no password set, a wrong one, or too soon after wrong ones (how long is said).
    """
    found = confirm(store, officer_id, password)
    take_desk(store, by=found)
    return found


def sign_on_sample(store: Store, officer_id: int) -> Officer:
    """Sign on without a password, in the sample district only.

    Raises:
        Refused: it is a real district, or this person has set a password.
    """
    whose = _active(store, officer_id)
    if not is_sample(store):
        raise Refused("Signing on without a password is for the sample district only.",
                      field="password")
    if whose.has_password:
        raise Refused("{name} has set a password. Type it to sign on.", field="password",
                      name=whose.officer.name)
    take_desk(store, by=whose.officer)
    return whose.officer


def confirm(store: Store, officer_id: int, password: str) -> Officer:
    """The officer, if the password is theirs; in the sample district also without any set.

    Raises:
        Refused: as `sign_on`.
    """
    whose = _active(store, officer_id)
    if not whose.has_password:
        if is_sample(store):
            return whose.officer
        raise Refused("{name} has no password yet. An administrator can set one.",
                      field="password", name=whose.officer.name)
    kept = store.value("select password_hash from officer where id = :id", id=officer_id)
    check_password(store, whose.officer.id, password, kept)
    return whose.officer


def _active(store: Store, officer_id: int) -> Person:
    whose = person(store, officer_id)
    if not whose.active:
        raise Refused("{name} is no longer on the list of officers.", field="officer",
                      name=whose.officer.name)
    return whose


def _forget_tries(tx: Transaction, whose: Officer) -> None:
    note_wrong(tx, whose.id, 0, tx.store.clock.now())
