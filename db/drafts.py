"""Drafts 草稿: half-typed forms, kept beside the store so that they survive a crash."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from db.errors import StoreError
from db.files import write_whole

FOLDER = "drafts"
log = logging.getLogger(__name__)


class Drafts:
    """One JSON file for each form; not part of the record, and gone once it is committed."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the district's folder, the one that holds the store."""
        self.folder = folder / FOLDER

    def keep(self, form_key: str, fields: dict[str, Any]) -> None:
        """Keep what stands in a form, replacing what was kept before.

        Raises:
            StoreError: the folder cannot be written or is full.
        """
        content = json.dumps({"form": form_key, "fields": fields}, ensure_ascii=False)
        try:
            write_whole(self._path(form_key), content.encode())
        except OSError as error:
            raise StoreError("What you typed could not be kept aside: {why}. It is still in its"
                             " form; finish it, or free some room.",
                             why=error) from error

    def all(self) -> dict[str, dict[str, Any]]:
        """Every form that was left half-typed, by its key."""
        found: dict[str, dict[str, Any]] = {}
        for path in sorted(self.folder.glob("*.json")):
            try:
                draft = json.loads(path.read_text("utf-8"))
                found[str(draft["form"])] = dict(draft["fields"])
            except (OSError, ValueError, KeyError, TypeError):
                log.warning("a draft cannot be read and is left alone: %s", path)
        return found

    def forget(self, form_key: str) -> None:
        """The form was committed or given up; a file that cannot go is offered once more."""
        try:
            self._path(form_key).unlink(missing_ok=True)
        except OSError as error:
            log.warning("a draft could not be removed: %s", error)

    def _path(self, form_key: str) -> Path:
        return self.folder / f"{hashlib.sha256(form_key.encode()).hexdigest()[:24]}.json"
