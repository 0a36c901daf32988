"""People 人员: who is at the desk, what role they hold, and which verbs a role may use."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Concatenate, NewType, ParamSpec, TypeVar, cast

from db.change import RowId
from db.errors import Refused
from db.store import Store
from db.words import mark, t

OfficerId = NewType("OfficerId", RowId)
P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What a person may do; one person can hold several."""

    DUTY = "duty"            # 值班员
    LEADER = "leader"        # 带班领导
    KEEPER = "keeper"        # 资源管理
    DRILL = "drill"          # 演练导演
    ADMIN = "admin"          # 管理员
    VIEWER = "viewer"        # 只读


ROLE_NAMES = {
    Role.DUTY: mark("Duty officer"), Role.LEADER: mark("Leader in charge"),
    Role.KEEPER: mark("Resource keeper"), Role.DRILL: mark("Drill director"),
    Role.ADMIN: mark("Administrator"), Role.VIEWER: mark("Read only"),
}
DESK = (Role.DUTY, Role.LEADER, Role.ADMIN)
"""The roles that may work the duty desk."""
STOCK = (Role.KEEPER, Role.DUTY, Role.ADMIN)
"""The roles that may keep the libraries."""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who signed on 值班人员; every verb is given one as `by`."""

    id: OfficerId
    name: str
    roles: frozenset[Role]
    unit: str = ""
    title: str = ""


SYSTEM = Officer(OfficerId(RowId(0)), "系统", frozenset(Role))
"""Writes what the program notes by itself, such as an overdue force."""


def allowed(*roles: Role) -> Callable[[Callable[Concatenate[Store, P], R]],
                                      Callable[Concatenate[Store, P], R]]:
    """Declare beside a verb which roles may use it; the verb takes `by=` an Officer.

    Raises (from the verb):
        Refused: the officer holds none of the roles.
    """

    def wrap(verb: Callable[Concatenate[Store, P], R]) -> Callable[Concatenate[Store, P], R]:
        @functools.wraps(verb)
        def checked(store: Store, *args: P.args, **values: P.kwargs) -> R:
            by = values.get("by")
            if not isinstance(by, Officer):
                raise TypeError(f"{verb.__name__} needs by=Officer")
            if not by.roles & set(roles):
                raise Refused("{name} may not do this: it takes the role {roles}. Ask somebody"
                              " who holds it to sign on.", name=by.name,
                              roles=t(" or ").join(t(ROLE_NAMES[r]) for r in roles))
            return verb(store, *args, **values)

        setattr(checked, "roles", frozenset(roles))  # noqa: B010 - read by the role test
        return cast("Callable[Concatenate[Store, P], R]", checked)

    return wrap
