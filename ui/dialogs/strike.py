"""The strike form 划线更正: why an entry is struck, and what it should have said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.log import LogEntry, strike_entry
from resources.localtime import clock_text
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class StrikeSheet(Sheet):
    """The entry stays readable; a correction with its reason follows it."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, entry: LogEntry) -> None:
        super().__init__(theme, desk, host, t("Strike entry {no}", no=entry.no),
                         draft=f"strike:{entry.id}", verb=t("verb|Strike"))
        self.entry = entry
        self.rows.insertWidget(0, self.note(f"{clock_text(entry.at)} {entry.text}", tone=""))
        self.form.line("reason", t("Reason"), required=True)
        self.form.text("corrected", t("Corrected text (Ctrl+Enter commits)"), lines=3)
        self.form.fill({"corrected": entry.text})

    def commit(self) -> LogEntry:
        v = self.form.values
        text = str(v["corrected"]).strip()
        return strike_entry(self.desk.store, self.entry.id, reason=str(v["reason"]),
                            corrected="" if text == self.entry.text else text,
                            by=self.desk.officer)
