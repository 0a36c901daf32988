"""Cases 样例事件: what happened in the sample district over the last months."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.terms import EventClass, Level, Subtype


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of past event: its title, cause, and the forces that went."""

    title: str
    subtype: Subtype
    level: Level
    capabilities: tuple[str, ...]
    cause: str
    hurt: int = 0
    of: EventClass = EventClass.ACCIDENT


CASES = (
    Case("{road}两车追尾", Subtype.ROAD, Level.IV, ("交通管制", "医疗急救"), "跟车过近", 2),
    Case("{town}居民楼厨房起火", Subtype.FIRE, Level.IV, ("灭火", "医疗急救", "警戒疏散"),
     "用火不慎"),
    Case("{road}燃气管道被挖断", Subtype.GAS, Level.IV, ("燃气抢修", "灭火", "警戒疏散"),
     "施工误挖"),
    Case("云环高速液氨罐车侧翻泄漏", Subtype.HAZMAT, Level.III,
         ("堵漏", "洗消", "环境监测", "医疗急救", "交通管制", "警戒疏散"), "爆胎侧翻", 11),
    Case("{town}短时强降雨积水", Subtype.FLOOD, Level.IV, ("抗洪排涝", "交通管制"), "短时强降雨",
         of=EventClass.NATURAL),
    Case("{town}配电房故障停电", Subtype.UTILITY, Level.IV, ("供电抢修", "物资保障"), "设备老化"),
    Case("云水河岸边人员落水", Subtype.MISSING, Level.IV, ("水域救援", "医疗急救"), "岸边湿滑", 1,
         EventClass.SOCIAL),
    Case("{town}工地脚手架局部垮塌", Subtype.BUILDING, Level.IV,
         ("建筑物倒塌搜救", "医疗急救", "起重吊装"), "连墙件缺失", 3),
    Case("红岭林场边缘荒草起火", Subtype.FOREST_FIRE, Level.IV, ("森林灭火", "灭火"),
     "祭扫遗留火种",
         of=EventClass.NATURAL),
    Case("{town}供水主管爆裂", Subtype.UTILITY, Level.IV, ("供水抢修", "交通管制"), "管道老化"))
