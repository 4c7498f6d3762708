"""What happens to a request: the clock follows each event, the days are held to, and each can be taken back."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.council import Council, create_council

TODAY = date(2026, 12, 11)
TABLES = load()


class Hands:
	"""A clock whose hands the test turns."""

	def __init__(self, day: date) -> None:
		self.day = day

	def __call__(self) -> datetime:
		return datetime(self.day.year, self.day.month, self.day.day, 10, 0, tzinfo=LONDON)


@pytest.fixture
def hands() -> Hands:
	return Hands(TODAY)


@pytest.fixture
def council(tmp_path: Path, hands: Hands):
	made, _ = create_council(
		tmp_path / "archive", "Test Parish Council", None, practice=False, clock=hands, tables=TABLES
	)
	yield made
	made.close()


@pytest.fixture
def ask(council: Council) -> Callable[..., int]:
	def make(regime: str = "foi", received: date = date(2026, 11, 23)) -> int:
		made = council.requests.create(
			regime=regime,  # type: ignore[arg-type]
			received=received,
			requester="Tom Green",
			wording="Everything about Mill Lane",
		)
		return made.id

	return make


def ledger(council: Council) -> str:
	with council.archive.reading() as connection:
		return "\n".join(str(row) for row in connection.exec_driver_sql("SELECT action, detail FROM ledger"))


@pytest.mark.parametrize("regime", ["foi", "eir"])
def test_a_question_waits_and_its_answer_starts_the_clock_again(council: Council, ask, hands: Hands, regime) -> None:
	known, events = ask(regime), council.request_events
	events.record(known, "clarification_asked", date(2026, 11, 25))
	waiting = council.requests.get(known)
	assert waiting.waiting_since == date(2026, 11, 25)
	assert waiting.due == council.requests.deadline(regime, TODAY).due, "the last day if they answered today"
	assert "Waiting for them since Wednesday 25 November 2026" in council.requests.standing(known).deadline.notes[0]
	events.record(known, "clarified", date(2026, 12, 2), "The lane, not the farm")
	told = council.requests.get(known)
	assert (told.waiting_since, told.due) == (None, council.requests.deadline(regime, date(2026, 12, 2)).due)
	assert any("began again on Wednesday 2 December" in one for one in council.requests.standing(known).deadline.notes)
	assert "farm" not in ledger(council)


def test_a_fee_leaves_its_days_out(council: Council, ask) -> None:
	known = ask(received=date(2026, 11, 2))
	council.request_events.record(known, "fee_asked", date(2026, 11, 9))
	council.request_events.record(known, "fee_paid", date(2026, 11, 13))
	assert council.requests.get(known).due == date(2026, 12, 8), "1 December, and five working days"
	assert "fee_asked" not in council.request_events.offered(ask("eir"))
	with pytest.raises(RefusedByPolicy, match="does not go with this law"):
		council.request_events.record(ask("sar"), "fee_asked", TODAY)


def test_a_month_waits_for_who_they_are_and_for_what_they_mean(council: Council, ask) -> None:
	known, events = ask("sar", date(2026, 11, 2)), council.request_events
	events.record(known, "identity_asked", date(2026, 11, 3))
	assert council.requests.get(known).waiting_since == date(2026, 11, 3)
	events.record(known, "identity_shown", date(2026, 11, 10))
	assert council.requests.get(known).due == date(2026, 12, 10)
	events.record(known, "clarification_asked", date(2026, 11, 20))
	events.record(known, "clarified", date(2026, 11, 24))
	assert council.requests.get(known).due == date(2026, 12, 14)


def test_a_question_after_the_last_day_mends_nothing(council: Council, ask) -> None:
	known = ask(received=date(2026, 10, 26))
	due = council.requests.get(known).due
	council.request_events.record(known, "clarification_asked", TODAY)
	told = council.requests.get(known)
	assert due < TODAY
	assert (told.due, told.waiting_since) == (due, None)


def test_what_cannot_have_happened_is_refused_in_words(council: Council, ask) -> None:
	known, events = ask(), council.request_events
	for day, match in ((date(2026, 12, 12), "not come yet"), (date(2026, 11, 22), "before the request arrived")):
		with pytest.raises(RefusedByPolicy, match=match):
			events.record(known, "clarification_asked", day)
	with pytest.raises(RefusedByPolicy, match="Nothing was asked"):
		events.record(known, "clarified", TODAY)
	events.record(known, "clarification_asked", date(2026, 12, 1))
	with pytest.raises(RefusedByPolicy, match="waiting for them since"):
		events.record(known, "clarification_asked", date(2026, 12, 2))
	with pytest.raises(RefusedByPolicy, match="before you asked"):
		events.record(known, "clarified", date(2026, 11, 30))
	with pytest.raises(RefusedByPolicy, match="note is empty"):
		events.record(known, "note", TODAY, " ")
	events.record(known, "clarified", date(2026, 12, 3))
	with pytest.raises(RefusedByPolicy, match="before their last answer"):
		events.record(known, "clarification_asked", date(2026, 12, 2))
	with pytest.raises(NotFound):
		events.record(99, "note", TODAY, "Nobody")
	assert ledger(council).count("recorded what happened") == 2


def test_foi_is_extended_for_a_qualified_exemption_until_the_day_that_was_promised(council: Council, ask) -> None:
	known, events = ask(), council.request_events
	for ground, until, match in (
		("", date(2027, 1, 8), "needs an exemption"),
		("s40(2)", date(2027, 1, 8), "no public interest"),
		("s43(2)", None, "by when"),
		("s43(2)", date(2026, 12, 1), "by when"),
	):
		with pytest.raises(RefusedByPolicy, match=match):
			events.extend(known, date(2026, 12, 10), ground=ground, until=until)
	made = events.extend(known, date(2026, 12, 10), ground="43(2)", until=date(2027, 1, 8))
	assert made.detail["ground"] == "s43(2)"
	assert council.requests.get(known).due == date(2027, 1, 8)
	with pytest.raises(RefusedByPolicy, match="extended already"):
		events.extend(known, date(2026, 12, 10), ground="s43(2)", until=date(2027, 1, 8))
	events.take_back(made.id)
	events.extend(known, date(2026, 12, 10), ground="s43(2)", until=date(2027, 6, 1))
	assert council.requests.get(known).due == date(2027, 1, 25), "day forty, whatever was promised"


def test_eir_is_extended_only_when_complex_and_voluminous(council: Council, ask) -> None:
	known = ask("eir")
	for both in ((True, False), (False, True), (False, False)):
		with pytest.raises(RefusedByPolicy, match="need both"):
			council.request_events.extend(known, TODAY, complex_=both[0], voluminous=both[1])
	council.request_events.extend(known, TODAY, complex_=True, voluminous=True)
	assert council.requests.get(known).due == date(2027, 1, 25)


def test_a_month_is_extended_by_two_within_the_first(council: Council, ask) -> None:
	known = ask("sar", date(2026, 11, 12))
	with pytest.raises(RefusedByPolicy, match="need a ground"):
		council.request_events.extend(known, TODAY)
	council.request_events.extend(known, TODAY, ground="complex")
	assert council.requests.get(known).due == date(2027, 2, 12)
	late = ask("sar", date(2026, 11, 9))
	with pytest.raises(RefusedByPolicy, match="had to be told of it by Wednesday 9 December"):
		council.request_events.extend(late, TODAY, ground="many")


def test_closing_sooner_than_its_time_takes_a_reason(council: Council, ask, hands: Hands) -> None:
	known, events = ask(), council.request_events
	with pytest.raises(RefusedByPolicy, match="without an answer takes a reason"):
		events.close(known, TODAY)
	council.requests.mark_answered(known, TODAY)
	with pytest.raises(RefusedByPolicy, match="takes a reason"):
		events.close(known, TODAY)
	made = events.close(known, TODAY, "They wrote that they are content")
	assert council.requests.get(known).status == "closed"
	assert not council.requests.get(known).keeps(TODAY)
	events.take_back(made.id)
	back = council.requests.get(known)
	assert (back.status, back.answered_on) == ("answered", TODAY)
	assert back.kept_until is not None
	hands.day = date(2027, 6, 1)
	events.close(known, hands.day)
	again = events.record(known, "reopened", hands.day, "A tribunal asks")
	assert council.requests.get(known).status == "open"
	with pytest.raises(RefusedByPolicy, match="Something later rests"):
		events.take_back(events.events(known)[0].id)
	events.take_back(again.id)
	assert council.requests.get(known).status == "closed"


def test_withdrawn_by_the_requester_it_is_closed_and_can_be_opened_again(council: Council, ask) -> None:
	known, events = ask(), council.request_events
	events.record(known, "withdrawn", TODAY)
	assert council.requests.get(known).status == "closed"
	assert events.offered(known) == ["note", "reopened"]
	with pytest.raises(RefusedByPolicy, match="not open"):
		events.record(known, "clarification_asked", TODAY)
	events.record(known, "reopened", TODAY)
	assert council.requests.get(known).due == date(2026, 12, 22)


def test_a_question_that_was_answered_is_taken_back_from_the_end(council: Council, ask) -> None:
	known, events = ask(), council.request_events
	asked = events.record(known, "clarification_asked", date(2026, 11, 25))
	answered = events.record(known, "clarified", date(2026, 12, 2))
	with pytest.raises(RefusedByPolicy, match="Something later rests"):
		events.take_back(asked.id)
	events.take_back(answered.id)
	events.take_back(asked.id)
	assert council.requests.get(known).due == date(2026, 12, 22)
	with pytest.raises(NotFound):
		events.take_back(asked.id)
	assert events.events(known) == []
	assert "took back" in ledger(council)


def test_a_change_of_law_keeps_the_clock_that_was_asked_back(council: Council, ask) -> None:
	known = ask("sar")
	council.request_events.record(known, "clarification_asked", date(2026, 11, 25))
	council.request_events.record(known, "clarified", date(2026, 12, 2))
	assert council.requests.get(known).due == date(2026, 12, 30)
	made = council.changing_law.change(known, "foi", TODAY)
	assert council.requests.get(known).due == council.requests.deadline("foi", date(2026, 12, 2)).due
	council.request_events.take_back(made.id)
	assert council.requests.get(known).regime == "sar"
	with pytest.raises(CranfordError):
		council.changing_law.change(known, "sar", TODAY)


def test_home_and_the_calendar_follow_what_happened(council: Council, ask) -> None:
	known = ask()
	council.request_events.record(known, "clarification_asked", date(2026, 11, 25))
	[item] = [one for one in council.home.page().items if one.key == f"request:{known}"]
	assert item.body.startswith("Waiting for them since Wednesday 25 November 2026.")
	council.request_events.record(known, "clarified", date(2026, 12, 2))
	[item] = [one for one in council.home.page().items if one.key == f"request:{known}"]
	assert item.body.startswith("Answer by Tuesday 5 January 2027.")
	assert b"20270105" in council.reminders.of_request(known)[1]
