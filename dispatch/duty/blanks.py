"""Blank forms 空白表单: the papers of the watch to be filled in by hand, in the same layout."""

from __future__ import annotations

from enum import StrEnum

from db.store import Store
from db.words import mark
from dispatch.duty.papers import district
from dispatch.printouts.handover import blank_handover
from dispatch.printouts.log_sheet import blank_call_record, blank_log, blank_roll_call
from dispatch.printouts.sheet import Sheet


class Blank(StrEnum):
    """Which form; what is written on it is entered afterwards as back-filled 补录."""

    HANDOVER = "handover"    # 交接班记录
    LOG = "log"              # 值班日志
    CALL = "call"            # 来电登记
    ROLL_CALL = "roll-call"  # 点名登记


BLANK_NAMES = {Blank.HANDOVER: mark("blank|Handover, blank"), Blank.LOG: mark("blank|Log, blank"),
               Blank.CALL: mark("blank|Call record, blank"),
               Blank.ROLL_CALL: mark("blank|Roll-call sheet, blank")}


def blank_sheet(store: Store, which: Blank) -> Sheet:
    """The form; a roll-call sheet has the units of the net with their duty phones."""
    org = district(store).org
    if which is Blank.ROLL_CALL:
        units = tuple((r["name"], r["duty_phone"]) for r in store.read(
            "select name, duty_phone from unit where on_net = 1 and active = 1 order by id"))
        return blank_roll_call(org, units)
    return {Blank.HANDOVER: blank_handover, Blank.LOG: blank_log,
            Blank.CALL: blank_call_record}[which](org)
