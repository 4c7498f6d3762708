"""Saying what kind of business messages are, and tagging them: by exception, in bulk, and always undoable.

Each act is one transaction with its entry in the record of actions: numbers and counts, no words. An act can be undone
at any time, after a restart too; what was sorted again since then stays as it is.
"""

from collections.abc import Callable, Sequence

from cranford_desktop.domain.messages import Category, MessageFilter, MessageRow
from cranford_desktop.domain.sorting import (
	LONGEST_TAG,
	SHOWS,
	Act,
	KindSuggestion,
	Reach,
	Saying,
	SuggestedKind,
	Tag,
	TagRef,
	TagSort,
	Undone,
	suggest_kind,
	tag_name,
)
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import dismissed, groups, messages, said
from cranford_desktop.store import sorting as books
from cranford_desktop.store import tags as tag_books
from cranford_desktop.store.archive import Archive, Change
from cranford_desktop.store.ledger import JSON
from cranford_desktop.suggestion_words import kind_words

MOST = 300
"""Suggestions shown at once, newest first."""
_UNCHANGED = "Nothing was changed."
_DETECTOR = "kind"
_Acting = Callable[[Change], Act | None]
_CHUNK = 1000


class _NothingToDo(Exception):
	"""Everything asked for is so already: the change is left, and nothing of it kept."""


