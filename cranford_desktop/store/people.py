"""Who is who: renderings that exports show, and the people the clerk has confirmed behind them."""

import json
import re
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.membership import role_on
from cranford_desktop.domain.people import Person, Sender, folded_name, plain_name
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.shown import is_number
from cranford_desktop.store.terms import all_terms


def number_key(name: str) -> str | None:
	"""Return a telephone number as compared, whatever its spacing and form of prefix; None for a name.

	"+44 7700 900123", "0044 7700 900123" and "07700 900123" are one number.
	"""
	plain = plain_name(name)
	if not is_number(plain):
		return None
	digits = re.sub(r"\D", "", plain)
	if digits.startswith("00"):
		digits = digits[2:]
	elif digits.startswith("0"):
		digits = "44" + digits[1:]
	return re.sub(r"^440", "44", digits)


def alias_ids(c: Connection, name: str) -> list[int]:
	"""Return the aliases that a confirmed name or a rendering means, with everything else that is that person's.

	Empty for a name no export shows and the clerk has not given.
	"""
	folded, number = folded_name(name), number_key(name)
	found: set[int] = set()
	people: set[int] = set()
	for alias_id, alias, person_id, person in c.exec_driver_sql(
		"SELECT a.id, a.folded, a.person_id, p.name FROM alias a LEFT JOIN person p ON p.id = a.person_id"
	):
		meant = (
			alias == folded
			or (person is not None and folded_name(person) == folded)
			or (number is not None and number_key(alias) == number)
		)
		if meant:
			found.add(alias_id)
			people.update({person_id} - {None})
	rows = c.exec_driver_sql(
		"SELECT id FROM alias WHERE person_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(people)),)
	)
	return sorted(found | {row[0] for row in rows})


def names_of(c: Connection, name: str) -> tuple[str, ...]:
	"""Return every name, number and address known of whoever a confirmed name or a rendering means; empty for nobody.

	Of a confirmed person: the confirmed name, what phones show and what the clerk keeps (nicknames, numbers, e-mail and
	postal addresses). Of a rendering that nobody is confirmed for: itself, in each spelling.
	"""
	aliases = alias_ids(c, name)
	rows = c.exec_driver_sql(
		"""
		WITH meant(id) AS (
			SELECT person_id FROM alias WHERE id IN (SELECT value FROM json_each(?1)) AND person_id IS NOT NULL
			UNION SELECT value FROM json_each(?2)
		)
		SELECT name FROM person WHERE id IN meant
		UNION ALL SELECT rendered FROM alias WHERE id IN (SELECT value FROM json_each(?1))
		UNION ALL SELECT value FROM person_detail WHERE person_id IN meant AND kind != 'note'
		""",
		(
			json.dumps(aliases),
			json.dumps([one.id for one in people(c) if folded_name(one.name) == folded_name(name)]),
		),
	)
	return tuple(dict.fromkeys([*(row[0] for row in rows), *renderings(c, aliases)]))


def _exported(c: Connection) -> list[str]:
	"""Return every sender as exports write it, character for character; hops along the index from one to the next."""
	rows = c.exec_driver_sql(
		"""
		WITH RECURSIVE name(value) AS (
			SELECT min(sender) FROM observation
			UNION ALL
			SELECT (SELECT min(sender) FROM observation WHERE sender > value) FROM name WHERE value IS NOT NULL
		) SELECT value FROM name WHERE value IS NOT NULL
		"""
	)
	return [row[0] for row in rows]


def renderings(c: Connection, aliases: list[int]) -> list[str]:
	"""Return the senders, character for character as exported, that these aliases stand for."""
	rows = c.exec_driver_sql(
		"SELECT folded FROM alias WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(aliases),)
	)
	folded = {row[0] for row in rows}
	return [name for name in _exported(c) if folded_name(name) in folded]


