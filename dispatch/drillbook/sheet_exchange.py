"""Evaluation sheets as files 评估表文件: one out for each evaluator, several back and merged."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.errors import Refused
from db.store import Store
from db.words import mark, t
from dispatch.drillbook.evaluations import (
    VERDICT_NAMES,
    Answer,
    EvalSheet,
    Put,
    SheetId,
    Verdict,
    answers_of,
    check_put,
    put_sheet,
    sheets_of,
)
from dispatch.drillbook.plan import BOOK
from dispatch.drillbook.templates import Item, Template, items, templates
from resources.exchange.books import read_book
from resources.exchange.cells import CONTROL, tidy
from resources.exchange.fields import Field, Kind, KindName, plain
from resources.exchange.matching import Match, match_book
from resources.exchange.reading import Problem, read_lines
from resources.exchange.workbooks import new_workbook
from resources.people import Officer, allowed

HEAD_ROWS = 6
"""Rows above the table: title, drill, standard, evaluator, unit and post, how to fill it in."""
MEANT = {Verdict.YES: ("yes", "y", "是", "√", "符合"), Verdict.NO: ("no", "n", "否", "×", "不符合"),
         Verdict.NA: ("na", "n/a", "not applicable", "不适用", "不涉及", "/"), Verdict.OPEN: ("",)}
"""How people write an answer; nothing is guessed from a part of it."""
KIND = Kind(name=KindName("eval_sheet"), table="eval_answer", label=mark("Evaluation sheet"),
            fields=(
    Field(name="code", label=mark("field|No."), names=("编号", "序号"), required=True),
    Field(name="heading", label=mark("field|Heading"), names=("评估项目", "项目")),
    Field(name="text", label=mark("field|Question"), names=("评估内容", "内容")),
    Field(name="verdict", label=mark("field|Yes / No"), names=("是/否", "结论", "评估结论")),
    Field(name="reason", label=mark("field|Reason"), names=("原因说明", "原因")),
    Field(name="remark", label=mark("field|Remark"), names=("备注", "说明")),
    Field(name="row", label=mark("field|Row in the store"), names=("库内行号",))))
NAME_WORDS, UNIT_WORDS, POST_WORDS = ("评估人员", "evaluator"), ("单位", "unit"), ("岗位", "post")
WIDTHS = (9, 22, 56, 10, 36, 24, 20)


@dataclass(frozen=True, slots=True)
class BlankHead:
    """What stands above the table."""

    drill: str
    template: str
    evaluator: str = ""
    unit: str = ""
    post: str = ""


def sheet_book(head: BlankHead, rows: Sequence[Answer | Item]) -> bytes:
    """An evaluator's sheet as xlsx: drop-downs for the answers, what is answered filled in."""
    out = io.BytesIO()
    book = new_workbook(out)
    page = book.add_worksheet(t(KIND.label))
    bold = book.add_format({"bold": True, "font_size": 14})
    label = book.add_format({"bold": True})
    table = book.add_format({"bold": True, "bg_color": "#E3F0EF", "border": 1})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    page.write_string(0, 0, t("Evaluation sheet of a drill (DRILL)"), bold)
    for at, (words, value) in enumerate(_head(head), 1):
        page.write_string(at, 0, words, label)
        page.write_string(at, 2, value)
    for place, (field, width) in enumerate(zip(KIND.fields, WIDTHS, strict=True)):
        page.write_string(HEAD_ROWS, place, field.heading, table)
        page.set_column(place, place, width)
    for at, row in enumerate(rows, HEAD_ROWS + 1):
        for place, words in enumerate(_cells(row)):
            page.write_string(at, place, CONTROL.sub("", words), cell)
    page.set_column(len(KIND.fields) - 1, len(KIND.fields) - 1, None, None, {"hidden": True})
    page.data_validation(HEAD_ROWS + 1, 3, HEAD_ROWS + max(1, len(rows)), 3, {
        "validate": "list", "source": [t(VERDICT_NAMES[v]) for v in Verdict if v]})
    page.freeze_panes(HEAD_ROWS + 1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROWS)
    book.close()
    return out.getvalue()


def _head(head: BlankHead) -> tuple[tuple[str, str], ...]:
    return ((t("sheet|Drill"), head.drill), (t("sheet|After"), head.template),
            (t("sheet|Evaluator"), head.evaluator),
            (t("sheet|Unit"), " ".join(filter(None, (head.unit, head.post)))),
            (t("sheet|How"), t("Choose yes, no or not applicable in each line; a no needs its"
                               " reason.")))


def _cells(row: Answer | Item) -> tuple[str, ...]:
    item = row if isinstance(row, Item) else row.item
    said = ("", "", "") if isinstance(row, Item) else (
        "" if row.verdict is Verdict.OPEN else t(VERDICT_NAMES[row.verdict]), row.reason,
        row.remark)
    return (item.code, item.head, item.question, *said, str(item.id))


