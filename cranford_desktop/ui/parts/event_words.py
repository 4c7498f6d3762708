"""What can happen to a request, in the words of its menu, its dialogs and its timeline."""

from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.request_events import EventKind, RequestEvent
from cranford_desktop.domain.requests import Regime
from cranford_desktop.ui.parts.wording import day_words


class EventWords(NamedTuple):
	"""How one kind of event is said."""

	menu: str
	head: str
	"""Heading of its dialog."""
	body: str
	"""What recording it does."""
	verb: str
	day: str
	"""What its day is called in a fault: "The day you asked"."""
	line: str
	"""What the one line is for; empty: there is none."""
	told: str
	"""What the timeline says."""
	icon: str


EVENTS: dict[EventKind, EventWords] = {
	"clarification_asked": EventWords(
		"You asked them what they mean",
		"When did you ask them what they mean?",
		"The clock waits for their answer.",
		"Record the question",
		"The day you asked",
		"What did you ask?",
		"Asked them what they mean",
		"question_circle",
	),
	"clarified": EventWords(
		"They said what they mean",
		"When did their answer come?",
		"The last day is worked out again from it.",
		"Record the answer",
		"The day it came",
		"What did they say?",
		"They said what they mean",
		"checkmark_circle",
	),
	"fee_asked": EventWords(
		"You asked for a fee",
		"When did you send the fees notice?",
		"The clock waits until they pay.",
		"Record the fees notice",
		"The day you sent it",
		"How much?",
		"Sent a fees notice",
		"document_text",
	),
	"fee_paid": EventWords(
		"They paid the fee",
		"When did the fee come?",
		"The working days you waited do not count.",
		"Record the payment",
		"The day it came",
		"How was it paid?",
		"They paid the fee",
		"checkmark_circle",
	),
	"identity_asked": EventWords(
		"You asked who they are",
		"When did you ask for proof of who they are?",
		"The clock waits until they have shown it.",
		"Record the question",
		"The day you asked",
		"What did you ask to see?",
		"Asked for proof of who they are",
		"person_question_mark",
	),
	"identity_shown": EventWords(
		"They showed who they are",
		"When did they show who they are?",
		"The month begins with that day.",
		"Record that they showed it",
		"The day they showed it",
		"What did you see? Keep no copy of it.",
		"They showed who they are",
		"checkmark_circle",
	),
	"extended": EventWords(
		"You took more time",
		"When did you tell them that it takes longer?",
		"",
		"Record the longer time",
		"The day you told them",
		"Why does it take longer?",
		"Told them that it takes longer",
		"calendar_clock",
	),
	"law_changed": EventWords(
		"It comes under another law",
		"Which law does it come under?",
		"",
		"Change the law",
		"The day you changed it",
		"Why?",
		"Put under another law",
		"scales",
	),
	"note": EventWords(
		"Something else: a note",
		"What happened?",
		"It joins the timeline and stays in your own record.",
		"Add the note",
		"The day it happened",
		"What happened?",
		"Note",
		"edit",
	),
	"withdrawn": EventWords(
		"They withdrew it",
		"When did they withdraw it?",
		"The request is closed, and no longer keeps its messages from being erased.",
		"Record that they withdrew it",
		"The day they withdrew it",
		"How did they say so?",
		"They withdrew it",
		"dismiss_circle",
	),
	"closed": EventWords(
		"Close it",
		"Close this request?",
		"",
		"Close the request",
		"The day it was closed",
		"Why?",
		"Closed",
		"archive",
	),
	"reopened": EventWords(
		"Open it again",
		"Open this request again?",
		"Its messages are kept again, and it counts as not answered.",
		"Open it again",
		"The day it was opened again",
		"Why?",
		"Opened again",
		"arrow_undo",
	),
}
LAWS: dict[Regime, str] = {
	"foi": "Freedom of information",
	"eir": "Environmental information",
	"sar": "Subject access",
}
_GROUNDS = {"complex": "It is complex.", "many": "They made many requests."}


def told(event: RequestEvent) -> tuple[str, str]:
	"""Return what the timeline says of an event, and its second line."""
	words, note = EVENTS[event.kind].told, event.note
	if event.kind == "law_changed":
		words = f"From {LAWS[_law(event, 'from')].lower()} to {LAWS[_law(event, 'to')].lower()}"
	elif event.kind == "extended":
		ground = str(event.detail.get("ground", ""))
		parts = [_GROUNDS.get(ground) or (f"Ground: {ground}." if ground else "")]
		if event.detail.get("until"):
			parts.append(f"Promised for {day_words(date.fromisoformat(str(event.detail['until'])), weekday=False)}.")
		note = " ".join(part for part in (*parts, note) if part)
	elif event.kind == "note":
		words, note = event.note, ""
	return words, note


def _law(event: RequestEvent, key: str) -> Regime:
	return next(one for one in LAWS if one == event.detail[key])
