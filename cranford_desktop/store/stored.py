"""How filters and pack results are written into a column, as JSON, and read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from cranford_desktop.domain.disclosure import LeakPlace, LeakReport, PackFile, PackResult
from cranford_desktop.domain.messages import MessageFilter


def filters_json(include: Sequence[MessageFilter]) -> str:
	"""Return a live query as it is stored: only the keys that are given."""
	entries = [
		{key: value for key, value in asdict(one).items() if value is not None and key != "with_set_aside"}
		for one in include
	]
	return json.dumps(entries, ensure_ascii=False, default=date.isoformat)


def filters(stored: str) -> tuple[MessageFilter, ...]:
	"""Return a live query as it was stored."""
	return tuple(_filter(entry) for entry in json.loads(stored))


def _filter(entry: Mapping[str, Any]) -> MessageFilter:
	return MessageFilter(
		search=entry.get("search"),
		group=entry.get("group"),
		person=entry.get("person"),
		start=date.fromisoformat(entry["start"]) if "start" in entry else None,
		end=date.fromisoformat(entry["end"]) if "end" in entry else None,
		ids=tuple(entry["ids"]) if "ids" in entry else None,
		kinds=tuple(entry["kinds"]) if "kinds" in entry else None,
	)


def result_json(result: PackResult) -> str:
	"""Return a pack's result as it is stored."""
	return json.dumps(asdict(result), ensure_ascii=False)


def result(stored: str) -> PackResult:
	"""Return a pack's result as it was stored."""
	fields = json.loads(stored)
	leaks = fields["leak_check"]
	fields["leak_check"] = LeakReport(leaks["needles"], tuple(LeakPlace(**place) for place in leaks["places"]))
	fields["files"] = tuple(PackFile(**file) for file in fields["files"])
	fields["not_recorded"] = tuple(fields["not_recorded"])
	return PackResult(**fields)
