"""Tables 字段表: the fields of every kind that is exchanged, with the headings people give them."""

from __future__ import annotations

from db.errors import Refused
from db.words import mark
from resources.coords import Crs
from resources.exchange.choices import (
    EQUIPMENT_STATUS,
    FORCE_KIND,
    FORCE_STATUS,
    PLAN_KIND,
    SHELTER_STATUS,
    TIER,
    UNIT_KIND,
)
from resources.exchange.fields import Choice, Field, Kind, KindName, Shape
from resources.terms import EquipmentStatus, ForceKind, ForceStatus, Tier

LONG = 4000
CRS = tuple(Choice(c.value, c.value, also) for c, also in (
    (Crs.GCJ02, ("gcj", "火星", "高德", "腾讯")), (Crs.BD09, ("bd09", "bd-09", "百度")),
    (Crs.WGS84, ("wgs", "gps", "北斗")), (Crs.CGCS2000, ("cgcs", "2000", "天地图"))))

CODE = Field(name="code", label=mark("column|Code"), longest=60,
             names=("编号", "编码", "代码", "资产编号", "队伍编号", "装备编号", "物资编码",
                    "物资编号", "仓库id", "仓库编号", "仓库代码", "库房编号", "分类编码"))
PHONE_NAMES = ("联系电话", "电话", "联系方式", "手机", "手机号", "手机号码", "联系人电话",
               "电话号码", "联络电话", "mobile", "telephone", "tel")
PLACED = (
    Field(name="town", label=mark("column|Town or street"),
          names=("镇街", "所属镇街", "乡镇", "街道", "所在镇街", "属地", "行政区", "行政区划",
                 "所属区域")),
    Field(name="address", label=mark("column|Address"), longest=400,
          names=("地址", "详细地址", "常驻地址", "驻地", "所在地", "位置", "危险源地址", "目标地址",
                 "场所地址", "仓库地址", "单位地址", "存放地点")),
    Field(name="lon", label=mark("column|Longitude"), shape=Shape.LON, default=None,
          names=("经度", "东经", "x", "lng", "long", "longitude", "坐标经度")),
    Field(name="lat", label=mark("column|Latitude"), shape=Shape.LAT, default=None,
          names=("纬度", "北纬", "y", "latitude", "坐标纬度")),
    Field(name="point", label=mark("column|Coordinates"), shape=Shape.POINT, default=None,
          names=("坐标", "经纬度", "坐标位置", "地理坐标", "gps坐标")),
    Field(name="src_crs", label=mark("column|Reference system"), shape=Shape.CRS, choices=CRS,
          default="", names=("坐标系", "坐标系统", "坐标来源", "crs")),
)
OWNER = ("管理单位", "所属单位", "主管单位", "责任单位", "权属单位", "归口单位", "隶属单位", "单位",
         "所有单位")
NOTE = Field(name="note", label=mark("column|Note"), longest=LONG,
             names=("备注", "说明", "描述", "场所描述", "危险源描述", "目标描述", "其他", "简介"))


def _owner(*less: str) -> Field:
    return Field(name="owner", label=mark("column|Owner unit"),
                 names=tuple(n for n in OWNER if n not in less))


KEPT = (
    Field(name="verified_at", label=mark("column|Checked at"), shape=Shape.MOMENT, default=None,
          names=("核实时间", "核验时间", "更新时间")),
    Field(name="verified_by", label=mark("column|Checked by"), names=("核实人", "核验人")),
    Field(name="next_verify_due", label=mark("column|Next check due"), shape=Shape.DAY,
          default=None, names=("下次核实", "下次核实日期", "下次核验日期")),
    NOTE,
)
CAPABILITIES = Field(name="capabilities", label=mark("column|Capabilities"), shape=Shape.LIST,
                     longest=1000, default=(),
                     names=("能力", "专长", "特长", "专业及特长", "专业特长", "救援能力", "技能",
                            "擅长领域"))


def _day(name: str, label: str, *names: str) -> Field:
    return Field(name=name, label=label, names=names, shape=Shape.DAY, default=None)


