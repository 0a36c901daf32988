"""CAP messages 预警消息 as records, in the words of CAP 1.2 (OASIS, 2010-07-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from resources.geo import Position

NAMESPACES = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1", "")
"""Those that are read; the national 12379 system writes none."""


class Status(StrEnum):
    """What a message is good for (3.2.1 status)."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MsgType(StrEnum):
    """What a message does (3.2.1 msgType)."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


@dataclass(frozen=True, slots=True)
class Ref:
    """An earlier message that one names; the national dialect leaves its sender out."""

    identifier: str
    sender: str = ""

    def means(self, sender: str) -> bool:
        """Whether a message of that sender with the same identifier is the one."""
        return self.sender in ("", sender)


@dataclass(frozen=True, slots=True)
class Area:
    """An affected area: its words, and rings in degrees, each closed."""

    words: str
    rings: tuple[tuple[Position, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """One `info` of a message; `codes` are event codes, `values` those of its parameters."""

    language: str = "en-US"
    event: str = ""
    codes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    severity: str = ""
    all_clear: bool = False
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message. `refs` are the earlier ones that it names; `flaws` says which shapes could not
    be read and were left out."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    refs: tuple[Ref, ...] = ()
    infos: tuple[Info, ...] = ()
    flaws: tuple[str, ...] = ()
