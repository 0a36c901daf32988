"""The exported calendar read back by a reader that knows RFC 5545 alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.store import Store
from dispatch.duty.roster.board import Board, board
from dispatch.duty.roster.exchange import calendar
from dispatch.duty.roster.months import Put, put_cells
from dispatch.duty.roster.problem import Key
from dispatch.terms import Post
from tests.dispatch.duty.roster.builders import LEADER, a_district
from tests.dispatch.duty.roster.test_months import DECEMBER

NAME = re.compile(r"[A-Za-z0-9-]+\Z")
LONG = "司马欧阳诸葛，上官；夏侯\\令狐" * 6


def unfolded(text: str) -> list[str]:
    """Content lines (3.1): CRLF at each end, 75 octets at most, a fold begins with a space."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines: list[str] = []
    for line in text[:-2].split("\r\n"):
        assert len(line.encode()) <= 75
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def plain(value: str) -> str:
    """TEXT (3.3.11) without its escapes; a bare sign that must be escaped is an error."""
    out, signs = "", iter(value)
    for sign in signs:
        assert sign not in ";,"
        if sign == "\\":
            sign = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","}[next(signs)]
        out += sign
    return out


def components(text: str) -> Iterator[dict[str, str]]:
    """The events of one calendar (3.4, 3.6), each property once, all that must be there."""
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    head: dict[str, str] = {}
    at = 1
    while not lines[at].startswith(("BEGIN:", "END:")):
        name, _, value = lines[at].partition(":")
        head[name] = value
        at += 1
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    while lines[at] == "BEGIN:VEVENT":
        event: dict[str, str] = {}
        at += 1
        while lines[at] != "END:VEVENT":
            name, colon, value = lines[at].partition(":")
            assert colon
            assert NAME.match(name)
            assert name not in event
            event[name] = value
            at += 1
        at += 1
        assert {"UID", "DTSTAMP", "DTSTART"} <= set(event)
        yield event
    assert at == len(lines) - 1


def moment(value: str) -> datetime:
    """DATE-TIME in UTC (3.3.5, form 2)."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[Store, Board]]:
    store, who = a_district(tmp_path)
    with store.change("test.rename", LEADER) as tx:
        tx.update("officer", who[0].id, name=LONG)
    put_cells(store, DECEMBER, [
        Put(who[0].id, Key(DECEMBER.replace(day=3), 0), Post.LEADER),
        Put(who[4].id, Key(DECEMBER.replace(day=3), 0), Post.MAIN),
        Put(who[4].id, Key(DECEMBER.replace(day=31), 0), Post.SECOND)], by=LEADER)
    yield store, board(store, DECEMBER)
    store.close()


def test_each_duty_is_one_valid_event(shown: tuple[Store, Board]) -> None:
    store, month = shown
    found = list(components(calendar(month, store.clock.now())))
    assert len({e["UID"] for e in found}) == len(found) == 3
    slots = {s.key: s for s in month.problem.slots}
    names = {p.id: p.name for p in month.problem.people}
    for cell in month.cells:
        one = next(e for e in found if moment(e["DTSTART"]) == slots[cell.key].starts_at
                   and plain(e["SUMMARY"]).endswith(names[cell.person]))
        assert moment(one["DTEND"]) == slots[cell.key].ends_at > moment(one["DTSTART"])
        assert moment(one["DTSTAMP"]) == store.clock.now().replace(microsecond=0)


def test_a_duty_keeps_its_identity_when_the_month_is_exported_again(
        shown: tuple[Store, Board]) -> None:
    store, month = shown
    first = {e["UID"] for e in components(calendar(month, store.clock.now()))}
    again = {e["UID"] for e in components(calendar(board(store, DECEMBER), store.clock.now()))}
    assert again == first