def _count(name: str, label: str, *names: str, default: int | None = 0) -> Field:
    return Field(name=name, label=label, names=names, shape=Shape.COUNT, default=default)


def _number(name: str, label: str, *names: str, default: float | None = None) -> Field:
    return Field(name=name, label=label, names=names, shape=Shape.NUMBER, default=default)


def _phone(name: str, label: str, *names: str) -> Field:
    return Field(name=name, label=label, names=names, shape=Shape.PHONE, longest=100)


def _choice(name: str, label: str, choices: tuple[Choice, ...], default: str,
            *names: str, open_list: bool = False) -> Field:
    return Field(name=name, label=label, names=names, shape=Shape.CHOICE, choices=choices,
                 default=default, open_list=open_list)


def _text(name: str, label: str, *names: str, required: bool = False,
          longest: int = 200) -> Field:
    return Field(name=name, label=label, names=names, required=required, longest=longest)


ON_NET = (Field(name="on_net", label=mark("column|On the net"), shape=Shape.YES, default=0,
                names=("接入调度网", "是否接入调度网", "接入")),
          _day("net_since", mark("column|On the net since"), "接入日期", "接入时间"))
RADIO = (_text("call_sign", mark("column|Call sign"), "呼号", "对讲机呼号"),
         _text("channel", mark("column|Channel"), "信道", "频道"))

FORCE = Kind(
    name=KindName("force"), table="force", label=mark("kind|Forces"), code="code",
    same=("name",), unique_name=True, fields=(
        CODE, _text("name", mark("column|Force name"), "队伍名称", "救援队名称", "名称", "单位名称",
                    "救援队伍", "队名", required=True),
        _choice("tier", mark("column|Tier"), TIER, Tier.DISTRICT, "层级", "队伍级别", "级别"),
        _choice("kind", mark("column|Force type"), FORCE_KIND, ForceKind.PROFESSIONAL, "队伍类型",
                "类型", "队伍类别", "队伍性质"),
        _text("leader", mark("column|Leader"), "负责人", "队长", "队伍负责人", "联系人",
              "负责人姓名"),
        _text("deputy", mark("column|Deputy"), "副队长", "副负责人"),
        _phone("duty_phone", mark("column|24 h phone"), "24h电话", "24小时电话", "值班电话",
               "24小时值班电话", "应急电话", *PHONE_NAMES),
        _phone("spare_phone", mark("column|Spare phone"), "备用电话", "负责人手机", "负责人电话",
               "队长电话", *PHONE_NAMES),
        *RADIO, _text("terminal", mark("column|Terminal number"), "终端号", "终端编号"),
        _count("people", mark("column|People"), "总人数", "队伍人数", "人数", "人员数量",
               "队员人数"),
        _count("ready_people", mark("column|Ready people"), "可出动人数", "可出动"),
        _count("vehicles", mark("sheet column|Vehicles"), "车辆数", "车辆", "车辆数量"),
        _count("certified", mark("column|Certified"), "持证人数", "持证"),
        CAPABILITIES,
        _text("muster_point", mark("column|Muster point"), "集结点", "集结地点"),
        _text("covers", mark("column|Area covered"), "覆盖区域", "服务区域"),
        _count("promised_minutes", mark("column|Promised minutes"), "承诺响应分钟", "响应时间",
               "到场分钟", default=None),
        _day("insured_until", mark("column|Insured until"), "保险到期", "保险有效期"),
        _text("agreement", mark("column|Agreement"), "协议", "协议编号"), *ON_NET,
        _choice("status", mark("column|Status"), FORCE_STATUS, ForceStatus.READY, "状态"),
        _owner(), *PLACED, *KEPT))

