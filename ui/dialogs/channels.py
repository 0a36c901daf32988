"""Channels 通道 on screen: the list with its tests, and the form of one; secrets go unseen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from db.errors import Refused
from db.words import mark, t
from dispatch.net.addresses import Letter
from dispatch.net.channels import (
    Channel,
    ChannelFacts,
    channels,
    note_test,
    put_channel,
    refuse_in_drill,
    service_limit,
)
from dispatch.net.courier import carry
from dispatch.net.outbox import Parcel
from dispatch.net.rules import TIMEOUT
from dispatch.net.secrets import secret_name
from dispatch.net.sending import Outcome
from dispatch.net.terms import CHANNEL_NAMES, SEND_NAMES, ChannelKind, SendState
from resources.localtime import moment_text
from resources.rules import rule_or
from ui.background import Progress
from ui.desk import Desk, Tone
from ui.dialogs.sheet import Sheet
from ui.rows_model import Column, RowsModel
from ui.theme import Theme
from ui.widgets.form import Choice
from ui.widgets.table import TableView

COLUMNS: tuple[Column[Channel], ...] = (
    Column(mark("Name"), lambda c: c.name, width=150, bold=True),
    Column(mark("column|Kind"), lambda c: t(CHANNEL_NAMES[c.kind]), width=120),
    Column(mark("Address"), lambda c: c.address or "—", width=180, stretch=True, muted=True,
           tip=lambda c: c.address),
    Column(mark("A minute"), lambda c: str(c.limit), Qt.AlignmentFlag.AlignRight, 76),
    Column(mark("In use"), lambda c: t("yes") if c.active else t("no"), width=70),
    Column(mark("Last test"), lambda c: f"{moment_text(c.tested_at)} {c.tested}"
           if c.tested_at else "—", width=210, muted=True, tip=lambda c: c.tested))
HINTS = {
    ChannelKind.MAIL: mark("mail.example.cn:25, or smtps://mail.example.cn:465"),
    ChannelKind.SMS: mark("https://gateway.example.cn/send: takes a form"),
    ChannelKind.HOOK: mark("https://example.cn/hook: takes JSON"),
    ChannelKind.DINGTALK: mark("no address; the token below, then a space and the signing key"),
    ChannelKind.WECOM: mark("no address; the robot's key below"),
    ChannelKind.FEISHU: mark("no address; the robot's token below"),
    ChannelKind.OTHER: mark("no address; the whole service address below, {phone} in it"),
    ChannelKind.TEST: mark("no address; nothing leaves this machine")}


class KeyTable(TableView):
    """Letters go on to the sheet instead of looking for a row that begins so."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalpha():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChannelsSheet(Sheet):
    """W on the net page: Enter edits, N adds, T tests the channel at hand."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget) -> None:
        super().__init__(theme, desk, host, t("Channels"), width=960, verb=t("act|Edit"))
        self.model: RowsModel[Channel] = RowsModel(COLUMNS, lambda c: c.id, lambda c: c.name)
        self.table = KeyTable(theme, self.model, t("Channels"))
        self.table.setFixedHeight(theme.px(32 + 40 * 7 + 2))
        self.told = self.note()
        self.keys: dict[str, QPushButton] = {}
        self.rows.insertWidget(0, self.note(t(
            "Passwords and tokens stand in the system's keyring only. Without a channel a"
            " call-out is worked through by hand from its sheet.")))
        self.rows.insertWidget(1, self.table)
        self.rows.insertWidget(2, self.told)
        for key, words, act in (("N", t("act|New"), self.new), ("T", t("act|Test"), self.test)):
            self.keys[key] = self.add_button(f"{words}  {key}", act)
        self.hint.setText(t("Enter edits · Esc closes"))
        self.table.activated_row.connect(lambda _row: self.submit())
        self.load()

    def present(self, focus: str = "") -> None:
        super().present(focus)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.rowCount():
            self.table.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N and T, which the list itself has no use for."""
        button = self.keys.get(event.text().upper())
        if button is not None:
            button.click()
        else:
            super().keyPressEvent(event)

    def load(self) -> None:
        self.model.replace(channels(self.desk.store))
        if not self.model.rowCount():
            self.told.setText(t("No channel yet. N adds one; call sheets work without."))

    @property
    def chosen(self) -> Channel:
        row: Channel | None = self.table.current_row
        if row is None:
            raise Refused("No channel yet. N adds one; call sheets work without.")
        return row

    def new(self) -> None:
        self._form(None)

    def commit(self) -> object:
        """Open the form of the channel at hand; the list comes back once it is saved."""
        self._form(self.chosen)
        return None

    def _form(self, of: Channel | None) -> None:
        form = ChannelSheet(self.theme, self.desk, self.host, of)
        theme, desk, host = self.theme, self.desk, self.host
        form.done.connect(lambda _of: ChannelsSheet(theme, desk, host).present())
        self.leave()
        form.present("name")

    def test(self) -> None:
        """T: send one message to the channel's own test address, in the background."""
        of, desk = self.chosen, self.desk
        refuse_in_drill(desk.store, of.kind)
        to = of.sender if of.kind is ChannelKind.MAIL else "000-0000"
        letter = Letter((to,), t("Watchdesk"), t("Test of the channel {name}", name=of.name),
                        "TEST-0")
        name, seconds = secret_name(desk.store, of.id), float(rule_or(desk.store, TIMEOUT).value)
        officer = desk.officer

        def work(progress: Progress) -> Outcome:
            progress(0)
            return carry(Parcel(of, (), 1, letter), name, seconds)

        def done(found: Outcome) -> None:
            says = t("list|, ").join(p for p in (t(SEND_NAMES[found.state]), found.says) if p)
            good = found.state in (SendState.SENT, SendState.DELIVERED)
            desk.act(lambda: note_test(desk.store, of.id, says, by=officer))
            desk.told.emit(Tone.DONE if good else Tone.REFUSED,
                           t("{name}: {says}", name=of.name, says=says))
            if not self.sent:
                self.load()

        self.told.setText(t("Testing {name}…", name=of.name))
        desk.begin(t("Test of the channel {name}", name=of.name), work, done)


