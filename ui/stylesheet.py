"""The style sheet of the stock controls, written from the palette and the scale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from ui.palette import Palette

_FIELDS = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"
_TEMPLATE = """
* {{ font-family: "Noto Sans SC"; font-size: {f14}px; }}
QToolTip {{ background: {ink}; color: {ink_on}; border: none; padding: {s4}px {s8}px; }}
QDialog, QMessageBox, QMainWindow {{ background: {ground}; color: {text}; }}
QDialog {{ border: 1px solid {control}; }}
QLabel {{ background: transparent; color: {text}; }}
QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="title"] {{ font-size: {f20}px; font-weight: 700; }}
QLabel[tone="error"] {{ color: {ink}; font-weight: 700; }}
{fields} {{
  background: {surface}; color: {text}; border: 1px solid {control};
  border-radius: {s4}px; padding: 1px {s9}px; selection-background-color: {accent};
  selection-color: {accent_on};
}}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {s28}px; max-height: {s28}px; }}
QPlainTextEdit, QTextEdit {{ padding: {s4}px {s8}px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
  border: 2px solid {accent}; padding: 0 {s8}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; padding: {s3}px {s7}px; }}
QLineEdit[bad="true"], QComboBox[bad="true"], QAbstractSpinBox[bad="true"],
QPlainTextEdit[bad="true"] {{ border: 2px solid {ink}; padding: 0 {s8}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QLineEdit:read-only {{ background: {raised}; color: {muted}; }}
QLineEdit[bare="true"] {{ background: transparent; border: none; padding: 0; }}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0;
  min-height: 0; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: {s24}px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{
  image: url("{chevron}"); width: {s16}px; height: {s16}px; }}
QComboBox QAbstractItemView {{
  background: {surface}; border: 1px solid {control}; outline: none; padding: {s4}px;
  selection-background-color: {tint}; selection-color: {text}; }}
QListWidget#sections::item {{ padding: 0 {s16}px; }}
QComboBox QAbstractItemView::item {{ min-height: {s32}px; }}
QPushButton, QToolButton {{
  background: {surface}; color: {text}; border: 1px solid {control}; border-radius: {s4}px;
  padding: 1px {s13}px; min-height: {s28}px; }}
QToolButton {{ padding: 1px {s7}px; }}
QLineEdit QToolButton {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QLineEdit {{ lineedit-clear-button-icon: url("{clear}"); }}
QPushButton:hover, QToolButton:hover {{ background: {raised}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{
  background: {tint}; color: {accent}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 {s12}px; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 0 {s6}px; }}
QPushButton[primary="true"], QPushButton:default {{
  background: {accent}; color: {accent_on}; border: 1px solid {accent}; font-weight: 700; }}
QPushButton[primary="true"]:focus, QPushButton:default:focus {{
  border: 2px solid {text}; padding: 0 {s12}px; }}
QPushButton:disabled, QToolButton:disabled {{
  background: {raised}; color: {muted}; border: 1px solid {line}; font-weight: 400; }}
QCheckBox, QRadioButton {{ color: {text}; spacing: {s8}px; min-height: {s28}px;
  border: 2px solid transparent; border-radius: {s4}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {s16}px; height: {s16}px;
  border: 1px solid {muted}; background: {surface}; border-radius: {s3}px; }}
QRadioButton::indicator {{ border-radius: {s9}px; }}
QCheckBox::indicator:checked {{ background: {accent}; border: 1px solid {accent};
  image: url("{check}"); }}
QRadioButton::indicator:checked {{ background: {accent}; border: {s4}px solid {surface}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {muted}; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {control};
  padding: {s4}px 0; }}
QMenu::item {{ padding: {s6}px {s32}px {s6}px {s16}px; }}
QMenu::item:selected {{ background: {tint}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {s4}px 0; }}
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: none;
  selection-background-color: {tint}; selection-color: {text}; }}
QHeaderView {{ background: {raised}; border: none; }}
QTabBar::tab {{ background: transparent; color: {text}; padding: {s6}px {s16}px;
  border: none; border-bottom: 3px solid transparent; }}
QTabBar::tab:selected {{ color: {accent}; font-weight: 700; border-bottom: 3px solid {accent}; }}
QTabBar::tab:focus {{ background: {tint}; }}
QTabWidget::pane {{ border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {s10}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {s10}px; margin: 0; }}
QScrollBar::handle {{ background: {control}; border-radius: {s3}px; margin: {s2}px; }}
QScrollBar::handle:vertical {{ min-height: {s32}px; }}
QScrollBar::handle:horizontal {{ min-width: {s32}px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {line}; border: none; border-radius: {s4}px; height: {s8}px;
  text-align: center; color: {text}; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {s4}px; }}
QGroupBox {{ border: 1px solid {line}; border-radius: {s4}px; margin-top: {s12}px;
  padding: {s12}px; }}
QGroupBox::title {{ subcontrol-origin: margin; left: {s12}px; color: {muted}; }}
"""


def stylesheet(
    palette: Palette, px: Callable[[float], int], glyph: Callable[[str, QColor], str]
) -> str:
    """Qt style sheet text; `glyph` gives the path of an icon file in a colour.

    A focused control gains one pixel of border and loses one of padding, so nothing moves.
    """
    p = palette
    colors = {
        "ground": p.ground, "surface": p.surface, "raised": p.raised, "line": p.line,
        "control": p.control_line, "text": p.text, "muted": p.muted, "accent": p.accent.fill,
        "accent_on": p.accent.on, "tint": p.tint, "ink": p.ink.fill, "ink_on": p.ink.on,
    }  # fmt: skip
    return _TEMPLATE.format(
        fields=_FIELDS,
        chevron=glyph("chevron-down", p.muted),
        up=glyph("arrow-up", p.muted),
        down=glyph("arrow-down", p.muted),
        check=glyph("check", p.accent.on),
        clear=glyph("x", p.muted),
        **{name: color.name() for name, color in colors.items()},
        **{f"s{n}": px(n) for n in (2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 16, 24, 28, 32)},
        **{f"f{n}": px(n) for n in (14, 20)},
    )
