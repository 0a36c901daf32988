"""Every verb of the net says which roles may use it."""

import importlib
import inspect
import pkgutil

import pytest

import dispatch.net

MODULES = [m.name for m in pkgutil.iter_modules(dispatch.net.__path__, "dispatch.net.")]


@pytest.mark.parametrize("name", [*MODULES, "resources.net_keeping"])
def test_verbs_declare_their_roles(name: str) -> None:
    module = importlib.import_module(name)
    for verb, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == name and not verb.startswith("_") \
                and "by" in inspect.signature(function).parameters:
            assert getattr(function, "roles", None), f"{name}.{verb}"
