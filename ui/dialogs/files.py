"""The files form 附件: photos, scans and files of an event, added by key or dropped in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeySequence,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QWidget

from db.attachments import Attachment, of_row
from db.change import RowId
from db.errors import Refused, StoreError
from db.words import t
from dispatch.filing import attach_files, attached, export_file, kept_path
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.theme import Theme

ICON, ROOM = 64, 300
LARGEST_SEEN = 30 * 2**20
"""Bytes of a picture of which a small one is drawn."""


def choose_files(parent: QWidget) -> list[str]:
    """The system's open dialog; empty when it was given up."""
    return QFileDialog.getOpenFileNames(parent, t("Attach files"))[0]


def choose_folder(parent: QWidget) -> str:
    return QFileDialog.getExistingDirectory(parent, t("Save a copy in"))


def open_outside(path: Path) -> bool:
    """Have the machine show a file with its own program."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class FilesSheet(Sheet):
    """A: the files of an event and of its entries; what is added belongs to `row`.

    `choose_files`, `choose_folder` and `open_outside` are how it asks the machine.
    """

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, title: str, row: RowId,
                 event: RowId | None = None) -> None:
        super().__init__(theme, desk, host, title, width=560, verb=t("verb|Attach…"))
        self.row, self.event_id = row, event
        self.choose_files: Callable[[QWidget], Sequence[str]] = choose_files
        self.choose_folder: Callable[[QWidget], str] = choose_folder
        self.open_outside: Callable[[Path], bool] = open_outside
        self.list = QListWidget()
        self.list.setAccessibleName(t("Attached files"))
        self.list.setIconSize(QSize(theme.px(ICON), theme.px(ICON)))
        self.list.setFixedHeight(theme.px(ROOM))
        self.list.itemActivated.connect(lambda _item: self.attempt(self.open_chosen))
        self.rows.insertWidget(0, self.note(t("Drop files here, or press Ctrl+O.")))
        self.rows.addWidget(self.list)
        self.add_button(t("Open"), self.open_chosen, "Ctrl+Return")
        self.add_button(t("Save a copy"), self.export_chosen, "Ctrl+S")
        self.hint.setText(t("Enter attaches · Esc closes"))
        QShortcut(QKeySequence("Ctrl+O"), self, self.ok.click,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAcceptDrops(True)
        self.load()

    def load(self) -> None:
        store = self.desk.store
        found = attached(store, self.event_id) if self.event_id == self.row \
            else of_row(store, self.row)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(self._icon(one), f"{one.name}\n{_size(one.size)}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(len(found) - 1)

    def _icon(self, one: Attachment) -> QIcon:
        if one.kind.startswith("image/") and one.size <= LARGEST_SEEN:
            try:
                picture = QPixmap(str(kept_path(self.desk.store, one)))
            except StoreError:
                return self.theme.icon("alert-triangle")
            if not picture.isNull():
                side = self.theme.px(ICON)
                return QIcon(picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio,
                                            Qt.TransformationMode.SmoothTransformation))
        return self.theme.icon("paperclip")

    @property
    def chosen(self) -> Attachment:
        """
        Raises:
            Refused: nothing is attached.
        """
        item = self.list.currentItem()
        if item is None:
            raise Refused("No file is attached yet.")
        found: Attachment = item.data(Qt.ItemDataRole.UserRole)
        return found

    def open_chosen(self) -> None:
        """Show a copy under its own name: what lies in the folder is never edited."""
        one = self.chosen
        folder = Path(tempfile.mkdtemp(prefix="watchdesk-"))
        copy = folder / one.name
        shutil.copyfile(kept_path(self.desk.store, one), copy)
        if not self.open_outside(copy):
            self.desk.told.emit(Tone.REFUSED, t("This machine has no program for {name}. Save a"
                                                " copy instead.", name=one.name))

    def export_chosen(self) -> None:
        one, folder = self.chosen, self.choose_folder(self)
        if folder:
            path = export_file(self.desk.store, one, Path(folder))
            self.desk.told.emit(Tone.DONE, t("Saved as {path}", path=path))

    def add(self, files: Sequence[str]) -> None:
        """Attach these files; the sheet stays for more."""
        attach_files(self.desk.store, self.row, [Path(f) for f in files], event=self.event_id,
                     by=self.desk.officer)
        self.load()

    def submit(self) -> None:
        files = self.choose_files(self)
        if files:
            self.attempt(lambda: self.add(files))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [u.toLocalFile() for u in event.mimeData().urls() if u.isLocalFile()]
        event.acceptProposedAction()
        self.attempt(lambda: self.add(files))

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _size(bytes_: int) -> str:
    return f"{bytes_ / 2**20:.1f} MB" if bytes_ >= 2**20 else f"{max(1, bytes_ // 1024)} KB"
