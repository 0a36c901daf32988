"""Terms of the duty room 值班用语: classes, levels, stages, kinds of entry, with their names."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from db.words import mark


class EventClass(StrEnum):
    """The four statutory classes (突发事件应对法 2024 Art. 2)."""

    NATURAL = "natural"    # 自然灾害
    ACCIDENT = "accident"  # 事故灾难
    HEALTH = "health"      # 公共卫生
    SOCIAL = "social"      # 社会安全


CLASS_NAMES = {
    EventClass.NATURAL: mark("Natural disaster"), EventClass.ACCIDENT: mark("Accident"),
    EventClass.HEALTH: mark("Public health"), EventClass.SOCIAL: mark("Social security"),
}


class Subtype(StrEnum):
    FLOOD = "flood"
    WEATHER = "weather"
    QUAKE = "quake"
    GEOLOGY = "geology"
    FOREST_FIRE = "forest_fire"
    BIOLOGY = "biology"
    INDUSTRY = "industry"
    HAZMAT = "hazmat"
    FIRE = "fire"
    ROAD = "road"
    BUILDING = "building"
    EQUIPMENT = "equipment"
    GAS = "gas"
    ENVIRONMENT = "environment"
    UTILITY = "utility"
    EPIDEMIC = "epidemic"
    FOOD = "food"
    ANIMAL = "animal"
    CROWD = "crowd"
    TERROR = "terror"
    FINANCE = "finance"
    NETWORK = "network"
    MISSING = "missing"
    OTHER = "other"


SUBTYPE_NAMES = {
    Subtype.FLOOD: mark("Flood or drought"), Subtype.WEATHER: mark("Weather"),
    Subtype.QUAKE: mark("Earthquake"), Subtype.GEOLOGY: mark("Geological"),
    Subtype.FOREST_FIRE: mark("Forest fire"), Subtype.BIOLOGY: mark("Biological"),
    Subtype.INDUSTRY: mark("Industry and trade"), Subtype.HAZMAT: mark("Hazardous chemicals"),
    Subtype.FIRE: mark("subtype|Fire"), Subtype.ROAD: mark("Road traffic"),
    Subtype.BUILDING: mark("Construction"), Subtype.EQUIPMENT: mark("Special equipment"),
    Subtype.GAS: mark("Gas"), Subtype.ENVIRONMENT: mark("Environment"),
    Subtype.UTILITY: mark("Water, power or heat"), Subtype.EPIDEMIC: mark("Infectious disease"),
    Subtype.FOOD: mark("Food safety"), Subtype.ANIMAL: mark("Animal disease"),
    Subtype.CROWD: mark("Mass incident"), Subtype.TERROR: mark("Terror attack"),
    Subtype.FINANCE: mark("Financial"), Subtype.NETWORK: mark("Network security"),
    Subtype.MISSING: mark("Person in need"), Subtype.OTHER: mark("subtype|Other"),
}
SUBTYPES_OF = {
    EventClass.NATURAL: (Subtype.FLOOD, Subtype.WEATHER, Subtype.QUAKE, Subtype.GEOLOGY,
                         Subtype.FOREST_FIRE, Subtype.BIOLOGY, Subtype.OTHER),
    EventClass.ACCIDENT: (Subtype.HAZMAT, Subtype.FIRE, Subtype.ROAD, Subtype.INDUSTRY,
                          Subtype.BUILDING, Subtype.EQUIPMENT, Subtype.GAS, Subtype.ENVIRONMENT,
                          Subtype.UTILITY, Subtype.OTHER),
    EventClass.HEALTH: (Subtype.EPIDEMIC, Subtype.FOOD, Subtype.ANIMAL, Subtype.OTHER),
    EventClass.SOCIAL: (Subtype.MISSING, Subtype.CROWD, Subtype.TERROR, Subtype.FINANCE,
                        Subtype.NETWORK, Subtype.OTHER),
}


class Level(IntEnum):
    """Level of an event 等级; 1 is the gravest. Not graded is None."""

    I = 1    # noqa: E741 - Ⅰ 特别重大
    II = 2   # Ⅱ 重大
    III = 3  # Ⅲ 较大
    IV = 4   # Ⅳ 一般


LEVEL_NAMES = {Level.I: mark("Most serious"), Level.II: mark("Serious"),
               Level.III: mark("Major"), Level.IV: mark("Ordinary")}
NOT_GRADED = mark("Not graded")
LEVEL_SIGNS = {Level.I: "I", Level.II: "II", Level.III: "III", Level.IV: "IV"}
COLOR_NAMES = {1: mark("Red"), 2: mark("Orange"), 3: mark("Yellow"), 4: mark("Blue")}
"""Warning colours 预警颜色 by level (突发事件应对法 2024 Art. 63)."""


class EventState(StrEnum):
    OPEN = "open"      # 处置中
    CLOSED = "closed"  # 已结束
    MERGED = "merged"  # 已并入


class EntryKind(StrEnum):
    """Kinds of log entry 日志类别."""

    CALL = "call"                # 来电
    CALL_OUT = "call_out"        # 去电
    PAPER = "paper"              # 来文
    NOTE = "note"                # 记事
    WEATHER = "weather"          # 天气
    WARNING = "warning"          # 预警
    INSTRUCTION = "instruction"  # 批示
    REPORT = "report"            # 报送
    EVENT = "event"              # 事件
    ORDER = "order"              # 下达
    STAGE = "stage"              # 阶段 (the stage itself is in the text)
    CASUALTY = "casualty"        # 伤亡
    LEVEL = "level"              # 定级
    RESPONSE = "response"        # 响应
    ROLL_CALL = "roll_call"      # 点名
    PATROL = "patrol"            # 巡查
    ALARM = "alarm"              # 超时
    CORRECTION = "correction"    # 更正
    SHIFT = "shift"              # 交接
    SYSTEM = "system"            # 系统


ENTRY_NAMES = {
    EntryKind.CALL: mark("Call in"), EntryKind.CALL_OUT: mark("Call out"),
    EntryKind.PAPER: mark("Paper"), EntryKind.NOTE: mark("entry|Note"),
    EntryKind.WEATHER: mark("entry|Weather"), EntryKind.WARNING: mark("Warning"),
    EntryKind.INSTRUCTION: mark("Instruction"), EntryKind.REPORT: mark("entry|Report"),
    EntryKind.EVENT: mark("entry|Event"), EntryKind.ORDER: mark("Order"),
    EntryKind.STAGE: mark("Stage"), EntryKind.CASUALTY: mark("Casualties"),
    EntryKind.LEVEL: mark("Grading"), EntryKind.RESPONSE: mark("Response"),
    EntryKind.ROLL_CALL: mark("Roll call"), EntryKind.PATROL: mark("Patrol"),
    EntryKind.ALARM: mark("entry|Overdue"), EntryKind.CORRECTION: mark("Correction"),
    EntryKind.SHIFT: mark("Handover"), EntryKind.SYSTEM: mark("System"),
}
TYPED_KINDS = (EntryKind.CALL, EntryKind.NOTE, EntryKind.CALL_OUT, EntryKind.PAPER,
               EntryKind.WEATHER, EntryKind.ROLL_CALL, EntryKind.PATROL)
"""What an officer may choose on the quick-entry line, in the order of the keys."""


class Stage(StrEnum):
    """Stages of an order 调度阶段, in order; the last four are side branches."""

    ORDERED = "ordered"      # 下达
    CONFIRMED = "confirmed"  # 确认
    MUSTERED = "mustered"    # 集结
    DEPARTED = "departed"    # 出动
    ARRIVED = "arrived"      # 到达
    DEPLOYED = "deployed"    # 展开
    CONTROLLED = "controlled"  # 控制
    FINISHED = "finished"    # 结束
    RETURNED = "returned"    # 归建
    REFUSED = "refused"      # 拒绝
    CANCELLED = "cancelled"  # 取消
    RECALLED = "recalled"    # 召回 (on its way back)
    REINFORCED = "reinforced"  # 增援 (does not move the stage)


STAGE_NAMES = {
    Stage.ORDERED: mark("Ordered"), Stage.CONFIRMED: mark("Confirmed"),
    Stage.MUSTERED: mark("Mustered"), Stage.DEPARTED: mark("Departed"),
    Stage.ARRIVED: mark("Arrived"), Stage.DEPLOYED: mark("Deployed"),
    Stage.CONTROLLED: mark("Controlled"), Stage.FINISHED: mark("Finished"),
    Stage.RETURNED: mark("Returned"), Stage.REFUSED: mark("Refused"),
    Stage.CANCELLED: mark("Cancelled"), Stage.RECALLED: mark("Recalled"),
    Stage.REINFORCED: mark("Reinforced"),
}
MAIN_STAGES = (Stage.ORDERED, Stage.CONFIRMED, Stage.MUSTERED, Stage.DEPARTED, Stage.ARRIVED,
               Stage.DEPLOYED, Stage.CONTROLLED, Stage.FINISHED, Stage.RETURNED)
ENDED_STAGES = frozenset({Stage.RETURNED, Stage.REFUSED, Stage.CANCELLED})
ON_SCENE = frozenset({Stage.ARRIVED, Stage.DEPLOYED, Stage.CONTROLLED})


class ReportKind(StrEnum):
    """Information reports 信息报送."""

    FIRST = "first"    # 首报
    FOLLOW = "follow"  # 续报
    FINAL = "final"    # 终报


REPORT_NAMES = {ReportKind.FIRST: mark("First report"), ReportKind.FOLLOW: mark("Follow-up"),
                ReportKind.FINAL: mark("Final report")}


class Way(StrEnum):
    """By what means 方式."""

    PHONE = "phone"      # 电话
    WRITTEN = "written"  # 书面
    RADIO = "radio"      # 电台
    SMS = "sms"          # 短信
    FAX = "fax"          # 传真
    SYSTEM = "system"    # 系统
    PERSON = "person"    # 当面


WAY_NAMES = {Way.PHONE: mark("by phone"), Way.WRITTEN: mark("in writing"),
             Way.RADIO: mark("by radio"), Way.SMS: mark("by text message"),
             Way.FAX: mark("by fax"), Way.SYSTEM: mark("by system"),
             Way.PERSON: mark("in person")}


class Post(StrEnum):
    """Posts of a shift 岗位."""

    LEADER = "leader"    # 带班领导
    MAIN = "main"        # 主班
    SECOND = "second"    # 副班
    STANDBY = "standby"  # 备勤


POST_NAMES = {Post.LEADER: mark("post|Leader"), Post.MAIN: mark("post|Main"),
              Post.SECOND: mark("post|Second"), Post.STANDBY: mark("post|Standby")}
