"""The layer sheet 添加图层: a file is looked at with all its remarks and put on the map."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from db.errors import Refused, WatchdeskError
from db.words import t
from resources.coords import CRS_NAMES, Crs
from resources.layers.keeping import Layer, add_layer
from resources.layers.preparing import LayerKind, Prepared, lay_in, prepare
from ui.background import Job, Progress
from ui.desk import Desk, Tone
from ui.dialogs.file_sheet import FileSheet
from ui.theme import Theme
from ui.widgets.form import Choice

ZONES = (("EPSG:4547", "CGCS2000 / 3-degree CM 114E"), ("EPSG:4546", "CGCS2000 / CM 111E"),
         ("EPSG:4545", "CGCS2000 / CM 108E"), ("EPSG:4544", "CGCS2000 / CM 105E"),
         ("EPSG:3857", "Web Mercator"))
"""Metres that Chinese survey data comes in; another is typed as EPSG:…"""


def choose_layer(parent: QWidget) -> str:
    """The system's open dialog; empty when it was given up."""
    return QFileDialog.getOpenFileName(parent, t("Choose a map layer"), "",
                                       t("Map layers (*.geojson *.json *.shp *.mbtiles)"))[0]


class LayerSheet(FileSheet):
    """I. Nothing is written before Enter; what was mended or left out is said before it."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Add a map layer"), width=560,
                         verb=t("verb|Put on the map"))
        self.prepared: Prepared | None = None
        self.kept: tuple[str, int] | None = None
        self._looked = ("", "")
        self.found: QLabel = self.note()
        self.rows.insertWidget(0, self.note(t(
            "GeoJSON, shapefile (.shp with .dbf and .prj beside it) or MBTiles with png, jpg or"
            " webp tiles. The file is copied into the district's folder and its backups.")))
        self._build_fields()
        self.rows.addWidget(self.found)

    def _build_fields(self) -> None:
        grid = self.grid
        self.add_file(choose_layer, 20)
        grid.wide(12)
        crs = grid.choice("crs", t("field|Coordinate system"), [
            Choice("", t("As the file says")),
            *(Choice(str(one), t(CRS_NAMES[one])) for one in Crs),
            *(Choice(code, f"{code}  {words}") for code, words in ZONES)])
        crs.setEditable(True)
        crs.activated.connect(lambda _n: self.look(again=True))
        grid.wide(8)
        grid.line("name", t("layer|Name"))

    @property
    def crs(self) -> str:
        """The system that was chosen or typed; empty for the file's own."""
        box = self.form.field("crs")
        typed = str(box.property("currentText") or "").strip()
        chosen = str(self.form.values["crs"] or "")
        if chosen or typed in ("", t("As the file says")):
            return chosen
        return typed

    def look(self, *, again: bool = False) -> None:
        """Read the file in the background and say what it holds."""
        words = self.typed
        if not words or (self._looked == (words, self.crs) and not again):
            return
        self._looked = (words, self.crs)
        path, crs, folder = self.path, self.crs, self.desk.store.path.parent
        self.prepared = self.kept = None
        self.found.setText(t("Reading…"))
        self.ok.setEnabled(False)

        def work(progress: Progress) -> tuple[Prepared, tuple[str, int]]:
            found = prepare(path, crs, progress)
            return found, lay_in(folder, found)

        job: Job[tuple[Prepared, tuple[str, int]]] = Job(work, self.desk)
        job.done.connect(self._on_read)
        job.refused.connect(self._on_refused)
        job.cancelled.connect(self._on_stopped)
        self.desk.follow(job, t("Reading {name}", name=path.name))

    def _on_read(self, read: tuple[Prepared, tuple[str, int]]) -> None:
        self.prepared, self.kept = read
        self.ok.setEnabled(True)
        if not str(self.form.values["name"]).strip():
            self.form.fill({"name": self.prepared.name})
        self.found.setText("\n".join(layer_words(self.prepared)))
        self.place()

    def _on_stopped(self) -> None:
        """Cancelled by the person: the file may be read again."""
        self._looked = ("", "")
        self.ok.setEnabled(True)
        self.found.setText("")

    def _on_refused(self, error: WatchdeskError) -> None:
        self.ok.setEnabled(True)
        self.found.setText("")
        self.refuse(error)

    def commit(self) -> Layer:
        if self.prepared is None or self._looked[1] != self.crs:
            self.look(again=True)
            raise Refused("The file is being read; look at what it holds, then press Enter"
                          " again.", field="file")
        made = add_layer(self.desk.store, self.prepared, str(self.form.values["name"]),
                         kept=self.kept, by=self.desk.officer)
        self.desk.told.emit(Tone.DONE, t("{name} is on the map", name=made.name))
        return made


def layer_words(found: Prepared) -> list[str]:
    """What a file holds and what was mended, line by line."""
    west, south, east, north = found.bounds
    head = t("{n} tiles, zooms {low} to {high}", n=found.count, low=found.min_zoom,
             high=found.max_zoom) if found.kind is LayerKind.MBTILES else t(
        "{n} features", n=found.count)
    box = t("from {south}, {west} to {north}, {east}", south=f"{south:.4f}", west=f"{west:.4f}",
            north=f"{north:.4f}", east=f"{east:.4f}")
    return [f"{head} · {box}", *(f"! {words}" for words in found.remarks)]
