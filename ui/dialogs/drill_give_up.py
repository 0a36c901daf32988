"""Giving a drill up 放弃演练: with the reason; it counts nowhere and its folder stays."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from dispatch.drills.keeping import Drill, abandon_drill
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class GiveUpSheet(Sheet):
    """A drill that will not be held, or whose store is lost."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Drill) -> None:
        super().__init__(theme, desk, host, t("Give drill {number} up", number=of.number),
                         draft=f"drill:up:{of.id}", verb=t("Give up"))
        self.of = of
        self.rows.insertWidget(0, self.note(t(
            "{title}. It will have no record and count nowhere; its folder {folder} stays.",
            title=of.title, folder=of.folder)))
        self.form.line("reason", t("Reason"), required=True)

    def commit(self) -> Drill:
        return abandon_drill(self.desk.store, self.of.id, str(self.form.values["reason"]),
                             by=self.desk.officer)
