"""The window's frame: pages, rail, keys, drill edge, wall mode, and nothing dead or cut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout

from db.words import catalogue
from tests.ui.conftest import NOW, ago, ahead
from ui.entries import Entry
from ui.main_window import MainWindow
from ui.page import Page, make_action
from ui.theme import DARK, LIGHT, WALL_SCALE, Theme
from ui.widgets.event_list import EventList, head_marks
from ui.widgets.fbar import FBar, StatusText
from ui.widgets.panel import Filter, Panel
from ui.widgets.rail import RailItem
from ui.widgets.shift_bar import PostFact, ShiftBarFacts, WarningFact


class Leaf(Page):
    def __init__(self, theme, key, words):
        super().__init__(theme)
        self.key, self.words, self.loads, self.ticks, self.opened, self.pressed = (
            key, words, [], 0, None, [],
        )  # fmt: skip
        QVBoxLayout(self).addWidget(EventList(theme))
        self.acts = [
            make_action(self, f"{words} {n}", f"F{n}", lambda n=n: self.pressed.append(n))
            for n in (2, 3, 4, 5, 6, 7, 8, 9, 12)
        ]

    def title(self):
        return self.words

    def load(self, change):
        self.loads.append(change)

    def actions_shown(self):
        return self.acts

    def open(self, what):
        self.opened = what

    def tick(self, now):
        self.ticks += 1


FACTS = ShiftBarFacts(
    ago(hours=13), ahead(hours=11),
    (PostFact("Leader in charge", "李建国"), PostFact("Main officer", "王敏"),
     PostFact("Second officer", "赵强"), PostFact("Standby", "4")),
    (WarningFact("Fog, yellow", 3, "until 11-24 10:00", "mist"),
     WarningFact("Cold wave, blue", 4, "until 11-25 20:00", "snowflake")),
    312,
)  # fmt: skip


@pytest.fixture
def window(qtbot, theme):
    pages = [Entry("desk", "Desk", "alarm", lambda: Leaf(theme, "desk", "Desk")),
             Entry("event", "Events", "alarm", lambda: Leaf(theme, "event", "Events"))]
    low = [RailItem("settings", "Settings", "settings", low=True)]
    window = MainWindow(theme, pages, low)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.shift_bar.set_facts(FACTS)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_only_the_page_in_view_loads_and_ticks(window):
    desk, event = window.pages["desk"], window.pages["event"]
    desk.loads.clear()
    window.refresh("a change")
    window.tick(NOW)
    assert (desk.loads, event.loads, desk.ticks, event.ticks) == (["a change"], [], 1, 0)
    window.show_page("event")
    assert event.loads == [None]
    assert not event.stale


def test_the_rail_brings_a_page_and_tells_low_entries(qtbot, window):
    rail = window.rail
    buttons = {b.item.key: b for b in rail._buttons.values()}
    qtbot.mouseClick(buttons["event"], Qt.MouseButton.LeftButton)
    assert window.page.key == "event"
    assert (buttons["event"].isChecked(), buttons["desk"].isChecked()) == (True, False)
    with qtbot.waitSignal(window.low_chosen) as low:
        qtbot.mouseClick(buttons["settings"], Qt.MouseButton.LeftButton)
    assert low.args == ["settings"]
    rail.set_badge("event", 120)
    assert buttons["event"].accessibleName() == "Events 120"
    window.grab()


def test_keys_belong_to_the_page_in_view(qtbot, window):
    window.activateWindow()
    window.show_page("event")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.pages["event"].pressed == [5]
    assert window.pages["desk"].pressed == []


def test_every_f_bar_button_does_what_its_key_does(qtbot, window):
    window.resize(1600, 720)
    for button in window.fbar.buttons:
        if button.action is not window.wall_action:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.page.pressed == [2, 3, 4, 5, 6, 7, 8, 9, 12]


def test_what_finds_no_room_is_in_the_menu(window):
    window.fbar.set_status([StatusText("Backed up 21:30", "database")])
    window.resize(1024, 720)
    shown = [b.action for b in window.fbar.buttons if not b.isHidden()]
    menu = window.fbar.rest_menu()
    rest = menu.actions()
    menu.deleteLater()
    assert rest
    assert not window.fbar.more.isHidden()
    assert [*shown, *rest] == [b.action for b in window.fbar.buttons]
    limit = window.fbar.width() - window.fbar._status_width()
    assert window.fbar.more.geometry().right() < limit


def test_a_page_can_ask_for_another(window):
    window.page.go.emit("event", 42)
    assert window.pages["event"].opened == 42


def test_wall_mode_is_larger_and_comes_back(qtbot, window):
    window.activateWindow()
    with qtbot.waitSignal(window.wall_toggled) as toggled:
        qtbot.keyClick(window, Qt.Key.Key_F11)
    assert toggled.args == [True]
    assert (window.theme.scale, window.rail.isVisible()) == (WALL_SCALE, False)
    assert window.shift_bar.height() == 90
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert (window.theme.scale, window.rail.isVisible()) == (1.0, True)


def test_search_opens_by_key_and_by_click(qtbot, window):
    window.activateWindow()
    with qtbot.waitSignal(window.search_asked):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(window.search_asked):
        qtbot.mouseClick(window.shift_bar.search, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
def test_names_and_clock_are_never_under_the_search_box(window, width):
    window.resize(width, 720)
    bar = window.shift_bar
    bar.tick(NOW)
    assert bar._facts_width() <= bar.search.x() or bar.search.isHidden()
    assert bar.search.geometry().right() < bar.width() - bar._clock_width()
    window.grab()


def test_words_change_with_the_language(window, chinese):
    window.theme.reword()
    assert window.wall_action.text() == "大屏"
    assert window.windowTitle() == "值守台"
    catalogue.load("en", window.theme.icons._folder)
    window.theme.reword()
    assert window.wall_action.text() == "Wall screen"


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_a_drill_wears_its_colour(qtbot, theme, palette):
    theme.switch(palette=palette)
    desk = Entry("desk", "Desk", "alarm", lambda: Leaf(theme, "desk", "Desk"))
    window = MainWindow(theme, [desk], drill=True)
    qtbot.addWidget(window)
    window.banner.set_name("YL-2026-07")
    window.resize(1280, 720)
    window.show()
    image = window.grab().toImage()
    for x, y in ((1, 400), (1278, 400), (600, 718), (700, 5)):
        assert image.pixelColor(x, y) == palette.drill.fill
    assert "YL-2026-07" in window.banner.accessibleName()


def test_panel_filters_are_pressed_by_mouse_and_key(qtbot, theme):
    panel = Panel(theme, "Duty log")
    qtbot.addWidget(panel)
    panel.set_filters([Filter("all", "All"), Filter("call", "Calls")])
    panel.set_title("Duty log", "86", "note", "1 overdue")
    panel.resize(500, 100)
    panel.show()
    heard = []
    panel.filtered.connect(heard.append)
    qtbot.mouseClick(panel._filters["call"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(panel._filters["all"], Qt.Key.Key_Space)
    assert heard == ["call", "all"]
    panel.set_filters([Filter("x", "X")], "x")
    assert panel.chosen_filter == "x"
    panel.set_marks(head_marks())
    panel.grab()


def test_bold_han_text_is_as_wide_in_every_theme_of_one_scale(theme):
    assert Theme(DARK).width("值守台 21:47:03", 32, bold=True) == theme.width(
        "值守台 21:47:03", 32, bold=True
    )
    assert theme.width("11:11:11", 32, bold=True) == theme.width("00:00:00", 32, bold=True)


def _contrast(a, b):
    def light(color):
        parts = [color.redF(), color.greenF(), color.blueF()]
        r, g, b = ((v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4) for v in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("p", [LIGHT, DARK])
def test_text_is_readable_on_every_ground(p):
    pairs = [p.accent, p.ink, p.overdue, p.drill, *p.levels, *p.stages.values()]
    pairs += [(g, t) for g in (p.ground, p.surface, p.raised, p.tint) for t in (p.text, p.muted)]
    pairs += [(p.overdue_row, p.overdue.fill), (p.overdue_row, p.text), (p.tint, p.accent.fill)]
    poor = [(a.name(), b.name(), round(_contrast(a, b), 2)) for a, b in pairs if
            _contrast(a, b) < 4.5]  # fmt: skip
    assert poor == []


def test_the_f_bar_makes_room_for_words_that_change(qtbot, theme):
    bar = FBar(theme)
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    action = QAction("", bar)
    action.setShortcut("F1")
    bar.set_actions([action])
    before = bar.buttons[0].width()
    action.setText("Take in an event")
    assert bar.buttons[0].width() >= before + theme.width("Take in an event", 14)
