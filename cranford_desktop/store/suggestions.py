"""Suggestions of the finder: written in one go after a look, listed, answered by the clerk."""

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.finding import Done, Found, Scope, State, Suggestion
from cranford_desktop.domain.sensitive import same_words
from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.version_ids import year_of

CHUNK = 4096
MARK = "finder_mark"
"""Setting: with which detectors and words the versions in `looked_version` were looked at."""
_UNLOOKED = """
	SELECT v.id FROM version v LEFT JOIN looked_version l ON l.version_id = v.id
	WHERE l.version_id IS NULL ORDER BY v.id
"""
_TEXTS = """
	SELECT v.id, v.kind, v.text FROM json_each(?) wanted CROSS JOIN version v ON v.id = wanted.value
	WHERE v.kind != 'system' AND (v.text IS NOT NULL OR v.kind = 'contact')
"""
_INSERT = """
	INSERT OR IGNORE INTO suggestion(message_id, version_id, detector, start, "end", found_at, state, reason,
		answered_at, scope, done, case_id)
	SELECT v.message_id, v.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM version v WHERE v.id = ?
"""
_ANSWERED = """
	SELECT v.text, s.start, s."end", s.message_id, m.group_id, s.detector, s.state, s.reason, s.answered_at, s.scope,
		s.done, s.case_id
	FROM suggestion s JOIN version v ON v.id = s.version_id JOIN message m ON m.id = s.message_id
	WHERE s.state != 'open' ORDER BY s.answered_at, s.id
"""
_ROWS = """
	SELECT s.id, s.message_id, s.detector, s.start, s."end", s.state, s.reason, s.scope, s.done, s.case_id,
		s.answered_at, v.text, v.text = w.text
	FROM suggestion s
	JOIN version v ON v.id = s.version_id
	JOIN message m ON m.id = s.message_id
	JOIN version w ON w.id = m.shown_version_id
"""


class Text(NamedTuple):
	"""A version to be looked at."""

	version_id: int
	kind: str
	text: str | None

	@property
	def year(self) -> int:
		"""Return the year in which it was sent."""
		return year_of(self.version_id)


class _Answer(NamedTuple):
	"""An answer that stands, as it is written beside another find."""

	state: str
	reason: str
	answered_at: str | None
	scope: str
	done: str | None
	case_id: int | None


_OPEN = _Answer("open", "", None, "here", None, None)


def unlooked(c: Connection, mark: str) -> "array[int]":
	"""Return the versions to look at: all of them if the finder has changed since, else those that came in since."""
	held = c.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (MARK,)).scalar()
	return array("q", (row[0] for row in c.exec_driver_sql(_UNLOOKED if held == mark else "SELECT id FROM version")))


def texts(c: Connection, ids: Sequence[int]) -> list[Text]:
	"""Return the texts of these versions; those without words, and lines of the app itself, are left out."""
	return [Text._make(row) for row in c.exec_driver_sql(_TEXTS, (json.dumps(list(ids)),)).fetchall()]


def write(
	c: Connection, looked: "array[int]", found: Iterable[Found], mark: str, at: datetime, stopped: Stopped = never
) -> tuple[int, int]:
	"""Write what a look has found; return how many open suggestions are new, and how many no longer hold.

	A version that went meanwhile is passed by. What the clerk has said holds for finds like it.
	"""
	if c.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (MARK,)).scalar() != mark:
		c.exec_driver_sql("DELETE FROM looked_version")
		c.exec_driver_sql("INSERT OR REPLACE INTO setting(key, value) VALUES(?, ?)", (MARK, mark))
	several = list(found)
	fallen = _drop_fallen(c, set(looked), {one[:4] for one in several})
	before = count_open(c)
	said = _Said(c)
	owners = _owners(c, [one.version_id for one in several])
	for start in range(0, len(several), CHUNK):
		check(stopped)
		rows = []
		for one in several[start : start + CHUNK]:
			if one.version_id in owners:
				answer = said.of(*owners[one.version_id], one.detector, one.same)
				rows.append((one.detector, one.start, one.end, moment(at), *answer, one.version_id))
		if rows:
			c.exec_driver_sql(_INSERT, rows)
	for start in range(0, len(looked), CHUNK):
		check(stopped)
		c.exec_driver_sql(
			"INSERT OR IGNORE INTO looked_version(version_id) SELECT v.id FROM json_each(?) wanted"
			" CROSS JOIN version v ON v.id = wanted.value",
			(json.dumps(looked[start : start + CHUNK].tolist()),),
		)
	return count_open(c) - before, fallen


