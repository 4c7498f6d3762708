"""What the finder is told by the archive itself: the council's own words, and the names it knows."""

from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.finding import CouncilWord, WordSort
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.sensitive import Watch
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.people import people
from cranford_desktop.store.shown import is_number
from cranford_desktop.store.terms import roll


def words(c: Connection) -> list[CouncilWord]:
	"""Return the council's own words, by spelling."""
	return [
		CouncilWord(row[0], row[1], row[2])
		for row in c.exec_driver_sql("SELECT id, words, sort FROM watched_word ORDER BY folded")
	]


def put_word(c: Connection, written: str, sort: WordSort, at: datetime) -> int:
	"""Keep one of the council's own words, or keep it as the other sort; return its number."""
	return int(
		c.exec_driver_sql(
			"INSERT INTO watched_word(words, folded, added_at, sort) VALUES(?, ?, ?, ?)"
			" ON CONFLICT(folded) DO UPDATE SET words = excluded.words, sort = excluded.sort RETURNING id",
			(written, fold(written), moment(at), sort),
		).scalar_one()
	)


def drop_word(c: Connection, word_id: int) -> None:
	"""Let go of one of the council's own words; raises `NotFound`."""
	if c.exec_driver_sql("DELETE FROM watched_word WHERE id = ? RETURNING id", (word_id,)).scalar() is None:
		raise NotFound("This word is there no more.", "Nothing was changed.")


def watch(c: Connection, on_cards: tuple[str, ...] = ()) -> Watch:
	"""Return what this archive adds to the word lists; `on_cards`: names that contact cards show.

	Whoever writes in a group, and whoever ever held office, counts as a member, unless the clerk gave them a role that
	is none of the council's.
	"""
	writers = {row[0] for row in c.exec_driver_sql("SELECT DISTINCT alias_id FROM message WHERE alias_id IS NOT NULL")}
	members: list[str] = []
	writing: set[int] = set()
	for alias_id, person_id, rendered in c.exec_driver_sql("SELECT id, person_id, rendered FROM alias"):
		if alias_id in writers and person_id is not None:
			writing.add(person_id)
		elif alias_id in writers:
			members.append(rendered)
	office = {one.person_id for one in roll(c) if one.held_office}
	others: list[str] = list(on_cards)
	outside: set[int] = set()
	for one in people(c):
		if one.id in office or (one.role is None and one.id in writing):
			members += (one.name, *one.aliases)
		else:
			outside.add(one.id)
			others += (one.name, *one.aliases)
	nicknames = [
		value
		for person_id, value in c.exec_driver_sql("SELECT person_id, value FROM person_detail WHERE kind = 'nickname'")
		if person_id in outside
	]
	own = words(c)
	return Watch(
		own_words=tuple(one.words for one in own if one.sort == "watch"),
		own_details=tuple(one.words for one in own if one.sort == "own"),
		members=tuple(sorted(one for one in members if not is_number(one))),
		others=tuple(sorted(one for one in others if not is_number(one))),
		nicknames=tuple(sorted(nicknames)),
	)


def card_files(c: Connection) -> list[int]:
	"""Return the sealed files that are contact cards."""
	return [
		row[0]
		for row in c.exec_driver_sql(
			"SELECT DISTINCT file_id FROM observation WHERE file_id IS NOT NULL AND (kind = 'contact'"
			" OR media_name LIKE '%.vcf') ORDER BY file_id"
		)
	]
