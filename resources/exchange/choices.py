"""Choices 选项: what else people write for the values of a record's closed lists."""

from __future__ import annotations

from collections.abc import Mapping

from db.words import mark
from resources.coords import Crs
from resources.exchange.fields import Choice
from resources.terms import EquipmentStatus, ForceKind, ForceStatus, Tier

NEVER_MEANT = frozenset({"supply_id"})
"""Fields of a record that a row of a sheet is itself."""

PARTS: Mapping[str, tuple[str, ...]] = {
    Tier.UPPER: ("上级", "省", "市级", "国家"), Tier.VILLAGE: ("村", "社区"),
    Tier.TOWN: ("镇", "街道", "乡"), Tier.COMPANY: ("企业", "公司"), Tier.DISTRICT: ("区", "县")}
BY_FIELD: dict[str, Mapping[str, tuple[str, ...]]] = {
    "tier": PARTS,
    "kind": {
        ForceKind.FIRE: ("消防", "综合性"),
        "overall": ("总体", "综合"), "special": ("专项",), "department": ("部门", "局", "机关"),
        "site": ("现场处置",), "recipient": ("报送对象", "上级"), "bureau": ("部门", "局", "机关"),
        "village": ("村", "社区"), "town": ("镇", "街道", "村", "社区"),
        ForceKind.COMPANY: ("专兼职", "企业", "公司", "兼职", "专职"),
        ForceKind.MEDICAL: ("医疗", "医院", "卫生"), ForceKind.MILITIA: ("民兵",),
        ForceKind.POLICE: ("公安", "交警", "警"),
        ForceKind.VOLUNTEER: ("社会", "志愿", "蓝天", "公羊"),
        ForceKind.GRASSROOTS: ("基层", "镇街", "村"),
        ForceKind.PROFESSIONAL: ("专业", "专家")},
    "status": {
        EquipmentStatus.WAITING: ("待修",), EquipmentStatus.REPAIR: ("在修", "维修"),
        EquipmentStatus.SCRAPPED: ("报废",), EquipmentStatus.OUT: ("出动",),
        EquipmentStatus.LENT: ("借出", "外借"),
        "standby": ("未启用", "待用", "备用"), "open": ("启用", "使用中", "开放"),
        "closed": ("停用", "关闭"), ForceStatus.LIMITED: ("受限",),
        ForceStatus.OFF: ("停用", "解散"),
        ForceStatus.READY: ("待命", "正常", "在岗", "完好", "良好", "可用")},
    "src_crs": {
        Crs.GCJ02: ("gcj", "火星", "高德", "腾讯"), Crs.BD09: ("bd09", "bd-09", "百度"),
        Crs.WGS84: ("wgs", "gps", "北斗"), Crs.CGCS2000: ("cgcs", "2000", "天地图")}}
"""By field and value, substrings that mean it; the first value that fits is taken, so the
narrower ones stand before the wider ones."""


def meant(field: str, choices: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    """The choices of a record's field with what else is written for each."""
    also = BY_FIELD.get(field, {})
    order = {value: place for place, value in enumerate(also)}
    return tuple(sorted((Choice(value, label, also.get(value, ())) for value, label in choices),
                        key=lambda one: order.get(one.value, len(order))))


FROM_KIND = (Choice("force", mark("need|force"), ("队伍",)),
             Choice("equipment", mark("need|equipment"), ("装备",)),
             Choice("supply", mark("need|supplies"), ("物资",)),
             Choice("expert", mark("need|expert"), ("专家",)))
