"""History 变更经过: who changed what of a record, when, from what to what, in plain lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from db import journal
from db.change import Op
from db.clock import from_text
from db.store import Store
from db.words import t
from resources.field_tables import field_of
from resources.fields import Field, Type, show_value
from resources.localtime import moment_text
from resources.records import Library

UNSAID = frozenset({"id", "src_lon", "src_lat", "verified_by"})
"""Columns that follow from others and would only repeat them."""


@dataclass(frozen=True, slots=True)
class Altered:
    """One field, from what to what, as a person reads it."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record."""

    change_id: int
    at: datetime
    by_name: str
    what: str
    altered: tuple[Altered, ...]

    @property
    def text(self) -> str:
        """The whole line: `2026-11-23 21:47 王敏 修改 电话：000-6218 → 000-6219`."""
        parts = t("list|; ").join(t("{label}: {old} → {new}", label=a.label, old=a.old or "—",
                                    new=a.new or "—") for a in self.altered)
        return f"{moment_text(self.at, year=True)} {self.by_name} {self.what} {parts}".rstrip()


def record_history(store: Store, library: Library, row_id: int) -> list[HistoryLine]:
    """All that happened to a record, newest first."""
    lines = []
    asked = _needs_altered(store, row_id) if library is Library.PLAN else {}
    for step in reversed(journal.history(store.db, row_id)):
        altered = () if step.op is Op.INSERT else tuple(
            _altered(store, library, name, old, new)
            for name, (old, new) in step.altered().items() if name not in UNSAID)
        lines.append(HistoryLine(step.change_id, step.at, step.by_name, _what(step.verb, step.op),
                                 altered + tuple(filter(None, [asked.pop(step.change_id, None)]))))
    lines += [_alone(store, change, one) for change, one in asked.items()]
    return sorted(lines, key=lambda line: -line.change_id)


def _needs_altered(store: Store, plan: int) -> dict[int, Altered]:
    """What a plan calls for, before and after each change of it; rows of their own in the store."""
    found: dict[int, tuple[list[str], list[str]]] = {}
    for row in store.read("""select j.change_id, j.before, j.after from change c
            join journal j on j.change_id = c.id and j.tbl = 'plan_need'
            where c.verb in ('plan.needs', 'plan.add', 'plan.edit') and
            json_extract(coalesce(j.after, j.before), '$.plan_id') = :plan order by j.id""",
                          plan=plan):
        sides = found.setdefault(row["change_id"], ([], []))
        for side, text in zip(sides, (row["before"], row["after"]), strict=True):
            if text:
                need = json.loads(text)
                side.append(f"{need['capability']} × {need['quantity']}")
    return {change: Altered(t("field|Capabilities needed"), t("list|, ").join(old),
                            t("list|, ").join(new)) for change, (old, new) in found.items()}


def _alone(store: Store, change: int, one: Altered) -> HistoryLine:
    row = store.one("select at, by_name from change where id = :id", id=change)
    at, name = (row["at"], row["by_name"]) if row else ("1970-01-01T00:00:00Z", "")
    return HistoryLine(change, from_text(at), name, t("history|changed"), (one,))


def _what(verb: str, op: Op) -> str:
    said = {"retire": t("history|retired"), "restore": t("history|brought back"),
            "verify": t("history|checked"), "add": t("history|entered"),
            "import": t("history|imported"), "lend": t("history|lent out"),
            "back": t("history|taken back"), "repair": t("history|sent to repair"),
            "repaired": t("history|repaired"), "check": t("history|inspected"),
            "issue": t("history|new version issued"), "file": t("history|filed"),
            "evaluate": t("history|evaluated")}
    by_op = {Op.INSERT: t("history|entered"), Op.UPDATE: t("history|changed"),
             Op.DELETE: t("history|removed")}
    return said.get(verb.rpartition(".")[2], by_op[op])


def _altered(store: Store, library: Library, name: str, old: object, new: object) -> Altered:
    field = field_of(library, name)
    if field is None:
        return Altered(_other_label(name), _plain(name, old), _plain(name, new))
    return Altered(t(field.label), _shown(store, field, old), _shown(store, field, new))


def _shown(store: Store, field: Field, value: object) -> str:
    if field.type is Type.LINK and value is not None:
        found = store.value(f"select name from [{field.link}] where id = :id", id=value)
        return str(found or value)
    return show_value(field, value)


def _other_label(name: str) -> str:
    return {"active": t("field|In use"), "verified_at": t("field|Checked"),
            "levels": t("field|Response levels"),
            "steps": t("field|Steps")}.get(name, name)


def _plain(name: str, value: object) -> str:
    if name == "active":
        return t("field|Yes") if value else t("field|No")
    if name == "verified_at" and value:
        return moment_text(datetime.fromisoformat(str(value)), year=True)
    if name == "levels":
        return t("list|; ").join(" ".join(filter(None, (str(one["level"]), one["approver"],
                                                        one.get("when", ""))))
                                 for one in json.loads(str(value or "[]")))
    if name == "steps":
        return t("list|; ").join(json.loads(str(value or "[]")))
    return "" if value is None else str(value)
