"""Words 词: the one door through which every sentence a person sees is translated.

English is the source text; a catalogue is a folder of gettext `.po` files, one for each
room, so that rooms can be translated side by side. Nothing here knows Qt or the domain.
"""

from __future__ import annotations

from pathlib import Path

import polib

SOURCE_LANGUAGE = "en"
LANGUAGES = ("zh_CN", SOURCE_LANGUAGE)


class Catalogue:
    """The sentences of one language, English source to translation."""

    def __init__(self) -> None:
        self.language = SOURCE_LANGUAGE
        self._sentences: dict[str, str] = {}

    def load(self, language: str, folder: Path) -> None:
        """Replace the sentences by those of `folder/<language>/*.po`; English needs none.

        Raises:
            ValueError: the language is not one of `LANGUAGES`.
        """
        if language not in LANGUAGES:
            raise ValueError(language)
        sentences: dict[str, str] = {}
        for path in sorted((folder / language).glob("*.po")):
            sentences |= {e.msgid: e.msgstr for e in polib.pofile(str(path)) if e.msgstr}
        self.language, self._sentences = language, sentences

    def get(self, source: str) -> str:
        return self._sentences.get(source, source)


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
