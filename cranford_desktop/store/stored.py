"""How filters and pack results are written into a column, as JSON, and read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from cranford_desktop.domain.disclosure import LeakPlace, LeakReport, PackFile, PackResult
from cranford_desktop.domain.messages import MessageFilter


def filters_json(include: Sequence[MessageFilter]) -> str:
	"""Return a live query as it is stored: only the keys that are given."""
	nothing = asdict(MessageFilter())
	entries = [
		{key: value for key, value in asdict(one).items() if value != nothing[key] and key != "with_set_aside"}
		for one in include
	]
	return json.dumps(entries, ensure_ascii=False, default=date.isoformat)


def filters(stored: str) -> tuple[MessageFilter, ...]:
	"""Return a live query as it was stored."""
	return tuple(_filter(entry) for entry in json.loads(stored))


def _filter(entry: Mapping[str, Any]) -> MessageFilter:
	given: dict[str, Any] = {}
	for one in fields(MessageFilter):
		if (value := entry.get(one.name)) is None:
			continue
		if one.name in {"start", "end"}:
			given[one.name] = date.fromisoformat(value)
		else:
			given[one.name] = tuple(value) if isinstance(value, list) else value
	return MessageFilter(**given)


def result_json(result: PackResult) -> str:
	"""Return a pack's result as it is stored."""
	return json.dumps(asdict(result), ensure_ascii=False)


def result(stored: str) -> PackResult:
	"""Return a pack's result as it was stored."""
	given = json.loads(stored)
	leaks = given["leak_check"]
	given["leak_check"] = LeakReport(leaks["needles"], tuple(LeakPlace(**place) for place in leaks["places"]))
	given["files"] = tuple(PackFile(**file) for file in given["files"])
	given["not_recorded"] = tuple(given["not_recorded"])
	given["numbers"] = tuple((one[0], one[1]) for one in given.get("numbers", ()))
	for name in ("warnings", "enclosures"):
		given[name] = tuple(given.get(name, ()))
	return PackResult(**given)
