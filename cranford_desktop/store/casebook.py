"""Requests with their sets, decisions, redactions, searches and packs: what is kept, without any rule of law."""

import json
from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from cranford_desktop.domain.disclosure import (
	Choice,
	Decision,
	Regime,
	RequestRecord,
	SearchRecord,
)
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.requests import RequestKind
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.store.decision_steps import keep_steps
from cranford_desktop.store.groups import moment
from cranford_desktop.store.numbers import meant
from cranford_desktop.store.packs import add_pack, next_pack_number, pack_files, packs, set_placed
from cranford_desktop.store.redactions import add_redaction, redactions, remove_redaction
from cranford_desktop.store.references import next_number
from cranford_desktop.store.stored import filters, filters_json

__all__ = [
	"add_messages",
	"add_pack",
	"add_redaction",
	"add_search",
	"candidate_ids",
	"changed_since_decided",
	"clear",
	"create_request",
	"decide",
	"decisions",
	"mark_answered",
	"members",
	"next_number",
	"next_pack_number",
	"open_requests",
	"pack_files",
	"packs",
	"redactions",
	"regime_of",
	"remove_messages",
	"remove_redaction",
	"request",
	"request_by_reference",
	"requests",
	"rewrite_request",
	"searches",
	"set_confirmed",
	"set_placed",
	"set_source",
	"undecide",
	"undecided_ids",
]

_REQUESTS = """
	SELECT r.id, r.reference, r.regime, r.received, r.requester, r.wording, r.status, r.set_confirmed, r.answered_on,
		r.include, r.source_json, r.created_at,
		(SELECT count(*) FROM request_message s WHERE s.request_id = r.id),
		(SELECT count(*) FROM request_message s LEFT JOIN decision d USING (request_id, message_id)
			WHERE s.request_id = r.id AND d.choice IS NULL),
		(SELECT count(*) FROM pack p WHERE p.request_id = r.id),
		r.kind, r.of_request_id, r.arrived_by, r.form_wanted, r.address
	FROM request r
"""
_DECIDE = """
	INSERT INTO decision(request_id, message_id, choice, exemption, reason, prejudice, public_interest, balance,
		with_media, more_exemptions, version_id, decided_at)
	SELECT s.request_id, m.id, ?1, ?2, ?3, ?4, ?5, ?6,
		CASE ?1 WHEN 'release' THEN coalesce(?7, d.with_media, 0) ELSE 0 END, ?8, m.shown_version_id, ?9
	FROM request_message s JOIN message m ON m.id = s.message_id
	LEFT JOIN decision d ON d.request_id = s.request_id AND d.message_id = s.message_id
	WHERE s.request_id = ?10 AND m.id IN (SELECT value FROM json_each(?11))
	ON CONFLICT(request_id, message_id) DO UPDATE SET choice = excluded.choice, exemption = excluded.exemption,
		reason = excluded.reason, prejudice = excluded.prejudice, public_interest = excluded.public_interest,
		balance = excluded.balance, with_media = excluded.with_media, more_exemptions = excluded.more_exemptions,
		version_id = excluded.version_id, decided_at = excluded.decided_at
"""
_CANDIDATES = """
	SELECT m.id FROM request_message s JOIN message m ON m.id = s.message_id JOIN chat_group g ON g.id = m.group_id
	WHERE s.request_id = ? ORDER BY g.folded, m.group_id, m.position
"""
_UNDECIDED = """
	SELECT m.id FROM request_message s JOIN message m ON m.id = s.message_id JOIN chat_group g ON g.id = m.group_id
	LEFT JOIN decision d ON d.request_id = s.request_id AND d.message_id = s.message_id
	WHERE s.request_id = ? AND d.choice IS NULL ORDER BY g.folded, m.group_id, m.position
"""


def create_request(
	c: Connection,
	*,
	reference: str,
	regime: Regime,
	received: date,
	requester: str,
	wording: str,
	at: datetime,
	include: Sequence[MessageFilter] = (),
	source_json: str | None = None,
	set_confirmed: bool = False,
	kind: RequestKind = "access",
	of_request_id: int | None = None,
	arrived_by: str = "",
	form_wanted: str = "",
	address: str = "",
) -> int:
	"""Record a request and return its id; raises `CranfordError` where the reference is taken, whatever its case."""
	if request_by_reference(c, reference) is not None:
		raise CranfordError(
			f"There is already a request with the reference {reference}.",
			"Nothing was changed.",
			"Give this one another reference, or open the one that is there.",
		)
	row = c.exec_driver_sql(
		"""
		INSERT INTO request(reference, regime, received, requester, wording, status, set_confirmed, include,
			source_json, created_at, kind, of_request_id, arrived_by, form_wanted, address)
		VALUES(?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
		""",
		(
			reference,
			regime,
			received.isoformat(),
			requester,
			wording,
			int(set_confirmed),
			filters_json(include),
			source_json,
			moment(at),
			kind,
			of_request_id,
			arrived_by,
			form_wanted,
			address,
		),
	)
	return int(row.scalar_one())


