"""One message out of several exports: what the archive holds of it, and what another export adds.

An export is compared with what is held message by message; its records join messages or begin new ones. It never
merges two held messages and never splits one, so the messages of the first k exports are those of all exports, less the
later exports' records: that makes the result independent of the order in which exports come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from cranford_desktop.domain.messages import Kind, Precision


class Face(NamedTuple):
	"""A held message as one export shows it."""

	export: int
	"""Place of the export among the group's exports, by (last record's time, digest), from 0."""
	order: int
	"""Place in its file."""
	sent_at: datetime
	"""Wall time as its file renders it, less the file's clock offset."""
	precision: Precision
	sender: str | None
	"""As exported."""
	kind: Kind
	raw: str
	text: str | None
	edited: bool
	deleted: bool
	media_name: str | None
	is_media: bool
	digest: str | None
	"""SHA-256 of the file it shows, where the export carries it."""
	event: str | None
	named: tuple[str, ...]


class HeldMessage(NamedTuple):
	"""A message the archive holds, with all that its exports show of it."""

	message_id: int
	faces: tuple[Face, ...]
	"""Never empty; by export."""


@dataclass(frozen=True, slots=True)
class Merge:
	"""What an export is, compared with the messages held."""

	matched: Mapping[int, int]
	"""Order of a record → index into what is held. Every value stands once; every other record is a new message."""
	offset: timedelta
	"""By how much the file's clock is ahead of what is held; nothing where no evidence shows it."""
	doubtful: frozenset[int] = frozenset()
	"""Orders of records that joined a message on weaker evidence: a sender offline for hours, names that do not tell,
	minutes further apart than usual.
	"""
