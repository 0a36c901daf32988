"""The engine 求解器: OR-Tools comes in by parts, since loading one holds the interpreter.

Its library is thirty megabytes; at once with its Python side that is a twelfth of a second in
which no window could answer a key.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import sys
from pathlib import Path

PACKAGE = "ortools"


def bring_in() -> None:
    """Load the library before whoever needs it imports it; wherever that cannot be, they load it
    themselves."""
    if PACKAGE in sys.modules:
        return
    found = importlib.util.find_spec(PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        for library in Path(folder).glob(".libs/libortools*"):
            with contextlib.suppress(OSError):
                ctypes.CDLL(str(library))
