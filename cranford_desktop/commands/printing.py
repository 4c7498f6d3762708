"""What `cranford` prints: JSON objects, messages as JSONL or CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cranford_desktop.domain.disclosure import PackResult
from cranford_desktop.domain.messages import MessageDetail, Receipt
from cranford_desktop.domain.retention import RetentionPosition

COLUMNS = (
	"id",
	"group",
	"sent_at",
	"precision",
	"sender",
	"sender_as_exported",
	"kind",
	"text",
	"raw",
	"edited",
	"deleted",
	"attachments",
	"exports",
	"versions",
)


_BREAKS = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")
"""What some readers take for the end of a line, and what UTF-8 cannot write (a file's name can be any bytes)."""


def as_json(value: object) -> str:
	"""Return a value as one JSON object on one line, characters as they are where every reader keeps them so."""
	return _BREAKS.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(value, ensure_ascii=False))


def moment(value: datetime) -> str:
	"""Return a wall time as `sent_at` is printed: 2024-03-13T19:05:00."""
	return value.replace(tzinfo=None, microsecond=0).isoformat()


def receipt(one: Receipt, file: str) -> dict[str, Any]:
	"""Return a receipt with the keys of `cranford import`."""
	return {
		"file": file,
		"sha256": one.sha256,
		"group": one.group,
		"phone": one.phone,
		"platform": one.platform,
		"date_order": one.date_order,
		"first": moment(one.first),
		"last": moment(one.last),
		"records": one.records,
		"messages": one.messages,
		"system": one.system,
		"media_present": one.media_present,
		"media_missing": one.media_missing,
		"unread_lines": one.unread_lines,
		"new": one.new,
		"matched": one.matched,
		"disposed_earlier": one.disposed_earlier,
		"past_cut_off": one.past_cut_off,
		"already_imported": one.already_imported,
		"warnings": list(one.warnings),
	}


def message(one: MessageDetail) -> dict[str, Any]:
	"""Return a message with the keys of `cranford messages`."""
	row = one.row
	return {
		"id": row.id,
		"group": row.group,
		"sent_at": moment(row.sent_at),
		"precision": row.precision,
		"sender": row.sender,
		"sender_as_exported": row.sender_as_exported,
		"kind": row.kind,
		"text": row.text,
		"raw": row.raw,
		"edited": row.edited,
		"deleted": row.deleted,
		"attachments": [
			{
				"name": file.name,
				"media_type": file.media_type,
				"size": file.size,
				"sha256": file.sha256,
				"present": file.present,
			}
			if file.name is not None
			else {"name": None, "present": False}
			for file in row.attachments
		],
		"exports": row.exports,
		"versions": [{"text": version.text, "exports": list(version.exports)} for version in one.versions],
	}


def csv_lines(messages: Iterable[dict[str, Any]]) -> Iterator[str]:
	"""Yield messages as CSV lines; a cell that a spreadsheet would take for a formula is guarded by an apostrophe."""
	buffer = io.StringIO()
	writer = csv.writer(buffer)
	writer.writerow(COLUMNS)
	for one in messages:
		writer.writerow([_cell(one[column]) for column in COLUMNS])
		yield buffer.getvalue()
		buffer.seek(0)
		buffer.truncate()
	if buffer.getvalue():
		yield buffer.getvalue()


def _cell(value: object) -> object:
	if value is None or isinstance(value, bool | int):
		return "" if value is None else value
	text = value if isinstance(value, str) else as_json(value)
	return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def pack(result: PackResult) -> dict[str, Any]:
	"""Return a pack's result with the keys of `cranford disclose`."""
	return {
		"reference": result.reference,
		"messages": result.messages,
		"released": result.released,
		"redacted": result.redacted,
		"withheld": result.withheld,
		"not_in_scope": result.not_in_scope,
		"not_held": result.not_held,
		"undecided_media": result.undecided_media,
		"not_recorded": list(result.not_recorded),
		"leak_check": {
			"passed": result.leak_check.passed,
			"needles": result.leak_check.needles,
			"places": [{"file": one.file, "place": one.place} for one in result.leak_check.places],
		},
		"files": [{"path": one.path, "sha256": one.sha256} for one in result.files],
	}


def retention(position: RetentionPosition) -> dict[str, Any]:
	"""Return a retention position with the keys of `cranford retention`."""
	return {
		"on": position.on.isoformat(),
		"due": position.due,
		"held": [{"reason": one.reason, "messages": one.messages} for one in position.held],
		"first_due": position.first_due.isoformat() if position.first_due else None,
		"oldest": position.oldest.isoformat() if position.oldest else None,
		"classes": [
			{
				"class": one.key,
				"years": one.years,
				"messages": one.messages,
				"first_due": one.first_due.isoformat() if one.first_due else None,
			}
			for one in position.classes
		],
	}
