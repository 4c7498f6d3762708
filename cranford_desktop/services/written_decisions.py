"""What a written request means in one archive: its messages, decisions, redactions and searches. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cranford_desktop.domain.describing import describe
from cranford_desktop.domain.disclosure import Decision, Redaction, RequestRecord, SearchRecord
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.errors import NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.written_request import NOTHING_MADE, WrittenDecision, WrittenRequest, check_stand_in
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.people import alias_ids, names_of
from cranford_desktop.store.search import parse


@dataclass(frozen=True, slots=True)
class Planned:
	"""A written request, worked out."""

	rows: Sequence[MessageRow]
	"""The candidate set, by group and conversation order."""
	decisions: Mapping[int, Decision]
	"""For every candidate: what was decided, else release of its words with media left out."""
	redactions: Sequence[Redaction]
	searches: Sequence[SearchRecord]

	def alike(self) -> Iterator[tuple[Decision, list[int]]]:
		"""Yield the decisions with the messages of each, for writing in bulk."""
		together: dict[Decision, list[int]] = {}
		for message_id, decision in self.decisions.items():
			together.setdefault(replace(decision, message_id=0), []).append(message_id)
		yield from together.items()


def plan(connection: Connection, written: WrittenRequest, now: datetime) -> Planned:
	"""Work out a written request; raises `NotFound` or `ProblemWithFile`, naming the key, for what is not there."""
	ids: dict[int, None] = {}
	searches: list[SearchRecord] = []
	for at, wanted in enumerate(written.include):
		_check_filter(connection, wanted, f"include[{at}]")
		found = books.message_ids(connection, replace(wanted, with_set_aside=True))
		before = len(ids)
		ids.update(dict.fromkeys(found))
		searches.append(SearchRecord(now, describe(wanted), len(found), len(ids) - before))
	ordered = books.message_ids(connection, MessageFilter(ids=tuple(ids), with_set_aside=True))
	decisions = {one: Decision(one, "release") for one in ordered}
	for decision in written.decisions:
		for one in _reached(connection, decision) & ids.keys():
			decisions[one] = Decision(
				message_id=one,
				choice=decision.choice,
				exemption=decision.exemption,
				reason=decision.reason,
				prejudice=decision.prejudice,
				public_interest=decision.public_interest,
				balance=decision.balance,
				with_media=decision.choice == "release",
			)
	return Planned(books.rows(connection, ordered), decisions, _redactions(connection, written), searches)


def _reached(connection: Connection, decision: WrittenDecision) -> set[int]:
	"""Return the messages a decision speaks of, in the candidate set or not."""
	if decision.message is not None:
		if not books.rows(connection, [decision.message]):
			raise NotFound(
				f"In the written request, {decision.key}.message names a message that this archive does not hold.",
				NOTHING_MADE,
				"Give the number that `cranford messages` shows as id.",
			)
		return {decision.message}
	return _matching(connection, decision.search or "", decision.key)


def _check_filter(connection: Connection, wanted: MessageFilter, key: str) -> None:
	if wanted.group is not None and books.group_by_name(connection, wanted.group) is None:
		held = ", ".join(one.name for one in books.groups(connection))
		raise NotFound(
			f"In the written request, {key}.group names a group that this archive does not hold.",
			NOTHING_MADE,
			f"It holds: {held}." if held else "It holds no group yet.",
		)
	if wanted.person is not None and not alias_ids(connection, wanted.person):
		raise NotFound(
			f"In the written request, {key}.person names nobody whom an export shows.",
			NOTHING_MADE,
			"Write the name as `cranford messages` shows it as sender.",
		)
	if wanted.search is not None:
		_matching(connection, wanted.search, key)


def _matching(connection: Connection, words: str, key: str) -> set[int]:
	if not parse(words):
		raise ProblemWithFile(
			f"In the written request, {key}.search holds nothing to look for.", NOTHING_MADE, "Give at least one word."
		)
	return set(books.message_ids(connection, MessageFilter(search=words, with_set_aside=True)))


def _redactions(connection: Connection, written: WrittenRequest) -> list[Redaction]:
	made = []
	for at, one in enumerate(written.redact):
		names = names_of(connection, one.value) if one.kind == "person" else ()
		if one.kind == "person" and not names:
			raise NotFound(
				f"In the written request, redact[{at}].person names nobody whom an export shows.",
				NOTHING_MADE,
				"Write the name as `cranford messages` shows it as sender, or use text.",
			)
		made.append(Redaction(at + 1, one.kind, one.value, one.exemption, one.reason, one.stand_in, names=names))
	for at, one in enumerate(written.redact):
		check_stand_in(one.stand_in, made, f"redact[{at}].stand_in")
	return made


def require_same(earlier: RequestRecord | None, written: WrittenRequest) -> None:
	"""Raise `RefusedByPolicy` where another document has this reference, unless it says that it replaces that one."""
	if earlier is None or written.supersede or earlier.source_json == written.source:
		return
	raise RefusedByPolicy(
		f"There is already a request {earlier.reference}, and it was written differently.",
		NOTHING_MADE,
		'If this one replaces it, add "supersede": true; else give it another reference.',
	)
