"""The exemptions that a request's decisions, coverings-up and files rest on, and what a change of law makes of them."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

Change = list[Any]
"""One place, and its exemption before and after: [kind, key, before, after]."""
_COVERED: Mapping[str, tuple[str, str, str]] = {
	"redaction": (
		"SELECT id, exemption FROM redaction WHERE request_id = ?",
		"SELECT exemption FROM redaction WHERE id = ?",
		"UPDATE redaction SET exemption = ? WHERE id = ?",
	),
	"photo_area": (
		"SELECT id, exemption FROM photo_area WHERE request_id = ?",
		"SELECT exemption FROM photo_area WHERE id = ?",
		"UPDATE photo_area SET exemption = ? WHERE id = ?",
	),
}
"""How what is covered up is read, all of a request and one, and written."""


class Uses(NamedTuple):
	"""How often a request names an exemption."""

	decisions: int
	redactions: int


def uses(c: Connection, request_id: int) -> dict[str, Uses]:
	"""Return how often each exemption is named: by decisions on messages and files, and by what is covered up."""
	decided: Counter[str] = Counter()
	covered: Counter[str] = Counter()
	for code, more in c.exec_driver_sql(
		"SELECT exemption, more_exemptions FROM decision WHERE request_id = ?", (request_id,)
	):
		decided.update({one for one in (code, *json.loads(more)) if one})
	for statement, counted in (
		("SELECT exemption FROM media_decision WHERE request_id = ? AND exemption IS NOT NULL", decided),
		("SELECT exemption FROM redaction WHERE request_id = ?", covered),
		("SELECT exemption FROM photo_area WHERE request_id = ?", covered),
	):
		counted.update(row[0] for row in c.exec_driver_sql(statement, (request_id,)) if row[0])
	return {code: Uses(decided[code], covered[code]) for code in sorted({*decided, *covered})}


def replace(c: Connection, request_id: int, codes: Mapping[str, str]) -> list[Change]:
	"""Put other exemptions in place of some; return each change, for the day it is taken back."""
	made: list[Change] = []
	for message, code, stored in c.exec_driver_sql(
		"SELECT message_id, exemption, more_exemptions FROM decision WHERE request_id = ?", (request_id,)
	).all():
		more = json.loads(stored)
		if code not in codes and not any(one in codes for one in more):
			continue
		after = codes.get(code, code)
		rest = list(dict.fromkeys(known for one in more if (known := codes.get(one, one)) != after))
		_decision(c, request_id, message, after, rest)
		made.append(["decision", message, [code, more], [after, rest]])
	for message, sha256, code in c.exec_driver_sql(
		"SELECT message_id, sha256, exemption FROM media_decision WHERE request_id = ?", (request_id,)
	).all():
		if code in codes:
			_media(c, request_id, message, sha256, codes[code])
			made.append(["media", [message, sha256], code, codes[code]])
	for table, (read, _, write) in _COVERED.items():
		for known, code in c.exec_driver_sql(read, (request_id,)).all():
			if code in codes:
				c.exec_driver_sql(write, (codes[code], known))
				made.append([table, known, code, codes[code]])
	for before, now in codes.items():
		_reasons(c, request_id, before, now)
	return made


def put_back(c: Connection, request_id: int, changes: Sequence[Change]) -> None:
	"""Undo a replacement; what was decided anew since stays."""
	for kind, key, before, after in reversed(changes):
		if kind == "decision":
			row = c.exec_driver_sql(
				"SELECT exemption, more_exemptions FROM decision WHERE request_id = ? AND message_id = ?",
				(request_id, key),
			).first()
			if row is not None and [row[0], json.loads(row[1])] == after:
				_decision(c, request_id, key, before[0], before[1])
		elif kind == "media":
			row = c.exec_driver_sql(
				"SELECT exemption FROM media_decision WHERE request_id = ? AND message_id = ? AND sha256 = ?",
				(request_id, *key),
			).first()
			if row is not None and row[0] == after:
				_media(c, request_id, key[0], key[1], before)
		else:
			_, read_one, write = _COVERED[kind]
			row = c.exec_driver_sql(read_one, (key,)).first()
			if row is not None and row[0] == after:
				c.exec_driver_sql(write, (before, key))


def _decision(c: Connection, request_id: int, message: int, code: str | None, more: Sequence[str]) -> None:
	c.exec_driver_sql(
		"UPDATE decision SET exemption = ?, more_exemptions = ? WHERE request_id = ? AND message_id = ?",
		(code, json.dumps(list(more)), request_id, message),
	)


def _media(c: Connection, request_id: int, message: int, sha256: str, code: str | None) -> None:
	c.exec_driver_sql(
		"UPDATE media_decision SET exemption = ? WHERE request_id = ? AND message_id = ? AND sha256 = ?",
		(code, request_id, message, sha256),
	)


def _reasons(c: Connection, request_id: int, before: str, now: str) -> None:
	"""Take along what the law asks to be written down; what is written for the new exemption already stays."""
	c.exec_driver_sql(
		"""
		INSERT OR IGNORE INTO request_reason(request_id, exemption, field, value, changed_at)
		SELECT request_id, ?, field, value, changed_at FROM request_reason WHERE request_id = ? AND exemption = ?
		""",
		(now, request_id, before),
	)
