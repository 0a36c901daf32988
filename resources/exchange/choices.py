"""Choices 选项: the closed lists of the exchange, with what else people write for each value."""

from __future__ import annotations

from db.words import mark
from resources.exchange.fields import Choice
from resources.terms import (
    FORCE_KIND_NAMES,
    STATUS_NAMES,
    TIER_NAMES,
    EquipmentStatus,
    ForceKind,
    ForceStatus,
    Tier,
)

TIER = tuple(Choice(v, TIER_NAMES[v], also) for v, also in (
    (Tier.UPPER, ("上级", "省", "市级", "国家")), (Tier.VILLAGE, ("村", "社区")),
    (Tier.TOWN, ("镇", "街道", "乡")), (Tier.COMPANY, ("企业", "公司")),
    (Tier.DISTRICT, ("区", "县"))))
FORCE_KIND = tuple(Choice(v, FORCE_KIND_NAMES[v], also) for v, also in (
    (ForceKind.FIRE, ("消防", "综合性")), (ForceKind.COMPANY, ("专兼职", "企业", "兼职", "专职")),
    (ForceKind.MEDICAL, ("医疗", "医院", "卫生")), (ForceKind.MILITIA, ("民兵",)),
    (ForceKind.POLICE, ("公安", "交警", "警")),
    (ForceKind.VOLUNTEER, ("社会", "志愿", "蓝天", "公羊")),
    (ForceKind.GRASSROOTS, ("基层", "镇街", "村")), (ForceKind.PROFESSIONAL, ("专业", "专家"))))
FORCE_STATUS = tuple(Choice(v, STATUS_NAMES[v], also) for v, also in (
    (ForceStatus.READY, ("待命", "正常", "在岗")), (ForceStatus.LIMITED, ("受限",)),
    (ForceStatus.OFF, ("停用", "解散"))))
EQUIPMENT_STATUS = tuple(Choice(v, STATUS_NAMES[v], also) for v, also in (
    (EquipmentStatus.WAITING, ("待修",)),
    (EquipmentStatus.REPAIR, ("在修", "维修")), (EquipmentStatus.SCRAPPED, ("报废",)),
    (EquipmentStatus.OUT, ("出动",)), (EquipmentStatus.LENT, ("借出", "外借")),
    (EquipmentStatus.READY, ("正常", "完好", "良好", "可用"))))
PLAN_KIND = (Choice("overall", mark("sheet plan|Overall"), ("总体", "综合")),
             Choice("special", mark("sheet plan|Special"), ("专项",)),
             Choice("department", mark("sheet plan|Department"), ("部门",)),
             Choice("town", mark("plan|Town"), ("镇", "街道", "村", "社区")),
             Choice("company", mark("sheet plan|Enterprise"), ("企业", "单位", "现场处置")))
UNIT_KIND = (Choice("recipient", mark("unit|Report recipient"), ("报送对象", "上级")),
             Choice("bureau", mark("unit|Bureau"), ("部门", "局", "机关")),
             Choice("town", mark("unit|Town"), ("镇", "街道")),
             Choice("village", mark("unit|Village"), ("村", "社区")),
             Choice("company", mark("unit|Company"), ("企业", "公司")))
SHELTER_STATUS = (Choice("standby", mark("sheet shelter|Standby"), ("未启用", "待用", "备用")),
                  Choice("open", mark("shelter|In use"), ("启用", "使用中", "开放")),
                  Choice("closed", mark("sheet shelter|Closed"), ("停用", "关闭")))
FROM_KIND = (Choice("force", mark("need|force"), ("队伍",)),
             Choice("equipment", mark("need|equipment"), ("装备",)),
             Choice("supply", mark("need|supplies"), ("物资",)),
             Choice("expert", mark("need|expert"), ("专家",)))
