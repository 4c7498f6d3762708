"""Deciding message by message what becomes of it, and what the requester would see."""

from collections.abc import Sequence
from dataclasses import dataclass

from cranford_desktop.domain.decision_ideas import Idea, idea
from cranford_desktop.domain.disclosure import CHOICES, Candidate, Choice, Decision, Exemption, Piece, Regime
from cranford_desktop.domain.media_decisions import MEDIA_CHOICES, MediaChoice, MediaDecision
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import find_exemption
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.pack_building import PackBuilder
from cranford_desktop.services.request_messages import NOTHING_CHANGED, candidates, members, require_members
from cranford_desktop.store import casebook
from cranford_desktop.store import decision_steps as steps
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.store.media_decisions import decide_medium, media_decisions, undecide_medium
from cranford_desktop.store.request_reasons import reasons
from cranford_desktop.suggestion_words import exemption_words, kind_words

_DONE: dict[str, str] = {
	"release": "released",
	"withhold": "withheld",
	"not_in_scope": "not in scope",
	"not_held": "private",
}
_MEDIA_DONE: dict[MediaChoice | None, str] = {
	"release": "put into the pack",
	"withhold": "left out",
	"not_in_scope": "not in scope",
	None: "undecided again",
}
_PLACE = "deciding:{}"
"""Setting under which the message she was at is kept, by request."""


