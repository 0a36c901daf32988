"""Imports of the tour 巡览导入: a town's messy table looked at, corrected, taken in and back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt

from db.words import t
from ui.pages.import_page import ImportPage
from ui.tour.hands import Astray, Hands

K = Qt.Key
TABLE = """石渠镇应急队伍统计表,,,,,,
序号,队伍名称,值班电话,队员,可出动,经度,纬度,装备情况
1,石渠镇应急救援队,000-7301,30,24,108.7421,34.4318,皮卡2辆
2,石渠村护林防火队,000-7302,十来个,8,108.7512,34.4405,风力灭火机6台
3,云锦社区微型消防站,000-7303,6,6,34.4222,108.7633,手抬泵1台
"""
MENDED = TABLE.replace("十来个", "12").replace("34.4222,108.7633", "108.7633,34.4222")


def import_files(h: Hands) -> None:
    """The same file twice: as it arrived, and as the town mended it."""
    with tempfile.TemporaryDirectory() as folder:
        _import(h, Path(folder))


def _import(h: Hands, folder: Path) -> None:
    window, file = h.room.window, folder / "石渠镇队伍.csv"
    window.show_page("libraries", "force")
    h.press(K.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = window.page
    if not isinstance(page, ImportPage):
        raise Astray("the import page did not open")
    h.shoot("import-empty", t("Ctrl+I: files are dropped here or opened"))
    file.write_bytes(TABLE.encode("gb18030"))
    page.choose_files = lambda _parent: [str(file)]
    h.press(K.Key_O)
    h.settle()
    h.shoot("import-problems", t("Each cell that cannot be taken, with sheet, row, and why"))
    file.write_bytes(MENDED.encode("gb18030"))
    h.press(K.Key_O)
    h.settle()
    page.matching.setCurrentIndex(page.matching.rows_model.index(3, 2))
    page.matching.rows_model.setData(page.matching.currentIndex(), "people")
    crs = page.choices.boxes["crs"]
    crs.setCurrentIndex(crs.findText("GCJ-02"))
    crs.activated.emit(crs.currentIndex())
    h.settle()
    h.shoot("import-rows", t("The rows as they will be, columns corrected, system chosen"))
    h.press(K.Key_I)
    h.settle()
    h.shoot("import-done", t("Taken in as one change; Z takes it back"))
    h.press(K.Key_Z)
    h.settle()
    h.no_refusals("import")
    if page.models["past"].rows[0].undone is False:
        raise Astray("the import was not taken back")
