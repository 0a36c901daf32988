"""A rule is changed in cells with named columns; what cannot be read is refused where it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from resources.rules import rule, rule_history, rules
from tests.ui.live_room import LiveRoom
from ui.dialogs.rule import RuleBox

K = Qt.Key


def box_of(live: LiveRoom, code: str) -> RuleBox:
    live.window.show_page("settings", 4)
    section = live.room.settings_page.rules
    section.table.choose(rule(live.store, code).id)
    section.table.setFocus()
    live.key(K.Key_Return)
    box = live.front
    assert isinstance(box, RuleBox)
    return box


def fill(live: LiveRoom, box: RuleBox, row: int, column: int, text: str) -> None:
    """As typed: the editor opens over the cell and Enter writes it."""
    assert box.table is not None
    box.table.setFocus()
    box.table.setCurrentIndex(box.model.index(row, column))
    QTest.keyClick(box.table, K.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClick(editor, K.Key_A, Qt.KeyboardModifier.ControlModifier)
    live.type(text)
    QTest.keyClick(editor, K.Key_Return)
    QCoreApplication.processEvents()


def test_a_table_is_filled_in_by_its_cells_and_its_history_says_by_whom(live: LiveRoom) -> None:
    box = box_of(live, "report.first")
    assert [box.model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        "Level", "by phone", "in writing"]
    fill(live, box, 1, 2, "45")
    assert box.problem.isHidden()
    box.enter.click()
    live.settle()
    new = rules(live.store)
    [made] = [r for r in new if r.code == "report.first" and not r.uncertain]
    assert made.value["2"] == {"phone": 15, "written": 45}
    assert made.value["1"] == {"phone": 15, "written": 60}
    assert rule_history(live.store, "report.first")[0].by_name == live.desk.officer.name
    box = box_of(live, "report.first")
    assert box.history.model().rowCount() == 2


def test_what_cannot_be_read_is_refused_at_its_cell_and_nothing_is_written(live: LiveRoom) -> None:
    before = len(rules(live.store))
    box = box_of(live, "turnout.minutes")
    fill(live, box, 2, 1, "soon")
    assert "not a number" in box.problem.text()
    box.enter.click()
    assert box.isVisible()
    assert box.table is not None
    assert (box.table.currentIndex().row(), box.table.currentIndex().column()) == (2, 1)
    assert len(rules(live.store)) == before
    fill(live, box, 2, 1, "９")
    assert box.problem.isHidden()
    box.form.fill({"valid_from": "tomorrow"})
    box.enter.click()
    assert box.isVisible()
    assert len(rules(live.store)) == before


def test_lines_are_added_and_taken_out_and_the_mark_stays_where_wanted(live: LiveRoom) -> None:
    box = box_of(live, "drill.sectors")
    box.add_row()
    fill(live, box, len(box.rows) - 1, 0, "水上")
    assert box.table is not None
    box.table.setCurrentIndex(box.model.index(0, 0))
    box.remove_row()
    box.form.fill({"uncertain": True})
    box.enter.click()
    live.settle()
    made = [r for r in rules(live.store) if r.code == "drill.sectors"][-1]
    assert "水上" in made.value
    assert "防汛" not in made.value
    assert made.uncertain


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_rule_shows_what_only_a_program_reads(live: LiveRoom, language: str,
                                                 request: pytest.FixtureRequest) -> None:
    if language == "zh_CN":
        request.getfixturevalue("chinese")
    live.window.show_page("settings", 4)
    section = live.room.settings_page.rules
    for row in section.model.rows:
        section.table.choose(row.id)
        box = RuleBox(live.theme, live.desk, row)
        said = [box.lead.text(), *(c.text(row) for c in section.model.columns)]
        if box.table is not None:
            said += [c.text(r) for r in box.model.rows for c in box.model.columns]
        assert not [words for words in said if set('{}[]"') & set(words)
                    and not isinstance(row.value, str)]
        box.deleteLater()