@dataclass(frozen=True, slots=True)
class TakenBack:
	"""A step of deciding that was taken back."""

	words: str
	"""What had been done: "3 messages: released"."""
	message_id: int
	"""Where she was."""
	messages: tuple[int, ...]
	"""What is as it was before; empty where something was covered or uncovered everywhere."""


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
		more_exemptions: Sequence[str] = (),
		reason: str | None = None,
		prejudice: str | None = None,
		public_interest: str | None = None,
		balance: str | None = None,
		with_media: bool | None = False,
	) -> None:
		"""Decide what becomes of messages, as one step that can be taken back; it replaces what was decided before.

		`with_media` None: what was said of the photos and files of each stays. Withholding needs an exemption, and that
		of FOIA s.36 the qualified person's recorded opinion. Raises `RefusedByPolicy`, and `NotFound` for an unknown
		exemption or a message that is not in the set.
		"""
		if choice not in CHOICES:
			raise RefusedByPolicy("That is not a decision.", NOTHING_CHANGED, f"Known ones: {', '.join(CHOICES)}.")
		now = self._clock()
		with self._archive.writing(now) as change:
			regime = casebook.regime_of(change.connection, request_id)
			codes = self._codes(change.connection, request_id, regime, [*filter(None, [exemption]), *more_exemptions])
			code = codes[0] if codes else None
			if choice == "withhold" and code is None:
				raise RefusedByPolicy(
					"Withholding a message needs an exemption.", NOTHING_CHANGED, "Choose the exemption that applies."
				)
			wanted = require_members(change.connection, request_id, message_ids)
			before = steps.decisions_before(change.connection, request_id, wanted)
			casebook.decide(
				change.connection,
				request_id,
				wanted,
				choice,
				exemption=code,
				more_exemptions=codes[1:],
				reason=_told(reason),
				prejudice=_told(prejudice),
				public_interest=_told(public_interest),
				balance=_told(balance),
				with_media=with_media,
				at=now,
			)
			if wanted:
				words = f"{_messages(len(wanted))}: {_DONE[choice]}"
				steps.add_step(change.connection, request_id, wanted[0], words, before, now)
			change.record(
				"decided on messages",
				{"request": request_id, "messages": len(wanted), "decision": choice, "exemption": code},
			)

	def decide_medium(
		self,
		request_id: int,
		message_id: int,
		sha256: str,
		choice: MediaChoice | None,
		*,
		exemption: str | None = None,
		reason: str | None = None,
	) -> None:
		"""Decide on one photo or file of a message, apart from its words; None: undecided again.

		Raises `NotFound` for a file that the message does not hold, `RefusedByPolicy` for one left out without reason.
		"""
		if choice is not None and choice not in MEDIA_CHOICES:
			raise RefusedByPolicy(
				"That is not a decision.", NOTHING_CHANGED, f"Known ones: {', '.join(MEDIA_CHOICES)}."
			)
		now = self._clock()
		with self._archive.writing(now) as change:
			regime = casebook.regime_of(change.connection, request_id)
			codes = self._codes(change.connection, request_id, regime, [exemption] if exemption else [])
			if choice == "withhold" and not codes:
				raise RefusedByPolicy(
					"Leaving a photo or file out needs an exemption.", NOTHING_CHANGED, "Choose the one that applies."
				)
			[row] = members(change.connection, request_id, [message_id])
			if sha256 not in {one.sha256 for one in row.attachments if one.present}:
				raise NotFound("That message holds no such file.", NOTHING_CHANGED, "Open the request again.")
			before = steps.medium_before(change.connection, request_id, row.id, sha256)
			if choice is None:
				undecide_medium(change.connection, request_id, row.id, sha256)
			else:
				made = MediaDecision(sha256, choice, codes[0] if codes else None, _told(reason))
				decide_medium(change.connection, request_id, row.id, made, now)
			words = f"1 photo or file: {_MEDIA_DONE[choice]}"
			steps.add_step(change.connection, request_id, row.id, words, before, now)
			change.record(
				"decided on a file",
				{"request": request_id, "decision": choice, "exemption": codes[0] if codes else None},
			)

	def undecide(self, request_id: int, message_ids: Sequence[int]) -> None:
		"""Take decisions back: the messages are undecided again."""
		now = self._clock()
		with self._archive.writing(now) as change:
			casebook.regime_of(change.connection, request_id)
			before = steps.decisions_before(change.connection, request_id, message_ids)
			casebook.undecide(change.connection, request_id, message_ids)
			if before["decisions"]:
				words = f"{_messages(len(before['decisions']))}: undecided again"
				steps.add_step(change.connection, request_id, before["decisions"][0][0], words, before, now)
			change.record("took decisions back", {"request": request_id, "messages": len(message_ids)})

	def idea(self, regime: Regime, candidate: Candidate, alike: Decision | None = None) -> Idea | None:
		"""Return what a message may be decided as; `alike`: what was decided on a message of the same words."""
		return idea(candidate, regime, kind_words(), exemption_words(), alike)

	# taking back
	def undo(self, request_id: int) -> TakenBack | None:
		"""Take the newest step back, whenever it was made; None where there is none left.

		What a step did to messages that have left the set stays undone: there is nothing to put back.
		"""
		if not self.steps(request_id):
			return None
		with self._archive.writing(self._clock()) as change:
			regime = casebook.regime_of(change.connection, request_id)
			codes = frozenset(one.code for one in self.exemptions(regime))
			while (step := steps.last_step(change.connection, request_id)) is not None:
				touched = steps.take_back(change.connection, request_id, step, codes)
				if touched is not None:
					change.record("took a step of deciding back", {"request": request_id, "messages": len(touched)})
					return TakenBack(step.words, step.message_id, tuple(touched))
			change.record("forgot steps of deciding on messages that left the set", {"request": request_id})
			return None

	def reach(self, request_id: int) -> int:
		"""Return how many messages the newest step decided on."""
		with self._archive.reading() as connection:
			step = steps.last_step(connection, request_id)
		before = step.before if step else {}
		return len(before.get("decisions", ())) + len(before.get("undecided", ()))

	def steps(self, request_id: int) -> int:
		"""Return how many steps can be taken back."""
		with self._archive.reading() as connection:
			return steps.count_steps(connection, request_id)

	def again(self, request_id: int, message_ids: Sequence[int]) -> list[Candidate]:
		"""Return some messages of the set as they stand now."""
		with self._archive.reading() as connection:
			return candidates(connection, request_id, message_ids)

	# where she was
	def remember_place(self, request_id: int, message_id: int) -> None:
		"""Keep which message she is at, for the next time; that changes nothing, so nothing is recorded."""
		with self._archive.remembering() as connection:
			if connection is not None:
				self._archive.set_setting(connection, _PLACE.format(request_id), str(message_id))

	def place(self, request_id: int) -> int | None:
		"""Return the message she was at: as she left the page, else where the newest step was made."""
		with self._archive.reading() as connection:
			kept = self._archive.setting(connection, _PLACE.format(request_id))
			if kept is not None and casebook.members(connection, request_id, [int(kept)]):
				return int(kept)
			step = steps.last_step(connection, request_id)
			return step.message_id if step else None

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
			media = media_decisions(connection, request_id)
			redactions = casebook.redactions(connection, request_id)
		builder = PackBuilder(request.reference, redactions, self._tables.exemptions, request.regime)
		entries = {row.id: builder.entry(row, decisions.get(row.id), 1, media=media.get(row.id, ())) for row in rows}
		return {message_id: entry.body if entry else None for message_id, entry in entries.items()}

	def _codes(self, connection: Connection, request_id: int, regime: Regime, written: Sequence[str]) -> list[str]:
		"""Return exemption codes as the law writes them, each once; refuses one that lacks what it needs first."""
		codes = list(dict.fromkeys(find_exemption(self._tables, one, regime).code for one in written))
		first = [code for code in codes if code in self._tables.reasons.first]
		held = reasons(connection, request_id) if first else {}
		for code in first:
			if self._tables.reasons.lacks_first(code, held.get(code, {})):
				raise RefusedByPolicy(
					f"{code} can only be used with the opinion of the qualified person.",
					NOTHING_CHANGED,
					"Ask for it, and write down who they are, where their authority comes from, what was put to them, "
					"and when they gave their opinion.",
				)
		return codes


def _messages(number: int) -> str:
	return f"{number:,} {'message' if number == 1 else 'messages'}"


def _told(text: str | None) -> str | None:
	return (text or "").strip() or None
