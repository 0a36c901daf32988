"""Audit codes 审计代码: which columns hold codes, and the words that the rooms have for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dispatch.bulletins import BULLETIN_NAMES
from dispatch.calls import OUTCOME_NAMES
from dispatch.drills.terms import DRILL_STATE_NAMES
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
from resources.people import ROLE_NAMES
from resources.terms import MOVEMENT_NAMES

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
    ("drill", "state"): DRILL_STATE_NAMES}
