"""Field tables 字段表: the fields of every kind of record, in the order of their forms."""

from __future__ import annotations

from db.words import mark
from resources.coords import Crs
from resources.fields import NOTE, Field, Type
from resources.records import Library
from resources.terms import (
    FORCE_KIND_NAMES,
    STATUS_NAMES,
    TIER_NAMES,
    EquipmentStatus,
    ForceStatus,
)

TIERS = tuple((str(k), v) for k, v in TIER_NAMES.items())
FORCE_KINDS = tuple((str(k), v) for k, v in FORCE_KIND_NAMES.items())
FORCE_STATES = tuple((str(s), STATUS_NAMES[s]) for s in ForceStatus)
EQUIPMENT_STATES = tuple((str(s), STATUS_NAMES[s]) for s in EquipmentStatus)
PLAN_KINDS = (
    ("overall", mark("plan|Overall")), ("special", mark("plan|Special")),
    ("department", mark("plan|Department")), ("town", mark("plan|Town or village")),
    ("company", mark("plan|Enterprise")), ("site", mark("plan|On-site")))
CRS = tuple((str(one), str(one)) for one in Crs)
UNIT_KINDS = (
    ("recipient", mark("unit|Recipient")), ("bureau", mark("unit|Bureau")),
    ("town", mark("unit|Town")), ("village", mark("unit|Village")),
    ("company", mark("unit|Company")), ("hospital", mark("unit|Hospital")))
SHELTER_STATES = (("standby", mark("shelter|Standby")), ("open", mark("shelter|In use")),
                  ("closed", mark("shelter|Closed")))

LEVELS_OF_LAND = (("省级", "省级"), ("市级", "市级"), ("区级", "区级"), ("镇街级", "镇街级"),
                  ("村级", "村级"))
"""Levels of warehouses and shelters 级别, proposed only; kept as people write them."""
MAJOR_LEVELS = tuple((one, one) for one in ("一级", "二级", "三级", "四级"))
"""重大危险源级别 (GB 18218): R of 100 and more, 50 to 100, 10 to 50, under 10."""
SIZES = tuple((one, one) for one in ("特大型", "大型", "中型", "小型"))
TERMS = tuple((one, one) for one in ("紧急", "短期", "长期"))
STORES = tuple((one, one) for one in ("自储", "代储", "协议企业", "社会捐赠"))
PANELS = tuple((one, one) for one in ("安全生产", "防灾减灾救灾"))
GRADES = tuple((f"{way}{n}级",) * 2 for way in (
    "建筑物倒塌", "绳索", "山地", "水上", "潜水", "医疗") for n in (1, 2, 3))
"""Grades of volunteer forces by direction 社会力量分级 (pilot of 2019)."""
PLACE_KINDS = (
    ("town", mark("place|Town or street")), ("village", mark("place|Village or community")),
    ("landmark", mark("place|Landmark")), ("road", mark("place|Road")),
    ("river", mark("place|River")))
MINUTES, PEOPLE = mark("unit|min"), mark("unit|people")
M2, YEARS, WAN = mark("unit|m²"), mark("unit|years"), mark("unit|10,000 yuan")

NAME = Field("name", mark("field|Name"), required=True, other=("名称", "品名"))
CODE = Field("code", mark("field|Code"), Type.CODE, other=("编码", "编号"))
CAPABILITIES = Field("capabilities", mark("field|Capabilities"), Type.WORDS, vocabulary=True,
                     other=("能力", "专长", "技能", "救援能力"))
PLACED = (
    Field("town", mark("field|Town"), other=("镇街", "乡镇", "所属镇街", "行政区划"),
          suggest="place.name"),
    Field("address", mark("field|Address"), other=("地址", "驻地", "详细地址", "所在地")),
    Field("lon", mark("field|Longitude"), Type.NUMBER, low=-180, high=180, other=("经度",)),
    Field("lat", mark("field|Latitude"), Type.NUMBER, low=-180, high=180, other=("纬度",)),
    Field("src_crs", mark("field|Coordinate system"), Type.CHOICE, choices=CRS))
