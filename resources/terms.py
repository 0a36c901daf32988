"""Terms of the libraries 库用语: the closed lists that records choose from, with their names."""

from __future__ import annotations

from enum import StrEnum

from db.words import mark


class Tier(StrEnum):
    """Levels of the dispatch net 层级."""

    UPPER = "upper"          # 上级
    DISTRICT = "district"    # 区
    TOWN = "town"            # 镇街
    VILLAGE = "village"      # 村社区
    COMPANY = "company"      # 企业


TIER_NAMES = {
    Tier.UPPER: mark("Upper level"), Tier.DISTRICT: mark("District"),
    Tier.TOWN: mark("Town or street"), Tier.VILLAGE: mark("Village or community"),
    Tier.COMPANY: mark("Enterprise"),
}


class ForceKind(StrEnum):
    """Kinds of force 队伍类型 (突发事件应对法 2024 Art. 39; 民兵 by local usage)."""

    FIRE = "fire"                  # 国家综合性消防救援队伍
    PROFESSIONAL = "professional"  # 专业
    VOLUNTEER = "volunteer"        # 社会力量
    GRASSROOTS = "grassroots"      # 基层
    COMPANY = "company"            # 单位专兼职
    MEDICAL = "medical"            # 医疗急救
    POLICE = "police"              # 公安交警
    MILITIA = "militia"            # 民兵


FORCE_KIND_NAMES = {
    ForceKind.FIRE: mark("Fire and rescue"), ForceKind.PROFESSIONAL: mark("Professional"),
    ForceKind.VOLUNTEER: mark("Volunteer"), ForceKind.GRASSROOTS: mark("Grass-roots"),
    ForceKind.COMPANY: mark("Enterprise team"), ForceKind.MEDICAL: mark("Medical"),
    ForceKind.POLICE: mark("Police"), ForceKind.MILITIA: mark("Militia"),
}


class ForceStatus(StrEnum):
    READY = "ready"      # 待命
    LIMITED = "limited"  # 受限
    OFF = "off"          # 停用


class EquipmentStatus(StrEnum):
    READY = "ready"        # 正常
    WAITING = "waiting"    # 待修
    REPAIR = "repair"      # 在修
    SCRAPPED = "scrapped"  # 报废
    OUT = "out"            # 出动中
    LENT = "lent"          # 借出


STATUS_NAMES = {
    ForceStatus.READY: mark("Ready"), ForceStatus.LIMITED: mark("Limited"),
    ForceStatus.OFF: mark("Out of service"), EquipmentStatus.WAITING: mark("Waiting for repair"),
    EquipmentStatus.REPAIR: mark("In repair"), EquipmentStatus.SCRAPPED: mark("Scrapped"),
    EquipmentStatus.OUT: mark("Out on call"), EquipmentStatus.LENT: mark("Lent out"),
}


class MovementKind(StrEnum):
    """Movements of supplies 出入库类型; quantity is signed: in +, out −, in the lot's measure."""

    IN = "in"                # 入库
    OUT = "out"              # 出库
    TRANSFER_OUT = "transfer_out"  # 调拨出
    TRANSFER_IN = "transfer_in"    # 调拨入
    LEND = "lend"            # 借用
    GIVE_BACK = "give_back"  # 归还
    ROTATE = "rotate"        # 轮换
    REPAIR = "repair"        # 维修
    SCRAP = "scrap"          # 报废
    COUNT = "count"          # 盘点


MOVEMENT_NAMES = {
    MovementKind.IN: mark("Received"), MovementKind.OUT: mark("Issued"),
    MovementKind.TRANSFER_OUT: mark("Transferred out"),
    MovementKind.TRANSFER_IN: mark("Transferred in"), MovementKind.LEND: mark("Lent"),
    MovementKind.GIVE_BACK: mark("Given back"), MovementKind.ROTATE: mark("Rotated"),
    MovementKind.REPAIR: mark("To repair"), MovementKind.SCRAP: mark("Written off"),
    MovementKind.COUNT: mark("Stock-take"),
}
MOVEMENT_PREFIX = {
    MovementKind.IN: "RK", MovementKind.OUT: "CK", MovementKind.TRANSFER_OUT: "DB",
    MovementKind.TRANSFER_IN: "DB", MovementKind.LEND: "JY", MovementKind.GIVE_BACK: "GH",
    MovementKind.ROTATE: "LH", MovementKind.REPAIR: "WX", MovementKind.SCRAP: "BF",
    MovementKind.COUNT: "PD",
}
"""Letters before a movement's number, as on the stock cards in use: `CK-0391`."""

CAPABILITIES = (
    "灭火", "破拆", "堵漏", "稀释", "洗消", "危化侦检", "环境监测", "医疗急救", "转运",
    "交通管制", "警戒疏散", "水域救援", "潜水", "绳索救援", "山地搜救", "建筑物倒塌搜救",
    "抗洪排涝", "森林灭火", "供电抢修", "燃气抢修", "供水抢修", "道路抢通", "应急通信",
    "起重吊装", "无人机侦察", "心理援助", "物资保障", "气象保障")
"""The vocabulary 能力 that the sample district begins with; a district keeps its own rows."""
