"""The tour's shift is handed over on a paper that is right in every fact against the store."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from db.clock import StillClock, from_text
from db.store import FILE_NAME, Store
from db.words import catalogue, t
from dispatch.begin import begin_sample
from dispatch.printing import Finding, verify_code
from dispatch.terms import (
    COLOR_NAMES,
    LEVEL_NAMES,
    NOT_GRADED,
    REPORT_NAMES,
    WAY_NAMES,
    Level,
    ReportKind,
    Way,
)
from resources.care import lend_equipment
from resources.equipment import EquipmentId
from resources.localtime import clock_text, moment_text
from ui.app import present_officer
from ui.look import Look, keep_look
from ui.places import words_folder
from ui.room import DutyRoom
from ui.theme import Theme
from ui.tour.hands import Hands
from ui.tour.script import MORNING
from ui.tour.shift import Shift

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
              pytest.mark.usefixtures("chinese")]


class Handed:
    """The sealed handover's row, its paper as text without spaces, and the store behind it."""

    def __init__(self, store: Store, pdf: bytes, added: bytes) -> None:
        self.store = store
        self.row: sqlite3.Row = store.read("select * from handover order by id desc limit 1")[0]
        self.shift = store.read("select * from shift where id = :id", id=self.row["shift_id"])[0]
        self.text, self.added = text_of(pdf), text_of(added)

    def says(self, *words: object) -> None:
        for one in words:
            plain = "".join(str(one).split())
            assert plain in self.text, plain

    def between(self, heading: str, until: str) -> str:
        return self.text.partition(heading)[2].partition(until)[0]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(text.split())


def when(text: str) -> str:
    return moment_text(from_text(text))


@pytest.fixture(scope="module")
def handed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handed]:
    """The tour's shift with its events left open, equipment lent, and the handover sealed."""
    folder, clock = tmp_path_factory.mktemp("handed"), StillClock(MORNING)
    catalogue.load("zh_CN", words_folder())
    theme = Theme()
    theme.dress(qapp)
    begin_sample(folder, clock, lambda _part: None)
    keep_look(folder, Look("zh_CN"))
    store = Store.open(folder / FILE_NAME, clock)
    room = DutyRoom(theme, store, present_officer(store))
    room.window.resize(1440, 900)
    room.window.show()
    hands = Hands(room, clock, folder)
    shift = Shift(hands)
    for part in (shift.morning, shift.day, shift.call, shift.dispatch, shift.correct,
                 shift.complete, shift.second_event):
        part()
    piece = store.value("select min(id) from equipment where status = 'ready' and active = 1")
    lend_equipment(store, EquipmentId(piece), "柳湾镇", date(2026, 11, 30),
                   by=room.desk.officer)
    shift.next_morning()
    room.stop()
    room.window.deleteLater()
    hands.let_go()
    yield Handed(store, (folder / "handover-out.pdf").read_bytes(),
                 (folder / "handover-added.pdf").read_bytes())
    store.close()
    theme.deleteLater()
    catalogue.load("en", words_folder())


def test_head_people_and_weather(handed: Handed) -> None:
    row, shift = handed.row, handed.shift
    handed.says(row["number"], row["code"], shift["weather"], when(row["sealed_at"]),
                moment_text(from_text(shift["starts_at"]), year=True), when(shift["ends_at"]))
    for seats in (row["shift_id"], row["next_shift_id"]):
        for one in handed.store.read("""select o.name from seat_on_shift s
                join officer o on o.id = s.officer_id
                where s.shift_id = :id and s.state <> 'replaced'""", id=seats):
            handed.says(one["name"])
    warnings = handed.store.read("select * from warning where lifted_at is null and"
                                 " (ends_at is null or ends_at > :at)", at=row["sealed_at"])
    head = handed.between("预警", "一、")
    for one in warnings:
        assert f"{one['kind']}{t(COLOR_NAMES[one['color']])}" in head
    assert head.count("生效") == (len(warnings) or 1)  # 无生效预警 where there is none


def test_the_summary_is_what_the_store_counts(handed: Handed) -> None:
    begin, shift = handed.shift["opened_at"], handed.row["shift_id"]

    def count(sql: str) -> int:
        return int(handed.store.value(f"select count(*) from {sql}", begin=begin, shift=shift))

    def lines(kind: str) -> int:
        return count("log l where l.shift_id = :shift and :begin = :begin and not exists (select 1"
                     f" from log c where c.strikes_id = l.id) and l.kind = '{kind}'")

    events = count("event where received_at >= :begin and :shift = :shift")
    forces = count("dispatch_order where ordered_at >= :begin and :shift = :shift")
    told = count("instruction where at >= :begin and :shift = :shift")
    done = count("instruction where at >= :begin and done_at is not null and :shift = :shift")
    handed.says(f"接报事件{events}起", f"来电{lines('call')}件", f"来文{lines('paper')}件",
                f"领导批示{told}件（办结{done}件）", f"更正{lines('correction')}条",
                f"出动力量{forces}支")
    assert events == 2
    assert forces == 6