KEPT = (
    Field("owner", mark("field|Owner unit"), other=("主管单位", "所属单位", "管理单位"),
          suggest="unit.name"),
    Field("next_verify_due", mark("field|Next check"), Type.DAY),
    Field("note", NOTE, Type.LONG, other=("备注",)))


def _phone(name: str, label: str, *, required: bool = False,
           other: tuple[str, ...] = ()) -> Field:
    return Field(name, label, Type.PHONE, required, other=other)


def _many(name: str, label: str, *, other: tuple[str, ...] = (), unit: str = "") -> Field:
    return Field(name, label, Type.WHOLE, low=0, high=10_000_000, other=other, unit=unit)


def _open(name: str, label: str, choices: tuple[tuple[str, str], ...], *,
          other: tuple[str, ...] = ()) -> Field:
    """A choice that only proposes."""
    return Field(name, label, Type.CHOICE, choices=choices, closed=False, other=other)


ON_NET = (Field("on_net", mark("field|On the dispatch net"), Type.YES),
          Field("net_since", mark("field|On the net since"), Type.DAY))
RADIO = (Field("call_sign", mark("field|Call sign"), other=("呼号",)),
         Field("channel", mark("field|Channel"), other=("信道",)))
TIER = Field("tier", mark("field|Tier"), Type.CHOICE, required=True, choices=TIERS,
             other=("层级", "级别"))

FORCE = (
    NAME, CODE, TIER,
    Field("kind", mark("field|Kind of force"), Type.CHOICE, required=True, choices=FORCE_KINDS,
          other=("队伍类型", "类型", "类别")),
    Field("leader", mark("field|Leader"), other=("队长", "负责人")),
    Field("deputy", mark("field|Deputy"), other=("副队长",)),
    _phone("duty_phone", mark("field|24-hour phone"), required=True,
           other=("24小时电话", "值班电话", "联系电话", "负责人电话")),
    _phone("spare_phone", mark("field|Spare phone"), other=("备用电话",)), *RADIO,
    Field("terminal", mark("field|Terminal"), other=("终端号",)),
    _many("people", mark("field|People"), other=("总人数", "队伍人数", "人数"), unit=PEOPLE),
    _many("ready_people", mark("field|People ready"), other=("可出动人数",), unit=PEOPLE),
    _many("vehicles", mark("field|Vehicles"), other=("车辆数",)),
    _many("certified", mark("field|Certified"), other=("持证人数",), unit=PEOPLE), CAPABILITIES,
    Field("gear", mark("field|Vehicles and gear"), Type.LONG, other=("车辆装备", "主要装备")),
    Field("grades", mark("field|Volunteer grades"), Type.WORDS, choices=GRADES, closed=False,
          other=("社会力量分级", "等级")),
    Field("muster_point", mark("field|Muster point"), other=("集结点",)),
    Field("covers", mark("field|Area covered"), other=("覆盖区域",)),
    Field("promised_minutes", mark("field|Promised minutes"), Type.WHOLE, low=1, high=10_000,
          other=("承诺响应分钟",), unit=MINUTES),
    Field("insured_until", mark("field|Insured until"), Type.DAY, other=("保险到期",)),
    Field("agreement", mark("field|Agreement"), other=("协议",)), *ON_NET,
    Field("status", mark("field|Status"), Type.CHOICE, choices=FORCE_STATES, other=("状态",)),
    *PLACED, *KEPT)
