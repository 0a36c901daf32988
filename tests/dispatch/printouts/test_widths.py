"""Column widths: figures keep their units, dates and words stay whole, the table its width."""

from __future__ import annotations

import pytest

from dispatch.printouts.pdf import metrics_of
from dispatch.printouts.sheet import Align, Column, Facts, Field, Row, Run, Table
from dispatch.printouts.typeset import Typesetter
from dispatch.printouts.widths import (
    CELL,
    HEAD,
    PAD,
    column_widths,
    head_lines,
    label_widths,
)
from tests.dispatch.printouts.samples import FONTS

WIDTH = 493.0
COUNTS = ("点名", "在岗", "离岗", "请假", "未应答", "设备故障", "其他", "复核在岗", "在岗率")


@pytest.fixture
def setter() -> Typesetter:
    return Typesetter(metrics_of(FONTS))


def torn(setter: Typesetter, table: Table, at: int, row: int) -> list[str]:
    width = column_widths(setter, table, WIDTH)[at] - 2 * PAD + 0.5
    bold = table.rows[row].bold or table.columns[at].bold
    words = table.rows[row].cells[at]
    assert words is not None
    return ["".join(s.text for s in line.stretches)
            for line in setter.lines(words, width, CELL, bold=bold)]


def test_a_figure_keeps_its_unit(setter: Typesetter) -> None:
    columns = (Column("单位", 34, bold=True),
               *(Column(name, 11, Align.RIGHT) for name in (*COUNTS, "应答用时")))
    row = Row(("生态环境分局值班室", "23", "23", "", "", "", "", "", "", "100.0 %", "10 秒"))
    assert torn(setter, Table(columns, (row,)), 9, 0) == ["100.0 %"]


def test_a_bold_date_among_plain_ones_stays_whole(setter: Typesetter) -> None:
    columns = (Column("要求", 60), Column("截止", fit=True), Column("依据", 40))
    rows = (Row(("镇街", "2026-12-31", "条例"), bold=True), Row(("镇街", "2026-12-31", "条例")))
    assert torn(setter, Table(columns, rows), 1, 0) == ["2026-12-31"]


def test_a_bold_mark_in_a_plain_column_stays_on_one_line(setter: Typesetter) -> None:
    columns = (Column("力量", 26), Column("结果", fit=True))
    rows = (Row(("甲队", (Run("超 87.6", bold=True),))), Row(("乙队", "达标")))
    assert torn(setter, Table(columns, rows), 1, 0) == ["超 87.6"]


def test_widths_still_make_up_the_whole(setter: Typesetter) -> None:
    columns = tuple(Column(f"Response {n}", 1 + n, Align.RIGHT) for n in range(9))
    row = Row(("10,000 people",) * 9)
    assert sum(column_widths(setter, Table(columns, (row,)), WIDTH)) == pytest.approx(WIDTH)


def test_one_endless_word_takes_no_more_than_its_share(setter: Typesetter) -> None:
    columns = (Column("内容", 1), Column("备注", 1))
    plain = column_widths(setter, Table(columns, (Row(("甲", "乙")),)), WIDTH)
    rows = (Row(("https://example.cn/" + "a" * 400, "乙")),)
    assert column_widths(setter, Table(columns, rows), WIDTH) == plain


@pytest.mark.parametrize(("title", "room", "said"), [
    ("设备故障", 28.0, ["设备", "故障"]), ("响应 中位数", 40.0, ["响应", "中位数"]),
    ("Response 90 %", 46.0, ["Response", "90 %"]), ("状态", 40.0, ["状态"])])
def test_heads_are_broken_between_words_or_evenly(
        setter: Typesetter, title: str, room: float, said: list[str]) -> None:
    lines = head_lines(setter, Column(title), room)
    assert ["".join(s.text for s in line.stretches) for line in lines] == said
    assert max(line.width for line in lines) <= room + HEAD / 2


def test_labels_of_facts_stay_whole_and_in_line(setter: Typesetter) -> None:
    def row(label: str) -> tuple[Field, ...]:
        return (Field(label, 9, label=True), Field("x", 24), Field("Source", 9, label=True),
                Field("y", 24), Field("Place", 9, label=True), Field("z", 24))

    first, second = label_widths(setter, Facts((row("Class"), row("Received"))), WIDTH)
    assert first == second
    assert sum(first) == pytest.approx(WIDTH)
    assert len(setter.lines("Received", first[0] - 2 * PAD + 0.5, CELL)) == 1
