"""The lists of the libraries on real widgets: windows, filters, views, columns, selection."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit

from resources.listing import Asked, Choice, Facet
from resources.records import Library
from resources.views import views
from resources.waiting import Wait
from tests.ui.live_room import LiveRoom
from ui.dialogs.columns import ColumnsDialog
from ui.pages.libraries_page import LibrariesPage
from ui.window_model import KEPT

MANY = 3000
CONTROL = Qt.KeyboardModifier.ControlModifier


def lists(live: LiveRoom, kind: str = "equipment") -> LibrariesPage:
    live.window.show_page("libraries", kind)
    live.settle()
    page = live.window.page
    assert isinstance(page, LibrariesPage)
    return page


def many_pumps(live: LiveRoom) -> None:
    with live.store.change("test.many", live.desk.officer) as tx:
        for n in range(MANY):
            tx.insert("equipment", {"name": f"排水泵{n:04}", "code": f"PB-{n}", "kind": "排涝",
                                    "phone": f"000-{n:04}",
                                    "town": "石渠镇" if n % 2 else "柳湾镇"})
    live.settle()


def names(page: LibrariesPage) -> list[str]:
    model = page.table.window_model
    return [model.row_or_none(n).name for n in range(model.rowCount())]


def test_a_long_list_reads_only_what_is_painted(live: LiveRoom) -> None:
    page = lists(live)
    many_pumps(live)
    model = page.table.window_model
    assert model.rowCount() > MANY
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.list.load(None)
    read = model.fetched
    page.table.scrollToBottom()
    page.table.grab()
    assert model.fetched - read <= 128
    for number in range(model.rowCount()):
        model.row_or_none(number)
    assert len(model.held) <= KEPT


def test_filters_combine_and_one_key_clears_them(live: LiveRoom) -> None:
    page = lists(live)
    many_pumps(live)
    bar = page.list.bar
    whole = page.table.window_model.rowCount()
    bar.text.setText("psb")
    bar.take_text()
    assert page.table.window_model.rowCount() == MANY
    bar.toggle(Choice(Facet.TOWN, "石渠镇"))
    assert page.table.window_model.rowCount() == MANY // 2
    bar.toggle(Choice(Facet.TOWN, "柳湾镇"))
    assert page.table.window_model.rowCount() == MANY, "two values of one facet widen"
    bar.toggle(Choice(Facet.STATUS, "lent"))
    assert page.table.window_model.rowCount() == 0
    page.table.setFocus()
    live.key(Qt.Key.Key_Escape)
    assert page.table.window_model.rowCount() == whole
    assert live.window.page is page
    live.key(Qt.Key.Key_Escape)
    assert live.window.page.key == "desk"


def test_a_piece_is_found_by_the_keepers_phone(live: LiveRoom) -> None:
    many_pumps(live)
    page = lists(live)
    page.list.bar.text.setText("000-1234")
    page.list.bar.take_text()
    assert "排水泵1234" in names(page)


def test_what_waits_is_counted_and_switched_on_by_its_chip(live: LiveRoom) -> None:
    page = lists(live, "supply")
    short = page.list.totals.waits[Wait.SHORT]
    assert short > 0
    page.list.bar.toggle(Choice(Facet.DUE, "short"))
    live.settle()
    assert page.table.window_model.rowCount() == short
    assert page.list.totals.count == short
    assert all(row.short > 0 for row in (page.table.window_model.row_or_none(n)
                                         for n in range(short)))


def test_a_saved_view_is_there_after_a_restart(live: LiveRoom) -> None:
    page = lists(live, "force")
    page.list.bar.toggle(Choice(Facet.TIER, "town"))
    page.list.lay_out(("name", "town", "leader"), "people", down=True)
    shown = names(page)
    page.table.setFocus()
    live.key(Qt.Key.Key_S, CONTROL)
    sheet = live.sheets[0]
    field = sheet.form.field("name")
    assert isinstance(field, QLineEdit)
    field.setText("镇街队伍")
    sheet.submit()
    sheet.submit()
    live.settle()
    [view] = views(live.store, Library.FORCE)
    assert view.asked == Asked("", frozenset({Choice(Facet.TIER, "town")}), "people", down=True)
    again = LibrariesPage(live.theme, live.desk)
    again.open("force")
    box = again.list.bar.views
    box.setCurrentIndex(box.findText("镇街队伍"))
    box.activated.emit(box.currentIndex())
    assert names(again) == shown
    assert again.list.columns == ("name", "town", "leader")
    again.remove_view()
    assert views(live.store, Library.FORCE) == []
    again.deleteLater()


def test_columns_and_widths_are_remembered(live: LiveRoom) -> None:
    page = lists(live)
    page.choose_columns()
    [dialog] = live.dialogs
    assert isinstance(dialog, ColumnsDialog)
    item = dialog.list.item(dialog.list.count() - 1)
    item.setCheckState(Qt.CheckState.Checked)
    dialog.list.setCurrentItem(item)
    dialog.move_item(-1)
    wanted = dialog.columns
    dialog.commit()
    live.settle()
    page.table.setColumnWidth(1, 222)
    page.table.head.moveSection(0, 1)
    again = LibrariesPage(live.theme, live.desk)
    again.open("equipment")
    assert again.list.columns == (wanted[1], wanted[0], *wanted[2:])
    assert again.table.columnWidth(0) == 222
    again.deleteLater()


def test_choice_and_order_stand_over_a_change(live: LiveRoom) -> None:
    many_pumps(live)
    page = lists(live)
    page.list.lay_out(("name", "town", "status"), "town", down=True)
    order = list(page.table.window_model.ids)
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.window_model.index(20, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = [row.id for row in page.chosen_rows()]
    assert chosen == order[20:22]
    with live.store.change("test.edit", live.desk.officer) as tx:
        tx.update("equipment", order[21], status="repair")
        new = tx.insert("equipment", {"name": "一号泵", "town": "石渠镇"})
    live.settle()
    assert [row.id for row in page.chosen_rows()] == chosen
    assert page.chosen_rows()[1].status == "repair"
    assert [one for one in page.table.window_model.ids if one != new] == order


def test_everything_can_be_chosen_at_once(live: LiveRoom) -> None:
    page = lists(live, "force")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, CONTROL)
    assert len(page.chosen_rows()) == page.table.window_model.rowCount() > 30


def test_what_is_listed_is_printed_and_exported(live: LiveRoom) -> None:
    page = lists(live, "force")
    page.list.bar.toggle(Choice(Facet.TIER, "village"))
    count = page.table.window_model.rowCount()
    target = live.folder / "队伍.csv"
    page.choose_file = lambda *_: str(target)
    page.table.setFocus()
    live.key(Qt.Key.Key_X)
    assert len(target.read_text("utf-8-sig").splitlines()) == count + 1
    live.key(Qt.Key.Key_P)
    assert live.window.page.key == "preview"
    live.key(Qt.Key.Key_Escape)
    assert live.window.page is page
    page.own["U"].trigger()
    live.settle()
    assert live.window.page.key == "preview"
