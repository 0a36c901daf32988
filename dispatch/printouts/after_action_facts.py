"""The facts of an after-action report 复盘: what it says, before it is a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from dispatch.printouts.figures import Figure
from dispatch.printouts.log_table import EntryLine
from dispatch.printouts.sheet import BEIJING, Moment


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled fact of the overview; `strong` prints it in bold."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Casualties:
    """The toll as known at one time 伤亡变化; None is not known."""

    at: datetime
    dead: int | None = None
    injured: int | None = None
    missing: int | None = None
    evacuated: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ForceLine:
    """One force with its stage times and intervals in minutes, computed elsewhere.

    `promised` is in minutes from the order; `over` is by how many minutes it was exceeded;
    `out` tells that it is not back yet.
    """

    name: str
    size: str
    ordered: datetime | None
    confirmed: datetime | None = None
    left: datetime | None = None
    arrived: datetime | None = None
    returned: datetime | None = None
    promised_at: datetime | None = None
    response: float | None = None
    turnout: float | None = None
    travel: float | None = None
    total: float | None = None
    promised: float | None = None
    over: float = 0.0
    outcome: str = ""
    out: bool = True


@dataclass(frozen=True, slots=True)
class IntervalLine:
    """One interval against its norm, both in minutes; None is not measured or no norm.

    Over `n` forces `actual` is the median and `p90` the 90th percentile; `met` of `judged`
    kept the norm of their kind.
    """

    name: str
    between: str
    actual: float | None
    norm: float | None
    basis: str = ""
    p90: float | None = None
    n: int | None = None
    met: int = 0
    judged: int = 0


@dataclass(frozen=True, slots=True)
class InstructionLine:
    at: datetime
    leader: str
    post: str
    text: str
    passed_on: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class SupplyLine:
    name: str
    quantity: str
    warehouse: str = ""
    slip: str = ""
    force: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found and what will be better, by whom and when; `state` what came of it."""

    problem: str
    measure: str = ""
    owner: str = ""
    due: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class AfterActionFacts:
    """Everything on the paper; instants are aware, `zone` is where the clock on paper hangs.

    `review` are the parts that the law asks for (突发事件应对法 2024 Art. 92), heading and words;
    `gaps` what the record lacks, in sentences.
    """

    number: str
    org: str
    event_number: str
    event_title: str
    start: datetime
    end: datetime
    made_at: datetime
    facts: tuple[Fact, ...] = ()
    narrative: str = ""
    casualties: tuple[Casualties, ...] = ()
    forces: tuple[ForceLine, ...] = ()
    intervals: tuple[IntervalLine, ...] = ()
    moments: tuple[Moment, ...] = ()
    instructions: tuple[InstructionLine, ...] = ()
    supplies: tuple[SupplyLine, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    review: tuple[tuple[str, str], ...] = ()
    gaps: tuple[str, ...] = ()
    code: str = ""
    chain_seq: int | None = None
    chain_hash: str = ""
    drill: bool = False
    zone: tzinfo = BEIJING
    figure: Figure | None = None