# back in


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one file says: whose it is, its answers, and all that does not fit."""

    file: str
    evaluator: str
    unit: str
    template: Template | None
    sheet: EvalSheet | None
    puts: tuple[Put, ...]
    problems: tuple[Problem, ...]


def read_sheet(store: Store, drill: int, name: str, data: bytes) -> SheetReading:
    """Read one evaluator's file against the sheet that they have, or the template it is of.

    Rows that are missing, unknown or there twice, answers that are none and a no without its
    reason are problems with their place.

    Raises:
        Refused: it cannot be opened, or no row names the columns.
    """
    match = match_book(read_book(name, data), KIND)
    said = dict(_said(match))
    evaluator = _first(said, NAME_WORDS)
    sheet = next((s for s in sheets_of(store, drill) if s.evaluator == evaluator), None)
    reading = read_lines(name, KIND, match)
    problems = list(reading.stopping)
    codes = [str(one.values.get("code", "")) for one in reading.lines]
    of, asked = _asked(store, sheet, said, codes)
    if not evaluator:
        problems.insert(0, _problem(match, match.header, t("sheet|Evaluator"), Refused(
            "nobody is named as the evaluator")))
    if of is None:
        problems.insert(0, _problem(match, match.header, t("sheet|After"), Refused(
            "no template of this district asks these questions")))
        return SheetReading(name, evaluator, _first(said, UNIT_WORDS), None, sheet, (),
                            tuple(problems))
    puts = []
    seen: dict[str, int] = {}
    for one in reading.lines:
        code = str(one.values.get("code", ""))
        try:
            puts.append(_put(one.values, code, asked, seen))
            seen[code] = one.row
        except Refused as why:
            problems.append(_problem(match, one.row, code, why))
    problems += [_problem(match, match.header, code, Refused(
        "this row is missing: {question}", question=asked[code].question))
        for code in asked if code not in codes]
    return SheetReading(name, evaluator, _first(said, UNIT_WORDS), of, sheet, tuple(puts),
                        tuple(problems))


def _put(values: dict[str, object], code: str, asked: dict[str, Item],
         seen: dict[str, int]) -> Put:
    item = asked.get(code)
    if item is None:
        raise Refused("the sheet has no question {code}", code=code)
    if code in seen:
        raise Refused("stands in row {row} already", row=seen[code])
    if not _same(values, item):
        raise Refused("asks something else than the sheet does: export it anew")
    put = Put(item.id, read_verdict(str(values.get("verdict", ""))), str(values.get("reason", "")),
              str(values.get("remark", "")))
    check_put(put)
    return put


def read_verdict(text: str) -> Verdict:
    """The answer that a cell says; Refused when it is none."""
    plain_text = text.strip().lower()
    for verdict, words in MEANT.items():
        if plain_text in words or plain_text == t(VERDICT_NAMES[verdict]).lower():
            return verdict
    raise Refused("“{text}” is neither yes, no nor not applicable", text=text[:40])


def _same(values: dict[str, object], item: Item) -> bool:
    """Whether a row asks this question: by the row it came from, else by its words."""
    if "row" in values:
        return values["row"] == str(item.id)
    text = plain(str(values.get("text", "")))
    return text in ("", plain(item.question), plain(item.text))


def _asked(store: Store, sheet: EvalSheet | None, said: dict[str, str],
           codes: Sequence[str]) -> tuple[Template | None, dict[str, Item]]:
    """The questions that must be there: those of the evaluator's sheet, else of the template
    that the file names, else of the one that has most of its codes."""
    known = templates(store)
    if sheet is not None:
        of = next((x for x in known if x.id == sheet.template_id), None)
        return of, {a.item.code: a.item for a in answers_of(store, sheet.id)}
    wanted = [x for x in known if any(x.code in v for v in said.values())] or known
    found = [(x, {i.code: i for i in items(store, x.id)}) for x in wanted]
    best = max(found, key=lambda pair: len(pair[1].keys() & set(codes)), default=None)
    return best if best and best[1].keys() & set(codes) else (None, {})


def _said(match: Match) -> Iterator[tuple[str, str]]:
    """What stands above the table, label by label."""
    for number, cells in match.sheet.rows:
        if number >= match.header:
            return
        texts = [words for c in cells if (words := tidy(c))]
        if len(texts) > 1:
            yield plain(texts[0]), texts[1]


def _first(said: dict[str, str], names: Iterable[str]) -> str:
    every = (*names, *(plain(n) for n in names))
    return next((said[n] for n in every if n in said), "")


def _problem(match: Match, row: int, column: str, why: Refused) -> Problem:
    return Problem(match.sheet.name, row, column, why)


@allowed(*BOOK)
def merge_sheets(store: Store, drill: int, readings: Sequence[SheetReading], *,
                 by: Officer) -> list[SheetId]:
    """Take in several evaluators' files in one change; each makes or fills its own sheet. An
    empty line takes no answer back that was given before.

    Raises:
        Refused: a file does not fit or two are of one evaluator; nothing is written then.
    """
    check_readings(readings)
    if not readings:
        raise Refused("Choose a file first.")
    done = []
    with store.change("eval.merge", by) as tx:
        for one in readings:
            sheet = one.sheet.id if one.sheet else put_sheet(
                tx, drill, one.template.id, one.evaluator, unit=one.unit, post="",  # type: ignore[union-attr]
                leads=False, asked=items(store, one.template.id))  # type: ignore[union-attr]
            for put in (p for p in one.puts if p.verdict or p.reason or p.remark):
                tx.run("""update eval_answer set answer = :answer, reason = :reason,
                    remark = :remark where sheet_id = :sheet and item_id = :item""",
                       answer=put.verdict.value, reason=put.reason.strip(),
                       remark=put.remark.strip(), sheet=sheet, item=put.item_id)
            done.append(SheetId(sheet))
    return done


def check_readings(readings: Sequence[SheetReading]) -> None:
    """Refused when any file has a problem, or two files are of one evaluator."""
    lines = [f"{r.file}: {p}" for r in readings for p in r.problems]
    names = [r.evaluator for r in readings]
    lines += [t("{file}: a second sheet of {name}", file=r.file, name=r.evaluator)
              for at, r in enumerate(readings) if r.evaluator in names[:at]]
    if lines:
        raise Refused("{n} places do not fit, nothing was taken in:\n{lines}", n=len(lines),
                      lines="\n".join(lines[:12]))


