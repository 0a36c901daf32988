"""Grading forms 定级·伤亡: level and casualties of an event."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.events import Event
from dispatch.grading import confirm_level, record_casualties, suggestion
from dispatch.levels import COUNT_NAMES, Counts, level_rules, suggest_level
from dispatch.terms import Level
from ui.desk import Desk
from ui.dialogs.intake import COUNTS, level_words
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice


class GradeSheet(Sheet):
    """G: the level that a person confirms, beside what the numbers suggest."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Level of {number}", number=event.number),
                         draft=f"grade:{event.id}", verb=t("verb|Confirm"))
        self.of = event
        found = suggestion(desk.store, event)
        words = found.reason
        if found.level:
            words = t("Suggested: {level}. {reason}. Basis: {basis}",
                      level=level_words(found.level), reason=found.reason, basis=found.basis)
        self.rows.insertWidget(0, self.note(words))
        self.form.choice("level", t("Level"), [
            *(Choice(int(v), level_words(v)) for v in Level), Choice(0, level_words(None))])
        self.form.line("basis", t("Basis"))
        self.form.fill({"level": int(found.level or event.level or 0),
                        "basis": t("; ").join((found.reason, found.basis)) if found.basis else ""})

    def commit(self) -> Event:
        v = self.form.values
        level = Level(int(str(v["level"]))) if v["level"] else None
        return confirm_level(self.desk.store, self.of.id, level, basis=str(v["basis"]),
                             by=self.desk.officer)


class CasualtySheet(Sheet):
    """C: the numbers as known now; each commit is a new point of the series."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, event: Event) -> None:
        super().__init__(theme, desk, host, t("Casualties of {number}", number=event.number),
                         draft=f"casualties:{event.id}", width=520, verb=t("verb|Record"))
        self.of, now = event, event.counts
        grid = self.grid
        grid.wide(5)
        for name in COUNTS:
            grid.number(name, t(COUNT_NAMES[name]), most=999_999)
        grid.line("loss", t("Loss (10,000 yuan)"), hint=t("not estimated"))
        grid.wide(10)
        grid.line("at", t("Known at"), hint=t("now, or such as 21:47"))
        grid.line("note", t("Source or note"))
        self.form.fill({n: getattr(now, n) for n in COUNTS})
        if now.loss_yuan is not None:
            self.form.fill({"loss": f"{now.loss_yuan / 10_000:g}"})
        self.hinted = self.note()
        self.rows.addWidget(self.hinted)
        self.form.edited.connect(self.look)
        self.look()

    def counts(self) -> Counts:
        """
        Raises:
            Refused: the loss is no number.
        """
        v = self.form.values
        loss = self.check_number("loss")
        return Counts(**{n: int(str(v[n])) for n in COUNTS},
                      loss_yuan=None if loss is None else loss * 10_000)

    def look(self) -> None:
        """Say which level the numbers would reach."""
        v = self.form.values
        typed = Counts(**{n: int(str(v[n])) for n in COUNTS}, loss_yuan=self.of.counts.loss_yuan)
        found = suggest_level(typed, self.of.subtype, level_rules(self.desk.store))
        self.hinted.setText(t("These numbers suggest: {level}. {reason}",
                              level=level_words(found.level), reason=found.reason))

    def commit(self) -> Event:
        return record_casualties(self.desk.store, self.of.id, self.counts(),
                                 at=self.read_time("at"), note=str(self.form.values["note"]),
                                 by=self.desk.officer)
