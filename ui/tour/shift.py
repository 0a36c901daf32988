"""The shift 一班: the acts of one watch in their order, done by keyboard on the real screens."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.words import t
from dispatch.duty.handover import handover_of
from dispatch.duty.seats import holder
from dispatch.duty.shifts import current_shift
from dispatch.events import open_events
from dispatch.orders import Order, orders_of
from dispatch.terms import Post, Stage
from ui.dialogs.dispatch import DispatchSheet
from ui.dialogs.report import ReportSheet
from ui.dialogs.sign_on import SignOnDialog
from ui.look import Colors, Look, read_look
from ui.pages.libraries_page import LibrariesPage
from ui.pages.preview_page import PreviewPage
from ui.theme import Theme
from ui.tour import maps, net, past, trust, warnings, watch
from ui.tour.drillbook import drill_book
from ui.tour.drills import drill
from ui.tour.hands import Astray, Hands
from ui.tour.imports import import_files
from ui.wearing import wear
from ui.widgets.signing import SignLine

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Shift:
    """Sign-on, handover in, a call, an event with six forces, a correction, reports, handover."""

    def __init__(self, hands: Hands) -> None:
        self.h, self.room = hands, hands.room
        self.window, self.store = hands.room.window, hands.room.store

    def work(self) -> None:
        self.morning()
        self.day()
        self.call()
        self.dispatch()
        self.correct()
        self.complete()
        self.second_event()
        self.look_around()
        self.close_events()
        self.next_morning()
        drill(self.h)

    # handover in

    def morning(self) -> None:
        h = self.h
        self.window.show_page("desk")
        h.shoot("desk-morning", t("The desk in the morning, before the handover"))
        h.press(K.Key_F12)
        h.shoot("sign-on", t("Signing on with one's own name"))
        h.press(K.Key_Escape)
        self.hand_over("handover-in")

    def hand_over(self, name: str) -> None:
        """Check, sign on both sides, see it sealed, keep the paper; the new officer sits down."""
        h, now = self.h, self.room.desk.now()
        h.press(K.Key_F9)
        h.settle()
        shift = current_shift(self.store, now)
        if shift is None:
            raise Astray("no shift is on watch")
        h.shoot(f"{name}-draft", t("The handover drafted from the shift"))
        if name == "handover-out":
            watch.word_the_handover(h)
        for _ in range(2):
            lines = [w for w in self.window.page.findChildren(SignLine)
                     if w.isVisible() and w.place.given is None]
            if not lines:
                break
            lines[0].ask()
            h.wait(2)
        sealed = handover_of(self.store, shift.id)
        if sealed is None or not sealed.sealed:
            raise Astray("; ".join(["the handover is not sealed", *h.refusals[-2:]]))
        h.shoot(f"{name}-sealed", t("Both officers signed: the handover is sealed"))
        h.press(K.Key_P)
        self.keep_paper(name, t("The handover on paper, with its verification code"))
        if name == "handover-out":
            watch.add_after_sealing(h)
            h.press(K.Key_P)
            self.keep_paper("handover-added", t("Printed again, with what was added"))
        self.sit_down()

    def sit_down(self) -> None:
        """The main officer of the shift now on watch signs on."""
        shift = current_shift(self.store, self.room.desk.now())
        seat = holder(self.store, shift.id, Post.MAIN) if shift else None
        if seat is None:
            raise Astray("the new shift has no main officer")
        self.h.press(K.Key_F12)
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, SignOnDialog):
            raise Astray("the sign-on did not open")
        dialog.form.fill({"officer": seat.officer_id})
        dialog.sign_on()
        self.h.settle()
        self.h.look_until(lambda: self.room.desk.officer.id == seat.officer_id,
                          "the new officer does not sit at the desk")

    def keep_paper(self, name: str, words: str) -> None:
        """Look at the paper in the preview and keep it beside the pictures."""
        h, page = self.h, self.window.page
        h.settle()
        page = self.window.page
        if not isinstance(page, PreviewPage) or page.paper is None:
            raise Astray("; ".join([f"no preview of {name}", *h.refusals[-2:]]))
        h.shoot(f"{name}-paper", words)
        (h.folder / f"{name}.pdf").write_bytes(page.paper.pdf)
        h.press(K.Key_Escape)

    # the day

    def day(self) -> None:
        h = self.h
        self.window.show_page("desk")
        h.wait(45)
        h.line("石渠镇、柳湾镇值班电话测试正常")
        net.roll_call(h, self.keep_paper)
        self.window.show_page("desk")
        h.wait(200)
        h.line("区气象台电话通报：夜间能见度低于 200 米，已转高速交警和石渠镇")
        warnings.warning_file(h)
        h.wait(494)
        h.shoot("desk-evening", t("The desk in the evening, nothing open"))

    def call(self) -> None:
        """Minimal first: a title and Enter would do; here the caller tells more."""
        h = self.h
        h.press(K.Key_F2)
        h.type("云环高速 K12 液氨罐车侧翻泄漏")
        h.fill(class_="accident", subtype="hazmat", town="石渠镇",
               address="云环高速 K12+300 下行", reporter="周远", reporter_unit="高速路政大队",
               reporter_phone="000-6218", occurred="20:28", severe=1, light=3,
               summary="罐车侧翻，罐体尾阀破裂，有白雾和刺鼻气味，司机被困后已救出。")
        h.shoot("intake", t("F2: taking in an event, level suggested with its basis"))
        h.commit()
        h.look_until(lambda: self.window.page.key == "event", "the event page did not open")
        h.shoot("event-new", t("The event a moment after the call"))

    def dispatch(self) -> None:
        h = self.h
        h.wait(3)
        h.press(K.Key_F4)
        sheet = h.sheet()
        if not isinstance(sheet, DispatchSheet):
            raise Astray("F4 did not open the dispatch")
        h.settle()
        h.shoot("dispatch", t("F4: the cover of the plan's needs, ticked and proven"))
        h.commit()
        h.wait(1)
        self.report()
        for minutes, stages in ((1, "123456"), (2, "12345"), (3, "1234"), (7, "123"), (6, "12")):
            h.wait(minutes)
            for key in stages:
                h.press(K(int(K.Key_0) + int(key)), ALT)
        h.look_until(lambda: sum(o.stage is not Stage.ORDERED for o in self.orders()) == 6,
                     "not all forces confirmed")
        h.shoot("event-forces", t("Number keys stamp each force's stages; the chart grows"))
        maps.look_at_the_map(h, int(open_events(self.store)[0].id), self.keep_paper)
        self.boards()

    def boards(self) -> None:
        """The stage board from another page, the response and the order sheet."""
        h, event = self.h, int(open_events(self.store)[0].id)
        self.window.show_page("desk")
        h.press(K.Key_F5)
        h.shoot("stages", t("F5 on any page: a key for each stage of each force"))
        h.press(K.Key_Escape)
        self.window.show_page("event", event)
        h.press(K.Key_R)
        h.fill(measures="疏散下风向群众，堵漏、稀释、洗消", expected="24 小时", approver="刘明远")
        h.shoot("response", t("R: the response with what the law asks to state"))
        h.commit()
        h.press(K.Key_O)
        self.keep_paper("orders", t("The dispatch orders on paper"))
        net.call_out(h, self.keep_paper)

    def orders(self) -> list[Order]:
        return orders_of(self.store, open_events(self.store)[0].id)

    def report(self) -> None:
        """By phone first, in writing after; the instruction comes in between."""
        h = self.h
        h.press(K.Key_F8)
        sheet = h.sheet()
        if not isinstance(sheet, ReportSheet):
            raise Astray("F8 did not open the report")
        sheet.form.fill({"receiver": "值班员"})
        for number, row in enumerate(sheet.model.rows):
            if not row.chosen and not row.of.done:
                sheet.toggle(number)
        h.shoot("report", t("F8: the first report drawn from the record, its gaps named"))
        h.commit()
        h.press(K.Key_C)
        h.fill(severe=2, light=5, evacuated=102, note="石渠镇电话")
        h.shoot("casualties", t("C: casualties as a series, with the change since the last count"))
        h.commit()
        h.press(K.Key_F6)
        h.fill(leader="刘明远", post="管委会副主任", due_at="60",
               text="先救人、控泄漏，下风向 500 米内群众全部撤离。",
               to_1="石渠镇", receiver_1="孟凡")
        h.shoot("instruction", t("F6: a leader's instruction, passed on and repeated back"))
        h.commit()
        h.no_refusals("reports")

    def complete(self) -> None:
        """Facts, gaps, a bulletin, and the registers."""
        h = self.h
        h.press(K.Key_E)
        h.fill(measures="警戒、疏散、堵漏", commander="刘立新", leaders="带班领导已到指挥中心")
        h.shoot("event-facts", t("E: the facts completed as the reports will need them"))
        h.commit()
        h.press(K.Key_B)
        h.shoot("flash", t("B: the duty flash of the event, in editable words"))
        h.sheet().leave()
        h.settle()
        self.window.show_page("registers", "papers")
        h.press(K.Key_N)
        h.fill(title="关于做好低温雨雪防范的通知", sender="市应急管理局", urgency="warning")
        h.shoot("paper-in", t("A paper that came in: by whom it is due is the rule's"))
        h.commit()
        h.shoot("register-papers", t("The register of papers, the next passing in each line"))
        h.press(K.Key_1)
        h.shoot("register-calls", t("The register of calls with what was verified"))
        h.press(K.Key_3)
        h.press(K.Key_N)
        h.shoot("daily", t("The duty summary of the day, drawn from the record"))
        h.sheet().leave()
        h.settle()
        self.window.show_page("event", self.room.event_page.event_id)

    def correct(self) -> None:
        h = self.h
        h.line("石渠镇：K12 下风向已疏散 102 人")
        h.wait(1)
        page = self.room.event_page
        page.parts.forces.setFocus()
        wrong = page.parts.log.rows_model.rows[-1]
        page.parts.log.choose(wrong.id)
        h.press(K.Key_X)
        h.fill(reason="石渠镇回拨复核，人数有误")
        h.fill(corrected="石渠镇：K12 下风向已疏散 120 人")
        h.shoot("correction", t("X: a wrong entry is struck through with a reason, never edited"))
        h.commit()
        h.wait(12)
        h.shoot("event-running", t("The event with a correction and an overdue force"))

    def second_event(self) -> None:
        h = self.h
        h.press(K.Key_F2)
        h.type("云锦小区配电房冒烟停电")
        h.shoot("intake-minimal", t("A second call: a title and Enter are enough"))
        h.press(K.Key_Return)
        h.settle()
        self.window.show_page("desk")
        h.wait(1)
        h.press(K.Key_F3)
        h.type("石渠镇回电：洗消水已引入应急池，未入河")
        h.shoot("desk-busy", t("The desk with two events, what is due, and a line half typed"))
        h.press(K.Key_Return)

    # the other pages

    def look_around(self) -> None:
        h = self.h
        h.press(K.Key_K, CONTROL)
        h.type("sqz")
        h.shoot("search", t("Ctrl+K: found by initials"))
        h.press(K.Key_Escape)
        for key, words in (("events", t("All events, open ones first")),
                           ("libraries", t("The libraries: stock, shortages, expiry")),
                           ("roster", t("The roster of the month")),
                           ("settings", t("Settings: look, people, checks, rules, backups"))):
            self.window.show_page(key)
            h.shoot(key, words)
            if key == "roster":
                self.roster()
        self.records()
        drill_book(self)
        import_files(h)
        past.past_and_statistics(h, self.keep_paper)
        trust.trust(h)
        self.window.show_page("desk")
        self.looks()

    def records(self) -> None:
        """A record of the libraries in its sheet, and what the side panel knows of it."""
        h = self.h
        self.window.show_page("libraries", "force")
        page = self.window.page
        if not isinstance(page, LibrariesPage):
            raise Astray("the libraries did not open")
        page.table.setFocus()
        h.press(K.Key_E)
        h.fill(people="多")
        h.shoot("record", t("E: a record's sheet, what is wrong said beside its field"))
        h.sheet().discard()
        for tab, name in ((1, "record-place"), (2, "record-history"), (3, "record-use")):
            page.side.tabs.setCurrentIndex(tab)
            h.shoot(name, t("The side panel: place, history and use of a record"))
        page.side.tabs.setCurrentIndex(0)

    def roster(self) -> None:
        """The month after next is solved live; rules, paper."""
        h = self.h
        for _ in range(2):
            h.press(K.Key_PageDown)
        h.press(K.Key_S)
        h.shoot("roster-solved", t("A month solved, with its proof"))
        h.press(K.Key_K)
        h.shoot("roster-rules", t("The rules of the roster"))
        h.press(K.Key_Escape)
        h.press(K.Key_T)
        h.press(K.Key_P)
        self.keep_paper("roster", t("The month on paper"))

    def looks(self) -> None:
        """Dark, large and small: the same pages, nothing clipped."""
        h, theme, now = self.h, self.room.theme, self.room.desk.now()
        look = read_look(self.store.path.parent)
        wear(Look(look.language, Colors.DARK), theme, now)
        h.shoot("desk-dark", t("By night"))
        self.window.show_page("event", int(open_events(self.store)[-1].id))
        h.shoot("event-dark", t("The event by night"))
        h.press(K.Key_F11)
        self.window.show_page("desk")
        self.window.resize(1920, 1080)
        h.shoot("wall-dark", t("F11: the wall screen"))
        h.press(K.Key_F11)
        self._sized(theme, look, (1280, 720), 1.0, "desk-1280", t("On a small screen"))
        self._sized(theme, look, (1920, 1080), 1.5, "desk-150", t("At 150 %"))
        self.window.resize(1440, 900)
        wear(look, theme, now)
        h.settle()

    def _sized(self, theme: Theme, look: Look, size: tuple[int, int], scale: float, name: str,
               words: str) -> None:
        self.window.resize(*size)
        wear(Look(look.language, Colors.LIGHT, scale), theme, self.room.desk.now())
        self.h.shoot(name, words)

    # closing

    def close_events(self) -> None:
        h = self.h
        h.wait(60)
        first = min(open_events(self.store), key=lambda e: e.received_at)
        for event in open_events(self.store):
            self.window.show_page("event", int(event.id))
            self.bring_home()
            self.send_due()
            h.press(K.Key_W)
            sheet = h.sheet()
            if "waive" in sheet.form.values:
                h.fill(waive="与终报合并报送")
            h.fill(note="现场处置完毕，监测正常，力量已归建。")
            if event.id == first.id:
                h.shoot("close", t("W: closing says what still stands in the way"))
            h.commit()
        self.window.show_page("event", int(first.id))
        h.shoot("event-closed", t("The closed event"))
        past.after_action(h, self.keep_paper, int(first.id))

    def bring_home(self) -> None:
        """Stamp what is left of every force's stages."""
        for _ in range(9):
            waiting = [r for r in self.room.event_page.parts.forces.rows_model.rows if r.next_word]
            if not waiting:
                return
            for row in waiting:
                self.room.event_page.stamp(row.key)
            self.h.wait(4)

    def send_due(self) -> None:
        """Send the reports that are due first."""
        h = self.h
        h.press(K.Key_F8)
        sheet = h.sheet()
        if isinstance(sheet, ReportSheet):
            for number, row in enumerate(sheet.model.rows):
                if not row.chosen and not row.of.done:
                    sheet.toggle(number)
        h.commit()

    def next_morning(self) -> None:
        """On to the end of the shift, and out."""
        h = self.h
        shift = current_shift(self.store, self.room.desk.now())
        if shift is None:
            raise Astray("no shift is on watch")
        left = shift.ends_at - timedelta(minutes=9) - self.room.desk.now()
        h.wait(left.total_seconds() / 60)
        self.window.show_page("desk")
        h.shoot("desk-next-morning", t("The next morning: the final reports are due"))
        self.hand_over("handover-out")
        self.window.show_page("desk")
        h.shoot("desk-after", t("The next shift is on watch"))
        watch.books_and_blanks(h, self.keep_paper)
