"""Finding words in the conversation that is read, and in no other: looks for them, away from the window's thread."""

from array import array
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.find_bar import FindBar
from cranford_desktop.ui.parts.search_marks import marker
from cranford_desktop.ui.task import Task


class FindHere(QObject):
	"""`found(spans, days)`: where the words stand in a text, and on which days; `nothing`: no words are looked for."""

	found = Signal(object, object)
	nothing = Signal()

	def __init__(self, council: Council, here: Callable[[], MessageFilter | None], current: Callable[[], int]) -> None:
		"""Take what says which conversation is read, and which message of it."""
		super().__init__()
		self._council, self._here, self._current = council, here, current
		self.bar = FindBar()
		self.bar.asked.connect(self._find)
		self.bar.hide()
		self.task: Task | None = None
		"""What is being found."""

	def _find(self, words: str) -> None:
		here = self._here()
		if not words or here is None:
			self.bar.show_hits(words, array("q"), 0)
			self.nothing.emit()
			return
		council, current, wanted = self._council, self._current(), replace(here, search=words)

		def look(_progress: object, _stopped: object):
			ids = council.searching.ids(wanted, by_time=True)
			return ids, council.browsing.day_runs(ids), council.browsing.next_of(current, ids)

		task = self.task = Task(look, self)

		def came(answer) -> None:
			ids, days, near = answer
			if words == self.bar.words() and not self.bar.isHidden():
				self.found.emit(marker(council.searching, wanted), days)
				self.bar.show_hits(words, ids, near)

		task.finished.connect(came)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)