EQUIPMENT = (
    NAME, CODE, Field("model", mark("field|Model"), other=("规格型号", "规格", "型号")),
    Field("serial", mark("field|Serial number"), other=("序列号", "资产号")),
    Field("plate", mark("field|Plate"), other=("车牌", "车牌号")),
    Field("kind", mark("field|Kind"), other=("类型", "类别")),
    Field("force_id", mark("field|Force"), Type.LINK, link="force", other=("所属队伍",)),
    Field("keeper", mark("field|Person in charge"), other=("责任人",)),
    _phone("phone", mark("field|Phone"), other=("电话", "联系电话")),
    Field("status", mark("field|Status"), Type.CHOICE, choices=EQUIPMENT_STATES, other=("状态",)),
    CAPABILITIES, Field("bought_on", mark("field|Bought on"), Type.DAY, other=("购置日期",)),
    Field("inspected_on", mark("field|Inspected on"), Type.DAY, other=("上次检修",)),
    Field("inspect_due", mark("field|Inspection due"), Type.DAY, other=("下次检修",)),
    Field("test_due", mark("field|Yearly test due"), Type.DAY, other=("年检到期",)),
    Field("insured_until", mark("field|Insured until"), Type.DAY, other=("保险到期",)),
    Field("energy", mark("field|Energy"), other=("油电", "能源")),
    Field("performance", mark("field|Performance"), other=("性能参数",)), *PLACED, *KEPT)
WAREHOUSE = (
    NAME, CODE, _open("level", mark("field|Level"), LEVELS_OF_LAND, other=("级别",)),
    _open("kind", mark("field|Kind of warehouse"), STORES, other=("类型", "仓库类型")),
    Field("area_m2", mark("field|Area (m²)"), Type.NUMBER, low=0, other=("面积",)),
    Field("keeper", mark("field|Storekeeper"), other=("保管人", "管理员")),
    _phone("duty_phone", mark("field|24-hour phone"), other=("24小时电话", "联系电话")),
    *PLACED, *KEPT)
SUPPLY = (
    NAME, CODE, Field("model", mark("field|Model"), other=("规格型号", "规格", "型号")),
    Field("measure", mark("field|Unit of measure"), required=True, other=("单位", "计量单位")),
    Field("kind", mark("field|Kind"), other=("类型", "类别")),
    Field("hazards", mark("field|For which hazards"), other=("适用灾种",)),
    Field("min_stock", mark("field|Minimum stock"), Type.NUMBER, low=0, other=("下限",)),
    Field("max_stock", mark("field|Maximum stock"), Type.NUMBER, low=0, other=("上限",)),
    Field("safe_stock", mark("field|Safety stock"), Type.NUMBER, low=0, other=("安全库存",)),
    *KEPT)
LOT = (
    Field("supply_id", mark("field|Supply"), Type.LINK, required=True, link="supply"),
    Field("warehouse_id", mark("field|Warehouse"), Type.LINK, required=True, link="warehouse",
          other=("仓库", "所在仓库")),
    Field("batch", mark("field|Batch"), other=("批次号", "批号")),
    Field("bin", mark("field|Bin"), other=("库位",)),
    Field("maker", mark("field|Maker"), other=("产地", "生产厂家")),
    Field("supplier", mark("field|Supplier"), other=("供应商",)),
    Field("made_on", mark("field|Made on"), Type.DAY, other=("生产日期",)),
    Field("stored_on", mark("field|Stored on"), Type.DAY, other=("入库时间",)),
    Field("expires_on", mark("field|Expires on"), Type.DAY, other=("有效期",)),
    Field("unit_price", mark("field|Unit price (yuan)"), Type.NUMBER, low=0, other=("单价",)),
    Field("funds", mark("field|Funds"), other=("资金来源",)),
    Field("label", mark("field|Label number"), other=("标签编号",)),
    Field("quality", mark("field|Quality"), other=("质量",)),
    Field("life_years", mark("field|Scrapped after"), Type.NUMBER, low=0, unit=YEARS,
          other=("报废年限",)), *KEPT)
