"""Policy breaches, disputes and data breaches: never the bare word "breach"."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

CaseKind = Literal["policy_breach", "dispute", "data_breach"]
CASE_KINDS: tuple[CaseKind, ...] = ("policy_breach", "dispute", "data_breach")


@dataclass(frozen=True, slots=True)
class Evidence:
	"""A frozen copy of a message, as it stood when it was added to a case."""

	message_id: int
	group: str
	sent_at: datetime
	sender: str | None
	text: str
	sha256: str
	"""Digest of the frozen copy."""
	added_at: datetime


@dataclass(frozen=True, slots=True)
class CaseStep:
	"""One entry of a case's timeline."""

	at: datetime
	what: str
	note: str


@dataclass(frozen=True, slots=True)
class CaseDraft:
	"""What the clerk fills in to log a case."""

	kind: CaseKind
	title: str
	happened_on: date
	noticed_at: datetime | None
	"""Data breach: the earliest time anyone acting for the council knew, UK wall time. Required there."""
	people: tuple[str, ...]
	facts: str
	own_view: str = ""
	clause: str | None = None
	"""Policy breach: the sentence of the policy, "section 2, third point"."""
	reported_by: str = ""
	message_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStart:
	"""What is known of a case before its form is opened."""

	title: str
	happened_on: date
	facts: str


@dataclass(frozen=True, slots=True)
class Case:
	"""A case as lists and its page show it."""

	id: int
	reference: str
	kind: CaseKind
	title: str
	stage: str
	"""In this release "Logged" only."""
	logged_at: datetime
	happened_on: date
	noticed_at: datetime | None
	due_at: datetime | None
	"""Data breach: end of 72 elapsed hours, UK wall time."""
	people: tuple[str, ...]
	facts: str
	own_view: str
	clause: str | None
	reported_by: str
	next_step: str
	evidence: tuple[Evidence, ...]
	steps: tuple[CaseStep, ...]
