"""Warnings as files: looked at and kept at the desk, drawn on the map, written out, by command."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from dispatch.cap.reading import read_alert
from dispatch.cap.taking import take_alert
from dispatch.warnings import in_force
from dispatch.whereabouts import situation
from tests.dispatch.cap.builders import SQUARE, an_alert, an_info
from tests.ui.live_room import NIGHT, LiveRoom
from tests.ui.liveness import answered, buttons, dead_buttons  # noqa: F401 - a fixture
from ui.cli import main
from ui.dialogs.cap import CapSheet, WarningHead
from ui.dialogs.warning import WarningSheet
from ui.map.shown import warned_areas

K = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
DRAWN = an_info(shape=f"<polygon>{SQUARE}</polygon>", expires=NIGHT + timedelta(hours=6))


def the_sheet(live: LiveRoom) -> CapSheet:
    """Opened by its keys, over the desk."""
    live.window.show_page("desk")
    live.key(K.Key_W, ALT)
    live.key(K.Key_O, CONTROL)
    (sheet,) = live.sheets
    assert isinstance(sheet, CapSheet)
    return sheet


def looked(live: LiveRoom, data: bytes) -> CapSheet:
    sheet = the_sheet(live)
    path = live.folder / "预警.xml"
    path.write_bytes(data)
    sheet.choose_file = lambda _parent: str(path)
    live.key(K.Key_O, CONTROL)
    return sheet


def heads(sheet: CapSheet) -> list[str]:
    return [w.words for w in sheet.findChildren(WarningHead) if w.isVisible()]


def test_a_file_is_looked_at_and_kept_by_keys(live: LiveRoom) -> None:
    before = len(in_force(live.store, live.desk.now()))
    sheet = looked(live, an_alert(DRAWN))
    assert len(heads(sheet)) == 1
    assert not sheet.color.isEnabled()
    assert len(in_force(live.store, live.desk.now())) == before
    live.key(K.Key_Return)
    found = in_force(live.store, live.desk.now())
    assert ("暴雨", 2) in {(w.kind, w.color) for w in found}
    assert len(found) == before + 1
    assert live.sheets == []


def test_a_refusal_stands_beside_the_file_and_nothing_is_kept(live: LiveRoom) -> None:
    before = live.store.value("select count(*) from change")
    sheet = looked(live, an_alert(status="Test"))
    assert heads(sheet) == []
    live.key(K.Key_Return)
    assert sheet.isVisible()
    assert live.store.value("select count(*) from change") == before


def test_a_colour_is_chosen_where_the_file_says_none(live: LiveRoom) -> None:
    sheet = looked(live, an_alert(an_info(event="溃坝", headline="溃坝", severity="Unknown")))
    assert sheet.color.isEnabled()
    sheet.submit()
    assert sheet.isVisible()
    sheet.form.fill({"color": 1})
    sheet.submit()
    assert ("溃坝", 1) in {(w.kind, w.color) for w in in_force(live.store, live.desk.now())}


def test_a_warning_goes_out_by_its_key(answered: LiveRoom) -> None:  # noqa: F811
    live = answered
    live.window.show_page("desk")
    live.key(K.Key_W, ALT)
    (sheet,) = live.sheets
    assert isinstance(sheet, WarningSheet)
    live.key(K.Key_S, CONTROL)
    assert not (live.folder / "asked.xlsx").exists()  # a new warning is no warning yet
    first = in_force(live.store, live.desk.now())[0]
    sheet.form.fill({"which": int(first.id)})
    live.key(K.Key_S, CONTROL)
    said = read_alert((live.folder / "asked.xlsx").read_bytes())
    assert said.infos[0].event == first.kind


@pytest.mark.parametrize("name", ["warning", "file"])
def test_nothing_is_dead_on_the_sheets(answered: LiveRoom, name: str) -> None:  # noqa: F811
    def arrive(live: LiveRoom) -> None:
        if name == "file":
            the_sheet(live)
        else:
            live.window.show_page("desk")
            live.key(K.Key_W, ALT)

    assert dead_buttons(answered, arrive, lambda: buttons(answered.sheets[-1])) == []


def test_the_outline_lies_on_the_map(live: LiveRoom) -> None:
    (new,) = take_alert(live.store, read_alert(an_alert(DRAWN)), by=live.desk.officer).new
    areas = warned_areas(situation(live.store, live.desk.now()), ())
    (drawn,) = [a for a in areas if a.rings and a.rings[0][0] == (108.7, 34.4)]
    assert (drawn.level, drawn.whole, drawn.words) == (2, False, new.name)


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                      capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    monkeypatch.setenv("WATCHDESK_PASSWORD", "correct horse 9")
    data, by = ["--data", str(tmp_path / "home"), "--json"], ["--officer", "李建国"]
    assert main([*data, "init", "--empty", "东河区", *by]) == 0
    file = tmp_path / "in.xml"
    file.write_bytes(an_alert(an_info(shape=f"<polygon>{SQUARE}</polygon>")))

    def said(*words: str) -> dict[str, object]:
        capsys.readouterr()
        assert main([*data, "warning", *words]) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return found

    assert said("read", str(file), "--dry-run")["act"] == "issue"
    assert said("list")["warnings"] == []
    (new,) = said("read", str(file), *by)["new"]  # type: ignore[misc]
    assert main([*data, "warning", "read", str(file), *by]) == 1
    assert said("write", str(new["id"]), str(tmp_path / "out.xml"))["type"] == "Alert"
    assert "东河区" in (tmp_path / "out.xml").read_text("utf-8")
    said("lift", str(new["id"]), *by)
    assert said("list")["warnings"] == []
    assert len(said("list", "--all")["warnings"]) == 1  # type: ignore[arg-type]
    assert said("write", str(new["id"]), str(tmp_path / "out.xml"))["type"] == "Cancel"
    assert main([*data, "warning", "read", str(tmp_path / "none.xml")]) == 1
