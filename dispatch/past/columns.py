"""Columns 列: what a column of another system's record may be, and how it is usually headed."""

from __future__ import annotations

from db.errors import Refused
from db.words import mark, t
from dispatch.terms import Stage
from resources.exchange.books import Book
from resources.exchange.fields import Field, Kind, KindName
from resources.exchange.matching import Match, match_book

RECEIVED, ENTERED, TRANSPORTED, DELIVERED = "received", "entered", "transported", "delivered"
STAGE_COLUMNS: dict[str, Stage] = {
    "ordered": Stage.ORDERED, "confirmed": Stage.CONFIRMED, "mustered": Stage.MUSTERED,
    "departed": Stage.DEPARTED, "arrived": Stage.ARRIVED, "deployed": Stage.DEPLOYED,
    "controlled": Stage.CONTROLLED, "finished": Stage.FINISHED, "returned": Stage.RETURNED}
"""The stages of an order by the name of their column."""
TIMES = (RECEIVED, ENTERED, "ordered", "confirmed", "mustered", "departed", "arrived",
         "deployed", "controlled", "finished", TRANSPORTED, DELIVERED, "returned")
"""Every time that a row may hold, in the order in which they should follow each other."""
ALWAYS = (RECEIVED, "ordered", "departed", "arrived", "returned")
"""Times that every force passes; where the file has such a column an empty cell is a gap."""

LEAST_NAMED = mark("a time (such as received or dispatched) and a call or unit number")

FIELDS = (
    Field(name="call", label=mark("past|Call number"), names=(
        "Incident Number", "Event Number", "CAD Number", "Case No",
        "Run Number", "Call ID", "报警编号", "警情编号", "接警单编号", "事件编号", "案件编号",
        "警单编号", "编号")),
    Field(name="unit", label=mark("past|Unit"), names=(
        "Unit ID", "Unit Name", "Apparatus", "Apparatus ID", "Resource", "Vehicle", "Car",
        "队伍", "队伍名称", "单位", "出动单位", "车辆", "车辆编号", "出动力量", "力量")),
    Field(name="unit_kind", label=mark("past|Kind of unit"), names=(
        "Unit Type", "Apparatus Type", "Resource Type", "队伍类型", "车辆类型", "力量类型")),
    Field(name="type", label=mark("past|Type of call"), names=(
        "Call Type", "Incident Type", "Nature", "Event Type", "Problem", "类型", "警情类型",
        "事件类型", "灾种", "案由")),
    Field(name="title", label=mark("past|Title"), names=("Title", "标题", "事件名称", "名称")),
    Field(name="address", label=mark("past|Address"), names=(
        "Address", "Incident Address", "Street", "地址", "地点", "事发地点", "案发地址")),
    Field(name="town", label=mark("past|Town"), names=(
        "Neighborhoods - Analysis Boundaries", "Neighborhooods - Analysis Boundaries",
        "Neighborhood", "Town", "Municipality", "District", "镇街", "街道", "乡镇", "辖区")),
    Field(name="point", label=mark("past|Point"), names=(
        "Location", "Coordinates", "Point", "坐标", "经纬度")),
    Field(name="lon", label=mark("past|Longitude"), names=("Longitude", "Lon", "Lng", "经度")),
    Field(name="lat", label=mark("past|Latitude"), names=("Latitude", "Lat", "纬度")),
    Field(name="outcome", label=mark("past|Outcome"), names=(
        "Call Final Disposition", "Disposition", "Outcome", "Result", "处置结果", "结果")),
    Field(name=RECEIVED, label=mark("past|Call received"), names=(
        "Received DtTm", "Received", "Time Received", "Call Received", "Alarm DateTime",
        "Alarm Time", "Call Time", "接警时间", "接报时间", "报警时间")),
    Field(name=ENTERED, label=mark("past|Entered"), names=(
        "Entry DtTm", "Entry", "Entered", "Time Entered", "Created", "立案时间", "录入时间",
        "研判时间")),
    Field(name="ordered", label=mark("past|Dispatched"), names=(
        "Dispatch DtTm", "Dispatch", "Dispatched", "Time Dispatched", "Notified", "下达时间",
        "派警时间", "调派时间", "派单时间", "指令下达时间")),
    Field(name="confirmed", label=mark("past|Acknowledged"), names=(
        "Acknowledged", "Ack", "Time Acknowledged", "Confirmed", "确认时间", "接令时间",
        "接收时间", "签收时间")),
    Field(name="mustered", label=mark("past|Mustered"), names=("Mustered", "集结时间",
                                                               "集合时间")),
    Field(name="departed", label=mark("past|En route"), names=(
        "Response DtTm", "Response", "En Route", "Enroute", "Time Enroute", "Responding",
        "Turnout", "出动时间", "出发时间", "出警时间", "离队时间")),
    Field(name="arrived", label=mark("past|On scene"), names=(
        "On Scene DtTm", "On Scene", "Onscene", "Time On Scene", "Arrived", "Arrival",
        "Arrival Time", "到达时间", "到场时间", "到达现场时间")),
    Field(name="deployed", label=mark("past|Deployed"), names=("Deployed", "展开时间",
                                                               "战斗展开时间")),
    Field(name="controlled", label=mark("past|Under control"), names=(
        "Under Control", "Controlled", "Time Controlled", "控制时间", "火势控制时间")),
    Field(name="finished", label=mark("past|Finished"), names=(
        "Finished", "Time Finished", "结束时间", "处置结束时间", "返回时间", "撤离时间")),
    Field(name=TRANSPORTED, label=mark("past|Transport"), names=(
        "Transport DtTm", "Transport", "Transporting", "转运时间", "离开现场时间")),
    Field(name=DELIVERED, label=mark("past|At hospital"), names=(
        "Hospital DtTm", "Hospital", "At Hospital", "到院时间", "送达医院时间")),
    Field(name="returned", label=mark("past|Available again"), names=(
        "Available DtTm", "Available", "Cleared", "Clear", "In Quarters", "Time Cleared",
        "归建时间", "归队时间", "待命时间")),
)
KIND = Kind(name=KindName("event"), table="past_unit", label=mark("past|Past events"),
            fields=FIELDS)


def match_past(book: Book, chosen: dict[str, str] | None = None, sheet: str = "") -> Match:
    """Which column is what; `chosen` says field by heading where a person corrected it.

    Raises:
        Refused: the file does not name a time and a call or a unit, or a field is given twice
            or is none.
    """
    wrong = sorted(set((chosen or {}).values()) - {f.name for f in FIELDS} - {""})
    if wrong:
        raise Refused("{name} is no field of a past event. There are: {fields}.", field="column",
                      name=wrong[0], fields=", ".join(f.name for f in FIELDS))
    found = match_book(book, KIND, sheet=sheet, chosen=chosen)
    check_match(found)
    return found


def check_match(found: Match) -> None:
    """
    Raises:
        Refused: too little is known to tell when which unit was sent, or a field twice.
    """
    fields = list(found.columns.values())
    twice = next((n for n in fields if fields.count(n) > 1), "")
    if twice:
        raise Refused("Two columns cannot both be “{name}”.", field="column",
                      name=field_named(twice).heading)
    if not set(fields) & set(TIMES) or not set(fields) & {"call", "unit"}:
        raise Refused("No columns were found for {least}. Say which column is what.",
                      field="column", least=t(LEAST_NAMED))


def field_named(name: str) -> Field:
    return KIND.field(name)
