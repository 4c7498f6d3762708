"""Which number is the day: by evidence, never silently."""

from datetime import date

import pytest

from cranford_desktop.errors import ProblemWithFile

from .conftest import Read


def chat(*dates: str, bodies: tuple[str, ...] = ()) -> str:
	bodies = bodies or ("hello",) * len(dates)
	return "".join(f"{day}, 10:00 - Ann: {body}\n" for day, body in zip(dates, bodies, strict=True))


def days(export):
	return [record.sent_at.date() for record in export.records]


def test_a_number_above_twelve_proves(read: Read):
	export = read(chat("05/06/2024", "27/06/2024"))
	assert (export.date_order, export.date_evidence) == ("dmy", "day first: line 2 has day 27")
	assert export.warnings == ()
	assert read(chat("6/5/24", "6/27/24")).date_order == "mdy"


def test_order_in_time_proves(read: Read):
	export = read(chat("9/11/24", "10/2/24"))
	assert (export.date_order, days(export)[1]) == ("mdy", date(2024, 10, 2))
	export = read(chat("10/03/2024", "02/04/2024"))
	assert (export.date_order, days(export)[1]) == ("dmy", date(2024, 4, 2))
	assert export.warnings == ()


def test_file_names_prove(read: Read):
	export = read(chat("05/06/2024", bodies=("IMG-20240506-WA0001.jpg (file attached)",)))
	assert (export.date_order, days(export)) == ("mdy", [date(2024, 5, 6)])


def test_nothing_is_sent_after_today(read: Read):
	export = read(chat("05/12/2026"))
	assert (export.date_order, days(export)) == ("mdy", [date(2026, 5, 12)])


def test_unproved_is_day_first_and_said(read: Read):
	export = read(chat("05/06/2024", "06/06/2024"))
	assert days(export) == [date(2024, 6, 5), date(2024, 6, 6)]
	assert export.date_evidence == "not proved: read day first"
	assert any("5 June 2024" in warning and "6 June 2024" in warning for warning in export.warnings)


def test_full_stops_are_day_first_everywhere(read: Read):
	export = read(chat("05.06.24"))
	assert (export.date_order, export.warnings) == ("dmy", ())


def test_the_clerks_answer(read: Read):
	export = read(chat("05/06/2024"), date_order="mdy")
	assert (export.date_order, days(export), export.warnings) == ("mdy", [date(2024, 5, 6)], ())
	assert days(read(chat("24/06/05"), date_order="ymd")) == [date(2024, 6, 5)]


@pytest.mark.parametrize(
	("dates", "order"),
	[
		(("27/06/2024",), "mdy"),
		(("6/27/24",), "dmy"),
		(("2024-06-27",), "dmy"),
		(("2024-06-27",), "mdy"),
		(("27/06/2024",), "ymd"),
		(("05/06/2024",), "ymd"),
		(("10/03/2024", "02/04/2024"), "mdy"),
		(("6/30/23", "30/6/2023"), "dmy"),
	],
)
def test_a_wrong_answer_is_refused(read: Read, dates: tuple[str, ...], order: str):
	with pytest.raises(ProblemWithFile) as problem:
		read(chat(*dates), date_order=order)
	assert "Nothing was added." in str(problem.value)


def test_two_ways_of_writing_dates_in_one_file(read: Read):
	export = read(chat("6/30/23", "6/5/23", "30/6/2023", "2/7/2023"))
	assert days(export) == [date(2023, 6, 30), date(2023, 6, 5), date(2023, 6, 30), date(2023, 7, 2)]
	assert any("more than one way" in warning for warning in export.warnings)


def test_year_first(read: Read):
	export = read(chat("2024-06-27", "2024/6/28", bodies=("x", "y")))
	assert (export.date_order, days(export)) == ("ymd", [date(2024, 6, 27), date(2024, 6, 28)])


def test_an_odd_date_in_the_same_form_is_read_the_other_way(read: Read):
	export = read(chat("27/06/2024", "28/06/2024", "06/29/2024"))
	assert days(export)[2] == date(2024, 6, 29)
	assert "other_date_order" in export.records[2].flags


def test_late_dates_are_said(read: Read):
	assert any("after today" in warning for warning in read(chat("27/06/2024", "28/06/2027")).warnings)


def test_hour_that_comes_twice_is_flagged(read: Read):
	assert read("27/10/2024, 01:30 - Ann: x\n").records[0].flags == ("clock_change",)
