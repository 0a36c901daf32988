"""Every public verb of the lower rooms says which roles may use it, and nobody else can."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import pytest

import dispatch
import resources
from db.errors import Refused
from dispatch.bell import Bell
from resources.people import Role
from tests.builders import a_store, an_officer

MODULES = [m.name for package in (dispatch, resources)
           for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
           if not m.ispkg]
NOT_A_VERB = {
    "after_action_paper": "reads; its only write is the register of papers, open to all roles",
    "registered": "writes only the register of papers, open to all roles",
    "bring_in": "pure: hands back what an assignment verb is then given",
}


def public(name: str) -> Iterator[tuple[str, FunctionType]]:
    module = importlib.import_module(name)
    for verb, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == name and not verb.startswith("_"):
            yield verb, function


VERBS = [(name, verb, function) for name in MODULES for verb, function in public(name)
         if next(iter(inspect.signature(function).parameters), "") == "store"
         and "by" in inspect.signature(function).parameters and verb not in NOT_A_VERB]


def test_every_verb_declares_its_roles() -> None:
    bare = [f"{name}.{verb}" for name, verb, function in VERBS
            if not getattr(function, "roles", None)]
    assert not bare
    assert len(VERBS) > 100


def test_what_writes_is_a_verb_or_inside_one_or_the_systems() -> None:
    """A public function that opens a change by somebody must have said for whom."""
    bare = []
    for name in MODULES:
        path = Path(f"{name.replace('.', '/')}.py")
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            declared = any("allowed" in ast.unparse(d) for d in node.decorator_list)
            authors = [ast.unparse(call.args[1]) for call in ast.walk(node)
                       if isinstance(call, ast.Call) and len(call.args) > 1
                       and isinstance(call.func, ast.Attribute) and call.func.attr == "change"]
            if not declared and any(author != "SYSTEM" for author in authors):
                bare.append(f"{name}.{node.name}: {authors}")
    assert not bare


def test_a_role_that_is_not_named_is_refused_before_anything_else(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    count = store.value("select count(*) from change")
    for name, verb, function in VERBS:
        outside = set(Role) - getattr(function, "roles", set())
        if not outside:
            continue
        with pytest.raises(Refused, match="may not do this"):
            function(store, by=an_officer("甲", *outside))
        assert store.value("select count(*) from change") == count, f"{name}.{verb}"
    store.close()


def test_the_bell_rings_until_it_is_stopped() -> None:
    rang = threading.Event()
    bell = Bell(rang.set, seconds=0.05)
    bell.start()
    bell.start()
    assert rang.wait(10)
    bell.stop()
    assert not bell.running
    rang.clear()
    assert not rang.wait(0.2)
