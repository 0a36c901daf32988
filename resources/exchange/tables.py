"""Sheet tables 表样: each kind's sheet, made of its record's field table and what only sheets have.

What a field is called, holds and may be stands in `resources.field_tables`; here stand the
further headings that people give it, what an empty cell means, and the columns that are no
fields of the record (opening stock, both coordinates in one cell, when it was checked).
"""

from __future__ import annotations

from collections.abc import Mapping

from db.errors import Refused
from db.words import mark
from resources import fields as record
from resources.exchange.choices import NEVER_MEANT, meant
from resources.exchange.fields import Field, Kind, KindName, Shape
from resources.field_tables import DEFAULTS, TABLES
from resources.fields import Type
from resources.records import Library
from resources.terms import ForceKind, Tier

Names = Mapping[str, tuple[str, ...]]
SHAPES = {
    Type.PHONE: Shape.PHONE, Type.WHOLE: Shape.COUNT, Type.NUMBER: Shape.NUMBER,
    Type.DAY: Shape.DAY, Type.YES: Shape.YES, Type.CHOICE: Shape.CHOICE, Type.WORDS: Shape.LIST}
OWN_SHAPES = {"lon": Shape.LON, "lat": Shape.LAT, "src_crs": Shape.CRS, "measure": Shape.MEASURE}
NEEDED = frozenset({"name", "measure"})
"""All that a row must say; what a form also asks for can be filled in afterwards."""

FILLED: dict[str, dict[str, object]] = {
    "force": {"tier": Tier.DISTRICT, "kind": ForceKind.PROFESSIONAL},
    "plan": {"kind": "special"}, "unit": {"tier": Tier.DISTRICT, "kind": "bureau"}}
"""What an empty cell of a new record means."""

PHONES = ("24h电话", "24小时值班电话", "值班电话", "应急电话", "联系电话", "电话", "联系方式",
          "手机", "手机号", "手机号码", "联系人电话", "电话号码", "联络电话",
          "mobile", "telephone", "tel")
COMMON: Names = {
    "code": ("代码", "资产编号", "队伍编号", "装备编号", "物资编码", "物资编号", "仓库id",
             "仓库编号", "仓库代码", "库房编号", "分类编码"),
    "duty_phone": PHONES, "phone": PHONES,
    "call_sign": ("对讲机呼号",), "channel": ("频道",),
    "capabilities": ("特长", "专业及特长", "专业特长", "擅长领域"),
    "on_net": ("接入调度网", "是否接入调度网", "接入"), "net_since": ("接入日期", "接入时间"),
    "insured_until": ("保险有效期",),
    "owner": ("责任单位", "权属单位", "归口单位", "隶属单位", "单位", "所有单位"),
    "town": ("街道", "所在镇街", "属地", "行政区", "所属区域"),
    "address": ("常驻地址", "位置", "危险源地址", "目标地址", "场所地址", "仓库地址", "单位地址",
                "存放地点"),
    "lon": ("东经", "x", "lng", "long", "longitude", "坐标经度"),
    "lat": ("北纬", "y", "latitude", "坐标纬度"),
    "src_crs": ("坐标系", "坐标系统", "坐标来源", "crs"),
    "next_verify_due": ("下次核实", "下次核实日期", "下次核验日期"),
    "note": ("说明", "描述", "场所描述", "危险源描述", "目标描述", "其他", "简介")}
