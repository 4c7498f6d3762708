"""The filters of the archive, each with its values and how many messages they would leave; all act at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.searching import Facet, FacetCount
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.facet_box import FacetBox
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Tall, col, frame
from cranford_desktop.ui.parts.search_words import dates_words

ORDINARY = MessageFilter(without_personal=True)
"""What browsing asks for without any filter."""
_SINGLE: tuple[Facet, ...] = ("group", "person", "role", "phone")


class FilterPane(QScrollArea):
	"""`changed` as soon as a filter says something else; `typed` while a date is typed."""

	changed = Signal()
	typed = Signal()

	def __init__(self, today: date) -> None:
		super().__init__()
		self.boxes: dict[Facet, FacetBox] = {facet: FacetBox(facet) for facet in get_args(Facet)}
		for one in self.boxes.values():
			one.changed.connect(self._picked)
		self.start, self.end = DateField("From", today), DateField("To", today)
		self._dates = say("", "small", wrap=True)
		for field in (self.start, self.end):
			field.changed.connect(lambda _day: self._dated())
			theme.scaled(field.box, "setMinimumWidth", 120)
		self.personal = QCheckBox("Show personal too")
		self.personal.toggled.connect(lambda _on: self._picked())
		self.reset = link("Clear all filters")
		self.reset.clicked.connect(self.clear)
		self.reset.hide()
		boxes = self.boxes
		inside = frame(
			col(
				self.reset,
				boxes["group"],
				boxes["person"],
				boxes["role"],
				say("From", "label", wrap=False),
				self.start,
				say("To", "label", wrap=False),
				self.end,
				self._dates,
				10,
				boxes["holding"],
				boxes["category"],
				boxes["tag"],
				boxes["phone"],
				self.personal,
				None,
				gap=2,
				pad=(16, 12, 14, 12),
			),
			"side",
		)
		tall = Tall()
		tall.setLayout(QHBoxLayout())
		tall.layout().setContentsMargins(0, 0, 0, 0)
		tall.layout().addWidget(inside)
		self.setWidgetResizable(True)
		self.setWidget(tall)
		self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		theme.scaled(self, "setMinimumWidth", 240)

	@property
	def first(self) -> QWidget:
		"""Return where the keys go first."""
		return self.boxes["group"].first if self.boxes["group"].isVisibleTo(self) else self.start.box

	def filter(self) -> MessageFilter:
		"""Return what the filters leave, whatever is searched for."""
		chosen = {facet: one.chosen() for facet, one in self.boxes.items()}
		narrow = {
			facet: (next(iter(chosen[facet]), None) if facet in _SINGLE else chosen[facet] or None) for facet in chosen
		}
		return replace(
			MessageFilter(**narrow),
			start=self.start.date(),
			end=self.end.date(),
			without_personal=not self.personal.isChecked() and "personal" not in chosen["category"],
		)

	def show_filter(self, wanted: MessageFilter) -> None:
		"""Set the filters to say this, without telling of it."""
		self.blockSignals(True)
		for facet, one in self.boxes.items():
			value = getattr(wanted, facet)
			one.choose(() if not value else (value,) if isinstance(value, str) else value)
		for field, day in ((self.start, wanted.start), (self.end, wanted.end)):
			field.set_date(day) if day else field.set_text("")
		self.personal.setChecked(not wanted.without_personal and "personal" not in (wanted.category or ()))
		self.blockSignals(False)
		self._say()

	def show_counts(self, counts: Mapping[Facet, tuple[FacetCount, ...]]) -> None:
		"""Show what each value would leave."""
		for facet, one in self.boxes.items():
			one.show_counts(counts.get(facet, ()))

	def clear(self) -> None:
		"""Take all filters away."""
		self.show_filter(ORDINARY)
		self.changed.emit()

	def _picked(self) -> None:
		self._say()
		self.changed.emit()

	def _dated(self) -> None:
		self._say()
		self.typed.emit()

	def _say(self) -> None:
		now = self.filter()
		words = dates_words(now.start, now.end)
		if now.start and now.end and now.start > now.end:
			words = "The first day comes after the last: nothing can be found."
		self._dates.setText(words[:1].upper() + words[1:])
		self._dates.setVisible(bool(words))
		self.reset.setVisible(now != ORDINARY)
