"""The register of messages handed on to the council's e-mail."""

from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.transfers import Transfer, TransferForm
from cranford_desktop.store.groups import moment


def add_transfer(
	c: Connection,
	*,
	member: str,
	what: str,
	start: date,
	end: date,
	messages: int,
	to_whom: str,
	form: TransferForm,
	sha256: str,
	at: datetime,
) -> int:
	"""Enter what was handed on, and return the number of the entry."""
	row = c.exec_driver_sql(
		"""
		INSERT INTO transfer(made_at, member, what, start, "end", messages, to_whom, form, sha256)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(moment(at), member, what, start.isoformat(), end.isoformat(), messages, to_whom, form, sha256),
	)
	return int(row.scalar_one())


def transfers(c: Connection) -> list[Transfer]:
	"""Return the register, newest first."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, made_at, member, what, start, "end", messages, to_whom, form, sha256 FROM transfer
		ORDER BY made_at DESC, id DESC
		"""
	)
	return [
		Transfer(
			id=row[0],
			made_at=datetime.fromisoformat(row[1]),
			member=row[2],
			what=row[3],
			start=date.fromisoformat(row[4]),
			end=date.fromisoformat(row[5]),
			messages=row[6],
			to_whom=row[7],
			form=row[8],
			sha256=row[9],
		)
		for row in rows
	]
