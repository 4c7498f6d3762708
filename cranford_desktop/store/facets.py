"""How many messages each value of each filter would leave, all other filters as they are."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from sqlalchemy import Connection

from cranford_desktop.domain.membership import Term, role_on
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.searching import Facet, FacetCount
from cranford_desktop.store.conditions import conditions
from cranford_desktop.store.contents import KIND_OF_FILE
from cranford_desktop.store.hits import Sql, link_messages
from cranford_desktop.store.messages import message_ids
from cranford_desktop.store.people import alias_ids
from cranford_desktop.store.terms import all_terms

_CUBE = """
	SELECT m.group_id, m.alias_id, m.category, m.kind, m.edited, m.deleted, count(*) FROM message m WHERE true
"""
_OTHERWISE_SENT = """
	SELECT m.id, m.alias_id, o.sender FROM message m LEFT JOIN alias a ON a.id = m.alias_id
	CROSS JOIN observation o INDEXED BY ix_observation_message_id ON o.message_id = m.id
	WHERE m.group_id IN (SELECT group_id FROM export GROUP BY group_id HAVING count(*) > 1)
		AND (SELECT count(*) FROM observation x WHERE x.message_id = m.id) > 1
		AND o.sender IS NOT a.rendered AND o.sender IS NOT NULL AND o.kind != 'system'
"""
"""Which messages stand under another name on some phone: a search for either name finds them."""
_MEDIA = f"""
	SELECT what, count(DISTINCT id), count(DISTINCT CASE WHEN kind = 'contact' THEN id END) FROM (
		SELECT m.id, m.kind, {KIND_OF_FILE.format(name="o.media_name")} AS what
		FROM message m CROSS JOIN observation o INDEXED BY ix_observation_media ON o.message_id = m.id
		WHERE o.is_media = 1 AND o.media_name IS NOT NULL{{where}}
	) GROUP BY what
"""
_TAGS = """
	SELECT tag.name, count(*) FROM message_tag t JOIN tag ON tag.id = t.tag_id JOIN message m ON m.id = t.message_id
	WHERE true{where} GROUP BY tag.folded
"""
_PHONES = """
	SELECT max(p.name), count(DISTINCT m.id) FROM message m
	CROSS JOIN observation o INDEXED BY ix_observation_message_id ON o.message_id = m.id
	JOIN export e ON e.id = o.export_id JOIN phone p ON p.id = e.phone_id WHERE true{where} GROUP BY p.folded
"""
_ALIASES = """
	SELECT a.id, a.rendered, p.id, p.name, p.role, a.folded FROM alias a LEFT JOIN person p ON p.id = a.person_id
	ORDER BY a.folded
"""
_DAYS = """
	SELECT m.alias_id, substr(m.sent_at, 1, 10), count(*) FROM message m
	WHERE m.alias_id IN (SELECT value FROM json_each(?))
