"""Words and icons on screen. Words are plain text, never guessed markup."""

import html

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.layouts import col, frame, row


class Glyph(QWidget):
	"""An icon beside words. Screen readers pass it by: the words carry it."""

	def __init__(self, name: str, ink: str = "muted", size: int = 20) -> None:
		super().__init__()
		self._name, self._ink = name, ink
		theme.scaled(self, "setFixedWidth", size)
		theme.scaled(self, "setFixedHeight", size)

	def show_icon(self, name: str, ink: str) -> None:
		"""Show another icon."""
		self._name, self._ink = name, ink
		self.update()

	def paintEvent(self, event):
		painter = QPainter(self)
		paint_icon(painter, self._name, QRectF(self.rect()), theme.colour(self._ink))
		painter.end()


def tip(widget: QWidget, text: str) -> None:
	"""Set a tooltip that shows the text as it is, whatever signs are in it."""
	widget.setToolTip(f"<qt>{html.escape(text)}</qt>" if text else "")


def say(text: str, role: str = "body", wrap: bool | None = None, width: int | None = None) -> QLabel:
	"""Return words in a role of `theme.TYPE` ("ok", "warn", "danger" colour body words). Always plain text."""
	made = QLabel()
	made.setTextFormat(Qt.TextFormat.PlainText)
	made.setText(text)
	made.setFont(theme.font(role if role in theme.TYPE else "body"))
	made.setProperty("role", role)
	made.setWordWrap(len(text) > 44 if wrap is None else wrap)
	if width:
		theme.scaled(made, "setMaximumWidth", width)
	return made


def say_bold(template: str, *values: object, role: str = "body") -> QLabel:
	"""Return a wrapped sentence whose `{}` are filled with values in semi-bold: dates and counts that matter."""
	parts = [f"<span style='font-weight:600'>{html.escape(str(value))}</span>" for value in values]
	made = say("", role, wrap=True)
	made.setTextFormat(Qt.TextFormat.RichText)
	made.setText(html.escape(template, quote=False).format(*parts))
	return made


class Elided(QLabel):
	"""One line that gives way: the end is cut with …, the whole text is the tooltip."""

	def __init__(self, text: str, role: str = "small") -> None:
		super().__init__()
		self.setTextFormat(Qt.TextFormat.PlainText)
		self.setFont(theme.font(role))
		self.setProperty("role", role)
		self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
		self.setText(text)

	def setText(self, text: str) -> None:
		super().setText(text)
		tip(self, text)

	def minimumSizeHint(self):
		least = min(theme.px(72), super().sizeHint().width())
		return QSize(least, super().minimumSizeHint().height())

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setPen(self.palette().color(self.foregroundRole()))
		words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
		painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)
		painter.end()


def chip(text: str, kind: str = "plain") -> QLabel:
	"""Return a short noun on a tinted ground; never clickable."""
	made = say(text, "small", wrap=False)
	made.setProperty("chip", kind)
	made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
	return made


def key(text: str) -> QFrame:
	"""Return a picture of a keyboard key."""
	words = say(text, "small", wrap=False)
	words.setAlignment(Qt.AlignmentFlag.AlignCenter)
	made = frame(row(words, pad=(5, 0, 5, 0)), "key")
	theme.scaled(made, "setMinimumWidth", 22)
	made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
	return made


def fact(ic: str, text: str, role: str = "body", ink: str = "muted") -> QHBoxLayout:
	"""Return an icon and a line of words that wraps beside it."""
	return row(col(Glyph(ic, ink), None, gap=0), (say(text, role, wrap=True), 1), gap=8)


def dress(widget: QWidget, name: str, value: object) -> None:
	"""Change a property that the style sheet asks for ("kind", "state", "role") on a widget already on screen."""
	if widget.property(name) != value:
		widget.setProperty(name, value)
		if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
			widget.style().unpolish(widget)
			widget.style().polish(widget)
		role = widget.property("role")
		if isinstance(role, str):
			widget.setFont(theme.font(role if role in theme.TYPE else "body"))
