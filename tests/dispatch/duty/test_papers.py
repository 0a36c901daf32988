from __future__ import annotations

from pathlib import Path

import pypdfium2

from dispatch.duty.after_action_papers import after_action_paper
from dispatch.duty.event_papers import log_paper
from dispatch.duty.handover import handover
from dispatch.duty.papers import handover_paper
from dispatch.duty.shifts import shift
from dispatch.printing import Finding, verify_code
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.handover import handover_sheet
from dispatch.printouts.log_sheet import log_sheet
from dispatch.printouts.pdf import render
from dispatch.printouts.sheet import Sheet
from tests.dispatch.duty.builders import a_room
from tests.dispatch.duty.test_handover import busy, sealed

FONTS = Path("ui/assets/fonts")


def text_of(sheet: Sheet) -> str:
    document = pypdfium2.PdfDocument(render(sheet, FONTS))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(text.split())


def test_the_handover_paper_says_every_fact(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    done = handover(room.store, sealed(room))
    said = text_of(handover_sheet(handover_paper(room.store, done)))
    for words in (done.number, done.code, "赵强", "林一舟", "消防三中队", "柴油罐车侧翻",
                  "2026-0001", "2026-0002", done.summary,
                  *(r.recipient for r in done.facts.reports)):
        assert "".join(words.split()) in said


def test_the_after_action_paper_can_be_verified(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    event_id = room.store.value("select min(id) from event")
    facts = after_action_paper(room.store, event_id, by=room.main)
    said = text_of(after_action_sheet(facts))
    assert "柴油罐车侧翻" in said
    assert facts.code in said
    assert verify_code(room.store, facts.code).finding is Finding.INTACT
    assert after_action_paper(room.store, event_id, by=room.main) == facts


def test_the_log_register_holds_every_entry_in_order(tmp_path):
    room = a_room(tmp_path)
    busy(room)
    facts = log_paper(room.store, shift(room.store, room.shift_id))
    assert len(facts.entries) == room.store.value("select count(*) from log")
    assert [e.seq for e in facts.entries] == sorted(e.seq for e in facts.entries)
    assert "来文登记错号" in text_of(log_sheet(facts))
