"""Parts that every screen shares. Layout helpers keep to the 4-px grid; words are plain text, never guessed markup."""

import html
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
	QBoxLayout,
	QComboBox,
	QFrame,
	QGridLayout,
	QHBoxLayout,
	QLabel,
	QLayout,
	QLineEdit,
	QProgressBar,
	QPushButton,
	QScrollArea,
	QSizePolicy,
	QVBoxLayout,
	QWidget,
)

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import icon, paint_icon

Item = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | None
"""What a row or column takes: a widget, a layout, a gap in pixels, (either, stretch), or None for a spring."""
Pad = int | tuple[int, int, int, int]


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


# layout
def _fill(layout: QBoxLayout, items: Iterable[Item]) -> None:
	for item in items:
		if item is None:
			layout.addStretch(1)
		elif isinstance(item, int):
			layout.addSpacing(item)
		elif isinstance(item, tuple):
			thing, stretch = item
			if isinstance(thing, QWidget):
				layout.addWidget(thing, stretch)
			else:
				layout.addLayout(thing, stretch)
		elif isinstance(item, QWidget):
			layout.addWidget(item)
			snug = item.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
			if snug and isinstance(layout, QVBoxLayout):  # else one short button narrows the whole column
				layout.setAlignment(item, Qt.AlignmentFlag.AlignLeft)
		else:
			layout.addLayout(item)


def _margins(layout: QLayout, pad: Pad) -> None:
	layout.setContentsMargins(*((pad,) * 4 if isinstance(pad, int) else pad))


def col(*items: Item, gap: int = 8, pad: Pad = 0) -> QVBoxLayout:
	"""Return items one under the other."""
	layout = QVBoxLayout()
	_fill(layout, items)
	layout.setSpacing(gap)
	_margins(layout, pad)
	return layout


def row(*items: Item, gap: int = 8, pad: Pad = 0, top: bool = False) -> QHBoxLayout:
	"""Return items side by side; `top` hangs widgets from the upper edge."""
	layout = QHBoxLayout()
	layout.setSpacing(gap)
	_margins(layout, pad)
	_fill(layout, [col(item, None, gap=0) if top and isinstance(item, QWidget) else item for item in items])
	return layout


def frame(layout: QLayout | None, kind: str | None = None, width: int | None = None) -> QFrame:
	"""Return a frame around a layout, dressed by its kind."""
	made = QFrame()
	if kind:
		made.setProperty("kind", kind)
	if layout is not None:
		made.setLayout(layout)
	if width:
		theme.scaled(made, "setFixedWidth", width)
	return made


def box(layout: QLayout) -> QWidget:
	"""Return a bare widget around a layout."""
	made = QWidget()
	made.setLayout(layout)
	return made


def card(*items: Item, gap: int = 8, pad: Pad = 16) -> QFrame:
	"""Return a white card. A card never holds a card."""
	made = frame(col(*items, gap=gap, pad=pad), "card")
	made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
	return made


def rule(vertical: bool = False) -> QFrame:
	"""Return a hairline."""
	made = QFrame()
	made.setProperty("kind", "rule")
	if vertical:
		made.setFixedWidth(1)
	else:
		made.setFixedHeight(1)
	return made


def clear(layout: QLayout) -> None:
	"""Take everything out of a layout and let it go."""
	while layout.count():
		item = layout.takeAt(0)
		if item.widget() is not None:
			item.widget().hide()
			item.widget().deleteLater()
		elif item.layout() is not None:
			clear(item.layout())
			item.layout().deleteLater()


class Tall(QWidget):
	"""A scroll area forgets that wrapped words need height for their width; this remembers.

	`yielding`: what can be lower than it likes to be gives way before anything scrolls.
	"""

	def __init__(self, *, yielding: bool = False) -> None:
		super().__init__()
		self._yielding = yielding

	def heightForWidth(self, width):
		least = self._yielding and self.layout() is not None and self.layout().hasHeightForWidth()
		return self.layout().minimumHeightForWidth(width) if least else super().heightForWidth(width)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def event(self, event):
		done = super().event(event)
		if event.type() == event.Type.LayoutRequest:
			self._fit()
		return done

	def _fit(self) -> None:
		layout = self.layout()
		if layout is not None:
			if not layout.hasHeightForWidth():
				need = layout.minimumSize().height() if self._yielding else layout.sizeHint().height()
			elif self._yielding:
				need = layout.minimumHeightForWidth(self.width())
			else:
				need = layout.heightForWidth(self.width())
			self.setMinimumHeight(max(0, need))


def scroller(inner: QWidget) -> QScrollArea:
	"""Return a scroll area without a frame around a widget."""
	area = QScrollArea()
	area.setWidgetResizable(True)
	area.setWidget(inner)
	area.setFrameShape(QFrame.Shape.NoFrame)
	area.viewport().setAutoFillBackground(False)
	inner.setAutoFillBackground(False)
	area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
	return area


def page(*items: Item, width: int = 1100, gap: int = 16, pad: Pad = (24, 20, 24, 24)) -> QScrollArea:
	"""Return a scrolling page whose content never grows past a readable width."""
	inner = Tall()
	body = QWidget()
	body.setLayout(col(*items, None, gap=gap))
	theme.scaled(body, "setMaximumWidth", width)
	outer = QHBoxLayout(inner)
	_margins(outer, pad)
	outer.addStretch(1)
	outer.addWidget(body, 1000)
	outer.addStretch(1)
	return scroller(inner)


