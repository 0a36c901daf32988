"""The yearly demand, the papers of the libraries, and their commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from db.store import FILE_NAME, Store
from db.words import catalogue
from dispatch.library_papers import demand_paper, register_paper, reminder_letter
from dispatch.printouts.library_sheets import LibraryFacts, library_sheet
from dispatch.printouts.pdf import render
from dispatch.sample.build import fill_sample
from dispatch.unit_cards import unit_card
from resources.demand import (
    DemandId,
    demand,
    propose,
    to_buy,
    total,
)
from resources.demand_plan import draft_demand, edit_demand
from resources.records import Library
from tests.builders import a_clock, an_officer
from tests.dispatch.printouts.samples import FONTS, WORDS
from ui.cli import main


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / FILE_NAME, a_clock())
    fill_sample(store)
    catalogue.load("zh_CN", WORDS)
    yield store
    catalogue.load("en", WORDS)
    store.close()


def test_what_to_buy_covers_gap_expiry_and_use() -> None:
    assert to_buy(60, 100, 10, 5) == 55
    assert to_buy(200, 100, 10, 5) == 0


def test_a_draft_is_edited_and_drafted_again_without_loss(full: Store) -> None:
    by = an_officer()
    made = draft_demand(full, 2027, by=by)
    assert made.added == len(propose(full, 2027)) > 0
    line = demand(full, 2027)[0]
    edit_demand(full, DemandId(line.id), {"quantity": 3, "price": "12.5", "priority": "urgent"},
                by=by)
    again = draft_demand(full, 2027, by=by)
    assert (again.added, again.kept) == (0, ((line.name, ("price", "priority", "quantity")),))
    first = demand(full, 2027)[0]
    assert (first.id, first.budget) == (line.id, 37.5)
    before = total(demand(full, 2027))
    edit_demand(full, first.id, {"state": "dropped"}, by=by)
    assert total(demand(full, 2027)) == pytest.approx(before - 37.5)


def text_of(facts: LibraryFacts) -> str:
    with pypdfium2.PdfDocument(render(library_sheet(facts), FONTS)) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_papers_read_back_in_chinese(full: Store) -> None:
    assert "2027 年度应急物资需求计划" in text_of(demand_paper(full, 2027))
    assert "队伍登记簿" in text_of(register_paper(full, Library.FORCE))
    assert "应急资源核对提醒函" in text_of(reminder_letter(full, "应急管理局"))
    card = text_of(unit_card(full, "石渠镇"))
    assert "石渠镇" in card
    assert "三、物资" in card
    for unit in ("石渠镇", "应急管理局"):
        pdf = render(library_sheet(unit_card(full, unit)), FONTS)
        assert len(pypdfium2.PdfDocument(pdf)) == 1, unit


def test_the_commands_answer_in_json(full: Store, tmp_path: Path,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    full.close()
    head = ["--data", str(tmp_path), "--json"]
    for command, key in ((["upkeep"], "upkeep"), (["stock", "帐篷"], "stock"),
                         (["demand", "2027", "--out", str(tmp_path / "x.pdf")], "lines")):
        assert main([*head, *command]) == 0
        assert json.loads(capsys.readouterr().out)[key]
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
