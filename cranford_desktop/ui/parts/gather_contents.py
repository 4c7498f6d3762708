"""What is in a request, seen together before it is confirmed: groups, days, senders; what is too much is left out."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QTreeWidgetItem, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.gathering import Contents, DayPart, GroupPart, Membership
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.gather_acts import GatherActs
from cranford_desktop.ui.parts.gather_list import GatherList, Screen, gather_lines
from cranford_desktop.ui.parts.gather_side import asked_words
from cranford_desktop.ui.parts.labels import Elided, say
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.patterns import flow_foot
from cranford_desktop.ui.parts.plain_table import plain_table
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, day_words, short_day

GAPS = (
	"Messages that you decide are not in scope are not shown in the pack, but counted where they stood. "
	"Messages that are not in this list are not counted there."
)
_DAY = Qt.ItemDataRole.UserRole
_SENDERS = 4


class GatherContents(QWidget):
	"""`more`: back to the search; `confirmed`: the set is all there is; `empty_confirmed`: it is, and nothing is in it;
	`changed`: it was confirmed just now.
	"""

	more = Signal()
	confirmed = Signal()
	empty_confirmed = Signal()
	changed = Signal()

	def __init__(self, council, window, acts: GatherActs, thumbnails: Thumbnails) -> None:
		"""Take the open council, the window, and what takes messages out."""
		super().__init__()
		self._council, self._window, self._acts = council, window, acts
		self.request: Request | None = None
		self._held = Membership(frozenset(), frozenset(), frozenset())
		self.title = say("", "title", wrap=True)
		self.told = say("", wrap=True)
		self.asked = Elided("", "muted")
		self.days = plain_table("Days in this request", ("Day", "Messages", "To decide"), wide=(0,))
		self.days.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
		theme.scaled(self.days, "setMaximumWidth", 372)
		self.days.currentItemChanged.connect(lambda item, _before: self._chosen(item))
		self.view = GatherList(thumbnails, several=True, name="Messages of this day")
		self.view.pressed.connect(self._press)
		self.take = button("Leave out (L)", "quiet", name="Leave out the chosen messages")
		self.take.clicked.connect(lambda: self._press("L"))
		self.whole = button("Leave out the day", "quiet", name="Leave out this whole day")
		self.whole.clicked.connect(self._whole_day)
		self.undo = button("Undo (U)", "quiet")
		self.undo.clicked.connect(acts.undo)
		self.back = button("Search for more")
		self.back.clicked.connect(self.more)
		self.go = button("Confirm", "primary")
		self.go.clicked.connect(self.confirm)
		self._foot = flow_foot("", self.back, self.go)
		self._gaps = say(GAPS, "muted", wrap=True)
		top = frame(
			col(self.title, self.told, row(self.asked), self._gaps, gap=3, pad=(24, 12, 24, 10)),
			"header",
		)
		verbs = frame(row(self.take, self.whole, self.undo, None, gap=2, pad=(10, 3, 10, 3)), "header")
		right = QVBoxLayout()
		right.setContentsMargins(0, 0, 0, 0)
		right.setSpacing(0)
		for part in (self.view, rule(), verbs):
			right.addWidget(part, 1 if part is self.view else 0)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.setSpacing(0)
		outer.addWidget(top)
		outer.addWidget(rule())
		outer.addLayout(row((self.days, 2), rule(vertical=True), (right, 3), gap=0), 1)
		outer.addWidget(rule())
		outer.addWidget(self._foot)

	def open(self, request: Request, held: Membership, *, focus: bool = False) -> None:
		"""Read what is in a request and show it."""
		self.request, self._held = request, held

		def show(contents: Contents) -> None:
			if self.request is None or self.request.id != request.id:
				return
			self.show_contents(self.request, contents)
			if focus:
				self.go.setFocus()
				announce(self, self.title.text())

		self._window.run(
			"Reading what is in it",
			lambda _progress, _stopped: self._council.gathering.contents(request.id),
			show,
			promise="Nothing is changed by looking.",
		)

	def set_low(self, low: bool) -> None:
		"""Leave out what is only explained where there is little height."""
		self.told.setVisible(not low)
		self._gaps.setVisible(not low)

	def confirm(self) -> None:
		"""Confirm the set; once it is, go on."""
		if not self.request.set_confirmed:
			try:
				self._council.gathering.confirm_set(self.request.id)
			except CranfordError as problem:
				self._window.problem(problem)
				return
			self._window.toast(
				f"Confirmed. “Keep: do not erase” now covers {count(self.request.candidates, 'message')} and what the "
				"same searches find, no longer the whole archive."
			)
			self.changed.emit()
		(self.confirmed if self.request.candidates else self.empty_confirmed).emit()

	def show_contents(self, request: Request, contents: Contents) -> None:
		"""Show what is in a request; the day that was chosen stays chosen where it still holds something."""
		here = self._here()
		span = contents.span
		words = count(contents.messages, "message")
		if span is not None:
			first, last = span
			words += f", {day_words(first)}" if first == last else f", from {day_words(first)} to {day_words(last)}"
		self.title.setText(words)
		self.told.setText(contents_words(contents))
		self.asked.setText(asked_words(request))
		self.days.blockSignals(True)
		self.days.clear()
		self.days.addTopLevelItems([item for group in contents.groups for item in self._rows_of(group)])
		self.days.blockSignals(False)
		self._choose(here)
		number = count(contents.messages, "message")
		if request.set_confirmed:
			self.go.say("Decide on each message")
			self._foot.note.setText(
				f"Confirmed. “Keep: do not erase” covers these {number} and what the searches find."
			)
		else:
			self.go.say(
				f"Confirm: these {number} are everything" if contents.messages != 1 else "Confirm: this is everything"
			)
			self._foot.note.setText(
				"“Keep: do not erase” covers the whole archive until you confirm; then these messages, "
				"and new ones that the same searches find."
			)

	def _rows_of(self, group: GroupPart) -> Iterator[QTreeWidgetItem]:
		"""Yield the heading of a group and its days, as rows."""
		head = QTreeWidgetItem([group.name, f"{group.messages:,}", ""])
		head.setFlags(Qt.ItemFlag.ItemIsEnabled)
		self._speak(head, f"{group.name}: {count(group.messages, 'message')} on {count(len(group.days), 'day')}", True)
		yield head
		for day in group.days:
			item = QTreeWidgetItem(
				[short_day(day.day), f"{len(day.ids):,}", f"{day.undecided:,}" if day.undecided else "none"]
			)
			item.setData(0, _DAY, (group, day))
			told = f"{day_words(day.day)}, {group.name}: {count(len(day.ids), 'message')}, {day.undecided:,} to decide"
			by_hand = f", {day.by_hand:,} added by hand" if day.by_hand else ""
			self._speak(item, told + by_hand, False)
			yield item

	def _speak(self, item: QTreeWidgetItem, sentence: str, strong: bool) -> None:
		for at in range(3):
			item.setData(at, Qt.ItemDataRole.AccessibleTextRole, sentence)
			item.setFont(at, theme.font("strong" if strong else "body"))
			if at:
				item.setTextAlignment(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

	def _here(self) -> tuple[int, object] | None:
		item = self.days.currentItem()
		told = item.data(0, _DAY) if item is not None else None
		return (told[0].group_id, told[1].day) if told else None

	def _choose(self, here: tuple[int, object] | None) -> None:
		"""Choose the same day, else the first."""
		items = [self.days.topLevelItem(at) for at in range(self.days.topLevelItemCount())]
		days = [one for one in items if one.data(0, _DAY)]
		same = [one for one in days if (one.data(0, _DAY)[0].group_id, one.data(0, _DAY)[1].day) == here]
		if not days:
			self.view.set_lines([])
			return
		self.days.setCurrentItem((same or days)[0])
		self._chosen(self.days.currentItem())

	def _chosen(self, item: QTreeWidgetItem | None) -> None:
		told = item.data(0, _DAY) if item is not None else None
		if told:
			self._show_day(told[1])

	def _show_day(self, day: DayPart) -> None:
		rows = self._council.browsing.rows(list(day.ids))
		before = self.view.current_message()
		self.view.set_lines(gather_lines(Screen(rows, frozenset(), frozenset()), self._held, among=True))
		if not self.view.show_message(before) and rows:
			self.view.show_message(rows[0].id)

	def chosen_day(self) -> DayPart | None:
		"""Return the day whose messages are shown."""
		item = self.days.currentItem()
		told = item.data(0, _DAY) if item is not None else None
		return told[1] if told else None

	def _press(self, letter: str) -> None:
		if letter == "L":
			chosen = self.view.chosen_messages() or [self.view.current_message()]
			self._leave([one for one in chosen if one])
		elif letter == "U":
			self._acts.undo()

	def _leave(self, ids: list[int]) -> None:
		if ids:
			self._acts.leave_out(ids, self.view.setFocus)

	def _whole_day(self) -> None:
		day = self.chosen_day()
		if day is not None:
			self._leave(list(day.ids))


def contents_words(contents: Contents) -> str:
	"""Return who wrote what is in it, how much was added by hand and how much is to be decided."""
	named = [f"{name or 'lines of WhatsApp'} ({messages:,})" for name, messages in contents.senders[:_SENDERS]]
	rest = len(contents.senders) - _SENDERS
	if rest > 0:
		named.append(f"{count(rest, 'other')}")
	words = f"In {count(len(contents.groups), 'group')}. From {', '.join(named)}." if named else "Nothing is in it yet."
	if contents.by_hand:
		words += f" {contents.by_hand:,} added by hand."
	if contents.undecided != contents.messages:
		words += f" {contents.undecided:,} still to decide."
	return words
