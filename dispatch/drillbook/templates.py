"""Evaluation templates 评估模板: the questions as rows, edited by the district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType

from db.change import RowId
from db.errors import Refused
from db.store import Store, Transaction
from db.words import mark, t
from dispatch.drillbook.plan import BOOK
from dispatch.drillbook.template_words import SHIPPED, WORDS
from dispatch.drills.terms import Form
from resources.fields import Field, Type, read_values
from resources.people import SYSTEM, Officer, allowed
from resources.records import record

TemplateId = NewType("TemplateId", RowId)
ItemId = NewType("ItemId", RowId)
FIELDS = (
    Field("part", mark("field|Part"), required=True),
    Field("heading", mark("field|Heading"), required=True),
    Field("text", mark("field|Question"), Type.LONG, required=True),
    Field("weight", mark("field|Weight"), Type.NUMBER, required=True, low=0.1, high=100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One set of questions; `uncertain` when it could not be compared with its standard."""

    id: TemplateId
    code: str
    name: str
    standard: str
    form: Form
    uncertain: bool
    active: bool

    @property
    def words(self) -> str:
        return f"{self.standard} {said(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question; `code` names it on paper and in files, as `A2-07`."""

    id: ItemId
    template_id: TemplateId
    code: str
    part: str
    heading: str
    text: str
    weight: float
    uncertain: bool
    active: bool

    @property
    def question(self) -> str:
        return said(self.text)

    @property
    def head(self) -> str:
        return said(self.heading)


def said(words: str) -> str:
    """Shipped words in the language in use; others as they were written."""
    return t(words) if words in WORDS else words


def templates(store: Store) -> list[Template]:
    """The templates in use, those of the older standard first."""
    return [record(Template, r) for r in store.read(
        "select * from eval_template where active = 1 order by id")]


def template(store: Store, template_id: int) -> Template:
    """One template; Refused when there is none."""
    row = store.one("select * from eval_template where id = :id", id=template_id)
    if row is None:
        raise Refused("This record is not in the store any more.")
    return record(Template, row)


def items(store: Store, template_id: int) -> list[Item]:
    """The questions asked today, in their order."""
    return [record(Item, r) for r in store.read(
        "select * from eval_item where template_id = :id and active = 1 order by part, code",
        id=template_id)]


def seed_templates(tx: Transaction) -> None:
    """Write the shipped templates whose code the store does not know yet."""
    known = {r[0] for r in tx.run("select code from eval_template")}
    for one in SHIPPED:
        if one.code in known:
            continue
        row = tx.insert("eval_template", {
            "code": one.code, "name": one.name, "standard": one.standard, "form": one.form.value,
            "uncertain": int(one.uncertain)})
        numbers: dict[str, int] = {}
        for heading in one.headings:
            for question in heading.questions:
                numbers[heading.part] = numbers.get(heading.part, 0) + 1
                tx.insert("eval_item", {
                    "template_id": row, "code": f"{heading.part}-{numbers[heading.part]:02}",
                    "part": heading.part, "heading": heading.name, "text": question,
                    "uncertain": int(heading.uncertain or one.uncertain)})


def ensure_templates(store: Store) -> None:
    """Give a store that has no templates the shipped ones."""
    if not store.read_only and not store.value("select 1 from eval_template"):
        with store.change("eval.seed", SYSTEM) as tx:
            seed_templates(tx)


@allowed(*BOOK)
def add_item(store: Store, template_id: TemplateId, values: Mapping[str, object], *,
             by: Officer) -> ItemId:
    """Add a question at the end of its part.

    Raises:
        Refused: it has no words, or no such template.
    """
    template(store, template_id)
    row = read_values(FIELDS, {"weight": 1, **values})
    with store.change("eval.item", by) as tx:
        return ItemId(tx.insert("eval_item", {
            "template_id": template_id, **row,
            "code": _next_code(tx, template_id, str(row["part"]))}))


@allowed(*BOOK)
def edit_item(store: Store, item_id: ItemId, values: Mapping[str, object], *,
              by: Officer) -> ItemId:
    """Change a question. One that was answered already stays as it was asked, and the new words
    take its place from now on under the same code.

    Raises:
        Refused: no words, or it is not asked any more.
    """
    row = store.one("select * from eval_item where id = :id and active = 1", id=item_id)
    if row is None:
        raise Refused("This question is not asked any more.")
    new = {k: v for k, v in read_values(FIELDS, values, whole=False).items() if row[k] != v}
    if not new:
        return item_id
    used = store.value("select 1 from eval_answer where item_id = :id", id=item_id)
    with store.change("eval.item_edit", by) as tx:
        if not used:
            tx.update("eval_item", item_id, **new)
            return item_id
        tx.update("eval_item", item_id, active=0)
        kept = {k: row[k] for k in ("template_id", "code", "part", "heading", "text", "weight",
                                    "uncertain")}
        return ItemId(tx.insert("eval_item", {**kept, **new}))


@allowed(*BOOK)
def retire_item(store: Store, item_id: ItemId, *, by: Officer) -> None:
    """Ask a question no more; sheets that answered it keep it.

    Raises:
        Refused: it is the last one of its template.
    """
    row = store.one("select template_id from eval_item where id = :id", id=item_id)
    if row is None or len(items(store, row["template_id"])) < 2:
        raise Refused("A template keeps at least one question.")
    with store.change("eval.item_retire", by) as tx:
        tx.update("eval_item", item_id, active=0)


def _next_code(tx: Transaction, template_id: int, part: str) -> str:
    codes = [str(r[0]) for r in tx.run(
        "select code from eval_item where template_id = :id and part = :part",
        id=template_id, part=part)]
    numbers = [int(c.rpartition("-")[2]) for c in codes if c.rpartition("-")[2].isdigit()]
    return f"{part}-{max(numbers, default=0) + 1:02}"