def _request(row: Any) -> RequestRecord:
	return RequestRecord(
		id=row[0],
		reference=row[1],
		regime=row[2],
		received=date.fromisoformat(row[3]),
		requester=row[4],
		wording=row[5],
		status=row[6],
		set_confirmed=bool(row[7]),
		answered_on=date.fromisoformat(row[8]) if row[8] else None,
		include=filters(row[9]),
		source_json=row[10],
		created_at=datetime.fromisoformat(row[11]),
		candidates=row[12],
		undecided=row[13],
		packs=row[14],
		kind=row[15],
		of_request_id=row[16],
		arrived_by=row[17],
		form_wanted=row[18],
		address=row[19],
	)


def requests(c: Connection) -> list[RequestRecord]:
	"""Return every request, the newest received first."""
	return [_request(row) for row in c.exec_driver_sql(_REQUESTS + " ORDER BY r.received DESC, r.id DESC")]


def open_requests(c: Connection) -> list[RequestRecord]:
	"""Return the requests that are not closed, in the order received: answered ones hold messages for a while too."""
	return [one for one in reversed(requests(c)) if one.status != "closed"]


def request(c: Connection, request_id: int) -> RequestRecord:
	"""Return one request; raises `NotFound`."""
	row = c.exec_driver_sql(_REQUESTS + " WHERE r.id = ?", (request_id,)).first()
	if row is None:
		raise NotFound("This archive holds no such request.")
	return _request(row)


def regime_of(c: Connection, request_id: int) -> Regime:
	"""Return the law a request is answered under; raises `NotFound`. Cheap: counts nothing."""
	found: Regime | None = c.exec_driver_sql("SELECT regime FROM request WHERE id = ?", (request_id,)).scalar()
	if found is None:
		raise NotFound("This archive holds no such request.")
	return found


def request_by_reference(c: Connection, reference: str) -> RequestRecord | None:
	"""Return the request of that reference, whatever its case; None if there is none."""
	row = c.exec_driver_sql(_REQUESTS + " WHERE r.reference = ? COLLATE NOCASE", (reference,)).first()
	return _request(row) if row is not None else None


def set_source(
	c: Connection,
	request_id: int,
	*,
	include: Sequence[MessageFilter],
	source_json: str | None = None,
) -> None:
	"""Write the live query of a request and the REQUEST.json it came from."""
	c.exec_driver_sql(
		"UPDATE request SET include = ?, source_json = coalesce(?, source_json) WHERE id = ?",
		(filters_json(include), source_json, request_id),
	)


def rewrite_request(
	c: Connection,
	request_id: int,
	*,
	regime: Regime,
	received: date,
	requester: str,
	wording: str,
	include: Sequence[MessageFilter],
	source_json: str,
) -> None:
	"""Write a request again as a new REQUEST.json says it; its reference, packs and searches stay."""
	c.exec_driver_sql(
		"""
		UPDATE request SET regime = ?, received = ?, requester = ?, wording = ?, include = ?, source_json = ?
		WHERE id = ?
		""",
		(regime, received.isoformat(), requester, wording, filters_json(include), source_json, request_id),
	)


def set_confirmed(c: Connection, request_id: int, *, confirmed: bool = True) -> None:
	"""Say that the set of a request is complete: from then on it holds its messages only."""
	c.exec_driver_sql("UPDATE request SET set_confirmed = ? WHERE id = ?", (int(confirmed), request_id))


def mark_answered(
	c: Connection, request_id: int, on: date | None, *, status: Literal["open", "answered", "closed"] = "answered"
) -> None:
	"""Write when a request was answered, and how it stands."""
	c.exec_driver_sql(
		"UPDATE request SET answered_on = ?, status = ? WHERE id = ?",
		(on.isoformat() if on is not None else None, status, request_id),
	)


def add_messages(c: Connection, request_id: int, ids: Iterable[int], at: datetime) -> int:
	"""Add messages to the set of a request and return how many were not in it."""
	return c.exec_driver_sql(
		"""
		INSERT OR IGNORE INTO request_message(request_id, message_id, added_at)
		SELECT ?, value, ? FROM json_each(?) WHERE value IN (SELECT id FROM message)
		""",
		(request_id, moment(at), json.dumps(meant(c, ids))),
	).rowcount


def remove_messages(c: Connection, request_id: int, ids: Iterable[int]) -> int:
	"""Take messages out of the set, with what was decided on them and covered in them alone; return how many went."""
	stored = json.dumps(meant(c, ids))
	gone = 0
	for statement in (
		"DELETE FROM decision WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		"DELETE FROM media_decision WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		"DELETE FROM redaction WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		"DELETE FROM second_look_mark WHERE look_id IN (SELECT id FROM second_look WHERE request_id = ?)"
		" AND message_id IN (SELECT value FROM json_each(?))",
		"DELETE FROM request_message WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
	):
		gone = c.exec_driver_sql(statement, (request_id, stored)).rowcount
	keep_steps(c, request_id)
	return gone


