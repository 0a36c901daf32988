"""Formats 文件格式: one paper as PDF, as docx to be edited, as xlsx to count on, as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.errors import Refused
from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Sheet


def sheet_bytes(sheet: Sheet, ending: str, fonts: Path,
                progress: Callable[[float], None] = lambda _part: None) -> bytes:
    """A paper as a file: `.docx` to be edited, `.xlsx` of its tables, `.txt` to be pasted, `.pdf`
    or no ending a PDF; `progress` may stop one that is long.

    Raises:
        Refused: another ending.
    """
    if ending == ".docx":
        from dispatch.printouts.docx import docx_bytes

        return docx_bytes(sheet, progress)
    if ending == ".xlsx":
        from dispatch.printouts.xlsx import xlsx_bytes

        return xlsx_bytes(sheet)
    if ending == ".txt":
        return plain_text(sheet).encode("utf-8-sig")
    if ending not in ("", ".pdf"):
        raise Refused("A paper is not written as {ending}. Choose pdf, docx, xlsx or txt.",
                      field="out", ending=ending)
    from dispatch.printouts.pdf import render

    return render(sheet, fonts, progress=progress)
