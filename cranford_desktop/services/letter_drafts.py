"""A letter as it stands: its wording, its fields filled, what it lacks, and what it asks the clerk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cranford_desktop.domain.costs import total
from cranford_desktop.domain.letter_rules import WITH_GROUNDS, Facts, LetterProblem, problems
from cranford_desktop.domain.letters import (
	Field,
	Filled,
	Ground,
	LetterKind,
	Template,
	Wording,
	fill,
	regulator_on,
)
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.letter_templates import LetterTables
from cranford_desktop.services.letter_facts import Situation, defaults, grounds, values
from cranford_desktop.store import letters as books
from cranford_desktop.store.archive import Archive, Connection

Whose = Literal["standard", "council", "letter"]
SETTING = "letters:"
"""Before the name of a setting that is a field of the whole council."""
EXTRA: Mapping[LetterKind, str] = {
	"ncnd": "ncnd_limb",
	"extension": "considered",
	"refusal": "whole_ground",
}
"""Questions whose answer is no merge field: it decides what {grounds} says."""


@dataclass(frozen=True, slots=True)
class Question:
	"""A field the clerk may fill in."""

	field: Field
	value: str
	"""As typed, or what the archive fills in; a day as YYYY-MM-DD."""
	own: bool
	"""It was typed; else the archive fills it in."""
	missing: bool
	options: tuple[tuple[str, str], ...] = ()
	"""Of a choice: value and words."""


@dataclass(frozen=True, slots=True)
class Draft:
	"""A letter as it stands."""

	template: Template
	wording: Wording
	whose: Whose
	letter: Filled
	problems: tuple[LetterProblem, ...]
	questions: tuple[Question, ...]
	grounds: tuple[Ground, ...]

	@property
	def ready(self) -> bool:
		"""Say whether nothing stops it."""
		return not any(one.stops for one in self.problems)


class Drafts:
	"""Fills letters. Reads only; nothing is kept by it."""

	def __init__(self, archive: Archive, policy: PolicyTables, letters: LetterTables) -> None:
		self._archive = archive
		self._policy = policy
		self._letters = letters

	def draft(self, situation: Situation, kind: LetterKind, wording: Wording | None, on: date) -> Draft:
		"""Return a letter with its fields filled and its problems; with a `wording` not kept yet, if one is given.

		Raises `NotFound` where the request's law has no such letter.
		"""
		request, today = situation.request, on
		template = self._letters.template(kind, request.regime)
		with self._archive.reading() as connection:
			answers = books.answers(connection, request.id)
			kept, whose = self._wording(connection, template, request.id)
			answers |= {
				one.name: self._archive.setting(connection, SETTING + one.name) or ""
				for one in self._letters.fields.values()
				if one.scope == "council"
			}
		words = wording or kept
		fields = self.fields(kind)
		given = {one.name: one.standard for one in fields.values() if one.standard}
		given |= defaults(situation, today, self._policy) | {key: value for key, value in answers.items() if value}
		stated = grounds(kind, situation, answers, self._policy, self._letters) if kind in WITH_GROUNDS else ()
		regulator = regulator_on(self._policy.regulators, today)
		filled = fill(
			words,
			values(
				kind,
				situation,
				given,
				stated,
				council=self._archive.council,
				today=today,
				policy=self._policy,
				shapes={name: one.shape for name, one in fields.items()},
			),
			fields,
		)
		facts = Facts(
			kind=kind,
			regime=request.regime,
			fields=fields,
			grounds=stated,
			regulator=regulator,
			review_contact=given.get("contact", ""),
			today=today,
			due=situation.due,
			latest=situation.latest,
			extended_to=_day(given.get("estimate")) if kind == "extension" else None,
			completion=given.get("completion", ""),
			minutes=total(situation.time, self._policy.cost_limit).minutes,
			limit_minutes=self._policy.cost_limit.hours * 60,
			messages=situation.tally.messages,
			undecided=situation.tally.undecided,
			no_pack=situation.pack is None and bool(situation.tally.readable),
			stale_pack=situation.stale_pack,
			readable=situation.tally.readable,
			removed=bool(situation.tally.withheld or situation.tally.redacted),
			media_left_out=situation.tally.media_left_out,
			asked_back=situation.asked_back,
			covered=situation.covered,
		)
		return Draft(
			template=template,
			wording=words,
			whose=whose,
			letter=filled,
			problems=problems(filled, facts),
			questions=self._questions(situation, kind, filled, given, answers),
			grounds=stated,
		)

	def _wording(self, connection: Connection, template: Template, request_id: int) -> tuple[Wording, Whose]:
		own = books.wording(connection, template.kind, template.regime, request_id)
		if own is not None:
			return own, "letter"
		ours = books.wording(connection, template.kind, template.regime)
		return (ours, "council") if ours is not None else (template.wording, "standard")

	def fields(self, kind: LetterKind) -> dict[str, Field]:
		"""Return the merge fields that a wording of this kind may use."""
		fields = {name: one for name, one in self._letters.fields.items() if name not in EXTRA.values()}
		if kind == "sar_answer":
			fields["grounds"] = replace(fields["grounds"], optional=True)
		return fields

	def _questions(
		self,
		situation: Situation,
		kind: LetterKind,
		filled: Filled,
		given: Mapping[str, str],
		answers: Mapping[str, str],
	) -> tuple[Question, ...]:
		names = [EXTRA[kind]] if kind in EXTRA and (kind, situation.request.regime) != ("extension", "sar") else []
		if kind == "extension" and situation.request.regime != "foi":
			names = []
		if kind == "refusal" and situation.tally.messages:
			names = []  # its reasons come from the decisions
		names += [name for name in filled.used if self._letters.fields[name].scope != "known"]
		return tuple(
			Question(
				field=self._letters.fields[name],
				value=given.get(name, ""),
				own=bool(answers.get(name)),
				missing=name in filled.missing or (name == "ncnd_limb" and not given.get(name)),
				options=self._options(name, situation),
			)
			for name in names
		)

	def _options(self, name: str, situation: Situation) -> tuple[tuple[str, str], ...]:
		regime = situation.request.regime
		if name == "ncnd_limb":
			return tuple((one.code, f"{one.title} – {one.code}") for one in self._letters.limbs if one.regime == regime)
		if name == "whole_ground":
			return tuple(
				(one.code, f"{one.title} – {one.code}") for one in self._policy.exemptions if regime in one.regimes
			)
		if name == "considered":
			return tuple(
				(one.code, f"{one.title} – {one.code}")
				for one in self._policy.exemptions
				if regime in one.regimes and one.needs_public_interest
			)
		return ()


def _day(stored: str | None) -> date | None:
	return date.fromisoformat(stored) if stored else None
