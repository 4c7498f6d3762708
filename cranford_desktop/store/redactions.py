"""What is covered up in a request: words, patterns, people, stretches of one message."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from cranford_desktop.domain.covering import ALL_TICKED, Ticks, ticks_read
from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.people import names_of


def add_redaction(
	c: Connection,
	request_id: int,
	*,
	kind: Literal["text", "pattern", "person", "span"],
	value: str,
	exemption: str,
	reason: str | None = None,
	stand_in: str | None = None,
	message_id: int | None = None,
	start: int | None = None,
	end: int | None = None,
	ticks: Ticks = ALL_TICKED,
	at: datetime,
) -> Redaction:
	"""Add a covering-up to a request; of a person with every name known of them, so that none is lost by a renaming.

	Raises `NotFound` for a person whom no export shows and the directory does not know.
	"""
	names = names_of(c, value) if kind == "person" else ()
	if kind == "person" and not names:
		raise NotFound("Nobody of that name or number is known.")
	row = c.exec_driver_sql(
		"""
		INSERT INTO redaction(request_id, kind, value, exemption, reason, stand_in, message_id, start, "end", made_at,
			ticks)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(
			*(request_id, kind, "\n".join((value, *names)), exemption, reason, stand_in, message_id, start, end),
			*(moment(at), ticks.written()),
		),
	)
	return Redaction(
		*(int(row.scalar_one()), kind, value, exemption, reason, stand_in, message_id, start, end),
		names=ticks.covered(names),
		ticks=ticks,
	)


def remove_redaction(c: Connection, request_id: int, redaction_id: int) -> None:
	"""Take a covering-up back; raises `NotFound` where the request has none of that number."""
	gone = c.exec_driver_sql("DELETE FROM redaction WHERE request_id = ? AND id = ?", (request_id, redaction_id))
	if not gone.rowcount:
		raise NotFound("This request has no such redaction.")


def redactions(c: Connection, request_id: int) -> list[Redaction]:
	"""Return the coverings-up of a request in the order made, a person's with all their names of today."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, kind, value, exemption, reason, stand_in, message_id, start, "end", ticks
		FROM redaction WHERE request_id = ? ORDER BY id
		""",
		(request_id,),
	)
	return [_meant(c, replace(Redaction(*row[:9]), ticks=ticks_read(row[9]))) for row in rows.fetchall()]


def _meant(c: Connection, redaction: Redaction) -> Redaction:
	"""Give a person's covering-up the names known when it was made and those of today."""
	if redaction.kind != "person":
		return redaction
	chosen, *then = redaction.value.split("\n")
	# Called otherwise since: the names that their phones show still lead to them.
	now = names_of(c, chosen) or tuple(name for one in then for name in names_of(c, one))
	return replace(redaction, value=chosen, names=redaction.ticks.covered((*then, *now)))
