"""The scene 图上内容: everything that stands on the base, as prepared values to be painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from resources.geo import Position
from resources.layers.features import Feature
from resources.sites import Site
from ui.map.clusters import Clusters

LEAST_OF_A_NAME = 12.5
"""From this zoom on single sites bear their names."""


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event with its level 0 to 4; `words` stand beside its diamond."""

    id: int
    level: int
    lon: float
    lat: float
    words: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Mover:
    """A force on its way or on scene: turned by its heading, with two lines on its plate."""

    order: int
    lon: float
    lat: float
    heading: float
    name: str
    words: str
    icon: str = "truck"
    late: bool = False
    moving: bool = True
    waiting: bool = False
    slot: float = 0.0
    """On scene forces stand side by side below the event: places left or right of it."""
    trail: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Rings:
    """Circles of so many metres around a point; one of them may be chosen."""

    lon: float
    lat: float
    metres: tuple[float, ...]
    chosen: float = 0.0


@dataclass(frozen=True, slots=True)
class Area:
    """A hatched area in the colour of a warning's level, 0 for plain ink."""

    rings: tuple[tuple[Position, ...], ...]
    level: int
    words: str = ""
    whole: bool = False
    """All of the district: drawn as its edge alone, or nothing else could be seen."""


class Tool(StrEnum):
    """What the pointer does."""

    LOOK = "look"
    MEASURE = "measure"  # 测距
    AREA = "area"        # 圈选
    PLACE = "place"      # 落点


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is being drawn: its corners, closed or not, and what is said of it."""

    tool: Tool
    points: tuple[Position, ...] = ()
    closed: bool = False
    words: str = ""


@dataclass(slots=True)
class Scene:
    """The parts that change at different times; the view paints them in their order."""

    sites: Sequence[Site] = ()
    clusters: Clusters | None = None
    names: Sequence[Feature] = ()
    areas: Sequence[Area] = ()
    events: Sequence[EventMark] = ()
    movers: Sequence[Mover] = ()
    rings: Rings | None = None
    sketch: Sketch | None = None
    mark: Position | None = None
    """The point that is being placed, or that was looked for."""
    chosen: tuple[str, int] | None = None
    """Kind and id of what is selected."""
    labels: bool = True
    muted: frozenset[str] = field(default_factory=frozenset)
    """States (`Site.sort`) that are drawn pale: out of service, scrapped."""
