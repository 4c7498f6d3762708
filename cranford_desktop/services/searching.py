"""Finding messages: lists, first screens, counts beside the filters, other words to try, searches the clerk keeps."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import plain_name
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
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import ProblemWithArchive, RefusedByPolicy
from cranford_desktop.ingest import apart
from cranford_desktop.ingest.file_words import LARGEST, FileWords
from cranford_desktop.search_words import search_words
from cranford_desktop.services import search_ideas
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.remembered import Remembered
from cranford_desktop.store import (
	file_texts,
	ledger,
	pages,
	saved_searches,
	search,
	search_forms,
	unsearched,
	vocabulary,
)
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.facets import facets
from cranford_desktop.store.normal import folded

_Counts = Mapping[Facet, tuple[FacetCount, ...]]
_COUNTS = 16
"""Searches whose counts are remembered."""
_BATCH = 16
"""Files whose words are written at once."""


class Searching:
	"""What the search of the window and of the requests works with."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock
		self._counted: Remembered[tuple[int, MessageFilter], Mapping[Facet, tuple[FacetCount, ...]]] = Remembered(
			_COUNTS
		)

	def ids(self, wanted: MessageFilter, *, by_time: bool = False, newest_first: bool = False) -> "array[int]":
		"""Return the ids of all messages that are meant, in conversation order by group.

		`by_time`: over all groups by time, oldest first; `newest_first`: by time, newest first, as `page` gives them.
		"""
		with self._archive.reading() as connection:
			return books.message_ids(connection, wanted, by_time=by_time, newest_first=newest_first)

	def page(
		self, wanted: MessageFilter, *, after: Mark | None = None, limit: int = 50, oldest_first: bool = False
	) -> Page:
		"""Return the next messages of a search by time, newest first, without working the whole list out."""
		with self._archive.reading() as connection:
			found = pages.page(connection, wanted, after, limit, oldest_first=oldest_first)
			shown = found[:limit]
			rows = books.rows(connection, [one.id for one in shown], living_ids=True)
		return Page(tuple(rows), pages.mark_after(shown) if len(found) > limit else None)

	def count(self, wanted: MessageFilter) -> int:
		"""Count the messages that are meant."""
		with self._archive.reading() as connection:
			return books.count(connection, wanted)

	def facets(self, wanted: MessageFilter) -> Mapping[Facet, tuple[FacetCount, ...]]:
		"""Return what each value of each filter would leave, with all other filters as they are; most first."""
		with self._archive.reading() as connection:
			# Whatever is changed is recorded: until then the counts of a large archive need not be made again.
			asked = (ledger.head(connection).number, wanted)
			counted = self._counted.get(asked)
			if counted is None:
				counted = self._counted[asked] = facets(connection, wanted)
			return counted

	def forms(self, words: str, dropped: Sequence[str] = ()) -> tuple[WordForms, ...]:
		"""Return which other words of the archive each word of a search finds; `dropped`: those taken out."""
		with self._archive.reading() as connection:
			return tuple(_forms(connection, words, frozenset(folded(one)[0] for one in dropped)))

	def ideas(self, wanted: MessageFilter) -> tuple[Idea, ...]:
		"""Return words that often stand in what was found, and near spellings that the archive holds."""
		with self._archive.reading() as connection:
			return search_ideas.ideas(connection, wanted, search_words())

	def nothing_found(self, wanted: MessageFilter) -> NothingFound:
		"""Return what was tried and what to try, for a search that finds nothing."""
		tried = self.forms(wanted.search or "", wanted.dropped) if not wanted.exact else ()
		with self._archive.reading() as connection:
			return search_ideas.nothing_found(connection, wanted, tried, search_words())

	def not_searched(self, wanted: MessageFilter) -> NotSearched:
		"""Count the files that words cannot find, among the messages that the filters leave."""
		with self._archive.reading() as connection:
			return unsearched.not_searched(connection, wanted)

	def found_in(self, ids: Sequence[int], wanted: MessageFilter) -> Mapping[int, tuple[FoundIn, ...]]:
		"""Return where those of some messages hold the words whose shown text does not; for one screen."""
		with self._archive.reading() as connection:
			return unsearched.found_in(connection, ids, wanted)

	def highlights(self, text: str, wanted: MessageFilter) -> list[tuple[int, int]]:
		"""Return where a search's words stand in a text: (start, end) in characters."""
		return search.highlights(text, search.asked(wanted))

	def form(self, words: str) -> SearchForm | None:
		"""Return a search as four boxes; None where they cannot say it."""
		return search_forms.form_of(words)

	def written(self, form: SearchForm) -> str:
		"""Return four boxes as one search."""
		return search_forms.written(form)

	def waiting(self) -> int:
		"""Count the files whose words nobody has looked for yet."""
		with self._archive.reading() as connection:
			return len(file_texts.waiting(connection))

	def read_files(self, progress: Progress = unheard, stopped: Stopped = never) -> FilesRead:
		"""Read the words of PDF and Word files that are waiting; what was read before a stop stays read."""
		with self._archive.reading() as connection:
			waiting = file_texts.waiting(connection)
		became = Counter[str]()
		with apart.Reader() as reader:
			for start in range(0, len(waiting), _BATCH):
				read: list[tuple[int, FileWords]] = []
				for done, one in enumerate(waiting[start : start + _BATCH], start):
					if stopped():
						break
					progress(done, len(waiting), "files")
					read.append((one.file_id, self._words_of(reader, one)))
				self._keep(read)
				became.update(found.state for _, found in read)
				check(stopped)
		progress(len(waiting), len(waiting), "files")
		return FilesRead(became["read"], became["no_text"], became["unreadable"], became["too_large"])

	def saved(self) -> list[SavedSearch]:
		"""Return the searches that are kept, by name."""
		with self._archive.reading() as connection:
			return saved_searches.saved(connection)

	def save(self, name: str, wanted: MessageFilter) -> SavedSearch:
		"""Keep a search under a name; the same name again keeps the new one. Raises `RefusedByPolicy`."""
		given, now = _name(name), self._clock()
		kept = replace(wanted, with_set_aside=False)
		with self._archive.writing(now) as change:
			search_id = saved_searches.put(change.connection, given, kept, now)
			change.record("kept a search", {"search": search_id})
		return SavedSearch(search_id, given, kept)

	def rename(self, search_id: int, name: str) -> None:
		"""Give a kept search another name. Raises `NotFound`, or `RefusedByPolicy` where the name is taken."""
		given = _name(name)
		with self._archive.writing(self._clock()) as change:
			held = saved_searches.named(change.connection, given)
			if held not in {None, search_id}:
				raise RefusedByPolicy(
					"Another search has this name already.", "Nothing was changed.", "Choose another name."
				)
			saved_searches.rename(change.connection, search_id, given)
			change.record("renamed a kept search", {"search": search_id})

	def forget(self, search_id: int) -> None:
		"""Keep a search no longer. Raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			saved_searches.drop(change.connection, search_id)
			change.record("let go of a kept search", {"search": search_id})

	def _keep(self, read: Sequence[tuple[int, FileWords]]) -> None:
		"""Write the words of some files; one that was taken back while it was read is left out."""
		if not read:
			return
		now = self._clock()
		with self._archive.writing(now) as change:
			for file_id, found in read:
				if file_texts.is_held(change.connection, file_id):
					file_texts.put(change.connection, file_id, "content", found.state, found.text, now)
			change.record("read the words of files", {"files": len(read)})

	def _words_of(self, reader: apart.Reader, one: file_texts.Waiting) -> FileWords:
		"""Read one file; one that the archive itself cannot give is unreadable, too."""
		with self._archive.reading() as connection:
			if file_texts.size(connection, one.file_id) > LARGEST:
				return FileWords("too_large", "")
			try:
				data = self._archive.files.read_all(connection, one.file_id)
			except ProblemWithArchive:
				return FileWords("unreadable", "")
		return reader.read(one.name, data)


def _name(name: str) -> str:
	given = plain_name(name)
	if not given:
		raise RefusedByPolicy("A search needs a name to be kept under.", "Nothing was changed.", "Give it a name.")
	return given


def _forms(connection: Connection, words: str, dropped: frozenset[str]) -> Iterator[WordForms]:
	"""Yield each word of a search once that stands for others of its stem."""
	asked = [one for terms in search.parse(words) for one in terms if one.words and not one.excluded and not one.prefix]
	for word in dict.fromkeys(word for one in asked for word in search.words_in(one.text)):
		held = vocabulary.same_stem(connection, word)
		counted = {
			one: books.count(connection, MessageFilter(search=f'"{one}"', exact=True)) for one in held if one != word
		}
		others = [FacetCount(one, messages) for one, messages in counted.items() if messages and one not in dropped]
		others.sort(key=lambda one: (-one.messages, one.value))
		yield WordForms(word, tuple(others), tuple(sorted(dropped.intersection(held))))
