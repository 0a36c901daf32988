"""The official manner 公文格式 of papers that go to other offices, close to GB/T 9704-2012.

A4, white edges 37, 35, 28 and 26 mm, title 22 pt in the middle, body 16 pt on lines of 28.9 pt
with two characters of indent, page number 14 pt between dashes. The standard's own fonts are
licensed, so Noto Sans SC stands for 仿宋 and 小标宋.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.words import t
from dispatch.printouts.phrases import NUMERALS
from dispatch.printouts.sheet import Align, Margins, Prose, Run, Section

MARGINS = Margins(left=28, right=26, top=37, bottom=35)
TITLE, TITLE_LEADING = 22.0, 33.0
BODY, LEADING = 16.0, 28.9
SMALL, SMALL_LEADING = 14.0, 24.0
INDENT = "\u3000\u3000"
LED = re.compile(r"([^：:。，；,;\n]{1,24})[：:]\s*(\S.*)", re.DOTALL)


def body(text: str) -> tuple[Prose, ...]:
    """The paragraphs of a text; those led by a name and a colon are numbered 一、二、三."""
    found, number = [], 0
    for line in filter(None, (part.strip() for part in text.splitlines())):
        led = LED.fullmatch(line)
        if led is None or number >= len(NUMERALS):
            found.append(paragraph(line))
            continue
        head = t("paper|{n}. {heading}", n=t(NUMERALS[number]), heading=led[1])
        found.append(Prose((Run(f"{INDENT}{head}{t('paper|:')}", bold=True), Run(led[2])),
                           BODY, LEADING))
        number += 1
    return tuple(found)


def paragraph(words: str) -> Prose:
    return Prose(words, BODY, LEADING, 2)


def heading(words: str) -> Prose:
    """A heading of the first order within the text 一、."""
    return Prose((Run(INDENT + words, bold=True),), BODY, LEADING)


def numbered_parts(parts: Iterable[tuple[str, str]]) -> tuple[Section, ...]:
    """Headings with their paragraphs, numbered 一、二、三."""
    found = []
    for number, (title, text) in enumerate(parts):
        name = t("paper|{n}. {heading}", n=t(NUMERALS[number]), heading=title)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        prose = [paragraph(line) for line in lines or [t("paper|None.")]]
        found.append(Section("", (heading(name), prose[0]), keep=True))
        if prose[1:]:
            found.append(Section("", tuple(prose[1:])))
    return tuple(found)


def signature(org: str, day: str) -> Section:
    """署名 and 成文日期 at the right, never parted."""
    return Section("", (Prose(org, BODY, LEADING, align=Align.RIGHT, before=20),
                        Prose(day, BODY, LEADING, align=Align.RIGHT)), keep=True)