EXPERT = (
    NAME, Field("unit", mark("field|Unit"), other=("工作单位", "单位")),
    Field("title", mark("field|Professional title"), other=("职称",)),
    Field("field", mark("field|Discipline"), other=("专业", "专业领域")),
    Field("hazards", mark("field|Hazards"), other=("灾种",)),
    _open("panel", mark("field|Panel"), PANELS, other=("组别",)),
    Field("hired_from", mark("field|Engaged from"), Type.DAY, other=("聘期起", "聘任日期")),
    Field("hired_until", mark("field|Engaged until"), Type.DAY, other=("聘期",)),
    _phone("phone", mark("field|Phone"), required=True, other=("手机", "联系电话", "电话")),
    Field("city", mark("field|City"), other=("城市", "所在城市")),
    Field("arrive_minutes", mark("field|Minutes to arrive"), Type.WHOLE, low=0, high=100_000,
          other=("可到场分钟",), unit=MINUTES),
    Field("avoids", mark("field|Must not judge"), other=("回避",)), CAPABILITIES,
    Field("consulted", mark("field|Consultations"), Type.LONG, other=("咨询记录",)), *KEPT)
PLAN = (
    NAME, Field("number", mark("field|Number"), other=("编号", "预案编号")),
    Field("kind", mark("field|Kind of plan"), Type.CHOICE, required=True, choices=PLAN_KINDS,
          other=("预案类型", "类别")),
    Field("version", mark("field|Version"), other=("版本",)),
    Field("unit", mark("field|Drawn up by"), other=("编制单位",), suggest="unit.name"),
    Field("signed_by", mark("field|Signed by"), other=("签发人",)),
    Field("issued_on", mark("field|Issued on"), Type.DAY, other=("印发日期", "印发日")),
    Field("filed_with", mark("field|Filed with"), other=("备案机关",)),
    Field("filed_on", mark("field|Filed on"), Type.DAY, other=("备案日期", "备案日")),
    Field("file_number", mark("field|Filing number"), other=("备案号",)),
    Field("evaluated_on", mark("field|Evaluated on"), Type.DAY, other=("评估日期", "评估日")),
    Field("evaluate_due", mark("field|Next evaluation"), Type.DAY, other=("下次评估",)),
    Field("parent", mark("field|Plan above"), other=("上位预案",), suggest="plan.name"),
    Field("subtypes", mark("field|Kinds of event"), Type.WORDS, other=("适用事件",)), *KEPT)
HAZARD = (
    NAME, CODE, Field("kind", mark("field|Kind"), required=True, other=("类别", "类型"),
                      suggest="hazard.kind"),
    Field("company", mark("field|Company"), other=("企业", "所属企业"), suggest="unit.name"),
    Field("principal", mark("field|Person in charge"), other=("负责人",)),
    _phone("phone", mark("field|Phone"), other=("电话", "联系电话")),
    _open("level", mark("field|Level"), MAJOR_LEVELS, other=("重大危险源级别", "级别")),
    Field("substance", mark("field|Substance"), other=("介质", "危险物质")),
    Field("amount", mark("field|Amount"), other=("储量",)),
    _many("threatened", mark("field|People threatened"), other=("威胁人数",), unit=PEOPLE),
    Field("monitored", mark("field|Monitored"), Type.YES, other=("监测",)),
    Field("video", mark("field|Video"), Type.YES, other=("视频", "视频监控")),
    Field("plan", mark("field|Its plan"), other=("预案", "应急预案"), suggest="plan.name"),
    Field("patrol", mark("field|Patrol"), other=("巡查", "巡查要求")),
    Field("patrolled_on", mark("field|Last patrol"), Type.DAY, other=("最近巡查", "巡查日期")),
    _open("scale", mark("field|Scale"), SIZES, other=("规模",)),
    _open("danger", mark("field|Grade of danger"), SIZES, other=("险情等级",)),
    _many("households", mark("field|Households threatened"), other=("威胁户数",)),
    Field("property", mark("field|Property threatened"), Type.NUMBER, low=0, unit=WAN,
          other=("威胁财产",)),
    Field("triggers", mark("field|What sets it off"), other=("诱发因素",)),
    Field("watcher", mark("field|Watcher"), other=("监测人",)),
    _phone("watcher_phone", mark("field|Watcher's phone"), other=("监测人电话",)),
    Field("cards", mark("field|Notice cards handed out"), Type.YES, other=("明白卡", "明白卡发放")),
    *PLACED, *KEPT)
