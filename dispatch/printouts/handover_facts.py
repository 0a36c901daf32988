"""The facts of a handover 交接班: what the record says, before it is a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from dispatch.printouts.sheet import BEIJING, Check


@dataclass(frozen=True, slots=True)
class Watch:
    """Who holds the posts: 带班领导, 主班, 副班, 备勤."""

    leader: str = ""
    officer: str = ""
    second: str = ""
    standby: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning in force 生效预警: its name and level, then when, by whom, passed on to whom."""

    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class OpenEvent:
    """An event 在办事件; `level` is its roman numeral or nothing, `grade` the word for it."""

    number: str
    level: str
    grade: str
    status: str
    received_at: datetime
    forces_out: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class ReportDue:
    """An information report that the next shift owes 待报送."""

    due_at: datetime
    report: str
    recipients: str
    channel: str = ""
    sent: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class OpenInstruction:
    """A leader's instruction not carried out yet 批示未办结."""

    at: datetime
    leader: str
    post: str
    text: str
    passed_on: str = ""
    due_at: datetime | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class PaperToPass:
    """A document received that must still be passed on 待传来文."""

    number: str
    title: str
    origin: str
    received_at: datetime
    to: str = ""


@dataclass(frozen=True, slots=True)
class OutItem:
    """A force or a piece of equipment that is out 在外力量装备; `since` may be a day in words."""

    name: str
    size: str
    where: str
    since: datetime | str
    due_back: str = ""


@dataclass(frozen=True, slots=True)
class AddedLater:
    """A remark made after the record was sealed 封存后补充."""

    at: datetime
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: post, name and the instant of the password sign-on."""

    post: str
    name: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """Everything on the paper. Instants are aware; `zone` is where the clock on paper hangs.

    `code` is the verification code, `chain_seq` and `chain_hash` the head of the log's chain.
    """

    number: str
    org: str
    start: datetime
    end: datetime
    handed_at: datetime
    weather: str
    outgoing: Watch
    incoming: Watch
    summary: str
    warnings: tuple[WarningLine, ...] = ()
    first_entry: int | None = None
    last_entry: int | None = None
    events: tuple[OpenEvent, ...] = ()
    reports: tuple[ReportDue, ...] = ()
    instructions: tuple[OpenInstruction, ...] = ()
    papers: tuple[PaperToPass, ...] = ()
    out: tuple[OutItem, ...] = ()
    checks: tuple[Check, ...] = ()
    roll_calls: tuple[str, ...] = ()
    reminders: tuple[str, ...] = ()
    note: str = ""
    signed_out: tuple[Signer, ...] = ()
    signed_in: tuple[Signer, ...] = ()
    code: str = ""
    chain_seq: int | None = None
    chain_hash: str = ""
    addenda: tuple[AddedLater, ...] = ()
    drill: bool = False
    zone: tzinfo = BEIJING
