"""Finding messages: lists, first screens, counts beside the filters, other words to try, searches the clerk keeps."""

from array import array
from collections.abc import Mapping, Sequence

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.domain.searching import (
	Facet,
	FacetCount,
	FilesRead,
	FoundIn,
	Idea,
	Mark,
	NothingFound,
	NotSearched,
	Page,
	SavedSearch,
	WordForms,
)
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import messages as books
from cranford_desktop.store import pages, search
from cranford_desktop.store.archive import Archive


class Searching:
	"""What the search of the window and of the requests works with."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def ids(self, wanted: MessageFilter, *, by_time: bool = False, newest_first: bool = False) -> "array[int]":
		"""Return the ids of all messages that are meant, in conversation order by group.

		`by_time`: over all groups by time, oldest first; `newest_first`: by time, newest first, as `page` gives them.
		"""
		with self._archive.reading() as connection:
			return books.message_ids(connection, wanted, by_time=by_time, newest_first=newest_first)

	def page(self, wanted: MessageFilter, *, after: Mark | None = None, limit: int = 50) -> Page:
		"""Return the next messages of a search, newest first, without working the whole list out."""
		with self._archive.reading() as connection:
			found = pages.page(connection, wanted, after, limit)
			shown = found[:limit]
			rows = books.rows(connection, [one.id for one in shown])
		return Page(tuple(rows), pages.mark_after(shown) if len(found) > limit else None)

	def count(self, wanted: MessageFilter) -> int:
		"""Count the messages that are meant."""
		with self._archive.reading() as connection:
			return books.count(connection, wanted)

	def facets(self, wanted: MessageFilter) -> Mapping[Facet, tuple[FacetCount, ...]]:
		"""Return what each value of each filter would leave, with all other filters as they are; most first."""
		raise NotImplementedError

	def forms(self, words: str, dropped: Sequence[str] = ()) -> tuple[WordForms, ...]:
		"""Return which other words of the archive each word of a search finds; `dropped`: those taken out."""
		raise NotImplementedError

	def ideas(self, wanted: MessageFilter) -> tuple[Idea, ...]:
		"""Return words that often stand in what was found, and near spellings that the archive holds."""
		raise NotImplementedError

	def nothing_found(self, wanted: MessageFilter) -> NothingFound:
		"""Return what was tried and what to try, for a search that finds nothing."""
		raise NotImplementedError

	def not_searched(self, wanted: MessageFilter) -> NotSearched:
		"""Count the files that words cannot find, among the messages that the filters leave."""
		raise NotImplementedError

	def found_in(self, ids: Sequence[int], wanted: MessageFilter) -> Mapping[int, tuple[FoundIn, ...]]:
		"""Return where those of some messages hold the words whose shown text does not; for one screen."""
		raise NotImplementedError

	def highlights(self, text: str, wanted: MessageFilter) -> list[tuple[int, int]]:
		"""Return where a search's words stand in a text: (start, end) in characters."""
		return search.highlights(text, search.asked(wanted))

	def form(self, words: str) -> SearchForm | None:
		"""Return a search as four boxes; None where they cannot say it."""
		raise NotImplementedError

	def written(self, form: SearchForm) -> str:
		"""Return four boxes as one search."""
		raise NotImplementedError

	def waiting(self) -> int:
		"""Count the files whose words nobody has looked for yet."""
		raise NotImplementedError

	def read_files(self, progress: Progress = unheard, stopped: Stopped = never) -> FilesRead:
		"""Read the words of PDF and Word files that are waiting; what was read before a stop stays read."""
		raise NotImplementedError

	def saved(self) -> list[SavedSearch]:
		"""Return the searches that are kept, by name."""
		raise NotImplementedError

	def save(self, name: str, wanted: MessageFilter) -> SavedSearch:
		"""Keep a search under a name; the same name again keeps the new one. Raises `RefusedByPolicy`."""
		raise NotImplementedError

	def rename(self, search_id: int, name: str) -> None:
		"""Give a kept search another name. Raises `NotFound`, or `RefusedByPolicy` where the name is taken."""
		raise NotImplementedError

	def forget(self, search_id: int) -> None:
		"""Keep a search no longer. Raises `NotFound`."""
		raise NotImplementedError
