"""The directory: people with what is kept of each, joins of two people, leavers' steps, who read the policy."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.directory import (
	DetailKind,
	DirectoryEntry,
	Involved,
	LeaverStep,
	PeopleJoin,
	PersonDetail,
	mention_words,
)
from cranford_desktop.domain.membership import is_office
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.errors import NotFound
from cranford_desktop.store import messages, name_guesses
from cranford_desktop.store.groups import moment
from cranford_desktop.store.people import drop_nobodies, number_key, people
from cranford_desktop.store.terms import all_terms, roll

_SENT = """
	SELECT a.person_id, sum(m.messages), min(m.first), max(m.last)
	FROM (
		SELECT alias_id, count(*) AS messages, min(sent_at) AS first, max(sent_at) AS last FROM message NOT INDEXED
		WHERE alias_id IS NOT NULL GROUP BY alias_id
	) m JOIN alias a ON a.id = m.alias_id WHERE a.person_id IS NOT NULL GROUP BY a.person_id
"""
_EXPORTED = """
	SELECT p.person_id, max(e.imported_at) FROM phone p JOIN export e ON e.phone_id = p.id
	WHERE p.person_id IS NOT NULL AND e.set_aside_at IS NULL GROUP BY p.person_id
"""


def entries(c: Connection, today: date, policy_id: int) -> list[DirectoryEntry]:
	"""Return everybody in the directory, by name; goes over every message once."""
	sent = {row[0]: row[1:] for row in c.exec_driver_sql(_SENT)}
	exported = {row[0]: datetime.fromisoformat(row[1]).date() for row in c.exec_driver_sql(_EXPORTED)}
	read = {
		row[0]: date.fromisoformat(row[1])
		for row in c.exec_driver_sql("SELECT person_id, on_date FROM acknowledgement WHERE policy_id = ?", (policy_id,))
	}
	details: dict[int, list[PersonDetail]] = {}
	for row in c.exec_driver_sql("SELECT person_id, id, kind, value, source FROM person_detail ORDER BY kind, folded"):
		details.setdefault(row[0], []).append(PersonDetail(row[1], row[2], row[3], row[4]))
	aliases = {one.id: one.aliases for one in people(c)}
	terms = all_terms(c)
	found = []
	for one in roll(c):
		messages, first, last = sent.get(one.person_id, (0, None, None))
		offices = [term for term in terms.get(one.person_id, ()) if is_office(term.role)]
		ends = [term.end for term in offices]
		gone = max((end for end in ends if end is not None), default=None) if offices and all(ends) else None
		found.append(
			DirectoryEntry(
				person_id=one.person_id,
				name=one.name,
				role=one.role_on(today),
				aliases=aliases.get(one.person_id, ()),
				details=tuple(details.get(one.person_id, ())),
				messages=messages,
				first_seen=datetime.fromisoformat(first) if first else None,
				last_seen=datetime.fromisoformat(last) if last else None,
				last_export=exported.get(one.person_id),
				acknowledged=read.get(one.person_id),
				left_on=gone if gone is not None and gone < today else None,
			)
		)
	return found


def words_for(entry: DirectoryEntry) -> str:
	"""Return the search for the mentions of a person."""
	emails = [one.value for one in entry.details if one.kind == "email"]
	return mention_words(entry.name, entry.other_names, entry.numbers, emails)


def mentioned(c: Connection, entry: DirectoryEntry, words: str) -> int:
	"""Count the messages of others that a person's names, numbers or addresses stand in."""
	if not words:
		return 0
	everywhere = MessageFilter(search=words)
	return messages.count(c, everywhere) - messages.count(c, replace(everywhere, person=entry.name))


def cases_of(c: Connection, entry: DirectoryEntry) -> list[Involved]:
	"""Return the cases in which a person is named, newest first."""
	names = {folded_name(one) for one in (entry.name, *entry.aliases, *entry.other_names)}
	return [
		Involved(reference, title, f"cases:{case_id}")
		for case_id, reference, title, named in c.exec_driver_sql(
			"SELECT id, reference, title, people FROM case_file ORDER BY id DESC"
		)
		if names & {folded_name(one) for one in json.loads(named)}
	]


