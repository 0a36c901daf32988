"""The drill book on the tour 巡览演练档案: plan, evaluation, report and comparison, with papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db.words import t
from dispatch.drillbook.drills import held_drills
from ui.dialogs.drill_eval import FindingSheet
from ui.tour.hands import Astray

if TYPE_CHECKING:
    from ui.tour.shift import Shift

K = Qt.Key


def drill_book(tour: Shift) -> None:
    """Every page of the drill book once, and each of its papers."""
    h, window = tour.h, tour.window
    window.show_page("drillplan")
    h.shoot("drill-plan", t("The yearly drill plan against what the rules ask"))
    h.press(K.Key_N)
    h.fill(name="燃气管网泄漏抢修演练", month="12", sector="燃气")
    h.shoot("drill-plan-line", t("N: a drill for the sector that none is planned for"))
    h.commit()
    h.press(K.Key_P)
    tour.keep_paper("drill-plan", t("The drill plan on paper"))
    drill = int(held_drills(tour.store, sealed=True)[0].id)
    window.show_page("drilleval", drill)
    h.shoot("drill-evaluation", t("The evaluation of a drill, a sheet for each evaluator"))
    h.press(K.Key_F)
    h.fill(problem="洗消区与警戒区标识距离过近")
    sheet = h.sheet()
    if not isinstance(sheet, FindingSheet):
        raise Astray("F did not open the finding")
    sheet.choose_photos = lambda _parent: [str(h.folder / file) for file, _ in h.pictures[-2:]]
    h.press(K.Key_O, Qt.KeyboardModifier.ControlModifier)
    h.shoot("drill-finding", t("F: a finding, with photos"))
    h.commit()
    h.press(K.Key_T)
    h.shoot("drill-templates", t("The questions of a template, edited by the district"))
    h.press(K.Key_P)
    tour.keep_paper("drill-sheet", t("A blank evaluation sheet on paper"))
    window.show_page("drillreport", drill)
    for key, name, words in (
            (K.Key_1, "chart", t("The report of a drill: planned against actual")),
            (K.Key_2, "intervals", t("2: every interval against its standard")),
            (K.Key_3, "injects", t("3: injects and expected actions")),
            (K.Key_4, "actions", t("4: corrective actions with owner and deadline"))):
        h.press(key)
        h.shoot(f"drill-report-{name}", words)
    h.press(K.Key_P)
    tour.keep_paper("drill-report", t("The report of a drill on paper"))
    window.show_page("drillcompare", drill)
    h.press(K.Key_Down)
    h.press(K.Key_Down)
    h.press(K.Key_Space)
    h.shoot("drill-compare", t("Two drills of a scenario and a real event side by side"))
    h.press(K.Key_P)
    tour.keep_paper("drill-compare", t("The comparison on paper"))
