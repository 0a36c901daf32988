"""Audit codes 审计代码: which columns hold codes, and the words that the rooms have for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.words import mark
from dispatch.audit_terms import TABLE_NAMES
from dispatch.bulletins import BULLETIN_NAMES
from dispatch.calls import OUTCOME_NAMES
from dispatch.drillbook.evaluations import FINDING_NAMES as DRILL_FINDING_NAMES
from dispatch.drillbook.evaluations import VERDICT_NAMES
from dispatch.drills.terms import CONTENT_NAMES, DRILL_STATE_NAMES, FORM_NAMES, PURPOSE_NAMES
from dispatch.duty.roster.terms import (
    LEAVE_NAMES,
    MONTH_NAMES,
    PAIR_NAMES,
    SWAP_NAMES,
    WISH_NAMES,
)
from dispatch.duty.seats import SEAT_NAMES
from dispatch.duty.shifts import SHIFT_NAMES
from dispatch.elements import ELEMENT_NAMES
from dispatch.facts import EXTRA_NAMES
from dispatch.incoming import URGENCY_NAMES
from dispatch.instructions import INSTRUCTION_NAMES
from dispatch.net.terms import (
    ANSWER_NAMES,
    CHANNEL_NAMES,
    RESULT_NAMES,
    ROLL_KIND_NAMES,
    ROLL_WAY_NAMES,
    SEND_NAMES,
)
from dispatch.past.units import FLAG_NAMES
from dispatch.responses import ACT_NAMES
from dispatch.terms import (
    CLASS_NAMES,
    COLOR_NAMES,
    ENTRY_NAMES,
    LEVEL_NAMES,
    POST_NAMES,
    REPORT_NAMES,
    STAGE_NAMES,
    SUBTYPE_NAMES,
    WAY_NAMES,
)
from resources.net import BRANCH_NAMES
from resources.people import ROLE_NAMES
from resources.terms import FORCE_KIND_NAMES, MOVEMENT_NAMES

EVENT_STATES = {"open": mark("state|In hand"), "closed": mark("state|Closed"),
                "merged": mark("state|Merged")}
ORIGINS = {"desk": mark("code|the desk's own"), "past": mark("code|another system's file"),
           "replay": mark("code|a chronology")}
DOINGS = {"open": mark("code|open"), "done": mark("code|done"), "called": mark("code|called"),
          "coming": mark("code|coming"), "refused": mark("code|cannot come"),
          "arrived": mark("code|arrived"), "left": mark("code|left")}
DRAFTS = {"draft": mark("code|draft"), "sealed": mark("code|sealed"), "done": mark("code|done"),
          "approved": mark("code|approved"), "submitted": mark("code|handed in")}
DIRECTIONS = {"in": mark("code|incoming"), "out": mark("code|outgoing")}
SIDES = {"out": mark("code|handing over"), "in": mark("code|taking over")}
CHECKED = {"phone": mark("code|phones"), "device": mark("code|devices"),
           "radio": mark("code|radios"), "key": mark("code|keys"), "paper": mark("code|documents")}
DAYS = {"workday": mark("code|working day"), "weekend": mark("code|weekend"),
        "holiday": mark("code|holiday"), "special": mark("code|special period")}
SCOPES = {"district": mark("code|whole district")}
EFFECTS = {"total_zero": mark("rule|Count begins anew"),
           "day_zero": mark("rule|The day does not count")}
LAYERS = {"geojson": mark("code|GeoJSON"), "shapefile": mark("code|shapefile"),
          "mbtiles": mark("code|tiles")}
STYLES = {"area": mark("code|areas"), "line": mark("code|lines"), "point": mark("code|points"),
          "tiles": mark("code|tiles")}
CARES = {"inspection": mark("table|inspection"), "test": mark("code|test")}
LANGUAGES = {"zh_CN": mark("code|Chinese"), "en": mark("code|English")}
ACT_KINDS = {"start": mark("code|started"), "pause": mark("code|paused"),
             "resume": mark("code|went on"), "speed": mark("code|speed changed"),
             "down": mark("code|was down"), "inject": mark("code|inject"),
             "skip": mark("code|skipped"), "stamp": mark("code|action seen"),
             "unstamp": mark("code|taken back"), "mark": mark("code|marked"),
             "point": mark("code|timing point"), "end": mark("code|ended")}

CODES: Mapping[tuple[str, str], Mapping[Any, str]] = {
    ("log", "kind"): ENTRY_NAMES, ("stamp", "stage"): STAGE_NAMES,
    ("dispatch_order", "stage"): STAGE_NAMES, ("event", "class"): CLASS_NAMES,
    ("event", "subtype"): SUBTYPE_NAMES, ("event", "level"): LEVEL_NAMES,
    ("event", "response_level"): LEVEL_NAMES, ("response", "level"): LEVEL_NAMES,
    ("response", "act"): ACT_NAMES, ("event_fact", "name"): EXTRA_NAMES,
    ("seat_on_shift", "post"): POST_NAMES, ("seat_on_shift", "state"): SEAT_NAMES,
    ("signature", "post"): POST_NAMES, ("shift", "state"): SHIFT_NAMES,
    ("officer", "roles"): ROLE_NAMES, ("officer", "posts"): POST_NAMES,
    ("sending", "way"): WAY_NAMES, ("sending", "kind"): REPORT_NAMES,
    ("report", "kind"): REPORT_NAMES, ("report_part", "code"): ELEMENT_NAMES,
    ("passing", "way"): WAY_NAMES, ("paper_passing", "way"): WAY_NAMES,
    ("paper", "urgency"): URGENCY_NAMES, ("instruction", "kind"): INSTRUCTION_NAMES,
    ("call_check", "outcome"): OUTCOME_NAMES, ("warning", "color"): COLOR_NAMES,
    ("bulletin", "kind"): BULLETIN_NAMES, ("movement", "kind"): MOVEMENT_NAMES,
    ("roster_cell", "post"): POST_NAMES, ("roster_month", "state"): MONTH_NAMES,
    ("duty_leave", "kind"): LEAVE_NAMES, ("duty_wish", "kind"): WISH_NAMES,
    ("duty_pair", "kind"): PAIR_NAMES, ("duty_swap", "state"): SWAP_NAMES,
    ("callout_to", "answer"): ANSWER_NAMES, ("outbox", "state"): SEND_NAMES,
    ("net_channel", "kind"): CHANNEL_NAMES, ("roll_answer", "result"): RESULT_NAMES,
    ("roll_call", "kind"): ROLL_KIND_NAMES, ("roll_call", "way"): ROLL_WAY_NAMES,
    ("drill", "state"): DRILL_STATE_NAMES,
    ("drill_act", "kind"): ACT_KINDS, ("drill_finding", "kind"): DRILL_FINDING_NAMES,
    ("eval_answer", "answer"): VERDICT_NAMES, ("past_unit", "flags"): FLAG_NAMES,
    ("past_unit", "force_kind"): FORCE_KIND_NAMES, ("event", "state"): EVENT_STATES,
    ("event", "origin"): ORIGINS, ("instruction", "state"): DOINGS,
    ("expert_call", "state"): DOINGS, ("handover", "state"): DRAFTS,
    ("demand_line", "state"): DRAFTS, ("demand_plan", "state"): DRAFTS,
    ("call", "direction"): DIRECTIONS, ("signature", "side"): SIDES,
    ("check_item", "kind"): CHECKED, ("shift", "day_kind"): DAYS,
    ("safe_day", "scope"): SCOPES, ("safe_day", "effect"): EFFECTS,
    ("map_layer", "kind"): LAYERS, ("map_layer", "style"): STYLES,
    ("finding", "kind"): {"improvement": mark("code|improvement")},
    ("equipment_check", "kind"): CARES, ("scenario", "lang"): LANGUAGES}
"""Columns of one table."""

ANYWHERE: Mapping[str, Mapping[Any, str]] = {
    "form": FORM_NAMES, "content": CONTENT_NAMES, "purpose": PURPOSE_NAMES,
    "branch": BRANCH_NAMES, "subtype": SUBTYPE_NAMES, "way": {**ROLL_WAY_NAMES, **WAY_NAMES},
    "source": WAY_NAMES, "kind": TABLE_NAMES, "from_kind": TABLE_NAMES, "library": TABLE_NAMES}
"""Columns that hold the same codes wherever they stand; kinds are those of records."""


def names_of(table: str, column: str) -> Mapping[Any, str]:
    """The words of a column's codes; none where it holds no codes."""
    return CODES.get((table, column)) or ANYWHERE.get(column, {})