EQUIPMENT = Kind(
    name=KindName("equipment"), table="equipment", label=mark("kind|Equipment"), code="code",
    same=("name", "serial", "owner"), fields=(
        CODE, _text("name", mark("column|Equipment name"), "装备名称", "设备名称", "名称",
                    "器材名称", required=True),
        _text("model", mark("column|Model"), "规格型号", "型号", "规格"),
        _text("serial", mark("column|Serial number"), "序列号", "出厂编号", "设备序列号"),
        _text("plate", mark("column|Licence plate"), "车牌", "车牌号", "车牌号码"),
        _text("kind", mark("column|Equipment type"), "装备类型", "设备类型", "类型", "类别",
              "装备类别"),
        _text("force", mark("column|Its force"), "所属队伍", "配属队伍", "队伍"),
        _text("keeper", mark("column|Keeper"), "责任人", "保管人", "负责人", "联系人", "管理人"),
        _phone("phone", mark("column|Phone"), *PHONE_NAMES),
        _choice("status", mark("column|Status"), EQUIPMENT_STATUS, EquipmentStatus.READY, "状态",
                "设备状态"),
        CAPABILITIES, _day("bought_on", mark("column|Bought on"), "购置日期", "购入日期"),
        _day("inspected_on", mark("column|Inspected on"), "上次检修", "检修日期", "上次检修日期"),
        _day("inspect_due", mark("column|Inspection due"), "下次检修", "下次检修日期"),
        _day("test_due", mark("column|Yearly test due"), "年检到期", "年检日期", "年检到期日"),
        _day("insured_until", mark("column|Insured until"), "保险到期", "保险有效期"),
        _text("energy", mark("column|Energy"), "油电", "能源", "动力"),
        _text("performance", mark("column|Performance"), "性能参数", "性能", "技术参数",
              longest=1000), _owner(), *PLACED, *KEPT))

WAREHOUSE = Kind(
    name=KindName("warehouse"), table="warehouse", label=mark("kind|Warehouses"), code="code",
    same=("name", "owner"), fields=(
        CODE, _text("name", mark("column|Warehouse name"), "仓库名称", "库房名称", "名称", "仓库",
                    "储备库名称", required=True),
        _text("level", mark("column|Level"), "级别", "仓库级别"),
        _text("kind", mark("column|Warehouse type"), "仓库类型", "类型", "储备方式"),
        _number("area_m2", mark("column|Area (m²)"), "面积", "总面积", "建筑面积", "仓库面积"),
        _text("keeper", mark("column|Keeper"), "保管人", "负责人", "管理员", "联系人", "库管员"),
        _phone("duty_phone", mark("column|24 h phone"), "24h电话", "值班电话", "应急电话",
               *PHONE_NAMES), _owner(), *PLACED, *KEPT))

SUPPLY = Kind(
    name=KindName("supply"), table="supply", label=mark("kind|Supplies"), code="code",
    same=("name", "model", "measure"), fields=(
        Field(name="code", label=mark("column|Supply code"), longest=60,
              names=("物资编码", "物资编号", "编码", "编号", "分类编码", "代码")),
        _text("name", mark("column|Supply name"), "物资名称", "品名", "名称", "物品名称",
              required=True),
        _text("model", mark("column|Model"), "规格型号", "型号", "规格", "规格说明"),
        Field(name="measure", label=mark("column|Unit of measure"), shape=Shape.MEASURE,
              required=True, longest=20, names=("计量单位", "单位", "数量单位")),
        _text("kind", mark("column|Supply type"), "物资类型", "物资类别", "类型", "类别", "分类"),
        _text("hazards", mark("column|Hazards"), "适用灾种", "灾种"),
        _number("min_stock", mark("column|Minimum"), "下限", "最低库存", default=0.0),
        _number("max_stock", mark("column|Maximum"), "上限", "最高库存", default=0.0),
        _number("safe_stock", mark("column|Safety stock"), "安全库存", default=0.0),
        _text("owner", mark("column|Owner unit"), *OWNER),
        Field(name="warehouse_code", label=mark("column|Warehouse code"), longest=60,
              names=("仓库id", "仓库编号", "仓库代码", "库房编号")),
        _text("warehouse", mark("column|Warehouse"), "仓库名称", "仓库", "所在仓库", "存放仓库",
              "库房", "存放地点", "储备库"),
        _text("batch", mark("column|Batch"), "批次", "批次号", "批号"),
        _text("bin", mark("column|Bin"), "库位", "货位"),
        _number("quantity", mark("column|Quantity"), "数量", "库存", "初始数量", "库存数量",
                "现有数量", "现有量"),
        _text("maker", mark("column|Maker"), "生产厂家", "产地", "厂家", "生产单位"),
        _text("supplier", mark("column|Supplier"), "供应商", "供货商"),
        _day("made_on", mark("column|Made on"), "生产日期"),
        _day("stored_on", mark("column|Stored on"), "入库时间", "入库日期"),
        _day("expires_on", mark("column|Expires on"), "有效期", "有效期至", "到期日期", "失效日期",
             "保质期至"),
        _number("unit_price", mark("column|Unit price"), "单价", "价格"),
        _text("funds", mark("column|Funds"), "资金来源"), *KEPT))

