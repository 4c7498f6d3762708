"""What is to be done for a request, and how far it is, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from cranford_desktop.domain.disclosure import Regime, Request
from cranford_desktop.domain.letters import SentLetter
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.domain.requests import ARRIVALS, FORMS_WANTED
from cranford_desktop.domain.second_look import Standing
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.wording import count, day_words, days_off, short, working_days_between

State = Literal["Completed", "In progress", "Not yet started", "Cannot start yet", "Optional"]

REGIME_NAMES: dict[Regime, str] = {
	"foi": "Freedom of information",
	"eir": "Environmental information",
	"sar": "Subject access (their own data)",
}


class Task(NamedTuple):
	"""One row of the task list."""

	key: Literal[
		"search",
		"decide",
		"redact",
		"second_look",
		"pack",
		"send",
		"letters",
		"answer",
		"places",
		"review",
		"right_decide",
	]
	name: str
	note: str
	state: State


def tasks(
	request: Request,
	searches: int,
	places: int,
	letters: Sequence[SentLetter] = (),
	*,
	pack: PackRecord | None = None,
	look: Standing | None = None,
) -> list[Task]:
	"""Return the tasks of a request; `searches` it has had, `places` or rules that cover words up, `letters` sent.

	`pack`: its newest one; `look`: how its second look stands.
	"""
	found, left = request.candidates, request.undecided
	decided = found - left
	if request.set_confirmed:
		search: State = "Completed"
	else:
		search = "In progress" if searches or found else "Not yet started"
	if not found:
		decide: State = "Cannot start yet"
	elif not left:
		decide = "Completed"
	else:
		decide = "In progress" if decided else "Not yet started"
	gone = pack is not None and pack.withdrawn is not None
	unsent = pack is not None and pack.sent is None and pack.counts and request.status == "open"
	with_letter = any(one.pack_number == request.packs for one in letters)
	placed = pack is not None and (bool(pack.placed_at) or pack.sent is not None or with_letter)
	return [
		Task("search", "Search the archive", _search_note(request, searches), search),
		Task("decide", "Decide on each message", f"{decided:,} of {found:,}" if found else "after a search", decide),
		Task(
			"redact",
			"Redact personal information",
			count(places, "thing covered up", "things covered up") if places else ("" if found else "after a search"),
			_redact_state(request, places),
		),
		*([_look_task(look)] if look is not None and found else []),
		Task(
			"pack",
			"Make the pack",
			_pack_note(request, pack),
			"Completed"
			if request.packs and not gone
			else ("Not yet started" if found and not left else "Cannot start yet"),
		),
		Task(
			"send",
			"Print it, or save a copy",
			"" if request.packs else "when the pack is made",
			("Completed" if placed else "Not yet started") if request.packs else "Cannot start yet",
		),
		Task("letters", "Write to them", _letters_note(request, letters), _letters_state(request, letters)),
		Task(
			"answer",
			"Record it as sent" if unsent else "Record the day you answered",
			"by the file that went out" if unsent else "",
			"Completed" if request.status != "open" else "Not yet started",
		),
	]


def _redact_state(request: Request, places: int) -> State:
	if not request.candidates:
		return "Cannot start yet"
	if request.packs and not request.undecided:
		return "Completed"
	return "In progress" if places else "Not yet started"


def _look_task(look: Standing) -> Task:
	held = look.look
	if held is not None and held.finished_at is not None:
		said = "none, with its reason" if held.kind == "skipped" else f"{look.right:,} right"
		return Task("second_look", "Have a second look", said, "Completed")
	if held is not None:
		who = f"with {held.by_whom}" if held.kind == "other_person" else f"{look.marked:,} of {look.going_out:,}"
		return Task("second_look", "Have a second look", who, "In progress")
	if not look.ready:
		return Task("second_look", "Have a second look", "when everything is decided", "Cannot start yet")
	if look.advised:
		return Task("second_look", "Have a second look", "worth it here", "Not yet started")
	return Task("second_look", "Have a second look", "", "Optional")


def completed(rows: list[Task]) -> str:
	"""Return "2 of 6 completed"; what is optional does not count."""
	counted = [task for task in rows if task.state != "Optional"]
	return f"{sum(task.state == 'Completed' for task in counted)} of {len(counted)} completed"


def _search_note(request: Request, searches: int) -> str:
	if not searches and not request.candidates:
		return ""
	words = f"{count(searches, 'search', 'searches')}, {count(request.candidates, 'message')}"
	return words if request.set_confirmed else f"{words}, not confirmed yet"


def _letters_note(request: Request, letters: Sequence[SentLetter]) -> str:
	if letters:
		return count(len(letters), "letter sent", "letters sent")
	return "acknowledge it, and later answer it" if request.status == "open" else ""


def _letters_state(request: Request, letters: Sequence[SentLetter]) -> State:
	if request.status != "open":
		return "Completed"
	return "In progress" if letters else "Not yet started"


def _pack_note(request: Request, pack: PackRecord | None) -> str:
	if pack is not None and pack.withdrawn is not None:
		return f"Pack {pack.number} was withdrawn: make it again"
	if request.packs:
		return f"Pack {request.packs} is the latest"
	if not request.candidates:
		return "after a search"
	return f"{count(request.undecided, 'message')} to decide first" if request.undecided else ""


def back_words(request: Request, width: int) -> str:
	"""Return what the way back to a request is called in a page so many pixels wide."""
	wide = width >= theme.px(860)
	return f"{request.reference} {short(request.wording, 32)}" if wide else request.reference


def head_words(request: Request) -> str:
	"""Return the heading of a request's deadline: "Answer by Tuesday 22 December 2026", "Waiting for them since …"."""
	if request.status != "open":
		return "Answered" if request.status == "answered" else "Closed"
	if request.waiting_since is not None:
		return f"Waiting for them since {day_words(request.waiting_since, weekday=False)}"
	return f"Answer by {day_words(request.due)}"


