"""Deciding message by message what becomes of it, and what the requester would see."""

from collections.abc import Sequence

from cranford_desktop.domain.disclosure import CHOICES, Candidate, Choice, Exemption, Piece, Regime
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.request_messages import NOTHING_CHANGED, candidates, members
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Archive


class Deciding:
	"""Keeps the decisions of requests; each change is recorded by number, never by name."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def candidates(self, request_id: int) -> list[Candidate]:
		"""Return the request's messages by group and conversation order, with decisions and what is covered."""
		with self._archive.reading() as connection:
			return candidates(connection, request_id)

	def decide(
		self,
		request_id: int,
		message_ids: Sequence[int],
		choice: Choice,
		*,
		exemption: str | None = None,
		reason: str | None = None,
		prejudice: str | None = None,
		public_interest: str | None = None,
		balance: str | None = None,
		with_media: bool = False,
	) -> None:
		"""Decide what becomes of messages; a later decision replaces an earlier one. Withholding needs an exemption."""
		if choice not in CHOICES:
			raise RefusedByPolicy("That is not a decision.", NOTHING_CHANGED, f"Known ones: {', '.join(CHOICES)}.")
		now = self._clock()
		with self._archive.writing(now) as change:
			request = casebook.request(change.connection, request_id)
			code = find_exemption(self._tables, exemption, request.regime).code if exemption else None
			if choice == "withhold" and code is None:
				raise RefusedByPolicy(
					"Withholding a message needs an exemption.", NOTHING_CHANGED, "Choose the exemption that applies."
				)
			rows = members(change.connection, request_id, message_ids)
			casebook.decide(
				change.connection,
				request_id,
				[row.id for row in rows],
				choice,
				exemption=code,
				reason=_told(reason),
				prejudice=_told(prejudice),
				public_interest=_told(public_interest),
				balance=_told(balance),
				with_media=with_media,
				at=now,
			)
			change.record(
				"decided on messages",
				{"request": request_id, "messages": len(rows), "decision": choice, "exemption": code},
			)

	def undecide(self, request_id: int, message_ids: Sequence[int]) -> None:
		"""Take decisions back: the messages are undecided again."""
		with self._archive.writing(self._clock()) as change:
			casebook.request(change.connection, request_id)
			casebook.undecide(change.connection, request_id, message_ids)
			change.record("took decisions back", {"request": request_id, "messages": len(message_ids)})

	def exemptions(self, regime: Regime) -> list[Exemption]:
		"""Return the exemptions that a message or a stretch of words can have under a law."""
		return [one for one in self._tables.exemptions if regime in one.regimes]

	def requester_view(self, request_id: int, message_id: int) -> tuple[Piece, ...] | None:
		"""Return a message's words exactly as the pack will say them; None where it is not in the pack."""
		return self.requester_views(request_id, [message_id])[message_id]

	def requester_views(self, request_id: int, message_ids: Sequence[int]) -> dict[int, tuple[Piece, ...] | None]:
		"""Return the requester's view of many messages at once, by message id."""
		with self._archive.reading() as connection:
			request = casebook.request(connection, request_id)
			rows = members(connection, request_id, message_ids)
			decisions = casebook.decisions(connection, request_id)
			redactions = casebook.redactions(connection, request_id)
		builder = PackBuilder(request.reference, redactions, self._tables.exemptions, request.regime)
		entries = {row.id: builder.entry(row, decisions.get(row.id), 1) for row in rows}
		return {message_id: entry.body if entry else None for message_id, entry in entries.items()}


def _told(text: str | None) -> str | None:
	return (text or "").strip() or None