SAID: dict[str, Names] = {
    "force": {
        "name": ("队伍名称", "救援队名称", "单位名称", "救援队伍", "队名"), "tier": ("队伍级别",),
        "kind": ("队伍类别", "队伍性质"), "leader": ("队伍负责人", "联系人", "负责人姓名"),
        "deputy": ("副负责人",), "spare_phone": ("负责人手机", "负责人电话", "队长电话", *PHONES),
        "terminal": ("终端编号",), "people": ("人员数量", "队员人数"), "ready_people": ("可出动",),
        "vehicles": ("车辆", "车辆数量"), "certified": ("持证",), "muster_point": ("集结地点",),
        "covers": ("服务区域",), "promised_minutes": ("响应时间", "到场分钟"),
        "agreement": ("协议编号",)},
    "equipment": {
        "name": ("装备名称", "设备名称", "器材名称"), "serial": ("出厂编号", "设备序列号"),
        "plate": ("车牌号码",), "kind": ("装备类型", "设备类型", "装备类别"),
        "force": ("配属队伍", "队伍"), "keeper": ("保管人", "负责人", "联系人", "管理人"),
        "status": ("设备状态",), "bought_on": ("购入日期",),
        "inspected_on": ("检修日期", "上次检修日期"), "inspect_due": ("下次检修日期",),
        "test_due": ("年检日期", "年检到期日"), "energy": ("动力",),
        "performance": ("性能", "技术参数")},
    "supply": {
        "code": ("物资编码", "物资编号", "分类编码", "代码"), "name": ("物资名称", "物品名称"),
        "model": ("规格说明",), "measure": ("数量单位",), "kind": ("物资类型", "物资类别", "分类"),
        "hazards": ("灾种",), "min_stock": ("最低库存",), "max_stock": ("最高库存",),
        "warehouse": ("仓库名称", "存放仓库", "库房", "存放地点", "储备库"), "batch": ("批次",),
        "bin": ("货位",), "maker": ("厂家", "生产单位"), "supplier": ("供货商",),
        "stored_on": ("入库日期",), "expires_on": ("有效期至", "到期日期", "失效日期", "保质期至"),
        "unit_price": ("价格",)},
    "warehouse": {
        "name": ("仓库名称", "库房名称", "仓库", "储备库名称"), "level": ("仓库级别",),
        "kind": ("储备方式",), "area_m2": ("总面积", "建筑面积", "仓库面积"),
        "keeper": ("负责人", "联系人", "库管员")},
    "expert": {
        "name": ("姓名", "专家姓名", "名字"), "unit": ("所在单位", "单位名称"),
        "title": ("职务", "职称职务"), "field": ("专业及特长", "研究方向", "从事专业"),
        "hazards": ("事件类型", "适用灾种", "擅长灾种"), "panel": ("专家组", "专家组别",
                                                        "专家类别"),
        "hired_until": ("聘期至", "聘任到期"), "arrive_minutes": ("到场分钟",),
        "avoids": ("回避单位",)},
    "plan": {
        "number": ("预案代码",), "name": ("预案名称",), "kind": ("类型", "预案类别"),
        "version": ("版本号",), "unit": ("发布单位", "单位"), "issued_on": ("发布日期",),
        "filed_with": ("备案单位",), "filed_on": ("备案时间",), "file_number": ("备案编号",),
        "evaluate_due": ("下次评估日期",), "subtypes": ("事件类型", "事件类别"),
        "levels": ("响应级别", "响应级别表"), "steps": ("行动步骤", "处置步骤"),
        "needs": ("所需能力", "能力需求")},
    "hazard": {
        "name": ("危险源名称", "隐患点名称", "目标名称"),
        "kind": ("危险源类别", "危险源类型", "目标类别"),
        "company": ("企业名称", "单位名称", "所属单位", "单位"),
        "principal": ("企业负责人", "责任人", "联系人"),
        "level": ("危险源级别", "等级", "险情等级"), "substance": ("主要危险物", "主要危险物质"),
        "amount": ("存量",), "threatened": ("影响人数",), "monitored": ("是否监测", "自动监测")},
    "shelter": {
        "name": ("场所名称", "避难场所名称", "避难场所"), "level": ("场所级别",),
        "term": ("类型", "场所类型"), "indoor": ("是否室内", "室内外"),
        "area_m2": ("场所大小", "场所面积"), "capacity": ("容纳人数",), "facilities": ("配套设施",),
        "key_holder": ("联系人", "钥匙保管人"), "status": ("启用状态",)},
    "unit": {
        "name": ("单位名称", "机构名称", "医院名称", "单位"), "kind": ("单位类型",),
        "phones": ("备用电话",), "contact": ("负责人",), "contact_post": ("联系人职务",)}}
"""Headings beyond the record's own, as towns and teams write them."""

PERSONS = (Field(name="persons", label=mark("column|Persons in order"),
                 names=("人员", "联系人员", "值班人员", "联络员", "联系人及电话")),)
"""`王立 镇长 000-7001 wang@example.cn；李敏 副镇长 000-7002`, in the order of the calls."""
POINT = Field(name="point", label=mark("column|Coordinates"), shape=Shape.POINT,
              names=("坐标", "经纬度", "坐标位置", "地理坐标", "gps坐标"))
