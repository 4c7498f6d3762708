"""Suggestions that the clerk put aside: the app does not point at the same words again."""

from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant


def put_aside(c: Connection, message_id: int, detector: str, at: datetime) -> int:
	"""Note that a detector need not point at a message's present words again; return the message's number today.

	Raises `NotFound`.
	"""
	message_id = meant(c, [message_id])[0]
	version = c.exec_driver_sql("SELECT shown_version_id FROM message WHERE id = ?", (message_id,)).scalar()
	if version is None:
		raise NotFound("This archive holds no message of that number.", "Nothing was changed.")
	c.exec_driver_sql(
		"""
		INSERT INTO suggestion(message_id, version_id, detector, start, "end", found_at, state, answered_at)
		VALUES(?1, ?2, ?3, 0, 0, ?4, 'dismissed', ?4) ON CONFLICT DO NOTHING
		""",
		(message_id, version, detector, moment(at)),
	)
	return message_id


def take_back(c: Connection, message_id: int, detector: str) -> None:
	"""Let a detector point at a message again."""
	c.exec_driver_sql(
		"DELETE FROM suggestion WHERE message_id = ? AND detector = ?", (meant(c, [message_id])[0], detector)
	)


def set_aside_by(c: Connection, detector: str) -> set[int]:
	"""Return the versions at which a detector need not point again."""
	return {row[0] for row in c.exec_driver_sql("SELECT version_id FROM suggestion WHERE detector = ?", (detector,))}
