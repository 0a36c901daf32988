"""The painted lists on real widgets: they paint, tick, speak and obey the keyboard."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.conftest import NOW, ago, ahead
from ui.theme import DARK, WALL_SCALE, StageTone
from ui.widgets.due_list import DueList, DueRow, Section, SectionRow
from ui.widgets.event_list import EventList, EventRow
from ui.widgets.force_list import ForceList, ForceRow
from ui.widgets.log_list import LogList, LogRow
from ui.widgets.row_list import full_width

EVENTS = [
    EventRow(1, "2026-0147", "液氨罐车侧翻", "石渠镇", 3, ago(minutes=72), 6, 8, "续报二",
             ahead(seconds=192)),
    EventRow(2, "2026-0148", "配电房起火", "柳湾镇", 4, ago(minutes=25)),
    EventRow(3, "2026-0149", "群众求助", "", 0, ago(minutes=4), 0, 40, "首报", ago(hours=2)),
]  # fmt: skip
DUE = [
    DueRow("a", ahead(minutes=30), "首报", "0148", ago(minutes=10), "F8"),
    DueRow("b", ago(seconds=40), "青鹰救援队 未到达", "0147", ago(minutes=45), "F5"),
    DueRow("c", ahead(hours=10), "交接班", "08:30"),
    DueRow("d", ahead(seconds=5), "续报二", "0147"),
]
FORCES = [
    ForceRow(1, "消防站", StageTone.CONTROL, "控制", 12, 3, ago(minutes=50), ago(minutes=38), 15,
             "1", "结束"),
    ForceRow(2, "青鹰救援队", StageTone.ENROUTE, "出动", 14, 3, ago(minutes=46), None, 45, "2",
             "到达"),
    ForceRow(3, "急救站", StageTone.RETURN, "归建", 9, 3, ago(minutes=60), ago(minutes=39), 20,
             done=True),
    ForceRow(4, "监测站", StageTone.ENROUTE, "出动", 6, 2, ago(minutes=2)),
]  # fmt: skip


def log(number, **more):
    return LogRow(number, ago(minutes=1), "来电", "phone-incoming", "石渠镇回电", **more)


def shown(qtbot, widget, width=900, height=330):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    widget.tick(NOW)
    return widget


def colors(widget, rect):
    image = widget.grab(rect).toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize("wall", [False, True])
def test_every_list_paints_by_day_and_by_night(qtbot, theme, wall):
    lists = [EventList(theme), DueList(theme), LogList(theme), ForceList(theme)]
    for one in lists:
        shown(qtbot, one)
        QAbstractItemModelTester(one.rows_model, one)
    lists[0].set_rows(EVENTS)
    lists[1].set_due(DUE)
    lists[2].set_rows(
        [log(1, struck=True), log(2, alarm=True, tags=("补录", "传达 5/5"), attachments=2)]
    )
    lists[3].set_rows(FORCES)
    before = [one.grab().toImage() for one in lists]
    theme.switch(palette=DARK, scale=WALL_SCALE if wall else 1.0)
    for one, image in zip(lists, before, strict=True):
        assert one.grab().toImage() != image


def test_events_are_walked_and_opened_by_keyboard(qtbot, theme):
    events = shown(qtbot, EventList(theme))
    events.set_rows(EVENTS)
    events.choose(1)
    qtbot.keyClick(events, Qt.Key.Key_Down)
    with qtbot.waitSignal(events.activated_row) as opened:
        qtbot.keyClick(events, Qt.Key.Key_Return)
    assert opened.args[0].number == "2026-0148"


def test_the_chosen_event_stays_chosen_when_others_come(qtbot, theme):
    events = shown(qtbot, EventList(theme))
    events.set_rows(EVENTS[1:])
    events.choose(3)
    events.set_rows([EVENTS[2], EVENTS[0], EVENTS[1]])
    assert events.current_row.id == 3


def test_a_tick_moves_the_timer(qtbot, theme):
    events = shown(qtbot, EventList(theme))
    events.set_rows(EVENTS)
    before = events.grab().toImage()
    events.tick(ahead(seconds=1))
    after = events.grab().toImage()
    assert before != after
    timer = QRect(0, 0, 500, 330)
    assert before.copy(timer) == after.copy(timer)  # titles stand still


def test_an_event_is_spoken_with_level_and_time_left(qtbot, theme, chinese):
    events = shown(qtbot, EventList(theme))
    events.set_rows(EVENTS)
    said = events.rows_model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "2026-0147，液氨罐车侧翻，III 级，石渠镇，到场 6/8，续报二，03:12"


def test_deadlines_stand_in_their_groups_and_cross_over_with_time(qtbot, theme):
    due = shown(qtbot, DueList(theme), 416, 500)
    due.set_due(DUE)
    names = [r.section if isinstance(r, SectionRow) else r.id for r in due.rows_model.rows]
    assert names == [Section.OVERDUE, "b", Section.HOUR, "d", "a", Section.SHIFT, "c"]
    due.tick(ahead(seconds=6))
    assert due.overdue_count == 2
    assert due.rows_model.rows[0] == SectionRow(Section.OVERDUE, 2)


def test_the_keyboard_steps_over_group_heads(qtbot, theme):
    due = shown(qtbot, DueList(theme), 416, 500)
    due.set_due(DUE)
    due.choose("b")
    qtbot.keyClick(due, Qt.Key.Key_Down)
    assert due.current_row.id == "d"
    qtbot.keyClick(due, Qt.Key.Key_Up)
    assert due.current_row.id == "b"


def test_an_overdue_row_pulses_until_acknowledged(qtbot, theme):
    due = shown(qtbot, DueList(theme), 416, 500)
    row, pale = QRect(300, 32, 10, 4), theme.palette.overdue_row.name()
    due.set_due([DUE[1]])
    lit = []
    for second in range(2):
        due.tick(ahead(seconds=second))
        lit.append(pale in colors(due, row))
    assert sorted(lit) == [False, True]
    known = DueRow("b", ago(seconds=40), "青鹰救援队 未到达", "0147", acknowledged=True)
    due.set_due([known])
    for second in range(2):
        due.tick(ahead(seconds=second))
        assert pale in colors(due, row)


def test_a_force_is_stamped_by_its_key_or_its_button(qtbot, theme):
    forces = shown(qtbot, ForceList(theme), 336, 300)
    forces.set_rows(FORCES)
    asked = []
    forces.advance_asked.connect(lambda row: asked.append(row.id))
    qtbot.keyClick(forces, "2")
    place = full_width(forces.visualRect(forces.rows_model.index(0, 0)), forces)
    spot = forces.force_delegate.button(place).center()
    qtbot.mouseClick(forces.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseClick(forces.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.keyClick(forces, "9")
    qtbot.keyClick(forces, Qt.Key.Key_Shift)
    assert asked == [2, 1]
    assert forces.overdue_count == 1


def test_log_appends_without_measuring_every_row(qtbot, theme, monkeypatch):
    entries = shown(qtbot, LogList(theme))
    entries.set_rows([log(n) for n in range(10_000)])
    entries.grab()
    asked, resets = [], []
    measure = type(entries.log_delegate).sizeHint
    monkeypatch.setattr(
        type(entries.log_delegate),
        "sizeHint",
        lambda self, option, index: asked.append(1) or measure(self, option, index),
    )
    entries.rows_model.modelReset.connect(lambda: resets.append(1))
    entries.append(log(10_000))
    entries.grab()
    assert len(asked) < 50
    assert resets == []
    last = entries.visualRect(entries.rows_model.index(10_000, 0))
    assert last.bottom() <= entries.viewport().height()
    assert last.top() > 0


def test_a_reader_who_scrolled_up_stays_there(qtbot, theme):
    entries = shown(qtbot, LogList(theme))
    entries.set_rows([log(n) for n in range(200)])
    entries.grab()
    assert entries.verticalScrollBar().value() == entries.verticalScrollBar().maximum()
    entries.verticalScrollBar().setValue(640)
    entries.append(log(200))
    entries.grab()
    assert entries.verticalScrollBar().value() == 640


def test_the_log_shows_whole_rows(qtbot, theme):
    entries = shown(qtbot, LogList(theme), 900, 345)
    entries.set_rows([log(n) for n in range(50)])
    entries.grab()
    assert entries.viewport().height() % theme.px(32) == 0
