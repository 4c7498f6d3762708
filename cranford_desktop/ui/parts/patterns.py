"""What screens are put together from: banners, heads and feet of flows, answers to check, empty states."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
	QBoxLayout,
	QFrame,
	QGridLayout,
	QLabel,
	QLayout,
	QPushButton,
	QScrollArea,
	QSizePolicy,
	QWidget,
)

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import Elided, Glyph, say
from cranford_desktop.ui.parts.layouts import Columns, Item, Tall, col, frame, margins, row, rule, scroller

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


def pairs(
	rows: Sequence[tuple[str, str | QWidget]],
	label_width: int = 190,
	change: Callable[[int], object] | None = None,
) -> QWidget:
	"""Return a check-your-answers list: label, value and, with `change` (called with the row's number), Change."""
	made = QWidget()
	grid = QGridLayout(made)
	margins(grid, 0)
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