class ChannelSheet(Sheet):
    """One channel. The secret's field is empty: what stands in the keyring stays unless typed."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, of: Channel | None) -> None:
        super().__init__(theme, desk, host, of.name if of is not None else t("New channel"),
                         width=640)
        self.of, grid = of, self.grid
        grid.wide(10)
        grid.line("name", t("Name"), required=True)
        kind = grid.choice("kind", t("column|Kind"), [
            Choice(k, t(CHANNEL_NAMES[k])) for k in ChannelKind])
        grid.wide(20)
        grid.line("address", t("Address"))
        grid.wide(10)
        grid.line("user", t("User name"))
        grid.line("sender", t("Sender (mail)"))
        grid.wide(20)
        secret = grid.line("secret", t("Password or token"),
                           hint=t("stays as it is in the keyring") if of is not None else "")
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        grid.wide(7)
        grid.line("per_minute", t("Messages a minute"))
        grid.line("phone", t("Gateway's field of the number"), hint="phone")
        grid.wide(6)
        grid.line("text", t("Gateway's field of the text"), hint="message")
        grid.wide(10)
        grid.check("active", t("In use"))
        grid.check("forget", t("Take the secret out of the keyring"))
        kind.activated.connect(lambda _n: self._look(kind))
        self._show(kind)

    def _show(self, kind: QComboBox) -> None:
        of = self.of
        self.form.fill({"kind": ChannelKind.MAIL, "active": True})
        if of is not None:
            options = of.options or {}
            self.form.fill({
                "name": of.name, "kind": of.kind, "address": of.address, "user": of.user,
                "sender": of.sender, "active": of.active, "per_minute": of.per_minute or "",
                "phone": options.get("phone", ""), "text": options.get("text", "")})
        self._look(kind)

    def _look(self, _kind: QComboBox) -> None:
        """Only what this kind needs can be typed."""
        kind = ChannelKind(str(self.form.values["kind"]))
        served = kind in (ChannelKind.MAIL, ChannelKind.SMS, ChannelKind.HOOK)
        for name, on in (("address", served), ("user", kind is ChannelKind.MAIL),
                         ("sender", kind is ChannelKind.MAIL),
                         ("secret", kind is not ChannelKind.TEST),
                         ("phone", kind in (ChannelKind.SMS, ChannelKind.HOOK)),
                         ("text", kind in (ChannelKind.SMS, ChannelKind.HOOK))):
            self.form.field(name).setEnabled(on)
        address, least = self.form.field("address"), self.form.field("per_minute")
        if isinstance(address, QLineEdit):
            address.setPlaceholderText(t(HINTS[kind]))
        if isinstance(least, QLineEdit):
            least.setPlaceholderText(t("up to {n}", n=service_limit(self.desk.store, kind)))

    def commit(self) -> Channel:
        v = self.form.values
        typed = str(v["secret"])
        limit = self.check_number("per_minute")
        options = {k: str(v[k]).strip() for k in ("phone", "text") if str(v[k]).strip()}
        facts = ChannelFacts(
            name=str(v["name"]), kind=ChannelKind(str(v["kind"])), address=str(v["address"]),
            user=str(v["user"]), sender=str(v["sender"]), active=bool(v["active"]),
            per_minute=int(limit) if limit is not None else None, options=options)
        return put_channel(self.desk.store, facts, channel=self.of.id if self.of else None,
                           secret="" if v["forget"] else typed or None, by=self.desk.officer)
