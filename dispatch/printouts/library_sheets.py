"""Library papers 资源文书: register, reminder letter, unit card and yearly demand plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.words import t
from dispatch.printouts.phrases import DASH, numbered, table_or_none
from dispatch.printouts.sheet import (
    Align,
    Block,
    Column,
    Facts,
    Field,
    Margins,
    Prose,
    Row,
    Section,
    Sheet,
)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A headed list; a number column is aligned right when its place is in `numbers`. `whole` says
    how many there are where the rows are not one each."""

    heading: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()
    whole: int | None = None

    @property
    def count(self) -> int:
        return len(self.rows) if self.whole is None else self.whole


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """What any paper of the libraries says: who, when, opening words, facts and lists."""

    title: str
    org: str
    made_at: datetime
    lists: tuple[ListFacts, ...]
    opening: str = ""
    head: tuple[tuple[str, str], ...] = ()
    closing: str = ""
    drill: bool = False
    landscape: bool = False


def library_sheet(facts: LibraryFacts) -> Sheet:
    """The paper; an empty list is said in a word."""
    blocks: list[Block] = []
    if facts.opening:
        blocks.append(Prose(facts.opening, size=10.5, leading=17))
    if facts.head:
        blocks.append(Facts(tuple(
            tuple(part for label, words in facts.head[at:at + 2]
                  for part in (Field(label, 14, label=True), Field(words or DASH, 36)))
            for at in range(0, len(facts.head), 2))))
    lists = [Section(one.heading, (_table(one),), t("paper|{n} in all", n=one.count)
                     if one.rows else "") for one in facts.lists]
    sections = [Section("", tuple(blocks))] if blocks else []
    sections += numbered(lists) if len(lists) > 1 else lists
    if facts.closing:
        sections.append(Section("", (Prose(facts.closing, size=10.5, leading=17),)))
    return Sheet(title=facts.title, org=facts.org, number="", made_at=facts.made_at,
                 sections=tuple(sections), watermark=t("paper|DRILL") if facts.drill else "",
                 landscape=facts.landscape,
                 margins=Margins(12, 12, 12, 16) if facts.landscape else Margins())


def _table(one: ListFacts) -> Block:
    shares = one.shares or tuple(1.0 for _ in one.titles)
    columns = tuple(Column(title, shares[at],
                           Align.RIGHT if at in one.numbers else Align.LEFT)
                    for at, title in enumerate(one.titles))
    return table_or_none(columns, (Row(tuple(cell or DASH for cell in row)) for row in one.rows),
                         dense=True)
