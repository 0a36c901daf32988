"""Words 词: the one door through which every sentence a person sees is translated.

English is the source text; a catalogue is a folder of gettext `.po` files, one for each
room, so that rooms can be translated side by side. Nothing here knows Qt or the domain.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

SOURCE_LANGUAGE = "en"
LANGUAGES = ("zh_CN", SOURCE_LANGUAGE)


class Catalogue:
    """The sentences of one language, English source to translation."""

    def __init__(self) -> None:
        self.language = SOURCE_LANGUAGE
        self._sentences: dict[str, str] = {}

    def load(self, language: str, folder: Path, kept: Path | None = None) -> None:
        """Replace the sentences by those of `folder/<language>/*.po`; English needs none.

        What was read stays in the folder `kept`, where the next start finds it in a tenth of the
        time, as long as no `.po` file has changed.

        Raises:
            ValueError: the language is not one of `LANGUAGES`.
        """
        if language not in LANGUAGES:
            raise ValueError(language)
        files = sorted((folder / language).glob("*.po"))
        sentences = _recall(files, kept) if files and kept else _parsed(files)
        self.language, self._sentences = language, sentences

    def get(self, source: str) -> str:
        return self._sentences.get(source, source)


def _parsed(files: Sequence[Path]) -> dict[str, str]:
    import polib  # a fortieth of a second, mostly not needed

    return {e.msgid: e.msgstr for path in files for e in polib.pofile(str(path)) if e.msgstr}


def _recall(files: Sequence[Path], folder: Path) -> dict[str, str]:
    """The sentences as the last start read them; parsed, and kept anew, where a file changed."""
    stamp = [[str(f), (found := f.stat()).st_size, found.st_mtime_ns] for f in files]
    path = folder / f"words-{files[0].parent.name}.json"
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["stamp"] == stamp:
            return dict(kept["sentences"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # there is none yet, or it is no longer whole
    from db.files import write_whole  # whose refusals are sentences themselves

    sentences = _parsed(files)
    with contextlib.suppress(OSError):  # a start without it is only slower
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps({"stamp": stamp, "sentences": sentences}).encode())
    return sentences


catalogue = Catalogue()


def t(source: str, /, **values: object) -> str:
    """The sentence in the language in use, with `{name}` places filled from `values`.

    `source` must be a literal: what stands before a `|` is context for the translator
    and is not shown (`t("verb|Open")`).
    """
    found = catalogue.get(source)
    if found == source and "|" in source:
        found = source.partition("|")[2]
    return found.format(**values) if values else found


def mark(source: str, /) -> str:
    """Name a sentence for the catalogue now and translate it later with `t(name)`."""
    return source
