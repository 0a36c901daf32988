"""Photos of what was found in a drill stand in its report, those that cannot be read by name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from db.store import Store
from dispatch.drillbook.evaluations import add_finding
from dispatch.drillbook.report_papers import drill_report_paper
from dispatch.printouts.drill_report_sheet import drill_report_sheet
from dispatch.printouts.formats import sheet_bytes
from dispatch.printouts.pictures import Unshown
from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Photo
from tests.builders import a_store
from tests.dispatch.drillbook.builders import DIRECTOR, a_sealed_drill
from ui.photos import LONGEST, read_photos
from ui.places import fonts_folder


def a_photo(path: Path, wide: int = 4000, high: int = 3000) -> Path:
    """A photo as a camera makes it, of about twelve million pixels, no two alike."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(sum(path.name.encode()) % 360, 160, 200))
    assert image.save(str(path))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "district").mkdir()
    return a_store(tmp_path / "district")


def test_photos_are_shown_small_and_upright_in_pdf_and_docx(store: Store, tmp_path: Path) -> None:
    drill = a_sealed_drill(store)
    add_finding(store, drill, "警戒线未封闭", by=DIRECTOR, photos=[
        a_photo(tmp_path / "东口.jpg"), a_photo(tmp_path / "西口.png", 600, 1200),
        a_photo(tmp_path / "远景.jpg", 8000, 800)])
    facts = drill_report_paper(store, drill, by=DIRECTOR)
    photos = read_photos(facts.photos)
    assert [(p.wide, p.high) for p in photos if isinstance(p, Photo)] == [
        (LONGEST, 750), (500, LONGEST), (LONGEST, 100)]
    assert photos[0].caption == "1 东口.jpg · 警戒线未封闭"
    sheet = drill_report_sheet(facts, photos)
    pdf = sheet_bytes(sheet, ".pdf", fonts_folder())
    assert len(pdf) < 600_000
    document = pypdfium2.PdfDocument(pdf)
    drawn = [found for page in document for found in page.get_objects()
             if isinstance(found, pypdfium2.PdfImage)]
    assert len(drawn) == 3
    for found in drawn:
        wide, high = found.get_px_size()
        left, low, right, top = found.get_bounds()
        assert (right - left) / (top - low) == pytest.approx(wide / high, rel=0.02)
        assert right - left <= 245
        assert top - low <= 181
    document.close()
    word = docx.Document(BytesIO(sheet_bytes(sheet, ".docx", fonts_folder())))
    assert len(word.inline_shapes) == 3
    assert any("1 东口.jpg" in c.text for grid in word.tables for r in grid.rows for c in r.cells)
    assert drill_report_paper(store, drill, by=DIRECTOR).code == facts.code


def test_what_cannot_be_shown_is_named_with_the_reason(store: Store, tmp_path: Path) -> None:
    drill = a_sealed_drill(store)
    (tmp_path / "记录.pdf").write_bytes(b"%PDF-1.4 not a picture")
    whole = QByteArray()
    held = QBuffer(whole)
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(held, "PNG")  # type: ignore[call-overload]
    (tmp_path / "断.png").write_bytes(
        whole.data()[:200] + bytes(900) + whole.data()[1100:])
    lost = a_photo(tmp_path / "丢失.jpg", 400, 300)
    add_finding(store, drill, "记录不全", by=DIRECTOR,
                photos=[tmp_path / "记录.pdf", tmp_path / "断.png", lost])
    facts = drill_report_paper(store, drill, by=DIRECTOR)
    facts.photos[2].path.unlink()
    photos = read_photos(facts.photos)
    assert all(isinstance(p, Unshown) for p in photos)
    words = plain_text(drill_report_sheet(facts, photos))
    for said in ("1 记录.pdf · 记录不全: not shown, it is not a picture that can be read",
                 "2 断.png · 记录不全: not shown, the picture is damaged",
                 "3 丢失.jpg · 记录不全: not shown, its file is no longer"):
        assert said in words
    for ending in (".pdf", ".docx", ".xlsx"):
        assert sheet_bytes(drill_report_sheet(facts, photos), ending, fonts_folder())


def test_a_report_shows_so_many_photos_and_names_the_rest(store: Store, tmp_path: Path) -> None:
    drill = a_sealed_drill(store)
    add_finding(store, drill, "x", by=DIRECTOR,
                photos=[a_photo(tmp_path / f"{n}.png", 40, 30) for n in range(43)])
    photos = read_photos(drill_report_paper(store, drill, by=DIRECTOR).photos)
    assert sum(isinstance(p, Photo) for p in photos) == 40
    assert [p.caption[:2] for p in photos if isinstance(p, Unshown)] == ["41", "42", "43"]
