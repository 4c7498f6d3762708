"""What the law asks to be written down where an exemption is used, and what is still missing.

The fields stand in `resources/policy/exemptions.toml`, wordings to begin with in `reason_wordings.toml`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from cranford_desktop.domain.day_words import day_words

FieldKind = Literal["lines", "line", "choice", "day", "tick"]
Answers = Mapping[str, str]
"""What was written down for one exemption, by the key of its field; a day as YYYY-MM-DD, a tick as "yes"."""
Reasons = Mapping[str, Answers]
"""What was written down in one request, by exemption code."""

NOT_HELD = "not_held"
"""Stands in place of an exemption's code for messages that are private: what is not held needs a reason too."""


@dataclass(frozen=True, slots=True)
class FieldRule:
	"""One thing that has to be written down."""

	key: str
	kind: FieldKind
	short: str
	"""Its name in the internal log: "Legitimate interest"."""
	label: str
	"""The question, in plain words."""
	fault: str
	"""What is said where it is missing."""
	hint: str = ""
	options: tuple[tuple[str, str], ...] = ()
	"""Of a choice: (value, words)."""
	when: Literal["", "past", "before_request"] = ""
	refuse: tuple[str, str] | None = None
	"""(answer that rules the exemption out, what to say then)."""

	def told(self, value: str) -> str:
		"""Return an answer in words."""
		if self.kind == "choice":
			return dict(self.options).get(value, value)
		if self.kind == "day" and _day(value):
			return day_words(date.fromisoformat(value))
		return "Yes" if self.kind == "tick" else value

	def wrong(self, value: str, received: date, today: date) -> str:
		"""Return what is wrong with an answer, or nothing."""
		if not value.strip():
			return self.fault
		if self.refuse is not None and value == self.refuse[0]:
			return self.refuse[1]
		if self.kind == "choice" and value not in dict(self.options):
			return self.fault
		if self.kind != "day":
			return ""
		day = _day(value)
		if day is None:
			return self.fault
		if self.when == "past" and day > today:
			return "This day has not come yet"
		if self.when == "before_request" and day >= received:
			return f"It has to be before the request came, {day_words(received)}"
		return ""


@dataclass(frozen=True, slots=True)
class Wording:
	"""Words to begin with for a reason that comes up often; changed before they are kept."""

	name: str
	codes: tuple[str, ...]
	fields: Answers


@dataclass(frozen=True, slots=True)
class ReasonRules:
	"""What every exemption asks for."""

	fields: Mapping[str, tuple[FieldRule, ...]]
	"""By exemption code, in the order asked."""
	first: Mapping[str, tuple[str, ...]]
	"""Keys without which an exemption cannot be used at all, by code (FOIA s.36: the qualified person's opinion)."""
	wordings: tuple[Wording, ...]
	private: str
	"""What `NOT_HELD` is called on screen."""

	def of(self, code: str) -> tuple[FieldRule, ...]:
		"""Return what an exemption asks for; nothing for a code that is not known."""
		return self.fields.get(code, ())

	def beginnings(self, code: str) -> tuple[Wording, ...]:
		"""Return the wordings an exemption can begin with."""
		return tuple(one for one in self.wordings if code in one.codes)

	def faults(self, code: str, answers: Answers, received: date, today: date) -> dict[str, str]:
		"""Return what is missing or wrong, by field key."""
		found = ((rule.key, rule.wrong(answers.get(rule.key, ""), received, today)) for rule in self.of(code))
		return {key: words for key, words in found if words}

	def missing(self, code: str, answers: Answers, received: date, today: date) -> tuple[FieldRule, ...]:
		"""Return the fields that are missing or wrong, in order."""
		wrong = self.faults(code, answers, received, today)
		return tuple(rule for rule in self.of(code) if rule.key in wrong)

	def lacks_first(self, code: str, answers: Answers) -> bool:
		"""Say whether something is missing without which the exemption cannot be used at all."""
		return any(not answers.get(key, "").strip() for key in self.first.get(code, ()))

	def told(self, code: str, answers: Answers) -> Iterator[tuple[FieldRule, str]]:
		"""Yield what was written down, in words and in order."""
		for rule in self.of(code):
			if answers.get(rule.key, "").strip():
				yield rule, rule.told(answers[rule.key])


def _day(value: str) -> date | None:
	try:
		return date.fromisoformat(value)
	except ValueError:
		return None
