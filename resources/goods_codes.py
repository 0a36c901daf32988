"""Goods codes 物资分类编码: GB/T 38565-2020, seven digits in four layers, and their table.

`D MM SS FF`: D is 1 basic living goods 基本生活保障物资, 2 emergency equipment
应急装备及配套物资, 3 engineering materials and machinery 工程材料与机械加工设备; MM, SS and FF
run from 01 to 99, where 99 means other. A layer that is not told apart is 00.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from resources.people import STOCK, Officer, allowed

DIVISIONS = {"1": mark("code|Basic living goods"), "2": mark("code|Emergency equipment"),
             "3": mark("code|Engineering materials and machinery")}
OTHER = "99"


@dataclass(frozen=True, slots=True)
class GoodsCode:
    """One line of the code table."""

    code: str
    name: str


def check_code(code: str) -> None:
    """Let through seven right digits, nothing, or a code of the district's own.

    Only what is written in seven digits claims to be of the standard.

    Raises:
        Refused: seven digits that the standard does not allow.
    """
    if not re.fullmatch(r"\d{7}", code):
        return
    if code[0] not in DIVISIONS:
        raise Refused("Code {code}: the first digit is 1, 2 or 3 (GB/T 38565).", field="code",
                      code=code)
    layers = [code[1:3], code[3:5], code[5:7]]
    if layers[0] == "00" or (layers[1] == "00" and layers[2] != "00"):
        raise Refused("Code {code}: the layers run from 01 to 99, and only the last ones may be"
                      " 00 (GB/T 38565).", field="code", code=code)


def is_standard(code: str) -> bool:
    """Whether it is a well-formed code of the standard."""
    if not re.fullmatch(r"\d{7}", code):
        return False
    try:
        check_code(code)
    except Refused:
        return False
    return True


@allowed(*STOCK)
def import_codes(store: Store, rows: Iterable[tuple[str, str]], *, by: Officer) -> int:
    """Take over a code table of (code, name) rows in one change; how many were new or renamed.

    Raises:
        Refused: naming the row, when a code is not of the standard or a name is missing; then
            nothing was taken over.
    """
    read = [_line(number, code, name) for number, (code, name) in enumerate(rows, 1)]
    known = {c.code: c.name for c in goods_codes(store)}
    new = {one.code: one.name for one in read if known.get(one.code) != one.name}
    if not new:
        return 0
    with store.change("code.import", by) as tx:
        for code, name in new.items():
            if code in known:
                tx.run("update goods_code set name = :name where code = :code", code=code,
                       name=name)
            else:
                tx.insert("goods_code", {"code": code, "name": name})
    return len(new)


def _line(number: int, code: str, name: str) -> GoodsCode:
    plain = re.sub(r"\s", "", str(code)).removesuffix(".0")
    if not is_standard(plain):
        raise Refused("Row {row}: {code} is not a code of seven digits as GB/T 38565 has them.",
                      row=number, code=code)
    if not name.strip():
        raise Refused("Row {row}: code {code} has no name.", row=number, code=code)
    return GoodsCode(plain, name.strip())


def goods_codes(store: Store, begins: str = "") -> list[GoodsCode]:
    """The code table, or the part of it that begins with these digits."""
    return [GoodsCode(r["code"], r["name"]) for r in store.read(
        "select code, name from goods_code where code >= :low and code < :high order by code",
        low=begins, high=begins + "x")]


def code_path(store: Store, code: str) -> tuple[str, ...]:
    """The names of a code's layers from the division down, as far as the table knows them."""
    if not is_standard(code):
        return ()
    names = [t(DIVISIONS[code[0]])]
    for end in (3, 5, 7):
        found = store.value("select name from goods_code where code = :code",
                            code=code[:end].ljust(7, "0"))
        if found and code[end - 2:end] != "00":
            names.append(str(found))
    return tuple(names)
