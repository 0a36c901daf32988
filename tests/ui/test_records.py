"""Records by keyboard: every kind entered, edited, retired and brought back; files and drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from resources.history import record_history
from resources.records import Library
from tests.ui.live_room import LiveRoom
from ui.dialogs.record import RecordSheet, RetireSheet
from ui.dialogs.record_form import RecordForm
from ui.dialogs.record_many import ManySheet
from ui.dialogs.sheet import Sheet
from ui.pages.libraries_page import LibrariesPage

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEAST: dict[Library, dict[str, object]] = {
    Library.FORCE: {"kind": "fire", "tier": "town", "duty_phone": "000-7001"},
    Library.EQUIPMENT: {}, Library.SUPPLY: {"measure": "顶"}, Library.WAREHOUSE: {},
    Library.EXPERT: {"phone": "000-7002"}, Library.PLAN: {"kind": "special"},
    Library.HAZARD: {"kind": "工贸"}, Library.SHELTER: {},
    Library.UNIT: {"tier": "town", "kind": "town"}}


def the_page(live: LiveRoom, library: Library) -> LibrariesPage:
    live.window.show_page("libraries", str(library))
    live.settle()
    page = live.window.page
    assert isinstance(page, LibrariesPage)
    return page


def the_sheet(live: LiveRoom) -> Sheet:
    assert live.sheets, live.told
    return live.sheets[-1]


def press(live: LiveRoom, page: LibrariesPage, key: Qt.Key, library: Library) -> None:
    """A letter of the page; with Shift where the supplies' ledger has the plain one."""
    page.table.setFocus()
    live.key(key, SHIFT if library is Library.SUPPLY and key in (K.Key_R, K.Key_B, K.Key_M)
             else Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("library", LEAST)
def test_a_record_is_entered_edited_retired_and_brought_back(live: LiveRoom,
                                                             library: Library) -> None:
    page, store = the_page(live, library), live.store
    press(live, page, K.Key_N, library)
    sheet = the_sheet(live)
    live.type("键盘新记录")
    sheet.form.fill(LEAST[library])
    live.key(K.Key_Return, CONTROL)
    live.key(K.Key_Return, CONTROL)
    rows = store.read(f"select id from [{library}] where name = '键盘新记录'")
    assert len(rows) == 1, sheet.message.text()
    assert page.chosen.id == rows[0]["id"]
    press(live, page, K.Key_E, library)
    sheet = the_sheet(live)
    sheet.form.fill({"note": "已核对"})
    live.key(K.Key_Return, CONTROL)
    press(live, page, K.Key_R, library)
    live.type("重复")
    live.key(K.Key_Return)
    assert store.value(f"select active from [{library}] where id = :id", id=rows[0]["id"]) == 0
    press(live, page, K.Key_B, library)
    the_sheet(live).form.fill({"row": rows[0]["id"]})
    live.key(K.Key_Return)
    past = record_history(store, library, rows[0]["id"])
    assert [line.what for line in past] == ["brought back", "retired", "changed", "entered"]
    assert [(a.label, a.new) for a in past[2].altered] == [("Note", "已核对")]


def test_what_is_wrong_is_said_beside_its_field_while_typing(live: LiveRoom) -> None:
    page = the_page(live, Library.FORCE)
    press(live, page, K.Key_N, Library.FORCE)
    form = the_sheet(live).form
    assert isinstance(form, RecordForm)
    for name, wrong, right in (("people", "多", "12"),
                               ("insured_until", "2026-02-30", "2027-02-28"),
                               ("capabilities", "飞天", "灭火"), ("duty_phone", "无", "000-7003"),
                               ("point", "34.43", "34.43, 108.75")):
        form.fill({name: wrong})
        assert form.problem(name), name
        form.fill({name: right})
        assert form.problem(name) == "", name
    form.fill({"point": "108.75，34.43"})
    assert "Longitude stood first" in form.remarked("point")
    form.fill({"point": "34°26′N 107°45′E"})
    assert "Outside the district" in form.problem("point")


# what the offscreen platform says of itself when a list pops up
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_capability_is_found_by_its_initials(live: LiveRoom) -> None:
    page = the_page(live, Library.FORCE)
    press(live, page, K.Key_N, Library.FORCE)
    line = the_sheet(live).form.field("capabilities")
    line.setFocus()
    live.type("syjy")
    assert line.offer.stringList() == ["水域救援"]
    line.take("水域救援")
    assert line.chosen == ["水域救援"]


def test_a_half_typed_record_is_there_again(live: LiveRoom) -> None:
    page = the_page(live, Library.EXPERT)
    press(live, page, K.Key_N, Library.EXPERT)
    live.type("半个名字")
    live.key(K.Key_Escape)
    assert not live.sheets
    press(live, page, K.Key_N, Library.EXPERT)
    assert the_sheet(live).form.values["name"] == "半个名字"


def test_a_plan_keeps_levels_needs_and_steps(live: LiveRoom) -> None:
    page = the_page(live, Library.PLAN)
    plan = int(page.chosen.id)
    press(live, page, K.Key_E, Library.PLAN)
    sheet = the_sheet(live)
    sheet.form.fill({"needs": [["灭火", "3", "force"]],
                     "levels": [["1", "管委会主任", "三人以上遇险"]]})
    live.key(K.Key_Return, CONTROL)
    [need] = live.store.read("select capability, quantity from plan_need where plan_id = :id",
                             id=plan)
    assert tuple(need) == ("灭火", 3)
    newest = record_history(live.store, Library.PLAN, plan)[0]
    assert {"Capabilities needed", "Response levels"} <= {a.label for a in newest.altered}


def test_a_force_that_is_out_is_not_retired(live: LiveRoom) -> None:
    page = the_page(live, Library.FORCE)
    out = live.store.value("select force_id from dispatch_order where ended_at is null")
    page.open(("force", out))
    press(live, page, K.Key_R, Library.FORCE)
    sheet = the_sheet(live)
    assert isinstance(sheet, RetireSheet)
    live.type("解散")
    live.key(K.Key_Return)
    assert "is out on" in sheet.message.text()
    assert live.store.value("select active from force where id = :id", id=out) == 1


def test_many_records_show_what_changes_and_change_at_once(live: LiveRoom) -> None:
    page = the_page(live, Library.EQUIPMENT)
    press(live, page, K.Key_M, Library.EQUIPMENT)
    sheet = the_sheet(live)
    assert isinstance(sheet, ManySheet)
    sheet.form.fill({"which": "owner"})
    sheet.picker.activated.emit(sheet.picker.currentIndex())
    sheet.form.fill({"owner": "石渠镇人民政府"})
    sheet.look()
    assert "→ 石渠镇人民政府" in sheet.preview.text()
    live.key(K.Key_Return, CONTROL)
    assert page.chosen.owner == "石渠镇人民政府"


def test_equipment_is_inspected_repaired_and_lent(live: LiveRoom) -> None:
    page, store = the_page(live, Library.EQUIPMENT), live.store
    piece = store.value("select id from equipment where status = 'ready' order by id")
    page.open(("equipment", piece))
    for key, values, status in ((K.Key_I, {"note": "正常"}, "ready"),
                                (K.Key_W, {"fault": "漏油"}, "repair"),
                                (K.Key_W, {"result": "换密封圈", "cost": "120"}, "ready"),
                                (K.Key_T, {"borrower": "石渠镇", "due_back": "2026-12-01"}, "lent"),
                                (K.Key_T, {"condition": "完好"}, "ready")):
        press(live, page, key, Library.EQUIPMENT)
        sheet = the_sheet(live)
        sheet.form.fill(values)
        live.key(K.Key_Return, CONTROL)
        assert store.value("select status from equipment where id = :id", id=piece) == status, \
            sheet.message.text()


def test_files_attach_to_a_record_and_come_out_again(live: LiveRoom, tmp_path: Path) -> None:
    page = the_page(live, Library.SHELTER)
    photo = QImage(320, 200, QImage.Format.Format_RGB32)
    photo.fill(QColor("#0B6E6A"))
    photo.save(str(tmp_path / "平面图.png"))
    (tmp_path / "协议.txt").write_text("代储")
    page.side.tabs.setCurrentIndex(4)
    files = page.side.files
    files.choose_files = lambda: [str(tmp_path / "平面图.png"), str(tmp_path / "协议.txt")]
    files.add_button.click()
    assert [one.name for one in files.files] == ["平面图.png", "协议.txt"]
    assert not files.list.item(0).icon().isNull()
    files.choose_target = lambda _name: str(tmp_path / "out.png")
    files.export_button.click()
    assert (tmp_path / "out.png").read_bytes() == (tmp_path / "平面图.png").read_bytes()
    files.attach([tmp_path / "平面图.png"])
    assert len(files.files) == 2
    assert "attached already" in live.told[-1]


def test_the_side_panel_tells_place_history_and_use(live: LiveRoom) -> None:
    page = the_page(live, Library.FORCE)
    out = live.store.value("select force_id from dispatch_order where ended_at is null")
    page.open(("force", out))
    seen = []
    for tab in range(4):
        page.side.tabs.setCurrentIndex(tab)
        live.settle()
        seen.append(" ".join(f"{r.words} {r.right} {r.note}"
                             for r in page.side.facts.rows_model.rows))
    assert "24-hour phone" in seen[0]
    assert "From the district's centre" in seen[1] or "No coordinates" in seen[1]
    assert seen[2]
    assert "Orders and events" in seen[3]


def test_the_letters_of_a_library_do_not_collide(live: LiveRoom) -> None:
    for library in LEAST:
        page = the_page(live, library)
        keys = [a.shortcut().toString() for a in page.actions_shown()]
        assert len(keys) == len(set(keys)), (library, sorted(keys))


def test_a_sheet_without_a_name_asks_for_it(live: LiveRoom) -> None:
    page = the_page(live, Library.SHELTER)
    press(live, page, K.Key_N, Library.SHELTER)
    live.key(K.Key_Return)
    sheet = the_sheet(live)
    assert isinstance(sheet, RecordSheet)
    assert sheet.records.problem("name")


def test_a_sheet_comes_again_in_another_language_with_what_was_typed(live: LiveRoom) -> None:
    from ui.look import Look
    from ui.wearing import wear

    live.window.show_page("libraries", "force")
    live.settle()
    page = live.window.page
    assert isinstance(page, LibrariesPage)
    page.table.setFocus()
    live.key(Qt.Key.Key_E)
    sheet = live.sheets[-1]
    name = sheet.form.values["name"]
    sheet.form.fill({"note": "半句话"})
    sheet.form.edited.emit()
    wear(Look("zh_CN"), live.theme, live.desk.now())
    live.settle()
    (again,) = live.sheets
    assert again is not sheet
    assert again.form.values["note"] == "半句话"
    assert again.form.values["name"] == name
