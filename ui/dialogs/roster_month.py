"""Sheets of a month 月度面板: rules and pattern, publishing, swaps and their answer, history."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.words import t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.months import set_starts
from dispatch.duty.roster.problem import Key
from dispatch.duty.roster.publish import publish_month, versions
from dispatch.duty.roster.rules import BY_CODE, read_starts, roster_rule, set_roster_rules
from dispatch.duty.roster.swaps import (
    Swap,
    ask_swap,
    decide_swap,
    partners,
    swaps,
    withdraw_swap,
)
from dispatch.duty.roster.terms import SWAP_NAMES, MonthState
from dispatch.terms import POST_NAMES, Post
from resources.localtime import moment_text
from resources.people import OfficerId
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

PATTERNS = ("08:30", "08:00", "08:30 20:30", "08:00 20:00", "00:30 08:30 16:30",
            "00:00 08:00 16:00")
OWN = ""


class RulesSheet(Sheet):
    """K: pattern, posts and limits from the month in view on; older months keep theirs."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, board: Board) -> None:
        super().__init__(theme, desk, host, t("Rules of the roster"), width=600)
        self.board, self.first, grid = board, board.record.first, self.grid
        self.set_title(t("Rules of the roster"), t("from {month} on", month=f"{self.first:%Y-%m}"))
        now = " ".join(f"{at:%H:%M}" for at in board.record.starts)
        names = {1: t("24 hours"), 2: t("2 × 12 hours"), 3: t("3 × 8 hours")}
        grid.wide(10)
        grid.choice("pattern", t("Pattern of shifts"), [
            *(Choice(p, f"{names[len(p.split())]}  {p}") for p in PATTERNS),
            Choice(OWN, t("Own, as typed"))])
        grid.line("starts", t("Shifts begin at"), hint="08:30 20:30")
        grid.wide(5)
        for post in Post:
            grid.number(str(post), t("{post} a shift", post=t(POST_NAMES[post])), most=30)
        for name, words, unit in (
                ("rest.room", t("Rest, in the room"), t("h")),
                ("rest.standby", t("Rest, standby"), t("h")),
                ("week.room", t("A week, in the room"), ""), ("week.all", t("A week, all"), ""),
                ("month.room", t("A month, in the room"), ""), ("month.all", t("A month, all"), ""),
                ("newcomer.seniority", t("A senior has at least"), ""),
                ("remind", t("Remind before"), t("h"))):
            grid.number(name, words, most=999, unit=unit)
        grid.wide(10)
        grid.check("leader_row", t("No leader twice in a row"))
        grid.check("newcomer.with_senior", t("Newcomers with seniors"))
        unsure = any(roster_rule(desk.store, code, self.first).uncertain for code in BY_CODE)
        if unsure:
            self.rows.addWidget(self.note(t(
                "Some of these values are common practice and marked uncertain: fix them by local"
                " regulation. What you save is no longer uncertain.")))
        self.form.fill({"pattern": now if now in PATTERNS else OWN, "starts": now,
                        **self._values()})
        pattern: Any = self.form.field("pattern")
        pattern.activated.connect(lambda _at: self._take_pattern())

    def _values(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for code in BY_CODE:
            value, name = roster_rule(self.desk.store, code, self.first).value, code[7:]
            if name == "posts":
                found |= {str(p): value.get(p, 0) for p in Post}
            elif isinstance(value, dict):
                found |= {f"{name}.{key}": part for key, part in value.items()}
            elif name != "starts":
                found[name] = value
        return found

    def _take_pattern(self) -> None:
        chosen = str(self.form.values["pattern"] or "")
        if chosen:
            self.form.fill({"starts": chosen})

    def commit(self) -> str:
        v, desk = self.form.values, self.desk
        starts = read_starts(str(v["starts"]))
        values: dict[str, Any] = {"roster.posts": {str(p): int(str(v[str(p)])) for p in Post},
                                  "roster.starts": [f"{at:%H:%M}" for at in starts]}
        for code in BY_CODE:
            name, old = code[7:], roster_rule(desk.store, code, self.first).value
            if code in values:
                continue
            values[code] = {key: v[f"{name}.{key}"] for key in old} if isinstance(old, dict) \
                else v[name]
        if not any(values["roster.posts"].values()):
            raise Refused("A shift has at least one post.", field=str(Post.MAIN))
        changed = set_roster_rules(desk.store, self.first, values, by=desk.officer)
        if starts != self.board.record.starts:
            set_starts(desk.store, self.first, starts, by=desk.officer)
            changed += 1
        return t("{n} rules changed", n=changed)


class PublishSheet(Sheet):
    """U: publish the month; with conflicts left a reason is asked for."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, board: Board) -> None:
        super().__init__(theme, desk, host, t("Publish the roster"), width=560,
                         verb=t("verb|Publish"))
        self.first, wrong = board.record.first, board.breaches
        self.set_title(t("Publish the roster"), f"{self.first:%Y-%m}",
                       t("version {n}", n=board.record.version + 1))
        words = t("All rules hold.") if not wrong else t(
            "{n} conflicts are left: {first}", n=len(wrong), first=wrong[0].words)
        self.rows.insertWidget(0, self.note(words, tone="error" if wrong else "muted"))
        self.grid.line("why", t("Remark; with conflicts, why it is published with them"))

    def commit(self) -> str:
        done = publish_month(self.desk.store, self.first, why=str(self.form.values["why"]),
                             by=self.desk.officer)
        return t("{month} published, version {n}", month=f"{self.first:%Y-%m}", n=done.version)


class SwapSheet(Sheet):
    """X on a duty of a published month: who could take it, by trade or as it is."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, board: Board, who: OfficerId,
                 key: Key) -> None:
        super().__init__(theme, desk, host, t("Swap a duty"), width=560, verb=t("verb|Ask"))
        if board.record.state is not MonthState.PUBLISHED:
            raise Refused("{month} is still a draft: change the cells themselves.",
                          month=f"{board.record.first:%Y-%m}")
        self.first, self.who, self.key = board.record.first, who, key
        cell = board.cell(who, key)
        if cell is None:
            raise Refused("Choose a duty to swap first.")
        name = next((p.name for p in board.problem.people if p.id == who), "?")
        self.set_title(t("Swap a duty"),
                       f"{name} {key.day:%m-%d} {t(POST_NAMES[cell.post])}")
        found = partners(desk.store, self.first, who, key)
        if not found:
            self.rows.insertWidget(0, self.note(t("Nobody can take this duty without breaking a"
                                                  " rule."), tone="error"))
        self.grid.choice("to", t("With whom; all of these keep every rule"), [
            Choice((int(to), back), t("{name} for {day}", name=other, day=f"{back.day:%m-%d}")
                   if back else t("{name} takes it over", name=other))
            for to, other, back in found], required=True)
        self.grid.line("reason", t("Reason"), required=True)

    def commit(self) -> str:
        v: dict[str, Any] = self.form.values
        to, back = v["to"]
        made = ask_swap(self.desk.store, self.first, self.who, self.key, to, back,
                        reason=str(v["reason"]), by=self.desk.officer)
        return t("Swap asked for: {words}", words=made.words)


