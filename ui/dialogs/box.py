"""The ground of the dialogs 对话框: title, a lead, content, buttons, in one manner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.errors import WatchdeskError
from db.words import t
from ui.theme import Theme
from ui.widgets.form import Form


class Box(QDialog):
    """Title at the top, `body` for the content, the answering button at the lower right."""

    def __init__(self, theme: Theme, title: str, lead: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, px = theme, theme.px
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, parent is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(12))
        column.addWidget(label(title, "title"))
        self.lead = label(lead, "muted")
        self.lead.setVisible(bool(lead))
        column.addWidget(self.lead)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        column.addLayout(self.body, 1)
        self.problem = label("", "error")
        self.problem.hide()
        column.addWidget(self.problem)
        self._feet = QHBoxLayout()
        self._feet.setSpacing(px(8))
        self._feet.addStretch(1)
        column.addLayout(self._feet)
        self.setMinimumWidth(px(480))

    def answer(self, words: str, act: Callable[[], object], *, primary: bool = False
               ) -> QPushButton:
        """Add a button at the lower right."""
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setDefault(primary)
        if primary:  # its words are bold, which the size that it asks for does not know
            button.setMinimumWidth(self.theme.width(words, 14, bold=True) + self.theme.px(32))
        button.clicked.connect(lambda _on=False: act())
        self._feet.addWidget(button)
        return button

    def refuse(self, error: WatchdeskError | str, form: Form | None = None) -> None:
        """Say what is wrong: beside its field where the form has it, else above the buttons."""
        field = getattr(error, "field", "")
        if form is not None and field in form.values:
            form.show_error(field, str(error))
            return
        self.problem.setText(str(error))
        self.problem.show()

    def settle(self) -> None:
        """Take away what was said to be wrong."""
        self.problem.hide()


class Question(Box):
    """Asks before what cannot be undone; `ask` is true only when it was agreed to."""

    def __init__(self, theme: Theme, title: str, lead: str, yes: str,
                 parent: QWidget | None = None) -> None:
        super().__init__(theme, title, lead, parent)
        self.no_button = self.answer(t("Cancel"), self.reject)
        self.yes_button = self.answer(yes, self.accept)
        self.no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> bool:
        return self.exec() == QDialog.DialogCode.Accepted


def label(words: str, tone: str = "") -> QLabel:
    """Words that wrap, in a tone of the style sheet (title, muted, error)."""
    result = QLabel(words)
    result.setWordWrap(True)
    if tone:
        result.setProperty("tone", tone)
    return result
