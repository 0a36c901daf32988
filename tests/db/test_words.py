"""Words that were read once are kept for the next start, and read anew when they change."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.words import Catalogue


def a_room(folder: Path, words: str) -> None:
    (folder / "zh_CN").mkdir(parents=True, exist_ok=True)
    (folder / "zh_CN" / "desk.po").write_text(f'msgid "Open"\nmsgstr "{words}"\n', "utf-8")


def test_a_changed_catalogue_is_read_anew(tmp_path: Path) -> None:
    words, kept = Catalogue(), tmp_path / "kept"
    for said in ("打开", "打开它"):
        a_room(tmp_path, said)
        words.load("zh_CN", tmp_path, kept)
        assert words.get("Open") == said
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"stamp": []}', "\0"])
def test_a_spoilt_copy_is_made_anew(tmp_path: Path, spoilt: str) -> None:
    words, kept = Catalogue(), tmp_path / "kept"
    a_room(tmp_path, "打开")
    words.load("zh_CN", tmp_path, kept)
    copy, = kept.iterdir()
    whole = copy.read_text("utf-8")
    copy.write_text(spoilt, "utf-8")
    words.load("zh_CN", tmp_path, kept)
    assert words.get("Open") == "打开"
    assert copy.read_text("utf-8") == whole


def test_where_nothing_can_be_kept_it_still_speaks(tmp_path: Path) -> None:
    words = Catalogue()
    a_room(tmp_path, "打开")
    (tmp_path / "kept").write_text("no folder", "utf-8")
    words.load("zh_CN", tmp_path, tmp_path / "kept")
    assert words.get("Open") == "打开"
