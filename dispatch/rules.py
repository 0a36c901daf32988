"""The rules 规则 a new district begins with, each with its basis; local ones marked uncertain."""

from __future__ import annotations

from db.store import Store, Transaction
from db.words import mark
from dispatch.cap.rules import CAP_RULES
from dispatch.drillbook.rules import BOOK_RULES
from dispatch.duty.roster.rules import SEEDS as ROSTER_RULES
from dispatch.map_rules import MAP_RULES
from dispatch.net.rules import NET_RULES
from dispatch.norms import NORM_RULES
from dispatch.watching import TRUST_RULES
from resources.keeping_rules import KEEPING_RULES
from resources.people import SYSTEM
from resources.rules import Rule, lacking, seed

ORDER_493 = mark("State Council Order 493, Art. 3")
LOCAL_USE = mark("Common practice; fix by local regulation")
SINCE = "2007-06-01"
TODAY = "2024-11-01"

LEVELS = (
    Rule("level.accident", {"dead": [30, 10, 3], "severe": [100, 50, 10],
                            "loss_yuan": [100_000_000, 50_000_000, 10_000_000]},
         "", mark("Levels of accidents by deaths, serious injuries and loss"), ORDER_493, False,
         SINCE),
    Rule("level.quake", {"dead": [300, 50, 10]}, "", mark("Levels of earthquakes by deaths"),
         mark("Xi'an earthquake plan 2022; check the revision of 2025"), True, SINCE),
    Rule("level.risk", {"at_risk": 10, "missing": 3, "evacuated": 500}, "",
         mark("Major accident in danger: people at risk, trapped or missing, evacuated"),
         mark("Safety information rules (SAWS Order 21)"), True, SINCE),
)
"""Thresholds stand for the levels I, II, III; reaching one counts (以上 includes)."""

REPORTS = (
    Rule("report.first", {"1": {"phone": 15, "written": 60}, "2": {"phone": 15, "written": 60},
                          "3": {"phone": 15, "written": 60}, "4": {"phone": 15, "written": 60},
                          "0": {"phone": 15, "written": 60}}, "min",
         mark("First report by phone and in writing, by level"), LOCAL_USE, True, TODAY),
    Rule("report.start", "received", "", mark("Reports count down from"), LOCAL_USE, True, TODAY),
    Rule("report.follow", {"1": 12, "2": 12, "3": 24, "4": 24, "0": 24}, "h",
         mark("Follow-up reports, by level"),
         mark("Safety information rules (SAWS Order 21)"), True, TODAY),
    Rule("report.final", 24, "h", mark("Final report after closing"), LOCAL_USE, True, TODAY),
    Rule("report.death_days", {"road": 7, "fire": 7, "other": 30}, "d",
         mark("Changed number of deaths reported again within"),
         mark("State Council Order 493, Art. 13"), False, SINCE),
    Rule("report.recipients", [
        {"name": "区委区政府总值班室", "ways": ["phone", "written"], "from_level": 0},
        {"name": "市应急管理局值班室", "ways": ["phone", "written"], "from_level": 0},
        {"name": "省应急管理厅值班室", "ways": ["phone"], "from_level": 3}], "",
         mark("Who is reported to"), LOCAL_USE, True, TODAY),
)

ELEMENTS = Rule("report.elements", {
    "first": ["received", "source", "happened", "place", "unit", "nature", "course", "scope",
              "harm", "trend", "measures", "forces", "leaders", "requests", "commander"],
    "follow": ["harm", "measures", "forces", "trend", "requests", "latest"],
    "final": ["course", "harm", "cause", "measures", "forces", "now", "aftermath"]}, "",
    mark("What each report must say"),
    mark("State Council Order 493, Art. 12, and common forms"), True, TODAY)
"""The elements of a report by their codes (`elements.ELEMENT_NAMES`)."""
PAPER_PASS = Rule("paper.pass", {
    "normal": [{"to": "办公室", "way": "person", "minutes": 60}],
    "urgent": [{"to": "带班领导", "way": "phone", "minutes": 10},
               {"to": "办公室", "way": "person", "minutes": 30}],
    "warning": [{"to": "带班领导", "way": "phone", "minutes": 10},
                {"to": "业务科室", "way": "written", "minutes": 30}]}, "min",
    mark("Incoming papers passed on, by urgency"),
    mark("Practice of one county; fix by local regulation"), True, TODAY)
NOTICE = Rule("notice.before", 5, "min", mark("Sound and notice before a deadline"), LOCAL_USE,
              True, TODAY)
