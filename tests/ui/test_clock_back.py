"""The clock set back an hour while the desk is at work: nothing is lost, doubled or put off."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from db.backup import FOLDER, backups
from db.check import check
from dispatch.deadlines import due_list
from tests.ui.live_room import LiveRoom

K = Qt.Key


def line(live: LiveRoom, words: str) -> None:
    live.key(K.Key_F3)
    live.type(words)
    live.key(K.Key_Return)


def test_the_desk_works_on_when_the_clock_goes_back(live: LiveRoom) -> None:
    live.window.show_page("desk")
    line(live, "拨钟以前")
    live.room.ring()
    live.settle()
    before = {d.key for d in due_list(live.store, live.clock.now())}
    live.clock.move(timedelta(hours=-1))
    line(live, "拨钟以后")
    for _ in range(3):
        live.room.ring()
        live.settle()
    texts = [r[0] for r in live.store.read("select text from log order by no desc limit 9")]
    assert texts.index("拨钟以后") < texts.index("拨钟以前")
    assert any("clock" in text for text in texts)
    rows = [getattr(r, "words", "") or getattr(r, "text", "")
            for r in live.room.desk_page.log.rows_model.rows]
    assert any("拨钟以后" in str(r) for r in rows)
    assert before <= {d.key for d in due_list(live.store, live.clock.now())}
    assert not live.room.lock.locked
    assert len(backups(live.folder / FOLDER)) >= 2
    live.clock.move(timedelta(hours=1))
    line(live, "钟又拨回")
    assert live.store.value("select text from log order by no desc limit 1") == "钟又拨回"
    ids = [r[0] for r in live.store.read("select id from log order by no")]
    assert ids[-3:] == sorted(ids[-3:])
    assert check(live.store.path) == []
