"""Deadlines for the clerk's own calendar: the right day or moment, a reference, and no names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from cranford_desktop.documents.calendar_file import calendar_file
from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.errors import NotFound
from cranford_desktop.services.council import Council


def entry(data: bytes):
	[event] = Calendar.from_ical(data).walk("VEVENT")
	return event


def test_a_request_is_a_whole_day_with_a_reminder_before(council: Council) -> None:
	request = council.requests.create(
		regime="foi", received=date(2026, 11, 23), requester="Alex Example", wording="All about Jean Potter."
	)
	name, data = council.reminders.of_request(request.id)
	event = entry(data)
	assert name == f"{request.reference}.ics"
	assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 22), date(2026, 12, 23))
	assert [one.decoded("trigger") for one in event.walk("VALARM")] == [timedelta(days=-5)]
	assert data == council.reminders.of_request(request.id)[1]
	due, reference = request.due, request.reference
	other = calendar_file("Elsewhere", reference, "", due, council.clock(), remind_before=timedelta(1))
	assert entry(data)["uid"] != entry(other)["uid"], "every council has a first request of the year"
	for word in (b"Alex", b"Example", b"Jean", b"Potter"):
		assert word not in data


@pytest.mark.parametrize(
	("noticed", "due"),
	[
		(datetime(2026, 10, 24, 10, 0), datetime(2026, 10, 27, 9, 0, tzinfo=UTC)),
		(datetime(2026, 11, 20, 16, 40), datetime(2026, 11, 23, 16, 40, tzinfo=UTC)),
	],
)
def test_the_72_hours_end_at_a_moment_whatever_the_clocks_do(
	council: Council, noticed: datetime, due: datetime
) -> None:
	draft = CaseDraft(
		kind="data_breach",
		title="Sent to Sam Sample",
		happened_on=noticed.date(),
		noticed_at=noticed,
		people=("Sam Sample",),
		facts="It went astray.",
	)
	case = council.casework.log(draft)
	name, data = council.reminders.of_case(case.id)
	assert name == f"{case.reference}.ics"
	assert entry(data).decoded("dtend") == due
	assert b"Sam" not in data


def test_a_case_without_hours_has_no_entry(council: Council) -> None:
	draft = CaseDraft(
		kind="dispute", title="Friday", happened_on=date(2026, 11, 2), noticed_at=None, people=(), facts="Words fell."
	)
	with pytest.raises(NotFound, match="No hours run"):
		council.reminders.of_case(council.casework.log(draft).id)
