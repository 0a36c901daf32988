"""What the watch of the sample has in hand: reminders for this shift and the next."""

from __future__ import annotations

from datetime import timedelta

from db.clock import to_text
from dispatch.sample.paper import Paper
from resources.localtime import at_local, local
from resources.people import SYSTEM

REMINDERS = (("催问各镇街森林防火值守情况", 9), ("报送节前安全检查方案", 15))
"""What is to be done, and at what hour of the next day."""


def fill(paper: Paper) -> None:
    """Two reminders for the day after."""
    tomorrow = local(paper.sample.now + timedelta(days=1))
    for title, hour in REMINDERS:
        due = at_local(tomorrow.date(), tomorrow.time().replace(hour=hour, minute=0, second=0,
                                                                microsecond=0))
        paper.sample.tx.insert("reminder", {"title": title, "due_at": to_text(due),
                                            "by": SYSTEM.id})
