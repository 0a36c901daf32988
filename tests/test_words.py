"""Every sentence a person sees is said in Chinese, once, with the same places to fill."""

from __future__ import annotations

from pathlib import Path

import polib

from tests.sources import FORWARDS, literals, places, sentences

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "ui" / "assets" / "words" / "zh_CN"
CATALOGUES = {path.name: polib.pofile(str(path)) for path in sorted(WORDS.glob("*.po"))}
CODE = list(sentences(ROOT))
USED = {s.text: s.where for s in reversed(CODE) if s.text is not None}


def listed(wrong: list[str]) -> str:
    return f"{len(wrong)}:\n" + "\n".join(sorted(wrong))


def test_every_sentence_has_its_chinese() -> None:
    known = {e.msgid for po in CATALOGUES.values() for e in po if e.msgstr and not e.fuzzy}
    missing = [f"{where}  {text!r}" for text, where in USED.items() if text not in known]
    assert not missing, listed(missing)


def test_no_entry_is_left_that_nobody_says() -> None:
    said = literals(ROOT)
    stale = [f"{name}  {e.msgid!r}" for name, po in CATALOGUES.items() for e in po
             if e.msgid not in said]
    assert not stale, listed(stale)


def test_the_chinese_has_the_same_places() -> None:
    wrong = [f"{name}  {e.msgid!r} → {e.msgstr!r}" for name, po in CATALOGUES.items()
             for e in po if e.msgstr and places(e.msgid) != places(e.msgstr)]
    assert not wrong, listed(wrong)


def test_one_sentence_has_one_translation() -> None:
    said: dict[str, dict[str, str]] = {}
    for name, po in CATALOGUES.items():
        seen: set[str] = set()
        for entry in po:
            key = name if entry.msgid not in seen else f"{name} again"
            said.setdefault(entry.msgid, {})[key] = entry.msgstr
            seen.add(entry.msgid)
    wrong = [f"{msgid!r}: {by}" for msgid, by in said.items() if len(set(by.values())) > 1]
    assert not wrong, listed(wrong)


def test_sources_are_literals() -> None:
    """f-strings and sums never match at run time; names and lookups of marked ones do."""
    wrong = [f"{s.where}  {s.door}({s.kind})" for s in CODE
             if s.where.partition(":")[0] not in FORWARDS
             and (s.kind in {"JoinedStr", "BinOp"} or (s.kind == "Constant" and s.text is None)
                  or (s.text is None and s.door != "t" and s.kind == "Call"))]
    assert not wrong, listed(wrong)
