"""The file sheet 文件表单: a form that begins with a file, read before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.words import t
from ui.dialogs.sheet import Sheet


class FileSheet(Sheet):
    """Subclasses call `add_file` where the path stands in their form, and write `look`, which reads
    the file. `choose_file` is how it asks the machine."""

    choose_file: Callable[[QWidget], str]

    def add_file(self, choose: Callable[[QWidget], str], columns: int) -> None:
        """The line of the path, so many columns wide, and the button that chooses one."""
        self.choose_file = choose
        self.grid.wide(columns)
        self.grid.line("file", t("File"), required=True,
                       hint=t("Path, or Ctrl+O to choose")).editingFinished.connect(self.look)
        self.add_button(t("Choose a file…"), self.ask, "Ctrl+O")

    def ask(self) -> None:
        """Ctrl+O: choose a file with the machine's own dialog."""
        chosen = self.choose_file(self)
        if chosen:
            self.form.fill({"file": chosen})
            self.look()

    @property
    def typed(self) -> str:
        """The path as it stands in the form, without quotation marks."""
        return str(self.form.values["file"]).strip().strip('"')

    @property
    def path(self) -> Path:
        return Path(self.typed).expanduser()

    def look(self, *, again: bool = False) -> None:
        """Read the file in the background and say what it holds."""
        raise NotImplementedError