class Sorting:
	"""Kinds, tags, what was done with them, and suggestions that decide nothing."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def reach(self, message_ids: Sequence[int], reach: Reach) -> list[int]:
		"""Return the messages that an act on some messages reaches; raises `NotFound`."""
		if reach == "these":
			return list(dict.fromkeys(message_ids))
		with self._archive.reading() as connection:
			return books.within(connection, message_ids[0], whole_day=reach == "day")

	def say_kind(self, message_ids: Sequence[int], kind: Category) -> Act | None:
		"""Say of messages what kind of business they are; None where all of them are of it already."""
		return self._one(self._kind(message_ids, kind))

	def tag(self, message_ids: Sequence[int], name: str, sort: TagSort = "topic") -> Act | None:
		"""Put a tag on messages, made if there is none of that name; None where all of them carry it already.

		What a photo shows goes on messages with a photo or a file. Raises `CranfordError` for a name that is none.
		"""
		return self._one(self._put(message_ids, name, sort))

	def untag(self, message_ids: Sequence[int], tag_ids: Sequence[int] | None = None) -> Act | None:
		"""Take tags off messages, all of them if none is named; None where none of the messages carries one."""
		return self._one(self._off(message_ids, tag_ids))

	def say(self, message_ids: Sequence[int], saying: Saying, stopped: Stopped = never) -> list[Act]:
		"""Say a kind, put tags on and take tags off, all in one transaction; return what it changed."""
		acts = [self._kind(message_ids, saying.kind)] if saying.kind is not None else []
		acts += [self._off(message_ids, saying.off)] if saying.off else []
		acts += [self._put(message_ids, name, sort) for name, sort in saying.put]
		return self._do(acts, stopped)

	def tags(self) -> list[Tag]:
		"""Return all tags with how many messages carry each: what photos show, then topics by name."""
		with self._archive.reading() as connection:
			return tag_books.tags(connection)

	def tags_of(self, message_ids: Sequence[int]) -> dict[int, tuple[TagRef, ...]]:
		"""Return the tags of messages; a message without any is left out."""
		with self._archive.reading() as connection:
			return tag_books.tags_of(connection, message_ids)

	def rename(self, tag_id: int, name: str) -> Act | None:
		"""Give a tag another name; None where it has it already. Raises `CranfordError` where another tag has it."""
		wanted = _checked(name)

		def act(change: Change) -> Act | None:
			c, now = change.connection, self._clock()
			before = self._topic(change, tag_id)
			if before.name == wanted:
				return None
			tag_books.rename_tag(c, tag_id, wanted)
			reached = len(books.carrying(c, tag_id))
			number = books.begin(c, "rename", now)
			return books.end(c, number, {"tags": [list(before)], "now": wanted, "messages": reached})

		return self._one(act)

	def merge(self, tag_id: int, into: int) -> Act | None:
		"""Put one tag's messages under another one, and let the first go."""
		if tag_id == into:
			return None

		def act(change: Change) -> Act | None:
			c, now = change.connection, self._clock()
			before, other = self._topic(change, tag_id), tag_books.tag(c, into)
			ids = books.carrying(c, tag_id)
			number = books.begin(c, "merge", now)
			books.put_tag(c, number, into, ids, now)
			books.take_off(c, number, tag_id, ids)
			said.sort_out(c, ids)
			tag_books.drop_tag(c, tag_id)
			return books.end(c, number, {"tags": [list(before)], "now": other.name, "messages": len(ids)})

		return self._one(act)

	def forget(self, tag_id: int) -> Act | None:
		"""Take a tag off all messages and let it go; undoing brings both back."""

		def act(change: Change) -> Act | None:
			c, now = change.connection, self._clock()
			before = self._topic(change, tag_id)
			ids = books.carrying(c, tag_id)
			number = books.begin(c, "forget", now)
			books.take_off(c, number, tag_id, ids)
			said.sort_out(c, ids)
			tag_books.drop_tag(c, tag_id)
			return books.end(c, number, {"tags": [list(before)], "messages": len(ids)})

		return self._one(act)

	def acts(self, limit: int = 50) -> list[Act]:
		"""Return what was done last, newest first, undone or not."""
		with self._archive.reading() as connection:
			return books.acts(connection, limit)

	def undo(self, act_id: int | None = None) -> Undone | None:
		"""Undo an act, the last one that stands if none is named; None where there is none, or it is undone already.

		Raises `CranfordError` where it cannot be undone any more: its tag was let go, or another has its name.
		"""
		if act_id is None:
			with self._archive.reading() as connection:
				standing = books.acts(connection, 1, standing_only=True)
			if not standing:
				return None
			act_id = standing[0].id
		return next(iter(self.undo_all([act_id])), None)

	def undo_all(self, act_ids: Sequence[int]) -> list[Undone]:
		"""Undo several acts in one transaction, the last first; those undone already are passed by."""
		now = self._clock()
		done: list[Undone] = []
		try:
			with self._archive.writing(now) as change:
				for act_id in reversed(act_ids):
					act = books.act(change.connection, act_id)
					if act.undone_at is not None:
						continue
					undone = self._undone(change, act)
					books.mark_undone(change.connection, act.id, now)
					change.record("undid sorting", {"act": act.id, "messages": undone.messages, "left": undone.left})
					done.append(undone)
				if not done:
					raise _NothingToDo
		except _NothingToDo:
			return []
		return done

	def suggestion(self, row: MessageRow) -> KindSuggestion | None:
		"""Return the kind that one message may be of, with the reason; None where nothing points to one."""
		if row.category != "council" or row.kind == "system":
			return None
		with self._archive.reading() as connection:
			if row.version_id in dismissed.set_aside_by(connection, _DETECTOR):
				return None
			pair = row.group_id in groups.of_two(connection)
		return suggest_kind(row.text, kind_words(), pair=pair)

	def suggestions(self, progress: Progress = unheard, stopped: Stopped = never) -> list[SuggestedKind]:
		"""Return messages that may be personal, newest first, at most `MOST`: asked for, never counted on their own."""
		words = kind_words()
		query = " OR ".join(f'"{word}"' for one in words.personal for word in one.words)
		with self._archive.reading() as connection:
			aside = dismissed.set_aside_by(connection, _DETECTOR)
			pairs = groups.of_two(connection)
			ids = set(messages.message_ids(connection, MessageFilter(search=query, category=("council",))))
			for name in pairs.values():
				ids.update(messages.message_ids(connection, MessageFilter(group=name, category=("council",))))
			order = messages.message_ids(connection, MessageFilter(ids=tuple(ids)), by_time=True)[::-1]
			found: list[SuggestedKind] = []
			for start in range(0, len(order), _CHUNK):
				check(stopped)
				progress(start, len(order), "messages")
				for row in messages.rows(connection, order[start : start + _CHUNK]):
					if row.kind == "system" or row.version_id in aside:
						continue
					made = suggest_kind(row.text, words, pair=row.group_id in pairs)
					if made is not None:
						found.append(SuggestedKind(row, made))
				if len(found) >= MOST:
					break
		return found[:MOST]

	def put_aside(self, message_id: int) -> None:
		"""Do not suggest a kind for a message's present words again."""
		now = self._clock()
		with self._archive.writing(now) as change:
			message_id = dismissed.put_aside(change.connection, message_id, _DETECTOR, now)
			change.record("put a suggestion aside", {"what": _DETECTOR, "message": message_id})

	def _one(self, act: _Acting) -> Act | None:
		return next(iter(self._do([act])), None)

	def _do(self, acts: Sequence[_Acting], stopped: Stopped = never) -> list[Act]:
		"""Do acts in one transaction, each recorded; nothing is kept where there is nothing to do."""
		done: list[Act] = []
		try:
			with self._archive.writing(self._clock()) as change:
				for act in acts:
					made = act(change)
					check(stopped)
					if made is not None:
						change.record("sorted messages", _told(made))
						done.append(made)
				if not done:
					raise _NothingToDo
		except _NothingToDo:
			return []
		return done

	def _kind(self, message_ids: Sequence[int], kind: Category) -> _Acting:
		return lambda change: books.say_kind(change.connection, message_ids, kind, self._clock())

	def _put(self, message_ids: Sequence[int], name: str, sort: TagSort) -> _Acting:
		wanted = _checked(name)
		known = next((one for one in SHOWS if one.casefold() == wanted.casefold()), None)
		if sort == "shows" and known is None:
			raise CranfordError("Photos show an event, an asset or a project.", _UNCHANGED, "Choose one of them.")

		def act(change: Change) -> Act | None:
			c, now = change.connection, self._clock()
			ids = _with_files(messages.rows(c, list(message_ids))) if known is not None else message_ids
			if known is not None and not ids:
				raise CranfordError(
					"None of these messages holds a photo or a file.", _UNCHANGED, "Choose one that does."
				)
			held = tag_books.named(c, wanted)
			meant = held or tag_books.add_tag(c, known or wanted, "shows" if known else "topic", now)
			return books.say_tag(c, ids, meant, now, made=held is None)

		return act

	def _off(self, message_ids: Sequence[int], tag_ids: Sequence[int] | None) -> _Acting:
		def act(change: Change) -> Act | None:
			c = change.connection
			wanted = [one.id for one in tag_books.tags(c)] if tag_ids is None else tag_ids
			return books.unsay_tags(c, message_ids, [tag_books.tag(c, one) for one in wanted], self._clock())

		return act

	def _topic(self, change: Change, tag_id: int) -> TagRef:
		"""Return a tag that may be renamed or let go; raises for what photos show, which the policy names."""
		found = tag_books.tag(change.connection, tag_id)
		if found.sort == "shows":
			raise CranfordError(
				f"“{found.name}” comes from the council’s policy and stays.",
				_UNCHANGED,
				"Take it off messages instead.",
			)
		return found

	def _undone(self, change: Change, act: Act) -> Undone:
		c, now = change.connection, self._clock()
		if act.what == "kind" and act.kind is not None:
			return Undone(act, *books.restore_kinds(c, act.id, act.kind))
		if act.what == "rename":
			tag_books.tag(c, act.tags[0].id)
			tag_books.rename_tag(c, act.tags[0].id, act.tags[0].name)
			return Undone(act, act.messages, 0)
		if act.what in ("merge", "forget"):
			tag_books.add_tag(c, act.tags[0].name, act.tags[0].sort, now, tag_id=act.tags[0].id)
		elif lost := [one for one in act.tags if one.id not in {known.id for known in tag_books.tags(c)}]:
			raise NotFound(f"The tag “{lost[0].name}” was removed since.", _UNCHANGED, "Undo that first, then this.")
		reached = books.restore_tags(c, act.id, now)
		if act.what == "tag" and books.was_made(c, act.id) and not books.carrying(c, act.tags[0].id):
			tag_books.drop_tag(c, act.tags[0].id)
		return Undone(act, reached, 0)


def _checked(name: str) -> str:
	wanted = tag_name(name)
	if not wanted:
		raise CranfordError("A tag needs a name.", _UNCHANGED, "Type one or two words.")
	if len(wanted) > LONGEST_TAG:
		raise CranfordError(
			f"A tag’s name has at most {LONGEST_TAG} letters.", _UNCHANGED, "Choose a shorter one: “Mill Lane”."
		)
	return wanted


def _with_files(rows: Sequence[MessageRow]) -> list[int]:
	return [one.id for one in rows if one.attachments]


def _told(act: Act) -> dict[str, JSON]:
	detail: dict[str, JSON] = {"act": act.id, "what": act.what, "messages": act.messages}
	if act.kind is not None:
		detail["kind"] = act.kind
	if act.tags:
		detail["tags"] = [one.id for one in act.tags]
	return detail
