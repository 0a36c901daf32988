"""Parts of the handover page: the words that people write, and the signing beside them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.words import catalogue, t
from dispatch.duty.facts import EventFact
from dispatch.duty.handover import Handover, HandoverId, Words, auto_summary
from resources import localtime
from ui.theme import Theme
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.panel import Panel
from ui.widgets.signing import SignLine, SignPlace


def empty_layout(layout: QVBoxLayout | QFormLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class WordsPanel(Panel):
    """Summary, a line for each open event, remarks; `edited` tells of each key typed."""

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.dirty, self._shown = False, 0
        self.summary, self.remarks = QPlainTextEdit(), QPlainTextEdit()
        self.summary_label, self.remarks_label = QLabel(), QLabel()
        self.notes: dict[str, QLineEdit] = {}
        self.save = QPushButton()
        self.points = QFormLayout()
        inner, px = QWidget(), theme.px
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(6))
        for label, field in ((self.summary_label, self.summary),
                             (self.remarks_label, self.remarks)):
            label.setProperty("tone", "muted")
            field.setTabChangesFocus(True)
            field.textChanged.connect(self._on_edit)
        self.summary.setMinimumHeight(px(84))
        self.remarks.setMinimumHeight(px(60))
        column.addWidget(self.summary_label)
        column.addWidget(self.summary, 2)
        column.addLayout(self.points)
        column.addWidget(self.remarks_label)
        column.addWidget(self.remarks, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        for ground in (area.viewport(), inner):
            ground.setAutoFillBackground(False)  # the panel's own surface shines through
        self.body.addWidget(area)
        self.add_to_head(self.save)
        self.reword()

    def reword(self) -> None:
        self.set_title(t("Words of the shift"))
        self.summary_label.setText(t("Summary"))
        self.remarks_label.setText(t("Remarks"))
        for label, field in ((self.summary_label, self.summary),
                             (self.remarks_label, self.remarks)):
            field.setAccessibleName(label.text())
        self.save.setText(t("Keep the words"))

    def show_words(self, found: Handover, kept: dict[str, Any]) -> None:
        """Show the words on record, or those `kept` aside; what is being typed is left alone."""
        if self.dirty and self._shown == found.id and not found.sealed:
            return
        words = found.words
        if kept:
            words = Words(str(kept.get("summary", "")), dict(kept.get("notes", {})),
                          str(kept.get("remarks", "")))
        self._shown = found.id
        self.summary.setPlainText(found.summary if found.sealed else words.summary)
        self.summary.setPlaceholderText(auto_summary(found.facts))
        self.remarks.setPlainText(words.remarks)
        self._show_points(found, words)
        for field in (self.summary, self.remarks):
            field.setReadOnly(found.sealed)
        for line in self.notes.values():
            line.setReadOnly(found.sealed)
        self.save.setVisible(not found.sealed)
        self.dirty = bool(kept)
        self.save.setEnabled(self.dirty)

    def _show_points(self, found: Handover, words: Words) -> None:
        """A line for each open event; they stay while the events do, so that focus stays too."""
        events = found.facts.open_events
        if list(self.notes) != [e.number for e in events]:
            empty_layout(self.points)
            self.notes = {e.number: self._add_point(e) for e in events}
        for number, line in self.notes.items():
            line.setPlaceholderText(t("What the next shift must know"))
            if line.text() != words.notes.get(number, ""):
                line.setText(words.notes.get(number, ""))

    def _add_point(self, event: EventFact) -> QLineEdit:
        line, label = QLineEdit(), QLabel(event.number)
        line.setAccessibleName(f"{event.number} {event.title}")
        line.setToolTip(event.title)
        line.textEdited.connect(self._on_edit)
        label.setProperty("tone", "muted")
        self.points.addRow(label, line)
        return line

    @property
    def values(self) -> Words:
        return Words(self.summary.toPlainText(), {n: f.text() for n, f in self.notes.items()},
                     self.remarks.toPlainText())

    def _on_edit(self) -> None:
        if not self.summary.isReadOnly():
            self.dirty = True
            self.save.setEnabled(True)
            self.edited.emit()


class SignPanel(Panel):
    """Both sides' signing, then the seal with its code; below it the past handovers."""

    sign_asked = Signal(object, object, str)
    add_asked = Signal(str)
    past_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        px = theme.px
        self.lines: list[SignLine] = []
        self._state: object = None
        self.print_button, self.add_button = QPushButton(), QPushButton()
        self.addendum, self.past_label = QLineEdit(), QLabel()
        self.past_label.setProperty("tone", "muted")
        self.past = FactList(theme, t("Past handovers"))
        self.add_to_head(self.print_button)
        self.content = QVBoxLayout()
        self.content.setContentsMargins(px(16), px(12), px(16), px(8))
        self.content.setSpacing(px(8))
        self.body.addLayout(self.content)
        adding = QVBoxLayout()
        adding.setContentsMargins(px(16), 0, px(16), px(8))
        adding.setSpacing(px(8))
        adding.addWidget(self.addendum)
        adding.addWidget(self.add_button)
        self.body.addLayout(adding)
        self.body.addStretch(1)
        self.past_label.setContentsMargins(px(16), 0, 0, px(4))
        self.body.addWidget(self.past_label)
        self.body.addWidget(self.past, 2)
        self.add_button.clicked.connect(self._ask_to_add)
        self.addendum.returnPressed.connect(self._ask_to_add)
        self.past.activated_row.connect(lambda row: self.past_chosen.emit(int(row.key)))
        self.past.clicked.connect(lambda _i: self._open_past())
        self.reword()

    def reword(self) -> None:
        self.print_button.setText(t("Preview and print"))
        self.add_button.setText(t("Add to the record"))
        self.addendum.setPlaceholderText(t("Addendum after sealing"))
        self.addendum.setAccessibleName(t("Addendum"))
        self.past_label.setText(t("Past handovers"))

    def _open_past(self) -> None:
        row = self.past.current_row
        if row is not None:
            self.past_chosen.emit(int(row.key))

    def _ask_to_add(self) -> None:
        self.add_asked.emit(self.addendum.text())

    def show_past(self, found: tuple[tuple[HandoverId, str, bool], ...],
                  shown: HandoverId | None) -> None:
        """The list of past handovers; the one in view is chosen."""
        self.past.set_rows(Fact(str(id_), number, right=t("sealed") if sealed else t("draft"))
                           for id_, number, sealed in found)
        if shown is not None:
            self.past.choose(str(shown))

    def show_handover(self, found: Handover | None, places: tuple[SignPlace, ...]) -> None:
        """The seal of a sealed one, otherwise a line for each signature that is needed.

        Lines that stay the same are left alone: a password may be half typed in one.
        """
        state = (found.id, found.sealed, found.addenda, places, catalogue.language) \
            if found else None
        if state == self._state and self.lines:
            return
        self._state = state
        empty_layout(self.content)
        self.lines = []
        sealed = found is not None and found.sealed
        self.set_title(t("Sealed") if sealed else t("Signatures"))
        self.print_button.setVisible(found is not None)
        self.addendum.setVisible(sealed)
        self.add_button.setVisible(sealed)
        if found is None:
            return
        if sealed:
            self._show_seal(found)
        side = ""
        for place in places:
            if place.side != side:
                side = place.side
                self._say(t("Off duty") if side == "out" else t("On duty"), bold=True)
            self._add_line(place)
        for added in found.addenda:
            self._say(t("{at} {name}: {text}", at=localtime.moment_text(added.at),
                        name=added.name, text=added.text))

    def _show_seal(self, found: Handover) -> None:
        self._say(found.code, size=20, bold=True)
        at = localtime.moment_text(found.sealed_at, year=True) if found.sealed_at else ""
        self._say(t("{number} · sealed {at}", number=found.number, at=at))
        self._say(t("Change {no} of the chain, head {head}", no=found.chain_no,
                    head=found.chain_head[:16]), muted=True)

    def _say(self, words: str, *, size: int = 14, bold: bool = False, muted: bool = False
             ) -> None:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setStyleSheet(f"font-size: {self.theme.px(size)}px;"
                            f" font-weight: {700 if bold else 400};")
        if muted:
            label.setProperty("tone", "muted")
        self.content.addWidget(label)

    def _add_line(self, place: SignPlace) -> None:
        line = SignLine(self.theme, place)
        line.signed.connect(lambda who, password: self.sign_asked.emit(line, who, password))
        self.content.addWidget(line)
        self.lines.append(line)
