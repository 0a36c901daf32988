"""Rule shapes 规则样式: what each rule is for, and what its rows and columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from db.words import mark
from dispatch.drillbook.scoring import GRADE_NAMES
from dispatch.elements import ELEMENT_NAMES
from dispatch.incoming import URGENCY_NAMES
from dispatch.levels import COUNT_NAMES
from dispatch.net.terms import CHANNEL_NAMES
from dispatch.terms import (
    CLASS_NAMES,
    COLOR_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    POST_NAMES,
    REPORT_NAMES,
    WAY_NAMES,
    Way,
)
from dispatch.timeline import INTERVAL_NAMES
from resources.terms import FORCE_KIND_NAMES

Names = Mapping[str, str]


class Kind(StrEnum):
    """What may be typed into a cell."""

    NUMBER = "number"  # 数
    WHOLE = "whole"    # 整数
    YES = "yes"        # 是否
    TEXT = "text"      # 文字
    LINES = "lines"    # 长文
    CLOCK = "clock"    # 钟点 08:30
    DAY = "day"        # 月日 03-31
    CODE = "code"      # 选项
    CODES = "codes"    # 多个选项, typed as their words
    CLOCKS = "clocks"  # 多个钟点


@dataclass(frozen=True, slots=True)
class Cell:
    """One column: its field in the value (empty: the value itself), title and what it takes."""

    name: str
    title: str
    kind: Kind = Kind.NUMBER
    names: Names = field(default_factory=dict)
    most: float = 1e12


@dataclass(frozen=True, slots=True)
class Shape:
    """How a rule's value is filled in: `keys` names its rows, `cells` its columns, `about` says
    what it decides. Rows that grow can be added and taken out; `groups` may each have the same rows
    again, with values of their own or none."""

    about: str
    cells: tuple[Cell, ...]
    keys: Names = field(default_factory=dict)
    key_title: str = ""
    grows: bool = False
    groups: Names = field(default_factory=dict)


def _codes(names: Mapping[Any, str]) -> Names:
    return MappingProxyType({str(code): words for code, words in names.items() if str(code)})


UNIT_NAMES = {
    "min": mark("min"), "h": mark("unit|h"), "d": mark("unit|days"), "y": mark("unit|years"),
    "months": mark("unit|months"), "s": mark("unit|s"), "m": mark("unit|m"),
    "1/min": mark("unit|a minute")}
LEVELS = {**_codes(LEVEL_NAMES), "0": NOT_GRADED}
CLASSES = _codes(CLASS_NAMES)
FORCES, WAYS = _codes(FORCE_KIND_NAMES), _codes(WAY_NAMES)
LEVEL, FORCE, WAY = mark("fact|Level"), mark("rule|Kind of force"), mark("rule|Way")
VALUE = mark("Value")
NUMBER, WHOLE = Cell("", VALUE), Cell("", VALUE, Kind.WHOLE)
THREE = (Cell("0", mark("rule|Most serious from")), Cell("1", mark("rule|Serious from")),
         Cell("2", mark("rule|Major from")))
DUTIES = {"room": mark("rule|In the duty room"), "standby": mark("rule|On standby"),
          "all": mark("rule|In all")}
CARE = mark("Decides when a piece of equipment stands on the list of what is due.")
PLANS = mark("Decides when a plan stands on the list of what is due.")
LIMITS = mark("A roster that breaks it is shown as a conflict, and the solver keeps to it.")
HOLD = mark("Counted on the page of the yearly drill plan.")
SOUND = mark("Counted from what the records say; shown in the list of what is due.")

SHAPES: Mapping[str, Shape] = {
    "level.accident": Shape(mark("Suggests the level of an accident; a person confirms it."), THREE,
                            _codes({k: COUNT_NAMES[k] for k in ("dead", "severe", "loss_yuan")}),
                            mark("rule|Count")),
    "level.quake": Shape(mark("Suggests the level of an earthquake; a person confirms it."), THREE,
                         _codes({"dead": COUNT_NAMES["dead"]}), mark("rule|Count")),
    "level.risk": Shape(mark("Suggests “major” for an accident where people are still in danger."),
                        (WHOLE,), _codes({k: COUNT_NAMES[k] for k in (
                            "at_risk", "missing", "evacuated")}), mark("rule|Count")),
    "report.first": Shape(mark("Counts down to the first report, by phone and in writing."),
                          (Cell("phone", WAY_NAMES[Way.PHONE]),
                           Cell("written", WAY_NAMES[Way.WRITTEN])), LEVELS, LEVEL,
                          groups=CLASSES),
    "report.start": Shape(mark("From when the minutes of the first report are counted."), (
        Cell("", VALUE, Kind.CODE, {"received": mark("rule|Taking in"),
                                    "occurred": mark("rule|Happening, where known")}),)),
    "report.follow": Shape(mark("Counts down from one follow-up report to the next."), (NUMBER,),
                           LEVELS, LEVEL, groups=CLASSES),
    "report.final": Shape(mark("Counts down to the final report once an event is closed."),
                          (NUMBER,)),
    "report.death_days": Shape(mark("A later death in these days is reported as an addition."),
                               (WHOLE,), {"road": mark("rule|Road traffic"),
                                          "fire": mark("rule|Fire"),
                                          "other": mark("rule|Other accidents")},
                               mark("rule|Kind of event")),
    "report.recipients": Shape(mark("Each report has a line for each of these, with its times."), (
        Cell("name", mark("rule|Recipient"), Kind.TEXT), Cell("ways", WAY, Kind.CODES, WAYS),
        Cell("from_level", mark("rule|From level"), Kind.CODE, LEVELS)), grows=True),
    "report.elements": Shape(mark("What a report does not say yet is listed beside it."), (
        Cell("", mark("rule|Elements"), Kind.CODES, _codes(ELEMENT_NAMES)),),
        _codes(REPORT_NAMES), mark("rule|Report")),
    "paper.pass": Shape(mark("Who a document that came in is passed on to, and how soon."), (
        Cell("to", mark("rule|To"), Kind.TEXT), Cell("way", WAY, Kind.CODE, WAYS),
        Cell("minutes", mark("rule|Minutes"))), _codes(URGENCY_NAMES), mark("rule|Urgency"),
        grows=True),
    "notice.before": Shape(mark("When this much is left, the desk sounds and shows a notice."),
                           (NUMBER,)),
    "turnout.minutes": Shape(mark("Reckons when a force leaves and arrives; also the norm."),
                             (NUMBER,), FORCES, FORCE),
    "travel": Shape(mark("Reckons how long a force is on the road."), (NUMBER,), {
        "km_per_hour": mark("rule|Speed (km/h)"),
        "detour": mark("rule|Road as a multiple of the straight line")}, mark("rule|What")),
    "force.hours": Shape(mark("A force called outside its hours is reckoned to leave later."), (
        Cell("from", mark("rule|From"), Kind.CLOCK), Cell("to", mark("rule|Until"), Kind.CLOCK),
        Cell("extra", mark("rule|More minutes outside"))), FORCES, FORCE),
    "overdue.late": Shape(mark("From then on a force stands on the list as overdue."), (NUMBER,)),
    "order.template": Shape(mark("Words in braces are filled in from the event and the force."),
                            (Cell("", VALUE, Kind.LINES),)),
    "goods.back_days": Shape(SOUND, (NUMBER,)),
    "checkin.minutes": Shape(mark("Asks a force on scene for a sign of life."), (NUMBER,)),
    "checkin.leader": Shape(mark("Brings a missed check-in before the leader."), (NUMBER,)),
    "duplicate": Shape(mark("An event this near in time and place is shown at the intake."),
                       (NUMBER,), {"metres": mark("rule|Metres"),
                                   "minutes": mark("rule|Minutes")}, mark("rule|What")),
    "log.backfill": Shape(mark("Marks what was entered late as 补录."), (NUMBER,)),
    "log.clock_back": Shape(mark("The log notes when the machine's clock goes back."), (NUMBER,)),
    "shift.patterns": Shape(mark("The patterns from which a shift is opened."), (
        Cell("name", mark("rule|Pattern"), Kind.TEXT),
        Cell("starts", mark("rule|Begins at"), Kind.CLOCKS),
        Cell("hours", mark("rule|Hours"))), grows=True),
    "handover.draft": Shape(SOUND, (NUMBER,)),
    "handover.leader_signs": Shape(mark("Without that signature a handover is not sealed."),
                                   (Cell("", VALUE, Kind.YES),)),
    "instruction.feedback": Shape(SOUND, (NUMBER,)),
    "alarm.escalate": Shape(mark("From then on an alarm is shown larger."), (NUMBER,)),
    "warning.ending": Shape(SOUND, (NUMBER,)),
    "safe_days": Shape(mark("By this a person marks a day; the count follows the marks."), (
        Cell("deaths", mark("rule|Deaths from"), Kind.WHOLE),
        Cell("level", mark("rule|From level"), Kind.CODE, LEVELS),
        Cell("effect", mark("rule|Effect"), Kind.CODE, {
            "total_zero": mark("rule|Count begins anew"),
            "day_zero": mark("rule|The day does not count")})), grows=True),
    "equipment.inspect": Shape(CARE, (WHOLE,)), "equipment.test": Shape(CARE, (WHOLE,)),
    "plan.file_days": Shape(PLANS, (WHOLE,)), "plan.evaluate": Shape(PLANS, (WHOLE,)),
    "upkeep.ahead": Shape(mark("How early upkeep stands on the list of what is due."), (WHOLE,)),
    "channel.per_minute": Shape(mark("What is beyond waits in the queue for the next minute."),
                                (WHOLE,), _codes(CHANNEL_NAMES), mark("rule|Channel")),
    "channel.retry": Shape(mark("After the last wait a message is given up and told."),
                           (Cell("", mark("rule|Wait")),)),
    "channel.timeout": Shape(mark("Then the next try waits as the rule of waits says."), (NUMBER,)),
    "channel.batch": Shape(mark("More recipients than these go into a further message."), (WHOLE,)),
    "callout.escalate": Shape(mark("Calls the next number of a party that does not answer."),
                              (NUMBER,)),
    "callout.template": Shape(mark("Words in braces are filled in from the event and the force."),
                              (Cell("", VALUE, Kind.LINES),)),
    "roll.leave_counts": Shape(mark("Changes the monthly rates, not the roll calls."),
                               (Cell("", VALUE, Kind.YES),)),
    "roll.open": Shape(SOUND, (NUMBER,)),
    "roll.hours": Shape(mark("First and last hour, of 24."), (
        Cell("", VALUE, Kind.WHOLE, most=24),)),
    "map.rings": Shape(mark("Counted on the map: people, hazards and shelters in each ring."),
                       (Cell("", mark("rule|Ring")),)),
    "drill.large": Shape(HOLD, (WHOLE,)),
    "drill.sectors": Shape(HOLD, (Cell("", mark("rule|Sector"), Kind.TEXT),), grows=True),
    "drill.filing": Shape(HOLD, (Cell("", VALUE, Kind.DAY),)),
    "drill.special": Shape(HOLD, (WHOLE,)), "drill.towns": Shape(HOLD, (WHOLE,)),
    "drill.score": Shape(mark("The first line that a score reaches names the grade."), (
        Cell("from", mark("rule|Score from"), most=100),
        Cell("grade", mark("rule|Grade"), Kind.CODE, GRADE_NAMES)), grows=True),
    "drill.action_days": Shape(SOUND, (WHOLE,)),
    "roster.posts": Shape(mark("How many sit on each post."), (WHOLE,), _codes(POST_NAMES),
                          mark("rule|Post")),
    "roster.starts": Shape(LIMITS, (Cell("", mark("rule|Begins at"), Kind.CLOCK),), grows=True),
    "roster.rest": Shape(LIMITS, (NUMBER,), DUTIES, mark("rule|What")),
    "roster.week": Shape(LIMITS, (WHOLE,), DUTIES, mark("rule|What")),
    "roster.month": Shape(LIMITS, (WHOLE,), DUTIES, mark("rule|What")),
    "roster.leader_row": Shape(LIMITS, (Cell("", VALUE, Kind.YES),)),
    "roster.newcomer": Shape(LIMITS, (NUMBER,), {
        "with_senior": mark("rule|Sits with a senior"),
        "seniority": mark("rule|Least seniority")}, mark("rule|What")),
    "roster.remind": Shape(mark("Reminds the officer of the duty that comes."), (NUMBER,)),
    "cap.colors": Shape(mark("Gives a warning that is read from a file its colour."), (
        Cell("says", mark("rule|The file says"), Kind.TEXT),
        Cell("color", mark("Colour"), Kind.CODE, _codes(COLOR_NAMES))), grows=True),
    "cap.kinds": Shape(mark("Names a warning whose file gives its kind as a code alone."), (
        Cell("code", mark("rule|Code"), Kind.TEXT), Cell("kind", mark("warning|Kind"), Kind.TEXT)),
        grows=True),
    "lock.idle": Shape(mark("What is due, the clock and open events stay in view."), (NUMBER,)),
    "verify.hour": Shape(mark("The hour of the night, of 24."), (Cell("", VALUE, Kind.WHOLE,
                                                                      most=23),)),
    "interval.norms": Shape(mark("Against these minutes the after-action review compares."),
                            tuple(Cell(name, words) for name, words in INTERVAL_NAMES.items()
                                  if name != "turn_out"), FORCES, FORCE),
}