class Columns(QWidget):
	"""Side by side where there is room for the words, one under the other where there is not."""

	def __init__(self, *items: Item, gap: int = 16, fold: int = 900) -> None:
		super().__init__()
		self._fold_at = fold
		self.setLayout(row(*items, gap=gap))

	def resizeEvent(self, event):
		super().resizeEvent(event)
		direction = QBoxLayout.Direction
		roomy = self.width() >= theme.px(self._fold_at)
		wanted = direction.LeftToRight if roomy else direction.TopToBottom
		if self.layout().direction() != wanted:
			self.layout().setDirection(wanted)


class Fold(QWidget):
	"""A flow page: heading row on top, scrolling middle, verbs in a bar that never scrolls away."""

	def __init__(self, head: QWidget | None, middle: QWidget, foot: QWidget | None) -> None:
		super().__init__()
		above: list[Item] = [head, rule()] if head else []
		below: list[Item] = [rule(), foot] if foot else []
		self.setLayout(col(*above, (middle, 1), *below, gap=0))


# words
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


# acts
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


# patterns
STATE_ICON = {
	"warn": ("warning:filled", "warn"),
	"danger": ("error_circle:filled", "danger"),
	"ok": ("checkmark_circle:filled", "ok"),
	"info": ("info:filled", "accent"),
}


def banner(kind: str, head: str, body: str = "", *actions: QWidget) -> QFrame:
	"""Return a banner ("warn", "danger", "ok", "info"): icon, bold sentence, one plain line, at most two buttons."""
	name, token = STATE_ICON[kind]
	words: list[Item] = [say(head, "strong", wrap=True)]
	if body:
		words.append(say(body, wrap=True))
	inner = (
		Columns((col(*words, None, gap=2), 1), row(*actions, None, gap=8), gap=8, fold=700)
		if actions
		else frame(col(*words, gap=2))
	)
	made = frame(row(col(Glyph(name, token), None, gap=0), (inner, 1), gap=12, pad=(14, 10, 12, 10)), f"banner-{kind}")
	made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
	return made


def side_panel(body: QLayout) -> QScrollArea:
	"""Return a column of verbs and facts at the side: scrolls when the window is short."""
	tall = Tall()
	tall.setLayout(row(frame(body, "side")))
	area = scroller(tall)
	area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
	return area


def flow_head(
	title: str, back: str, *right: Item, after: Sequence[Item] = (), on_back: Callable[[], object] | None = None
) -> QFrame:
	"""Return the row on top of a flow: where she came from, what this is."""
	go = button(back, "link", "arrow_left")
	if on_back is not None:
		go.clicked.connect(lambda _=False: on_back())
	made = frame(
		row(go, 8, rule(vertical=True), 8, Elided(title, "head"), *after, None, *right, gap=8, pad=(20, 8, 16, 8)),
		"header",
	)
	made.back = go
	return made


def flow_foot(note: str, *buttons: Item) -> QFrame:
	"""Return the bar with the verbs: note left, Back, primary right."""
	words = say(note, "muted", wrap=True)
	made = frame(row(Glyph("info", "muted", 18), (words, 1), *buttons, gap=8, pad=(24, 10, 24, 10)), "header")
	made.note = words
	return made


def fact(ic: str, text: str, role: str = "body", ink: str = "muted") -> QHBoxLayout:
	"""Return an icon and a line of words that wraps beside it."""
	return row(col(Glyph(ic, ink), None, gap=0), (say(text, role, wrap=True), 1), gap=8)


def pairs(
	rows: Sequence[tuple[str, str | QWidget]],
	label_width: int = 190,
	change: Callable[[int], object] | None = None,
) -> QWidget:
	"""Return a check-your-answers list: label, value and, with `change` (called with the row's number), Change."""
	made = QWidget()
	grid = QGridLayout(made)
	_margins(grid, 0)
	grid.setHorizontalSpacing(16)
	grid.setVerticalSpacing(0)
	for at, (name, value) in enumerate(rows):
		label = say(name, "strong", wrap=True)
		theme.scaled(label, "setFixedWidth", label_width)
		shown = value if isinstance(value, QWidget) else say(value, wrap=True)
		for place, cell in enumerate((label, shown)):
			grid.addWidget(cell, at * 2, place, Qt.AlignmentFlag.AlignTop)
			cell.setContentsMargins(0, 7, 0, 7)
		if change is not None:
			go = link("Change", name=f"Change: {name}")
			go.clicked.connect(lambda _=False, at=at: change(at))
			grid.addLayout(col(go, None, pad=(0, 4, 0, 0)), at * 2, 2)
		if at < len(rows) - 1:
			grid.addWidget(rule(), at * 2 + 1, 0, 1, 3)
	grid.setColumnStretch(1, 1)
	return made


def empty(
	ic: str, head: str, action: QPushButton | None = None, quiet: QPushButton | None = None, *, ink: str = "edge"
) -> QWidget:
	"""Return an empty state: grey icon, one sentence, one button, one link."""
	words = say(head, "head", wrap=True)
	words.setAlignment(Qt.AlignmentFlag.AlignCenter)
	glyph = Glyph(ic, ink, 48)
	items: list[Item] = [None, glyph, 4, words]
	if action:
		items += [4, action]
	if quiet:
		items.append(quiet)
	layout = col(*items, None, gap=6, pad=14)
	centre(layout)
	made = Empty(glyph)
	made.setLayout(layout)
	return made


class Empty(QWidget):
	"""Words in the middle of a page; the picture above them goes where it would take their room."""

	def __init__(self, glyph: Glyph) -> None:
		super().__init__()
		self._glyph = glyph

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._glyph.setVisible(self.height() >= theme.px(190))


def centre(layout: QBoxLayout) -> None:
	"""Centre the single widgets of a column; wrapped words keep the whole width."""
	for at in range(layout.count()):
		widget = layout.itemAt(at).widget()
		if widget is not None and not (isinstance(widget, QLabel) and widget.wordWrap()):
			layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)


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
