"""The finder of private details (policy section 1, third point): looks, lists suggestions, keeps what the clerk says.

It only points. Nothing is deleted, nobody is counted, and the record of actions holds numbers, never words.
"""

from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.finding import (
	CouncilWord,
	DeleteAsk,
	Done,
	Found,
	Place,
	Scanned,
	Scope,
	State,
	Suggestion,
	WordSort,
)
from cranford_desktop.domain.sensitive import REVISION, Detector, FindKind, SensitiveFinder, Watch, same_words
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError, NotFound, ProblemWithArchive, ProblemWithFile
from cranford_desktop.ingest.contacts import read_contacts
from cranford_desktop.letter_words import delete_words
from cranford_desktop.sensitive_words import kinds, vocabulary
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.store import messages, suggestions, watched
from cranford_desktop.store.archive import Archive, Connection

How = Literal["email", "whatsapp", "spoken"]
_HOW: Mapping[How, str] = {"email": "By e-mail", "whatsapp": "In WhatsApp", "spoken": "In person or by phone"}
_UNCHANGED = "Nothing was changed."
_LONGEST_WORD = 200


class Finding:
	"""Looks for what may be private and keeps the queue of suggestions."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	# looking
	def waiting(self) -> int:
		"""Return how many texts have not been looked at since they came in, or since words and names changed."""
		with self._archive.reading() as connection:
			return len(suggestions.unlooked(connection, _mark(self._watch(connection))))

	def scan(self, progress: Progress = unheard, stopped: Stopped = never) -> Scanned:
		"""Look at what has not been looked at, and write all that was found in one short transaction at the end.

		Not chunk by chunk: then Cancel would leave half a queue behind. Reading and looking take nearly all the time
		and hold no lock, so nobody waits for it; what comes in or goes meanwhile is left for the next look.
		"""
		with self._archive.reading() as connection:
			watch = self._watch(connection)
			mark = _mark(watch)
			ids = suggestions.unlooked(connection, mark)
		if not ids:
			return Scanned(0, 0, 0)
		found = self._look(ids, SensitiveFinder(vocabulary(), watch), progress, stopped)
		now = self._clock()
		with self._archive.writing(now) as change:
			new, fallen = suggestions.write(change.connection, ids, found, mark, now, stopped)
			change.record("looked for private details", {"looked": len(ids), "found": new, "fallen": fallen})
		return Scanned(len(ids), new, fallen)

	def _look(self, ids: "array[int]", finder: SensitiveFinder, progress: Progress, stopped: Stopped) -> list[Found]:
		found: list[Found] = []
		for start in range(0, len(ids), suggestions.CHUNK):
			check(stopped)
			chunk = ids[start : start + suggestions.CHUNK]
			with self._archive.reading() as connection:
				texts = suggestions.texts(connection, chunk)
			for one in texts:
				if one.text is None:
					found.append(Found(one.version_id, "contact", 0, 0, ""))
					continue
				if not finder.may_hold(one.text):
					continue
				for detector, first, last in finder.look_closely(one.text, one.year):
					same = same_words(detector, one.text[first:last])
					found.append(Found(one.version_id, detector, first, last, same))
			progress(start + len(chunk), len(ids), "messages")
		return found

	def _watch(self, connection: Connection) -> Watch:
		cards: list[str] = []
		for file_id in watched.card_files(connection):
			with suppress(ProblemWithArchive, ProblemWithFile):  # damaged, or no card: for others to tell
				read = read_contacts(self._archive.files.read_all(connection, file_id))
				cards += (one.name for one in read.contacts)
		return watched.watch(connection, tuple(dict.fromkeys(cards)))

	# the queue
	def kinds(self) -> Mapping[Detector, FindKind]:
		"""Return what each kind of find is called, with its reason."""
		return kinds()

	def queue(self, state: State = "open", detector: Detector | None = None) -> "array[int]":
		"""Return the messages with suggestions of a state, newest first; with one of that kind if it is given."""
		with self._archive.reading() as connection:
			return suggestions.messages_with(connection, state, detector)

	def counts(self, state: State = "open") -> dict[str, int]:
		"""Return in how many messages there are suggestions of a state, for each kind that has any."""
		with self._archive.reading() as connection:
			return suggestions.count_kinds(connection, state)

	def places(self, message_ids: Sequence[int], state: State = "open") -> list[Place]:
		"""Return messages with their suggestions of a state, in the order asked for; without any they are left out."""
		with self._archive.reading() as connection:
			held = suggestions.of_messages(connection, message_ids, state)
			return [
				Place(row.id, row.group, row.sent_at, row.sender, row.text or "", _local(held[row.id]))
				for row in messages.rows(connection, message_ids)
				if row.id in held
			]

	# answers
	def dismiss(self, ids: Sequence[int], reason: str, scope: Scope = "here") -> int:
		"""Dismiss suggestions with a reason; return how many messages' suggestions went.

		`scope`: "words" takes the same words everywhere, "group" the same kind in the message's group, now and later.
		Raises `CranfordError` without a reason, `NotFound` for one that is there no more.
		"""
		why = " ".join(reason.split())
		if not why:
			raise CranfordError("A reason is needed.", _UNCHANGED, "Say in a few words why this may stay.")
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			reached: dict[int, None] = {}
			for one in suggestions.by_id(c, ids):
				# Cards have no words of their own to be the same.
				wide: Scope = "here" if scope == "words" and not one.words else scope
				several = [*one.ids, *suggestions.like(c, one, wide, "open")]
				suggestions.answer(c, several, "dismissed", now, reason=why, scope=wide)
				reached.update(dict.fromkeys(several))
			change.record("dismissed suggestions", {"suggestions": len(reached), "scope": scope})
		return len(reached)

	def bring_back(self, ids: Sequence[int]) -> int:
		"""Put answered suggestions back into the queue, with all that went along with them; return how many."""
		now = self._clock()
		with self._archive.writing(now) as change:
			c = change.connection
			reached: dict[int, None] = {}
			for one in suggestions.by_id(c, ids):
				several = [*one.ids]
				if one.state == "dismissed":
					several += suggestions.like(c, one, one.scope, "dismissed")
				reached.update(dict.fromkeys(several))
			suggestions.reopen(c, reached)
			change.record("brought suggestions back", {"suggestions": len(reached)})
		return len(reached)

	def logged(self, message_ids: Sequence[int], case_id: int, done: Done) -> int:
		"""Mark the open suggestions of messages as dealt with by a case that was logged; return how many."""
		return self._deal(message_ids, done, case_id=case_id)

	def record_asked(self, message_id: int, how: How) -> int:
		"""Record that the sender of a message was asked to delete it; return how many suggestions that deals with."""
		return self._deal([message_id], "asked", reason=_HOW[how], how=how)

	def _deal(
		self, message_ids: Sequence[int], done: Done, *, case_id: int | None = None, reason: str = "", how: str = ""
	) -> int:
		now = self._clock()
		with self._archive.reading() as connection:
			held = suggestions.of_messages(connection, message_ids, "open")
		if not held:
			return 0
		with self._archive.writing(now) as change:
			c = change.connection
			held = suggestions.of_messages(c, message_ids, "open")
			ids = [one for several in held.values() for suggestion in several for one in suggestion.ids]
			suggestions.answer(c, ids, "dealt", now, reason=reason, done=done, case_id=case_id)
			change.record(
				"dealt with suggestions", {"suggestions": len(ids), "done": done, "case": case_id, "how": how or None}
			)
		return len(ids)

	def ask(self, message_id: int) -> DeleteAsk:
		"""Return the words that ask a message's sender to delete it on every phone; raises `NotFound`."""
		with self._archive.reading() as connection:
			row = next(iter(messages.rows(connection, [message_id])), None)
			held = suggestions.of_messages(connection, [message_id], "open")
		if row is None or row.sender is None:
			raise NotFound("No sender of this message is known.", _UNCHANGED)
		named = dict.fromkeys(kinds()[one.detector].one for one in held.get(row.id, ()))
		filled = {
			"name": row.sender,
			"council": self._archive.council,
			"group": row.group,
			"day": day_words(row.sent_at.date()),
			"time": f"{row.sent_at:%H:%M}",
			"what": _private(list(named)),
		}
		words = delete_words()
		subject, email, chat = (one.strip().format_map(filled) for one in (words.subject, words.email, words.chat))
		return DeleteAsk(row.sender, subject, email, chat)

	# the council's own words
	def words(self) -> list[CouncilWord]:
		"""Return the council's own words, to be pointed at or never pointed at."""
		with self._archive.reading() as connection:
			return watched.words(connection)

	def add_word(self, written: str, sort: WordSort) -> int:
		"""Keep a word of the council's own; the next look takes it into account. Raises `CranfordError`."""
		words = " ".join(written.split())
		if not same_words("", words):
			raise CranfordError("There is no word in it.", "Nothing was added.", "Type a word, a number or an address.")
		if len(words) > _LONGEST_WORD:
			raise CranfordError("That is too long.", "Nothing was added.", "Type a few words only.")
		now = self._clock()
		with self._archive.writing(now) as change:
			word_id = watched.put_word(change.connection, words, sort, now)
			change.record("added a word of the council's own", {"word": word_id, "sort": sort})
		return word_id

	def drop_word(self, word_id: int) -> None:
		"""Let go of a word of the council's own; raises `NotFound`."""
		with self._archive.writing(self._clock()) as change:
			watched.drop_word(change.connection, word_id)
			change.record("removed a word of the council's own", {"word": word_id})


def _mark(watch: Watch) -> str:
	"""Return what names the detectors, words and names of a look."""
	return sha256(repr((REVISION, vocabulary(), watch)).encode("utf-8", "surrogatepass")).hexdigest()


def _local(several: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
	return tuple(_told(one) for one in several)


def _told(one: Suggestion) -> Suggestion:
	return one if one.answered_at is None else replace(one, answered_at=one.answered_at.astimezone(LONDON))


def _private(named: Sequence[str]) -> str:
	"""Return what a message seems to hold, in words that say nothing of it."""
	return f"private details ({', '.join(named)})" if named else "private details"
