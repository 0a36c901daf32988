"""CAP messages at the desk: what becomes a warning, what replaces or lifts one, what does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db.check import check
from db.errors import Refused
from db.journal import head
from db.store import Store
from dispatch.cap.meaning import color_of, kind_of
from dispatch.cap.message import Info
from dispatch.cap.outlines import outlines
from dispatch.cap.reading import read_alert
from dispatch.cap.rules import COLORS, KINDS, colors_of, kinds_of
from dispatch.cap.taking import Taken, read_file, take_alert
from dispatch.cap.weighing import Act, weigh
from dispatch.cap.writing import cap_bytes, outgoing, save_warning
from dispatch.filing import counts_of_rows
from dispatch.log import entries
from dispatch.warnings import extend_warning, in_force, issue_warning, lift_warning, warning
from resources.people import SYSTEM, Role
from resources.settings import put_setting
from tests.builders import NIGHT, an_officer, clock_of
from tests.dispatch.cap.builders import REAL, SENT, SQUARE, an_alert, an_info

BY = an_officer()
HOUR = timedelta(hours=1)


def taken(store: Store, data: bytes, color: int = 0) -> Taken:
    return take_alert(store, read_alert(data), color=color, by=BY)


def refused(store: Store, data: bytes) -> str:
    """Why it is refused; the record stays as it is."""
    before = head(store.db)
    with pytest.raises(Refused) as why:
        taken(store, data)
    assert head(store.db) == before
    return str(why.value)


def named(store: Store) -> list[tuple[str, int, str]]:
    return [(w.kind, w.color, w.area) for w in in_force(store, store.clock.now())]


def test_an_alert_stands_in_force_with_its_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "暴雨.xml"
    path.write_bytes(an_alert(an_info(expires=NIGHT + 6 * HOUR, area="石渠镇,石渠镇，柳湾镇",
                                      shape=f"<polygon>{SQUARE}</polygon>")))
    done = take_alert(store, read_file(path), file=path, by=BY)
    (new,) = done.new
    assert (done.act, new.kind, new.color, new.area) == (Act.ISSUE, "暴雨", 2, "石渠镇、柳湾镇")
    assert (new.issuer, new.issued_at) == ("云川新区气象台", SENT.replace(microsecond=0))
    assert new.ends_at == (NIGHT + 6 * HOUR).replace(microsecond=0)
    assert len(outlines(store, [new.id])[new.id][0]) == 5
    assert counts_of_rows(store, [new.id]) == {new.id: 1}
    (line,) = entries(store, limit=9)
    assert "A-1" in line.text
    assert not line.backfilled
    assert check(store.path) == []


def test_a_message_counts_once(store: Store) -> None:
    taken(store, an_alert())
    assert "already" in refused(store, an_alert())
    assert len(named(store)) == 1


@pytest.mark.parametrize("status", ["Test", "Exercise", "Draft", "System"])
def test_what_is_not_actual_never_becomes_a_warning(store: Store, status: str) -> None:
    assert "no warning in force" in refused(store, an_alert(status=status))


def test_a_drill_takes_exercises_alone(store: Store) -> None:
    with store.change("test.drill", SYSTEM) as tx:
        put_setting(tx, "drill", "1")
    assert "real desk" in refused(store, an_alert())
    (new,) = taken(store, an_alert(status="Exercise")).new
    assert outgoing(store, new.id).status == "Exercise"


def test_an_update_replaces_what_it_names(store: Store) -> None:
    taken(store, an_alert())
    clock_of(store).move(HOUR)
    update = an_alert(an_info(headline="云川新区气象台将暴雨橙色预警变更为暴雨红色预警"),
                      identifier="A-2", kind="Update", sent=NIGHT,
                      refs="wx@example.org,A-1,2026-11-23T21:42:03+08:00")
    found = weigh(store, read_alert(update))
    assert (found.act, [w.color for w in found.old]) == (Act.REPLACE, [2])
    done = taken(store, update)
    assert named(store) == [("暴雨", 1, "石渠镇")]
    assert warning(store, done.old[0].id).lifted_at == NIGHT.replace(microsecond=0)
    # the first one, late and out of order, is no news
    assert "overtakes" in refused(store, an_alert(identifier="A-1b", refs="A-1", kind="Update"))


def test_an_update_of_something_unknown_stands_with_a_remark(store: Store) -> None:
    data = an_alert(kind="Update", refs="w,elsewhere,x")
    assert len(weigh(store, read_alert(data)).remarks) == 1
    taken(store, data)
    assert len(named(store)) == 1


@pytest.mark.parametrize("ending", [
    {"kind": "Cancel"}, {"kind": "Update", "infos": "<responseType>AllClear</responseType>"},
    {"kind": "Update", "headline": "云川新区气象台解除暴雨橙色预警"}])
def test_a_cancel_or_all_clear_lifts(store: Store, ending: dict[str, str]) -> None:
    taken(store, an_alert())
    info = an_info(more=ending.get("infos", ""), headline=ending.get("headline", "暴雨"))
    cancel = an_alert(info, identifier="A-9", kind=ending["kind"], refs="A-1", sent=NIGHT)
    assert taken(store, cancel).act is Act.LIFT
    assert named(store) == []
    assert "already" in refused(store, cancel)
    again = an_alert(info, identifier="A-10", kind=ending["kind"], refs="A-1", sent=NIGHT)
    assert "lifted already" in refused(store, again)


def test_a_cancel_of_something_unknown_is_refused_kindly(store: Store) -> None:
    assert "lift it there" in refused(store, an_alert(kind="Cancel", refs="wx@example.org,A-1,x"))


def test_another_senders_message_of_the_same_identifier_is_another(store: Store) -> None:
    taken(store, an_alert())
    taken(store, an_alert(an_info(area="柳湾镇"), sender="河务局"))
    other = an_alert(identifier="A-2", kind="Cancel", refs="河务局,A-1,x", sent=NIGHT)
    assert taken(store, other).act is Act.LIFT
    assert named(store) == [("暴雨", 2, "石渠镇")]
    bare = an_alert(identifier="A-3", kind="Cancel", refs="A-1", sent=NIGHT)
    taken(store, bare)
    assert named(store) == []


def test_what_ran_out_or_says_nothing_is_not_kept(store: Store) -> None:
    late = an_alert(an_info(expires=NIGHT - timedelta(minutes=1)))
    assert "ran out" in refused(store, late)
    data = an_alert()
    begins, ends = data.index(b"<info>"), data.index(b"</info>") + len(b"</info>")
    assert "says nothing" in refused(store, data[:begins] + data[ends:])


def test_a_colour_nobody_said_is_asked_for(store: Store) -> None:
    data = an_alert(an_info(headline="Flood", event="Flood", severity="Unknown", language="en"))
    assert "no colour" in refused(store, data)
    assert taken(store, data, color=3).new[0].color == 3


def test_several_info_parts_are_kept_in_chinese_before_others(store: Store) -> None:
    taken(store, an_alert(an_info(language="en-US", event="Rain", headline="Rain"),
                          an_info(area="石渠镇"),
                          an_info(event="雷电", headline="发布雷电黄色预警", area="柳湾镇")))
    assert named(store) == [("暴雨", 2, "石渠镇"), ("雷电", 3, "柳湾镇")]


def test_a_clock_ahead_and_an_old_message_are_said(store: Store) -> None:
    ahead = weigh(store, read_alert(an_alert(sent=NIGHT + HOUR)))
    assert "both clocks" in ahead.remarks[0]
    assert taken(store, an_alert(sent=NIGHT + HOUR)).new[0].issued_at == NIGHT
    old = weigh(store, read_alert(an_alert(identifier="B", sent=NIGHT - 72 * HOUR)))
    assert "3 days ago" in old.remarks[0]


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared CAP files are not here")
def test_real_files_become_warnings(store: Store) -> None:
    wind, = taken(store, (REAL / "henan_20200205.xml").read_bytes()).new
    assert (wind.kind, wind.color, wind.issuer, wind.area) == ("大风", 4, "河南省气象局", "河南省")
    assert "未来24小时" in wind.text
    orange, = taken(store, (REAL / "example1.xml").read_bytes()).new
    assert (orange.color, orange.issuer[:15]) == (2, "U.S. Government")
    assert "ran out" in refused(store, (REAL / "example2.xml").read_bytes())


@pytest.mark.parametrize(("info", "color", "kind"), [
    (Info(headline="大连市气象台发布大风蓝色预警"), 4, "大风"),
    (Info(headline="北京市气象台2021年10月09日15时40分发布大风蓝色预警信号"), 4, "大风"),
    (Info(headline="某台继续发布雷雨大风黄色预警[III级/较重]", severity="Red"), 3, "雷雨大风"),
    (Info(headline="暴雪红色预警"), 1, "暴雪"),
    (Info(headline="发布黄河洪水橙色预警"), 2, "黄河洪水"),
    (Info(headline="区气象台台风红色预警"), 1, "台风"),
    (Info(event="寒潮橙色预警"), 2, "寒潮"),
    (Info(event="11B17", severity="YELLOW"), 3, "大雾"),
    (Info(event="Flood", values=("Orange",), severity="Minor"), 2, "Flood"),
    (Info(event="Flood", values=("黄色",)), 3, "Flood"),
    (Info(event="Flood", severity="Extreme"), 1, "Flood"),
    (Info(event="Flood", severity="Unknown"), 0, "Flood"),
    (Info(headline="台风来临"), 0, "台风来临"), (Info(codes=("99Z99",)), 0, "99Z99")])
def test_colour_and_kind(info: Info, color: int, kind: str) -> None:
    found, basis = color_of(info, colors_of(COLORS))
    assert (found, kind_of(info, kinds_of(KINDS))) == (color, kind)
    assert basis


def test_a_warning_goes_out_and_comes_back_the_same(store: Store) -> None:
    ours = issue_warning(store, "暴雨", 1, "区气象台", area="全区 <东>", text="请防范 & 转移\x07。",
                         issued_at=NIGHT - HOUR, ends_at=NIGHT + 5 * HOUR, by=BY)
    data = cap_bytes(outgoing(store, ours.id))
    assert data == cap_bytes(outgoing(store, ours.id))
    assert "written here" in refused(store, data)
    sender = outgoing(store, ours.id).sender
    elsewhere = data.replace(f"<sender>{sender}".encode(), b"<sender>other")
    (back,) = taken(store, elsewhere).new
    for name in ("kind", "color", "issuer", "ends_at"):
        assert getattr(back, name) == getattr(ours, name)
    assert back.issued_at == ours.issued_at.replace(microsecond=0)
    assert back.text == "请防范 & 转移。"


def test_its_identifier_tells_each_turn_of_a_warning(store: Store) -> None:
    ours = issue_warning(store, "暴雨", 1, "区气象台", by=BY)
    first = outgoing(store, ours.id)
    clock_of(store).move(HOUR)
    extend_warning(store, ours.id, NIGHT + 9 * HOUR, by=BY)
    second = outgoing(store, ours.id)
    lift_warning(store, ours.id, by=BY)
    third = outgoing(store, ours.id)
    assert [x.msg_type for x in (first, second, third)] == ["Alert", "Update", "Cancel"]
    assert len({x.identifier for x in (first, second, third)}) == 3
    assert all(f",{first.identifier}," in x.reference for x in (second, third))
    assert second.sent == third.sent == NIGHT + HOUR
    assert "AllClear" in cap_bytes(third).decode()


def test_an_acknowledgement_is_counted_with_its_warning(store: Store) -> None:
    ours = issue_warning(store, "暴雨", 1, "区气象台", by=BY)
    out = outgoing(store, ours.id)
    ack = an_alert(identifier="K-1", sender="石渠镇", kind="Ack", sent=NIGHT,
                   refs=f"{out.sender},{out.identifier},2026-11-23T21:47:03+08:00")
    assert taken(store, ack).act is Act.ACKNOWLEDGE
    assert warning(store, ours.id).acknowledged == 1
    assert "already" in refused(store, ack)
    assert "not sent from here" in refused(store, an_alert(kind="Ack", refs="a,b,c"))
    assert "could not be read" in refused(store, an_alert(kind="Error", refs="a,b,c"))


def test_a_file_is_written_whole_or_refused(store: Store, tmp_path: Path) -> None:
    ours = issue_warning(store, "暴雨", 1, "区气象台", by=BY)
    save_warning(store, ours.id, tmp_path / "a.xml")
    assert read_file(tmp_path / "a.xml").infos[0].event == "暴雨"
    with pytest.raises(Refused, match="folder"):
        save_warning(store, ours.id, tmp_path)
    with pytest.raises(Refused, match="no file"):
        read_file(tmp_path / "b.xml")


def test_only_the_desk_reads_warnings_in(store: Store) -> None:
    with pytest.raises(Refused, match="role"):
        take_alert(store, read_alert(an_alert()), by=an_officer("看", Role.VIEWER))