SHELTER = (
    NAME, _open("level", mark("field|Level"), LEVELS_OF_LAND, other=("级别",)),
    _open("term", mark("field|Term"), TERMS, other=("避难时长",)),
    Field("indoor", mark("field|Indoor"), Type.YES, other=("室内",)),
    Field("area_m2", mark("field|Area (m²)"), Type.NUMBER, low=0, other=("有效面积", "面积")),
    Field("per_person_m2", mark("field|Area for each person"), Type.NUMBER, low=0, unit=M2,
          other=("人均面积",)),
    _many("capacity", mark("field|Capacity"), other=("容量", "可容纳人数"), unit=PEOPLE),
    _many("occupants", mark("field|Occupants"), other=("在住人数",), unit=PEOPLE),
    Field("radius_m", mark("field|Service radius (m)"), Type.WHOLE, low=1, other=("服务半径",)),
    Field("facilities", mark("field|Facilities"), other=("设施",)),
    Field("key_holder", mark("field|Key holder"), other=("钥匙人", "负责人")),
    _phone("phone", mark("field|Phone"), other=("电话", "联系电话")),
    Field("status", mark("field|Status"), Type.CHOICE, choices=SHELTER_STATES, other=("状态",)),
    *PLACED, *KEPT)
UNIT = (
    NAME, TIER, Field("kind", mark("field|Kind of unit"), Type.CHOICE, required=True,
                      choices=UNIT_KINDS, closed=False, other=("类型",)),
    _phone("duty_phone", mark("field|24-hour phone"), other=("值班电话",)),
    Field("phones", mark("field|Other phones"), Type.WORDS, other=("其他电话",)),
    Field("contact", mark("field|Contact"), other=("联系人",)),
    Field("contact_post", mark("field|Contact's post"), other=("职务",)), *RADIO,
    Field("terminal", mark("field|Terminal"), other=("终端号", "终端编号")), *ON_NET,
    *PLACED, *KEPT)
PLACE = (
    NAME, Field("kind", mark("field|Kind"), Type.CHOICE, required=True, choices=PLACE_KINDS,
                closed=False, other=("类型", "类别")),
    Field("parent", mark("field|Belongs to"), other=("上级地名", "所属"), suggest="place.name"),
    _many("residents", mark("field|Residents"), other=("常住人口", "人口"), unit=PEOPLE),
    *PLACED[2:], *KEPT)

TABLES: dict[Library, tuple[Field, ...]] = {
    Library.FORCE: FORCE, Library.EQUIPMENT: EQUIPMENT, Library.SUPPLY: SUPPLY, Library.LOT: LOT,
    Library.WAREHOUSE: WAREHOUSE, Library.EXPERT: EXPERT, Library.PLAN: PLAN,
    Library.HAZARD: HAZARD, Library.SHELTER: SHELTER, Library.UNIT: UNIT,
    Library.PLACE: PLACE}
DEFAULTS = {"force": {"status": "ready"}, "equipment": {"status": "ready"},
            "shelter": {"status": "standby"}}
LIBRARY_NAMES = {
    Library.FORCE: mark("Force"), Library.EQUIPMENT: mark("Equipment"),
    Library.SUPPLY: mark("Supply"), Library.LOT: mark("Lot"),
    Library.WAREHOUSE: mark("Warehouse"), Library.EXPERT: mark("Expert"),
    Library.PLAN: mark("Plan"), Library.HAZARD: mark("Hazard source"),
    Library.SHELTER: mark("Shelter"), Library.UNIT: mark("Unit"),
    Library.PLACE: mark("Place")}


def field_of(library: Library, name: str) -> Field | None:
    """The field of a column, if people fill it in."""
    return next((f for f in TABLES[library] if f.name == name), None)