def _drop_fallen(c: Connection, looked: Collection[int], found: Collection[tuple[int, str, int, int]]) -> int:
	gone = [
		(row[0],)
		for row in c.exec_driver_sql(
			"SELECT id, version_id, detector, start, \"end\" FROM suggestion WHERE state = 'open'"
		)
		if row[1] in looked and tuple(row[1:]) not in found
	]
	if gone:
		c.exec_driver_sql("DELETE FROM suggestion WHERE id = ?", gone)
	return len(gone)


def _owners(c: Connection, versions: Sequence[int]) -> dict[int, tuple[int, int]]:
	"""Return the message and the group of each version that there still is."""
	found: dict[int, tuple[int, int]] = {}
	for start in range(0, len(versions), CHUNK):
		for row in c.exec_driver_sql(
			"SELECT v.id, m.id, m.group_id FROM json_each(?) wanted CROSS JOIN version v ON v.id = wanted.value"
			" JOIN message m ON m.id = v.message_id",
			(json.dumps(list(versions[start : start + CHUNK])),),
		):
			found[row[0]] = (row[1], row[2])
	return found


class _Said:
	"""What the clerk has said already: of the same words in a message, of words everywhere, of a kind in a group."""

	def __init__(self, c: Connection) -> None:
		self._here: dict[tuple[int, str, str], _Answer] = {}
		self._words: dict[tuple[str, str], _Answer] = {}
		self._groups: dict[tuple[int, str], _Answer] = {}
		for text, start, end, message_id, group_id, detector, *rest in c.exec_driver_sql(_ANSWERED):
			answer, same = _Answer(*rest), same_words(detector, (text or "")[start:end])
			self._here[message_id, detector, same] = answer
			if answer.scope == "words":
				self._words[detector, same] = answer
			elif answer.scope == "group":
				self._groups[group_id, detector] = answer

	def of(self, message_id: int, group_id: int, detector: str, same: str) -> _Answer:
		"""Return the answer to a find."""
		return (
			self._here.get((message_id, detector, same))
			or self._words.get((detector, same))
			or self._groups.get((group_id, detector))
			or _OPEN
		)


def count_open(c: Connection) -> int:
	"""Count the open suggestions, those of messages set aside too."""
	return int(c.exec_driver_sql("SELECT count(*) FROM suggestion WHERE state = 'open'").scalar_one())


def messages_with(c: Connection, state: State, detector: str | None = None) -> "array[int]":
	"""Return the messages that have suggestions of a state, newest first; what is set aside is left out."""
	rows = c.exec_driver_sql(
		"SELECT m.id FROM (SELECT DISTINCT message_id FROM suggestion"
		" WHERE state = ? AND (? IS NULL OR detector = ?)) s"
		" JOIN message m ON m.id = s.message_id WHERE m.set_aside = 0"
		" ORDER BY m.sent_at DESC, m.group_id, m.position DESC",
		(state, detector, detector),
	)
	return array("q", (row[0] for row in rows))


def count_kinds(c: Connection, state: State) -> dict[str, int]:
	"""Return in how many messages there are suggestions of a state, for each detector."""
	return {
		row[0]: row[1]
		for row in c.exec_driver_sql(
			"SELECT s.detector, count(DISTINCT s.message_id) FROM suggestion s JOIN message m ON m.id = s.message_id"
			" WHERE s.state = ? AND m.set_aside = 0 GROUP BY s.detector",
			(state,),
		)
	}


