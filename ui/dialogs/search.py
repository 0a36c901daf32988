"""The search palette 检索 (Ctrl+K): one line over everything, results while typing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from db import search
from db.change import RowId
from db.words import mark, t
from dispatch.log import LogId, entry
from dispatch.terms import ENTRY_NAMES
from resources import localtime
from resources.reach import called
from ui.desk import Desk
from ui.theme import Theme
from ui.widgets.mixed_list import MixedList
from ui.widgets.paint import Canvas, Side
from ui.widgets.row_list import RowDelegate

ROW, SECTION, WIDTH, SHOWN = 40, 28, 640, 10
PEOPLE = ("officer", "expert", "net_contact")
PER_KIND, LOG_SHOWN, LOOKED = 6, 8, 60

KINDS: dict[str, tuple[str, str]] = {
    "event": ("alert-triangle", mark("kind|Events")),
    "force": ("firetruck", mark("kind|Forces")),
    "equipment": ("truck", mark("kind|Equipment")),
    "supply": ("package", mark("kind|Supplies")),
    "warehouse": ("building-warehouse", mark("kind|Warehouses")),
    "expert": ("certificate", mark("kind|Experts")),
    "plan": ("book-2", mark("kind|Plans")),
    "hazard": ("flask", mark("kind|Hazard sources")),
    "shelter": ("home-check", mark("kind|Shelters")),
    "unit": ("phone-outgoing", mark("kind|Units of the net")),
    "officer": ("user", mark("kind|Officers")),
    "net_contact": ("user", mark("kind|Contacts")),
    "paper": ("file-text", mark("register|Papers")),
    "drill_line": ("target-arrow", mark("kind|Planned drills")),
    "place": ("map-pin", mark("kind|Place names")),
    "log": ("notes", mark("kind|Duty log")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the results; a section head has no page to go to."""

    kind: str
    id: int
    words: str
    note: str = ""
    page: str = ""
    what: object = None


class FoundDelegate(RowDelegate[Found]):
    """Icon, name and what stands beside it; section heads in small muted words."""

    def draw(self, canvas: Canvas, rect: QRect, row: Found) -> None:
        px, p, centre = self.theme.px, canvas.palette, rect.center().y() + 1
        if not row.page:
            canvas.painter.fillRect(rect, p.raised)
            canvas.text(row.words, rect.left() + px(16), centre, 12, p.muted, bold=True)
            return
        canvas.icon(KINDS[row.kind][0], rect.left() + px(16), centre, 16, p.muted)
        right = rect.right() - px(16)
        if row.note:
            right -= px(12) + canvas.text(row.note, right, centre, 12, p.muted, side=Side.RIGHT,
                                          width=px(260))
        left = rect.left() + px(44)
        canvas.text(row.words, left, centre, 14, p.text, width=right - left)

    def row_height(self, row: Found) -> int:
        return ROW if row.page else SECTION


class SearchDialog(QDialog):
    """Han characters, pinyin, initials, digits or codes. Up, Down, Enter; Esc closes.

    `go(page, what)` names the page of the record that was chosen.
    """

    go = Signal(str, object)

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.theme, self.desk = theme, desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("Search"))
        self.line, self.note = QLineEdit(), QLabel()
        self.line.setAccessibleName(t("Search"))
        self.line.setPlaceholderText(t("Name, pinyin, initials, phone, number, words of the log"))
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.list: MixedList[Found] = MixedList(
            theme, t("Results"), FoundDelegate(theme, ROW),
            identity=lambda row: (row.kind, row.id), spoken=lambda row: row.words)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.rows_model.set_inert(lambda row: not row.page)
        self.note.setProperty("tone", "muted")
        self._build()
        self.line.textChanged.connect(self.look)
        self.line.returnPressed.connect(self.choose)
        self.list.activated_row.connect(self._go_to)
        self.list.clicked.connect(lambda _index: self.choose())
        self.look("")

    def _build(self) -> None:
        px = self.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(8))
        for widget in (self.line, self.list, self.note):
            column.addWidget(widget)
        self.setFixedWidth(px(WIDTH))
        self.list.setFixedHeight(px(ROW) * SHOWN)
        host = self.parentWidget()
        if host is not None:
            corner = host.mapToGlobal(host.rect().topLeft())
            self.move(corner.x() + (host.width() - self.width()) // 2, corner.y() + px(64))

    def look(self, words: str) -> None:
        """Show what matches; the first record is chosen."""
        rows = self.results(words.strip()) if words.strip() else []
        self.list.set_rows(rows)
        first = next((n for n, row in enumerate(rows) if row.page), None)
        if first is not None:
            self.list.setCurrentIndex(self.list.rows_model.index(first, 0))
        self.note.setText(self._note(words, found=any(r.page for r in rows)))

    def _note(self, words: str, *, found: bool) -> str:
        if found:
            return t("↑ ↓ choose   Enter open   Esc close")
        if words.strip():
            return t("Nothing found for “{words}”. One or two characters, pinyin, initials or"
                     " digits are enough.", words=words.strip())
        return t("Events, forces, supplies, people and the log: one or two characters, pinyin or"
                 " digits are enough.")

    def results(self, words: str) -> list[Found]:
        """Section heads and records, kind by kind, the log last."""
        db = self.desk.store.db
        hits = search.find_names(db, words, LOOKED)
        if len(hits) == LOOKED:  # newer records may stand before all people of that name
            people = search.find_among(db, words, PEOPLE, LOOKED)
            hits += [hit for hit in people if hit not in hits]
        rows: list[Found] = []
        for kind, (_icon, name) in KINDS.items():
            own = [self._record(hit) for hit in hits if hit.kind == kind][:PER_KIND]
            if kind == "log":
                own = [self._entry(id_) for id_ in
                       search.find_log(db, words, LOG_SHOWN)]
            if own:
                rows += [Found(kind, -1, t(name)), *own]
        return rows

    def _record(self, hit: search.Hit) -> Found:
        if hit.kind == "event":
            return Found(hit.kind, hit.id, hit.title, page="event", what=hit.id)
        if hit.kind == "paper":
            return Found(hit.kind, hit.id, hit.title, page="registers", what=f"paper:{hit.id}")
        if hit.kind == "drill_line":
            return Found(hit.kind, hit.id, hit.title, page="drillplan", what=f"drillline:{hit.id}")
        person = called(self.desk.store, hit.kind, hit.id)
        if hit.kind == "officer":
            return Found(hit.kind, hit.id, hit.title, person.note, "roster", hit.id)
        page = "map" if hit.kind == "place" else "libraries"
        return Found(hit.kind, hit.id, hit.title, person.note, page,
                     person.at or (hit.kind, hit.id))

    def _entry(self, id_: RowId) -> Found:
        found = entry(self.desk.store, LogId(id_))
        note = f"{t(ENTRY_NAMES[found.kind])} {localtime.moment_text(found.at)}"
        page, what = ("event", found.event_id) if found.event_id else ("desk", found.id)
        return Found("log", id_, found.text, note, page, what)

    def choose(self) -> None:
        """Open the page of the chosen record; with none chosen nothing happens."""
        row = self.list.current_row
        if row is not None and row.page:
            self._go_to(row)

    def _go_to(self, row: Found) -> None:
        if row.page:
            self.go.emit(row.page, row.what)
            self.accept()

    def _step(self, by: int) -> None:
        rows, here = self.list.rows_model.rows, self.list.currentIndex().row() + by
        while 0 <= here < len(rows) and not rows[here].page:
            here += by
        if 0 <= here < len(rows):
            self.list.setCurrentIndex(self.list.rows_model.index(here, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)