def asked_words(request: Request) -> str:
	"""Return who asked, how and when, and what form they would like."""
	came = ARRIVALS.get(request.arrived_by, "").lower()
	told = f"Who asked: {request.requester or 'Not provided'}. Arrived {day_words(request.received)}"
	parts = [f"{told}, {came}." if came else f"{told}."]
	wanted = [FORMS_WANTED[one].lower() for one in request.form_wanted.split() if one in FORMS_WANTED]
	if wanted:
		parts.append(f"They would like: {', '.join(wanted)}.")
	if request.address:
		parts.append(f"The answer goes to: {' '.join(request.address.split())}.")
	return " ".join(parts)


def due_words(request: Request, *, year: bool = False) -> str:
	"""Return "Answer by Tuesday 22 December", or that it was answered."""
	if request.status != "open":
		return "Answered" if request.status == "answered" else "Closed"
	if request.waiting_since is not None:
		return f"Waiting for them since {day_words(request.waiting_since, weekday=False, year=year)}"
	return f"Answer by {day_words(request.due, year=year)}"


def status_words(request: Request, today: date) -> tuple[str, str]:
	"""Return the words of a request's chip and the chip's kind."""
	if request.status != "open":
		return ("Answered" if request.status == "answered" else "Closed"), "plain"
	if request.waiting_since is not None:
		return "The clock waits", "plain"
	late = request.due < today
	soon = (request.due - today).days <= 5
	return days_off(request.due, today), "danger" if late else ("hold" if soon else "business")


def left_words(request: Request, today: date, not_counted: Mapping[date, str]) -> str:
	"""Return how far off the deadline is: in working days for the two laws that count them."""
	if request.status != "open":
		told = f"Answered on {day_words(request.answered_on)}." if request.answered_on else "This request is closed."
		if request.kept_until is not None and request.keeps(today):
			told += f" Its messages are kept until {day_words(request.kept_until)}, in case they ask for a review."
		return told
	if request.waiting_since is not None:
		return f"If their answer came today, the last day would be {day_words(request.due)}."
	if request.due < today:
		return (
			f"The time ran out {count((today - request.due).days, 'day')} ago. Answer as soon as you can, and say so."
		)
	if request.due == today:
		return "Today is the last day."
	if request.regime == "sar":
		return f"{count((request.due - today).days, 'day')} left."
	return f"{count(working_days_between(today, request.due, not_counted), 'working day')} left."


def summary(requests: list[Request]) -> str:
	"""Return "2 open, 14 answered"."""
	opened = sum(request.status == "open" for request in requests)
	return f"{opened} open, {len(requests) - opened} answered"
