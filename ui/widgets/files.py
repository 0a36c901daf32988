"""Files of a record 附件: photos with thumbnails and documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImageReader,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.attachments import Attachment, of_row
from db.errors import WatchdeskError
from db.words import t
from resources.record_files import attach_file, export_file, file_of
from resources.records import Library
from ui.desk import Desk
from ui.theme import Theme

THUMB = 64
ICONS = Path(__file__).parent.parent / "assets" / "icons"


class FileList(QWidget):
    """Enter opens; the buttons add and export; a file dropped here is attached."""

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self.theme, self.desk = theme, desk
        self.library, self.row_id = Library.FORCE, 0
        self.files: Sequence[Attachment] = ()
        self.list, self.add_button, self.export_button = QListWidget(), QPushButton(), QPushButton()
        self.choose_files: Callable[[], list[str]] = self._ask_files
        self.choose_target: Callable[[str], str] = self._ask_target
        self.open_file: Callable[[Path], object] = lambda path: QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(path)))
        self.list.setIconSize(QSize(theme.px(THUMB), theme.px(THUMB)))
        self.list.itemActivated.connect(lambda _item: self.open_chosen())
        self.setAcceptDrops(True)
        buttons = QHBoxLayout()
        for button, act in ((self.add_button, self.add), (self.export_button, self.export)):
            button.clicked.connect(act)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)

    def show_record(self, library: Library, row_id: int) -> None:
        """The files of a record."""
        self.library, self.row_id = library, row_id
        self.files = of_row(self.desk.store, row_id)
        self.add_button.setText(t("Attach…"))
        self.export_button.setText(t("Export…"))
        self.export_button.setEnabled(bool(self.files))
        self.list.setAccessibleName(t("side|Files"))
        self.list.clear()
        for one in self.files:
            words = f"{one.name}\n{one.size / 1024:,.0f} KB"
            self.list.addItem(QListWidgetItem(self._icon(one), words))
        if self.files:
            self.list.setCurrentRow(0)
        else:
            empty = QListWidgetItem(t("No file yet. Attach one, or drop it here."))
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)

    def _icon(self, one: Attachment) -> QIcon:
        size = self.theme.px(THUMB)
        if one.kind.startswith("image/"):
            try:
                reader = QImageReader(str(file_of(self.desk.store, one)))
            except WatchdeskError:
                return QIcon()
            full = reader.size()
            if full.isValid():
                reader.setScaledSize(full.scaled(size, size,
                                                 Qt.AspectRatioMode.KeepAspectRatio))
            picture = QPixmap.fromImage(reader.read())
            if not picture.isNull():
                return QIcon(picture)
        return QIcon(str(ICONS / "file-text.svg"))

    def _ask_files(self) -> list[str]:
        return QFileDialog.getOpenFileNames(self, t("Attach files"))[0]

    def _ask_target(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, t("Export"), name)[0]

    @property
    def chosen(self) -> Attachment | None:
        number = self.list.currentRow()
        return self.files[number] if 0 <= number < len(self.files) else None

    def add(self) -> None:
        """Choose files and attach them."""
        self.attach([Path(name) for name in self.choose_files()])

    def attach(self, paths: Sequence[Path]) -> None:
        """Attach these files; what is refused is told on the message line."""
        for path in paths:
            self.desk.act(partial(self._attach, path), t("{name} is attached", name=path.name))
        if paths:
            self.show_record(self.library, self.row_id)

    def _attach(self, path: Path) -> None:
        attach_file(self.desk.store, self.library, self.row_id, path, by=self.desk.officer)

    def open_chosen(self) -> None:
        """Open the chosen file with the machine's own program."""
        one = self.chosen
        if one is not None and (path := self.desk.act(lambda: file_of(self.desk.store, one))):
            self.open_file(path)

    def export(self) -> None:
        """Write a copy of the chosen file."""
        one = self.chosen
        if one is not None and (target := self.choose_target(one.name)):
            self.desk.act(lambda: export_file(self.desk.store, one, Path(target)),
                          t("Written: {path}", path=target))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.attach([Path(url.toLocalFile()) for url in event.mimeData().urls()
                     if url.isLocalFile()])
