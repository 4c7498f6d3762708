"""The register of official groups: which chats are the council's, since when, who runs them, who belonged to them."""

from datetime import date

from cranford_desktop.domain.membership import Membership
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import NotBuiltYet
from cranford_desktop.services.clock import Clock
from cranford_desktop.store.archive import Archive


class Groups:
	"""Keeps the register."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def all(self) -> list[Group]:
		"""Return the official groups, by name."""
		raise NotBuiltYet("")

	def register(self, name: str, *, since: date | None = None, admin: str | None = None) -> int:
		"""Register an official group and return its number; raises `CranfordError` where the name is taken."""
		raise NotBuiltYet("")

	def change(self, group_id: int, *, name: str, since: date | None, admin: str | None) -> None:
		"""Change what the register says of a group."""
		raise NotBuiltYet("")

	def membership(self, group_id: int) -> Membership:
		"""Reconstruct who belonged to a group and when, from the app's own lines, beside the members' roll."""
		raise NotBuiltYet("")
