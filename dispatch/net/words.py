"""Words 用语 of the net: many names in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from db.words import t


def named(words: str, names: Sequence[str], most: int = 20) -> str:
    """`words` with the names in it, the first of them where they are many. Pure."""
    some = t("list|, ").join(names[:most])
    if len(names) > most:
        some = t("{names} and {n} more", names=some, n=len(names) - most)
    return words.replace("{names}", some)
