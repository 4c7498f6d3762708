"""Letters about requests as they are kept: the council's wording, what was filled in, and what went out."""

import hmac
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from cranford_desktop.domain.disclosure import Regime
from cranford_desktop.domain.letters import LetterKind, SentHow, SentLetter, Wording
from cranford_desktop.errors import NotFound
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.groups import moment

_SENT = """
	SELECT l.id, l.request_id, l.kind, l.number, l.subject, l.sent_on, l.how, p.number, l.frozen_at,
		(SELECT s.sha256 FROM letter_file f JOIN sealed_file s ON s.id = f.file_id
			WHERE f.letter_id = l.id AND f.path LIKE '%.pdf')
	FROM letter l LEFT JOIN pack p ON p.id = l.pack_id
"""


def wording(c: Connection, kind: LetterKind, regime: Regime, request_id: int | None = None) -> Wording | None:
	"""Return the council's own wording, or that of one request's letter; None where it was never changed."""
	row = c.exec_driver_sql(
		"SELECT subject, body FROM letter_wording WHERE kind = ? AND regime = ? AND coalesce(request_id, 0) = ?",
		(kind, regime, request_id or 0),
	).first()
	return Wording(row[0], row[1]) if row is not None else None


def put_wording(
	c: Connection, kind: LetterKind, regime: Regime, words: Wording, at: datetime, request_id: int | None = None
) -> None:
	"""Keep a wording in place of the one before."""
	drop_wording(c, kind, regime, request_id)
	c.exec_driver_sql(
		"INSERT INTO letter_wording(kind, regime, request_id, subject, body, changed_at) VALUES(?, ?, ?, ?, ?, ?)",
		(kind, regime, request_id, words.subject, words.body, moment(at)),
	)


def drop_wording(c: Connection, kind: LetterKind, regime: Regime, request_id: int | None = None) -> None:
	"""Go back to the wording behind it; nothing happens where there is none."""
	c.exec_driver_sql(
		"DELETE FROM letter_wording WHERE kind = ? AND regime = ? AND coalesce(request_id, 0) = ?",
		(kind, regime, request_id or 0),
	)


def answers(c: Connection, request_id: int) -> dict[str, str]:
	"""Return what was filled in for a request's letters, by field."""
	rows = c.exec_driver_sql(
		"SELECT field, value FROM letter_answer WHERE request_id = ? ORDER BY field", (request_id,)
	)
	return {row[0]: row[1] for row in rows}


def put_answers(c: Connection, request_id: int, values: Mapping[str, str], at: datetime) -> None:
	"""Keep what was filled in; an empty value goes back to what the archive fills in by itself."""
	for field, value in values.items():
		c.exec_driver_sql("DELETE FROM letter_answer WHERE request_id = ? AND field = ?", (request_id, field))
		if value:
			c.exec_driver_sql(
				"INSERT INTO letter_answer(request_id, field, value, changed_at) VALUES(?, ?, ?, ?)",
				(request_id, field, value, moment(at)),
			)


def next_letter_number(c: Connection, request_id: int) -> int:
	"""Return the number the next letter of a request gets; from 1."""
	highest = c.exec_driver_sql("SELECT max(number) FROM letter WHERE request_id = ?", (request_id,)).scalar()
	return int(highest or 0) + 1


def add_letter(
	c: Connection,
	request_id: int,
	number: int,
	kind: LetterKind,
	subject: str,
	files: Mapping[str, int],
	*,
	sent_on: date,
	how: SentHow,
	pack_number: int | None,
	at: datetime,
) -> int:
	"""Keep a letter that went out, with its sealed files (path → file id), and return its id."""
	letter_id = int(
		c.exec_driver_sql(
			"""
			INSERT INTO letter(request_id, number, kind, subject, sent_on, how, pack_id, frozen_at)
			VALUES(?, ?, ?, ?, ?, ?, (SELECT id FROM pack WHERE request_id = ? AND number = ?), ?) RETURNING id
			""",
			(request_id, number, kind, subject, sent_on.isoformat(), how, request_id, pack_number, moment(at)),
		).scalar_one()
	)
	for path, file_id in files.items():
		c.exec_driver_sql(
			"INSERT INTO letter_file(letter_id, path, file_id) VALUES(?, ?, ?)", (letter_id, path, file_id)
		)
	return letter_id


def sent_letters(c: Connection, request_id: int) -> list[SentLetter]:
	"""Return the letters of a request that went out, in order."""
	return [
		SentLetter(
			id=row[0],
			request_id=row[1],
			kind=row[2],
			number=row[3],
			subject=row[4],
			sent_on=date.fromisoformat(row[5]),
			how=row[6],
			pack_number=row[7],
			frozen_at=datetime.fromisoformat(row[8]),
			sha256=row[9] or "",
		)
		for row in c.exec_driver_sql(f"{_SENT} WHERE l.request_id = ? ORDER BY l.number", (request_id,))
	]


def pack_of(c: Connection, letter_id: int) -> tuple[int, int]:
	"""Return the request and the number of the pack that a letter went out with; raises `NotFound`."""
	row = c.exec_driver_sql(
		"SELECT p.request_id, p.number FROM letter l JOIN pack p ON p.id = l.pack_id WHERE l.id = ?", (letter_id,)
	).first()
	if row is None:
		raise NotFound("No such letter went out with a pack.")
	return row[0], row[1]


def letter_files(c: Connection, letter_id: int) -> dict[str, int]:
	"""Return the sealed files of a letter: path → file id; raises `NotFound`."""
	rows = c.exec_driver_sql("SELECT path, file_id FROM letter_file WHERE letter_id = ? ORDER BY path", (letter_id,))
	found = {row[0]: row[1] for row in rows}
	if not found:
		raise NotFound("There is no such letter.")
	return found


def mark(archive: Archive, digests: Mapping[str, str]) -> str:
	"""Return what the record of actions keeps of a letter's files (path → SHA-256): one keyed digest of them all."""
	listed = "".join(f"{path}\0{digest}\n" for path, digest in sorted(digests.items()))
	return hmac.new(archive.keys.tombstone, b"letter\0" + listed.encode(), "sha256").hexdigest()
