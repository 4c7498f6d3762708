"""What the archive holds of each group and phone, counted by the database; and what the clerk did about findings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from cranford_desktop.domain.holdings import OpeningLine
from cranford_desktop.store.groups import moment

_PHONES = """
	SELECT e.phone_id, p.name, p.person_id, w.name, max(e.imported_at), max(e.last_at)
	FROM export e JOIN phone p ON p.id = e.phone_id LEFT JOIN person w ON w.id = p.person_id
	WHERE e.group_id = ? AND e.set_aside_at IS NULL GROUP BY e.phone_id ORDER BY p.folded, p.id
"""
_ALONE = """
	SELECT group_id, substr(sent_at, 1, 10), kind = 'system', 1, count(*), min(sent_at), max(sent_at)
	FROM message WHERE group_id = ? AND set_aside = 0 GROUP BY 2, 3
"""
_TOGETHER = """
	SELECT m.group_id, substr(m.sent_at, 1, 10), m.kind = 'system', s.phones, count(*), min(m.sent_at), max(m.sent_at)
	FROM (
		SELECT o.message_id, sum(DISTINCT b.value) AS phones
		FROM observation o JOIN json_each(?) b ON b.key = o.export_id
		GROUP BY o.message_id
	) s CROSS JOIN message m ON m.id = s.message_id
	WHERE m.set_aside = 0 GROUP BY 1, 2, 3, 4
"""
_EXPORTS = """
	SELECT id, phone_id, records, first_at, last_at, clock_offset, receipt, unread_lines, file_name FROM export
	WHERE group_id = ? AND set_aside_at IS NULL ORDER BY first_at, id
"""
_OPENING = """
	SELECT o.sent_at, v.event, v.named, o.ord FROM observation o JOIN version v ON v.id = o.version_id
	WHERE o.export_id = ? ORDER BY o.ord {order} LIMIT ?
"""
_SETTINGS = """
	SELECT m.position, m.sent_at, v.event, (
		SELECT p.name FROM observation o JOIN export e ON e.id = o.export_id JOIN phone p ON p.id = e.phone_id
		WHERE o.message_id = m.id ORDER BY e.last_at DESC LIMIT 1)
	FROM version v CROSS JOIN message m ON m.id = v.message_id
	WHERE v.event IN ('disappearing_on', 'disappearing_off', 'privacy_on', 'privacy_off')
		AND m.group_id = ? AND m.set_aside = 0 ORDER BY m.position
"""
_MISSING = """
	SELECT message_id FROM observation WHERE is_media = 1 GROUP BY message_id HAVING count(file_id) = 0
"""
_MEDIA = f"""
	SELECT m.group_id, count(*) FROM ({_MISSING}) missing
	CROSS JOIN message m ON m.id = missing.message_id WHERE m.set_aside = 0 GROUP BY m.group_id
"""  # noqa: S608 (our own words)
_MEDIA_BY_PHONE = f"""
	SELECT e.phone_id, count(DISTINCT o.message_id) FROM ({_MISSING}) missing
	CROSS JOIN message m ON m.id = missing.message_id AND m.set_aside = 0
	CROSS JOIN observation o ON o.message_id = m.id JOIN export e ON e.id = o.export_id GROUP BY e.phone_id
"""  # noqa: S608 (our own words)
_WROTE = """
	SELECT a.person_id, max(m.sent_at) FROM message m JOIN alias a ON a.id = m.alias_id
	WHERE a.person_id IS NOT NULL AND m.set_aside = 0 AND m.group_id IN (SELECT id FROM chat_group) AND m.sent_at >= ?
	GROUP BY a.person_id
"""
_MOST_PHONES = 60
"""Phones of one group that a whole number can tell apart, one bit each."""


class PhoneRow(NamedTuple):
	"""A phone of a group, and its holder."""

	phone_id: int
	name: str
	person_id: int | None
	holder: str | None
	imported_at: datetime
	last_at: datetime


class DayRow(NamedTuple):
	"""How many messages of a day these phones, and no others, show."""

	day: date
	system: bool
	phones: int
	"""One bit for each phone, in the order of `phones`."""
	messages: int
	first: datetime
	last: datetime


class ExportRow(NamedTuple):
	"""An import, as far as coverage asks."""

	id: int
	phone_id: int
	records: int
	first_at: datetime
	"""In the group's time."""
	with_media: bool
	in_part: bool
	"""The clerk took only some of it."""
	unread_lines: int
	file_name: str


class SettingRow(NamedTuple):
	"""A line of the app on a setting."""

	sent_at: datetime
	event: str
	phone: str | None


class Mark(NamedTuple):
	"""What the clerk did with a finding."""

	mark: str
	reason: str


def state(c: Connection, ours: Sequence[str]) -> tuple[int, ...]:
	"""Return what changes whenever anything was recorded but these actions of our own."""
	number = c.exec_driver_sql(
		"SELECT coalesce(max(number), 0) FROM ledger WHERE action NOT IN (SELECT value FROM json_each(?))",
		(json.dumps(list(ours)),),
	).scalar_one()
	return (int(number),)


def phones(c: Connection, group_id: int) -> list[PhoneRow]:
	"""Return the phones whose exports of a group are held, by name."""
	return [
		PhoneRow(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]), datetime.fromisoformat(row[5]))
		for row in c.exec_driver_sql(_PHONES, (group_id,))
	]