def clear(c: Connection, request_id: int) -> None:
	"""Take everything out of a request that a new REQUEST.json replaces; searches and packs stay."""
	for statement in (
		"DELETE FROM decision WHERE request_id = ?",
		"DELETE FROM media_decision WHERE request_id = ?",
		"DELETE FROM decision_step WHERE request_id = ?",
		"DELETE FROM redaction WHERE request_id = ?",
		"DELETE FROM second_look_mark WHERE look_id IN (SELECT id FROM second_look WHERE request_id = ?)",
		"DELETE FROM request_message WHERE request_id = ?",
	):
		c.exec_driver_sql(statement, (request_id,))


def candidate_ids(c: Connection, request_id: int) -> "array[int]":
	"""Return the set of a request by group name and then conversation order."""
	return array("q", [row[0] for row in c.exec_driver_sql(_CANDIDATES, (request_id,))])


def members(c: Connection, request_id: int, ids: Sequence[int]) -> int:
	"""Count how many of these messages, each given once, are in the set of a request."""
	return int(
		c.exec_driver_sql(
			"SELECT count(*) FROM json_each(?) w JOIN request_message s ON s.message_id = w.value AND s.request_id = ?",
			(json.dumps(list(ids)), request_id),
		).scalar_one()
	)


def undecided_ids(c: Connection, request_id: int) -> "array[int]":
	"""Return what of the set has no decision yet, in the same order."""
	return array("q", [row[0] for row in c.exec_driver_sql(_UNDECIDED, (request_id,))])


def decide(
	c: Connection,
	request_id: int,
	message_ids: Iterable[int],
	choice: Choice,
	*,
	exemption: str | None = None,
	reason: str | None = None,
	prejudice: str | None = None,
	public_interest: str | None = None,
	balance: str | None = None,
	with_media: bool | None = False,
	more_exemptions: Sequence[str] = (),
	at: datetime,
) -> int:
	"""Decide on messages of the set as they are shown now, replacing an earlier decision; return how many. Messages
	outside the set are left alone. `with_media` None: what was said of their photos and files stays.
	"""
	return c.exec_driver_sql(
		_DECIDE,
		(
			choice,
			exemption,
			reason,
			prejudice,
			public_interest,
			balance,
			with_media if with_media is None else int(with_media),
			json.dumps(list(more_exemptions)),
			moment(at),
			request_id,
			json.dumps(meant(c, message_ids)),
		),
	).rowcount


def undecide(c: Connection, request_id: int, message_ids: Iterable[int]) -> int:
	"""Take decisions back; return how many there were."""
	return c.exec_driver_sql(
		"DELETE FROM decision WHERE request_id = ? AND message_id IN (SELECT value FROM json_each(?))",
		(request_id, json.dumps(meant(c, message_ids))),
	).rowcount


def decisions(c: Connection, request_id: int) -> dict[int, Decision]:
	"""Return what was decided, by message id."""
	rows = c.exec_driver_sql(
		"""
		SELECT message_id, choice, exemption, reason, prejudice, public_interest, balance, with_media, more_exemptions
		FROM decision WHERE request_id = ?
		""",
		(request_id,),
	)
	return {
		row[0]: Decision(
			message_id=row[0],
			choice=row[1],
			exemption=row[2],
			reason=row[3],
			prejudice=row[4],
			public_interest=row[5],
			balance=row[6],
			with_media=bool(row[7]),
			more_exemptions=tuple(json.loads(row[8])),
		)
		for row in rows
	}


def changed_since_decided(c: Connection, request_id: int) -> set[int]:
	"""Return the decided messages that are shown in another version than when they were decided on."""
	rows = c.exec_driver_sql(
		"""
		SELECT d.message_id FROM decision d JOIN message m ON m.id = d.message_id
		WHERE d.request_id = ? AND m.shown_version_id != d.version_id
		""",
		(request_id,),
	)
	return {row[0] for row in rows}


def add_search(c: Connection, request_id: int, record: SearchRecord) -> None:
	"""Record a search that was made for a request."""
	c.exec_driver_sql(
		"INSERT INTO search_record(request_id, at, words, found, added) VALUES(?, ?, ?, ?, ?)",
		(request_id, moment(record.at), record.words, record.found, record.added),
	)


def searches(c: Connection, request_id: int) -> list[SearchRecord]:
	"""Return the searches made for a request and what was added or left out by hand, in their order; nothing that was
	taken back at once, and not the confirming.
	"""
	rows = c.exec_driver_sql(
		"""
		SELECT at, words || CASE WHEN wanted -> '$[0].out' IS NULL THEN '' ELSE ', taken out again' END, found, added
		FROM search_record WHERE request_id = ? AND wanted -> '$[0].undone' IS NULL
			AND coalesce(wanted ->> '$[0].act', '') != 'confirm' ORDER BY id
		""",
		(request_id,),
	)
	return [SearchRecord(datetime.fromisoformat(row[0]), row[1], row[2], row[3]) for row in rows]