def requests_of(c: Connection, entry: DirectoryEntry) -> list[Involved]:
	"""Return the requests that a person made, or in which they are covered up, newest first."""
	names = {folded_name(one) for one in (entry.name, *entry.aliases, *entry.other_names)}
	covered = {
		row[0]
		for row in c.exec_driver_sql("SELECT request_id, value FROM redaction WHERE kind = 'person'")
		if folded_name(row[1].split("\n")[0]) in names
	}
	return [
		Involved(
			reference, "Asked by them" if folded_name(requester) in names else "Covered up in it", f"requests:{number}"
		)
		for number, reference, requester in c.exec_driver_sql(
			"SELECT id, reference, requester FROM request ORDER BY id DESC"
		)
		if number in covered or folded_name(requester) in names
	]


def add_person(c: Connection, name: str, role: str | None, at: datetime) -> int:
	"""Enter a person whom no chat need show and return their id; raises `NotFound` for a name that is taken."""
	if any(folded_name(one.name) == folded_name(name) for one in people(c)):
		raise NotFound("Somebody of that name is in the directory already.", "Nothing was changed.", "Open their page.")
	return int(
		c.exec_driver_sql(
			"INSERT INTO person(name, role, created_at, by_hand) VALUES(?, ?, ?, 1) RETURNING id",
			(plain_name(name), role, moment(at)),
		).scalar_one()
	)


def rename(c: Connection, person_id: int, name: str) -> None:
	"""Give a person another name; raises `NotFound` for nobody, or for somebody else's name."""
	if any(folded_name(one.name) == folded_name(name) and one.id != person_id for one in people(c)):
		raise NotFound(
			"Somebody else has that name.",
			"Nothing was changed.",
			"If they are one person, join the two on their page.",
		)
	_one(c, "UPDATE person SET name = ? WHERE id = ? RETURNING id", (plain_name(name), person_id))


def detail_key(kind: DetailKind, value: str) -> str:
	"""Return how a detail is compared: a number in its international form, all else folded."""
	number = number_key(value) if kind == "phone" else None
	return number if number is not None else folded_name(value)


def add_detail(c: Connection, person_id: int, kind: DetailKind, value: str, source: str) -> bool:
	"""Keep something of a person; return whether it was not kept already. Raises `NotFound`."""
	_one(c, "SELECT id FROM person WHERE id = ?", (person_id,))
	added = c.exec_driver_sql(
		"""
		INSERT OR IGNORE INTO person_detail(person_id, kind, value, folded, source) VALUES(?, ?, ?, ?, ?) RETURNING id
		""",
		(person_id, kind, value, detail_key(kind, value), source),
	).scalar()
	return added is not None


def drop_detail(c: Connection, detail_id: int) -> int:
	"""Keep something no longer; return whose it was. Raises `NotFound`."""
	return _one(c, "DELETE FROM person_detail WHERE id = ? RETURNING person_id", (detail_id,))


def join(c: Connection, kept_id: int, gone_id: int, at: datetime) -> int:
	"""Make two people one, the first; return the join's number, for parting them. Raises `NotFound`."""
	name, role = c.exec_driver_sql("SELECT name, role FROM person WHERE id = ?", (kept_id,)).first() or (None, None)
	if name is None or kept_id == gone_id or not _known(c, gone_id):
		raise NotFound("The directory does not hold two such people.", "Nothing was changed.")
	gone, moved = name_guesses.absorb(c, gone_id, kept_id)
	before = {
		"made": None,
		"kept": {"id": kept_id, "name": name, "role": role},
		"now": name,
		"gone": gone,
		"moved": moved,
		"aliases": [],
	}
	return int(
		c.exec_driver_sql(
			"INSERT INTO person_join(kept_id, gone_id, before, at) VALUES(?, ?, ?, ?) RETURNING id",
			(kept_id, gone_id, json.dumps(before, ensure_ascii=False), moment(at)),
		).scalar_one()
	)


