"""Every sentence the code says, found by reading the code, not by running it."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = ("db", "resources", "dispatch", "ui")
DOORS = {"t", "mark", "Refused", "StoreError", "StoreHeld", "Cancelled"}
FORWARDS = {"db/errors.py", "db/words.py"}
"""Modules that pass a sentence on instead of naming one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One call of a door; `text` is None when its source is no plain literal."""

    text: str | None
    where: str
    door: str
    kind: str


def sentences(root: Path) -> Iterator[Sentence]:
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            yield from _in_module(path, str(path.relative_to(root)))


def literals(root: Path) -> set[str]:
    """Every plain string in the code: a sentence may reach its door by way of a table."""
    return {node.value for room in ROOMS for path in (root / room).rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _in_module(path: Path, name: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        door = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if door not in DOORS:
            continue
        for source in _branches(node.args[0]):
            literal = isinstance(source, ast.Constant) and isinstance(source.value, str)
            yield Sentence(source.value if literal else None, f"{name}:{node.lineno}", door,
                           type(source).__name__)


def _branches(node: ast.expr) -> list[ast.expr]:
    """Both arms of `t("a" if x else "b")`."""
    if isinstance(node, ast.IfExp):
        return [*_branches(node.body), *_branches(node.orelse)]
    return [node]


def places(text: str) -> set[str]:
    """The `{names}` of a sentence."""
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text)
            if name is not None}
