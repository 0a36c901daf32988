"""Rules of the drill book 演练规则: what a year must hold, and how answers become a score."""

from __future__ import annotations

from db.words import mark
from resources.rules import Rule

LOCAL = mark("Common practice; fix by local regulation")
WORK_PLAN = mark("The bureau's work plan, item 33")
SINCE = "2024-11-01"

LARGE = Rule("drill.large", 5, "", mark("Large drills a year, at least"), WORK_PLAN, False, SINCE)
SECTORS = Rule("drill.sectors", ["防汛", "自然灾害", "危化", "道路", "建筑", "消防", "特种设备",
                                 "燃气", "人员密集场所"], "",
               mark("Key sectors that each hold a drill every year"), WORK_PLAN, True, SINCE)
FILING = Rule("drill.filing", "03-31", "", mark("The yearly plan is filed by (month and day)"),
              WORK_PLAN, False, SINCE)
SPECIAL = Rule("drill.special", 3, "y", mark("A special plan is drilled at least every"),
               mark("Rules on emergency plans of 2013; check against those of 2024"), True, SINCE)
TOWNS = Rule("drill.towns", 2, "y", mark("A town or street holds a drill at least every"),
             mark("Regulation on work-safety emergencies, Art. 8"), False, "2019-04-01")
SCORE = Rule("drill.score", [{"from": 90, "grade": "excellent"}, {"from": 80, "grade": "good"},
                             {"from": 60, "grade": "passed"}, {"from": 0, "grade": "failed"}], "",
             mark("Grade of a drill by its score: the share of yes among yes and no, of 100"),
             LOCAL, True, SINCE)
ACTION_DAYS = Rule("drill.action_days", 30, "d",
                   mark("A corrective action without another deadline is due after"), LOCAL,
                   True, SINCE)
BOOK_RULES = (LARGE, SECTORS, FILING, SPECIAL, TOWNS, SCORE, ACTION_DAYS)
