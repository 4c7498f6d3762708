"""Rows, columns, pages and panes, on the 4-px grid."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cranford_desktop.ui import theme

Item = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | None
"""What a row or column takes: a widget, a layout, a gap in pixels, (either, stretch), or None for a spring."""


Pad = int | tuple[int, int, int, int]
ANY_WIDTH = 16_777_215
"""The greatest width of a widget (Qt's QWIDGETSIZE_MAX): as wide as there is room."""


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


def margins(layout: QLayout, pad: Pad) -> None:
	"""Set a layout's margins: one for all sides, or left, top, right, bottom."""
	layout.setContentsMargins(*((pad,) * 4 if isinstance(pad, int) else pad))


def col(*items: Item, gap: int = 8, pad: Pad = 0) -> QVBoxLayout:
	"""Return items one under the other."""
	layout = QVBoxLayout()
	_fill(layout, items)
	layout.setSpacing(gap)
	margins(layout, pad)
	return layout


def row(*items: Item, gap: int = 8, pad: Pad = 0, top: bool = False) -> QHBoxLayout:
	"""Return items side by side; `top` hangs widgets from the upper edge."""
	layout = QHBoxLayout()
	layout.setSpacing(gap)
	margins(layout, pad)
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
	margins(outer, pad)
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
