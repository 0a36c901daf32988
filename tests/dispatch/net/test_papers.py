"""Papers of the net: the circular says what plain counting says; blank sheets print."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import python_calamine

from db.clock import StillClock
from db.store import FILE_NAME, Store
from dispatch.net.callouts import callouts
from dispatch.net.choosing import chosen
from dispatch.net.papers import (
    blank_roll,
    callout_book,
    callout_paper,
    circular,
    circular_book,
    directory,
    roll_paper,
)
from dispatch.net.rollcall import rolls
from dispatch.net.templates import templates
from dispatch.printing import Finding, verify_code
from dispatch.printouts.pdf import render
from dispatch.printouts.sheet import Sheet
from dispatch.sample.build import fill_sample
from tests.dispatch.net.builders import ADMIN
from ui.places import fonts_folder

NOW = datetime(2026, 11, 23, 13, 47, tzinfo=UTC)
MONTH = date(2026, 11, 1)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("net") / FILE_NAME, StillClock(NOW))
    fill_sample(store)
    yield store
    store.close()


def words_of(sheet: Sheet) -> list[str]:
    document = pypdfium2.PdfDocument(render(sheet, fonts_folder()))
    found = [w for n in range(len(document))
             for w in document[n].get_textpage().get_text_bounded().split()]
    document.close()
    return found


def counted(store: Store) -> dict[str, Counter[str]]:
    """Plain counts of November's first askings, unit by unit, from the rows themselves."""
    found: dict[str, Counter[str]] = {}
    for r in store.read("""select a.name, a.result from roll_answer a
            join roll_call c on c.id = a.roll_id where a.round = 1 and c.ended_at is not null
            and c.started_at between '2026-10-31T16:00' and '2026-11-30T16:00'"""):
        found.setdefault(r["name"], Counter())[r["result"]] += 1
    return found


def row_of(name: str, count: Counter[str]) -> list[str]:
    results = [count[r] for r in ("present", "away", "leave", "silent", "fault", "other")]
    whole = count.total()
    rate = f"{count['present'] / (whole - count['leave']) * 100:.1f}"
    return [name, str(whole), *(str(n) for n in results if n), rate]


def test_the_circular_says_what_plain_counting_says(sample: Store) -> None:
    sheet = circular(sample, MONTH, by=ADMIN)
    text, plain = words_of(sheet), counted(sample)
    assert len(plain) > 60
    for name, count in plain.items():
        expected = row_of(name, count)
        starts = [n for n, w in enumerate(text) if w == name]
        rows = [text[n:n + 12] for n in starts]
        again = sample.value("""select count(*) from roll_answer a join roll_answer b
            on b.roll_id = a.roll_id and b.row_id = a.row_id and b.round = 2
            join roll_call c on c.id = a.roll_id
            where a.round = 1 and a.name = :name and b.result = 'present'
            and c.started_at between '2026-10-31T16:00' and '2026-11-30T16:00'""", name=name)
        expected[-1:-1] = [str(again)] if again else []
        assert rows, name
        assert all(r[:len(expected)] == expected for r in rows), (expected, rows)
    whole = sum(plain.values(), Counter[str]())
    assert str(whole.total()) in text
    assert verify_code(sample, sheet.code).finding is Finding.INTACT


def test_the_xlsx_holds_the_same_counts(sample: Store) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(circular_book(sample, MONTH)))
    rows = book.get_sheet_by_index(0).to_python()
    plain = counted(sample)
    assert len(rows) == len(plain) + 2
    for row in rows[1:-1]:
        count = plain[str(row[0])]
        assert [int(float(str(c))) for c in row[2:9]] == [count.total(), *(count[r] for r in (
            "present", "away", "leave", "silent", "fault", "other"))]


def test_blank_and_filled_sheets_print(sample: Store) -> None:
    of = next(x for x in templates(sample) if x.name == "全网点名")
    blank = words_of(blank_roll(sample, of, chosen(sample, of.choice)))
    assert {"1", "40"} <= set(blank)
    assert "000-8691" in blank
    assert words_of(blank_roll(sample, None, []))
    assert rolls(sample, limit=1)[0].number in words_of(roll_paper(sample, rolls(sample)[0]))
    made = callouts(sample)[0]
    filled = words_of(callout_paper(sample, made))
    assert made.number in filled
    assert "{" not in filled, "what is said is read out, so nothing stays open in it"
    assert "Declined" in filled or "Acknowledged" in filled
    assert words_of(callout_paper(sample, None))
    assert callout_book(sample, made).startswith(b"PK")
    assert "石渠镇值班室" in words_of(directory(sample))


def test_papers_of_a_drill_are_marked(sample: Store, tmp_path: Path) -> None:
    from db.backup import back_up

    copy = tmp_path / FILE_NAME
    copy.write_bytes(back_up(sample).path.read_bytes())
    store = Store.open(copy, StillClock(NOW))
    with store.change("test.drill", ADMIN) as tx:
        tx.insert("setting", {"name": "drill", "value": "1"})
    assert directory(store).watermark == "DRILL"
    store.close()
