"""Errors 错误: what the environment does to us (StoreError) and what a rule refuses (Refused)."""

from __future__ import annotations

from db.reasons import reason
from db.words import t


class WatchdeskError(Exception):
    """Something a person must be told; `str()` of it is a sentence in the language in use.

    `source` is the English sentence, a literal; `values` fill its places, an exception by its
    reason in words; `field` names the form field it belongs beside, if any.
    """

    def __init__(self, source: str, /, *, field: str = "", **values: object) -> None:
        super().__init__(source)
        self.source, self.field, self.values = source, field, values

    def __str__(self) -> str:
        return t(self.source, **self.told)

    @property
    def told(self) -> dict[str, object]:
        """The values as the sentence tells them."""
        return {name: _told(value) for name, value in self.values.items()}


def _told(value: object) -> object:
    if isinstance(value, BaseException) and not isinstance(value, WatchdeskError):
        return reason(value)
    return value


class StoreError(WatchdeskError):
    """The environment failed: disk full, store locked, damaged, newer, not ours."""


class StoreDamaged(StoreError):
    """The file is ours and can no longer be read; a backup takes its place."""


class StoreHeld(StoreError):
    """Another process holds the store; `values["holder"]` says who."""


class Cancelled(WatchdeskError):
    """The person stopped a long task; nothing of it was kept."""


class Overtaken(WatchdeskError):
    """The desk wrote while a large change was under way; it is begun again."""


class Refused(WatchdeskError):
    """A rule says no, in the user's words, with what to do."""
