"""Asking members for their exports, and keeping what they answered. Nothing is sent by the app."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from cranford_desktop.domain.asking import Ask, AskDraft, AskKind, MemberReturn, PhoneKind, Reply
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import NotBuiltYet
from cranford_desktop.services.clock import Clock
from cranford_desktop.store.archive import Archive


class Asking:
	"""Words to members, and the record of asking them."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def draft(self, kind: AskKind, person_id: int, groups: Sequence[str], *, due: date | None = None) -> AskDraft:
		"""Return the words that ask a member, for an e-mail or a letter."""
		raise NotBuiltYet("")

	def letters_pdf(self, drafts: Sequence[AskDraft]) -> bytes:
		"""Return the letters as one PDF, a page each."""
		raise NotBuiltYet("")

	def leaflet_pdf(self, phone: PhoneKind) -> bytes:
		"""Return the one-page leaflet on exporting a chat from this type of phone."""
		raise NotBuiltYet("")

	def record(
		self,
		kind: AskKind,
		person_ids: Sequence[int],
		groups: Sequence[str],
		how: Literal["email", "letter", "spoken"],
		*,
		on: date,
		due: date | None = None,
		year: int | None = None,
	) -> list[int]:
		"""Record that members were asked; return the numbers of the entries."""
		raise NotBuiltYet("")

	def reply(self, ask_id: int, reply: Reply, on: date, note: str = "") -> None:
		"""Record what a member answered, a nil return too; a later answer replaces an earlier one."""
		raise NotBuiltYet("")

	def asks(self, *, waiting_only: bool = False) -> list[Ask]:
		"""Return who was asked, newest first."""
		raise NotBuiltYet("")

	def member_return(self, year: int) -> MemberReturn:
		"""Return the yearly return: every member with their latest export, what was asked and what came."""
		raise NotBuiltYet("")

	def return_pdf(self, year: int) -> bytes:
		"""Return the yearly return as a PDF to sign and file."""
		raise NotBuiltYet("")
