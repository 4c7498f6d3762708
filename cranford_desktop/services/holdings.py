"""What the archive holds of each phone, month by month, and what it does not hold."""

from collections.abc import Sequence

from cranford_desktop.domain.coverage import Finding, GroupCoverage
from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import NotBuiltYet
from cranford_desktop.services.clock import Clock
from cranford_desktop.store.archive import Archive


class Holdings:
	"""Answers what is held and what is missing; keeps what the clerk did about it."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def coverage(self, group_id: int | None = None) -> list[GroupCoverage]:
		"""Return what each phone shows of a group, of all groups without one, by name."""
		raise NotBuiltYet("")

	def with_previews(self, group: str, previews: Sequence[Preview]) -> GroupCoverage:
		"""Return the coverage of a group as it would be after importing these; writes nothing."""
		raise NotBuiltYet("")

	def findings(self, *, with_dismissed: bool = False) -> list[Finding]:
		"""Return what is missing or will be, most urgent first."""
		raise NotBuiltYet("")

	def dismiss(self, key: str, reason: str) -> None:
		"""Put a finding aside with the clerk's reason."""
		raise NotBuiltYet("")

	def list_it(self, key: str) -> None:
		"""Put a finding on the clerk's list of what to do."""
		raise NotBuiltYet("")

	def bring_back(self, key: str) -> None:
		"""Undo `dismiss` or `list_it`."""
		raise NotBuiltYet("")