class DecideSheet(Sheet):
    """A: a swap that waits is granted or refused by a leader, or taken back."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, swap: Swap) -> None:
        super().__init__(theme, desk, host, t("Answer a swap"), width=560, verb=t("verb|Grant"))
        self.swap = swap
        self.rows.insertWidget(0, self.note(swap.words, tone="title"))
        self.rows.insertWidget(1, self.note(t(
            "Asked by {name} on {time}: {reason}", name=swap.asked_by,
            time=moment_text(swap.asked_at), reason=swap.reason)))
        self.grid.line("answer", t("Answer; a refusal says why"))
        self.add_button(t("verb|Refuse"), self.decline, "Alt+R")
        self.add_button(t("verb|Withdraw"), self.withdraw, "Alt+W")

    def commit(self) -> str:
        decide_swap(self.desk.store, self.swap.id, granted=True,
                    answer=str(self.form.values["answer"]), by=self.desk.officer)
        return t("Swap granted: {words}", words=self.swap.words)

    def decline(self) -> None:
        decide_swap(self.desk.store, self.swap.id, granted=False,
                    answer=str(self.form.values["answer"]), by=self.desk.officer)
        self.put_away()
        self.done.emit(t("Swap refused: {words}", words=self.swap.words))

    def withdraw(self) -> None:
        withdraw_swap(self.desk.store, self.swap.id, by=self.desk.officer)
        self.put_away()
        self.done.emit(t("Swap withdrawn: {words}", words=self.swap.words))


class HistorySheet(Sheet):
    """H: the published versions of a month and its swaps, newest first."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, first: date) -> None:
        super().__init__(theme, desk, host, t("History of the roster"), width=600,
                         verb=t("verb|Close"))
        self.set_title(t("History of the roster"), f"{first:%Y-%m}")
        found = versions(desk.store, first)
        for at, one in enumerate(found):
            before = found[at + 1].cells if at + 1 < len(found) else ()
            changed = len(set(one.cells) - set(before)) if before else 0
            self.rows.addWidget(self.note(t(
                "Version {n} · {time} · {name} · {count} duties, {changed} of them new · {why}",
                n=one.number, time=moment_text(one.at), name=one.by, count=len(one.cells),
                changed=changed, why=one.why or t("as drafted")), tone=""))
        for swap in swaps(desk.store, first):
            answer = f" · {swap.decided_by} {swap.answer}" if swap.decided_by else ""
            self.rows.addWidget(self.note(
                f"{t(SWAP_NAMES[swap.state])} · {swap.words} · {swap.reason}{answer}"))
        if not found:
            self.rows.addWidget(self.note(t("This month was never published.")))

    def commit(self) -> str:
        return ""
