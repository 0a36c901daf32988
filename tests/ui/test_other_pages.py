"""The other pages of the window, on the sample district's own store and real widgets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.clock import StillClock
from db.store import FILE_NAME, Store
from db.words import catalogue
from dispatch.begin import begin_sample
from dispatch.duty import officers
from dispatch.duty.handover import handover_of
from dispatch.duty.month import DayKind, day_of
from dispatch.duty.shifts import current_shift
from resources.people import Officer, Role
from resources.rules import rules
from resources.supplies import stock
from ui.desk import Desk, Tone
from ui.dialogs.movement import MovementSheet
from ui.dialogs.rule import RuleBox
from ui.dialogs.search import SearchDialog
from ui.dialogs.sign_on import SignOnDialog
from ui.pages.handover_page import HandoverPage
from ui.pages.libraries_page import LibrariesPage
from ui.pages.paper import Paper
from ui.pages.preview_page import PreviewPage
from ui.pages.roster_page import RosterPage
from ui.pages.settings_page import SettingsPage
from ui.theme import Theme
from ui.widgets.message_line import MessageLine

NIGHT = datetime(2026, 11, 23, 13, 47, 3, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    begin_sample(folder, StillClock(NIGHT), lambda _part: None)
    return folder


@pytest.fixture
def desk(sample: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    folder = tmp_path / "district"
    shutil.copytree(sample, folder)
    store = Store.open(folder / FILE_NAME, StillClock(NIGHT))
    owner = QObject()
    yield Desk(store, an_administrator(store), owner)
    store.close()
    owner.deleteLater()
    catalogue.load("en", Path("ui/assets/words"))


def an_administrator(store: Store) -> Officer:
    main = store.value("""select s.officer_id from seat_on_shift s join shift h
        on h.id = s.shift_id where h.state = 'open' and s.post = 'main'""")
    known = officers.officer(store, main)
    return Officer(known.id, known.name, frozenset(Role), known.unit, known.title)


def shown(page: QWidget, qtbot: QtBot, desk: Desk) -> None:
    qtbot.addWidget(page)
    page.resize(1300, 760)
    page.show()
    desk.changed.connect(page.refresh)
    qtbot.wait(5)


def test_a_handover_is_signed_by_both_sides_and_sealed(theme: Theme, desk: Desk,
                                                       qtbot: QtBot) -> None:
    page = HandoverPage(theme, desk)
    shown(page, qtbot, desk)
    assert page.shown is not None, "opening the page drafts the handover"
    number = page.shown.number
    page.words.summary.setPlainText("本班平稳。")
    while page.signing.lines and not page.shown.sealed:
        line = next(one for one in page.signing.lines if one.place.given is None)
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert page.shown.sealed
    assert page.shown.number == number
    assert page.shown.words.summary == "本班平稳。"
    assert page.shown.code
    page.signing.addendum.setText("钥匙另行移交。")
    qtbot.mouseClick(page.signing.add_button, Qt.MouseButton.LeftButton)
    assert [one.text for one in page.shown.addenda] == ["钥匙另行移交。"]


def test_a_wrong_password_is_refused_beside_its_field(theme: Theme, desk: Desk,
                                                      qtbot: QtBot) -> None:
    officers.set_password(desk.store, desk.officer.id, "river-stone", by=desk.officer)
    page = HandoverPage(theme, desk)
    shown(page, qtbot, desk)
    line = next(one for one in page.signing.lines if one.chosen == desk.officer.id)
    line.password.setText("wrong-one")
    qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert not line.problem.isHidden()
    assert "wrong" in line.problem.text()
    assert page.shown is not None
    assert page.shown.signatures == ()


def test_half_written_words_survive(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    page = HandoverPage(theme, desk)
    shown(page, qtbot, desk)
    page.words.remarks.setPlainText("备用电话待修")
    page.keep_draft()
    again = HandoverPage(theme, desk)
    shown(again, qtbot, desk)
    assert again.words.remarks.toPlainText() == "备用电话待修"


def test_a_fault_needs_words(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    page = HandoverPage(theme, desk)
    shown(page, qtbot, desk)
    first = page.checks.checks[0]
    page.checks.rows.choose(first.name)
    qtbot.keyClick(page.checks.rows, Qt.Key.Key_Space)
    assert page.checks.checks[0].ok, "not yet: it has no words"
    page.checks.note.setText("无声")
    qtbot.keyClick(page.checks.note, Qt.Key.Key_Return)
    assert page.shown is not None
    assert (page.shown.checks[0].ok, page.shown.checks[0].note) == (False, "无声")


def test_a_handover_is_previewed_and_saved(theme: Theme, desk: Desk, qtbot: QtBot,
                                           tmp_path: Path) -> None:
    page, preview = HandoverPage(theme, desk), PreviewPage(theme, desk)
    shown(page, qtbot, desk)
    shown(preview, qtbot, desk)
    with qtbot.waitSignal(page.go, timeout=20_000) as asked:
        page.print_action.trigger()
    key, paper = asked.args
    assert (key, isinstance(paper, Paper)) == ("preview", True)
    preview.open(paper)
    assert len(preview.view.sizes) >= 1
    qtbot.waitUntil(lambda: bool(preview.view._images), timeout=20_000)
    target = tmp_path / "handover.pdf"
    preview.choose_file = lambda *_: str(target)
    preview.save_action.trigger()
    assert target.read_bytes().startswith(b"%PDF")
    preview.printers = list
    preview.print_action.trigger()
    assert preview.notice.isVisible()
    preview.back_action.trigger()
    assert preview.came_from == "handover"


def test_each_library_loads_and_text_and_pinyin_filter(theme: Theme, desk: Desk,
                                                       qtbot: QtBot) -> None:
    page = LibrariesPage(theme, desk)
    shown(page, qtbot, desk)
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        assert page.table.window_model.ids, page.tabs.tabText(number)
    page.open("supply")
    for words in ("棉", "mianbei", "mb"):
        page.list.bar.text.setText(words)
        page.list.bar.take_text()
        model = page.table.window_model
        names = [model.row_or_none(n).name for n in range(model.rowCount())]
        assert "棉被" in names, words


def test_stock_goes_out_and_a_bad_quantity_is_refused(theme: Theme, desk: Desk,
                                                      qtbot: QtBot) -> None:
    page = LibrariesPage(theme, desk)
    shown(page, qtbot, desk)
    before = page.chosen
    page.buttons["O"].click()
    sheet = next(w for w in page.window().findChildren(QWidget) if isinstance(w, MovementSheet))
    sheet.form.fill({"receiver": "石渠镇", "quantity": "many"})
    sheet.submit()
    assert sheet.isVisible()
    sheet.form.fill({"quantity": "1"})
    sheet.submit()
    now = next(s for s in stock(desk.store, date(2026, 11, 23)) if s.id == before.id)
    assert now.quantity == before.quantity - 1
    page.open("force")
    page.buttons["V"].click()
    assert desk.store.value("select verified_by from force where id = :id",
                            id=page.chosen.id) == desk.officer.name


def test_the_roster_tells_each_cell_and_turns_its_months(theme: Theme, desk: Desk,
                                                         qtbot: QtBot) -> None:
    page = RosterPage(theme, desk)
    shown(page, qtbot, desk)
    assert page.grid.month is not None
    assert page.grid.month.planned
    page.today_action.trigger()
    assert page.grid.column == 22
    before = page.cell.text()
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.cell.text() != before
    page.after_action.trigger()
    assert page.shown == date(2026, 12, 1)
    page.before_action.trigger()
    assert page.shown == date(2026, 11, 1)


@pytest.mark.parametrize(("day", "kind"), [
    (date(2026, 10, 1), DayKind.HOLIDAY), (date(2026, 10, 10), DayKind.SWAPPED),
    (date(2026, 10, 17), DayKind.WEEKEND), (date(2026, 10, 14), DayKind.WORK)])
def test_days_follow_the_yearly_notice(day: date, kind: DayKind) -> None:
    assert day_of(day).kind is kind


@pytest.mark.parametrize("words", ["棉", "mianbei", "mb", "1010101"])
def test_search_opens_the_record(theme: Theme, desk: Desk, qtbot: QtBot, words: str) -> None:
    dialog = SearchDialog(theme, desk)
    dialog.show()
    dialog.line.setText(words)  # an input method gives whole words
    rows = dialog.list.rows_model.rows
    wanted = next(n for n, row in enumerate(rows) if row.words == "棉被")
    dialog.list.setCurrentIndex(dialog.list.rows_model.index(wanted, 0))
    with qtbot.waitSignal(dialog.go) as asked:
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert asked.args[0] == "libraries"
    assert asked.args[1][0] == "supply"


def test_another_language_rewords_every_page(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    catalogue.load("en", Path("ui/assets/words"))
    pages = [LibrariesPage(theme, desk), RosterPage(theme, desk), HandoverPage(theme, desk),
             PreviewPage(theme, desk)]
    settings = SettingsPage(theme, desk)
    for page in (*pages, settings):
        shown(page, qtbot, desk)
    english = [[a.text() for a in page.actions_shown()] for page in pages]
    settings.look.language.setCurrentIndex(0)
    settings.look.language.activated.emit(0)
    chinese = [[a.text() for a in page.actions_shown()] for page in pages]
    for one, other in zip(english, chinese, strict=True):
        assert one
        assert not set(one) & set(other)
    assert settings.list.item(0).text() == "显示与语言"


def test_settings_change_a_rule_by_a_new_row(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    page = SettingsPage(theme, desk)
    shown(page, qtbot, desk)
    page.list.setCurrentRow(4)
    section, before = page.rules, len(rules(desk.store))
    row = next(r for r in section.model.rows if isinstance(r.value, int))
    section.table.choose(row.id)
    section.change_button.click()
    dialog = section.findChild(RuleBox)
    assert dialog is not None
    dialog.form.fill({"value": "many"})
    dialog.enter.click()
    assert len(rules(desk.store)) == before
    dialog.form.fill({"value": str(row.value + 1)})
    dialog.enter.click()
    assert len(rules(desk.store)) == before + 1


def test_settings_back_up_and_check(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    page = SettingsPage(theme, desk)
    line_host = QWidget()
    line = MessageLine(theme, desk, line_host)
    qtbot.addWidget(line_host)
    shown(page, qtbot, desk)
    page.list.setCurrentRow(5)
    section = page.store
    section.back_up_button.click()
    qtbot.waitUntil(lambda: bool(section.model.rows), timeout=30_000)
    section.check_button.click()
    qtbot.waitUntil(lambda: "sound" in section.result.text(), timeout=60_000)
    qtbot.waitUntil(lambda: not line.jobs, timeout=5_000)


def test_signing_on_and_the_lock(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    officers.set_password(desk.store, desk.officer.id, "river-stone", by=desk.officer)
    dialog = SignOnDialog(theme, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    who = desk.officer
    with qtbot.waitSignal(desk.lock_asked):
        dialog.lock_button.click()
    desk.sign_on(None)
    dialog = SignOnDialog(theme, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choose(who.id)
    dialog.password.setText("wrong-one")
    dialog.enter.click()
    assert dialog.isVisible()
    dialog.password.setText("river-stone")
    dialog.enter.click()
    assert desk.has_officer


def test_a_refusal_stays_until_it_is_read(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(1200, 700)
    qtbot.addWidget(host)
    line = MessageLine(theme, desk, host)
    host.show()
    desk.told.emit(Tone.REFUSED, "no")
    desk.told.emit(Tone.DONE, "yes")
    assert line.row.words == "no"
    assert line.isVisible()
    line.read_action.trigger()
    assert not line.isVisible()
    desk.told.emit(Tone.DONE, "yes")
    assert line.row.words == "yes"


def test_without_a_shift_nothing_is_drafted(theme: Theme, desk: Desk, qtbot: QtBot) -> None:
    going = current_shift(desk.store, desk.now())
    assert going is not None
    desk.sign_on(None)
    page = HandoverPage(theme, desk)
    shown(page, qtbot, desk)
    assert handover_of(desk.store, going.id) is None
    assert page.empty.isVisible()
