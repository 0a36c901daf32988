"""Formats 文件格式: one paper as PDF, as docx to be edited, as xlsx to count on, as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Sheet


def sheet_bytes(sheet: Sheet, ending: str, fonts: Path,
                progress: Callable[[float], None] = lambda _part: None) -> bytes:
    """A paper as a file: `.docx` to be edited, `.xlsx` of its tables, `.txt` to be pasted, anything
    else a PDF; `progress` may stop one that is long."""
    if ending == ".docx":
        from dispatch.printouts.docx import docx_bytes

        return docx_bytes(sheet, progress)
    if ending == ".xlsx":
        from dispatch.printouts.xlsx import xlsx_bytes

        return xlsx_bytes(sheet)
    if ending == ".txt":
        return plain_text(sheet).encode("utf-8-sig")
    from dispatch.printouts.pdf import render

    return render(sheet, fonts, progress=progress)
