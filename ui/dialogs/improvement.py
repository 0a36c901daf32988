"""Review forms 复盘表单: what the law asks to be summed up, improvements and their closing."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.events import Event
from dispatch.review import (
    PART_NAMES,
    Improvement,
    Review,
    add_improvement,
    close_improvement,
    edit_improvement,
    review,
    write_review,
)
from resources.localtime import local_day
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme

DAYS = 30
"""Days that an improvement is given where nothing else is said."""


class ReviewSheet(Sheet):
    """经过, 原因, 经验教训, 改进措施, and to whom it was reported; Ctrl+Enter commits."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Event) -> None:
        super().__init__(theme, desk, host, t("After-action {number}", number=of.number),
                         draft=f"review:{of.id}", width=640)
        self.of = of
        for name in ("course", "cause", "lessons", "measures"):
            self.form.text(name, t(PART_NAMES[name]), lines=4)
        self.form.line("reported_to", t(PART_NAMES["reported_to"]))
        self.form.line("reported_at", t("Reported at"), hint="2026-11-23 21:47")
        old = review(desk.store, of.id)
        self.form.fill({n: getattr(old, n) for n in PART_NAMES})
        if not old.course:
            self.form.fill({"course": of.summary, "cause": old.cause or of.cause})

    def commit(self) -> Review:
        v = self.form.values
        return write_review(self.desk.store, self.of.id, {n: str(v[n]) for n in PART_NAMES},
                            reported_at=self.read_time("reported_at"), by=self.desk.officer)


class ImprovementSheet(Sheet):
    """A problem and what will be better, by whom and until when; it is due from then on."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: RowId,
                 old: Improvement | None = None) -> None:
        super().__init__(theme, desk, host, t("Improvement"),
                         draft="" if old else f"improvement:{event}")
        self.event_id, self.old = event, old
        self.form.text("problem", t("paper|Problem"), lines=3)
        self.form.text("measure", t("paper|Measure to improve"), lines=3)
        self.form.line("owner", t("paper|Responsible"), required=True)
        self.form.line("due_on", t("paper|Deadline"), required=True, hint="2026-12-31")
        until = old.due_on if old else local_day(desk.now()) + timedelta(days=DAYS)
        self.form.fill({"due_on": until.isoformat() if until else ""})
        if old is not None:
            self.form.fill({"problem": old.problem, "measure": old.measure, "owner": old.owner})

    def commit(self) -> Improvement:
        v, store = {n: str(x) for n, x in self.form.values.items()}, self.desk.store
        day = self._day(v["due_on"])
        if self.old is not None:
            return edit_improvement(store, self.old.id, problem=v["problem"],
                                    measure=v["measure"], owner=v["owner"], due_on=day,
                                    by=self.desk.officer)
        return add_improvement(store, self.event_id, v["problem"], measure=v["measure"],
                               owner=v["owner"], due_on=day, by=self.desk.officer)

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text.strip())
        except ValueError as error:
            raise Refused("“{text}” is not a day. Write it as 2027-01-01.", field="due_on",
                          text=text) from error


class OutcomeSheet(Sheet):
    """销号: what came of an improvement."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Improvement) -> None:
        super().__init__(theme, desk, host, t("Close the improvement"),
                         draft=f"outcome:{of.id}", verb=t("verb|Close"))
        self.of = of
        self.rows.insertWidget(0, self.note(f"{of.problem}\n{of.measure}".strip()))
        self.form.line("outcome", t("Outcome"), required=True)

    def commit(self) -> Improvement:
        return close_improvement(self.desk.store, self.of.id,
                                 str(self.form.values["outcome"]), by=self.desk.officer)
