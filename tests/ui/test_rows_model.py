from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.rows_model import ROW_ROLE, Column, RowsModel


@dataclass(frozen=True, slots=True)
class Lot:
    id: int
    name: str
    count: int


COLUMNS = [
    Column[Lot]("Name", lambda r: r.name, stretch=True),
    Column[Lot](
        "Count", lambda r: str(r.count), Qt.AlignmentFlag.AlignRight, sort_key=lambda r: r.count
    ),
]


@pytest.fixture
def model(qapp):
    model = RowsModel[Lot](COLUMNS, lambda r: r.id, lambda r: f"{r.name} x {r.count}")
    model.tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    model.replace([Lot(1, "tent", 12), Lot(2, "quilt", 9), Lot(3, "bed", 100)])
    return model


def heard(signal):
    calls = []
    signal.connect(lambda *args: calls.append(args[1:3]))
    return calls


def no_reset(model):
    return heard(model.modelReset), heard(model.modelAboutToBeReset)


def test_one_more_row_is_one_insertion_and_no_reset(model):
    inserted, resets = heard(model.rowsInserted), no_reset(model)
    model.replace([*model.rows, Lot(4, "pump", 3)])
    assert inserted == [(3, 3)]
    assert resets == ([], [])
    assert model.append(Lot(5, "rope", 1)) == 4


def test_a_changed_row_is_told_alone(model):
    changed = []
    model.dataChanged.connect(lambda a, b, *_: changed.append((a.row(), b.row(), b.column())))
    inserted, removed = heard(model.rowsInserted), heard(model.rowsRemoved)
    model.replace([Lot(1, "tent", 12), Lot(2, "quilt", 8), Lot(3, "bed", 100)])
    assert changed == [(1, 1, 1)]
    assert inserted == removed == []


def test_rows_in_the_middle_come_and_go(model):
    wanted = [Lot(1, "tent", 12), Lot(9, "boat", 2), Lot(8, "vest", 7), Lot(3, "bed", 100)]
    removed, inserted = heard(model.rowsRemoved), heard(model.rowsInserted)
    model.replace(wanted)
    assert list(model.rows) == wanted
    assert (removed, inserted) == ([(1, 1)], [(1, 2)])
    model.replace([])
    assert model.rowCount() == 0


def test_sorting_is_by_key_keeps_the_chosen_row_and_places_new_rows(model):
    from PySide6.QtCore import QPersistentModelIndex

    chosen = QPersistentModelIndex(model.index(1, 0))
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert [row.count for row in model.rows] == [9, 12, 100]
    assert chosen.data(ROW_ROLE).name == "quilt"
    model.append(Lot(4, "pump", 50))
    assert [row.count for row in model.rows] == [9, 12, 50, 100]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.append(Lot(5, "rope", 60))
    model.append(Lot(6, "axe", 1))
    assert [row.count for row in model.rows] == [100, 60, 50, 12, 9, 1]


def test_screen_readers_hear_the_row(model):
    said = model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "tent x 12"
    align = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert align & Qt.AlignmentFlag.AlignRight


def test_section_heads_cannot_be_chosen(model):
    model.set_inert(lambda row: row.id == 2)
    assert not model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
