"""The map without a window: layers, near, print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db.clock import SystemClock
from db.store import FILE_NAME, Store
from dispatch.map_pictures import figure_of
from resources.layers.keeping import layers
from tests.resources.layers.files import geojson, mbtiles, polygon
from tests.ui.live_room import a_district
from ui.cli import main


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    return a_district(sample, tmp_path / "district")


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, status: int = 0
         ) -> dict[str, object]:
    assert main(["--data", str(folder), "--lang", "en", "--json", *words]) == status
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_layers_are_added_listed_and_removed(folder: Path, tmp_path: Path,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    area = geojson(tmp_path / "区.geojson", polygon(), None)
    dry = said(capsys, folder, "map", "add", str(area), "--dry-run")
    assert dry["remarks"]
    said(capsys, folder, "map", "add", str(area))
    said(capsys, folder, "map", "add", str(mbtiles(tmp_path / "a.mbtiles")), "--name", "影像")
    with pytest.raises(StopIteration):
        next(n for n in said(capsys, folder, "map", "layers")["layers"]  # type: ignore[attr-defined]
             if n["fault"])
    store = Store.open(folder / FILE_NAME, SystemClock(), read_only=True)
    assert {"区", "影像"} <= {one.name for one in layers(store)}
    store.close()
    said(capsys, folder, "map", "remove", "影像")
    assert said(capsys, folder, "map", "remove", "影像", status=1)["field"] == "layer"
    bad = tmp_path / "b.mbtiles"
    bad.write_bytes(b"nothing")
    assert "tile file" in str(said(capsys, folder, "map", "add", str(bad), status=1)["says"])


def test_near_names_forces_and_sites(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys, folder, "map", "near", "34.40, 108.72", "--can", "灭火")
    minutes = [f["minutes"] for f in found["forces"]]  # type: ignore[attr-defined]
    assert minutes
    assert minutes == sorted(minutes)
    found = said(capsys, folder, "map", "near", "石渠镇", "--within", "3")
    assert all(s["metres"] <= 3000 for s in found["sites"])  # type: ignore[attr-defined]
    assert "no coordinates" in str(said(capsys, folder, "map", "near", "无此地",
                                        status=1)["says"])


def test_the_map_is_printed_without_a_window(folder: Path, tmp_path: Path,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.pdf"
    said(capsys, folder, "map", "print", "--paper", "A3", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    store = Store.open(folder / FILE_NAME, SystemClock(), read_only=True)
    row = store.read("select id, number from event where lon is not null limit 1")[0]
    store.close()
    name = str(store_officer(folder))
    said(capsys, folder, "map", "print", row["number"], "--keep", "--officer", name, "--out",
         str(out))
    store = Store.open(folder / FILE_NAME, SystemClock(), read_only=True)
    assert figure_of(store, row["id"]) is not None
    store.close()


def store_officer(folder: Path) -> str:
    """Somebody who may write; the sample district asks for no password."""
    store = Store.open(folder / FILE_NAME, SystemClock(), read_only=True)
    try:
        return str(store.value("""select name from officer where roles like '%duty%'
            group by name having count(*) = 1 order by id limit 1"""))
    finally:
        store.close()
