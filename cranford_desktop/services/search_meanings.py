"""What the words of a search may mean beside themselves: the name of somebody who wrote, or a month.

Offered like the other ideas, never done by itself.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cranford_desktop.domain.day_words import MONTHS, month_words
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.searching import Idea
from cranford_desktop.store import days, directory, people
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.search import parse, words_in

_SENDERS = 3
_NAMES = 4
_YEARS = 2
_NUMBERS = {name.casefold(): at for at, whole in enumerate(MONTHS, 1) for name in (whole, whole[:3])}


def by_sender(c: Connection, wanted: MessageFilter) -> list[Idea]:
	"""Return what was written by people one of whose names has all the words looked for, most messages first."""
	asked = _plain_words(wanted)
	if not asked or wanted.person is not None:
		return []
	known = [(one.name, (one.name, *one.aliases)) for one in people.people(c)]
	known += [(plain_name(rendered), (rendered,)) for rendered in directory.unnamed(c).values()]
	named = [shown for shown, names in known if any(set(asked) <= set(words_in(name)) for name in names)]
	found = []
	for name in dict.fromkeys(named):
		meant = replace(wanted, search=None, exact=False, dropped=(), person=name)
		if (messages := books.count(c, meant)) > 0:
			found.append(Idea("sender", name, meant, messages))
	return sorted(found, key=lambda one: (-one.messages, one.words))[:_SENDERS]


def other_names(c: Connection, wanted: MessageFilter) -> list[Idea]:
	"""Return searches for the other names, numbers and addresses of whoever one of whose names is looked for, and for
	messages that name the person whose messages are looked for; each with how many more messages that would find.
	"""
	if wanted.person is not None and not wanted.search:
		names = people.names_of(c, wanted.person)
		naming = replace(wanted, person=None, search=" OR ".join(f'"{one}"' for one in names if words_in(one)))
		messages = books.count(c, naming) if naming.search else 0
		return [Idea("naming", wanted.person, naming, messages)] if messages else []
	asked = _plain_words(wanted)
	if not asked or wanted.person is not None:
		return []
	found: list[Idea] = []
	before = books.count(c, wanted)
	for person in people.people(c):
		names = people.names_of(c, person.name)
		if not any(set(asked) == set(words_in(one)) or set(asked) < set(words_in(one)) for one in names):
			continue
		for name in names:
			if not words_in(name) or set(asked) <= set(words_in(name)):
				continue
			wider = replace(wanted, search=f'{wanted.search} OR "{name}"')
			if (more := books.count(c, wider) - before) > 0:
				found.append(Idea("name", name, wider, more))
	return sorted(found, key=lambda one: (-one.messages, one.words))[:_NAMES]


def in_month(c: Connection, wanted: MessageFilter) -> Iterator[Idea]:
	"""Yield searches for the other words in the month that one of the words names, newest year first; not counted."""
	asked = _plain_words(wanted)
	months = [one for one in asked if one in _NUMBERS]
	rest = " ".join(one for one in asked if one not in _NUMBERS and not _is_year(one))
	years = [int(one) for one in asked if _is_year(one)]
	if len(months) != 1 or len(years) > 1 or not rest or wanted.start is not None or wanted.end is not None:
		return
	month = _NUMBERS[months[0]]
	spoken = days.day_runs(c, books.message_ids(c, replace(wanted, search=rest)))
	held = {one.day.year for one in spoken if one.day.month == month and (not years or one.day.year == years[0])}
	for year in sorted(held, reverse=True)[:_YEARS]:
		first = date(year, month, 1)
		last = date(year, month, monthrange(year, month)[1])
		yield Idea("month", f"“{rest}” in {month_words(first)}", replace(wanted, search=rest, start=first, end=last), 0)


def _plain_words(wanted: MessageFilter) -> list[str]:
	"""Return the words of a search that is nothing but words, folded; empty for any other."""
	alternatives = parse(wanted.search or "")
	if len(alternatives) != 1 or any(term.excluded or term.prefix or not term.words for term in alternatives[0]):
		return []
	return [word for term in alternatives[0] for word in words_in(term.text)]


def _is_year(word: str) -> bool:
	return len(word) == 4 and word.isdecimal()
