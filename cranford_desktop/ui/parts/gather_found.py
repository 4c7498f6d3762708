"""The results of a search for a request: how many, what else to try, the messages in context, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.gathering import Look, Membership
from cranford_desktop.ui.parts.controls import Button, button, drop_button
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.gather_list import GatherList, Screen, gather_line, gather_lines
from cranford_desktop.ui.parts.gather_reading import SHOWN, found_words
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, col, frame, row, rule
from cranford_desktop.ui.parts.nothing_page import NothingPage
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.search_words import idea_words, not_searched_words
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count

_IDEAS = 5
_CONTEXT = "Grey messages stand beside what was found, for sense. They are not added."
_VERBS = (("A", "Add"), ("L", "Leave out"), ("U", "Undo"), ("[", "Earlier"), ("]", "Later"))
_MORE = (
	("Y", "Add its whole day"),
	("B", "Add everything between two chosen messages"),
	("Q", "Add the earlier message that it quotes"),
)


class GatherFound(QWidget):
	"""`adding`: add all that was found; `paged(int)`; `wanted(MessageFilter)`: another search; `including(ids, how)`:
	add these as well; `pressed(str)`: a key of the list.
	"""

	adding = Signal()
	paged = Signal(int)
	wanted = Signal(object)
	including = Signal(object, str)
	pressed = Signal(str)

	def __init__(self, thumbnails: Thumbnails) -> None:
		super().__init__()
		self._look: Look | None = None
		self.screen = Screen((), frozenset(), frozenset())
		self.page = 0
		self.told = say("", "strong", wrap=True)
		self.told.setAccessibleName("What was found")
		self.hint = say("", "muted", wrap=True)
		self.add = button("Add to this request", "primary")
		self.add.setToolTip("Ctrl+Enter")
		# its room stays when it goes: no other button may come to stand where it stood
		reserved = self.add.sizePolicy()
		reserved.setRetainSizeWhenHidden(True)
		self.add.setSizePolicy(reserved)
		self.add.setVisible(False)
		self.add.clicked.connect(self.adding)
		self.before, self.after = button(f"Previous {SHOWN}", "link"), button(f"Next {SHOWN}", "link")
		self.before.clicked.connect(lambda: self.paged.emit(self.page - 1))
		self.after.clicked.connect(lambda: self.paged.emit(self.page + 1))
		self._pages = box(row(self.before, self.after, None, gap=12))
		self._pages.hide()
		self._more = Flow()
		self._offers = box(self._more)
		self._offers.hide()
		self.view = GatherList(thumbnails, several=True, name="Messages found")
		self.view.pressed.connect(self.pressed)
		self._start = empty("search", "Type what the request is about, then press Enter.")
		self._nothing = NothingPage()
		self._nothing.wanted.connect(self.wanted)
		self.stack = QStackedWidget()
		for part in (self._start, self._nothing, self.view):
			self.stack.addWidget(part)
		self.verbs = self._bar()
		top = frame(
			col(
				row((col(self.told, self.hint, self._pages, gap=1), 1), self.add, gap=16),
				self._offers,
				gap=6,
				pad=(24, 4, 24, 8),
			),
			"header",
		)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.setSpacing(0)
		for part in (top, rule(), self.stack, rule(), self.verbs):
			outer.addWidget(part, 1 if part is self.stack else 0)
		self.verbs.hide()

	def _bar(self) -> QWidget:
		verbs = []
		for letter, words in _VERBS:
			one = button(f"{words} ({letter})", "quiet")
			one.clicked.connect(lambda _=False, letter=letter: self._pressed(letter))
			verbs.append(one)
		self.more = drop_button("More")
		self.more.clicked.connect(lambda: self.menu().exec(self.more.mapToGlobal(QPoint(0, -4))))
		return frame(row(*verbs, self.more, None, gap=2, pad=(10, 3, 10, 3)), "header")

	def menu(self) -> QMenu:
		"""Return the acts for more than one message."""
		menu = QMenu(self.more)
		for letter, words in _MORE:
			menu.addAction(f"{words}\t{letter}").triggered.connect(lambda _=False, letter=letter: self._pressed(letter))
		return menu

	def _pressed(self, letter: str) -> None:
		self.pressed.emit(letter)
		self.view.setFocus()

	# what is shown
	def begin(self) -> None:
		"""Show that nothing was looked for yet."""
		self._look = None
		self.told.setText("")
		self.hint.setText("")
		self.add.setVisible(False)
		self._pages.hide()
		self._offers.hide()
		self.verbs.hide()
		self.stack.setCurrentWidget(self._start)

	def say_fault(self, words: str) -> None:
		"""Say what is wrong with what was asked for."""
		self.told.setText(words)
		self.hint.setText("")

	def show_look(self, look: Look, screen: Screen, page: int, held: Membership, *, stay: int = 0) -> None:
		"""Show a page of what was found; `stay`: the message to stand on, the first one found otherwise."""
		self._look, self.screen, self.page = look, screen, page
		lines = gather_lines(screen, held)
		self.view.set_lines(lines)
		first = next((line.message_id for line in lines if line.message_id in screen.found), 0)
		if not (stay and self.view.show_message(stay)) and first:
			self.view.show_message(first)
		if not look.ids:
			self._nothing.begin(look.wanted)
			if look.nothing is not None:
				self._nothing.show_found(look.nothing)
		self.stack.setCurrentWidget(self.view if look.ids else self._nothing)
		self.verbs.setVisible(bool(look.ids))
		last = (len(look.ids) - 1) // SHOWN if look.ids else 0
		self._pages.setVisible(last > 0)
		self.before.setVisible(page > 0)
		self.after.setVisible(page < last)
		self.hint.setText(_CONTEXT if look.ids else "It is written down all the same.")
		self.tell(look, held)

	def set_low(self, low: bool) -> None:
		"""Leave out what is only explained where there is little height."""
		self.hint.setVisible(not low)

	def tell(self, look: Look, held: Membership) -> None:
		"""Say how many were found, and what else can be added or tried."""
		self.told.setText(found_words(look, held, self.page))
		number = sum(one not in held.held and one not in held.left for one in look.ids)
		self.add.setVisible(number > 0)
		if number:
			self.add.say(f"Add {number:,} to this request")
		self._offer(look, held)

	def _offer(self, look: Look, held: Membership) -> None:
		clear(self._more)
		for ids, how, words in (
			(look.beside, "beside", ("photo or voice note near these", "photos and voice notes near these")),
			(look.quoted, "quoted", ("earlier message that these quote", "earlier messages that these quote")),
		):
			rest = [one for one in ids if one not in held.held and one not in held.left]
			if rest:
				made = _idea(f"Include {count(len(rest), *words)}", "add")
				made.clicked.connect(lambda _=False, rest=rest, how=how: self.including.emit(rest, how))
				self._more.addWidget(made)
		if look.ideas:
			self._more.addWidget(say("Try also", "small", wrap=False))
		for idea in look.ideas[:_IDEAS]:
			made = _idea(idea_words(idea), None)
			made.setAccessibleName(f"Search also: {idea_words(idea)}")
			made.clicked.connect(lambda _=False, idea=idea: self.wanted.emit(idea.wanted))
			self._more.addWidget(made)
		words = not_searched_words(look.not_searched) if look.not_searched is not None else ""
		if words:
			self._more.addWidget(say(words, "small", wrap=False))
		self._offers.setVisible(bool(self._more.count()))

	def mark(self, held: Membership, ids: Sequence[int]) -> None:
		"""Show some messages anew after something was added or left out."""
		named = set(ids)
		for message in self.screen.rows:
			if message.id in named:
				self.view.replace_line(gather_line(message, self.screen, held))
		if self._look is not None:
			self.tell(self._look, held)

	def picked(self) -> list[int]:
		"""Return the messages that a key acts on."""
		here = self.view.current_message()
		chosen = [one for one in self.view.chosen_messages() if one]
		return chosen or ([here] if here else [])


def added_words(added: int, reference: str) -> str:
	"""Return what is said of messages that were added."""
	return f"{count(added, 'message')} added to {reference}." if added else f"Already part of {reference}."


def _idea(words: str, ic: str | None) -> Button:
	return button(words, "idea", ic)
