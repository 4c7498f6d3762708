"""The three kinds of case in plain words, with examples, stages and icons. Never the bare word "breach"."""

from datetime import datetime
from typing import NamedTuple

from cranford_desktop.domain.cases import Case, CaseKind
from cranford_desktop.ui.parts.wording import hours_left, moment_words


class KindWords(NamedTuple):
	"""How a kind of case is shown."""

	name: str
	question: str
	"""What she would say of it."""
	examples: str
	icon: str
	ink: str
	stages: tuple[str, ...]
	heading: str
	"""Title of its form."""
	example: str
	"""What such a case may be called."""


KINDS: dict[CaseKind, KindWords] = {
	"policy_breach": KindWords(
		"Policy breach",
		"Someone broke our WhatsApp policy",
		"A decision made in the chat. A private message in an official group. Rude words about a resident.",
		"book_open",
		"warn",
		("Logged", "Spoken to", "Written", "Council or Monitoring Officer", "Closed"),
		"Log a policy breach",
		"Decision made in the chat",
	),
	"data_breach": KindWords(
		"Data breach (72 hours)",
		"Personal information got out, or was lost",
		"A message or pack went to the wrong person. A phone with the chat was lost or stolen. "
		"A resident's details were posted in the wrong group.",
		"shield_error",
		"danger",
		("Logged", "Stopped from spreading", "Told the ICO, or wrote down why not", "Closed"),
		"Log a data breach",
		"Pack sent to the wrong address",
	),
	"dispute": KindWords(
		"Dispute",
		"A falling-out",
		"Two members argue in the chat and it does not settle. Someone complains about how they were spoken to.",
		"people",
		"accent",
		("Logged", "Talked over in person", "With the clerk or chair", "Resolved"),
		"Log a dispute",
		"Sharp words about the pavilion",
	),
}

STAGES_LATER = (
	"Moving a case to its next stage comes with a later release. Until then, add a note for each thing you do."
)


def ico_words(case: Case, now: datetime) -> str:
	"""Return the 72-hour line of a data breach: "69 hours left to tell the ICO, if you need to: until Thursday …"."""
	if case.due_at is None:
		return ""
	left = hours_left(case.due_at, now)
	if case.due_at < now:
		ended = f"{left}: they ended on {moment_words(case.due_at)}."
		return f"{ended} If you need to tell the ICO, do it now and say why it is late."
	return f"{left} to tell the ICO, if you need to: until {moment_words(case.due_at)}"


def next_words(case: Case) -> str:
	"""Return what a list says of a case's next step."""
	return case.next_step or "Add a note when something happens"
