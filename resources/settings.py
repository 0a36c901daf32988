"""Settings 设置 of a district: single values by name, changed in the journal like any record."""

from __future__ import annotations

from collections.abc import Collection

from db.errors import Refused
from db.store import Store, Transaction
from db.words import t
from resources.people import Officer, Role, allowed


def setting(store: Store, name: str, default: str = "") -> str:
    """A setting's value, or `default` where the district has none."""
    value = store.value("select value from setting where name = :name", name=name)
    return default if value is None else str(value)


def put_setting(tx: Transaction, name: str, value: str) -> None:
    """Give a setting its value, inside a change that is open."""
    row = tx.run("select id from setting where name = :name", name=name).fetchone()
    if row:
        tx.update("setting", row[0], value=value)
    else:
        tx.insert("setting", {"name": name, "value": value})


def in_drill_words(store: Store, text: str) -> str:
    """A text that goes out to people: in a drill's store it begins with the word for it."""
    word = t("text|[DRILL] ")
    return word + text if setting(store, "drill") == "1" and not text.startswith(word) else text


def district_name(store: Store) -> str:
    return setting(store, "district_name")


@allowed(Role.ADMIN)
def name_district(store: Store, name: str, *, by: Officer) -> str:
    """Give the district another name; papers made from now on carry it.

    Raises:
        Refused: the name is empty.
    """
    if not name.strip():
        raise Refused("A district needs a name.", field="name")
    with store.change("district.name", by) as tx:
        put_setting(tx, "district_name", name.strip())
    return name.strip()


SWITCHABLE = ("hazard", "shelter")
"""The libraries a district may do without, 危险源 and 避难场所; the other five always stand."""


def libraries_off(store: Store) -> frozenset[str]:
    """The libraries that are not shown; their records stay."""
    return frozenset(setting(store, "libraries_off").split())


@allowed(Role.ADMIN)
def switch_libraries(store: Store, off: Collection[str], *, by: Officer) -> frozenset[str]:
    """Show all libraries but those in `off`; nothing is removed.

    Raises:
        Refused: one of them cannot be switched off.
    """
    for name in off:
        if name not in SWITCHABLE:
            raise Refused("The library {name} cannot be switched off.", name=name)
    with store.change("district.libraries", by) as tx:
        put_setting(tx, "libraries_off", " ".join(sorted(off)))
    return frozenset(off)