REPORTING = (ELEMENTS, PAPER_PASS, NOTICE)
"""Rules younger than the first stores: read them with `rule_or`."""

DISPATCH = (
    Rule("turnout.minutes", {"fire": 1, "medical": 3, "police": 5, "professional": 15,
                             "company": 15, "grassroots": 15, "militia": 30, "volunteer": 240},
         "min", mark("Turn-out from order to departure, by kind of force"),
         mark("Published station practice; not a standard"), True, TODAY),
    Rule("travel", {"km_per_hour": 40, "detour": 1.3}, "",
         mark("Estimated travel: road speed and detour"), LOCAL_USE, True, TODAY),
    Rule("force.hours", {"volunteer": {"from": "07:00", "to": "22:00", "extra": 30},
                         "militia": {"from": "08:00", "to": "20:00", "extra": 30}}, "",
         mark("Hours of duty by kind of force, and the minutes it takes more outside them"),
         LOCAL_USE, True, TODAY),
    Rule("overdue.late", 5, "min",
         mark("Overdue this long after the norm of turn-out or the expected arrival"),
         LOCAL_USE, True, TODAY),
    Rule("order.template", "请{力量}立即赶赴{地点}处置“{事件}”（{编号}），{时限}分钟内到达，"
         "到场后向现场指挥{现场指挥}报到，行进和到达情况及时报告值班室。", "",
         mark("Text of an order where the plan has none of its own"), LOCAL_USE, True, TODAY),
    Rule("goods.back_days", 7, "d", mark("Equipment sent to an event is due back within"),
         LOCAL_USE, True, TODAY),
    Rule("checkin.minutes", 30, "min",
         mark("Safety check-in of forces on scene, where neither plan nor force says another"),
         LOCAL_USE, True, TODAY),
    Rule("checkin.leader", 5, "min",
         mark("A missed check-in nobody acknowledged goes to the leader in charge after"),
         LOCAL_USE, True, TODAY),
    Rule("duplicate", {"metres": 1000, "minutes": 60}, "",
         mark("Likely the same event: distance and time"), LOCAL_USE, True, TODAY),
)

DESK_RULES = (
    Rule("log.backfill", 5, "min", mark("An entry this much later is back-filled"), LOCAL_USE,
         True, TODAY),
    Rule("log.clock_back", 2, "min", mark("The clock going back this much is noted"), LOCAL_USE,
         True, TODAY),
    Rule("shift.patterns", [
        {"name": "24h", "starts": ["08:30"], "hours": 24},
        {"name": "2x12", "starts": ["08:30", "20:30"], "hours": 12},
        {"name": "3x8", "starts": ["00:30", "08:30", "16:30"], "hours": 8}], "",
         mark("Shift patterns"), LOCAL_USE, True, TODAY),
    Rule("handover.draft", 30, "min", mark("Handover drafted before the shift ends"), LOCAL_USE,
         True, TODAY),
    Rule("handover.leader_signs", value=False, unit="",
         title=mark("The leader in charge signs the handover too"), basis=LOCAL_USE,
         uncertain=True, valid_from=TODAY),
    Rule("instruction.feedback", 60, "min",
         mark("An instruction without a deadline asks for feedback after"), LOCAL_USE, True, TODAY),
    Rule("alarm.escalate", 10, "min", mark("An alarm nobody acknowledged grows after"), LOCAL_USE,
         True, TODAY),
    Rule("warning.ending", 60, "min", mark("A warning running out is shown before"), LOCAL_USE,
         True, TODAY),
    Rule("safe_days", [
        {"deaths": 1, "level": 3, "effect": "total_zero"},
        {"deaths": 0, "level": 4, "effect": "day_zero"}], "",
         mark("What resets the safe days"), LOCAL_USE, True, TODAY),
)


ALL_RULES = (
    *LEVELS, *REPORTS, *REPORTING, *DISPATCH, *DESK_RULES,
    *KEEPING_RULES,
    *ROSTER_RULES,
    *TRUST_RULES,
    *BOOK_RULES,
    *NET_RULES,
    *NORM_RULES,
    *MAP_RULES,
    *CAP_RULES,
)


def seed_rules(tx: Transaction) -> None:
    """Give a new district its rules; codes that it already has are left alone."""
    seed(tx, ALL_RULES)


def complete_rules(store: Store) -> None:
    """Give a district that an older program made the rules that came since."""
    if lacking(store, ALL_RULES):
        with store.change("rules.complete", SYSTEM) as tx:
            seed_rules(tx)
