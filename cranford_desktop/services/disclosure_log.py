"""The disclosure log from the requests that were answered: never a requester, never a subject access request."""

from dataclasses import dataclass
from pathlib import Path

from cranford_desktop.documents import words
from cranford_desktop.documents.disclosure_log import LoggedRequest, outcome, render_log
from cranford_desktop.domain.disclosure import Regime, RequestRecord
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.letters import ANSWERING
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.pack_files import require_empty, write_all
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.letters import sent_letters

_LEFT_OUT, _WORDS = "disclosure_log:{}:left_out", "disclosure_log:{}:words"
"""Settings of a request, by its id."""


def may_be_listed(regime: Regime) -> bool:
	"""Return whether a request of a law can be in the log at all: one for somebody's own data never is."""
	return regime != "sar"


@dataclass(frozen=True, slots=True)
class LogChoice:
	"""A request as the log would list it, and whether she lets it."""

	request_id: int
	logged: LoggedRequest
	listed: bool
	worded: bool
	"""It says what was asked in her words, not in those of the request."""

	@property
	def what(self) -> str:
		"""Return what the log says was asked."""
		return words.plain(self.logged.wording)

	@property
	def outcome(self) -> str:
		"""Return what the log says became of it."""
		return outcome(self.logged)


class DisclosureLog:
	"""Lists answered requests for the council's website."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def entries(self) -> list[LoggedRequest]:
		"""Return the answered requests under FOI and EIR that she did not leave out, newest first."""
		return [one.logged for one in self.choices() if one.listed]

	def choices(self) -> list[LogChoice]:
		"""Return every answered request that can be listed, newest first; who asked for their own data is nobody's."""
		with self._archive.reading() as connection:
			found = [
				LogChoice(
					request.id,
					logged,
					listed=self._archive.setting(connection, _LEFT_OUT.format(request.id)) != "yes",
					worded=bool(self._archive.setting(connection, _WORDS.format(request.id))),
				)
				for request in casebook.requests(connection)
				if may_be_listed(request.regime) and (logged := self._entry(connection, request)) is not None
			]
		return sorted(found, key=lambda one: (one.logged.answered, one.logged.reference), reverse=True)

	def choose(self, request_id: int, *, listed: bool) -> None:
		"""Say whether a request goes into the log; raises `RefusedByPolicy` for one that never does."""
		with self._archive.writing(self._clock()) as change:
			self._may(change.connection, request_id)
			self._archive.set_setting(change.connection, _LEFT_OUT.format(request_id), "" if listed else "yes")
			change.record("chose for the disclosure log", {"request": request_id, "listed": listed})

	def word(self, request_id: int, summary: str) -> None:
		"""Keep what the log says was asked, in place of the request's own words; empty: those again.

		Raises `RefusedByPolicy` where it names who asked, or says what is covered up in the request.
		"""
		said = " ".join(summary.split())
		with self._archive.writing(self._clock()) as change:
			request = self._may(change.connection, request_id)
			if any(
				piece.is_label for piece in self._builder(change.connection, request).wording(said, request.requester)
			):
				raise RefusedByPolicy(
					"It names who asked, or says something that you covered up in this request.",
					"The log says what it said before.",
					"Say what was asked without names, numbers and addresses.",
				)
			self._archive.set_setting(change.connection, _WORDS.format(request_id), said)
			change.record("worded an entry of the disclosure log", {"request": request_id, "own": bool(said)})

	def _may(self, connection: Connection, request_id: int) -> RequestRecord:
		request = casebook.request(connection, request_id)
		if not may_be_listed(request.regime):
			raise RefusedByPolicy(
				"A request for somebody's own data is never in the disclosure log.", "Nothing was changed."
			)
		return request

	def _builder(self, connection: Connection, request: RequestRecord) -> PackBuilder:
		covered = casebook.redactions(connection, request.id)
		return PackBuilder(request.reference, covered, self._tables.exemptions, request.regime)

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
		builder = self._builder(connection, request)
		own = self._archive.setting(connection, _WORDS.format(request.id))
		packs, letters = casebook.packs(connection, request.id), sent_letters(connection, request.id)
		result = packs[0].result if packs else None
		return LoggedRequest(
			reference=request.reference,
			regime=request.regime,
			received=request.received,
			answered=request.answered_on,
			wording=builder.wording(own or request.wording, request.requester),
			messages=result.messages if result else 0,
			released=result.released + result.undecided_media if result else 0,
			withheld=result.withheld if result else 0,
			letter=next((one.kind for one in reversed(letters) if one.kind in ANSWERING), None),
			with_pack=result is not None,
		)
