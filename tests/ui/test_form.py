"""Forms and tables by keyboard."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import NOW
from ui.rows_model import Column, RowsModel
from ui.widgets.form import Choice, Form
from ui.widgets.table import TableView


@pytest.fixture
def form(qtbot, theme):
    form = Form(theme)
    qtbot.addWidget(form)
    form.line("title", "Title", required=True)
    form.choice("kind", "Kind", [Choice(1, "Fire"), Choice(2, "Flood")])
    form.text("course", "Course")
    form.number("dead", "Dead", unit="people")
    form.moment("received", "Received", NOW)
    form.check("verified", "Verified by calling back")
    form.resize(500, 400)
    form.show()
    form.activateWindow()
    qtbot.waitExposed(form)
    return form


def test_values_come_back_as_given(form):
    wanted = {"title": "泄漏", "kind": 2, "course": "一\n二", "dead": 3, "received": NOW,
              "verified": True}  # fmt: skip
    form.fill(wanted)
    assert form.values == wanted


def test_numbers_are_to_be_seen(form):
    form.fill({"dead": 7})
    box = form.field("dead")
    assert box.lineEdit().width() > 100
    assert box.lineEdit().height() >= box.fontMetrics().height()
    empty = box.grab().toImage()
    form.fill({"dead": 8})
    assert box.grab().toImage() != empty


def test_tab_order_is_reading_order(qtbot, form):
    names = ["title", "kind", "course", "dead", "received", "verified"]
    form.field("title").setFocus()
    for name in names[:5]:
        assert form.field(name).hasFocus(), name
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        if name == "received":
            break


def test_enter_commits_but_breaks_lines_in_long_text(qtbot, form):
    heard = []
    form.submitted.connect(lambda: heard.append(1))
    qtbot.keyClick(form.field("title"), Qt.Key.Key_Return)
    qtbot.keyClick(form.field("course"), Qt.Key.Key_Return)
    assert heard == [1]
    qtbot.keyClick(form.field("course"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1, 1]
    assert form.values["course"] == "\n"


def test_what_is_wrong_is_said_beside_the_field(form):
    assert form.missing()
    problem = form._fields["title"].problem
    assert (problem.text(), problem.isVisible()) == ("Title is needed.", True)
    assert form.field("title").hasFocus()
    form.fill({"title": "x"})
    assert not form.missing()
    assert not problem.isVisible()
    with pytest.raises(KeyError):
        form.show_error("nothing", "?")


def test_table_sorts_by_its_head_and_opens_by_enter(qtbot, theme):
    right = Qt.AlignmentFlag.AlignRight
    model = RowsModel(
        [Column("Name", lambda r: r[0], stretch=True),
         Column("Count", lambda r: str(r[1]), right, 80, sort_key=lambda r: r[1])],
        lambda r: r[0],
    )  # fmt: skip
    model.replace([("tent", 100), ("bed", 9), ("quilt", 20)])
    table = TableView(theme, model, "Supplies")
    qtbot.addWidget(table)
    table.allow_sorting(0)
    table.resize(500, 300)
    table.show()
    assert [row[0] for row in model.rows] == ["bed", "quilt", "tent"]
    at = table.head.sectionViewportPosition(1) + 20
    qtbot.mouseClick(
        table.head.viewport(), Qt.MouseButton.LeftButton,
        pos=table.head.viewport().rect().topLeft().__class__(at, 10),
    )  # fmt: skip
    assert sorted(row[1] for row in model.rows) in ([r[1] for r in model.rows],
                                                    [r[1] for r in model.rows][::-1])  # fmt: skip
    table.choose("quilt")
    with qtbot.waitSignal(table.activated_row) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [("quilt", 20)]
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()
    table.grab()
