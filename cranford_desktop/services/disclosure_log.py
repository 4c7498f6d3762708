"""The disclosure log from the requests that were answered: never a requester, never a subject access request."""

from pathlib import Path

from cranford_desktop.documents.disclosure_log import LoggedRequest, render_log
from cranford_desktop.domain.disclosure import RequestRecord
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.letters import ANSWERING
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.pack_files import require_empty, write_all
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.letters import sent_letters


class DisclosureLog:
	"""Lists answered requests for the council's website."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def entries(self) -> list[LoggedRequest]:
		"""Return the answered requests under FOI and EIR, newest first; who asked for their own data is nobody's."""
		with self._archive.reading() as connection:
			found = [
				one
				for request in casebook.requests(connection)
				if request.regime != "sar"
				and request.kind == "access"
				and (one := self._entry(connection, request)) is not None
			]
		return sorted(found, key=lambda one: (one.answered, one.reference), reverse=True)

	def write(self, folder: Path) -> list[Path]:
		"""Write the log into a new or empty folder and record it; raises `ProblemWithFile`."""
		require_empty(folder, self._archive.folder)
		now = self._clock()
		entries = self.entries()
		files = render_log(self._archive.council, entries, now.date(), practice=self._archive.practice)
		write_all(files, folder)
		with self._archive.writing(now) as change:
			change.record("wrote the disclosure log", {"requests": len(entries)})
		return [folder / name for name in files]

	def _entry(self, connection: Connection, request: RequestRecord) -> LoggedRequest | None:
		if request.answered_on is None:
			return None
		builder = PackBuilder(
			request.reference,
			casebook.redactions(connection, request.id),
			self._tables.exemptions,
			request.regime,
		)
		packs, letters = casebook.packs(connection, request.id), sent_letters(connection, request.id)
		result = packs[0].result if packs else None
		return LoggedRequest(
			reference=request.reference,
			regime=request.regime,
			received=request.received,
			answered=request.answered_on,
			wording=builder.wording(request.wording, request.requester),
			messages=result.messages if result else 0,
			released=result.released + result.undecided_media if result else 0,
			withheld=result.withheld if result else 0,
			letter=next((one.kind for one in reversed(letters) if one.kind in ANSWERING), None),
			with_pack=result is not None,
		)