def of_messages(c: Connection, ids: Sequence[int], state: State) -> dict[int, tuple[Suggestion, ...]]:
	"""Return the suggestions of a state in these messages, in the order in which they stand."""
	rows = c.exec_driver_sql(
		f"{_ROWS} WHERE s.state = ? AND s.message_id IN (SELECT value FROM json_each(?)) ORDER BY s.start, s.id",  # noqa: S608 (our own words)
		(state, json.dumps(list(ids))),
	)
	found: dict[int, list[Suggestion]] = {}
	for one in _joined(rows):
		found.setdefault(one.message_id, []).append(one)
	return {message_id: tuple(several) for message_id, several in found.items()}


def by_id(c: Connection, ids: Sequence[int]) -> list[Suggestion]:
	"""Return suggestions by their numbers; raises `NotFound` if one is there no more."""
	wanted = dict.fromkeys(ids)
	rows = c.exec_driver_sql(
		f"{_ROWS} WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.start, s.id",  # noqa: S608 (our own words)
		(json.dumps(list(wanted)),),
	)
	found = _joined(rows)
	if not found or sum(len(one.ids) for one in found) != len(wanted):
		raise NotFound("This suggestion is there no more.", "Nothing was changed.")
	return found


def _joined(rows: Iterable[Any]) -> list[Suggestion]:
	"""Return rows as suggestions: the same words of a message in one state are one."""
	together: dict[tuple[Any, ...], list[Any]] = {}
	for row in rows:
		together.setdefault((row[1], row[5], row[2], same_words(row[2], (row[11] or "")[row[3] : row[4]])), []).append(
			row
		)
	return [_suggestion(several) for several in together.values()]


def _suggestion(rows: Sequence[Any]) -> Suggestion:
	first = next((row for row in rows if row[12]), rows[0])
	return Suggestion(
		ids=tuple(row[0] for row in rows),
		message_id=first[1],
		detector=first[2],
		words=(first[11] or "")[first[3] : first[4]],
		places=tuple(sorted({(row[3], row[4]) for row in rows if row[12] and row[4] > row[3]})),
		state=first[5],
		reason=first[6],
		scope=first[7],
		done=first[8],
		case_id=first[9],
		answered_at=datetime.fromisoformat(first[10]) if first[10] else None,
	)


def answer(
	c: Connection,
	ids: Iterable[int],
	state: State,
	at: datetime,
	*,
	reason: str = "",
	scope: Scope = "here",
	done: Done | None = None,
	case_id: int | None = None,
) -> None:
	"""Write what the clerk says of suggestions."""
	c.exec_driver_sql(
		"UPDATE suggestion SET state = ?, reason = ?, answered_at = ?, scope = ?, done = ?, case_id = ? WHERE id = ?",
		[(state, reason, moment(at), scope, done, case_id, one) for one in ids],
	)


def reopen(c: Connection, ids: Iterable[int]) -> None:
	"""Take back what the clerk said of suggestions."""
	c.exec_driver_sql(
		"UPDATE suggestion SET state = 'open', reason = '', answered_at = NULL, scope = 'here', done = NULL,"
		" case_id = NULL WHERE id = ?",
		[(one,) for one in ids],
	)


def like(c: Connection, one: Suggestion, scope: Scope, state: State) -> list[int]:
	"""Return the suggestions of a state that a scope reaches from one: it alone, the same words, or its kind in its
	group. Of those dismissed, only the ones that were dismissed with that scope.
	"""
	if scope == "here":
		return [*one.ids]
	rows = c.exec_driver_sql(
		'SELECT s.id, v.text, s.start, s."end", m.group_id = (SELECT group_id FROM message'
		" WHERE id = ?) FROM suggestion s JOIN version v ON v.id = s.version_id JOIN message m ON m.id = s.message_id"
		" WHERE s.detector = ? AND s.state = ? AND (s.state = 'open' OR s.scope = ?)",
		(one.message_id, one.detector, state, scope),
	)
	if scope == "group":
		return [row[0] for row in rows if row[4]]
	same = same_words(one.detector, one.words)
	return [row[0] for row in rows if same_words(one.detector, (row[1] or "")[row[2] : row[3]]) == same]
