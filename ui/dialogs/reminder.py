"""Reminders 提醒: what is to be done at a time, by this shift or the next; ticked off when done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.reminders import Reminder, ReminderId, add_reminder, finish_reminder, open_reminders
from resources.localtime import moment_text, read_coming
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

NEW = 0


class ReminderSheet(Sheet):
    """Alt+R. `chosen` is the reminder to tick off; without it a new one is written down."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, chosen: int = NEW) -> None:
        super().__init__(theme, desk, host, t("Reminder"), width=560, draft="reminder")
        grid = self.grid
        grid.wide(20)
        self.which = grid.choice("which", t("About"), [
            Choice(NEW, t("A new reminder")),
            *(Choice(int(r.id), t("Done: {time} {title}", time=moment_text(r.due_at),
                                  title=r.title)) for r in open_reminders(desk.store))])
        self.title_line = grid.line("title", t("reminder|What is to be done"))
        self.when = grid.line("due_at", t("reminder|When"),
                              hint=t("reminder|07:00, or 2026-11-24 07:00"))
        self.form.fill({"which": chosen})
        self.which.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        """A reminder that is ticked off keeps its words."""
        new = int(str(self.form.values["which"] or NEW)) == NEW
        self.title_line.setEnabled(new)
        self.when.setEnabled(new)

    def commit(self) -> Reminder | None:
        v, desk = self.form.values, self.desk
        which = int(str(v["which"] or NEW))
        if which != NEW:
            finish_reminder(desk.store, ReminderId(RowId(which)), by=desk.officer)
            return None
        words = str(v["due_at"]).strip()
        try:
            due_at = read_coming(words, desk.now())
        except ValueError as error:
            raise Refused("{text} is not a time. Write 07:00 or 2026-11-24 07:00.",
                          field="due_at", text=words) from error
        return add_reminder(desk.store, str(v["title"]), due_at, by=desk.officer)
