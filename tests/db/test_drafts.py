"""Half-typed forms come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.drafts import Drafts
from db.errors import StoreError
from tests.db.desk import names


def test_a_form_is_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    Drafts(tmp_path).keep("event/新", {"title": "柴油罐"})
    Drafts(tmp_path).keep("event/新", {"title": "柴油罐车侧翻", "level": None})
    Drafts(tmp_path).keep("log", {"text": "x"})
    assert Drafts(tmp_path).all() == {
        "event/新": {"title": "柴油罐车侧翻", "level": None}, "log": {"text": "x"}}
    Drafts(tmp_path).forget("log")
    Drafts(tmp_path).forget("log")
    assert list(Drafts(tmp_path).all()) == ["event/新"]
    assert len(names(tmp_path / "drafts")) == 1


def test_a_torn_draft_does_not_hide_the_others(
        tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Drafts(tmp_path).keep("log", {"text": "x"})
    (tmp_path / "drafts" / "torn.json").write_text('{"form": "a", ')
    assert list(Drafts(tmp_path).all()) == ["log"]
    assert "torn.json" in caplog.text
    caplog.clear()


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("")
    with pytest.raises(StoreError, match="could not be kept"):
        Drafts(tmp_path).keep("log", {})


def test_a_draft_that_cannot_be_removed_is_left_and_logged(
        tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("log", {"text": "x"})
    kept = next((tmp_path / "drafts").glob("*.json"))
    kept.unlink()
    kept.mkdir()
    drafts.forget("log")
    assert "could not be removed" in caplog.text
    caplog.clear()
