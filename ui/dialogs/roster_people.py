"""Sheets of duty persons 人员面板: leave, wishes, posts, newcomers, pairs, special periods."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.change import RowId
from db.errors import Refused
from db.words import t
from dispatch.duty.month import month_after
from dispatch.duty.roster import people as duty
from dispatch.duty.roster.terms import (
    LEAVE_NAMES,
    PAIR_NAMES,
    WISH_NAMES,
    Leave,
    PairKind,
    Wish,
)
from dispatch.terms import POST_NAMES, Post
from resources.people import OfficerId
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.form import Choice

NEW = 0


def read_days(sheet: Sheet, name: str, first: date) -> date:
    """A day typed as 2026-11-23, 11-23, or the day of the month in view.

    Raises:
        Refused: it is no day.
    """
    text = str(sheet.form.values[name]).strip().replace("/", "-")
    try:
        if text.isdigit():
            return first.replace(day=int(text))
        if text.count("-") == 1:
            return date.fromisoformat(f"{first.year}-" + "-".join(
                part.zfill(2) for part in text.split("-")))
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("“{text}” is not a day. Write 2026-11-23, 11-23 or 23.", field=name,
                      text=text) from error


def people_choices(desk: Desk) -> list[Choice]:
    return [Choice(int(p.id), p.name) for p in duty.duty_people(desk.store)]


class LeaveSheet(Sheet):
    """V: somebody's leave or wish; an entry that stands can be taken back."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, who: OfficerId, day: date) -> None:
        super().__init__(theme, desk, host, t("Leave and wishes"), width=560,
                         draft=f"roster-leave-{who}")
        self.month, grid = day.replace(day=1), self.grid
        last = month_after(self.month)
        grid.wide(20)
        grid.choice("who", t("Person"), people_choices(desk), required=True)
        kinds = [Choice(str(k), t("Leave: {kind}", kind=t(LEAVE_NAMES[k]))) for k in Leave]
        kinds += [Choice(str(w), t("Wish: {kind}", kind=t(WISH_NAMES[w]))) for w in Wish]
        rows = duty.leaves(desk.store, self.month, last, who)
        kinds += [Choice(f"back {r.id}", t("Take back the leave {first} to {last}", first=r.first,
                                           last=r.last)) for r in rows]
        kinds.append(Choice("no wish", t("Take back the wish")))
        grid.choice("kind", t("leave|Kind"), kinds, required=True)
        grid.wide(10)
        grid.line("first", t("First day"), required=True)
        grid.line("last", t("Last day"), required=True)
        grid.wide(20)
        grid.line("note", t("Remark"))
        self.form.fill({"who": int(who), "kind": str(Leave.ANNUAL), "first": day.isoformat(),
                        "last": day.isoformat()})

    def commit(self) -> str:
        v, desk = self.form.values, self.desk
        who, kind = int(str(v["who"])), str(v["kind"])
        if kind.startswith("back "):
            duty.remove_leave(desk.store, int(kind[5:]), by=desk.officer)
            return t("Leave taken back")
        first, last = (read_days(self, name, self.month) for name in ("first", "last"))
        if kind in list(Leave):
            days = duty.add_leave(desk.store, who, first, last, Leave(kind), str(v["note"]),
                                  by=desk.officer)
            on = t(", ").join(f"{d:%m-%d}" for d in days)
            return t("Leave entered. On duty on {days}: swap these duties (X).", days=on) \
                if days else t("Leave entered")
        wish = Wish(kind) if kind in list(Wish) else None
        for day in sorted(duty.days_between(first, max(first, last))):
            duty.set_wish(desk.store, who, day, wish, by=desk.officer)
        return t("Wish noted")


