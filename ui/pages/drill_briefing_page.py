"""The briefing page 演练动员: what the drill is for, who does what, what keeps it safe."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from db.words import t
from dispatch.drills import acting
from dispatch.drills.run import RunState
from dispatch.drills.scenario import Aim, Scenario
from dispatch.drills.terms import (
    CONTENT_NAMES,
    FORM_NAMES,
    PART_NAMES,
    POINT_NAMES,
    PURPOSE_NAMES,
    Part,
)
from ui.desk import Desk
from ui.page import Page, make_action
from ui.theme import Theme
from ui.widgets.panel import Panel


class DrillBriefingPage(Page):
    """Read out before the start; S starts the clock, Esc goes to it."""

    key = "briefing"
    rail_key = "drill"

    def __init__(self, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.desk = desk
        self.left, self.right = Panel(theme), Panel(theme)
        self.story, self.people = QTextBrowser(), QTextBrowser()
        self.start_action = make_action(self, "", "S", self.start)
        self.back_action = make_action(self, "", "Esc", lambda: self.go.emit("drill", None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for panel, words, wide in ((self.left, self.story, 11), (self.right, self.people, 9)):
            words.setFrameShape(QTextBrowser.Shape.NoFrame)
            words.setStyleSheet("QTextBrowser { border: none; background: transparent; }")
            words.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            panel.body.addWidget(words, 1)
            row.addWidget(panel, wide)

    def load(self, _change: object | None) -> None:
        run = acting.present_run(self.desk.store)
        of = run.scenario
        self.start_action.setText(t("Start the drill"))
        self.start_action.setEnabled(run.state is RunState.READY)
        self.back_action.setText(t("To the clock"))
        self.left.set_title(of.title, "", t("{form} · {content} · {purpose} · {minutes} min",
                            form=t(FORM_NAMES[of.form]), content=t(CONTENT_NAMES[of.content]),
                            purpose=t(PURPOSE_NAMES[of.purpose]), minutes=f"{of.minutes:g}"))
        self.right.set_title(t("Organisation and safety"), "", "")
        self.story.setAccessibleName(of.title)
        self.people.setAccessibleName(t("Organisation and safety"))
        for page, words in ((self.story, self._story(of)), (self.people, self._people(of))):
            page.document().setDefaultStyleSheet(self._style())
            page.setHtml(words)
        self.actions_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.story.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_shown(self) -> Sequence[QAction]:
        return (self.start_action, self.back_action)

    def start(self) -> None:
        """S: T+0 is now."""
        store, by = self.desk.store, self.desk
        if self.desk.act(lambda: acting.start_drill(store, by=by.officer)) is not None:
            self.go.emit("drill", None)

    # words

    def _style(self) -> str:
        p, px = self.theme.palette, self.theme.px
        return f"""h3 {{ color: {p.drill.fill.name()}; font-size: {px(14)}px;
            margin: {px(14)}px 0 {px(4)}px 0; }}
            p, td {{ color: {p.text.name()}; font-size: {px(16)}px; }}
            p {{ margin: 0; line-height: 130%; }}
            td.m {{ color: {p.muted.name()}; }}
            td {{ padding: {px(3)}px {px(10)}px {px(3)}px 0; }}"""

    def _story(self, of: Scenario) -> str:
        texts = ((t("Place"), " ".join(w for w in (of.town, of.place) if w)),
                 (t("scenario|Background"), of.background),
                 (t("scenario|Situation"), of.situation), (t("scenario|Support"), of.support))
        parts = [f"<h3>{_safe(head)}</h3><p>{_safe(words)}</p>" for head, words in texts if words]
        aims = [(str(n), _safe(aim.who), _safe(self._aim(aim))) for n, aim in
                enumerate(of.aims, 1)]
        return f"<h3>{_safe(t('sheet|Aims'))}</h3>{_table(aims)}" + "".join(parts)

    def _aim(self, aim: Aim) -> str:
        words = t("{condition}: {task}. Standard: {standard}", condition=aim.condition,
                  task=aim.task, standard=aim.standard)
        if aim.since and aim.until and aim.minutes:
            words += t(" ({since} → {until} within {minutes} min)",
                       since=t(POINT_NAMES[aim.since]), until=t(POINT_NAMES[aim.until]),
                       minutes=f"{aim.minutes:g}")
        return words

    def _people(self, of: Scenario) -> str:
        rows = []
        for part in Part:
            for n, one in enumerate(of.of_part(part)):
                rows.append((_safe(t(PART_NAMES[part])) if n == 0 else "",
                             f"<b>{_safe(one.name)}</b>",
                             _safe(" · ".join(w for w in (one.unit, one.duty) if w))))
        safe = [(str(n), f"<b>{_safe(s.danger)}</b>", _safe(
            " · ".join(w for w in (s.measure, s.owner) if w)))
            for n, s in enumerate(of.safety, 1)]
        return (f"<h3>{_safe(t('sheet|Safety'))}</h3>{_table(safe)}"
                f"<h3>{_safe(t('sheet|Organisation'))}</h3>{_table(rows)}")


def _safe(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = "".join(f'<tr><td class="m">{a}</td><td>{b}</td><td>{c}</td></tr>'
                    for a, b, c in rows)
    return f"<table>{lines}</table>"
