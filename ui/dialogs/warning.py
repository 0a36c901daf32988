"""Warnings 预警: one that came in is written down; one that is over is lifted."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.terms import COLOR_NAMES
from dispatch.warnings import (
    HazardWarning,
    WarningId,
    in_force,
    issue_warning,
    lift_warning,
    run_out,
    warning,
)
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

NEW = 0


class WarningSheet(Sheet):
    """Alt+W. `chosen` is the warning to lift; without it a new one is written down."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, chosen: int = NEW) -> None:
        super().__init__(theme, desk, host, t("Warning"), width=720, draft="warning",
                         verb=t("verb|Save"))
        now = desk.now()
        standing = [*in_force(desk.store, now), *run_out(desk.store, now)]
        grid = self.grid
        grid.wide(20)
        grid.choice("which", t("About"), [
            Choice(NEW, t("A new warning")),
            *(Choice(int(w.id), t("Lift: {name}", name=w.name)) for w in standing)])
        grid.wide(5)
        grid.line("kind", t("warning|Kind"), hint=t("such as heavy rain"))
        grid.choice("color", t("Colour"), [Choice(n, t(words)) for n, words in
                                           COLOR_NAMES.items()])
        grid.line("issuer", t("Issued by"))
        grid.line("hours", t("Valid for (hours)"))
        grid.wide(20)
        grid.line("area", t("Area"))
        grid.text("text", t("Word for word (Ctrl+Enter commits)"), lines=2)
        self.form.fill({"which": chosen, "color": 4})
        self.add_button(t("From a file…"), self.read_file, "Ctrl+O")
        self.add_button(t("To a file…"), self.write_file, "Ctrl+S")

    def read_file(self) -> None:
        """Ctrl+O: the sheet that reads a CAP file takes this one's place; its draft stays."""
        from ui.dialogs.cap import show_cap_sheet

        self.leave()
        show_cap_sheet(self.theme, self.desk, self.host)

    def write_file(self) -> None:
        """Ctrl+S: the warning that is chosen as a CAP file.

        Raises:
            Refused: none is chosen.
        """
        from ui.dialogs.cap import save_as_file

        which = int(str(self.form.values["which"] or NEW))
        if which == NEW:
            raise Refused("Choose the warning first that is to be saved as a file.",
                          field="which")
        save_as_file(self, self.desk, warning(self.desk.store, WarningId(RowId(which))))

    def commit(self) -> HazardWarning:
        v, desk = self.form.values, self.desk
        which = int(str(v["which"] or NEW))
        if which != NEW:
            return lift_warning(desk.store, WarningId(RowId(which)), by=desk.officer)
        hours = self.check_number("hours")
        if hours is not None and hours <= 0:
            raise Refused("A warning is valid for more than 0 hours.", field="hours")
        ends = desk.now() + timedelta(hours=hours) if hours else None
        return issue_warning(desk.store, str(v["kind"]).strip(), int(str(v["color"])),
                             str(v["issuer"]).strip(), area=str(v["area"]).strip(),
                             text=str(v["text"]).strip(), ends_at=ends, by=desk.officer)
