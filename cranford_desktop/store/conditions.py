"""What a filter means, as a condition in SQL on `message m`."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import folded_name
from cranford_desktop.store import hits
from cranford_desktop.store.contents import holds
from cranford_desktop.store.hits import Sql
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.people import alias_ids, renderings
from cranford_desktop.store.search import asked, parse
from cranford_desktop.store.terms import ROLE_ON_DAY

_IN_ROLE = f"""
	EXISTS (SELECT 1 FROM alias a JOIN person p ON p.id = a.person_id WHERE a.id = m.alias_id AND ({ROLE_ON_DAY}) = ?)
"""
_EVER_IN_ROLE = """
	SELECT a.id FROM alias a JOIN person p ON p.id = a.person_id
	WHERE p.role = ?1 OR EXISTS (SELECT 1 FROM term_of_office t WHERE t.person_id = p.id AND t.role = ?1)
"""
_ON_PHONE = """
	EXISTS (SELECT 1 FROM observation o WHERE o.message_id = m.id AND o.export_id IN (
		SELECT e.id FROM export e JOIN phone p ON p.id = e.phone_id WHERE p.folded = ?))
"""
_TAGGED = """
	m.id IN (SELECT t.message_id FROM message_tag t JOIN tag ON tag.id = t.tag_id
		WHERE tag.folded IN (SELECT value FROM json_each(?)))
"""
_NOT_PERSONAL = """
	m.id NOT IN (SELECT id FROM message INDEXED BY ix_message_category
		WHERE category != 'council' AND category = 'personal')
"""
_MANY = 30_000
_LIST = "IN (SELECT value FROM json_each(?))"


def narrowed(c: Connection, f: MessageFilter) -> Sql | None:
	"""Return the condition that every key of a filter but its words makes, with AND before each part of it; None where
	nothing can fit.
	"""
	if f.person is not None and not alias_ids(c, f.person):
		return None
	parts = [*_among(c, f), *_sent(c, f), *_sorted(f)]
	return Sql("".join(f" AND {one.text}" for one in parts), tuple(value for one in parts for value in one.values))


def _among(c: Connection, f: MessageFilter) -> Iterator[Sql]:
	"""Yield which part of the archive is looked at."""
	if f.ids is not None:
		yield Sql(f"m.id {_LIST}", (json.dumps(meant(c, f.ids)),))
	if not f.with_set_aside and anything_set_aside(c):
		yield Sql("m.id NOT IN (SELECT id FROM message INDEXED BY ix_message_set_aside WHERE set_aside = 1)")
	if f.without_personal:
		yield Sql(_NOT_PERSONAL)
	if f.group is not None:
		yield Sql(f"m.group_id {_LIST}", (json.dumps(group_ids(c, f)),))
	elif f.start is not None or f.end is not None:
		# The index on times is one for each group.
		yield Sql("m.group_id IN (SELECT id FROM chat_group)")
	if f.start is not None:
		yield Sql("m.sent_at >= ?", (f.start.isoformat(),))
	if f.end is not None:
		yield Sql("m.sent_at <= ?", (f"{f.end.isoformat()}T99",))


def _sent(c: Connection, f: MessageFilter) -> Iterator[Sql]:
	"""Yield by whom and on which phone."""
	if f.person is not None:
		aliases = alias_ids(c, f.person)
		yield Sql(
			f"(m.alias_id {_LIST} OR m.id IN (SELECT o.message_id FROM observation o"
			f" WHERE o.sender {_LIST} AND o.kind != 'system'))",
			(json.dumps(aliases), json.dumps(renderings(c, aliases))),
		)
	if f.role is not None:
		ever = json.dumps([row[0] for row in c.exec_driver_sql(_EVER_IN_ROLE, (f.role,))])
		yield Sql(f"m.alias_id {_LIST} AND {_IN_ROLE}", (ever, f.role))
	if f.phone is not None:
		yield Sql(_ON_PHONE, (folded_name(f.phone),))


def _sorted(f: MessageFilter) -> Iterator[Sql]:
	"""Yield of which kind, and holding what."""
	if f.kinds is not None:
		yield Sql(f"m.kind {_LIST}", (json.dumps(f.kinds),))
	if f.category is not None:
		yield Sql(f"m.category {_LIST}", (json.dumps(f.category),))
	if f.tag is not None:
		yield Sql(_TAGGED, (json.dumps([folded_name(one) for one in f.tag]),))
	if f.holding is not None:
		held = [holds(one) for one in f.holding]
		yield Sql(
			f"({' OR '.join(one.text for one in held) or 'false'})",
			tuple(value for one in held for value in one.values),
		)


def conditions(c: Connection, f: MessageFilter, *, sweeping: bool = False) -> Sql | None:
	"""Return the whole condition of a filter, to be put after another; None where nothing can fit.

	`sweeping`: the messages are gone through and looked up among the hits, not the hits among the messages.
	"""
	rest = narrowed(c, f)
	if rest is None:
		return None
	found = hits.messages(c, asked(f)) if f.search is not None else None
	if found is None:
		return rest
	# A plus keeps the database from going by the ids.
	return Sql(f" AND {'+' if sweeping else ''}m.id IN ({found.text}){rest.text}", found.values + rest.values)


def many(c: Connection, f: MessageFilter) -> bool:
	"""Say whether a filter leaves so many messages that going through all of them is the shorter way."""
	if f.ids is not None or f.start is not None or f.end is not None:
		return False
	found = hits.messages(c, asked(f)) if f.search is not None else None
	if found is None or any(not one.words for terms in parse(f.search or "") for one in terms):
		return True
	counted = c.exec_driver_sql(f"SELECT count(*) FROM (SELECT 1 FROM ({found.text}) LIMIT {_MANY})", found.values)
	return int(counted.scalar_one()) == _MANY


def anything_set_aside(c: Connection) -> bool:
	"""Say whether any message is set aside; as long as there is none nobody need ask."""
	held = c.exec_driver_sql("SELECT 1 FROM message INDEXED BY ix_message_set_aside WHERE set_aside = 1 LIMIT 1")
	return held.first() is not None


def group_ids(c: Connection, f: MessageFilter) -> list[int]:
	"""Return the groups that a filter leaves, by name."""
	rows = c.exec_driver_sql("SELECT id, folded FROM chat_group ORDER BY folded, id").fetchall()
	wanted = folded_name(f.group) if f.group is not None else None
	return [row[0] for row in rows if wanted is None or row[1] == wanted]
