"""What happens to a request between its arrival and its answer, and what its clock makes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

from cranford_desktop.domain.clocks import complaint_due, review_due
from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import ClockRules, Holiday, Holidays
from cranford_desktop.domain.request_clocks import Deadline, Span, eir_due, foi_due, sar_due
from cranford_desktop.domain.requests import Regime, RequestKind

EventKind = Literal[
	"clarification_asked",
	"clarified",
	"fee_asked",
	"fee_paid",
	"identity_asked",
	"identity_shown",
	"extended",
	"law_changed",
	"note",
	"withdrawn",
	"closed",
	"reopened",
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
ANSWERS: Mapping[EventKind, EventKind] = {
	"clarification_asked": "clarified",
	"fee_asked": "fee_paid",
	"identity_asked": "identity_shown",
}
"""What was asked for, and what answers it: until then the council waits."""
Waiting = Literal["clarification", "fee", "identity"]
_WAITS: Mapping[EventKind, Waiting] = {
	"clarification_asked": "clarification",
	"fee_asked": "fee",
	"identity_asked": "identity",
}


NATIONS = "EWSN"
"""England, Wales, Scotland, Northern Ireland."""


class RequestEvent(NamedTuple):
	"""One thing that happened to a request."""

	id: int
	request_id: int
	kind: EventKind
	on: date
	note: str
	detail: Mapping[str, object]
	"""By kind: the ground and day of an extension, the two laws of a change, how a request stood before."""
	made_at: datetime


class AddedHoliday(NamedTuple):
	"""A bank holiday that the clerk added to the app's own table."""

	day: date
	why: str
	nations: str
	"""Any of `NATIONS`: subject access months are rolled over those of England and Wales alone."""
	added_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
	"""Where a request's clock stands."""

	deadline: Deadline
	"""While the council waits for them: the last day if their answer came today."""
	waiting: Waiting | None = None
	since: date | None = None
	extended: bool = False
	first_due: date | None = None
	"""The last day without an extension: by then the requester has to be told of one."""
	latest: date | None = None
	"""The last day an extended answer can have."""


def standing(
	kind: RequestKind,
	regime: Regime,
	received: date,
	events: Iterable[RequestEvent],
	*,
	today: date,
	holidays: Holidays,
	rules: ClockRules,
) -> Standing:
	"""Return where the clock of a request stands after its events; raises `CranfordError` beyond the table of days."""
	told = in_order(events)
	clock = _Clock(kind, regime, received, told, holidays, rules)
	still = {one: asked for one in ANSWERS if (asked := waits_since(told, one)) is not None and clock.heeds(one)}
	plain = clock.due(today=None, extended=False)
	running = {one: asked for one, asked in still.items() if one == "identity_asked" or asked <= plain.due}
	first = clock.due(today=today if running else None, extended=False)
	longer = clock.due(today=today if running else None, extended=True)
	latest = longer.extended_to or longer.due
	# More time under one law is none under another.
	moved = max((one.id for one in told if one.kind == "law_changed"), default=0)
	extension = next((one for one in reversed(told) if one.kind == "extended" and one.id > moved), None)
	deadline = first
	if extension is not None:
		deadline = _extended(longer, extension)
	if running:
		asked_for, since = min(running.items(), key=lambda one: one[1])
		note = f"Waiting for them since {weekday_words(since)}: this is the last day if their answer came today."
		return Standing(
			replace(deadline, notes=(note, *deadline.notes)),
			_WAITS[asked_for],
			since,
			extension is not None,
			first.due,
			latest,
		)
	return Standing(deadline, None, None, extension is not None, first.due, latest)


def in_order(events: Iterable[RequestEvent]) -> list[RequestEvent]:
	"""Return events in the order in which they happened."""
	return sorted(events, key=lambda one: (one.on, one.id))


def waits_since(events: Sequence[RequestEvent], asked: EventKind) -> date | None:
	"""Return the day of a question of this kind that has no answer yet; `events` in order."""
	return next((day for day, answer in _asked(events, asked) if answer is None), None)


def with_added(holidays: Holidays, added: Iterable[AddedHoliday]) -> Holidays:
	"""Return the table of bank holidays with the days that the clerk added."""
	days = dict(holidays.days)
	for one in added:
		known = days[one.day].nations if one.day in days else ""
		days[one.day] = Holiday(
			one.day, one.why, "".join(nation for nation in NATIONS if nation in known + one.nations)
		)
	return replace(holidays, days=days) if days != holidays.days else holidays


class _Clock:
	"""The clock of one request, asked with and without what is still awaited."""

	def __init__(
		self,
		kind: RequestKind,
		regime: Regime,
		received: date,
		events: Sequence[RequestEvent],
		holidays: Holidays,
		rules: ClockRules,
	) -> None:
		self._kind, self._regime, self._received = kind, regime, received
		self._events, self._holidays, self._rules = events, holidays, rules
		self._personal = regime == "sar" or kind in ("erasure", "rectification", "objection")

	def heeds(self, asked: EventKind) -> bool:
		"""Say whether this clock waits for an answer of that kind."""
		if self._kind in ("review", "complaint"):
			return False
		if asked == "clarification_asked":
			return True
		return self._personal if asked == "identity_asked" else self._regime == "foi" and not self._personal

	def due(self, *, today: date | None, extended: bool) -> Deadline:
		"""Return the deadline; what is still awaited counts as come `today`, or as never asked (None)."""
		holidays, rules = self._holidays, self._rules
		if self._kind == "complaint":
			return complaint_due(self._received, holidays, rules)
		if self._kind == "review":
			regime = self._regime if self._regime != "sar" else None
			return review_due(self._received, holidays, rules, regime=regime, extended=extended)
		questions = self._spans("clarification_asked", today)
		if self._personal:
			shown = [answer for _, answer in self._spans("identity_asked", today)]
			return sar_due(
				self._received,
				holidays,
				rules,
				shown=max(shown, default=None),
				clarifications=questions,
				extended=extended,
			)
		if self._regime == "eir":
			return eir_due(self._received, holidays, rules, clarifications=questions, extended=extended)
		fees = self._spans("fee_asked", today)
		return foi_due(self._received, holidays, rules, clarifications=questions, fees=fees, extended=extended)

	def _spans(self, asked: EventKind, today: date | None) -> list[Span]:
		found = []
		for day, answer in _asked(self._events, asked):
			end = answer if answer is not None else today
			if end is not None:
				found.append((day, max(day, end)))
		return found


def _asked(events: Sequence[RequestEvent], asked: EventKind) -> list[tuple[date, date | None]]:
	"""Pair each question of a kind with its answer; None: not answered yet."""
	found: list[tuple[date, date | None]] = []
	for one in events:
		if one.kind == asked:
			found.append((one.on, None))
		elif one.kind == ANSWERS[asked] and found and found[-1][1] is None:
			found[-1] = (found[-1][0], one.on)
	return found


def _extended(longer: Deadline, extension: RequestEvent) -> Deadline:
	"""Return an extended deadline; where the public interest is weighed, no later than the day that was promised."""
	if longer.extended_to is None:
		return longer
	until = extension.detail.get("until")
	due = min(longer.extended_to, date.fromisoformat(str(until))) if until else longer.extended_to
	return replace(longer, due=due, working=tuple(one for one in longer.extended_working if one.day <= due))
