"""Formats 文件格式: one paper as PDF, as docx to be edited, as xlsx to count on, as text."""

from __future__ import annotations

from pathlib import Path

from dispatch.printouts.plain import plain_text
from dispatch.printouts.sheet import Sheet


def sheet_bytes(sheet: Sheet, ending: str, fonts: Path) -> bytes:
    """A paper as a file: `.docx` to be edited, `.xlsx` of its tables, `.txt` to be pasted, anything
    else a PDF."""
    if ending == ".docx":
        from dispatch.printouts.docx import docx_bytes

        return docx_bytes(sheet)
    if ending == ".xlsx":
        from dispatch.printouts.xlsx import xlsx_bytes

        return xlsx_bytes(sheet)
    if ending == ".txt":
        return plain_text(sheet).encode("utf-8-sig")
    from dispatch.printouts.pdf import render

    return render(sheet, fonts)
