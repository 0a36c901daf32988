"""The audit: every change in words, found by whatever is known of it, and no password in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from dispatch.audit import AuditFilter, entries, faces, find
from dispatch.audit_book import audit_csv, audit_xlsx
from dispatch.audit_terms import TABLE_NAMES, verb_words
from dispatch.audit_words import altered_words, column_words, line_words
from dispatch.duty import officers
from dispatch.events import edit_event
from dispatch.log import append_entry
from resources.exchange.books import read_book
from resources.keeping import edit_record
from resources.records import Library
from tests.ui.live_room import LiveRoom
from ui.cli import main
from ui.pages.audit_page import AuditPage

K = Qt.Key


def page_of(live: LiveRoom) -> AuditPage:
    live.window.show_page("settings")
    live.key(K.Key_A)
    page = live.window.page
    assert isinstance(page, AuditPage)
    live.settle()
    return page


def top_row(page: AuditPage) -> str:
    return " ".join(c.text(page.model.row_or_none(0)) for c in page.model.columns)


def choose(page: AuditPage, live: LiveRoom, box: str, value: str) -> None:
    found = getattr(page, box)
    found.setCurrentIndex(found.findData(value))
    found.activated.emit(found.currentIndex())
    live.settle()


def test_all_changes_stand_in_their_order_and_new_ones_on_top(live: LiveRoom) -> None:
    page = page_of(live)
    assert list(page.model.ids) == list(range(live.store.value("select max(id) from change"),
                                              0, -1))
    append_entry(live.store, "审计一行", by=live.desk.officer)
    live.settle()
    assert page.model.ids[0] == live.store.value("select max(id) from change")
    assert "审计一行" in top_row(page)
    assert live.desk.officer.name in top_row(page)
    assert "log: entered" in top_row(page)


def test_from_what_to_what_is_said_and_leads_to_the_record(live: LiveRoom) -> None:
    force = live.store.value("select id from force where active = 1 limit 1")
    before = live.store.value("select duty_phone from force where id = :id", id=force)
    edit_record(live.store, Library.FORCE, force, {"duty_phone": "000-7777"},
                by=live.desk.officer)
    page = page_of(live)
    assert f"{before} → 000-7777" in top_row(page)
    assert f"{before} → 000-7777" in page.detail.toPlainText()
    live.key(K.Key_H)
    assert page.row == force
    assert len(page.model.ids) >= 2
    live.key(K.Key_Return)
    assert live.window.page.key == "libraries"
    live.window.show_page("audit")
    live.key(K.Key_Escape)
    assert page.row is None
    live.key(K.Key_Escape)
    assert live.window.page.key == "settings"


def test_found_by_person_verb_table_time_and_words(live: LiveRoom) -> None:
    who = live.desk.officer
    live.clock.move(timedelta(days=40))
    append_entry(live.store, "罕见词组", by=who)
    last = live.store.value("select max(id) from change")
    page = page_of(live)
    choose(page, live, "period", "0")
    assert list(page.model.ids) == [last]
    page.open(None)
    choose(page, live, "verb", "log.append")
    assert last in page.model.ids
    assert {page.model.row_or_none(n).of.verb for n in range(len(page.model.ids))} == {"log.append"}
    choose(page, live, "person", who.name)
    assert {page.model.row_or_none(n).of.by_name for n in range(len(page.model.ids))} == {who.name}
    page.open(None)
    choose(page, live, "table_box", "officer")
    assert last not in page.model.ids
    page.open(None)
    page.words.setText("罕见 词组")
    page.look()
    live.settle()
    assert list(page.model.ids) == [last]
    append_entry(live.store, "再一次罕见词组", by=who)
    page._typing.timeout.emit()
    live.settle()
    assert list(page.model.ids) == [last + 1, last]


def test_a_password_never_shows_in_screen_file_or_search(live: LiveRoom) -> None:
    who = live.desk.officer
    officers.set_password(live.store, who.id, "river-stone-4", by=who)
    db = live.store.db
    kept = live.store.value("select password_hash from officer where id = :id", id=who.id)
    numbers = find(db)
    [last] = entries(db, numbers[:1]).values()
    assert "••••" in altered_words(db, last)
    whole = " ".join(altered_words(db, e) for e in entries(db, numbers[:50]).values())
    assert kept not in whole
    assert kept.encode() not in audit_csv(db, numbers[:50])


def test_saved_as_a_workbook_that_runs_no_formula(live: LiveRoom, tmp_path: Path) -> None:
    append_entry(live.store, "=HYPERLINK(1)", by=live.desk.officer)
    page = page_of(live)
    page.words.setText("HYPERLINK")
    page.look()
    live.settle()
    page.choose_file = lambda *_: str(tmp_path / "审计.xlsx")
    live.key(K.Key_X)
    book = read_book("审计.xlsx", (tmp_path / "审计.xlsx").read_bytes())
    assert len(book.sheets[0].rows) == 2
    assert any("=HYPERLINK(1)" in str(cell) for cell in book.sheets[0].rows[1][1])
    text = audit_csv(live.store.db, find(live.store.db, AuditFilter(words="HYPERLINK")))
    [_head, row] = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert not any(cell.startswith("=") for cell in row)
    assert audit_xlsx(live.store.db, find(live.store.db)[:3])


def test_every_change_of_the_sample_district_is_said_in_words(
        live: LiveRoom, chinese: None) -> None:
    db = live.store.db
    event = live.open_event
    edit_event(live.store, event, {"cause": "电缆老化"}, by=live.desk.officer)
    raw = [verb for verb in faces(db).verbs if "." in verb_words(verb)]
    assert raw == []
    for number in find(db):
        [entry] = entries(db, [number], 400).values()
        for line in entry.lines:
            words = line_words(db, line)
            assert words
            assert f"{line.table}_id" not in words
    for table in set(faces(db).tables) & set(TABLE_NAMES):
        for row in db.execute(f"pragma table_info([{table}])"):
            if row[1] != "id":
                said = column_words(table, row[1])
                assert any("\u4e00" <= c <= "\u9fff" for c in said), f"{table}.{row[1]}: {said}"


def test_what_was_taken_back_says_what_it_was(chinese: None) -> None:
    assert verb_words("undo.import.force") == "撤销·导入·队伍"


@pytest.fixture
def data(live: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("WATCHDESK_LANG", "en")
    return ["--data", str(live.folder), "--json", "audit"]


def test_the_command_lists_and_writes(live: LiveRoom, data: list[str], tmp_path: Path,
                                      capsys: pytest.CaptureFixture[str]) -> None:
    append_entry(live.store, "命令行一行", by=live.desk.officer)
    assert main([*data, "--verb", "log.append", "--words", "命令行"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["count"] == 1
    assert said["changes"][0]["rows"][0]["altered"]["text"] == [None, "命令行一行"]
    assert main([*data, "--from", "2026-11-23", "--out", str(tmp_path / "a.csv")]) == 0
    assert "命令行一行" in (tmp_path / "a.csv").read_text("utf-8-sig")
    capsys.readouterr()
    assert main([*data, "--out", str(tmp_path / "a.pdf")]) == 1
    assert main([*data, "--from", "someday"]) == 1
