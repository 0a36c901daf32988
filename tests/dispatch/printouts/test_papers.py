"""The papers as PDF: their text can be read back, and nothing is lost between pages."""

from __future__ import annotations

import itertools
import re

import polib
import pypdfium2
import pytest

from db.words import catalogue
from dispatch.printouts.after_action import after_action_sheet
from dispatch.printouts.compose import compose
from dispatch.printouts.handover import blank_handover, handover_sheet
from dispatch.printouts.log_sheet import (
    LogFacts,
    blank_call_record,
    blank_log,
    blank_roll_call,
    log_sheet,
)
from dispatch.printouts.page import Line, Word
from dispatch.printouts.pdf import PrintCancelled, metrics_of, render
from dispatch.printouts.report_sheet import report_sheet
from dispatch.printouts.sheet import Sheet
from dispatch.printouts.wrap import CLOSING
from tests.dispatch.printouts.samples import (
    FONTS,
    ORG,
    WORDS,
    a_handover,
    a_report,
    an_after_action,
    an_entry,
    at,
)


def pages_of(sheet: Sheet) -> list[str]:
    with pypdfium2.PdfDocument(render(sheet, FONTS)) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
        return texts


def a_log(count: int) -> Sheet:
    entries = tuple(an_entry(n) for n in range(count))
    return log_sheet(LogFacts("RZ-1", ORG, at(14, 8), at(15, 8), at(15, 8), entries))


def test_the_handover_reads_back_in_chinese() -> None:
    text = "\n".join(pages_of(handover_sheet(a_handover())))
    for part in (
        "值班交接班记录",
        "JB-2026-1015",
        "在办事件",
        "2026-0119",
        "暴雨黄色",
        "未反馈",
        "7K4M-9TQ2-XW3D",
        "链首 #48 391",
        "异常 已报修",
    ):
        assert part in text


def test_the_handover_reads_back_in_english(english: None) -> None:
    text = "\n".join(pages_of(handover_sheet(a_handover())))
    assert "Shift handover record" in text
    assert "paper|" not in text
    assert "Page 1 of 2" in text


def test_every_page_says_which_of_how_many() -> None:
    pages = pages_of(a_log(120))
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        said = re.search(r"第 (\d+) 页\s+共 (\d+) 页", text)
        assert said
        assert [int(n) for n in said.groups()] == [number, len(pages)]


def test_ten_thousand_entries_keep_every_row_and_repeat_the_head() -> None:
    pages = pages_of(a_log(10_000))
    found = re.findall(r"条目(\d{5})", "\n".join(pages))
    assert [int(n) for n in found] == list(range(10_000))
    assert all("类别" in text and "记录人" in text for text in pages)


def test_what_there_is_none_of_is_said_in_a_word() -> None:
    empty: dict[str, object] = dict.fromkeys(
        ("forces", "intervals", "moments", "casualties", "instructions", "supplies", "findings"), ()
    )
    text = "\n".join(pages_of(after_action_sheet(an_after_action(**empty))))
    assert "未调派力量" in text
    assert "中位数" not in text
    assert text.count("无。") >= 5


def test_struck_entries_are_struck_and_corrections_and_back_fills_named() -> None:
    facts = an_after_action()
    composed = compose(after_action_sheet(facts), metrics_of(FONTS))
    struck = 0
    for page in composed.pages:
        for _, marks in page.pieces:
            for word, line in itertools.pairwise(marks):
                if isinstance(word, Word) and isinstance(line, Line) and line.y1 == line.y2:
                    struck += "条目00040" in word.text
    assert struck == 1
    text = "\n".join(pages_of(after_action_sheet(facts)))
    assert "划改：数字听错；见第 48342 条" in text
    assert "更正第 48341 条" in text
    assert "补录" in text


def test_overruns_are_named_on_the_chart_and_in_the_table() -> None:
    text = "\n".join(pages_of(after_action_sheet(an_after_action())))
    assert "超 6 分" in text
    assert "22:30 后刻度压缩" in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_line_begins_with_closing_signs_and_no_word_leaves_the_page(language: str) -> None:
    catalogue.load(language, WORDS)
    metrics = metrics_of(FONTS)
    for sheet in (
        handover_sheet(a_handover()),
        after_action_sheet(an_after_action()),
        report_sheet(a_report()),
        blank_handover(ORG),
        blank_call_record(ORG),
        blank_log(ORG),
        blank_roll_call(ORG, (("白石镇", "000-3001"),)),
    ):
        composed = compose(sheet, metrics)
        assert composed.missing == ()
        edge = 595.28 - (sheet.margins.left + sheet.margins.right) * 72 / 25.4
        for mark in (m for page in composed.pages for _, marks in page.pieces for m in marks):
            if isinstance(mark, Word):
                assert mark.text[0] not in CLOSING or mark.text == "—" or (
                    sheet.official and mark.text.startswith("— "))  # the page number
                table = metrics.bold if mark.bold else metrics.regular
                width = sum(table[c] for c in mark.text) * mark.size
                assert mark.x >= -0.6
                assert mark.x + width <= edge + 6


def test_a_character_without_a_glyph_is_shown_and_named() -> None:
    sheet = handover_sheet(a_handover(weather="晴\U0002a6d6转多云"))
    assert compose(sheet, metrics_of(FONTS)).missing == ("\U0002a6d6",)
    text = "\n".join(pages_of(sheet))
    assert "晴〓转多云" in text
    assert "U+2A6D6" in text


def test_the_same_facts_give_the_same_bytes_with_the_papers_own_date() -> None:
    sheet = handover_sheet(a_handover())
    first = render(sheet, FONTS)
    assert first == render(sheet, FONTS)
    with pypdfium2.PdfDocument(first) as document:
        assert document.get_metadata_dict()["CreationDate"].startswith("D:20261015002600")


def test_a_drill_is_marked_on_every_page() -> None:
    pages = pages_of(after_action_sheet(an_after_action(drill=True)))
    assert all("演" in text and "练" in text for text in pages)
    assert all("演练" not in text for text in pages_of(after_action_sheet(an_after_action())))


def test_reports_say_their_kind_and_who_has_not_got_them() -> None:
    first = "\n".join(pages_of(report_sheet(a_report())))
    assert "首报" in first
    assert "二、简要经过：" in first
    assert "四、请求和建议" in first
    assert "未报出" in first
    assert "逾期" in first
    assert "— 1 —" in first


def test_printing_tells_its_progress_and_stops_when_asked() -> None:
    told: list[float] = []
    render(a_log(200), FONTS, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(PrintCancelled):
        render(a_log(200), FONTS, cancelled=lambda: True)


def test_every_chinese_sentence_keeps_its_places() -> None:
    for entry in polib.pofile(str(WORDS / "zh_CN" / "paper.po")):
        assert entry.msgstr
        places = re.findall(r"{\w+}", entry.msgid)
        assert sorted(places) == sorted(re.findall(r"{\w+}", entry.msgstr)), entry.msgid


def test_rare_characters_of_the_font_read_back() -> None:
    rare = max(metrics_of(FONTS).regular)
    assert ord(rare) > 0xFFFF
    text = "\n".join(pages_of(handover_sheet(a_handover(weather=f"甲{rare}乙"))))
    assert f"甲{rare}乙" in text
