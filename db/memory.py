"""Memory 记忆: answers that are costly to read, kept until a table they came from is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Memory:
    """One store's kept answers; a commit of this or of another connection forgets them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._kept: dict[Hashable, tuple[frozenset[str], Any]] = {}
        self._seen = 0

    def recall(self, key: Hashable, tables: Iterable[str], make: Callable[[], Answer]) -> Answer:
        """What `make` gave last under this key, made anew after one of `tables` was written."""
        if self._db.in_transaction:
            return make()
        version = int(self._db.execute("pragma data_version").fetchone()[0])
        if version != self._seen:
            self._kept.clear()
            self._seen = version
        if key not in self._kept:
            self._kept[key] = frozenset(tables), make()
        answer: Answer = self._kept[key][1]
        return answer

    def forget(self, written: frozenset[str]) -> None:
        """Let go of every answer that was read from one of these tables."""
        self._kept = {k: kept for k, kept in self._kept.items() if not kept[0] & written}
