"""The form for a saved view 保存视图: its name; the same name replaces."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.words import t
from resources.listing import Asked
from resources.records import Library
from resources.views import ViewId, save_view
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class ViewSheet(Sheet):
    """Keeps filters, columns and order of the list in view."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, library: Library, asked: Asked,
                 columns: tuple[str, ...], words: str) -> None:
        super().__init__(theme, desk, host, t("Save this view"), width=400)
        self.library, self.asked, self.columns = library, asked, columns
        self.rows.insertWidget(0, self.note(words))
        self.form.line("name", t("view|Name"), required=True)

    def commit(self) -> ViewId:
        return save_view(self.desk.store, self.library, str(self.form.values["name"]), self.asked,
                         self.columns, by=self.desk.officer)
