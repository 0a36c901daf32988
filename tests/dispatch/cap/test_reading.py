"""CAP files as they come: real ones and the national dialect are read, hostile ones refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.mutating import laughs, mutant
from db.errors import Refused
from dispatch.cap.message import MsgType, Ref, Status
from dispatch.cap.reading import read_alert
from dispatch.cap.shapes import circle_ring, polygon_ring, ring_text
from resources.geo import distance_m
from tests.builders import NIGHT
from tests.dispatch.cap.builders import REAL, SENT, SQUARE, an_alert, an_info

needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the shared CAP files are not here")


def test_a_message_is_read_whole() -> None:
    found = read_alert(an_alert(
        an_info(expires=NIGHT + timedelta(hours=6), shape=f"<polygon>{SQUARE}</polygon>"
                "<circle>34.45,108.75 2</circle>", more="<instruction>勿涉水。</instruction>"),
        refs="wx@example.org,A-0,2026-11-23T10:00:00+08:00", kind="Update"))
    (info,) = found.infos
    assert (found.identifier, found.sender, found.sent) == ("A-1", "wx@example.org", SENT.replace(
        microsecond=0))
    assert (found.status, found.msg_type, found.refs) == (Status.ACTUAL, MsgType.UPDATE, (
        Ref("A-0", "wx@example.org"),))
    assert (info.event, info.severity, info.instruction) == ("暴雨", "Severe", "勿涉水。")
    assert info.expires == (NIGHT + timedelta(hours=6)).replace(microsecond=0)
    (area,) = info.areas
    square, around = area.rings
    assert square[0] == (108.7, 34.4)
    assert {round(distance_m(108.75, 34.45, *spot)) for spot in around} == {2000}


@needs_real
def test_the_examples_of_the_standard() -> None:
    found = [read_alert((REAL / f"example{n}.xml").read_bytes()) for n in (1, 2, 3, 4)]
    assert [a.msg_type for a in found] == [MsgType.ALERT, MsgType.ALERT, MsgType.UPDATE,
                                           MsgType.ALERT]
    assert found[0].sent == datetime(2003, 4, 2, 19, 39, 1, tzinfo=UTC)
    assert len(found[1].infos[0].areas[0].rings[0]) == 5
    assert found[2].refs[0].identifier == "TRI13970876.1"
    assert [i.language for i in found[3].infos] == ["en-US", "es-US"]


@needs_real
def test_the_national_dialect() -> None:
    found = read_alert((REAL / "henan_20200205.xml").read_bytes())
    assert found.sent == datetime(2020, 2, 5, 2, 45, tzinfo=UTC)
    assert found.refs == (Ref("41000041600000_20200204121842"),)
    (info,) = found.infos
    assert (info.codes, info.severity, info.expires) == (("11B06",), "Blue", None)


def test_chinese_encodings_are_read() -> None:
    for name in ("GB2312", "gbk", "GB18030"):
        text = an_alert(head=f'<?xml version="1.0" encoding="{name}"?>\n').decode()
        assert read_alert(text.encode("gb18030")).infos[0].event == "暴雨"


def test_a_time_without_an_offset_is_beijing_time() -> None:
    data = an_alert().replace(b"+08:00</sent>", b"</sent>")
    assert read_alert(data).sent == read_alert(an_alert()).sent


def test_a_shape_that_cannot_be_read_is_left_out_and_named() -> None:
    shapes = ("<polygon>34.4,108.7 here</polygon>", "<polygon>34.4,108.7 34.5,108.8</polygon>",
              "<circle>nan,108 3</circle>", "<circle>34,108</circle>", "<polygon/>")
    found = read_alert(an_alert(an_info(shape="\n".join(shapes))))
    assert found.infos[0].areas[0].rings == ()
    assert len(found.flaws) == 4
    assert all("Line" in one for one in found.flaws)


def test_exchanged_axes_and_open_rings_are_mended() -> None:
    ring = polygon_ring("108.70,34.40 108.80,34.40 108.80,34.50")
    assert ring == ((108.7, 34.4), (108.8, 34.4), (108.8, 34.5), (108.7, 34.4))


@pytest.mark.parametrize(("data", "why"), [
    (b"", "empty"), (b"  \n", "empty"), (b"not xml at all", "line 1, column 1"),
    (b"<alert>", "line 1"), (b"<feed/>", "begins with <feed>"),
    (b'<alert xmlns="urn:example"/>', "urn:example"), (b"<alert/>", "<identifier>"),
    (laughs("alert"), "Line 1: the file declares"),
    (b'<!DOCTYPE alert SYSTEM "http://example.org/x"><alert/>', "declares"),
    (an_alert(status="Ready"), "Line 4: “Ready” is no status"),
    (an_alert(kind="Shout"), "“Shout” is no msgType"),
    (an_alert(identifier=""), "no <identifier>"), (an_alert(identifier="x" * 301), "longer"),
    (an_alert().replace(b"<sent>2026-11-23T", b"<sent>tonight "), "Line 3: “tonight"),
    (an_alert(an_info() * 51), "more than 50 info"),
    (an_alert(an_info(shape=f"</area>{'<area><areaDesc>x</areaDesc></area>' * 1000}<area>")),
     "more than 1000 areas"),
    (an_alert(an_info(shape=f"<polygon>{'34.4,108.7 ' * 50_001}</polygon>")), "50000 points"),
    (b"<alert>" + b"<a>" * 40 + b"</a>" * 40 + b"</alert>", "deeper than 16"),
    (b"<alert>" + b"<a/>" * 20_001 + b"</alert>", "more than 20000 elements"),
    (b"<alert>" + b" " * 2**22 + b"</alert>", "larger than 4 MB"),
    (b'<?xml version="1.0" encoding="utf-7"?><alert/>', "no XML"),
    (b'<?xml version="1.0" encoding="gbk"?><alert>\x81</alert>', "no XML")])
def test_what_is_no_warning_is_refused_with_its_place(data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_alert(data)
    assert why in str(refused.value)
    assert refused.value.field == "file"


def test_damaged_files_are_read_or_refused_with_a_reason() -> None:
    data = an_alert(an_info(shape=f"<polygon>{SQUARE}</polygon>", expires=NIGHT))
    ends = set[object]()
    for seed in range(300):
        try:
            ends.add(bool(read_alert(mutant(data, seed)).identifier))
        except Refused as why:
            ends.add(why.field)
    assert ends == {True, "file"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-179_000_000, 179_000_000),
                          st.integers(-89_000_000, 89_000_000)), min_size=3, max_size=9,
                unique=True))
def test_a_ring_comes_back_as_it_was_written(spots: list[tuple[int, int]]) -> None:
    ring = tuple((lon / 1e6, lat / 1e6) for lon, lat in [*spots, spots[0]])
    assert polygon_ring(ring_text(ring)) == ring


def test_a_circle_without_a_radius_is_a_point_and_draws_nothing() -> None:
    assert circle_ring("32.9525,-115.5527 0") == ()
