"""Every public verb of the dispatch room says which roles may use it."""

import importlib
import inspect
import pkgutil

import pytest

import dispatch
from dispatch.bell import Bell

MODULES = [m.name for m in pkgutil.iter_modules(dispatch.__path__, "dispatch.") if not m.ispkg]
INNER = {"append_to", "open_in", "put_counts", "send_line"}


@pytest.mark.parametrize("name", MODULES)
def test_verbs_declare_their_roles(name: str) -> None:
    module = importlib.import_module(name)
    for verb, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != name or verb.startswith("_") or verb in INNER:
            continue
        if "by" in inspect.signature(function).parameters:
            assert getattr(function, "roles", None), f"{name}.{verb}"


def test_the_bell_rings_until_it_is_stopped() -> None:
    import threading
    rang = threading.Event()
    bell = Bell(rang.set, seconds=0.05)
    bell.start()
    bell.start()
    assert rang.wait(10)
    bell.stop()
    assert not bell.running
    rang.clear()
    assert not rang.wait(0.2)
