"""How this screen shows the lists 列表样式: columns, widths and order of each, kept beside it."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.files import write_whole

log = logging.getLogger(__name__)
FILE_NAME = "lists.json"


@dataclass(frozen=True, slots=True)
class ListLook:
    """Columns left to right, the widths (design px) that a person set, and the order."""

    columns: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    sort: str = ""
    down: bool = False


def read_looks(folder: Path) -> dict[str, ListLook]:
    """The looks kept in the district's folder, by library; none where nothing can be read."""
    try:
        kept = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return {str(library): _look(one) for library, one in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _look(kept: dict[str, Any]) -> ListLook:
    widths = {str(name): int(width) for name, width in kept["widths"].items()}
    return ListLook(tuple(map(str, kept["columns"])), widths, str(kept["sort"]),
                    bool(kept["down"]))


def keep_looks(folder: Path, looks: dict[str, ListLook]) -> None:
    """Keep them for the next start; a folder that cannot be written costs only that."""
    kept = {library: dataclasses.asdict(one) for library, one in looks.items()}
    try:
        write_whole(folder / FILE_NAME, json.dumps(kept).encode())
    except OSError as error:
        log.info("the lists' columns were not kept: %s", error)