def joins(c: Connection, person_id: int) -> list[PeopleJoin]:
	"""Return the people who were made one with a person, newest first."""
	return [
		PeopleJoin(row[0], row[1], json.loads(row[2])["gone"]["name"], datetime.fromisoformat(row[3]))
		for row in c.exec_driver_sql(
			"""
			SELECT id, kept_id, before, at FROM person_join
			WHERE kept_id = ? AND taken_back_at IS NULL ORDER BY id DESC
			""",
			(person_id,),
		)
	]


def part(c: Connection, join_id: int, at: datetime) -> int:
	"""Part two people again and return the id of the one who had gone. Raises `NotFound`."""
	row = c.exec_driver_sql(
		"SELECT before, kept_id FROM person_join WHERE id = ? AND taken_back_at IS NULL", (join_id,)
	).first()
	if row is None or not _known(c, row[1]):
		raise NotFound("They have been parted already.", "Nothing was changed.")
	known = {one.id for one in people(c)}
	name_guesses.part(c, json.loads(row[0]))
	c.exec_driver_sql("UPDATE person_join SET taken_back_at = ? WHERE id = ?", (moment(at), join_id))
	back = [one.id for one in people(c) if one.id not in known]
	drop_nobodies(c)
	return back[0] if back else row[1]


def steps(c: Connection, person_id: int, known: tuple[LeaverStep, ...]) -> list[LeaverStep]:
	"""Return a leaver's steps with what was done."""
	done = {
		row[0]: (date.fromisoformat(row[1]), row[2])
		for row in c.exec_driver_sql("SELECT step, done_on, note FROM leaver_step WHERE person_id = ?", (person_id,))
	}
	return [LeaverStep(one.key, one.words, one.why, *done.get(one.key, (None, ""))) for one in known]


def set_step(c: Connection, person_id: int, key: str, done_on: date | None, note: str) -> None:
	"""Record a step as done, or as still to do (None). Raises `NotFound`."""
	_one(c, "SELECT id FROM person WHERE id = ?", (person_id,))
	if done_on is None:
		c.exec_driver_sql("DELETE FROM leaver_step WHERE person_id = ? AND step = ?", (person_id, key))
		return
	c.exec_driver_sql(
		"""
		INSERT INTO leaver_step(person_id, step, done_on, note) VALUES(?, ?, ?, ?)
		ON CONFLICT(person_id, step) DO UPDATE SET done_on = excluded.done_on, note = excluded.note
		""",
		(person_id, key, done_on.isoformat(), note),
	)


def acknowledge(c: Connection, person_id: int, policy_id: int, on: date, how: str, at: datetime) -> None:
	"""Record that a person acknowledged a version of the policy; a second time corrects the first."""
	_one(c, "SELECT id FROM person WHERE id = ?", (person_id,))
	c.exec_driver_sql(
		"""
		INSERT INTO acknowledgement(person_id, policy_id, on_date, how, recorded_at) VALUES(?, ?, ?, ?, ?)
		ON CONFLICT(person_id, policy_id) DO UPDATE SET on_date = excluded.on_date, how = excluded.how,
			recorded_at = excluded.recorded_at
		""",
		(person_id, policy_id, on.isoformat(), how, moment(at)),
	)


def unnamed(c: Connection) -> Mapping[str, str]:
	"""Return the names and numbers that phones show and nobody is named for, by how they are compared."""
	return {
		number_key(row[0]) or row[1]: row[0]
		for row in c.exec_driver_sql("SELECT rendered, folded FROM alias WHERE person_id IS NULL ORDER BY id DESC")
	}


def _known(c: Connection, person_id: int) -> bool:
	return c.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).scalar() is not None


def _one(c: Connection, statement: str, values: tuple[object, ...]) -> int:
	found = c.exec_driver_sql(statement, values).scalar()
	if found is None:
		raise NotFound("These records hold nothing of that number.", "Nothing was changed.")
	return int(found)
