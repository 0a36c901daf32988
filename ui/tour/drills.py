"""A drill in the tour 巡览演练: scenario, briefing, run beside the real desk, sealed record."""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.words import t
from dispatch.drills.keeping import drills
from dispatch.drills.terms import DrillState
from ui.dialogs.dispatch import DispatchSheet
from ui.drill_room import DrillRoom
from ui.look import Colors, Look, read_look
from ui.pages.drills_page import DrillsPage
from ui.pages.preview_page import PreviewPage
from ui.tour.hands import Astray, Hands
from ui.wearing import wear

K = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CODE = "hazmat-leak"


def drill(h: Hands) -> None:
    """The page Drills, a scenario, and a drill that is begun, run and sealed."""
    h.room.window.show_page("drills")
    page = h.room.window.page
    if not isinstance(page, DrillsPage):
        raise Astray("the drills did not open")
    row = next(n for n, k in enumerate(page.scenario_model.rows) if k.scenario.code == CODE)
    page.scenarios.setCurrentIndex(page.scenario_model.index(row, 0))
    h.shoot("drills", t("Scenarios and drills, each with what it is about"))
    h.press(K.Key_E)
    h.shoot("scenario", t("E: a scenario is written on screen, injects and all"))
    h.sheet().discard()
    h.settle()
    h.press(K.Key_S)
    room = h.room.drilling.room
    if room is None:
        raise Astray("; ".join(["the drill's window did not open", *h.refusals[-2:]]))
    Director(Hands(room, h.clock, h.folder), h).work()
    if drills(h.room.store)[0].state is not DrillState.SEALED:
        raise Astray("; ".join(["the drill is not sealed", *h.refusals[-2:]]))
    h.room.window.show_page("drills")
    h.settle()
    page.drills.choose(drills(h.room.store)[0].id)
    h.press(K.Key_R)
    h.shoot("drill-record", t("The sealed record: times, aims as measured, injects and actions"))
    h.room.drilling.close()
    h.settle()
    h.room.window.activateWindow()


class Director:
    """The hands of the director, and of the participants, in the drill's window."""

    def __init__(self, own: Hands, real: Hands) -> None:
        self.h, self.real, self.window = own, real, own.room.window
        own.pictures = real.pictures

    def work(self) -> None:
        h = self.h
        h.shoot("drill-briefing", t("The briefing before a drill"))
        h.press(K.Key_S)
        h.press(K.Key_N)
        self.take_part()
        h.shoot("drill-run", t("A drill under way: clock, next inject, expected actions"))
        self.go_on()
        self.by_night()
        h.press(K.Key_E)
        h.fill(note="首报及时，书面报告缺失，下次改进。")
        h.shoot("drill-end", t("E: what is still open is named before the drill is sealed"))
        h.commit()
        h.shoot("drill-ended", t("The drill is over, its record sealed in the real store"))

    def take_part(self) -> None:
        """What participants do on the same screens is timed by itself."""
        h = self.h
        h.wait(1.4)
        h.press(K.Key_F2)
        h.type("石渠出口匝道苯乙烯槽车侧翻泄漏")
        h.fill(class_="accident", subtype="hazmat", town="石渠镇")
        h.commit()
        h.wait(2)
        h.press(K.Key_F4)
        sheet = h.sheet()
        if not isinstance(sheet, DispatchSheet):
            raise Astray("F4 did not open the dispatch")
        h.commit()
        h.shoot("drill-event", t("The participants' own event, marked as a drill all round"))
        h.press(K.Key_O)
        self.keep_paper()
        self.window.show_page("drill")
        h.press(K.Key_2)
        h.press(K.Key_N)
        h.wait(3.2)
        h.press(K.Key_1)

    def keep_paper(self) -> None:
        h = self.h
        h.settle()
        page = self.window.page
        if not isinstance(page, PreviewPage) or page.paper is None:
            raise Astray("; ".join(["no preview of the drill's orders", *h.refusals[-2:]]))
        h.shoot("drill-orders-paper", t("The drill's orders on paper, with the word across them"))
        (h.folder / "drill-orders.pdf").write_bytes(page.paper.pdf)
        h.press(K.Key_Escape)

    def go_on(self) -> None:
        """A pause, a mark, a partial stamp, and an inject that is late."""
        h = self.h
        h.press(K.Key_N)
        h.press(K.Key_Space)
        h.wait(3.3)
        h.press(K.Key_Space)
        h.press(K.Key_M)
        h.fill(text="信道 6 有干扰，改用信道 8")
        h.commit()
        h.press(K.Key_1, SHIFT)
        h.wait(9)

    def by_night(self) -> None:
        """Dark, with a real event that came in meanwhile: one key away."""
        h, real, room = self.h, self.real, self.h.room
        real.room.window.show_page("desk")
        real.press(K.Key_F2)
        real.type("云锦街道居民楼电梯困人")
        real.press(K.Key_Return)
        look = read_look(real.room.store.path.parent)
        wear(Look(look.language, Colors.DARK), room.theme, room.desk.now())
        self.window.show_page("drill")
        h.settle()
        h.shoot("drill-late", t("By night: an inject is late, and a real event waits"))
        wear(look, room.theme, room.desk.now())
        h.press(K.Key_F11)
        h.shoot("drill-real", t("F11: the real desk, live all the while"), real.room.window)
        if isinstance(room, DrillRoom) and room.window.banner.real:
            raise Astray("the real events are still counted as unseen")
        self.window.activateWindow()
        h.settle()
