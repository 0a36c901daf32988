"""A paper as plain text 纯文本, to be pasted into a chat, a mail or a form of another system."""

from __future__ import annotations

from dispatch.printouts.against import against_table
from dispatch.printouts.sheet import (
    Against,
    Bars,
    Block,
    Checklist,
    Facts,
    Lanes,
    Photos,
    Picture,
    Prose,
    Sheet,
    Signatures,
    Table,
    Words,
)


def plain_text(sheet: Sheet) -> str:
    """The word across the page, title, number, then every section; tables as lines with tabs
    between. Pure."""
    word = f"【{sheet.watermark}】" if sheet.watermark else ""
    lines = [word, sheet.title, " ".join(p for p in (sheet.org, sheet.number) if p), sheet.subtitle]
    for section in sheet.sections:
        lines.append(section.heading)
        for block in section.blocks:
            lines += _block(block)
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _words(words: Words | None) -> str:
    if words is None:
        return ""
    return words if isinstance(words, str) else "".join(run.text for run in words)


def _block(block: Block) -> list[str]:
    match block:
        case Prose():
            indent = "\u3000" * round(block.indent)
            return [indent + line for line in _words(block.words).split("\n")]
        case Facts():
            return ["\t".join(_words(f.words) for f in row) for row in block.rows]
        case Table():
            head = "\t".join(column.title for column in block.columns)
            return [head, *("\t".join(_words(c).replace("\n", " ") for c in row.cells)
                            for row in block.rows)]
        case Checklist():
            return [f"{'[x]' if c.ok else '[ ]'} {c.name} {c.note}" for c in block.checks]
        case Signatures():
            return [" ".join((side.title, *(f"{r.post} {r.name} {r.at}" for r in side.rows)))
                    for side in block.sides]
        case Lanes():
            return [f"{moment.label}" for moment in block.moments]
        case Bars():
            return [f"{name}\t{n:g}" for name, n in block.bars]
        case Against():
            return _block(against_table(block))
        case Picture() | Photos():
            return block.captions
