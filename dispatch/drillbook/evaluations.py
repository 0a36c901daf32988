"""Evaluations 演练评估: each evaluator's sheet of answers, and the findings with their photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NewType

from db import attachments
from db.attachments import Attachment
from db.change import RowId
from db.clock import to_text
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark
from dispatch.drillbook.plan import BOOK
from dispatch.drillbook.templates import Item, ItemId, TemplateId, items, template
from resources.localtime import local_day
from resources.people import Officer, allowed
from resources.records import record

SheetId = NewType("SheetId", RowId)
FindingId = NewType("FindingId", RowId)


class Verdict(StrEnum):
    """What an evaluator says of a question."""

    OPEN = ""    # 未评
    YES = "yes"  # 是
    NO = "no"    # 否
    NA = "na"    # 不适用


VERDICT_NAMES = {Verdict.OPEN: mark("eval|not answered"), Verdict.YES: mark("eval|Yes"),
                 Verdict.NO: mark("eval|No"), Verdict.NA: mark("eval|Not applicable")}


class FindingKind(StrEnum):
    PROBLEM = "problem"    # 问题
    GOOD = "good"          # 亮点
    ADVICE = "advice"      # 建议


FINDING_NAMES = {FindingKind.PROBLEM: mark("finding|Problem"),
                 FindingKind.GOOD: mark("finding|Good practice"),
                 FindingKind.ADVICE: mark("finding|Advice")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalSheet:
    """One evaluator's sheet of a drill; `leads` marks the head of the evaluation group."""

    id: SheetId
    drill_id: RowId
    template_id: TemplateId
    evaluator: str
    unit: str
    post: str
    day: date
    leads: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with what the evaluator said of it."""

    sheet_id: SheetId
    item: Item
    verdict: Verdict
    reason: str
    remark: str


@dataclass(frozen=True, slots=True)
class Put:
    """An answer to be written: the question's id, the verdict, why, and a remark."""

    item_id: ItemId
    verdict: Verdict
    reason: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillFinding:
    """Something an evaluator found; its photos hang on its row. `struck` says why it was
    taken back."""

    id: FindingId
    drill_id: RowId
    problem: str
    kind: FindingKind
    evaluator: str
    at: datetime
    struck: str


def sheets_of(store: Store, drill: int) -> list[EvalSheet]:
    """The sheets of a drill, the head of the group first."""
    return [record(EvalSheet, r) for r in store.read(
        "select * from eval_sheet where drill_id = :drill order by leads desc, id", drill=drill)]


