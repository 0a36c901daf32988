"""The net in the tour 调度网巡览: a roll call of forty units by key, a call-out and its board."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt

from db.words import t
from dispatch.net.board import recipients
from dispatch.net.rollcall import open_rolls
from dispatch.net.terms import Standing
from ui.dialogs.callout import CalloutSheet
from ui.pages.callout_page import CalloutPage
from ui.pages.rollcall_page import RollPage
from ui.tour.hands import Astray, Hands

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
Keep = Callable[[str, str], None]
FORTY = "全网点名"
SECONDS = 2
ANSWERS = {8: K.Key_4, 17: K.Key_3, 26: K.Key_5, 33: K.Key_2}
"""What is not on post among the forty, by its place."""


def roll_call(h: Hands, keep: Keep) -> None:
    """F7: forty units at two seconds each, the silent ones again, ended; the month's circular."""
    h.room.window.show_page("net")
    h.shoot("net", t("The dispatch net: its branches, numbers in order, latest roll calls"))
    h.press(K.Key_F7)
    page = h.room.window.page
    if not isinstance(page, RollPage):
        raise Astray("F7 did not open the roll call")
    row = next((r for r in page.list.rows_model.rows
                if r.words == FORTY and r.key.startswith("template:")), None)
    if row is None:
        raise Astray("the sample has no roll call of forty")
    page.list.choose(row.key)
    page.list.setFocus()
    h.press(K.Key_Return)
    for place in range(1, 41):
        h.clock.move(timedelta(seconds=SECONDS))
        h.press(ANSWERS.get(place, K.Key_1))
        if place == 20:
            h.shoot("roll-call", t("F7: one key for each unit, the next one comes by itself"))
    h.press(K.Key_A)
    h.press(K.Key_1)
    h.press(K.Key_4)
    h.shoot("roll-call-again", t("A: those who did not answer are asked again"))
    h.press(K.Key_P)
    keep("roll-call", t("The sheet of the roll call on paper"))
    h.press(K.Key_E)
    if open_rolls(h.room.store):
        raise Astray("; ".join(["the roll call did not end", *h.refusals[-2:]]))
    h.press(K.Key_U)
    keep("roll-circular", t("U: the month's circular on roll calls"))
    h.press(K.Key_B)
    keep("roll-call-blank", t("B: a blank sheet for the hour without power"))


def call_out(h: Hands, keep: Keep) -> None:
    """H on the event: towns and hospitals called out, sent, answered on the board."""
    event = h.room.window.page
    h.press(K.Key_H)
    h.fill(**{"by_plan": False, "branch:town": True, "branch:hospital": True,
              "text": "请{单位}按《{预案}》做好疏散和救治准备，收到请回复。"})
    sheet = h.sheet()
    if isinstance(sheet, CalloutSheet):
        sheet.look()
    h.shoot("call-out", t("H: call out; who is reached, through what, and what they read"))
    h.press(K.Key_Return, CONTROL)
    h.press(K.Key_Return, CONTROL)
    page = h.room.window.page
    if not isinstance(page, CalloutPage) or page.of is None:
        raise Astray("; ".join(["the call-out did not go", *h.refusals[-2:]]))
    _carry(h)
    h.clock.move(timedelta(seconds=95))
    for key in (K.Key_Y, K.Key_Y, K.Key_R, K.Key_Y, K.Key_Y, K.Key_Y):
        h.press(key)
        h.clock.move(timedelta(seconds=20))
    h.shoot("board", t("The board: every recipient's state and the running share"))
    for key in (K.Key_Y, K.Key_Y, K.Key_S, K.Key_Y):
        h.press(key)
    waiting = [r for r in recipients(h.room.store, page.of.id)
               if r.standing is Standing.UNKNOWN]
    if waiting:
        raise Astray("the fate of a message is not known")
    h.press(K.Key_P)
    keep("call-sheet", t("The call sheet on paper, with what is known by now"))
    h.press(K.Key_W)
    h.press(K.Key_E)
    if h.room.window.page is not event:
        raise Astray("E did not lead back to the event")


def _carry(h: Hands) -> None:
    """Have the messages of the local test channel go out."""
    h.room.carrying.start()
    for _ in range(100):
        h.room.carrying.pump()
        h.settle()
        if not h.room.store.value("select 1 from outbox where state in ('queued', 'sending')"):
            return
        time.sleep(0.01)
    raise Astray("the messages did not go out")
