from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Cancelled, Refused
from db.store import Store
from dispatch.log import entries
from dispatch.replay import Row, read_chronology, replay
from resources.localtime import LOCAL
from tests.builders import NIGHT, SHARED, an_officer

BY = an_officer()
REAL = SHARED / "chronology" / "fukushima_daiichi_2011_zh_first14h.csv"
GOOD = "时间,单位,内容\n2011-03-11 14:46,现场,发生强震\n"


@pytest.mark.parametrize("data", [
    GOOD, GOOD.encode(), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.encode("gb18030"),
    GOOD.encode("utf-16"), GOOD.replace(",", "\t"), GOOD.replace("\n", "\r\n")])
def test_the_same_rows_in_every_dress(data: str | bytes) -> None:
    assert [(r.number, r.actor, r.text) for r in read_chronology(data)] == [
        (2, "现场", "发生强震")]


@pytest.mark.parametrize(("data", "word"), [
    ("", "empty"), ("a,b\n1,2\n", "Row 1"), ("time,actor,entry\n", "no rows"),
    (GOOD + "昨天,现场,x\n", "Row 3: 昨天"),
    (GOOD + "2011-03-11 14:47,现场,\n", "Row 3: the entry"),
    (GOOD + ",现场,x\n", "Row 3: the time"), (GOOD + '2011-03-11 14:47,"a"b,x\n', "Row 3: the quo"),
    (GOOD + "2011-02-30 14:47,x,x\n", "Row 3"), (b"\xff\xff\xff", "neither"),
    (GOOD + "2011-03-11 14:47,x," + "字" * 4001, "4001")])
def test_a_bad_row_is_named(data: str | bytes, word: str) -> None:
    with pytest.raises(Refused, match=word):
        read_chronology(data)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda s: GOOD + s)))
def test_any_file_is_read_or_refused(data: bytes | str) -> None:
    try:
        rows = read_chronology(data)
    except Refused:
        return
    assert all(r.text and r.at.tzinfo for r in rows)


def test_a_row_in_the_future_imports_nothing(store: Store) -> None:
    rows = [*read_chronology(GOOD), Row(3, NIGHT + timedelta(days=1), "", "明天", "")]
    with pytest.raises(Refused, match="Row 3"):
        replay(store, rows, "回放", by=BY)
    assert entries(store) == []


@pytest.mark.skipif(not REAL.exists(), reason="the real chronology is not on this machine")
def test_the_real_chronology_becomes_a_closed_event(store: Store) -> None:
    rows = read_chronology(REAL.read_bytes())
    made = replay(store, rows, "福岛第一核电站事故前14小时", by=BY)
    found = [e for e in entries(store, event=made.id, limit=100) if e.kind == "note"]
    assert len(rows) == len(found) == 58
    assert all(e.backfilled for e in entries(store, event=made.id, limit=100))
    assert (made.number, made.state, made.origin) == ("2011-0001", "closed", "replay")
    assert made.received_at.astimezone(LOCAL).strftime("%H:%M") == "14:46"
    assert [e.at for e in reversed(found)] == sorted(r.at for r in rows)


def test_a_replay_tells_how_far_it_is_and_stops_when_told(store: Store) -> None:
    rows = [Row(n, NIGHT - timedelta(days=1), "", f"第{n}条", "") for n in range(2, 252)]
    heard: list[tuple[int, int]] = []

    def once(done: int, of: int) -> bool:
        heard.append((done, of))
        return done < 200

    with pytest.raises(Cancelled):
        replay(store, rows, "中断", progress=once, by=BY)
    assert heard == [(0, 250), (100, 250), (200, 250)]
    assert store.value("select count(*) from event") == 0
    assert len(entries(store)) == 0
    assert replay(store, rows, "全程", by=BY).title == "全程"
