"""What the gather page reads, away from the window's thread: one page of what was found, with what stands around it."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from cranford_desktop.domain.gathering import Look, Membership, Standing, Step
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.chat_lines import shown_text
from cranford_desktop.ui.parts.gather_list import Screen
from cranford_desktop.ui.parts.gather_news import news_words
from cranford_desktop.ui.parts.search_words import found_in_words

SHOWN = 200
"""Messages found that one page shows; adding takes all of them, shown or not."""
_AROUND = (1, 1)
_BESIDE = 5


class Far(NamedTuple):
	"""How far a request's gathering is."""

	held: Membership
	standing: Standing
	steps: list[Step]
	news: tuple[int, ...]


class FarReader(QObject):
	"""Reads how far it is, once at a time: what is asked meanwhile is read afterwards. `came(request id, Far)`."""

	came = Signal(int, object)

	def __init__(self, council: Council, window, parent: QObject) -> None:
		"""Take the open council, and the window that runs it."""
		super().__init__(parent)
		self._council, self._window = council, window
		self._reading = False
		self._next: int | None = None

	def read(self, request_id: int) -> None:
		"""Read how far a request is, in the background."""
		if self._reading:
			self._next = request_id
			return
		self._reading = True

		def came(far: Far) -> None:
			if self._next is None:  # else something was written meanwhile, and it is read once more
				self.came.emit(request_id, far)
			self._go_on()

		def failed(problem: CranfordError) -> None:
			self._go_on()
			self._window.problem(problem)

		self._window.run(
			"Reading the request",
			lambda _progress, _stopped: self._read(request_id),
			came,
			failed=failed,
			cancelled=self._go_on,
			promise="Nothing is changed by looking.",
		)

	def _go_on(self) -> None:
		self._reading = False
		if self._next is not None:
			again, self._next = self._next, None
			self.read(again)

	def _read(self, request_id: int) -> Far:
		service = self._council.gathering
		return Far(
			service.membership(request_id),
			service.standing(request_id),
			service.steps(request_id),
			service.news(request_id),
		)


def read_screen(
	council: Council, look: Look, page: int, around: Mapping[int, tuple[int, int]], extra: Collection[int] = ()
) -> Screen:
	"""Return one page of what was found. `around`: how many messages to show before and after some; `extra`: others."""
	ids = list(look.ids[page * SHOWN : (page + 1) * SHOWN])
	beside = frozenset(look.beside)
	near: dict[int, None] = {}
	for one in (*ids, *around):
		near.update(dict.fromkeys(council.browsing.neighbours(one, *around.get(one, _AROUND))))
		if beside:
			close = council.browsing.neighbours(one, _BESIDE, _BESIDE)
			near.update(dict.fromkeys(place for place in close if place in beside))
	near.update(dict.fromkeys(ids))  # what is set aside has no neighbours, and is found all the same
	near.update(dict.fromkeys(extra))
	rows = council.browsing.rows(list(near))
	shown = {row.id: row for row in rows}
	searching, words = council.searching, bool(look.wanted.search)
	marks = {one: searching.highlights(shown_text(shown[one]), look.wanted) for one in ids if words and one in shown}
	found_in = searching.found_in([one for one in ids if not marks.get(one)], look.wanted) if words else {}
	return Screen(
		rows,
		frozenset(look.ids),
		beside,
		marks,
		{one: found_in_words(several) for one, several in found_in.items() if several},
	)


def found_words(look: Look, held: Membership, page: int) -> str:
	"""Return how many were found, in words: of these in the request, left out, marked personal, shown."""
	number = len(look.ids)
	if not look.step_id:
		waiting = sum(one not in held.held and one not in held.left for one in look.ids)
		return news_words(waiting) if waiting else "All new messages are dealt with."
	words = f"{number:,} message{'' if number == 1 else 's'} found"
	inside = sum(one in held.held for one in look.ids)
	left = sum(one in held.left for one in look.ids)
	if inside:
		words += f", {inside:,} of them already in this request"
	if left:
		words += f", {left:,} left out by you"
	if look.personal:
		words += f", {look.personal:,} marked personal"
	if number > SHOWN:
		first = page * SHOWN
		words += f". {first + 1:,} to {min(number, first + SHOWN):,} are shown; adding takes all"
	return words
