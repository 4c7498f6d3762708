"""Looks things up for the archive in workers: first the messages, then what is said beside them. The newest wins."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import Group, MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.ui.task import Task

AT_ONCE = 20_000
"""A list as long as this is grouped by day before it is shown; a longer one is shown first."""

SCREEN = 100
"""Messages of the first screen, shown while the whole of a long list is made."""

Part = Literal["forms", "facets", "ideas", "unsearched", "nothing", "runs"]


@dataclass(frozen=True, slots=True)
class Wish:
	"""A list that is wanted, and what to do once it is there."""

	wanted: MessageFilter
	newest_first: bool = False
	keep: int = 0
	"""The message to stay at."""
	everything: bool = False
	"""Read the groups again, too: something may have changed."""
	arrive: bool = False
	"""It is a new place on her way."""


@dataclass(frozen=True, slots=True)
class Found:
	"""What a wish came to."""

	wish: Wish
	groups: list[Group] | None
	ids: "array[int]"
	runs: list[DayCount] | None
	"""Its days; None where they follow, as the part "runs"."""
	partial: bool = False
	"""Only the first screen; the whole list follows."""


class SearchDesk(QObject):
	"""`found(Found)`; then `told(Part, MessageFilter, answer)` for each thing said beside; `failed(CranfordError)`."""

	found = Signal(object)
	told = Signal(str, object, object)
	failed = Signal(object)

	def __init__(self, council: Council, parent: QObject) -> None:
		super().__init__(parent)
		self._council = council
		self._task: Task | None = None
		self._beside: Task | None = None
		self._next: Wish | None = None
		self._waiting: list[tuple[Part, Callable[[], object]]] = []
		self._wanted = MessageFilter()
		self._held: list[Group] = []

	@property
	def tasks(self) -> list[Task]:
		"""Return what is being worked out."""
		return [one for one in (self._task, self._beside) if one is not None and one.running]

	@property
	def idle(self) -> bool:
		"""Whether everything asked for has been answered."""
		return not (self.tasks or self._next or self._waiting)

	def look(self, wish: Wish) -> None:
		"""Look for a list; what was asked before and is not there yet is no longer wanted."""
		self._waiting.clear()
		if self._task is not None and self._task.running:
			everything = wish.everything or (self._next is not None and self._next.everything)
			self._next = Wish(wish.wanted, wish.newest_first, wish.keep, everything, wish.arrive)
			return
		self._start(wish)

	def _start(self, wish: Wish) -> None:
		council = self._council
		held = self._held

		def call(_progress: object, _stopped: object) -> Found:
			groups = council.browsing.groups() if wish.everything else None
			known = held if groups is None else groups
			if sum(group.messages for group in known) > AT_ONCE:
				first = _first_screen(council, wish, known)
				if first is not None:
					return Found(wish, groups, first, council.browsing.day_runs(first), partial=len(first) == SCREEN)
			return _whole(council, wish, groups)

		self._task = self._run(call, self._arrived)

	def _run(self, call: Callable, done: Callable[[object], None]) -> Task:
		task = Task(call, self)
		task.finished.connect(done)
		task.failed.connect(self.failed)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)
		return task

	def _arrived(self, found: Found) -> None:
		if found.groups is not None:
			self._held = found.groups
		if self._next is not None:
			wish, self._next = self._next, None
			if found.groups is not None and not wish.everything:
				wish = Wish(wish.wanted, wish.newest_first, wish.keep, True, wish.arrive)
			self._start(wish)
			return
		self.found.emit(found)
		if found.partial:
			wish = found.wish
			self._task = self._run(lambda _progress, _stopped: _whole(self._council, wish, None), self._arrived)
			return
		self._wanted = found.wish.wanted
		self._waiting = self._parts(found)
		self._go_on()

	def _parts(self, found: Found) -> list[tuple[Part, Callable[[], object]]]:
		searching, wanted = self._council.searching, found.wish.wanted
		parts: list[tuple[Part, Callable[[], object]]] = []
		if found.runs is None:
			parts.append(("runs", lambda: self._council.browsing.day_runs(found.ids)))
		if wanted.search and not found.ids:
			parts.append(("nothing", lambda: searching.nothing_found(wanted)))
		if wanted.search and not wanted.exact:
			parts.append(("forms", lambda: searching.forms(wanted.search or "", wanted.dropped)))
		parts.append(("facets", lambda: searching.facets(wanted)))
		if wanted.search:
			if found.ids:
				parts.append(("ideas", lambda: searching.ideas(wanted)))
			parts.append(("unsearched", lambda: searching.not_searched(wanted)))
		return parts

	def _go_on(self) -> None:
		if not self._waiting or (self._beside is not None and self._beside.running):
			return
		part, call = self._waiting.pop(0)
		wanted = self._wanted

		def done(answer: object) -> None:
			if wanted == self._wanted and self._next is None:
				self.told.emit(part, wanted, answer)

		self._beside = self._run(lambda _progress, _stopped: call(), done)
		for end in (self._beside.finished, self._beside.failed, self._beside.cancelled):
			end.connect(lambda *_: self._go_on())

	def close_down(self) -> None:
		"""Ask for nothing more, and wait for what is in hand."""
		self._waiting.clear()
		self._next = None
		for task in self.tasks:
			task.wait(5)
			task.abandon()


def _whole(council: Council, wish: Wish, groups: list[Group] | None) -> Found:
	ids = council.searching.ids(wish.wanted, by_time=not wish.newest_first, newest_first=wish.newest_first)
	return Found(wish, groups, ids, council.browsing.day_runs(ids) if len(ids) <= AT_ONCE else None)


def _first_screen(council: Council, wish: Wish, groups: list[Group]) -> "array[int] | None":
	"""Return the first messages of a long list at once; None where only the whole list can tell which these are.

	Messages of one moment in different groups may change places once the whole list is there.
	"""
	wanted = wish.wanted
	meant = [group.id for group in groups if wanted.group in (None, group.name)]
	if wanted == MessageFilter(group=wanted.group, without_personal=wanted.without_personal):
		first = council.browsing.first_ids(
			meant, newest_first=wish.newest_first, limit=SCREEN, without_personal=wanted.without_personal
		)
		return array("q", first)
	if len(meant) < 2 and not wish.newest_first:
		return None  # in one group the order is that of the conversation, not of time
	page = council.searching.page(wanted, limit=SCREEN, oldest_first=not wish.newest_first)
	return array("q", [row.id for row in page.rows])
