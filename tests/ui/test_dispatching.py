"""Dispatching by keyboard through the real widgets: proposal, board, check-ins, chips."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dispatch.closing import close_event
from dispatch.events import event
from dispatch.log import entries
from dispatch.orders import OrderLine, order_forces, orders_of, stamp_stage
from dispatch.safety import check_ins
from dispatch.terms import EntryKind, EventClass, Stage
from tests.builders import a_force, an_event, clock_of
from tests.ui.live_room import LiveRoom
from ui.dialogs.dispatch import DispatchSheet
from ui.dialogs.stage_board import StageBoard
from ui.pages.event_view import capability_chips, read_view
from ui.widgets.capabilities import Cover

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def a_plan(live: LiveRoom, *needs: tuple[str, int]) -> None:
    by = live.desk.officer
    with live.store.change("test.plan", by) as tx:
        plan = tx.insert("plan", {"name": "测试预案", "kind": "special", "subtypes": '["food"]'})
        for capability, quantity in needs:
            tx.insert("plan_need", {"plan_id": plan, "capability": capability,
                                    "quantity": quantity})


def test_the_proposal_is_ticked_changed_and_sent_once(live: LiveRoom) -> None:
    a_plan(live, ("潜水", 1))
    of = an_event(live.store, "中毒", class_=EventClass.HEALTH, subtype="food",
                  by=live.desk.officer)
    live.window.show_page("event", of.id)
    live.key(Key.Key_F4)
    sheet = live.sheets[0]
    assert isinstance(sheet, DispatchSheet)
    chosen = {r.of.name for r in sheet.picked}
    assert sheet.short() == {}
    live.key(Key.Key_Space)
    assert sum(sheet.short().values()) > 0
    live.key(Key.Key_Space)
    live.key(Key.Key_Return)
    live.key(Key.Key_Return)
    orders = orders_of(live.store, of.id)
    assert {o.force_name for o in orders} == chosen
    assert all(o.force_name in o.text for o in orders)


def test_f5_on_the_desk_stamps_many_forces_at_once(live: LiveRoom) -> None:
    of = an_event(live.store, "大火", by=live.desk.officer)
    order_forces(live.store, of.id, [OrderLine(a_force(live.store, f"队{n:02}"))
                                     for n in range(36)], by=live.desk.officer)
    live.window.show_page("desk")
    live.key(Key.Key_F5)
    board = live.sheets[0]
    assert isinstance(board, StageBoard)
    board.filter.setText("大火")
    assert board.model.rowCount() == 36
    board.table.selectAll()
    QTest.keyClick(board.table, Key.Key_C)
    assert {o.stage for o in orders_of(live.store, of.id)} == {Stage.CONFIRMED}
    clock_of(live.store).move(timedelta(minutes=1))
    QTest.keyClick(board.table, Key.Key_2)
    assert [o.stage for o in orders_of(live.store, of.id)].count(Stage.MUSTERED) == 1
    assert board.isVisible()


def test_k_notes_that_all_are_well_and_a_missed_one_is_told_to_the_leader(live: LiveRoom) -> None:
    order = orders_of(live.store, live.open_event)[0]
    stamp_stage(live.store, order.id, Stage.ARRIVED, by=live.desk.officer)
    live.window.show_page("event", live.open_event)
    clock_of(live.store).move(timedelta(minutes=10))
    live.key(Key.Key_K)
    assert [c.people for c in check_ins(live.store, order.id)] == [order.people]
    clock_of(live.store).move(timedelta(minutes=36))
    live.room.ring()
    keys = [e.source for e in entries(live.store, kinds=[EntryKind.ALARM])]
    assert any(k.endswith(":leader") for k in keys)
    live.room.ring()
    assert len(entries(live.store, kinds=[EntryKind.ALARM])) == len(keys)


def test_the_chips_of_an_ended_event_do_not_call_missing_what_was_there(live: LiveRoom) -> None:
    a_plan(live, ("潜水", 1))
    by = live.desk.officer
    of = an_event(live.store, "中毒", class_=EventClass.HEALTH, subtype="food", by=by)
    force = a_force(live.store, "潜水队", capabilities='["潜水"]')
    order = order_forces(live.store, of.id, [OrderLine(force)], by=by)[0]
    stamp_stage(live.store, order.id, Stage.RETURNED, by=by)
    close_event(live.store, of.id, waive="x", by=by)
    with live.store.change("test.off", by) as tx:
        tx.update("force", force, active=0)
    chips, advice = capability_chips(read_view(live.store, of.id))
    covers = {c.name: c.cover for c in chips}
    assert covers["潜水"] is Cover.THERE
    assert advice == ""
    assert event(live.store, of.id).closed_at