EXPERT = Kind(
    name=KindName("expert"), table="expert", label=mark("kind|Experts"), same=("name", "unit"),
    fields=(
        _text("name", mark("column|Name"), "姓名", "专家姓名", "名字", required=True),
        _text("unit", mark("column|Work unit"), "工作单位", "单位", "所在单位", "单位名称"),
        _text("title", mark("column|Title"), "职称", "职务", "职称职务"),
        _text("field", mark("column|Discipline"), "专业", "专业领域", "专业及特长", "研究方向",
              "从事专业", longest=1000),
        _text("hazards", mark("column|Hazards"), "灾种", "事件类型", "适用灾种", "擅长灾种"),
        _text("panel", mark("column|Panel"), "组别", "专家组", "专家组别", "专家类别"),
        _day("hired_until", mark("column|Appointed until"), "聘期", "聘期至", "聘任到期"),
        _phone("phone", mark("column|Phone"), *PHONE_NAMES),
        _text("city", mark("column|City"), "城市", "所在城市"),
        _count("arrive_minutes", mark("column|Minutes to the scene"), "可到场分钟", "到场分钟",
               default=None),
        _text("avoids", mark("column|Must not judge"), "回避", "回避单位"),
        CAPABILITIES, _owner("单位"), *KEPT))

PLAN = Kind(
    name=KindName("plan"), table="plan", label=mark("kind|Plans"), code="number",
    same=("name", "unit"), fields=(
        Field(name="number", label=mark("column|Plan number"), longest=60,
              names=("编号", "预案编号", "预案代码")),
        _text("name", mark("column|Plan name"), "预案名称", "名称", required=True),
        _choice("kind", mark("column|Plan type"), PLAN_KIND, "special", "预案类型", "类型",
                "预案类别", open_list=True),
        _text("version", mark("column|Version"), "版本", "版本号"),
        _text("unit", mark("column|Issued by"), "编制单位", "发布单位", "单位"),
        _text("signed_by", mark("column|Signed by"), "签发人"),
        _day("issued_on", mark("column|Issued on"), "印发日", "印发日期", "发布日期"),
        _text("filed_with", mark("column|Filed with"), "备案机关", "备案单位"),
        _day("filed_on", mark("column|Filed on"), "备案日期", "备案时间"),
        _text("file_number", mark("column|Filing number"), "备案号", "备案编号"),
        _day("evaluated_on", mark("column|Evaluated on"), "评估日", "评估日期"),
        _day("evaluate_due", mark("column|Evaluation due"), "下次评估", "下次评估日期"),
        _text("parent", mark("column|Parent plan"), "上位预案"),
        Field(name="subtypes", label=mark("column|For events of"), shape=Shape.LIST, default=(),
              names=("适用事件", "事件类型", "事件类别")),
        Field(name="levels", label=mark("column|Response levels"), shape=Shape.LEVELS,
              longest=LONG, default=(), names=("响应级别", "响应级别表")),
        Field(name="steps", label=mark("column|Action steps"), shape=Shape.LIST, longest=LONG,
              default=(), names=("行动步骤", "处置步骤")),
        Field(name="needs", label=mark("column|Capabilities needed"), shape=Shape.NEEDS,
              longest=LONG, default=(), names=("所需能力", "能力需求")),
        _owner("单位"), *KEPT))

