"""A warning passed on at the desk: ticked, told and acknowledged by keys, and by command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from db.words import t
from dispatch import deadlines
from dispatch.net.callouts import callouts
from dispatch.passing_on import pass_warning
from dispatch.warning_passes import passes
from dispatch.warnings import HazardWarning, issue_warning, warning
from resources.net import Branch, Part, members
from tests.ui.live_room import LiveRoom, a_district
from tests.ui.liveness import answered, buttons, dead_buttons  # noqa: F401 - a fixture
from ui.app import present_officer
from ui.cli import main
from ui.dialogs.warning import WarningSheet
from ui.dialogs.warning_passes import PassSheet, ReceiptSheet

K = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def a_new(live: LiveRoom) -> HazardWarning:
    return issue_warning(live.store, "暴雨", 2, "区气象台", area="全区", by=live.desk.officer)


def over(live: LiveRoom, of: HazardWarning | None) -> WarningSheet:
    """The sheet of warnings, by its key, on that warning."""
    live.window.show_page("desk")
    live.key(K.Key_W, ALT)
    sheet = live.sheets[-1]
    assert isinstance(sheet, WarningSheet)
    if of is not None:
        sheet.form.fill({"which": int(of.id)})
        sheet.form.edited.emit()
    return sheet


def fresh(live: LiveRoom, of: HazardWarning) -> HazardWarning:
    return warning(live.store, of.id)


def passing(live: LiveRoom, of: HazardWarning) -> PassSheet:
    over(live, of)
    live.key(K.Key_T, CONTROL)
    sheet = live.sheets[-1]
    assert isinstance(sheet, PassSheet)
    return sheet


def receiving(live: LiveRoom, of: HazardWarning) -> ReceiptSheet:
    over(live, of)
    live.key(K.Key_R, CONTROL)
    sheet = live.sheets[-1]
    assert isinstance(sheet, ReceiptSheet)
    return sheet


def test_all_towns_are_told_and_acknowledge_by_keys(live: LiveRoom) -> None:
    of = a_new(live)
    towns = len(members(live.store, Part(branches=(Branch.TOWN,))))
    sheet = passing(live, of)
    live.key(K.Key_T, CONTROL)
    assert len(sheet.ticked) == towns
    live.key(K.Key_Return)
    assert fresh(live, of).passed_to == towns
    assert live.sheets == []
    receipts = receiving(live, of)
    first, second = receipts.model.rows[0].name, receipts.model.rows[1].name
    live.key(K.Key_Space)
    live.key(K.Key_Down)
    live.key(K.Key_Space)
    live.key(K.Key_Return)
    assert fresh(live, of).acknowledged == 2
    assert {p.name for p in passes(live.store, of.id) if p.back_at} == {first, second}
    assert f"{2}" in over(live, of).counts.text()
    assert first not in live.sheets[-1].counts.text()  # type: ignore[attr-defined]


def test_ticks_stay_while_another_list_is_looked_at(live: LiveRoom) -> None:
    of = a_new(live)
    sheet = passing(live, of)
    live.key(K.Key_Space)
    sheet.form.fill({"list": str(Branch.VILLAGE)})
    sheet.form.edited.emit()
    sheet.table.setCurrentIndex(sheet.model.index(0, 1))
    live.key(K.Key_Space)
    sheet.form.fill({"others": "高速路管理中心、铁路派出所", "way": "fax"})
    sheet.submit()
    found = passes(live.store, of.id)
    assert len(found) == 4
    assert {p.kind for p in found} == {"unit", ""}
    assert {p.way for p in found} == {"fax"}


def test_all_that_is_listed_is_ticked_and_unticked_by_its_key(live: LiveRoom) -> None:
    sheet = passing(live, a_new(live))
    sheet.form.fill({"list": str(Branch.VILLAGE)})
    sheet.form.edited.emit()
    live.key(K.Key_A, CONTROL)
    assert len(sheet.ticked) == sheet.model.rowCount() > 1
    live.key(K.Key_A, CONTROL)
    assert sheet.ticked == set()


def test_who_was_told_already_cannot_be_ticked(live: LiveRoom) -> None:
    of = a_new(live)
    live_passes = passing(live, of)
    live.key(K.Key_T, CONTROL)
    live_passes.submit()
    again = passing(live, of)
    live.key(K.Key_Space)
    assert again.ticked == set()
    again.submit()
    assert again.isVisible()
    assert again.message.text() == t("Choose to whom the warning is passed on.")


def test_a_call_out_asks_once_more_before_it_is_sent(live: LiveRoom) -> None:
    of, before = a_new(live), len(callouts(live.store))
    sheet = passing(live, of)
    live.key(K.Key_T, CONTROL)
    sheet.form.fill({"way": "callout"})
    sheet.submit()
    assert sheet.isVisible()
    assert len(callouts(live.store)) == before
    sheet.submit()
    assert len(callouts(live.store)) == before + 1
    assert fresh(live, of).passed_to == len(members(live.store, Part(branches=(Branch.TOWN,))))


def test_a_receipt_written_in_error_is_taken_back_by_its_key(live: LiveRoom) -> None:
    of = a_new(live)
    passing(live, of)
    live.key(K.Key_Space)
    live.key(K.Key_Return)
    receiving(live, of).submit()
    assert fresh(live, of).acknowledged == 1
    receiving(live, of)
    live.key(K.Key_Z, CONTROL)
    assert fresh(live, of).acknowledged == 0


def test_what_is_due_opens_the_receipts(live: LiveRoom) -> None:
    of = a_new(live)
    pass_warning(live.store, of.id, others=["高速路管理中心"], by=live.desk.officer)
    live.window.show_page("desk")
    live.settle()
    page = live.window.page
    row = next(r for r in page.due.rows_model.rows  # type: ignore[attr-defined]
               if getattr(r, "id", "").startswith(f"{deadlines.Act.RECEIPT}:{of.id}:"))
    assert row.key == "Enter"
    page.due.activated_row.emit(row)  # type: ignore[attr-defined]
    sheet = live.sheets[-1]
    assert isinstance(sheet, ReceiptSheet)
    sheet.submit()
    assert fresh(live, of).acknowledged == 1


def test_what_was_passed_on_is_not_lifted_by_the_next_enter(live: LiveRoom) -> None:
    of = a_new(live)
    for key in (K.Key_T, K.Key_R):
        over(live, of).form.fill({"kind": "大风"})
        live.key(key, CONTROL)
        live.key(K.Key_Escape)
        sheet = over(live, None)
        assert sheet.chosen is None
        assert sheet.form.values["kind"] == "大风"
        live.key(K.Key_Escape)
        assert live.sheets == []
    assert fresh(live, of).lifted_at is None


def test_nothing_chosen_is_said_and_opens_nothing(live: LiveRoom) -> None:
    sheet = over(live, None)
    for key in (K.Key_T, K.Key_R):
        live.key(key, CONTROL)
        assert live.sheets == [sheet]


@pytest.mark.parametrize("name", ["pass", "receipts"])
def test_nothing_is_dead_on_the_sheets(answered: LiveRoom, name: str) -> None:  # noqa: F811
    def arrive(live: LiveRoom) -> None:
        of = a_new(live)
        if name == "pass":
            passing(live, of)
            return
        passing(live, of)
        live.key(K.Key_T, CONTROL)
        live.key(K.Key_Return)
        receiving(live, of)

    assert dead_buttons(answered, arrive, lambda: buttons(answered.sheets[-1])) == []


def test_the_commands(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch,
                      capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    folder = a_district(sample, tmp_path / "there")
    store = Store.open(folder / FILE_NAME, SystemClock())
    who = present_officer(store)
    assert who is not None
    of = issue_warning(store, "暴雨", 2, "区气象台", by=who)
    one = members(store, Part(branches=(Branch.VILLAGE,)))[0].name
    store.close()

    def said(what: str, *words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["--data", str(folder), "--json", "warning", what, str(of.id), *words]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return found

    by = ["--officer", who.name]
    done = said("pass", "--all-towns", "--other", "铁路派出所", "--to", one, *by)
    assert done["warning"]["passed_to"] == len(done["passes"])
    assert {one, "铁路派出所"} <= {p["name"] for p in done["passes"]}
    done = said("ack", one, "铁路", "--said-by", "张伟", *by)
    assert done["warning"]["acknowledged"] == 2
    assert {p["name"] for p in done["passes"] if p["back_by"] == "张伟"} == {one, "铁路派出所"}
    assert said("ack", one, "--take-back", *by)["warning"]["acknowledged"] == 1
    assert said("passed")["warning"]["acknowledged"] == 1
    assert main(["--data", str(folder), "warning", "ack", str(of.id), "无此单位", *by]) == 1
