"""Nothing typed is ever lost, and a double Enter makes one record."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import NOW
from ui.widgets.quick_entry import EntryKind, QuickEntry


@pytest.fixture
def entry(qtbot, theme):
    entry = QuickEntry(theme)
    qtbot.addWidget(entry)
    entry.set_kinds(
        [EntryKind("call", "来电"), EntryKind("note", "记事"), EntryKind("fax", "来文")]
    )
    entry.resize(900, 56)
    entry.show()
    entry.tick(NOW)
    entry.sent = []
    entry.submitted.connect(lambda kind, words: entry.sent.append((kind, words)))
    return entry


def test_words_stay_until_they_are_stored(qtbot, entry):
    qtbot.keyClicks(entry.line, " bridge closed ")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert entry.sent == [("call", "bridge closed")]
    assert entry.words == " bridge closed "
    entry.stored()
    assert entry.words == ""


def test_a_double_enter_makes_one_record(qtbot, entry):
    qtbot.keyClicks(entry.line, "once")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    qtbot.keyClick(entry.line, Qt.Key.Key_Enter)
    assert len(entry.sent) == 1


def test_words_typed_while_storing_are_kept(qtbot, entry):
    qtbot.keyClicks(entry.line, "first")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    qtbot.keyClicks(entry.line, " second")
    entry.stored()
    assert entry.words == "second"


def test_a_failure_keeps_the_words_says_so_and_can_be_tried_again(qtbot, entry):
    qtbot.keyClicks(entry.line, "kept")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    entry.failed("The disk is full.")
    assert (entry.words, entry.toolTip()) == ("kept", "The disk is full.")
    entry.grab()
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert len(entry.sent) == 2


def test_esc_loses_nothing_and_blank_is_not_sent(qtbot, entry):
    qtbot.keyClicks(entry.line, "half")
    qtbot.keyClick(entry.line, Qt.Key.Key_Escape)
    assert entry.words == "half"
    entry.keep("   ")
    qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert entry.sent == []


def test_kind_changes_by_keys_and_by_menu(qtbot, entry):
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(entry.line, Qt.Key.Key_Down, control)
    assert entry.kind == "note"
    qtbot.keyClick(entry.line, Qt.Key.Key_Up, control)
    qtbot.keyClick(entry.line, Qt.Key.Key_Up, control)
    assert entry.kind == "fax"
    menu = entry.kinds_menu()
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert (entry.kind, entry.chip.text()) == ("note", "记事")


@pytest.mark.parametrize("width", [420, 900])
def test_nothing_overlaps(entry, width):
    entry.set_event("0147")
    entry.resize(width, 56)
    assert entry.chip.geometry().right() < entry.line.x()
    assert entry.line.geometry().right() < width - entry._hint_width()
