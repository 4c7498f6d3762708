"""Policy breaches, disputes and data breaches: log one, freeze its evidence, keep its timeline.

What a case's messages are stays evidence until the case is closed: no review may erase them. In this release a case
has its first stage only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from cranford_desktop.domain.cases import CASE_KINDS, Case, CaseDraft, CaseKind
from cranford_desktop.domain.clocks import data_breach_due
from cranford_desktop.domain.policy import Clause, PolicyTables
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.store import cases as books
from cranford_desktop.store import messages
from cranford_desktop.store.archive import Archive, Connection

LOGGED = "Logged"
"""The only stage of this release."""
_PREFIXES: Mapping[CaseKind, str] = MappingProxyType({"policy_breach": "PB", "dispute": "DI", "data_breach": "DB"})
_NEXT: Mapping[CaseKind, tuple[str, tuple[str, ...]]] = MappingProxyType(
	{
		"dispute": (
			"Those involved talk it over in person first. If that does not settle it, it goes to the clerk or chair",
			("3.1", "3.2"),
		),
		"policy_breach": (
			"Speak to the person about it and write down what was said. A councillor's conduct beyond that is for the "
			"monitoring officer; for a member of staff the council's own procedure applies",
			("4.1",),
		),
		"data_breach": (
			"Stop it from spreading, then decide whether the ICO has to be told, and write down why or why not",
			("5.5",),
		),
	}
)
_UNCHANGED = "Nothing was logged."


class Casework:
	"""Keeps the register of disputes and breaches; the record of actions names cases by reference only."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		"""Take the open archive, the clock and the policy tables."""
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def log(self, draft: CaseDraft) -> Case:
		"""Log a case with its evidence and return it.

		Raises `CranfordError` for a draft that says too little or names a day that cannot be, `NotFound` for a sentence
		of the policy or a message that does not exist.
		"""
		now = self._clock()
		draft = self._checked(draft, now)
		with self._archive.writing(now) as change:
			_check_messages(change.connection, draft.message_ids)
			prefix = f"{_PREFIXES[draft.kind]}-{now.year}-"
			reference = f"{prefix}{books.next_number(change.connection, prefix):03d}"
			case_id = books.add_case(change.connection, draft, reference=reference, stage=LOGGED, at=now)
			books.add_step(change.connection, case_id, LOGGED, _evidence_words(len(draft.message_ids)), now)
			change.record(
				"logged a case", {"case": case_id, "reference": reference, "evidence": len(draft.message_ids)}
			)
			return self._told(books.case(change.connection, case_id))

	def cases(self, kind: CaseKind | None = None) -> list[Case]:
		"""Return the cases, newest first; of one kind if that is given."""
		with self._archive.reading() as connection:
			return [self._told(one) for one in books.cases(connection, kind)]

	def get(self, case_id: int) -> Case:
		"""Return one case; raises `NotFound`."""
		with self._archive.reading() as connection:
			return self._told(books.case(connection, case_id))

	def add_evidence(self, case_id: int, message_ids: Sequence[int]) -> Case:
		"""Freeze copies of more messages as they stand now; a message that is evidence already stays as it was."""
		now = self._clock()
		with self._archive.writing(now) as change:
			case = books.case(change.connection, case_id)
			_check_messages(change.connection, message_ids)
			added = books.add_evidence(change.connection, case_id, message_ids, now)
			if added:
				books.add_step(change.connection, case_id, "Evidence added", _evidence_words(added), now)
			change.record("added evidence to a case", {"case": case_id, "reference": case.reference, "evidence": added})
			return self._told(books.case(change.connection, case_id))

	def add_note(self, case_id: int, what: str, note: str = "") -> Case:
		"""Add something that happened to a case's timeline."""
		now = self._clock()
		if not what.strip():
			raise CranfordError("The note is empty.", "Nothing was added.", "Say in a few words what happened.")
		with self._archive.writing(now) as change:
			case = books.case(change.connection, case_id)
			books.add_step(change.connection, case_id, what.strip(), note.strip(), now)
			change.record("added a note to a case", {"case": case_id, "reference": case.reference})
			return self._told(books.case(change.connection, case_id))

	def _checked(self, draft: CaseDraft, now: datetime) -> CaseDraft:
		"""Return a draft that can be logged: blanks trimmed, its sentence of the policy as she cites it."""
		if draft.kind not in CASE_KINDS:
			raise CranfordError("That is no kind of case.", _UNCHANGED, f"Known ones: {', '.join(CASE_KINDS)}.")
		for text, do in (
			(draft.title, "Give it a short title."),
			(draft.facts, "Say what happened: only what can be shown."),
		):
			if not text.strip():
				raise CranfordError("Something is left empty.", _UNCHANGED, do)
		if draft.happened_on > now.date():
			raise CranfordError("The day it happened has not come yet.", _UNCHANGED, "Check the day.")
		if draft.kind == "data_breach":
			_check_noticed(draft, now)
		return replace(
			draft,
			title=draft.title.strip(),
			facts=draft.facts.strip(),
			own_view=draft.own_view.strip(),
			reported_by=draft.reported_by.strip(),
			people=tuple(one.strip() for one in draft.people if one.strip()),
			clause=self._clause(draft.clause).cite if draft.clause else None,
			message_ids=tuple(dict.fromkeys(draft.message_ids)),
		)

	def _clause(self, name: str) -> Clause:
		"""Return the sentence of the policy that is meant, by its key ("2.3") or as she cites it."""
		wanted = name.strip().casefold()
		for one in self._tables.policy.clauses:
			if wanted in (one.key.casefold(), one.cite.casefold()):
				return one
		raise NotFound("The policy has no such sentence.", _UNCHANGED, 'Cite it like "section 2, third point".')

	def _told(self, case: Case) -> Case:
		"""Return a case with what the rules say of it: its due time, and its next step with the policy's sentence."""
		words, keys = _NEXT[case.kind]
		cites = [one.cite for one in self._tables.policy.clauses if one.key in keys]
		due = data_breach_due(case.noticed_at, self._tables.clocks.data_breach_hours) if case.noticed_at else None
		return replace(
			case,
			logged_at=case.logged_at.astimezone(LONDON),
			due_at=due if case.kind == "data_breach" else None,
			next_step=f"{words} ({'; '.join(cites)}).",
			evidence=tuple(replace(one, added_at=one.added_at.astimezone(LONDON)) for one in case.evidence),
			steps=tuple(replace(one, at=one.at.astimezone(LONDON)) for one in case.steps),
		)


def _check_noticed(draft: CaseDraft, now: datetime) -> None:
	"""Refuse a data breach without the moment it was noticed: the 72 hours begin there."""
	if draft.noticed_at is None:
		raise CranfordError(
			"The 72 hours begin when somebody acting for the council first knew.",
			_UNCHANGED,
			"Give the day and the time it was noticed.",
		)
	if draft.noticed_at > now.replace(tzinfo=None):
		raise CranfordError("The time it was noticed has not come yet.", _UNCHANGED, "Check the day and the time.")
	if draft.noticed_at.date() < draft.happened_on:
		raise CranfordError("It was noticed before it happened.", _UNCHANGED, "Check both days.")
	data_breach_due(draft.noticed_at)


def _check_messages(connection: Connection, message_ids: Iterable[int]) -> None:
	wanted = tuple(dict.fromkeys(message_ids))
	if len(messages.rows(connection, wanted)) != len(wanted):
		raise NotFound("This archive holds no message of that number.", "Nothing was changed.")


def _evidence_words(count: int) -> str:
	if not count:
		return ""
	return f"{count:,} {'message' if count == 1 else 'messages'} kept as evidence"
