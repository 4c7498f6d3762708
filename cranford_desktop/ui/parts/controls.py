"""Buttons, fields and choices, measured by their words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import icon, paint_icon
from cranford_desktop.ui.parts.labels import say, tip
from cranford_desktop.ui.parts.layouts import col

_INK = {"primary": "on-accent", "danger": "on-danger", "link": "accent", "chip": "hit", "idea": "plain"}


_LOW = ("link", "chip", "idea")
"""Kinds that stand among words, not beside fields."""


class Button(QPushButton):
	"""A button measured by its words; `kind`: None, "primary", "danger", "quiet", "link", "seg", "chip", "idea"."""

	def __init__(self, text: str, kind: str | None, ic: str | None, name: str | None) -> None:
		super().__init__()
		self._kind, self._has_icon = kind, bool(ic)
		if kind:
			self.setProperty("kind", kind)
		if ic:
			self.setIcon(icon(ic, _INK.get(kind or "", "muted")))
		self.say(text)
		if name:
			self.setAccessibleName(name)
		if name and not text:
			tip(self, name)
		self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
		if kind == "link":
			self.setCursor(Qt.CursorShape.PointingHandCursor)
		self.rescale()

	def say(self, text: str) -> None:
		"""Show other words."""
		words = text.replace("&", "&&")
		self.setText(f"\u2009{words}" if self._has_icon and words else words)  # thin space: air beside the icon
		self.setAccessibleName(text)
		self._words = text

	def rescale(self) -> None:
		"""Follow the text size."""
		size = theme.px(14 if self._kind in ("chip", "idea") else 18)
		self.setIconSize(QSize(size, size))
		self.setMinimumHeight(theme.px(24 if self._kind in _LOW else 32))
		if self._kind == "seg":  # room for its bold, chosen state
			self.setMinimumWidth(QFontMetrics(theme.font("strong")).horizontalAdvance(self._words) + 32)


def button(text: str, kind: str | None = None, ic: str | None = None, *, name: str | None = None) -> Button:
	"""Return a button: verb and object. An icon alone needs a `name`, read aloud and shown as tooltip."""
	return Button(text, kind, ic, name)


def link(text: str, *, name: str | None = None) -> Button:
	"""Return a small, safe act that looks like a link."""
	return Button(text, "link", None, name)


def drop_button(text: str) -> Button:
	"""Return a quiet button whose chevron says that a menu opens."""
	made = Button(text, "quiet", "chevron_down", None)
	made.setText(text.replace("&", "&&") + "\u2009")
	made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # chevron after the words
	return made


class Choice(QComboBox):
	"""Fusion's box with our chevron (the style sheet may not carry images)."""

	def __init__(self, *options: str, name: str = "") -> None:
		super().__init__()
		self.addItems(list(options))
		self.setAccessibleName(name)
		theme.scaled(self, "setMinimumHeight", 32)

	def wheelEvent(self, event):
		event.ignore()  # scrolling a page must not change an answer

	def paintEvent(self, event):
		super().paintEvent(event)
		painter = QPainter(self)
		spot = QRectF(self.width() - 26, self.height() / 2 - 8, 16, 16)
		paint_icon(painter, "chevron_down", spot, theme.colour("muted"))
		painter.end()


def field(
	value: str = "", width: int | None = None, place: str = "", kind: str | None = None, *, name: str = ""
) -> QLineEdit:
	"""Return a one-line field. `name` is read aloud; a placeholder is never the label."""
	made = QLineEdit(value)
	made.setPlaceholderText(place)
	made.setAccessibleName(name or place)
	theme.scaled(made, "setMinimumHeight", 32)
	if width:
		theme.scaled(made, "setMaximumWidth", width)
	if kind:
		made.setProperty("kind", kind)
	return made


def find_box(place: str, value: str = "", *, name: str = "Search") -> QLineEdit:
	"""Return a search field with its glass and a way to clear it."""
	made = field(value, place=place, name=name)
	made.setProperty("find", True)
	made.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
	wipe = made.addAction(icon("dismiss"), QLineEdit.ActionPosition.TrailingPosition)
	wipe.setToolTip("Clear the search")
	wipe.setVisible(bool(value))
	wipe.triggered.connect(made.clear)
	made.textChanged.connect(lambda words: wipe.setVisible(bool(words)))
	return made


def labelled(words: str, widget: QWidget, hint: str = "", *, gap: int = 2) -> QVBoxLayout:
	"""Return a form row: bold label above, hint, the field; the label is its buddy and its spoken name."""
	label = say(words, "strong", wrap=True)
	label.setBuddy(widget)
	widget.setAccessibleName(words)
	if hint:
		widget.setAccessibleDescription(hint)
	return col(label, *([say(hint, "muted", wrap=True)] if hint else []), 2, widget, gap=gap)


def bar(done: int, of: int) -> QProgressBar:
	"""Return a thin bar; the words beside it say how far."""
	made = QProgressBar()
	made.setRange(0, of)
	made.setValue(done)
	made.setTextVisible(False)
	return made
