"""Keeping rules 管理规则: inspection, test, filing and evaluation periods as rule rows."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

LOCAL = mark("Common practice; fix by local regulation")
KEEPING_RULES = (
    Rule("equipment.inspect", 6, "months", mark("Equipment is inspected every"), LOCAL, True,
         "2024-11-01"),
    Rule("equipment.test", 12, "months", mark("Equipment is tested every"), LOCAL, True,
         "2024-11-01"),
    Rule("plan.file_days", 20, "d", mark("A plan is filed after its issue within (working days)"),
         mark("State Council Office (2024) No. 5, Art. 26"), False, "2024-01-31"),
    Rule("plan.evaluate", 36, "months", mark("A plan is evaluated every"),
         mark("Common understanding of the plan rules; check"), True, "2024-01-31"),
    Rule("upkeep.ahead", 30, "d", mark("Upkeep is shown ahead by"), LOCAL, True, "2024-11-01"),
)
