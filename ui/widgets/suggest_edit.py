"""Type-ahead 输入联想: a line that offers known words by characters, pinyin and initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from db import search

MOST = 12
SPLIT = re.compile(r"[,，、;；\s]+")
JOIN = "、"


def matching(words: Sequence[str], typed: str, most: int = MOST) -> list[str]:
    """The words that hold what was typed, or whose pinyin or initials begin with it."""
    plain = typed.strip().lower()
    if not plain:
        return list(words[:most])
    found = [w for w in words if plain in w.lower()]
    if plain.isascii():
        known = set(found)
        found += [w for w in words if w not in known and any(
            sound.startswith(plain) for sound in search.sounds(w).split())]
    return found[:most]


class SuggestEdit(QLineEdit):
    """Down opens the list, Enter or Tab takes the marked word.

    With `several` the line holds words parted by 、 and the last one is looked up.
    """

    def __init__(self, words: Callable[[], Sequence[str]], *, several: bool = False) -> None:
        super().__init__()
        self.words, self.several = words, several
        self._known: Sequence[str] | None = None
        self.offer = QStringListModel(self)
        self.popup = QCompleter(self.offer, self)
        self.popup.setWidget(self)
        self.list = QListView()
        self.popup.setPopup(self.list)
        self.popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup.setMaxVisibleItems(MOST)
        self.popup.activated.connect(lambda word: self.take(str(word)))
        self.textEdited.connect(lambda _text: self.look())

    @property
    def chosen(self) -> list[str]:
        """The words of the line, each once."""
        return list(dict.fromkeys(w for w in SPLIT.split(self.text()) if w))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._known = None
        super().focusInEvent(event)

    def look(self, *, whole: bool = False) -> None:
        """Offer what fits the word under way; with `whole` everything when there is none."""
        if self._known is None:
            self._known = self.words()
        typed = SPLIT.split(self.text())[-1] if self.several else self.text()
        there = set(self.chosen) if self.several else set()
        offered = matching([w for w in self._known if w not in there], typed,
                           500 if whole else MOST)
        if not offered or offered == [typed] or (not typed and not whole):
            self.list.hide()
            return
        self.offer.setStringList(offered)
        self.popup.complete()

    def take(self, word: str) -> None:
        """Put a word of the list into the line."""
        if self.several:
            kept = SPLIT.split(self.text())[:-1]
            word = JOIN.join([*dict.fromkeys(w for w in kept if w), word]) + JOIN
        self.setText(word)
        self.textEdited.emit(word)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.list.isVisible():
            self.look(whole=True)
            return
        super().keyPressEvent(event)
