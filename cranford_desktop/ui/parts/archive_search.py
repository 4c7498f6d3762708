"""What the archive is asked: the box, the form, the filters, saved searches, and what is said beside the list.

Holds the search as it stands and has it looked up; the tab shows what was found.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.archive_filters import FilterPane
from cranford_desktop.ui.parts.controls import button, find_box
from cranford_desktop.ui.parts.conversation import Spans
from cranford_desktop.ui.parts.nothing_page import NothingPage
from cranford_desktop.ui.parts.notices import announce
from cranford_desktop.ui.parts.saved_searches import SavedSearches
from cranford_desktop.ui.parts.search_desk import Found, Part, SearchDesk, Wish
from cranford_desktop.ui.parts.search_extras import SearchExtras
from cranford_desktop.ui.parts.search_form import SearchFormPanel
from cranford_desktop.ui.parts.search_marks import marker, no_marks
from cranford_desktop.ui.parts.search_words import search_words
from cranford_desktop.ui.task import Task

_TYPING_MS = 250
_SLOW_MS = 300


class ArchiveSearch(QObject):
	"""`found(Found)`: a list that is still wanted; `groups(list)`: the groups, read again; `grouped(days, hits)`: the
	days of a long list; `slow`: it is still looking; `files_waiting(n)`: so many files were not searched, for nobody
	has read their words yet; `problem(CranfordError)`, `said(str)`: for the window.
	"""

	found = Signal(object)
	groups = Signal(object)
	grouped = Signal(object, bool)
	slow = Signal()
	files_waiting = Signal(int)
	problem = Signal(object)
	said = Signal(str)

	def __init__(self, council: Council, side: FilterPane, parent: QObject) -> None:
		super().__init__(parent)
		self._searching = council.searching
		self._side = side
		self._exact = False
		self._dropped: tuple[str, ...] = ()
		self._newest_first = False
		self.asked: MessageFilter | None = None
		"""What was asked last; None until the first time."""
		self.spans: Spans = no_marks
		"""Where the words of what was found stand in a text."""
		self.words = find_box("", name="Search all messages")
		self.words.setPlaceholderText("Search all messages")
		theme.scaled(self.words, "setMinimumWidth", 120)
		theme.scaled(self.words, "setMaximumWidth", 560)
		self.form_button = button("Form", "quiet", "edit", name="Search with a form")
		self.form_button.setCheckable(True)
		self.form = SearchFormPanel(council.searching.form)
		self.form.hide()
		self.saved = SavedSearches(council.searching)
		self.nothing = NothingPage()
		self.extras = SearchExtras()
		self._desk = SearchDesk(council, self)
		self._typing = QTimer(self)
		self._typing.setSingleShot(True)
		self._typing.setInterval(_TYPING_MS)
		self._typing.timeout.connect(self.search)
		self._following = False
		self._slow = QTimer(self)
		self._slow.setSingleShot(True)
		self._slow.setInterval(_SLOW_MS)
		self._slow.timeout.connect(self.slow)
		self._connect()

	def _connect(self) -> None:
		self.words.textChanged.connect(self._typed)
		self.words.returnPressed.connect(self.search)
		self._side.changed.connect(self.search)
		self._side.typed.connect(self._typing.start)
		self._desk.found.connect(self._found)
		self._desk.told.connect(self._told)
		self._desk.failed.connect(self.problem)
		self.extras.exact.connect(self._set_exact)
		self.extras.dropped.connect(lambda word: self._set_dropped((*self._dropped, word)))
		self.extras.taken_back.connect(lambda word: self._set_dropped(tuple(w for w in self._dropped if w != word)))
		for part in (self.extras.wanted, self.nothing.wanted, self.saved.opened):
			part.connect(self.ask)
		self.saved.problem.connect(self.problem)
		self.saved.said.connect(self.said)
		self.form_button.toggled.connect(self._show_form)
		self.form.closed.connect(lambda: self.form_button.setChecked(False))
		self.form.searched.connect(self._from_form)

	# asking
	def filter(self) -> MessageFilter:
		"""Return what is asked for at present."""
		words = self.words.text().strip() or None
		return replace(self._side.filter(), search=words, exact=self._exact, dropped=self._dropped)

	def set_filter(self, wanted: MessageFilter) -> None:
		"""Let box and filters say this; nothing is searched for yet."""
		self.words.blockSignals(True)
		self.words.setText(wanted.search or "")
		self.words.blockSignals(False)
		self._exact, self._dropped = wanted.exact, wanted.dropped
		self._side.show_filter(wanted)

	def ask(self, wanted: MessageFilter) -> None:
		"""Search for this; a new place on her way."""
		self.set_filter(wanted)
		self.search()

	def search(self) -> None:
		"""Look for what is asked now, if that is something new."""
		if self.asked is not None and self.filter() != self.asked:
			self.load(arrive=True)

	def load(
		self, *, keep: int = 0, everything: bool = False, arrive: bool = False, newest_first: bool | None = None
	) -> None:
		"""Look for what is asked now; see `Wish`."""
		self._typing.stop()
		self.asked = self.filter()
		if newest_first is not None:
			self._newest_first = newest_first
		self._following = False
		self._slow.start()
		self._desk.look(Wish(self.asked, self._newest_first, keep=keep, everything=everything, arrive=arrive))

	def _typed(self) -> None:
		self._dropped = ()  # they were endings of other words
		self._typing.start()

	def _set_exact(self, exact: bool) -> None:
		self._exact = exact
		self.search()

	def _set_dropped(self, dropped: tuple[str, ...]) -> None:
		self._dropped = dropped
		self.search()

	def _show_form(self, shown: bool) -> None:
		if shown:
			self.form.open(self.words.text().strip())
		else:
			self.form.hide()
			self.words.setFocus(Qt.FocusReason.OtherFocusReason)

	def _from_form(self, form: SearchForm) -> None:
		self.words.setText(self._searching.written(form))
		self.search()

	# answers
	def _found(self, found: Found) -> None:
		wanted = found.wish.wanted
		if found.groups is not None:
			self.groups.emit(found.groups)
		if wanted != self.asked:
			return  # she has typed on
		self._slow.stop()
		if not self._following:
			self.spans = marker(self._searching, wanted)
			self.extras.begin(wanted)
		self._following = found.partial
		if not found.partial:
			self.saved.follow(wanted, search_words(wanted, len(found.ids)))
		if not found.ids and not found.partial:
			self.nothing.begin(wanted)
			announce(self.nothing, self.nothing.head.text())
		self.found.emit(found)

	def _told(self, part: Part, wanted: MessageFilter, answer) -> None:
		"""Show what came after the list itself."""
		if wanted != self.asked:
			return
		if part == "runs":
			self.grouped.emit(answer, bool(wanted.search))
		elif part == "facets":
			self._side.show_counts(answer)
		elif part == "forms":
			self.extras.show_forms(answer)
		elif part == "ideas":
			self.extras.show_ideas(answer)
		elif part == "unsearched":
			self.extras.show_not_searched(answer)
			if answer.waiting:
				self.files_waiting.emit(answer.waiting)
		else:
			self.nothing.show_found(answer)

	@property
	def tasks(self) -> list[Task]:
		"""Return what is being worked out."""
		return self._desk.tasks

	@property
	def idle(self) -> bool:
		"""Whether everything asked for has been answered."""
		return self._desk.idle and not self._typing.isActive()

	def close_down(self) -> None:
		"""Ask for nothing more."""
		self._typing.stop()
		self._slow.stop()
		self._desk.close_down()
