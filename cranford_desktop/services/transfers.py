"""Handing messages on to the council's e-mail (policy section 5, second point), and the register of it."""

from pathlib import Path

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.transfers import Transfer, TransferFile, TransferForm
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.errors import NotBuiltYet
from cranford_desktop.services.clock import Clock
from cranford_desktop.store.archive import Archive


class Transfers:
	"""Makes the file, puts it where the clerk says, keeps the register."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def make(
		self, wanted: MessageFilter, form: TransferForm, *, progress: Progress = unheard, stopped: Stopped = never
	) -> TransferFile:
		"""Return these messages as PDF or e-mail, marked "INTERNAL: not a disclosure"; writes nothing."""
		raise NotBuiltYet("")

	def save(self, file: TransferFile, path: Path, *, member: str, to_whom: str) -> Transfer:
		"""Write the file to a place outside the archive and enter it in the register."""
		raise NotBuiltYet("")

	def printed(self, file: TransferFile, *, member: str, to_whom: str) -> Transfer:
		"""Enter a print in the register."""
		raise NotBuiltYet("")

	def register(self) -> list[Transfer]:
		"""Return the register, newest first."""
		raise NotBuiltYet("")

	def register_pdf(self) -> bytes:
		"""Return the register as a PDF."""
		raise NotBuiltYet("")