def senders(c: Connection, today: date | None = None) -> list[Sender]:
	"""Return every rendering that is the name of messages, with their number, most first, then by name.

	With `today` the role is the one on that day, by the person's terms of office.
	"""
	rows = c.exec_driver_sql(
		"""
		SELECT a.rendered, p.id, p.name, p.role, m.alias_id, g.name, m.messages
		FROM (
			SELECT alias_id, group_id, count(*) AS messages FROM message NOT INDEXED
			WHERE alias_id IS NOT NULL GROUP BY alias_id, group_id
		) m
		JOIN alias a ON a.id = m.alias_id JOIN chat_group g ON g.id = m.group_id
		LEFT JOIN person p ON p.id = a.person_id
		ORDER BY m.alias_id, g.folded
		"""
	)
	terms = all_terms(c) if today is not None else {}
	found: dict[int, Sender] = {}
	for rendered, person_id, name, said_role, alias_id, group, messages in rows:
		role = said_role if today is None else role_on(today, said_role, terms.get(person_id, ()))
		held = found.get(alias_id)
		known, before = (held.groups, held.messages) if held is not None else ((), 0)
		found[alias_id] = Sender(rendered, person_id, name, role, before + messages, (*known, group))
	return sorted(found.values(), key=lambda one: (-one.messages, one.rendered.casefold(), one.rendered))


def in_no_chat(c: Connection, today: date) -> list[Sender]:
	"""Return the people of whom no message is held, by name, with today's role: no rendering, no group."""
	seen = {one.person_id for one in senders(c)}
	terms = all_terms(c)
	return [
		Sender(one.name, one.id, one.name, role_on(today, one.role, terms.get(one.id, ())), 0, ())
		for one in people(c)
		if one.id not in seen
	]


def rename_person(c: Connection, person_id: int, name: str) -> None:
	"""Call a person by another name, which must be free; raises `NotFound`."""
	held = c.exec_driver_sql(
		"UPDATE person SET name = ? WHERE id = ? RETURNING id", (plain_name(name), person_id)
	).scalar()
	if held is None:
		raise NotFound("These records hold no such person.")


def name_sender(c: Connection, rendered: str, name: str, role: str | None, at: datetime) -> int:
	"""Say which person a rendering is and return the person's id.

	A name already given to someone (whatever its case) makes the rendering theirs as well; `role` is then theirs unless
	it is None. A person of whom nothing is left goes. Raises `NotFound` for a rendering that no export shows.
	"""
	alias = c.exec_driver_sql("SELECT id, person_id FROM alias WHERE folded = ?", (folded_name(rendered),)).first()
	if alias is None:
		raise NotFound("No export shows that name.")
	held = next((one for one in people(c) if folded_name(one.name) == folded_name(name)), None)
	if held is None:
		person_id = int(
			c.exec_driver_sql(
				"INSERT INTO person(name, role, created_at) VALUES(?, ?, ?) RETURNING id",
				(plain_name(name), role, moment(at)),
			).scalar_one()
		)
	else:
		person_id = held.id
		c.exec_driver_sql(
			"UPDATE person SET name = ?, role = coalesce(?, role) WHERE id = ?", (plain_name(name), role, person_id)
		)
	c.exec_driver_sql("UPDATE alias SET person_id = ? WHERE id = ?", (person_id, alias[0]))
	drop_nobodies(c)
	return person_id


def drop_nobodies(c: Connection) -> None:
	"""Let go of people without any name in the chats of whom nothing else is recorded either."""
	c.exec_driver_sql(
		"""
		DELETE FROM person WHERE NOT EXISTS (SELECT 1 FROM alias WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM term_of_office WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM phone WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM ask WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM person_detail WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM acknowledgement WHERE person_id = person.id)
			AND NOT EXISTS (SELECT 1 FROM leaver_step WHERE person_id = person.id)
			AND by_hand = 0
		"""
	)


def people(c: Connection) -> list[Person]:
	"""Return the people the clerk has named, by name."""
	aliases: dict[int, list[str]] = {}
	for person_id, rendered in c.exec_driver_sql(
		"SELECT person_id, rendered FROM alias WHERE person_id IS NOT NULL ORDER BY folded"
	):
		aliases.setdefault(person_id, []).append(rendered)
	found = [
		Person(row[0], row[1], row[2], tuple(aliases.get(row[0], ())))
		for row in c.exec_driver_sql("SELECT id, name, role FROM person")
	]
	return sorted(found, key=lambda one: (folded_name(one.name), one.id))


def find_person(c: Connection, name: str) -> Person | None:
	"""Return the person of that confirmed name or rendering; None for an unknown or unconfirmed one."""
	everyone = people(c)
	folded, number = folded_name(name), number_key(name)
	for one in everyone:
		if folded_name(one.name) == folded:
			return one
	for one in everyone:
		if any(folded_name(alias) == folded for alias in one.aliases):
			return one
		if number is not None and any(number_key(alias) == number for alias in one.aliases):
			return one
	return None
