"""One way to narrow a search: its values with how many messages each would leave. Acts at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from cranford_desktop.domain.searching import Facet, FacetCount
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import say, tip
from cranford_desktop.ui.parts.layouts import col, row
from cranford_desktop.ui.parts.search_words import FACET_WORDS, value_words
from cranford_desktop.ui.parts.wording import count

_SHOWN = 5
"""Values shown before the rest is asked for."""
_ROOM = 198
"""Width of a row in the pane, at 100 %."""


class _Value(QWidget):
	"""A value to choose, its name cut to the room, its count at the right."""

	def __init__(self, words: str, chooser: QAbstractButton) -> None:
		super().__init__()
		self._words, self.chooser, self.messages = words, chooser, -1
		self._count: QLabel = say("", "small", wrap=False)
		self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
		self.setLayout(row((chooser, 1), self._count, gap=4))
		theme.scaled(self, "setMinimumHeight", 28)
		self.show_count(None)

	def show_count(self, messages: int | None) -> None:
		"""Show how many messages it would leave; None: not known yet."""
		self._count.setText("" if messages is None else f"{messages:,}")
		said = self._words if messages is None else f"{self._words}, {count(messages, 'message')}"
		self.chooser.setAccessibleName(said)
		self.rescale()

	def rescale(self) -> None:
		"""Cut the name to the room there is."""
		metrics = QFontMetrics(theme.font("body"))
		taken = QFontMetrics(theme.font("small")).horizontalAdvance(self._count.text()) + 4 + 42
		words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, theme.px(_ROOM) - taken)
		self.chooser.setText(words.replace("&", "&&"))
		tip(self.chooser, self._words if words != self._words else "")


class FacetBox(QWidget):
	"""`changed` when another value is chosen."""

	changed = Signal()

	def __init__(self, facet: Facet) -> None:
		super().__init__()
		self.facet = facet
		self._label, self._none = FACET_WORDS[facet]
		self._values: dict[str, _Value] = {}
		self._group = QButtonGroup(self)
		self._group.setExclusive(bool(self._none))
		self._rows = QVBoxLayout()
		self._rows.setContentsMargins(0, 0, 0, 0)
		self._rows.setSpacing(0)
		self._all = link("")
		self._all.clicked.connect(self._unfold)
		self._unfolded = False
		self.setAccessibleName(self._label)
		self.setLayout(col(say(self._label, "label", wrap=False), self._rows, self._all, gap=2, pad=(0, 0, 0, 10)))
		if self._none:
			self._add("", self._none).chooser.setChecked(True)
		self._show()

	@property
	def first(self) -> QWidget:
		"""Return the first value, for the keys."""
		return next(iter(self._values.values())).chooser if self._values else self._all

	def chosen(self) -> tuple[str, ...]:
		"""Return the values chosen; empty: it does not narrow."""
		return tuple(value for value, one in self._values.items() if value and one.chooser.isChecked())

	def choose(self, values: Sequence[str]) -> None:
		"""Choose these values, without telling of it."""
		for value in values:
			if value not in self._values:
				self._add(value, value_words(self.facet, value))
		self.blockSignals(True)
		self._group.setExclusive(False)
		for value, one in self._values.items():
			one.chooser.setChecked(value in values if value else not values)
		self._group.setExclusive(bool(self._none))
		self.blockSignals(False)
		self._show()

	def show_counts(self, counts: Sequence[FacetCount]) -> None:
		"""Show how many messages each value would leave. Values keep their places: nothing jumps under the mouse."""
		told = {one.value: one.messages for one in counts}
		for value in told:
			if value not in self._values:
				self._add(value, value_words(self.facet, value))
		for value, one in self._values.items():
			if value:
				one.messages = told.get(value, 0)
				one.show_count(one.messages)
		self._show()

	def _add(self, value: str, words: str) -> _Value:
		chooser: QAbstractButton = QRadioButton() if self._none else QCheckBox()
		self._group.addButton(chooser)
		made = self._values[value] = _Value(words, chooser)
		chooser.toggled.connect(lambda on: self.changed.emit() if on or not self._none else None)
		self._rows.addWidget(made)
		return made

	def _unfold(self) -> None:
		self._unfolded = not self._unfolded
		self._show()

	def _show(self) -> None:
		real = [value for value in self._values if value]
		used = [value for value in real if self._values[value].messages or self._values[value].chooser.isChecked()]
		self.setVisible(len(real) > 1 or bool(self.chosen()) or (not self._none and bool(real)))
		near = set(used[:_SHOWN])
		for value, one in self._values.items():
			shown = not value or self._unfolded or value in near or one.chooser.isChecked() or one.chooser.hasFocus()
			one.setVisible(shown)
		more = len(real) - len(near)
		self._all.setVisible(more > 0)
		self._all.say("Show fewer" if self._unfolded else f"Show all {len(real):,}")
		self._all.setAccessibleName(f"{self._all.text()}: {self._label}")
