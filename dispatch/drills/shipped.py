"""Shipped scenarios 内置脚本: three complete ones with a script each, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from db.words import LANGUAGES
from dispatch.drills.plain import from_plain
from dispatch.drills.scenario import Scenario
from dispatch.drills.script import seconds_of

FOLDER = Path(__file__).parent / "shipped"
CODES = ("hazmat-leak", "flood-evacuation", "highrise-fire")
APART = " // "


def shipped(code: str, lang: str) -> Scenario:
    """One scenario in one language.

    Raises:
        KeyError: there is none of that code.
    """
    if code not in CODES:
        raise KeyError(code)
    raw = tomllib.loads((FOLDER / f"{code}.toml").read_text("utf-8"))
    whole = _said(raw, LANGUAGES.index(lang))
    whole["injects"] = [_inject(no, one) for no, one in enumerate(whole["injects"], 1)]
    return from_plain(Scenario, {**whole, "code": code, "lang": lang})


def all_shipped() -> list[Scenario]:
    return [shipped(code, lang) for code in CODES for lang in LANGUAGES]


def script_path(code: str, lang: str) -> Path:
    """The sample script of a shipped scenario."""
    return FOLDER / f"{code}.{lang}.csv"


def _inject(no: int, one: dict[str, Any]) -> dict[str, Any]:
    actions = [{"minutes" if k == "min" else k: v for k, v in action.items()}
               for action in one["expected"]]
    return {"way": "phone", **one, "no": no, "at": seconds_of(one["at"]), "expected": actions}


def _said(value: Any, language: int) -> Any:
    """Each text in one language; one without a second half is the same in both."""
    if isinstance(value, dict):
        return {k: _said(v, language) for k, v in value.items()}
    if isinstance(value, list):
        return [_said(v, language) for v in value]
    if isinstance(value, str) and APART in value:
        return value.split(APART)[language]
    return value
