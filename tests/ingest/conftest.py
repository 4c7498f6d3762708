"""Helpers of the tests of reading."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import DateOrder, ReadExport
from cranford_desktop.ingest.reading import read_export

TODAY = date(2026, 11, 23)
Read = Callable[..., ReadExport]


@pytest.fixture
def read(tmp_path: Path) -> Read:
	"""Read a chat given as text or bytes, or an export file that is there; its records are gone through once."""

	def run(
		chat: str | bytes | Path, *, name: str = "WhatsApp Chat with Planning.txt", date_order: DateOrder | None = None
	) -> ReadExport:
		if not isinstance(chat, Path):
			path = tmp_path / name
			path.write_bytes(chat.encode() if isinstance(chat, str) else chat)
			chat = path
		export = read_export(chat, today=TODAY, date_order=date_order)
		return replace(export, records=list(export.records))

	return run
