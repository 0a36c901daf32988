"""The tour 巡览: drives the real window through a whole shift and keeps pictures and papers."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(out: Path) -> int:
    """Write `out/<language>/NN-name.png` and the papers, then `out/summary.pdf`; 0 when all went.

    Without a display the window is drawn offscreen.
    """
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
            or sys.platform in ("win32", "darwin")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.tour.script import run

    return run(out)