def days(c: Connection, held: Mapping[int, Sequence[PhoneRow]]) -> dict[int, list[DayRow]]:
	"""Return how many messages of each group which of its phones show, by day.

	Grouped by the database: one pass over the observations for all groups that several phones show; where only one
	does, its messages are all there is to count.
	"""
	found: dict[int, list[DayRow]] = {group_id: [] for group_id in held}
	bits: dict[str, int] = {}
	for group_id, phones_held in held.items():
		if len(phones_held) < 2:
			_collect(found, c.exec_driver_sql(_ALONE, (group_id,)))
			continue
		bit = {one.phone_id: 1 << min(at, _MOST_PHONES) for at, one in enumerate(phones_held)}
		imports = c.exec_driver_sql(
			"SELECT id, phone_id FROM export WHERE group_id = ? AND set_aside_at IS NULL", (group_id,)
		)
		bits |= {str(export_id): bit[phone_id] for export_id, phone_id in imports}
	if bits:
		_collect(found, c.exec_driver_sql(_TOGETHER, (json.dumps(bits),)))
	return found


def _collect(found: dict[int, list[DayRow]], rows: Iterable[Any]) -> None:
	for row in rows:
		first, last = datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6])
		found[row[0]].append(DayRow(date.fromisoformat(row[1]), bool(row[2]), row[3], row[4], first, last))


def exports(c: Connection, group_id: int) -> list[ExportRow]:
	"""Return the imports of a group, the one that begins earliest first."""
	found = []
	for row in c.exec_driver_sql(_EXPORTS, (group_id,)):
		receipt = json.loads(row[6])
		found.append(
			ExportRow(
				id=row[0],
				phone_id=row[1],
				records=row[2],
				first_at=datetime.fromisoformat(row[3]) - timedelta(minutes=row[5]),
				with_media=bool(receipt.get("media_present")),
				in_part=bool(receipt.get("not_chosen")),
				unread_lines=len(json.loads(row[7])),
				file_name=row[8],
			)
		)
	return found


def first_lines(c: Connection, export_id: int, most: int) -> list[OpeningLine]:
	"""Return the first lines of an import that are still held."""
	return _lines(c, export_id, most, "ASC")


def last_lines(c: Connection, export_id: int, most: int) -> list[OpeningLine]:
	"""Return the last lines of an import, the last one first."""
	return _lines(c, export_id, most, "DESC")


def _lines(c: Connection, export_id: int, most: int, order: str) -> list[OpeningLine]:
	rows = c.exec_driver_sql(_OPENING.format(order=order), (export_id, most))
	return [OpeningLine(datetime.fromisoformat(row[0]), row[1], tuple(json.loads(row[2] or "[]"))) for row in rows]


def settings(c: Connection, group_id: int) -> list[SettingRow]:
	"""Return the lines of a group on settings that lose messages or exports, in conversation order."""
	return [
		SettingRow(datetime.fromisoformat(row[1]), row[2], row[3]) for row in c.exec_driver_sql(_SETTINGS, (group_id,))
	]


def media_missing(c: Connection) -> dict[int, int]:
	"""Return how many messages of each group have an attachment that no export carried."""
	return {row[0]: row[1] for row in c.exec_driver_sql(_MEDIA)}


def media_by_phone(c: Connection) -> dict[int, int]:
	"""Return how many messages whose attachment is not held each phone shows."""
	return {row[0]: row[1] for row in c.exec_driver_sql(_MEDIA_BY_PHONE)}


def cut_offs(c: Connection) -> dict[int, date]:
	"""Return the day up to which a group's messages were erased, where any were."""
	rows = c.exec_driver_sql("SELECT id, cut_off FROM chat_group WHERE cut_off IS NOT NULL")
	return {row[0]: date.fromisoformat(row[1][:10]) for row in rows}


def groups_by_writer(c: Connection) -> dict[int, tuple[str, ...]]:
	"""Return the groups, by name, in which each person who was named wrote; what is set aside does not count."""
	found: dict[int, tuple[str, ...]] = {}
	for person_id, group in c.exec_driver_sql(
		"""
		SELECT DISTINCT a.person_id, g.name FROM message m JOIN alias a ON a.id = m.alias_id
		JOIN chat_group g ON g.id = m.group_id
		WHERE a.person_id IS NOT NULL AND m.set_aside = 0 ORDER BY g.folded
		"""
	):
		found[person_id] = (*found.get(person_id, ()), group)
	return found


def wrote_since(c: Connection, day: date) -> set[int]:
	"""Return the people who wrote on or after a day."""
	return {row[0] for row in c.exec_driver_sql(_WROTE, (day.isoformat(),))}


def marks(c: Connection) -> Mapping[str, Mark]:
	"""Return what the clerk did with findings, by key."""
	return {row[0]: Mark(row[1], row[2]) for row in c.exec_driver_sql("SELECT key, mark, reason FROM finding_mark")}


def put_mark(c: Connection, key: str, mark: str, reason: str, at: datetime) -> None:
	"""Keep what the clerk did with a finding; a later act replaces an earlier one."""
	c.exec_driver_sql(
		"""
		INSERT INTO finding_mark(key, mark, reason, at) VALUES(?, ?, ?, ?)
		ON CONFLICT(key) DO UPDATE SET mark = excluded.mark, reason = excluded.reason, at = excluded.at
		""",
		(key, mark, reason, moment(at)),
	)


def drop_mark(c: Connection, key: str) -> bool:
	"""Forget what the clerk did with a finding; return whether there was anything."""
	return bool(c.exec_driver_sql("DELETE FROM finding_mark WHERE key = ?", (key,)).rowcount)
