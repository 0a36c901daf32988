"""Fields 字段: what a column of an exchanged table may hold, as data."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from db.words import t

KindName = NewType("KindName", str)


class Shape(StrEnum):
    """How the cells of a field are read and written."""

    TEXT = "text"
    PHONE = "phone"
    COUNT = "count"      # a whole number of zero or more
    NUMBER = "number"    # zero or more
    DAY = "day"
    MOMENT = "moment"
    YES = "yes"
    CHOICE = "choice"
    LIST = "list"
    LEVELS = "levels"    # 响应级别表
    NEEDS = "needs"      # 所需能力
    MEASURE = "measure"  # 计量单位
    LON = "lon"
    LAT = "lat"
    POINT = "point"      # both in one cell, 度分秒 too
    CRS = "crs"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: what the store keeps, its name, and what else people write.

    `also` holds substrings: `其它专业救援队伍` is found by `专业`.
    """

    value: str
    label: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a kind: `label` is marked for translation, `names` are other headings, `low`
    and `high` bound a number."""

    name: str
    label: str
    names: tuple[str, ...] = ()
    shape: Shape = Shape.TEXT
    required: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[Choice, ...] = ()
    default: object = None
    """What an empty cell of a new record means; None leaves it to the store."""

    open_list: bool = False
    """Whether a value outside `choices` is kept as it was written."""

    @property
    def heading(self) -> str:
        """The column's heading in the language in use."""
        return t(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record that is exchanged.

    `code` and `same` say which fields tell two records to be one: the code where there is
    one, else the name with its unit.
    """

    name: KindName
    table: str
    label: str
    fields: tuple[Field, ...]
    code: str = ""
    same: tuple[str, ...] = ("name",)
    unique_name: bool = False

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)


TRADITIONAL = str.maketrans(
    "電話單聯繫絡負責隊稱類級別數號碼緯經點區縣鎮備註規設車輛資專業機關幾時間導領員計劃預產質價錢險"
    "積裝載務總應儲療衛醫學歷評備發佈書條件範圍覆蓋駐據屬場庫廠購檢驗維護護狀態標準確認開啟積難災害"
    "實際現況動態內容詳細說適約約簽項編製審圖證書帶線頻訊",
    "电话单联系络负责队称类级别数号码纬经点区县镇备注规设车辆资专业机关几时间导领员计划预产质价钱险"
    "积装载务总应储疗卫医学历评备发布书条件范围覆盖驻据属场库厂购检验维护护状态标准确认开启积难灾害"
    "实际现况动态内容详细说适约约签项编制审图证书带线频讯")
"""Traditional to simplified for the characters that stand in headings, not for what is kept."""


def plain(heading: str) -> str:
    """A heading as it is compared: no spaces, marks, bracketed units; simplified; lower case."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub(r"\([^)]*\)|\[[^]]*\]", "", text)
    return re.sub(r"[\s*:：·._\-/]", "", text).translate(TRADITIONAL)


@functools.lru_cache(maxsize=64)
def _known(fields: tuple[Field, ...], spoken: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one, heading in zip(fields, spoken, strict=True):
        english = one.label.partition("|")[2] or one.label
        for name in {one.name, english, heading, *one.names}:
            found.setdefault(plain(name), []).append(one.name)
    return {heading: tuple(dict.fromkeys(names)) for heading, names in found.items()}


def headings(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Every plain heading that is known for a kind, with the fields it may mean."""
    return _known(kind.fields, tuple(f.heading for f in kind.fields))