CHECKED = (
    Field(name="verified_at", label=mark("column|Checked at"), shape=Shape.MOMENT,
          names=("核实时间", "核验时间", "更新时间")),
    Field(name="verified_by", label=mark("column|Checked by"), names=("核实人", "核验人")))
STOCK = (
    Field(name="warehouse_code", label=mark("column|Warehouse code"),
          names=("仓库id", "仓库编号", "仓库代码", "库房编号")),
    Field(name="quantity", label=mark("column|Quantity"), shape=Shape.NUMBER,
          names=("数量", "库存", "初始数量", "库存数量", "现有数量", "现有量")))
STEERING = (
    Field(name="levels", label=mark("column|Response levels"), shape=Shape.LEVELS,
          names=("响应级别", "响应级别表")),
    Field(name="steps", label=mark("column|Action steps"), shape=Shape.LIST,
          names=("行动步骤", "处置步骤")),
    Field(name="needs", label=mark("column|Capabilities needed"), shape=Shape.NEEDS,
          names=("所需能力", "能力需求")))


def _column(kind: str, field: record.Field) -> Field:
    """The column of a field of the record; a link is written by the name of what it points to."""
    name = field.name.removesuffix("_id") if field.type is Type.LINK else field.name
    said = SAID[kind].get(name, COMMON.get(name, ()))
    filled = {**DEFAULTS.get(kind, {}), **FILLED.get(kind, {})}
    return Field(
        name=name, label=field.label, names=tuple(dict.fromkeys((*said, *field.other))),
        shape=OWN_SHAPES.get(name) or SHAPES.get(field.type, Shape.TEXT),
        required=name in NEEDED, low=field.low, high=field.high, default=filled.get(name),
        choices=meant(field.name, field.choices), open_list=not field.closed)


def _kind(library: Library, label: str, *, own: tuple[Field, ...] = (), code: str = "",
          same: tuple[str, ...] = ("name",), unique_name: bool = False) -> Kind:
    name = KindName(library.value)
    table = TABLES[library] if library is not Library.SUPPLY else _stocked()
    columns = [_column(name, f) for f in table if f.name not in NEVER_MEANT]
    known = {f.name for f in columns}
    placed = (POINT,) if "lon" in known else ()
    more = [f for f in (*own, *placed, *CHECKED) if f.name not in known]
    return Kind(name=name, table=library.value, label=label, fields=(*columns, *more), code=code,
                same=same, unique_name=unique_name)


def _stocked() -> tuple[record.Field, ...]:
    """A row of supplies is an item and one lot of it."""
    item = TABLES[Library.SUPPLY]
    own = {f.name for f in item}
    return (*item, *(f for f in TABLES[Library.LOT] if f.name not in own))


CODES = Kind(
    name=KindName("goods_code"), table="goods_code", label=mark("kind|Goods codes"), code="code",
    same=("code",), unique_name=True, fields=(
        Field(name="code", label=mark("column|Code"), required=True,
              names=("编码", "代码", "分类代码", "分类编码", "物资编码", "类目代码")),
        Field(name="name", label=mark("Name"), required=True,
              names=("名称", "类目名称", "分类名称", "物资名称", "品名"))))
"""The code table 物资分类编码 of GB/T 38565, which supplies and equipment are coded by."""

KINDS = {k.name: k for k in (
    _kind(Library.FORCE, mark("kind|Forces"), own=PERSONS, code="code", unique_name=True),
    _kind(Library.EQUIPMENT, mark("kind|Equipment"), code="code", same=("name", "serial", "owner")),
    _kind(Library.SUPPLY, mark("kind|Supplies"), own=STOCK, code="code",
          same=("name", "model", "measure")),
    _kind(Library.WAREHOUSE, mark("kind|Warehouses"), code="code", same=("name", "owner")),
    _kind(Library.EXPERT, mark("kind|Experts"), same=("name", "unit")),
    _kind(Library.PLAN, mark("kind|Plans"), own=STEERING, code="number", same=("name", "unit")),
    _kind(Library.HAZARD, mark("kind|Hazard sources"), same=("name", "company")),
    _kind(Library.SHELTER, mark("kind|Shelters"), same=("name", "owner")),
    _kind(Library.UNIT, mark("kind|Units"), own=PERSONS, same=("name", "owner")), CODES)}


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