HAZARD = Kind(
    name=KindName("hazard"), table="hazard", label=mark("kind|Hazard sources"),
    same=("name", "company"), fields=(
        _text("name", mark("column|Hazard name"), "危险源名称", "名称", "隐患点名称", "目标名称",
              required=True),
        Field(name="kind", label=mark("column|Hazard type"), default="",
              names=("危险源类别", "类别", "类型", "危险源类型", "目标类别")),
        _text("company", mark("column|Enterprise"), "企业", "企业名称", "单位名称", "所属单位",
              "单位"),
        _text("principal", mark("column|Person in charge"), "负责人", "企业负责人", "责任人",
              "联系人"),
        _phone("phone", mark("column|Phone"), *PHONE_NAMES),
        _text("level", mark("column|Hazard level"), "危险源级别", "级别", "等级", "险情等级"),
        _text("substance", mark("column|Substance"), "介质", "主要危险物", "危险物质",
              "主要危险物质"),
        _text("amount", mark("column|Amount held"), "储量", "存量"),
        _count("threatened", mark("column|People threatened"), "威胁人数", "影响人数"),
        Field(name="monitored", label=mark("column|Monitored"), shape=Shape.YES, default=0,
              names=("监测", "是否监测", "自动监测")),
        _owner("所属单位", "单位"), *PLACED, *KEPT))

SHELTER = Kind(
    name=KindName("shelter"), table="shelter", label=mark("kind|Shelters"),
    same=("name", "owner"), fields=(
        _text("name", mark("column|Shelter name"), "场所名称", "避难场所名称", "名称", "避难场所",
              required=True),
        _text("level", mark("column|Level"), "级别", "场所级别"),
        _text("term", mark("column|Length of stay"), "避难时长", "类型", "场所类型"),
        Field(name="indoor", label=mark("column|Indoor"), shape=Shape.YES, default=0,
              names=("室内", "是否室内", "室内外")),
        _number("area_m2", mark("column|Area (m²)"), "面积", "有效面积", "场所大小", "场所面积"),
        _count("capacity", mark("column|Capacity"), "容量", "可容纳人数", "容纳人数"),
        _count("occupants", mark("column|Occupants"), "在住人数"),
        _count("radius_m", mark("column|Service radius (m)"), "服务半径", default=None),
        _text("facilities", mark("column|Facilities"), "设施", "配套设施", longest=1000),
        _text("key_holder", mark("column|Key holder"), "钥匙人", "负责人", "联系人", "钥匙保管人"),
        _phone("phone", mark("column|Phone"), *PHONE_NAMES),
        _choice("status", mark("column|Status"), SHELTER_STATUS, "standby", "启用状态", "状态",
                open_list=True),
        _owner(), *PLACED, *KEPT))

UNIT = Kind(
    name=KindName("unit"), table="unit", label=mark("kind|Units"), same=("name", "owner"),
    fields=(
        _text("name", mark("column|Unit name"), "单位名称", "名称", "机构名称", "医院名称", "单位",
              required=True),
        _choice("tier", mark("column|Tier"), TIER, Tier.DISTRICT, "层级", "级别"),
        _choice("kind", mark("column|Unit type"), UNIT_KIND, "bureau", "单位类型", "类型",
                open_list=True),
        _phone("duty_phone", mark("column|24 h phone"), "24h电话", "值班电话", "应急电话",
               *PHONE_NAMES),
        Field(name="phones", label=mark("column|Other phones"), shape=Shape.LIST, default=(),
              names=("其他电话", "备用电话")),
        _text("contact", mark("column|Contact"), "联系人", "负责人"),
        _text("contact_post", mark("column|Contact's post"), "联系人职务", "职务"),
        *RADIO, *ON_NET, _owner("单位"), *PLACED, *KEPT))

KINDS = {k.name: k for k in (FORCE, EQUIPMENT, SUPPLY, WAREHOUSE, EXPERT, PLAN, HAZARD, SHELTER,
                             UNIT)}


def kind_of(name: str) -> Kind:
    """The kind of this name.

    Raises:
        Refused: there is none.
    """
    found = KINDS.get(KindName(name))
    if found is None:
        raise Refused("{name} is no kind of record. There are: {kinds}.", field="kind", name=name,
                      kinds=", ".join(KINDS))
    return found
