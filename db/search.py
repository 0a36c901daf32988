"""Search 检索: names by Han characters, pinyin, initials, digits and codes; log text by words.

FTS5's own tokenizers find nothing for two Han characters, so the text is indexed with a
space between Han characters under `unicode61` and searched as a phrase. The sounds of a
name (full pinyin, initials, digits; from each character on) stand in a column of their own
with a prefix index. Triggers keep both indexes, so no verb can forget them.
"""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from db.change import RowId

SCHEMA = """
create virtual table find_name using fts5(
    kind unindexed, title unindexed, words, sounds, prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 0');
create virtual table find_log using fts5(
    words, content = '', tokenize = 'unicode61 remove_diacritics 0');
"""
HAN = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
RUN = re.compile(f"(?:{HAN.pattern})+")
DIGITS = re.compile(r"\d[\d\- ]{4,}\d")
NAME_LENGTH = 40
"""Sounds are kept for this many characters of a name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that matches: the kind names its table."""

    kind: str
    id: RowId
    title: str


def install(db: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers call."""
    db.create_function("spaced", 1, spaced, deterministic=True)
    db.create_function("sounds", 1, sounds, deterministic=True)


def spaced(text: str | None) -> str:
    """The text with a space around each Han character."""
    return HAN.sub(r" \1 ", text or "")


@functools.lru_cache(maxsize=4096)
def sounds(name: str | None) -> str:
    """Tokens by which a name is found without typing its characters.

    `石渠镇` gives `shiquzhen quzhen zhen sqz qz z`; digits of a phone give their tails.
    """
    whole = name or ""
    text = whole[:NAME_LENGTH]
    tokens: list[str] = []
    for match in RUN.finditer(text):
        tokens += _run_sounds(match.group())
    for digits in DIGITS.findall(whole):
        plain = re.sub(r"\D", "", digits)
        tokens += [plain[i:] for i in range(len(plain) - 2)]
    return " ".join(tokens)


@functools.lru_cache(maxsize=16_384)
def _run_sounds(han: str) -> tuple[str, ...]:
    """Full and initial sounds of a run of Han characters, from each of them on."""
    syllables = _syllables(han)
    firsts = "".join(s[0] for s in syllables)
    return tuple(token for i in range(len(syllables))
                 for token in ("".join(syllables[i:]), firsts[i:]))


def _syllables(han: str) -> list[str]:
    """As pypinyin reads the whole run, but each word of it only once: an import of 100,000
    names meets the same words over and over."""
    from pypinyin.seg import mmseg  # 0.1 s to import: only when a name is written
    return [s for word in mmseg.seg.cut(han) for s in _word_sounds(word)]


@functools.lru_cache(maxsize=65_536)
def _word_sounds(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin
    return tuple(s for s in lazy_pinyin(word, errors="ignore") if s)


def cover_names(db: sqlite3.Connection, table: str, title: str, words: str) -> None:
    """Index the rows of `table`: `title` and `words` are SQL over the row `new`."""
    db.execute(f"""create trigger [{table}_find_new] after insert on [{table}] begin
        insert into find_name(rowid, kind, title, words, sounds) values (new.id, '{table}',
        {title}, spaced({words}), sounds({title}) || ' ' || sounds({words})); end""")
    db.execute(f"""create trigger [{table}_find_edit] after update on [{table}] begin
        update find_name set title = {title}, words = spaced({words}),
        sounds = sounds({title}) || ' ' || sounds({words}) where rowid = new.id; end""")
    db.execute(f"""create trigger [{table}_find_old] after delete on [{table}] begin
        delete from find_name where rowid = old.id; end""")


def cover_log(db: sqlite3.Connection, table: str, words: str) -> None:
    """Index the words of an append-only table's rows."""
    db.execute(f"""create trigger [{table}_find_new] after insert on [{table}] begin
        insert into find_log(rowid, words) values (new.id, spaced({words})); end""")


def phrase(query: str) -> str:
    """The FTS5 phrase for what was typed; empty when nothing in it can be searched."""
    parts = re.findall(r"[^\W_]+", spaced(query))
    return '"' + " ".join(parts) + '"' if parts else ""


def phrases(query: str) -> list[str]:
    """One phrase for each word typed with a space between: all of them must match.

    Letters and digits match what begins so. A Han character is a token of its own, and to
    look for longer ones would only merge its whole list before the first hit.
    """
    found = [phrase(word) for word in query.split()]
    return [f if HAN.match(f[-2]) else f"{f} *" for f in found if f]


def matching(query: str) -> str:
    """The FTS5 match over names, codes, phones and sounds; empty when nothing can be searched."""
    wanted = phrases(query)
    if not wanted:
        return ""
    match = "(" + " AND ".join(f"words : {w}" for w in wanted) + ")"
    plain = re.sub(r"[\s\-']", "", query).lower()
    if plain.isascii() and plain.isalnum():
        match = f'{match} OR (sounds : "{plain}" *)'
    return match


def find_names(db: sqlite3.Connection, query: str, limit: int = 50) -> list[Hit]:
    """Records whose name, code, phone or sounds match, newest first."""
    match = matching(query)
    if not match:
        return []
    rows = db.execute("select kind, rowid, title from find_name where find_name match ?"
                      " order by rowid desc limit ?", (match, limit))
    return [Hit(str(k), RowId(i), str(title)) for k, i, title in rows]


def find_among(db: sqlite3.Connection, query: str, tables: Iterable[str], limit: int = 50
               ) -> list[Hit]:
    """As `find_names`, of these small tables alone: what is newer and more does not hide them."""
    match, rows = matching(query), " union all ".join(f"select id from [{n}]" for n in tables)
    if not match:
        return []
    found = db.execute(f"""select kind, rowid, title from find_name where find_name match ?
        and rowid in ({rows}) order by rowid desc limit ?""", (match, limit))
    return [Hit(str(k), RowId(i), str(title)) for k, i, title in found]


def find_log(db: sqlite3.Connection, query: str, limit: int = 50) -> list[RowId]:
    """Log entries that hold the words, newest first."""
    wanted = " AND ".join(phrases(query))
    if not wanted:
        return []
    rows = db.execute("select rowid from find_log where find_log match ?"
                      " order by rowid desc limit ?", (wanted, limit))
    return [RowId(r[0]) for r in rows]