def test_events_open_and_no_other(handed: Handed) -> None:
    rows = handed.store.read("select * from event where state = 'open' and origin <> 'replay'")
    for one in rows:
        level = t(LEVEL_NAMES[Level(one["level"])]) if one["level"] else t(NOT_GRADED)
        handed.says(one["number"], one["title"], level)
        day, clock = when(one["received_at"]).split()
        handed.says(day + clock)
    shown = set(re.findall(r"2026-0\d{3}(?!年)", handed.between("二、在办事件", "三、待报送")))
    assert shown == {one["number"] for one in rows}
    assert f"{len(rows)}起" in handed.text


def test_reports_due_and_no_other(handed: Handed) -> None:
    rows = handed.store.read("""select s.*, e.number from sending s join event e
        on e.id = s.event_id where s.sent_at is null and s.waived = ''""")
    part = handed.between("三、待报送", "四、批示")
    assert rows
    for one in rows:
        kind = t(REPORT_NAMES[ReportKind(one["kind"])])
        for words in (when(one["due_at"]), f"{one['number']}{kind}", one["recipient"],
                      t(WAY_NAMES[Way(one["way"])])):
            assert "".join(words.split()) in part
    dues = {when(one["due_at"]).replace(" ", "") for one in rows}
    sent = {when(r[0]).replace(" ", "") for r in handed.store.read(
        "select sent_at from sending where sent_at is not null")}
    assert set(re.findall(r"\d\d-\d\d\d\d:\d\d", part)) <= dues | sent


def test_instructions_papers_and_what_is_out(handed: Handed) -> None:
    store = handed.store
    for one in store.read("select * from instruction where done_at is null"):
        handed.says(one["text"], one["leader"], when(one["at"]), when(one["due_at"]))
    papers = handed.between("待传来文", "在外力量与装备")
    waiting = store.read("""select p.*, s.to_whom, s.due_at from paper p join paper_passing s
        on s.paper_id = p.id where s.passed_at is null and p.filed_at is null""")
    assert waiting
    for one in waiting:
        for words in (one["number"], one["title"], one["sender"], one["to_whom"],
                      when(one["received_at"]), when(one["due_at"])):
            assert "".join(words.split()) in papers
    out = handed.between("在外力量与装备", "设备、通信")
    forces = store.read("""select f.name, o.people from dispatch_order o join force f
        on f.id = o.force_id where o.stage not in ('returned', 'refused', 'cancelled')""")
    loans = store.read("""select q.name, l.borrower, l.due_back, l.lent_on from equipment_loan l
        join equipment q on q.id = l.equipment_id where l.back_on is null""")
    assert forces
    assert loans
    for one in forces:
        assert "".join(one["name"].split()) in out
    for one in loans:
        for words in (one["name"], one["borrower"], one["due_back"], one["lent_on"]):
            assert "".join(words.split()) in out
    assert f"{len(forces) + len(loans)}件" in out


def test_checks_reminders_signatures_and_seal(handed: Handed) -> None:
    store, row = handed.store, handed.row
    for one in store.read("select name from check_item where active = 1"):
        handed.says(one["name"])
    handed.says("传真机卡纸，已报修", "库房钥匙2把已交接。")
    for one in store.read("select * from reminder where done_at is null"):
        handed.says(when(one["due_at"]), one["title"])
    for one in store.read("""select o.name, s.at from signature s join officer o
            on o.id = s.officer_id where s.handover_id = :id and s.withdrawn_at is null""",
            id=row["id"]):
        handed.says(one["name"], clock_text(from_text(one["at"]), seconds=True))
    handed.says(row["chain_head"][:4].upper())
    assert verify_code(store, row["code"]).finding is Finding.INTACT


def test_what_was_added_stands_apart_from_what_was_signed(handed: Handed) -> None:
    assert "传真机08:24修复" not in handed.text
    assert "传真机08:24修复" in handed.added.partition("封存后补充")[2]
    assert handed.row["code"] in handed.added


def test_the_fault_stands_in_the_next_draft(handed: Handed) -> None:
    from dispatch.duty.handover import draft_handover

    by = handed.store.value("select officer_id from seat_on_shift where post = 'main'"
                            " and shift_id = :id", id=handed.row["next_shift_id"])
    from dispatch.duty.officers import officer

    drafted = draft_handover(handed.store, handed.row["next_shift_id"],
                             by=officer(handed.store, by))
    assert [(c.name, c.note) for c in drafted.checks if not c.ok] == [("传真机", "卡纸，已报修")]
