"""Packs as they are kept, and what became of them: placed outside, sent, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime

from cranford_desktop.domain.disclosure import PackResult
from cranford_desktop.domain.letters import SentHow


@dataclass(frozen=True, slots=True)
class PackSent:
	"""How a pack went out."""

	on: date
	how: SentHow
	to: str
	files: tuple[str, ...]
	"""Paths of the files that were shown to be the pack's own; empty: it was printed."""


@dataclass(frozen=True, slots=True)
class PackWithdrawn:
	"""Why a pack should not have gone out."""

	on: date
	why: str
	who_has_it: str


@dataclass(frozen=True, slots=True)
class PackRecord:
	"""A pack as it is kept: frozen, superseded by a later one, never edited."""

	id: int
	request_id: int
	number: int
	made_at: datetime
	result: PackResult
	superseded: bool
	placed_at: str | None
	"""Folder outside to which the clerk put a copy."""
	sent: PackSent | None = None
	withdrawn: PackWithdrawn | None = None

	@property
	def counts(self) -> bool:
		"""Return whether it is the answer as things stand: neither replaced nor withdrawn."""
		return not self.superseded and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class PackFileMatch:
	"""A file that the archive knows by its digest."""

	request_id: int
	reference: str
	number: int
	path: str
	superseded: bool
	withdrawn: bool
