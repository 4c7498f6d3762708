"""A group's history as several phones show it, written table by table: independent of reading and merging exports."""

import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from cranford_desktop.domain.messages import Receipt
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.services.council import Council
from cranford_desktop.store.groups import receipt_json

_NEXT = itertools.count(1)


def _result(statement: str) -> str:
	"""Return the column that names what was written: an observation is known by its place in its export."""
	return "ord" if "INTO observation" in statement else "id"


class Told(NamedTuple):
	"""What one phone shows of a message: a sender and words, or a line of the app."""

	text: str
	sender: str | None = None
	event: str | None = None
	named: tuple[str, ...] = ()


class Moment(NamedTuple):
	"""One message, with what each phone shows of it."""

	at: datetime
	on: Mapping[str, Told]


def app(text: str, event: str, *named: str) -> Told:
	return Told(text, None, event, named)


def write(council: Council, moments: Sequence[Moment], group: str = "Example Councillors") -> list[int]:
	"""Put a history into the archive, one export a phone; return the messages' ids."""
	now = council.clock()
	phones = list(dict.fromkeys(phone for moment in moments for phone in moment.on))
	with council.archive.writing(now) as change:
		c = change.connection

		def add(statement: str, *values: object) -> int:
			return int(c.exec_driver_sql(f"{statement} RETURNING {_result(statement)}", values).scalar_one())

		group_id = add(
			"INSERT INTO chat_group(name, folded, registered_at) VALUES(?, ?, 'x')"
			" ON CONFLICT(folded) DO UPDATE SET name = name",
			group,
			folded_name(group),
		)
		exports = {}
		for phone in phones:
			number = next(_NEXT)
			times = [moment.at.isoformat() for moment in moments if phone in moment.on]
			phone_id = add(
				"INSERT INTO phone(group_id, name, folded) VALUES(?, ?, ?)"
				" ON CONFLICT(group_id, folded) DO UPDATE SET name = name",
				group_id,
				phone,
				folded_name(phone),
			)
			file = add("INSERT INTO sealed_file(file_name, sha256, size, purpose) VALUES(?, '', 1, 'original')", number)
			exports[phone] = add(
				"""
				INSERT INTO export(sha256, file_name, group_id, phone_id, platform, date_order, dialect, first_at,
					last_at, records, unread_lines, original_id, root, receipt, imported_at)
				VALUES(?, 'chat.txt', ?, ?, 'android', 'dmy', '', ?, ?, 1, '[]', ?, '', ?, '2026-11-23T10:00:00+00:00')
				""",
				f"{number}",
				group_id,
				phone_id,
				min(times),
				max(times),
				file,
				_receipt(group, phone, [moment.at for moment in moments if phone in moment.on]),
			)
		ids = [_message(add, group_id, moment, exports, order) for order, moment in enumerate(moments)]
		change.record("imported", {"messages": len(ids)})
	return ids


def _receipt(group: str, phone: str, times: Sequence[datetime]) -> str:
	return receipt_json(
		Receipt(
			file="chat.txt",
			sha256="",
			group=group,
			phone=phone,
			platform="android",
			date_order="dmy",
			first=min(times),
			last=max(times),
			records=len(times),
			messages=len(times),
			system=0,
			media_present=0,
			media_missing=0,
			unread_lines=0,
			new=len(times),
			matched=0,
			disposed_earlier=0,
			past_cut_off=0,
			already_imported=False,
			warnings=(),
			imported_at=max(times),
		)
	)


def _message(add, group_id: int, moment: Moment, exports: Mapping[str, int], order: int) -> int:
	told = list(moment.on.values())
	names = [one.sender for one in told if one.sender is not None]
	alias_id = None
	for name in dict.fromkeys(names):
		held = add(
			"INSERT INTO alias(rendered, folded) VALUES(?, ?) ON CONFLICT(folded) DO UPDATE SET rendered = rendered",
			plain_name(name),
			folded_name(name),
		)
		alias_id = held if alias_id is None else alias_id
	kind = "message" if names else "system"
	first = next(_NEXT) << 20
	message_id = add(
		"""
		INSERT INTO message(group_id, position, sent_at, precision, alias_id, sender_as_exported, kind,
			shown_version_id, edited, deleted) VALUES(?, ?, ?, 'minute', ?, ?, ?, ?, 0, 0)
		""",
		group_id,
		next(_NEXT),
		moment.at.isoformat(),
		alias_id,
		names[0] if names else None,
		kind,
		first,
	)
	bodies: dict[Told, int] = {}
	for phone, one in moment.on.items():
		body = one._replace(sender=None)
		if body not in bodies:
			bodies[body] = add(
				"""
				INSERT INTO version(id, message_id, raw, kind, edited, deleted, event, named)
				VALUES(?, ?, ?, ?, 0, 0, ?, ?)
				""",
				first + len(bodies),
				message_id,
				one.text,
				kind,
				one.event,
				json.dumps(one.named) if one.named else None,
			)
		add(
			"""
			INSERT INTO observation(export_id, ord, sent_at, precision, sender, kind, version_id, message_id, is_media,
				salt, leaf) VALUES(?, ?, ?, 'minute', ?, ?, ?, ?, 0, x'00', x'00')
			""",
			exports[phone],
			order,
			moment.at.isoformat(),
			one.sender,
			kind,
			bodies[body],
			message_id,
		)
	return message_id


def hold(council: Council, phone: str, person_id: int) -> None:
	"""Say whose a phone is, as the import does."""
	with council.archive.writing(council.clock()) as change:
		change.connection.exec_driver_sql("UPDATE phone SET person_id = ? WHERE name = ?", (person_id, phone))
		change.record("said whose phone it is", {})
