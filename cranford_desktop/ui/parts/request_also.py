"""What else can be done for a request, besides its main tasks: rows for its page, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cranford_desktop.domain.data_rights import RIGHT_OUTCOME_WORDS, RIGHTS
from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.internal_reviews import OUTCOME_WORDS
from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import frame, row, rule
from cranford_desktop.ui.parts.request_tasks import REGIME_NAMES, State, Task
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words


class Also(NamedTuple):
	"""One row: what it opens, its name, and what there is to say."""

	key: str
	name: str
	note: str


def places_task(council: Council, request: Request) -> Task:
	"""Return the task of looking elsewhere, with how far it is."""
	places = council.other_places.places(request.id)
	asked = council.other_places.members_asked(request.id)
	looked = len(places) - asked.asked
	parts = [count(looked, "place")] if looked else []
	parts += [asked.words] if asked.asked else []
	state: State = "Not yet started"
	if places:
		done = not asked.waiting and not council.other_places.open_places(request.id)
		state = "Completed" if done or request.status != "open" else "In progress"
	return Task("places", "Say where else you looked", "; ".join(parts), state)


def kind_name(council: Council, request: Request) -> str:
	"""Return what kind of request it is, in words."""
	if request.kind == "review":
		return "Internal review"
	if request.kind in RIGHTS:
		return council.data_rights.words(request.kind).name
	return REGIME_NAMES[request.regime]


def tasks_of(council: Council, request: Request, usual: Sequence[Task]) -> list[Task]:
	"""Return the tasks of a request by its kind; `usual` are those of a request for information."""
	if request.kind == "review":
		return review_tasks(council, request)
	places = places_task(council, request)
	if request.kind not in RIGHTS:
		return [usual[0], places, *usual[1:]]
	decided = council.data_rights.decision(request.id)
	mine = {one.key: one for one in usual}
	return [
		mine["search"],
		places,
		Task(
			"right_decide",
			"Decide what becomes of it",
			RIGHT_OUTCOME_WORDS[decided.outcome] if decided is not None else "",
			"Completed" if decided is not None else "Not yet started",
		),
		mine["letters"],
		mine["answer"],
	]


def review_tasks(council: Council, request: Request) -> list[Task]:
	"""Return the tasks of a review."""
	review = council.reviews.review(request.id)
	done = review.outcome is not None
	answered: State = "Completed" if request.status != "open" else "Not yet started"
	return [
		Task(
			"review",
			"Decide afresh",
			OUTCOME_WORDS[review.outcome] if review.outcome is not None else f"by {_lower(review.who)}",
			"Completed" if done else "Not yet started",
		),
		Task("letters", "Write to them", "", answered if done else "Not yet started"),
		Task("answer", "Record the day you answered", "", answered),
	]


def also(council: Council, request: Request) -> list[Also]:
	"""Return what else can be done as the request stands."""
	if request.kind == "review":
		return [Also(f"open:{request.of_request_id}", "Open the first request", "Its messages, letters and packs")]
	found = []
	if request.status == "open" and not request.candidates and request.kind == "access":
		told = council.without_archive.why(request.id)
		note = council.without_archive.words(told) if told else "Nothing in the chats is asked for"
		found.append(Also("without", "Answer without WhatsApp", note))
	if request.status == "open" and request.regime == "sar":
		told = "A copy of it" if request.kind == "access" else kind_name(council, request)
		found.append(Also("right", "What they ask of their data", told))
	if request.status == "open" and request.kind == "access":
		found.append(Also("refuse", "Refuse the whole request", "Too long, repeated, or all of it exempt"))
	if request.answered_on is not None:
		found += _afterwards(council, request)
	time = council.time_log.total(request.id)
	if request.regime == "foi":
		note = time.words if time.minutes else "What counts towards the limit of section 12"
	else:
		note = "How long it took"
	found.append(Also("time", "Log the time", note))
	return found


def _afterwards(council: Council, request: Request) -> list[Also]:
	"""Return what can follow an answer: a review, a complaint to the regulator and what they ask for."""
	found = []
	reviews = council.reviews.reviews_of(request.id) if request.regime != "sar" else []
	for one in reviews:
		outcome = OUTCOME_WORDS[one.outcome] if one.outcome is not None else "not decided yet"
		ended = f", answered on {day_words(one.answered_on)}" if one.answered_on is not None else ""
		found.append(Also(f"open:{one.request_id}", f"Review {one.reference}", f"{outcome}{ended}"))
	if request.regime != "sar" and request.kind == "access" and all(one.answered_on for one in reviews):
		found.append(Also("review_new", "They ask for a review", "By somebody else, with its own day"))
	complaint = council.reviews.complaint(request.id)
	if complaint is not None and complaint.decided_on is None:
		told = f"asked on {day_words(complaint.asked_on)}" + (f", {complaint.reference}" if complaint.reference else "")
		found.append(Also("regulator_end", "The regulator decided", f"They were {told}"))
	else:
		told = f"Decided on {day_words(complaint.decided_on)}: {complaint.outcome}" if complaint is not None else ""
		found.append(Also("regulator", "They complained to the regulator", told or "Its messages are kept meanwhile"))
	found.append(Also("bundle", "Bundle for the regulator", "Request, letters, packs, searches, decisions, reviews"))
	return found


def step_note(step: RequestStep) -> str:
	"""Return what a line of the timeline adds to a step."""
	outcome: str = step.detail.get("outcome", "")
	told = {
		"review_decided": OUTCOME_WORDS.get(outcome, ""),
		"right_decided": RIGHT_OUTCOME_WORDS.get(outcome, ""),
		"review_asked": step.detail.get("who", ""),
		"regulator_asked": step.detail.get("reference", ""),
	}.get(step.kind, "")
	return ". ".join(part for part in (told, step.note) if part)


def _lower(words: str) -> str:
	return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


class AlsoCard(QFrame):
	"""The card with these rows. `chosen(str)`: a row's key."""

	chosen = Signal(str)

	def __init__(self, rows: Sequence[Also]) -> None:
		super().__init__()
		self.rows: dict[str, QWidget] = {}
		items: list = [say("Also", "head", wrap=False), 4]
		for one in rows:
			go = link(one.name)
			go.clicked.connect(lambda _=False, key=one.key: self.chosen.emit(key))
			self.rows[one.key] = go
			left = theme.scaled(frame(row(go, None)), "setMinimumWidth", 228)
			line = QWidget()
			line.setLayout(row(left, (say(one.note, "muted", wrap=True), 1), gap=8))
			theme.scaled(line, "setMinimumHeight", 34)
			items += [rule(), line]
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(card(*items, gap=0, pad=(20, 12, 20, 8)))
