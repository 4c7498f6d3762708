"""Which messages hold what is looked for, as SQL that streams: nothing here holds the hits of a search.

A message is found by an alternative where one of its versions, together with the names and words of its files and what
the clerk noted of them, holds every word of it, and where none of its versions and files holds a word left out.
Signs are looked for in versions only. Each alternative is a *source*; a search is all its sources.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.store.search import Asked, Term, parse, words_in
from cranford_desktop.store.vocabulary import same_stem

_MOST_PHRASES = 2000
"""A phrase with words taken out is asked for in each spelling that is left; with more of them it is asked for as if
none had been taken out: too much is found, never too little."""
_COMPOUND = 400
"""SELECTs that one UNION holds; the database knows no more than 500."""
_IN_FILES = """
	SELECT o.message_id FROM {index} f CROSS JOIN file_text x ON x.id = f.rowid
	CROSS JOIN observation o INDEXED BY ix_observation_file ON o.file_id = x.file_id WHERE {index} MATCH ?
"""


class Sql(NamedTuple):
	"""A piece of SQL with the values of its places."""

	text: str
	values: tuple[str, ...] = ()


class Asking(NamedTuple):
	"""What the two indexes are asked for one thing."""

	stems: str | None
	plain: str | None
	"""One of the two; neither where the archive cannot hold it."""


class Source(NamedTuple):
	"""One alternative of a search."""

	versions: Sql | None
	"""FROM and WHERE over `version v` whose rowids stream in order; None where it looks for nothing in particular."""
	rowid: str
	"""The column by which they stream."""
	files: Sql | None
	"""SELECT of ids of messages that only the words of their files make hits; None where there can be none."""
	left_out: Sql
	"""Condition on `{message}`, an SQL name to be put in: which hits are left out."""


def sources(c: Connection, what: Asked) -> list[Source] | None:
	"""Return the alternatives of a search as SQL; None where it looks for nothing."""
	alternatives = parse(what.words)
	if not alternatives:
		return None
	files = c.exec_driver_sql("SELECT 1 FROM file_text LIMIT 1").first() is not None
	simple: list[str] = []
	found: list[Source] = []
	for terms in alternatives:
		asked = [(one, _asking(c, one, what)) for one in terms if one.words]
		inside = [ask for one, ask in asked if not one.excluded]
		if not files and len(asked) == len(terms) == len(inside) and all(ask.stems for ask in inside):
			simple.append(_all([ask.stems for ask in inside if ask.stems]))
		else:
			found.append(_source(terms, asked, files=files))
	if simple:
		whole = simple[0] if len(simple) == 1 else " OR ".join(f"({one})" for one in simple)
		found.insert(0, Source(*_matching(whole, None, ()), None, Sql("true")))
	return found


def messages(c: Connection, what: Asked) -> Sql | None:
	"""Return SELECTs of the ids of all messages found, some more than once; None where nothing is looked for."""
	found = sources(c, what)
	if found is None:
		return None
	selects = [select for one in found for select in _selects(one)]
	values = tuple(value for select in selects for value in select.values)
	parts = [
		" UNION ALL ".join(select.text for select in selects[start : start + _COMPOUND])
		for start in range(0, len(selects), _COMPOUND)
	]
	return Sql(parts[0] if len(parts) == 1 else " UNION ALL ".join(f"SELECT * FROM ({one})" for one in parts), values)


def link_messages() -> Sql:
	"""Return a SELECT of the ids of messages that hold an address of the web."""
	ask = 'version_plain MATCH \'"http" OR "https" OR "www"\''
	return Sql(
		"SELECT v.message_id FROM version_plain t CROSS JOIN version v INDEXED BY ix_version_owner"
		f" ON v.id = t.rowid WHERE {ask}"
	)


def anywhere(c: Connection, what: Asked) -> list[tuple[str, str]]:
	"""Return what the files are asked for any of the words of a search: index and query."""
	inside = [one for terms in parse(what.words) for one in terms if one.words and not one.excluded]
	return _either([_asking(c, one, what) for one in inside])


def _selects(one: Source) -> Iterator[Sql]:
	if one.versions is None:
		left_out = Sql(one.left_out.text.replace("{message}", "n.id"), one.left_out.values)
		yield Sql(f"SELECT n.id FROM message n WHERE {left_out.text}", left_out.values)
		return
	left_out = Sql(one.left_out.text.replace("{message}", "v.message_id"), one.left_out.values)
	yield Sql(f"SELECT v.message_id {one.versions.text} AND {left_out.text}", one.versions.values + left_out.values)
	if one.files is not None:
		left_out = Sql(one.left_out.text.replace("{message}", "f.message_id"), one.left_out.values)
		yield Sql(
			f"SELECT f.message_id FROM ({one.files.text}) f WHERE {left_out.text}", one.files.values + left_out.values
		)


def _source(terms: Sequence[Term], asked: Sequence[tuple[Term, Asking]], *, files: bool) -> Source:
	inside = [ask for one, ask in asked if not one.excluded]
	outside = [ask for one, ask in asked if one.excluded]
	signs = [one.text for one in terms if not one.words and not one.excluded]
	left_out = _left_out(outside, [one.text for one in terms if not one.words and one.excluded], files=files)
	if not inside and not signs:
		return Source(None, "v.id", None, left_out)
	stems, plain = [one.stems for one in inside if one.stems], [one.plain for one in inside if one.plain]
	versions, rowid = _matching(_all(stems) if stems else None, _all(plain) if plain else None, signs)
	if not all(any(one) for one in inside):
		versions = Sql(f"{versions.text} AND false", versions.values)
	return Source(versions, rowid, _in_files(inside, signs) if files and inside else None, left_out)


def _matching(stems: str | None, plain: str | None, signs: Sequence[str]) -> tuple[Sql, str]:
	"""Return FROM and WHERE over the versions that hold everything, and by which rowid they come in order."""
	values: list[str] = []
	if stems is None and plain is None:
		table, where, rowid = "FROM version v", "true", "v.id"
	else:
		index = "version_plain" if stems is None else "version_text"
		# Only with what is read from the index itself need the texts not be touched.
		through = "" if signs else " INDEXED BY ix_version_owner"
		table, rowid = f"FROM {index} t CROSS JOIN version v{through} ON v.id = t.rowid", "t.rowid"
		where = f"{index} MATCH ?"
		values.append(stems or plain or "")
		if stems is not None and plain is not None:
			# The plus keeps the other index's hits a set to look into, instead of a list to go through.
			where += " AND +t.rowid IN (SELECT rowid FROM version_plain WHERE version_plain MATCH ?)"
			values.append(plain)
	return Sql(f"{table} WHERE {where}{_contain(signs, 'v')}", (*values, *signs)), rowid


def _contain(signs: Sequence[str], table: str) -> str:
	return f" AND {balanced([f'instr({table}.normal, ?) > 0' for _ in signs], 'AND')}" if signs else ""


def _in_files(inside: Sequence[Asking], signs: Sequence[str]) -> Sql:
	"""Return the messages of which a file holds at least one of the words, and a version or the files the others."""
	some = [Sql(_IN_FILES.format(index=index), (ask,)) for index, ask in _either(inside)]
	if not some:
		return Sql("SELECT 0 AS message_id WHERE false")
	values = [value for one in some for value in one.values]
	parts = []
	for one in inside:
		if not any(one):
			return Sql("SELECT 0 AS message_id WHERE false")
		index, in_files, ask = _asks(one)
		parts.append(
			f"(EXISTS (SELECT 1 FROM {index} t WHERE t.rowid = v.id AND {index} MATCH ?)"
			f" OR v.message_id IN ({_IN_FILES.format(index=in_files)}))"
		)
		values += [ask, ask]
	return Sql(
		"SELECT v.message_id FROM version v"
		f" WHERE v.message_id IN ({' UNION '.join(one.text for one in some)}) AND {balanced(parts, 'AND')}"
		+ _contain(signs, "v"),
		(*values, *signs),
	)


def _either(asked: Sequence[Asking]) -> list[tuple[str, str]]:
	"""Return what the files are asked for any of some things: index and query."""
	found = []
	for index, several in (("file_words", [one.stems for one in asked]), ("file_plain", [one.plain for one in asked])):
		if telling := [one for one in several if one]:
			found.append((index, " OR ".join(f"({one})" for one in telling)))
	return found


def _asks(one: Asking) -> tuple[str, str, str]:
	"""Return the index over versions, that over files, and what either is asked."""
	if one.stems is not None:
		return "version_text", "file_words", one.stems
	return "version_plain", "file_plain", one.plain or ""


def _left_out(outside: Sequence[Asking], signs: Sequence[str], *, files: bool) -> Sql:
	"""Return the condition that no version and no file of a message holds any of what is left out."""
	parts, values = [], []
	for index, several in (
		("version_text", [one.stems for one in outside]),
		("version_plain", [one.plain for one in outside]),
	):
		if telling := [one for one in several if one]:
			parts.append(
				"NOT EXISTS (SELECT 1 FROM version w INDEXED BY ix_version_message_id WHERE w.message_id = {message}"
				f" AND +w.id IN (SELECT rowid FROM {index} WHERE {index} MATCH ?))"
			)
			values.append(" OR ".join(f"({one})" for one in telling))
	if files:
		for index, ask in _either(outside):
			parts.append("{message} NOT IN (" + _IN_FILES.format(index=index) + ")")
			values.append(ask)
	if signs:
		held = balanced(["instr(w.normal, ?) > 0" for _ in signs], "OR")
		parts.append(f"NOT EXISTS (SELECT 1 FROM version w WHERE w.message_id = {{message}} AND {held})")
		values += signs
	return Sql(" AND ".join(parts) or "true", tuple(values))


def _asking(c: Connection, term: Term, what: Asked) -> Asking:
	"""Return what the indexes are asked for a term: stems, unless it has to be taken as it is written."""
	if what.exact or term.prefix:
		return Asking(None, _quoted(term.text) + ("*" if term.prefix else ""))
	if what.dropped:
		words = words_in(term.text)
		forms = [sorted(same_stem(c, word)) for word in words]
		if any(not what.dropped.isdisjoint(several) for several in forms):
			left = [[one for one in several if one not in what.dropped] for several in forms]
			if not all(left):
				return Asking(None, None)
			number = 1
			for several in left:
				number *= len(several)
			if number <= _MOST_PHRASES:
				return Asking(None, " OR ".join(_quoted(" ".join(one)) for one in product(*left)))
	return Asking(_quoted(term.text), None)


def _quoted(text: str) -> str:
	return '"' + text.replace('"', '""') + '"'


def _all(parts: Sequence[str]) -> str:
	return parts[0] if len(parts) == 1 else " AND ".join(f"({one})" if " OR " in one else one for one in parts)


def balanced(parts: Sequence[str], joined: str) -> str:
	"""Join conditions so that they nest only as deep as a tree of them need: the database stops at a depth of 1,000."""
	if len(parts) == 1:
		return parts[0]
	half = len(parts) // 2
	return f"({balanced(parts[:half], joined)} {joined} {balanced(parts[half:], joined)})"
