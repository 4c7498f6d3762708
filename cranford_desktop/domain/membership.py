"""Who belonged to a group and when, reconstructed from the app's own lines, and the members' roll beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Came = Literal["created", "added", "joined", "seen"]
"""How a stay began; "seen": wrote there before any line tells of coming."""
Went = Literal["left", "removed"]


@dataclass(frozen=True, slots=True)
class Stay:
	"""One stretch in which somebody belonged to a group: reconstructed, never certain."""

	name: str
	"""Confirmed name, else as rendered."""
	person_id: int | None
	came: Came
	since: datetime
	went: Went | None
	until: datetime | None
	"""None: nothing tells that they left."""
	by: str | None
	"""Who added or removed them, where a line says so."""
	evidence: tuple[int, ...]
	"""Messages that tell of it."""


@dataclass(frozen=True, slots=True)
class Membership:
	"""A group's members over time, and what does not agree with the members' roll."""

	group_id: int
	group: str
	stays: tuple[Stay, ...]
	admins: tuple[str, ...]
	disagreements: tuple["Disagreement", ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
	"""Somebody is in the group who is out of office, or in office and not in the group."""

	person_id: int | None
	name: str
	kind: Literal["left_office", "not_in_group", "not_on_roll"]
	words: str
	"""One sentence: "Peter Holt left office on 5 May 2026 and is still in the group."."""


@dataclass(frozen=True, slots=True)
class Term:
	"""A stretch in which a person had a role."""

	id: int
	person_id: int
	role: str
	start: date | None
	end: date | None
	"""Last day in the role; None: still."""
