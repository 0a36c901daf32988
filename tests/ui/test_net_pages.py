"""The net, its roll calls and call-outs through the real window and its keys."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from db.change import RowId
from dispatch.events import EventId, event
from dispatch.log import entries
from dispatch.net.answers import note_answer
from dispatch.net.board import recipients, share
from dispatch.net.callouts import Draft, callouts, look_at, start_callout
from dispatch.net.channels import ChannelFacts, put_channel
from dispatch.net.choosing import Choice, inside
from dispatch.net.rollcall import answers, open_rolls, rolls
from dispatch.net.terms import Answer, ChannelKind, RollResult, SendState, Standing
from dispatch.orders import orders_of
from dispatch.terms import EntryKind, Stage
from resources.net import Branch, Contact, members
from resources.net_keeping import contacts_of, groups
from tests.builders import an_event
from tests.dispatch.net.conftest import pocket  # noqa: F401 - the machine's keyring is not touched
from tests.dispatch.net.servers import a_gateway
from tests.ui.live_room import LiveRoom
from ui.dialogs.callout import CalloutSheet
from ui.dialogs.net import ContactsSheet
from ui.pages.callout_page import CalloutPage
from ui.pages.net_page import NetPage
from ui.pages.preview_page import PreviewPage
from ui.pages.rollcall_page import RollPage

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def net_page(live: LiveRoom, name: str = "") -> NetPage:
    live.window.show_page("net")
    page = live.window.page
    assert isinstance(page, NetPage)
    if name:
        page.words.setText(name)
        page.show_found()
        page.table.setFocus()
    live.settle()
    return page


def roll_page(live: LiveRoom) -> RollPage:
    live.key(Key.Key_F7)
    page = live.window.page
    assert isinstance(page, RollPage)
    return page


def begin(live: LiveRoom, name: str) -> RollPage:
    page = roll_page(live)
    row = next(r for r in page.list.rows_model.rows
               if r.words == name and r.key.startswith("template:"))
    page.list.choose(row.key)
    page.list.setFocus()
    live.key(Key.Key_Return)
    return page


def test_a_digit_copies_a_number_and_d_logs_the_call(live: LiveRoom) -> None:
    page = net_page(live, "石渠镇值班室")
    one = page.chosen
    assert one.name == "石渠镇值班室"
    live.key(Key.Key_2)
    assert QGuiApplication.clipboard().text() == one.numbers[1].phone
    live.key(Key.Key_D)
    live.type("已通知备勤")
    live.key(Key.Key_Return, CONTROL)
    newest = entries(live.store, limit=1)[0]
    assert newest.kind is EntryKind.CALL_OUT
    assert newest.text.startswith(f"Called 石渠镇值班室 Duty phone {one.phone}: 已通知备勤")


def test_persons_are_kept_in_order_and_a_bad_line_is_refused(live: LiveRoom) -> None:
    page = net_page(live, "石渠镇值班室")
    one = page.chosen
    live.key(Key.Key_K)
    sheet = live.sheets[0]
    assert isinstance(sheet, ContactsSheet)
    sheet.edit.put([("王立", "镇长", "", ""), ("", "", "000-8001", "")])
    sheet.edit.setFocus()
    live.key(Key.Key_Return, CONTROL)
    assert "neither a number" in sheet.message.text()
    sheet.edit.put([("王立", "镇长", "000-8000", "wang@example.cn"), ("", "", "000-8001", "")])
    sheet.submit()
    assert contacts_of(live.store, one.key) == [
        Contact("王立", "镇长", "000-8000", "wang@example.cn"), Contact(phone="000-8001")]


def test_a_group_is_made_of_what_is_selected(live: LiveRoom) -> None:
    page = net_page(live)
    page.table.clearSelection()
    page.table.selectRow(3)
    page.table.selectionModel().select(page.model.index(5, 0), page.table.selectionModel(
        ).SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows)
    chosen = [m.key for m in page.selected()]
    assert len(chosen) == 2
    live.key(Key.Key_G)
    live.type("夜间联络")
    live.key(Key.Key_Return)
    assert next(g for g in groups(live.store) if g.name == "夜间联络").keys == tuple(chosen)


def test_forty_units_are_asked_one_key_each(live: LiveRoom) -> None:
    page = begin(live, "全网点名")
    assert page.of is not None
    started = time.monotonic()
    for number in range(40):
        live.clock.move(timedelta(seconds=2))
        live.key(Key.Key_4 if number in (7, 20) else Key.Key_3 if number == 11 else Key.Key_1)
    assert (time.monotonic() - started) / 40 < 2
    rows = answers(live.store, page.of.id)
    assert [r.result for r in rows].count(RollResult.PRESENT) == 37
    assert rows[1].answered_at is not None
    assert rows[1].called_at is not None
    assert (rows[1].answered_at - rows[1].called_at).total_seconds() == 2
    live.key(Key.Key_A)
    assert page.model.rowCount() == 42
    live.key(Key.Key_1)
    live.key(Key.Key_4)
    live.key(Key.Key_E)
    assert not open_rolls(live.store)
    assert "40 units, On post 37, On leave 1, No answer 2" in entries(
        live.store, kinds=[EntryKind.ROLL_CALL], limit=1)[0].text


def test_who_answered_and_the_signal_are_typed_beside(live: LiveRoom) -> None:
    page = begin(live, "队伍电台点名")
    assert page.of is not None
    live.key(Key.Key_R)
    live.type("张队")
    live.key(Key.Key_Return)
    live.key(Key.Key_S)
    live.type("4")
    live.key(Key.Key_Return)
    live.key(Key.Key_1)
    first = answers(live.store, page.of.id)[0]
    assert (first.result, first.responder, first.quality) == (RollResult.PRESENT, "张队", 4)
    assert page.table.current_row.place == 2
    assert page.right.fields["responder"].text() == ""
    live.key(Key.Key_Backspace)
    live.key(Key.Key_2)
    assert answers(live.store, page.of.id)[0].result is RollResult.AWAY
    live.key(Key.Key_6)
    assert "Write what it is" in live.told[-1]


def test_what_is_due_is_begun_from_the_desk(live: LiveRoom) -> None:
    live.clock.move(timedelta(hours=11))
    live.window.show_page("desk")
    live.room.desk_page.load(None)
    row = next(r for r in live.room.desk_page.due.rows_model.rows
               if getattr(r, "id", "").startswith("roll:"))
    live.room.desk_page.due.choose(row.id)
    live.room.desk_page.due.setFocus()
    live.key(Key.Key_Return)
    page = live.window.page
    assert isinstance(page, RollPage)
    live.key(Key.Key_Return)
    assert page.of is not None
    assert page.of.due_at is not None
    assert rolls(live.store, limit=1)[0].id == page.of.id


@pytest.mark.parametrize("key", [Key.Key_P, Key.Key_U, Key.Key_B])
def test_the_papers_of_a_roll_call_are_shown(live: LiveRoom, key: Key) -> None:
    page = roll_page(live)
    page.open(int(rolls(live.store, limit=1)[0].id))
    live.key(key)
    shown = live.window.page
    assert isinstance(shown, PreviewPage)
    assert shown.paper is not None
    assert shown.paper.pdf.startswith(b"%PDF")


def test_a_call_out_is_asked_twice_sent_and_answered(live: LiveRoom) -> None:
    of = an_event(live.store, "水管爆裂", by=live.desk.officer)
    live.window.show_page("event", of.id)
    live.key(Key.Key_H)
    sheet = live.sheets[0]
    assert isinstance(sheet, CalloutSheet)
    sheet.form.fill({"by_plan": False, "branch:force": True, "on_net": True,
                     "text": "请{单位}立即赶赴{地点}，收到请回复"})
    sheet.form.edited.emit()
    live.key(Key.Key_Return, CONTROL)
    assert "Enter again sends" in sheet.message.text()
    before = len(callouts(live.store))
    live.key(Key.Key_Return, CONTROL)
    assert len(callouts(live.store)) == before + 1
    page = live.window.page
    assert isinstance(page, CalloutPage)
    assert page.of is not None
    live.room.carrying.start()
    for _ in range(200):
        live.room.carrying.pump()
        time.sleep(0.002)
    rows = recipients(live.store, page.of.id)
    assert {r.messages[0].state for r in rows} == {SendState.SENT}
    live.clock.move(timedelta(minutes=3))
    first = page.table.current_row
    live.key(Key.Key_Y)
    live.key(Key.Key_R)
    assert share(recipients(live.store, page.of.id)).answered == 2
    order = next(o for o in orders_of(live.store, of.id) if o.force_id == first.row_id)
    assert (order.stage, order.ordered_at) == (Stage.CONFIRMED, page.of.made_at)
    live.key(Key.Key_T)
    assert "请{单位}" not in live.told[-1]
    assert "000-" in QGuiApplication.clipboard().text()
    live.key(Key.Key_W)
    assert page.of.open
    live.key(Key.Key_W)
    assert not callouts(live.store, event=of.id)[0].open


def test_a_template_with_an_unknown_field_is_named_and_nothing_is_sent(live: LiveRoom) -> None:
    net_page(live)
    before = len(callouts(live.store))
    live.key(Key.Key_H)
    sheet = live.sheets[0]
    sheet.form.fill({"branch:town": True, "title": "集结", "text": "到{楼层}集合"})
    live.key(Key.Key_Return, CONTROL)
    live.key(Key.Key_Return, CONTROL)
    assert sheet.isVisible()
    assert "{楼层}" in sheet.form.field("text").accessibleDescription()
    assert len(callouts(live.store)) == before


def test_a_ring_of_the_map_is_called_out(live: LiveRoom) -> None:
    live.window.show_page("map", ("event", live.open_event))
    live.settle()
    live.key(Key.Key_A)
    sheet = live.sheets[0]
    assert isinstance(sheet, CalloutSheet)
    assert sheet.ring is not None
    of = event(live.store, EventId(RowId(live.open_event)))
    assert (sheet.ring.lon, sheet.ring.lat) == (of.lon, of.lat)
    found = {m.key for m in look_at(live.store, sheet.draft()).members}
    assert found == {m.key for m in members(live.store) if inside(m, sheet.ring)
                     and m.status != "off"}


def test_doubts_left_by_a_program_that_ended_are_asked(live: LiveRoom) -> None:
    by = live.desk.officer
    channel = put_channel(live.store, ChannelFacts(
        name="短信二", kind=ChannelKind.HOOK, address="http://127.0.0.1:9/x"), by=by)
    of = start_callout(live.store, Draft(
        title="集结", template="集结", choice=Choice(branches=(Branch.HOSPITAL,)),
        channels=(channel.id,)), by=by)
    with live.store.change("test.ended", by) as tx:
        tx.run("update outbox set state = 'sending' where channel_id = :c", c=channel.id)
    live.room.carrying.start()
    live.room.carrying.timer.stop()
    assert "may or may not have been sent" in live.told[-1]
    live.window.show_page("callout", int(of.id))
    page = live.window.page
    assert isinstance(page, CalloutPage)
    assert page.table.current_row.standing is Standing.UNKNOWN
    live.key(Key.Key_U)
    states = [r.messages[0].state for r in recipients(live.store, of.id)]
    assert states.count(SendState.SENT) == 1
    assert states.count(SendState.UNKNOWN) == 2


def test_a_board_of_five_hundred_follows_within_a_frame_or_two(live: LiveRoom) -> None:
    by = live.desk.officer
    with live.store.change("test.units", by) as tx:
        for n in range(500):
            tx.insert("unit", {"name": f"村{n}", "tier": "village", "kind": "village",
                               "duty_phone": f"000-{6000 + n}"})
    of = start_callout(live.store, Draft(title="集结", template="集结", choice=Choice(
        branches=(Branch.VILLAGE,))), by=by)
    live.window.show_page("callout", int(of.id))
    page = live.window.page
    assert isinstance(page, CalloutPage)
    row = page.all_rows[250]
    note_answer(live.store, row.id, Answer.ACKNOWLEDGED, by=by)
    assert page.bar.share.answered == 1
    assert page.model.row(page.model.rowCount() - 1).id == row.id


def test_the_test_of_a_channel_says_what_the_service_says(live: LiveRoom) -> None:
    with a_gateway() as gateway:
        gateway.usual = "401"
        put_channel(live.store, ChannelFacts(name="网关", kind=ChannelKind.HOOK,
                                             address=gateway.url), by=live.desk.officer)
        net_page(live)
        live.key(Key.Key_W)
        sheet = live.sheets[0]
        table = sheet.table  # type: ignore[attr-defined]
        row = next(c for c in table.rows_model.rows if c.name == "网关")
        table.choose(row.id)
        live.key(Key.Key_T)
        for _ in range(100):
            live.settle()
            if any("HTTP 401" in x for x in live.told):
                break
            time.sleep(0.02)
    assert any("网关: Refused by the service, HTTP 401" in x for x in live.told)


def test_a_secret_is_typed_unseen_and_never_kept_as_a_draft(live: LiveRoom) -> None:
    net_page(live)
    live.key(Key.Key_W)
    live.key(Key.Key_N)
    sheet = live.sheets[0]
    sheet.form.fill({"name": "钉钉二", "kind": ChannelKind.DINGTALK, "secret": "robot-zebra"})
    field = sheet.form.field("secret")
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    sheet.submit()
    assert live.store.value("select 1 from net_channel where name = '钉钉二'")
    assert not any(b"robot-zebra" in p.read_bytes() for p in live.folder.rglob("*")
                   if p.is_file())
