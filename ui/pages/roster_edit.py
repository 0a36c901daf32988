"""Changing the roster by hand 手工排班: posts typed or dragged into cells, locks, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.errors import Refused
from db.words import t
from dispatch.duty.roster.board import Board
from dispatch.duty.roster.mending import Suggestion
from dispatch.duty.roster.months import Put, put_cells
from dispatch.duty.roster.problem import Key, Person
from dispatch.terms import POST_NAMES, Post
from resources.people import OfficerId
from ui.desk import Desk, Tone


class RosterEdit:
    """Works the month in view; each act can be undone until another month is shown."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.first = date.min
        self.slot = 0
        self._undo: list[tuple[Put, ...]] = []

    def turn_to(self, first: date) -> None:
        if first != self.first:
            self.first, self.slot = first, 0
            self._undo.clear()

    def put(self, puts: Sequence[Put], done: str = "") -> bool:
        """Write the cells; whether it was done."""
        desk = self.desk
        back = desk.act(lambda: put_cells(desk.store, self.first, puts, by=desk.officer), done)
        if back is not None:
            self._undo.append(back)
        return back is not None

    def remember(self, back: tuple[Put, ...]) -> None:
        """Take in how a solve is undone."""
        self._undo.append(back)

    def undo(self) -> None:
        if not self._undo:
            self.desk.told.emit(Tone.REFUSED, t("There is nothing to undo on this month."))
            return
        last = self._undo[-1]
        desk = self.desk
        if desk.act(lambda: put_cells(desk.store, self.first, last, by=desk.officer),
                    t("Undone: {n} cells", n=len(last))) is not None:
            self._undo.pop()

    # acts on a cell

    def assign(self, board: Board, person: OfficerId, day: date, post: Post) -> bool:
        """Put the person on a post of that day; what was set by hand is locked."""
        return self.put([Put(person, self.key(board, day), post, locked=True)])

    def clear(self, board: Board, person: OfficerId, day: date) -> bool:
        key = self.held_key(board, person, day)
        if key is None:
            self.desk.told.emit(Tone.REFUSED, t("This cell is empty already."))
            return False
        return self.put([Put(person, key, None)])

    def lock(self, board: Board, person: OfficerId, day: date) -> bool:
        """Lock a duty so that the solver keeps it, or let it go again."""
        key = self.held_key(board, person, day)
        cell = board.cell(person, key) if key else None
        if cell is None:
            self.desk.told.emit(Tone.REFUSED, t("Only a duty can be locked. Put one here first."))
            return False
        return self.put([Put(person, cell.key, cell.post, not board.cells[cell])])

    def move(self, board: Board, person: OfficerId, day: date, other: OfficerId,
             other_day: date) -> bool:
        """Drag a duty to another cell; a duty that lies there comes back in exchange."""
        key = self.held_key(board, person, day)
        give = board.cell(person, key) if key else None
        if give is None:
            return False
        target = Key(other_day, give.key.n)
        there = board.cell(other, target)
        puts = [Put(person, give.key, None), Put(other, target, give.post, locked=True)]
        if there is not None:
            puts.append(Put(person, give.key, there.post, locked=True))
        return self.put(puts, t("Moved to {day}", day=f"{other_day:%m-%d}"))

    def exchange(self, taken: Suggestion) -> bool:
        """Do a suggested trade on a draft."""
        give, back = taken.give, taken.back
        puts = [Put(give.person, give.key, None),
                Put(taken.to_id, give.key, give.post, locked=True)]
        if back is not None:
            puts += [Put(taken.to_id, back.key, None),
                     Put(give.person, back.key, back.post, locked=True)]
        return self.put(puts, taken.words)

    def seat(self, board: Board, post: Post, number: int, day: date, typed: str) -> bool:
        """Put whoever is named on a post of a day, in the place of who holds it."""
        person = find_person(board, typed, post)
        key = self.key(board, day)
        holders = [c for c in board.cells if c.key == key and c.post is post]
        puts = [Put(person.id, key, post, locked=True)]
        if number <= len(holders) and holders[number - 1].person != person.id:
            puts.insert(0, Put(holders[number - 1].person, key, None))
        return self.put(puts)

    def unseat(self, board: Board, post: Post, number: int, day: date) -> bool:
        holders = [c for c in board.cells
                   if c.key == self.key(board, day) and c.post is post]
        if number > len(holders):
            self.desk.told.emit(Tone.REFUSED, t("This cell is empty already."))
            return False
        return self.put([Put(holders[number - 1].person, holders[number - 1].key, None)])

    # which slot

    def key(self, board: Board, day: date) -> Key:
        """The slot of a day that is being worked on."""
        return Key(day, min(self.slot, len(board.record.starts) - 1))

    def held_key(self, board: Board, person: OfficerId, day: date) -> Key | None:
        """The slot on which the person is on duty that day, the one worked on first."""
        keys = [c.key for c in board.cells if c.person == person and c.key.day == day]
        wanted = self.key(board, day)
        return wanted if wanted in keys else keys[0] if keys else None

    def next_slot(self, board: Board) -> None:
        self.slot = (self.slot + 1) % len(board.record.starts)


def find_person(board: Board, typed: str, post: Post) -> Person:
    """The person meant by a name, the beginning of one, or its pinyin initials.

    Raises:
        Refused: nobody, or several, of those who hold the post are meant.
    """
    able = [p for p in board.problem.people if post in p.posts]
    plain = typed.strip().lower()
    found = [p for p in able if p.name == typed.strip()] or [
        p for p in able if plain and (plain in p.name.lower() or initials(p.name).startswith(plain))
    ]
    if len(found) == 1:
        return found[0]
    names = t(", ").join(p.name for p in (found or able)[:6])
    if not found:
        raise Refused("“{text}” is nobody who holds {post}. Such as: {names}", text=typed.strip(),
                      post=t(POST_NAMES[post]), names=names)
    raise Refused("“{text}” can be several: {names}. Type more of the name.", text=typed.strip(),
                  names=names)


def initials(name: str) -> str:
    """`wm` of 王敏."""
    from pypinyin import Style, lazy_pinyin

    return "".join(s[0] for s in lazy_pinyin(name, style=Style.NORMAL, errors="default") if s
                   ).lower()