"""


def facets(c: Connection, f: MessageFilter) -> dict[Facet, tuple[FacetCount, ...]]:
	"""Return the counts of every facet; those of one that narrows already are made without it."""
	chosen: list[Facet] = [facet for facet in get_args(Facet) if getattr(f, facet) is not None]
	found = _Counts(c, f).all() if len(chosen) < len(get_args(Facet)) else {}
	for facet in chosen:
		found[facet] = _Counts(c, _without(f, facet)).one(facet)
	return {facet: _in_order(found[facet]) for facet in get_args(Facet)}


def _without(f: MessageFilter, facet: Facet) -> MessageFilter:
	nothing: dict[str, None] = {facet: None}
	return replace(f, **nothing)  # type: ignore[arg-type]


def _in_order(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
	several = [FacetCount(value, messages) for value, messages in counts.items() if messages]
	return tuple(sorted(several, key=lambda one: (-one.messages, one.value.casefold(), one.value)))


class _Counts:
	"""The counts over the messages that one filter leaves."""

	def __init__(self, c: Connection, f: MessageFilter) -> None:
		self._c = c
		self._where = _leaving(c, f)
		aliases = c.exec_driver_sql(_ALIASES).fetchall()
		self._folded = {row[5]: row[0] for row in aliases}
		self._whose = {row[0]: (row[1], row[2], row[3], row[4]) for row in aliases}
		self._cube = {tuple(row[:6]): int(row[6]) for row in self._rows(_CUBE, " GROUP BY 1, 2, 3, 4, 5, 6")}

	def all(self) -> dict[Facet, Mapping[str, int]]:
		"""Return the counts of every facet."""
		return {facet: self.one(facet) for facet in get_args(Facet)}

	def one(self, facet: Facet) -> Mapping[str, int]:
		"""Return the counts of one facet."""
		counted: Mapping[Facet, Callable[[], Mapping[str, int]]] = {
			"group": self._groups,
			"person": self._people,
			"role": self._roles,
			"holding": self._holding,
			"category": lambda: self._summed(2),
			"tag": lambda: {row[0]: row[1] for row in self._related(_TAGS)},
			"phone": lambda: {row[0]: row[1] for row in self._related(_PHONES)},
		}
		return counted[facet]()

	def _rows(self, select: str, ending: str = "", values: tuple[str, ...] = ()) -> Iterable[Any]:
		if self._where is None:
			return []
		return self._c.exec_driver_sql(select + self._where.text + ending, values + self._where.values)

	def _related(self, select: str) -> Sequence[Any]:
		"""Run a query over what belongs to the messages."""
		if self._where is None:
			return []
		return self._c.exec_driver_sql(select.format(where=self._where.text), self._where.values).fetchall()

	def _summed(self, place: int) -> Counter[str]:
		found = Counter[str]()
		for key, messages in self._cube.items():
			found[str(key[place])] += messages
		return found

	def _groups(self) -> Mapping[str, int]:
		names = {str(row[0]): row[1] for row in self._c.exec_driver_sql("SELECT id, name FROM chat_group")}
		return {names[key]: messages for key, messages in self._summed(0).items()}

	def _people(self) -> Mapping[str, int]:
		by_alias = Counter[int]()
		for key, messages in self._cube.items():
			by_alias[key[1]] += messages
		otherwise = [
			(row[0], row[1], alias)
			for row in self._rows(_OTHERWISE_SENT)
			if (alias := self._folded.get(folded_name(row[2]))) is not None and alias != row[1]
		]
		found: dict[str, int] = {}
		seen: set[frozenset[int]] = set()
		for value in dict.fromkeys(name or rendered for rendered, _, name, _ in self._whose.values()):
			aliases = frozenset(alias_ids(self._c, value))
			if aliases not in seen:
				seen.add(aliases)
				more = {message for message, shown, alias in otherwise if alias in aliases and shown not in aliases}
				found[value] = sum(by_alias[one] for one in aliases) + len(more)
		return found

	def _roles(self) -> Mapping[str, int]:
		terms = all_terms(self._c)
		found = Counter[str]()
		for key, messages in self._cube.items():
			_, person_id, _, role = self._whose.get(key[1], (None, None, None, None))
			if role and person_id not in terms:
				found[role] += messages
		in_office = {alias: terms[one[1]] for alias, one in self._whose.items() if one[1] in terms}
		if in_office:
			self._count_terms(in_office, found)
		return found

	def _count_terms(self, in_office: Mapping[Any, list[Term]], found: Counter[str]) -> None:
		rows = self._rows(_DAYS, " GROUP BY 1, 2", (json.dumps([*in_office]),))
		for alias, day, messages in rows:
			role = role_on(date.fromisoformat(str(day)), None, in_office[alias])
			if role:
				found[role] += messages

	def _holding(self) -> Mapping[str, int]:
		found = Counter[str]()
		for what, messages, on_cards in self._related(_MEDIA):
			found[what] += messages - on_cards * (what == "contact")
		for key, messages in self._cube.items():
			if key[3] in {"poll", "location", "contact"}:
				found[key[3]] += messages
			found["edited"] += messages * bool(key[4])
			found["deleted"] += messages * bool(key[5])
		links = link_messages()
		found["link"] = next(
			(int(row[0]) for row in self._rows(f"SELECT count(*) FROM message m WHERE m.id IN ({links.text})")), 0
		)
		return found


def _leaving(c: Connection, f: MessageFilter) -> Sql | None:
	"""Return the condition on `message m` that a filter makes; the hits of a search are worked out once."""
	where = conditions(c, f)
	if where is None or not where.text:
		return where
	if f.search is None and f.ids is None:
		return where
	return Sql(" AND m.id IN (SELECT value FROM json_each(?))", (json.dumps(message_ids(c, f).tolist()),))
