"""Looking again on another day: each message as the requester will read it, in another order, one key each."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Piece, Redaction
from cranford_desktop.services.second_look_reading import LookRead
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import ChatLine
from cranford_desktop.ui.parts.controls import bar, button
from cranford_desktop.ui.parts.decide_panel import DecisionButton
from cranford_desktop.ui.parts.decide_view import clerk_line, requester_line
from cranford_desktop.ui.parts.keyed_list import KeyedList
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row, rule
from cranford_desktop.ui.parts.patterns import side_panel
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import short_day

_SIDE = 336
_VERBS = (("Y", "Right", "go on"), ("C", "Change it", "opens deciding"), ("U", "Take back", "the last one"))


class ToRead(NamedTuple):
	"""What a look on another day reads."""

	read: LookRead
	order: list[int]
	pieces: Mapping[int, tuple[Piece, ...] | None]
	redactions: list[Redaction]
	labels: Mapping[str, str]
	"""Exemption → what stands in place of words."""


class LookList(KeyedList):
	"""One message; the keys of the look act while it has the focus."""

	KEYS: ClassVar[Mapping[Qt.Key, str]] = {
		Qt.Key.Key_Y: "Y",
		Qt.Key.Key_C: "C",
		Qt.Key.Key_U: "U",
		Qt.Key.Key_F: "F",
	}


class LookReading(QWidget):
	"""`marked(int, str)`: a message is "right", to "change", or its mark is taken "back"; `later`: enough for today."""

	marked = Signal(int, str)
	later = Signal()

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._thumbs = Thumbnails(council.browsing.thumbnail, 2 * theme.px(176), self)
		self.view = LookList(self._thumbs, name="The message as the requester will read it")
		self.view.pressed.connect(self.press)
		self._given: ToRead | None = None
		self._left: list[int] = []
		self._done: list[int] = []
		self._in_full = False
		self._count = say("", "strong", wrap=False)
		self._bar = bar(0, 1)
		self.buttons: dict[str, DecisionButton] = {}
		for letter, words, note in (*_VERBS, ("F", "Show it in full", "")):
			one = self.buttons[letter] = DecisionButton(letter, words, note)
			one.setCheckable(False)
			one.clicked.connect(lambda _=False, letter=letter: self._clicked(letter))
		later = button("Finish later")
		later.clicked.connect(self.later)
		panel = side_panel(
			col(
				self._count,
				self._bar,
				4,
				say("Read it as they will. Can anybody be told who should not be?", "muted", wrap=True),
				6,
				*self.buttons.values(),
				6,
				say("Each key is kept at once. You can stop and go on another day.", "small", wrap=True),
				None,
				later,
				gap=8,
				pad=(16, 16, 16, 12),
			)
		)
		theme.scaled(panel, "setFixedWidth", _SIDE)
		self.setLayout(row((self.view, 1), rule(True), panel, gap=0))

	@property
	def current(self) -> int:
		"""Return the message that is read; 0 when all are."""
		return self._left[0] if self._left else 0

	def show_look(self, given: ToRead) -> None:
		"""Read what is not marked yet."""
		self._given = given
		marks = given.read.marks
		self._left = [one for one in given.order if one not in marks]
		self._done = [one for one in given.order if one in marks]
		self._show()

	def press(self, letter: str) -> None:
		"""Do what a key means."""
		if letter == "F":
			self._in_full = not self._in_full
			self._show()
		elif letter == "U" and self._done:
			self._left.insert(0, self._done.pop())
			self.marked.emit(self._left[0], "back")
			self._show()
		elif letter in "YC" and self._left:
			here = self._left.pop(0)
			self._done.append(here)
			self._show()
			self.marked.emit(here, "right" if letter == "Y" else "change")

	def _clicked(self, letter: str) -> None:
		self.press(letter)
		self.view.setFocus()

	def _show(self) -> None:
		given = self._given
		everything = len(self._left) + len(self._done)
		self._count.setText(f"{len(self._done):,} of {everything:,} looked at")
		self._bar.setRange(0, max(1, everything))
		self._bar.setValue(len(self._done))
		self.buttons["F"].set_note("on" if self._in_full else "")
		self.buttons["U"].setEnabled(bool(self._done))
		if given is None or not self._left:
			self.view.set_lines([])
			return
		candidate = next(one for one in given.read.candidates if one.row.id == self._left[0])
		day = short_day(candidate.row.sent_at.date())
		pieces = given.pieces.get(candidate.row.id) or ()
		reader = requester_line(
			candidate, pieces, given.redactions, lambda one: given.labels.get(one.exemption, "Redacted")
		)
		lines = [ChatLine("day", f"As they will read it – {day}"), reader]
		withheld = candidate.decision is not None and candidate.decision.choice == "withhold"
		if self._in_full or withheld:
			lines += [ChatLine("day", "In full, as it was written"), clerk_line(candidate.row, candidate)]
		self.view.set_lines(lines)
		self.view.show_message(candidate.row.id)

	def close_page(self) -> None:
		"""Let the thumbnails' worker go home."""
		self._thumbs.close()
