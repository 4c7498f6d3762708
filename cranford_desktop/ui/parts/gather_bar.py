"""What is looked for, for a request: words, group, person, tag, dates, saved searches; what is wrong with it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button, field, find_box
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.layouts import box, col, row
from cranford_desktop.ui.parts.saved_searches import SavedSearches
from cranford_desktop.ui.parts.wording import parse_date

_CHOICE = 176
"""Widest choice, in pixels at 100 %: long names must not take the row."""
NO_DATE = "A date cannot be read. Type it like 27 3 2026."
NOTHING = "Type words to find, or choose a group, a person, a tag or dates."
WRONG_WAY = "The first day lies after the last day. Change one of the two dates."


class GatherBar(QWidget):
	"""`searched(MessageFilter)`; `faulty(str)`: what is wrong, in words."""

	searched = Signal(object)
	faulty = Signal(str)

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		self._opened = MessageFilter()
		self.words = find_box("Words to find", name="Words to find")
		self.group = Choice("All groups", name="Group")
		self.person = Choice("Everybody", name="Sent by")
		self.tag = Choice("Any tag", name="Tag")
		self.start = field(width=112, place="From", name="From this date")
		self.end = field(width=112, place="To", name="To this date")
		self.go = button("Search", ic="search")
		self.saved = SavedSearches(council.searching)
		for one in self._choices():
			theme.scaled(one, "setMaximumWidth", _CHOICE)
			one.activated.connect(self.search)
		for one in (self.words, self.start, self.end):
			one.returnPressed.connect(self.search)
		self.go.clicked.connect(self.search)
		self.saved.opened.connect(self.open)
		narrow = Flow(self.group, self.person, self.tag, self.start, self.end, gap=8)
		self.narrow = box(narrow)
		self.filters = button("Filters", "quiet", "filter")
		self.filters.setCheckable(True)
		self.filters.toggled.connect(self.narrow.setVisible)
		first = row((self.words, 1), self.go, self.filters, self.saved.drop, gap=8)
		self.setLayout(col(first, self.narrow, self.saved, gap=8))

	def _choices(self) -> tuple[Choice, ...]:
		return self.group, self.person, self.tag

	def set_low(self, low: bool) -> None:
		"""Fold the filters away, where there is little height, until they are wanted."""
		self.filters.setVisible(low)
		self.narrow.setVisible(not low or self.filters.isChecked())

	def fill(self) -> None:
		"""Offer today's groups, people and tags."""
		senders = {one.name or one.rendered for one in self._council.people.senders()}
		for box_, names in (
			(self.group, [one.name for one in self._council.browsing.groups()]),
			(self.person, sorted(senders, key=str.casefold)),
			(self.tag, [one.name for one in self._council.sorting.tags()]),
		):
			first, chosen = box_.itemText(0), box_.currentText()
			box_.clear()
			box_.addItems([first, *names])
			box_.setCurrentIndex(max(0, box_.findText(chosen)))
		self.tag.setVisible(self.tag.count() > 1)

	def clear(self) -> None:
		"""Ask for nothing."""
		self._opened = MessageFilter()
		for one in (self.words, self.start, self.end):
			one.clear()
		for choice in self._choices():
			choice.setCurrentIndex(0)
		self.saved.leave()

	def show_filter(self, wanted: MessageFilter) -> None:
		"""Show what another search asks for; what has no field here stays part of it."""
		self._opened = wanted
		self.words.setText(wanted.search or "")
		for one, day in ((self.start, wanted.start), (self.end, wanted.end)):
			one.setText(f"{day.day} {day.month} {day.year}" if day else "")
		tags = wanted.tag or ()
		for choice, value in ((self.group, wanted.group), (self.person, wanted.person), (self.tag, "".join(tags[:1]))):
			if value and choice.findText(value) < 0:
				choice.addItem(value)
			choice.setCurrentIndex(max(0, choice.findText(value)) if value else 0)
		self.tag.setVisible(self.tag.count() > 1)

	def open(self, wanted: MessageFilter) -> None:
		"""Show a search and make it."""
		self.show_filter(wanted)
		self.search()

	def filter(self) -> MessageFilter | str:
		"""Return what is asked for, or what is wrong with it."""
		today: date = self._council.clock().date()
		days: list[date | None] = []
		for one in (self.start, self.end):
			day = parse_date(one.text(), today) if one.text().strip() else None
			if day is None and one.text().strip():
				return NO_DATE
			days.append(day)
		words, tag = self.words.text().strip() or None, self._value(self.tag)
		shown = MessageFilter(
			search=words,
			group=self._value(self.group),
			person=self._value(self.person),
			tag=(tag,) if tag else None,
			start=days[0],
			end=days[1],
		)
		if days[0] and days[1] and days[0] > days[1]:
			return WRONG_WAY
		if shown == MessageFilter():
			return NOTHING
		# a saved search, or one opened again, may ask for more than there are fields: as long as she changes nothing
		return self._opened if self._opened.ids is None and _fields(self._opened) == shown else shown

	def search(self, *_: object) -> None:
		"""Ask for it, or say what is wrong."""
		wanted = self.filter()
		if isinstance(wanted, str):
			self.faulty.emit(wanted)
			return
		self.searched.emit(wanted)

	@staticmethod
	def _value(choice: Choice) -> str | None:
		return choice.currentText() if choice.currentIndex() > 0 else None


def _fields(wanted: MessageFilter) -> MessageFilter:
	"""Return of a search what the fields show."""
	return MessageFilter(
		search=wanted.search,
		group=wanted.group,
		person=wanted.person,
		tag=wanted.tag[:1] if wanted.tag else None,
		start=wanted.start,
		end=wanted.end,
	)
