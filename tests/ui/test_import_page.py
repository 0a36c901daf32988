"""The import page: seen before it is written, corrected, remembered, taken in and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from resources.exchange.undo import imports
from tests.builders import SHARED
from tests.resources.exchange.builders import an_xlsx
from tests.ui.live_room import LiveRoom
from ui.pages.import_page import ImportPage

K = Qt.Key
LIBRARIES = SHARED / "libraries"
HEAD = ["队伍名称", "电话", "人数", "经度", "纬度"]


def a_csv(folder: Path, *lines: str, name: str = "来文.csv") -> Path:
    file = folder / name
    file.write_bytes("\n".join(lines).encode("gb18030"))
    return file


def shown(live: LiveRoom, kind: str, *files: Path) -> ImportPage:
    live.window.show_page("import", (kind, [str(f) for f in files]))
    settle(live)
    page = live.window.page
    assert isinstance(page, ImportPage)
    return page


def settle(live: LiveRoom) -> None:
    for _ in range(3):
        live.settle()


def choose(page: ImportPage, live: LiveRoom, name: str, words: str) -> None:
    box = page.choices.boxes[name]
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())
    settle(live)


def names(live: LiveRoom, kind: str = "force") -> set[str]:
    return {r[0] for r in live.store.read(f"select name from [{kind}] where active = 1")}


def test_a_library_opens_it_and_a_file_is_taken_in_by_keys_alone(live: LiveRoom) -> None:
    live.window.show_page("libraries", "force")
    live.key(K.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = live.window.page
    assert isinstance(page, ImportPage)
    assert page.choices.value("kind") == "force"
    page.choose_files = lambda _parent: [str(LIBRARIES / "救援队伍导出模版.xlsx")]
    live.key(K.Key_O)
    settle(live)
    [step] = page.models["rows"].rows
    assert step.line.values["duty_phone"] == "13800138000"
    changes = live.store.value("select count(*) from change")
    live.key(K.Key_I)
    settle(live)
    assert live.store.value("select count(*) from change") == changes + 1
    assert step.line.values["name"] in names(live)
    assert page.tab == "past"
    assert "1 new" in live.told[-1]
    live.key(K.Key_Z)
    settle(live)
    assert step.line.values["name"] not in names(live)
    assert imports(live.store)[0].undone
    live.key(K.Key_Escape)
    assert live.window.page.key == "libraries"


def test_each_problem_is_shown_and_nothing_is_written(live: LiveRoom, tmp_path: Path) -> None:
    before = names(live)
    page = shown(live, "force", a_csv(tmp_path, ",".join(HEAD), "甲队,000-1111,许多,34.4,108.7"))
    assert page.tab == "problems"
    assert [(p.row, p.column, p.value) for p in page.models["problems"].rows] == [
        (2, "People", "许多"), (2, "Longitude", "34.4，108.7")]
    live.key(K.Key_I)
    assert "2 cells stop it" in live.told[-1]
    assert names(live) == before


def test_the_system_of_coordinates_is_asked_once_per_source(live: LiveRoom,
                                                            tmp_path: Path) -> None:
    page = shown(live, "force", a_csv(tmp_path, ",".join(HEAD), "甲队,000-1111,5,108.712,34.412"))
    live.key(K.Key_I)
    settle(live)
    assert "甲队" not in names(live)
    assert "system" in live.told[-1]
    choose(page, live, "crs", "GCJ-02")
    live.key(K.Key_I)
    settle(live)
    lon = live.store.value("select lon from force where name = '甲队'")
    assert 0.003 < 108.712 - lon < 0.006
    page = shown(live, "force", a_csv(tmp_path, ",".join(HEAD), "乙队,000-1111,5,108.712,34.412",
                                      name="第二批.csv"))
    assert page.choices.value("crs") == "GCJ-02"
    live.key(K.Key_I)
    settle(live)
    assert live.store.value("select src_crs from force where name = '乙队'") == "GCJ-02"


def test_a_corrected_column_is_remembered(live: LiveRoom, tmp_path: Path) -> None:
    file = a_csv(tmp_path, "称谓,热线,壮丁", "丙队,000-1111,7")
    page = shown(live, "force", file)
    assert "Name" in page.panel.accessibleName()
    for number, field in enumerate(("name", "duty_phone", "people")):
        index = page.matching.rows_model.index(number, 2)
        page.matching.rows_model.setData(index, field)
        settle(live)
    [step] = page.models["rows"].rows
    assert step.line.values == {"name": "丙队", "duty_phone": "000-1111", "people": 7}
    live.key(K.Key_I)
    settle(live)
    page = shown(live, "force", a_csv(tmp_path, "热线,称谓,壮丁", "000-2222,丁队,9",
                                      name="再来.csv"))
    [step] = page.models["rows"].rows
    assert step.line.values == {"name": "丁队", "duty_phone": "000-2222", "people": 9}


def test_duplicates_are_decided_for_all_and_for_one(live: LiveRoom, tmp_path: Path) -> None:
    first = a_csv(tmp_path, "队伍名称,电话,人数", "甲队,000-1111,5", "乙队,000-1111,6")
    shown(live, "force", first)
    live.key(K.Key_I)
    settle(live)
    page = shown(live, "force", a_csv(tmp_path, "队伍名称,电话,人数", "甲队,000-1111,8",
                                      "乙队,000-1111,9", name="更新.csv"))
    live.key(K.Key_3)
    table = page.tables["duplicates"]
    assert table.rows_model.rowCount() == 2
    assert "People 5 → 8" in table.rows_model.index(0, 3).data()
    table.choose(2)
    live.key(K.Key_Return)
    settle(live)
    assert [s.act for s in page.models["rows"].rows] == ["update", "skip"]
    live.key(K.Key_I)
    settle(live)
    assert [r[0] for r in live.store.read(
        "select people from force where name in ('甲队', '乙队') order by name desc")] == [8, 6]


def test_several_files_wait_their_turn_and_may_be_dropped(live: LiveRoom, tmp_path: Path) -> None:
    files = [a_csv(tmp_path, "队伍名称,电话", f"{n}队,000-1111", name=f"{n}.csv") for n in "甲乙"]
    page = shown(live, "force")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(f)) for f in files])
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data,
                              Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    settle(live)
    assert page.choices.boxes["file"].count() == 2
    for _ in files:
        live.key(K.Key_I)
        settle(live)
    assert {"甲队", "乙队"} <= names(live)
    assert page.choices.boxes["file"].count() == 0


def test_sheet_and_heading_row_can_be_chosen(live: LiveRoom, tmp_path: Path) -> None:
    file = tmp_path / "两表.xlsx"
    file.write_bytes(an_xlsx([["队伍名称", "人数"], ["甲队", 5]],
                             [["说明", ""], ["队伍名称", "人数"], ["乙队", 6]]))
    page = shown(live, "force", file)
    choose(page, live, "sheet", "Sheet2")
    assert [s.line.values["name"] for s in page.models["rows"].rows] == ["乙队"]
    choose(page, live, "header", "row 1")
    assert page.made is not None
    assert [f.name for f in page.made.lacking] == ["name"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"x" * 80, bytes(range(256)) * 3])
def test_a_bad_file_says_why(live: LiveRoom, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "坏.xlsx"
    file.write_bytes(data)
    page = shown(live, "force", file)
    assert "坏.xlsx" in page.trouble
    assert page.trouble in page.panel.accessibleName()
    assert not page.buttons["I"].isEnabled()


def test_template_and_export_are_at_hand(live: LiveRoom, tmp_path: Path) -> None:
    page = shown(live, "force")
    page.choose_target = lambda *_: str(tmp_path / "out.xlsx")
    for key in (K.Key_T, K.Key_X):
        live.key(key)
        settle(live)
        assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
        (tmp_path / "out.xlsx").unlink()
