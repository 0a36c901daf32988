"""Reading CAP 读预警文件: the bytes of a file become a message, or are refused with the line; pure.

CAP 1.1 and 1.2 are read, and what the national 12379 system writes: no namespace, `sendTime`,
`eventType`, colours for severities, bare identifiers as references, times without a `T`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from db.errors import Refused
from db.words import t
from dispatch.cap.message import NAMESPACES, Alert, Area, Info, MsgType, Ref, Status
from dispatch.cap.shapes import circle_ring, polygon_ring
from dispatch.cap.tree import Node, read_tree
from resources.geo import Position
from resources.localtime import LOCAL

MOST_INFOS, MOST_AREAS, MOST_POINTS, MOST_REFS = 50, 1000, 50_000, 200
LONGEST_NAME = 300
"""Characters of an identifier or a sender; what a person writes has no end of its own."""

FIRST_YEAR, LAST_YEAR = 1990, 2200
One = TypeVar("One", bound=StrEnum)


def read_alert(data: bytes) -> Alert:
    """The message in a file.

    A shape that cannot be read is left out and named among the flaws: a warning is not lost
    over its outline.

    Raises:
        Refused: no CAP, something needed is missing or unknown, too much of anything; with
            the line.
    """
    root = read_tree(data)
    if root.name != "alert" or root.space.removeprefix("{") not in NAMESPACES:
        raise Refused("This is no CAP warning: it begins with <{name}> of {space}.", field="file",
                      name=root.name[:40], space=root.space.removeprefix("{")[:80] or "—")
    return _Reader(root).alert()


class _Reader:
    """Reads one message and notes what had to be left out."""

    def __init__(self, root: Node) -> None:
        self.root, self.flaws, self.areas, self.points = root, list[str](), 0, 0

    def alert(self) -> Alert:
        root = self.root
        infos = list(root.all("info"))
        refs = tuple(_reference(one) for one in root.first("references").split())
        if len(infos) > MOST_INFOS or len(refs) > MOST_REFS:
            raise Refused("Line {line}: the message holds more than {infos} info parts or {refs}"
                          " references.", field="file", line=root.line, infos=MOST_INFOS,
                          refs=MOST_REFS)
        return Alert(
            identifier=self._needed("identifier"), sender=self._needed("sender"),
            sent=self._sent(), status=self._one_of("status", Status),
            msg_type=self._one_of("msgType", MsgType),
            refs=tuple(dict.fromkeys(r for r in refs if r.identifier)),
            infos=tuple(self._info(one) for one in infos), flaws=tuple(self.flaws))

    def _needed(self, name: str) -> str:
        words = self.root.first(name)
        if not words:
            raise Refused("The message has no <{name}>, which every CAP warning has.",
                          field="file", name=name)
        if len(words) > LONGEST_NAME:
            raise Refused("The <{name}> of the message is longer than {most} characters.",
                          field="file", name=name, most=LONGEST_NAME)
        return words

    def _one_of(self, name: str, kinds: type[One]) -> One:
        words = self._needed(name)
        for kind in kinds:
            if kind.value.lower() == words.lower():
                return kind
        line = next(self.root.all(name)).line
        raise Refused("Line {line}: “{words}” is no {name} that CAP knows.", field="file",
                      line=line, words=words[:40], name=name)

    def _sent(self) -> datetime:
        name = "sent" if self.root.first("sent") else "sendTime"
        at = _moment(self.root, name)
        if at is None:
            raise Refused("The message has no <{name}>, which every CAP warning has.",
                          field="file", name="sent")
        return at

    def _info(self, node: Node) -> Info:
        codes = [node.first("eventType"), *(c.first("value") for c in node.all("eventCode"))]
        return Info(
            language=node.first("language") or "en-US", event=node.first("event"),
            codes=tuple(c for c in codes if c),
            values=tuple(p.first("value") for p in node.all("parameter")),
            severity=node.first("severity"),
            all_clear=any(r.text == "AllClear" for r in node.all("responseType")),
            onset=_moment(node, "onset"), expires=_moment(node, "expires"),
            sender_name=node.first("senderName"), headline=node.first("headline"),
            description=node.first("description"), instruction=node.first("instruction"),
            areas=tuple(self._area(one) for one in node.all("area")))

    def _area(self, node: Node) -> Area:
        self.areas += 1
        rings = [*self._rings(node, "polygon", polygon_ring),
                 *self._rings(node, "circle", circle_ring)]
        self.points += sum(map(len, rings))
        if self.areas > MOST_AREAS or self.points > MOST_POINTS:
            raise Refused("Line {line}: the message holds more than {areas} areas or {points}"
                          " points.", field="file", line=node.line, areas=MOST_AREAS,
                          points=MOST_POINTS)
        return Area(node.first("areaDesc"), tuple(rings))

    def _rings(self, node: Node, name: str,
               read: Callable[[str], tuple[Position, ...]]) -> list[tuple[Position, ...]]:
        rings = []
        for one in node.all(name):
            try:
                ring = read(one.text) if one.text else ()
            except ValueError:
                self.flaws.append(t("Line {line}: the <{name}> cannot be read and is left out",
                                    line=one.line, name=name))
                continue
            if ring:
                rings.append(ring)
        return rings


def _reference(text: str) -> Ref:
    """`sender,identifier,sent`, or an identifier alone."""
    parts = text.strip(",").split(",")
    return Ref(parts[1], parts[0]) if len(parts) > 1 else Ref(parts[0])


def _moment(node: Node, name: str) -> datetime | None:
    """An instant; without an offset it is Beijing time. None where nothing is said.

    Raises:
        Refused: it cannot be read.
    """
    words = node.first(name)
    if not words:
        return None
    try:
        at = datetime.fromisoformat(words)
        if not FIRST_YEAR <= at.year < LAST_YEAR:
            raise ValueError(words)
    except ValueError as error:
        raise Refused("Line {line}: “{words}” in <{name}> is no time.", field="file",
                      line=next(o.line for o in node.all(name) if o.text), words=words[:40],
                      name=name) from error
    return (at if at.tzinfo else at.replace(tzinfo=LOCAL)).astimezone(UTC)