class PersonSheet(Sheet):
    """N: the posts somebody can hold, phone, unit, seniority, and whether new; pairs below."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, who: OfficerId) -> None:
        super().__init__(theme, desk, host, t("Duty person"), width=560)
        from dispatch.duty.officers import person

        self.who, found, grid = who, person(desk.store, who), self.grid
        self.set_title(t("Duty person"), found.officer.name)
        grid.wide(5)
        for post in Post:
            grid.check(str(post), t(POST_NAMES[post]))
        grid.wide(10)
        grid.check("newcomer", t("Newcomer, sits with a senior"))
        grid.number("seniority", t("Seniority"), most=999)
        grid.line("phone", t("Phone"))
        grid.line("unit", t("Unit"))
        pairs = [p for p in duty.pairs(desk.store) if who in (p.one, p.other)]
        names = {p.id: p.name for p in duty.duty_people(desk.store)}
        choices = [Choice("", t("pair|No change"))]
        choices += [Choice(str(k), t(PAIR_NAMES[k])) for k in PairKind]
        choices += [Choice(f"back {p.id}", t("Remove: {kind}, {name}", kind=t(PAIR_NAMES[p.kind]),
                                             name=names.get(p.other if p.one == who else p.one,
                                                            "?"))) for p in pairs]
        grid.choice("pair", t("Pair"), choices)
        grid.choice("other", t("With whom"), [c for c in people_choices(desk)
                                              if c.value != int(who)])
        self.form.fill({"newcomer": duty.is_newcomer(desk.store, who), "pair": "",
                        "seniority": found.seniority, "phone": found.phone,
                        "unit": found.officer.unit,
                        **{str(p): p in found.posts for p in Post}})

    def commit(self) -> str:
        v, desk = self.form.values, self.desk
        kind = str(v["pair"] or "")
        if kind.startswith("back "):
            duty.remove_pair(desk.store, int(kind[5:]), by=desk.officer)
        elif kind:
            if v["other"] is None:
                raise Refused("A pair takes two people.", field="other")
            duty.add_pair(desk.store, int(self.who), int(str(v["other"])), PairKind(kind),
                          by=desk.officer)
        duty.set_duty_person(desk.store, self.who, posts=[p for p in Post if v[str(p)]],
                             phone=str(v["phone"]), unit=str(v["unit"]),
                             seniority=int(str(v["seniority"])), newcomer=bool(v["newcomer"]),
                             by=desk.officer)
        return t("Duty person kept")


class SpecialSheet(Sheet):
    """B: a special-protection period 特别防护期 and the posts it adds; one that stands can go."""

    def __init__(self, theme: Theme, desk: Desk, host: QWidget, day: date) -> None:
        super().__init__(theme, desk, host, t("Special-protection period"), width=560,
                         draft="roster-special")
        self.month, grid = day.replace(day=1), self.grid
        standing = duty.special_periods(desk.store, self.month, date.max)
        grid.wide(20)
        grid.choice("which", t("About"), [
            Choice(NEW, t("A new period")),
            *(Choice(int(p.id), t("Remove: {name}, {first} to {last}", name=p.name, first=p.first,
                                  last=p.last)) for p in standing)])
        grid.line("name", t("Name"), hint=t("such as flood season, congress"))
        grid.wide(10)
        grid.line("first", t("First day"))
        grid.line("last", t("Last day"))
        grid.wide(5)
        for post in Post:
            grid.number(str(post), t("{post} more", post=t(POST_NAMES[post])), most=20)
        self.form.fill({"which": NEW, "first": day.isoformat(), "last": day.isoformat(),
                        str(Post.STANDBY): 1})

    def commit(self) -> str:
        v, desk = self.form.values, self.desk
        which = int(str(v["which"] or NEW))
        if which != NEW:
            duty.remove_special_period(desk.store, RowId(which), by=desk.officer)
            return t("Special period removed")
        duty.add_special_period(
            desk.store, str(v["name"]), read_days(self, "first", self.month),
            read_days(self, "last", self.month), {p: int(str(v[str(p)])) for p in Post},
            by=desk.officer)
        return t("Special period entered")
