"""The tree of the net 调度网树: branches, towns and kinds with how many members each has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from db.change import RowId
from db.words import t
from resources.net import BRANCH_NAMES, Branch, Key, Part
from resources.net_keeping import Group
from resources.terms import FORCE_KIND_NAMES, ForceKind
from ui.theme import Theme

NODE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Node:
    """One node: the part of the net that it stands for, or a group."""

    part: Part
    group: RowId | None = None


class NetTree(QTreeWidget):
    """`chosen` carries the node; the whole net stands on top, groups at the foot."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setHeaderHidden(True)
        self.setIndentation(theme.px(14))
        self.setUniformRowHeights(True)
        self.setColumnCount(1)
        self.currentItemChanged.connect(self._on_current)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(self.theme.font(14))
        self.setStyleSheet(f"QTreeView::item {{ min-height: {self.theme.px(30)}px; }}")
        self.setAccessibleName(t("Branches of the net"))

    @property
    def node(self) -> Node:
        item = self.currentItem()
        found = item.data(0, NODE) if item is not None else None
        return found if isinstance(found, Node) else Node(Part())

    def show_counts(self, counts: Iterable[tuple[Branch, str, str, int]],
                    groups: Iterable[Group]) -> None:
        """Build the tree; the node that was chosen stays so where it still is."""
        before, rows = self.node, list(counts)
        self.blockSignals(True)
        self.clear()
        whole = self._item(self, t("The whole net"), sum(n for *_x, n in rows), Node(Part()))
        for branch in Branch:
            own = [r for r in rows if r[0] is branch]
            if own:
                self._branch(branch, own)
        some = list(groups)
        if some:
            head = self._item(self, t("Groups"), len(some), Node(Part(keys=_all(some))))
            for group in some:
                self._item(head, group.name, len(group.keys),
                           Node(Part(keys=group.keys), group.id))
            head.setExpanded(True)
        self.setCurrentItem(self._find(before) or whole)
        self.blockSignals(False)

    def show_whole(self) -> None:
        """Choose the whole net."""
        if (top := self.topLevelItem(0)) is not None:
            self.setCurrentItem(top)

    def _branch(self, branch: Branch, rows: list[tuple[Branch, str, str, int]]) -> None:
        head = self._item(self, t(BRANCH_NAMES[branch]), sum(r[3] for r in rows),
                          Node(Part(branches=(branch,))))
        at = 2 if branch is Branch.FORCE else 1
        if branch not in (Branch.FORCE, Branch.VILLAGE):
            return
        parts: dict[str, int] = {}
        for row in rows:
            parts[str(row[at])] = parts.get(str(row[at]), 0) + row[3]
        for name in sorted(parts):
            part = Part(branches=(branch,), sort=name) if at == 2 else Part(
                branches=(branch,), town=name)
            words = t(FORCE_KIND_NAMES[ForceKind(name)]) if name in set(ForceKind) else name
            self._item(head, words or "—", parts[name], Node(part))

    def _item(self, parent: QTreeWidget | QTreeWidgetItem, words: str, number: int,
              node: Node) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [f"{words}  {number}"])
        item.setData(0, NODE, node)
        return item

    def _find(self, node: Node) -> QTreeWidgetItem | None:
        waiting = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is None:
                continue
            if item.data(0, NODE) == node:
                return item
            waiting += [item.child(n) for n in range(item.childCount())]
        return None

    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(0, NODE))


def _all(groups: Iterable[Group]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(key for g in groups for key in g.keys))