def sheet_of(store: Store, sheet_id: int) -> EvalSheet:
    """One sheet; Refused when there is none."""
    row = store.one("select * from eval_sheet where id = :id", id=sheet_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(EvalSheet, row)


def answers_of(store: Store, sheet_id: int) -> list[Answer]:
    """Every question of a sheet in its order, answered or not."""
    return [_answer(r) for r in store.read(
        """select i.*, a.sheet_id, a.answer, a.reason, a.remark from eval_answer a
        join eval_item i on i.id = a.item_id where a.sheet_id = :id order by i.part, i.code""",
        id=sheet_id)]


def _answer(row: object) -> Answer:
    item = record(Item, row)  # type: ignore[arg-type]
    return Answer(row["sheet_id"], item, Verdict(row["answer"]),  # type: ignore[index]
                  row["reason"], row["remark"])  # type: ignore[index]


def drill_answers(store: Store, drill: int) -> list[tuple[EvalSheet, list[Answer]]]:
    """All sheets of a drill with their answers."""
    return [(one, answers_of(store, one.id)) for one in sheets_of(store, drill)]


@allowed(*BOOK)
def begin_sheet(store: Store, drill: int, template_id: TemplateId, evaluator: str, *,
                unit: str = "", post: str = "", leads: bool = False, by: Officer) -> SheetId:
    """Begin an evaluator's sheet: every question of the template, none answered.

    Raises:
        Refused: nobody is named, that evaluator has a sheet already, or no such template.
    """
    check_new_sheet(store, drill, evaluator)
    template(store, template_id)
    with store.change("eval.begin", by) as tx:
        return put_sheet(tx, drill, template_id, evaluator, unit=unit, post=post, leads=leads,
                         asked=items(store, template_id))


def check_new_sheet(store: Store, drill: int, evaluator: str) -> None:
    """Refused when nobody is named or the evaluator has a sheet of this drill already."""
    if not evaluator.strip():
        raise Refused("Say who evaluates.", field="evaluator")
    if store.value("select 1 from eval_sheet where drill_id = :drill and evaluator = :name",
                   drill=drill, name=evaluator.strip()):
        raise Refused("{name} has a sheet of this drill already.", field="evaluator",
                      name=evaluator.strip())


def put_sheet(tx: Transaction, drill: int, template_id: TemplateId, evaluator: str, *,
              unit: str, post: str, leads: bool, asked: Iterable[Item]) -> SheetId:
    """Write a new sheet with its open questions inside a change."""
    sheet = SheetId(tx.insert("eval_sheet", {
        "drill_id": drill, "template_id": template_id, "evaluator": evaluator.strip(),
        "unit": unit.strip(), "post": post.strip(), "leads": int(leads),
        "day": local_day(tx.store.clock.now()).isoformat()}))
    for item in asked:
        tx.insert("eval_answer", {"sheet_id": sheet, "item_id": item.id})
    return sheet


@allowed(*BOOK)
def answer(store: Store, sheet_id: SheetId, put: Put, *, by: Officer) -> None:
    """Write what an evaluator says of one question.

    Raises:
        Refused: a no without its reason, or the sheet does not ask this question.
    """
    answer_many(store, sheet_id, [put], by=by)


@allowed(*BOOK)
def answer_many(store: Store, sheet_id: SheetId, puts: Iterable[Put], *, by: Officer) -> int:
    """Write several answers in one change; how many of them were new.

    Raises:
        Refused: as `answer`; nothing is written then.
    """
    known = {int(r["item_id"]): r for r in store.read(
        "select * from eval_answer where sheet_id = :id", id=sheet_id)}
    changed = []
    for put in puts:
        row = known.get(int(put.item_id))
        if row is None:
            raise Refused("This question is not on the sheet.")
        check_put(put)
        new = {"answer": put.verdict.value, "reason": put.reason.strip(),
               "remark": put.remark.strip()}
        if any(row[k] != v for k, v in new.items()):
            changed.append((int(row["id"]), new))
    if changed:
        with store.change("eval.answer", by) as tx:
            for row_id, new in changed:
                tx.update("eval_answer", row_id, **new)
    return len(changed)


def check_put(put: Put) -> None:
    """Refused when a no has no reason."""
    if put.verdict is Verdict.NO and not put.reason.strip():
        raise Refused("A no needs its reason.", field="reason")


# findings


def findings_of(store: Store, drill: int, *, struck: bool = False) -> list[DrillFinding]:
    """The findings of a drill, oldest first; those taken back only with `struck`."""
    where = "" if struck else " and struck = ''"
    return [record(DrillFinding, r) for r in store.read(
        f"select * from drill_finding where drill_id = :drill{where} order by id", drill=drill)]


def photos_of(store: Store, finding: int) -> list[Attachment]:
    return attachments.of_row(store, finding)


@allowed(*BOOK)
def add_finding(store: Store, drill: int, problem: str, *,
                kind: FindingKind = FindingKind.PROBLEM, evaluator: str = "",
                photos: Iterable[Path] = (), by: Officer) -> FindingId:
    """Note what was found, with photos.

    Raises:
        Refused: nothing is said, or a photo is none; nothing is kept then.
        StoreError: a photo cannot be read.
    """
    if not problem.strip():
        raise Refused("Say what was found.", field="problem")
    taken = [(path.name, *attachments.take_in(store, path)) for path in photos]
    with store.change("eval.finding", by) as tx:
        made = FindingId(tx.insert("drill_finding", {
            "drill_id": drill, "problem": problem.strip(), "kind": kind.value,
            "evaluator": evaluator.strip() or by.name, "at": to_text(store.clock.now())}))
        for name, digest, size in taken:
            attachments.attach(tx, made, name, digest, size)
    return made


@allowed(*BOOK)
def add_photos(store: Store, finding: FindingId, photos: Iterable[Path], *,
               by: Officer) -> list[Attachment]:
    """Hang more photos on a finding; Refused when none is chosen or one is no file."""
    taken = [(path.name, *attachments.take_in(store, path)) for path in photos]
    if not taken:
        raise Refused("Choose a file first.")
    with store.change("eval.photo", by) as tx:
        for name, digest, size in taken:
            attachments.attach(tx, finding, name, digest, size)
    return photos_of(store, finding)


@allowed(*BOOK)
def strike_finding(store: Store, finding: FindingId, reason: str, *, by: Officer) -> None:
    """Take a finding back; it stays, struck through with the reason.

    Raises:
        Refused: no reason is given.
    """
    if not reason.strip():
        raise Refused("Say why it is taken back.", field="reason")
    with store.change("eval.strike", by) as tx:
        tx.update("drill_finding", finding, struck=reason.strip())
