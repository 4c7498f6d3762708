"""Acts of gathering: adding, leaving out, taking out what a search added; each can be undone."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from cranford_desktop.domain.gathering import Added, How, Step, TakingOut
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.chat_lines import shown_text
from cranford_desktop.ui.parts.gather_list import Screen
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.quoted_row import source_words
from cranford_desktop.ui.parts.wording import count, short

_MANY = 200
"""Messages from which on an act goes to a worker."""
_NAMED = 5
_WHOLE = "It is done as a whole or not at all."


class TakeOutDialog(Ask):
	"""Messages that were decided on are named; they stay unless she says so."""

	def __init__(self, parent: QWidget, words: str, taking: TakingOut, decided: Sequence[MessageRow]) -> None:
		"""Take what is taken out in words, what it would do, and the first of the messages that were decided on."""
		out = count(len(taking.out), "message")
		body = f"{out} not decided on yet will go." if taking.out else "Nothing else of it is left."
		if taking.elsewhere:
			body += f" {taking.elsewhere:,} stay: another search found them too, or you added them by hand."
		super().__init__(parent, f"Take out {words}?", body, _verb(len(taking.out)))
		number = len(taking.decided)
		self.also = QCheckBox(f"Take out the {number:,} decided as well: what was decided on them goes")
		self._out = (len(taking.out), len(taking.out) + number)
		self.also.toggled.connect(lambda on: self.go.say(_verb(self._out[on])))
		self.add(say(f"{count(number, 'message')} decided on already {'stays' if number == 1 else 'stay'}:", "strong"))
		for row in decided:
			self.add(say(f"{source_words(row)}: “{short(shown_text(row), 70) or 'a photo or file'}”", wrap=True))
		if number > len(decided):
			self.add(say(f"and {number - len(decided):,} more", "muted"))
		self.add(self.also)


def _verb(messages: int) -> str:
	return f"Take {messages:,} out" if messages else "Keep them in the request"


class GatherActs(QObject):
	"""Works on one request at a time. `added(ids)`, `left(ids)`: these messages were; `refilled`: read all anew."""

	added = Signal(object)
	left = Signal(object)
	refilled = Signal()
	went_on = Signal(object)
	"""These were dealt with: on to the next message."""
	shown = Signal(object, int)
	"""These were added and are to be shown; the list stays on that one."""

	def __init__(self, council, window, parent: QWidget) -> None:
		"""Take the open council, the window, and the page that asks."""
		super().__init__(parent)
		self._council, self._window, self._page = council, window, parent
		self.request_id = 0

	def press(self, letter: str, ids: list[int], here: int, screen: Screen) -> None:
		"""Do what a key of the list of results means, on the chosen messages."""
		service = self._council.gathering
		if letter == "U":
			self.undo()
		elif not ids:
			return
		elif letter == "A":
			how: How = "one" if screen.found.issuperset(ids) else "context"
			how = "beside" if screen.beside.issuperset(ids) else how
			self.add(ids, how, after=lambda _added: self.went_on.emit(ids))
		elif letter == "L":
			self.leave_out(ids, lambda: self.went_on.emit(ids))
		elif letter == "Y":
			self._add_shown(service.whole_day(here), "day", here)
		elif letter == "B":
			self._between(ids, here)
		elif letter == "Q":
			source = service.quoted_by([here]).get(here)
			if source is None:
				self._window.toast("It quotes no earlier message in words. Exports do not say what a message answers.")
			else:
				self._add_shown([source], "quoted", here)

	def _between(self, ids: list[int], here: int) -> None:
		if len(ids) < 2:
			self._window.toast("Choose two messages first: Ctrl and click, or Shift and the arrow keys.")
			return
		stretch = self._council.gathering.between(ids[0], ids[-1])
		if not stretch:
			self._window.toast("These two stand in different groups. Choose two of one group.")
			return
		self._add_shown(stretch, "between", here)

	def _add_shown(self, ids: list[int], how: How, here: int) -> None:
		self.add(ids, how, after=lambda _added: self.shown.emit(ids, here))

	def add(self, ids: Sequence[int], how: How, *, after: Callable[[Added], object] | None = None) -> None:
		"""Add messages by hand."""
		known = self.request_id

		def done(result: Added) -> None:
			if result.added:
				self.added.emit(list(ids))
				self._window.toast(f"{count(result.added, 'message')} added by hand.", "Undo", self.undo)
			else:
				self._window.toast("Already in this request.")
			if after is not None:
				after(result)

		self._do("Adding messages", lambda: self._council.gathering.add(known, ids, how), done, len(ids))

	def leave_out(self, ids: Sequence[int], after: Callable[[], object] | None = None) -> None:
		"""Leave messages out; those that were decided on are asked about."""
		known = self.request_id

		def done(result: TakingOut) -> None:
			out = result.out
			if result.decided:
				out = (*out, *self._ask_decided(known, result))
			if out:
				self.left.emit(list(out))
				self._window.toast(f"{count(len(out), 'message')} left out.", "Undo", self.undo)
				if after is not None:
					after()
			elif not result.decided:
				self._window.toast("Left out already.")

		self._do("Leaving messages out", lambda: self._council.gathering.leave_out(known, ids), done, len(ids))

	def _ask_decided(self, request_id: int, result: TakingOut) -> tuple[int, ...]:
		"""Ask about messages that were decided on; return those that went."""
		number = len(result.decided)
		asked = Ask(
			self._page,
			"Leave out what was decided on?" if number > 1 else "Leave out a message that was decided on?",
			f"{count(number, 'message')} decided on already {'is' if number == 1 else 'are'} still in the request: "
			f"{self._named(result.decided)} What was decided goes with "
			f"{'it' if number == 1 else 'them'}; Undo brings back the words alone.",
			f"Leave {'it' if number == 1 else f'these {number:,}'} out",
		)
		asked.cancel.say("Keep it" if number == 1 else "Keep them")
		if not asked.exec():
			return ()
		try:
			return self._council.gathering.leave_out(request_id, result.decided, with_decided=True).out
		except CranfordError as problem:
			self._window.problem(problem)
			return ()

	def _named(self, ids: Sequence[int]) -> str:
		rows = self._council.browsing.rows(list(ids[:_NAMED]))
		named = "; ".join(source_words(row) for row in rows)
		return f"{named}{f' and {len(ids) - len(rows):,} more' if len(ids) > len(rows) else ''}."

	def undo(self) -> None:
		"""Take the newest act by hand back."""
		known = self.request_id

		def done(words: str) -> None:
			self._window.toast(f"Taken back: {words}." if words else "There is nothing to take back.")
			if words:
				self.refilled.emit()

		self._do("Taking it back", lambda: self._council.gathering.undo(known), done, 1)

	def take_out(self, step: Step) -> None:
		"""Take out what a search or an act by hand added; messages decided on are named first."""
		known = self.request_id
		words = f"what “{short(step.words, 40)}” added" if step.kind == "search" else "what was added by hand"

		def asked(taking: TakingOut) -> None:
			with_decided = False
			if taking.decided:
				rows = self._council.browsing.rows(list(taking.decided[:_NAMED]))
				dialog = TakeOutDialog(self._page, words, taking, rows)
				if not dialog.exec():
					return
				with_decided = dialog.also.isChecked()
			self._do(
				"Taking messages out",
				lambda: self._council.gathering.take_out(known, step.id, with_decided=with_decided),
				lambda result: self._taken(known, step, result),
				_MANY + 1,
			)

		self._do("Looking", lambda: self._council.gathering.would_take_out(known, step.id), asked, _MANY + 1)

	def _taken(self, request_id: int, step: Step, result: TakingOut) -> None:
		service = self._council.gathering
		words = f"{count(len(result.out), 'message')} taken out."
		if result.elsewhere:
			words += f" {result.elsewhere:,} stay: found elsewhere too."
		if result.decided:
			words += f" {len(result.decided):,} stay: decided on."

		def back() -> None:
			if step.kind == "search":
				again = lambda: service.add_found(request_id, step.id, result.out)  # noqa: E731
			else:
				again = lambda: service.add(request_id, result.out)  # noqa: E731
			self._do("Putting it back", again, lambda _added: self.refilled.emit(), _MANY + 1)

		self._window.toast(words, "Undo" if result.out else "", back if result.out else None)
		self.refilled.emit()

	def _do(self, title: str, call: Callable[[], Any], done: Callable[[Any], object], messages: int) -> None:
		"""Do it at once; in a worker where it is about many messages."""
		if messages > _MANY:
			self._window.run(title, lambda _progress, _stopped: call(), done, promise=_WHOLE)
			return
		try:
			result = call()
		except CranfordError as problem:
			self._window.problem(problem)
			return
		done(result)
