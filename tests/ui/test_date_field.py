"""Dates as people type them, and the box that says what it understood."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QTableView

from cranford_desktop.ui.parts.date_field import DateField, TimeField, at
from cranford_desktop.ui.parts.wording import (
	MONTHS,
	day_words,
	days_off,
	hours_left,
	parse_date,
	parse_time,
	short,
	working_days_between,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
	("typed", "meant"),
	[
		("23 11 26", date(2026, 11, 23)),
		("23/11/2026", date(2026, 11, 23)),
		("23.11.2026", date(2026, 11, 23)),
		("2026-11-23", date(2026, 11, 23)),
		("231126", date(2026, 11, 23)),
		("23 nov", date(2026, 11, 23)),
		("23nov", date(2026, 11, 23)),
		("23rd November 2026", date(2026, 11, 23)),
		("Monday 23 November 2026", date(2026, 11, 23)),
		("1 sept 2025", date(2025, 9, 1)),
		("today", TODAY),
		(" Yesterday ", date(2026, 11, 22)),
		("24 nov", date(2026, 11, 24)),
		("27 3", date(2026, 3, 27)),
		("30 dec", date(2025, 12, 30)),
	],
)
def test_reads_a_date_as_it_is_typed(typed, meant):
	assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
	"typed", ["", "soon", "31 2 2026", "32 1 2026", "11/23/2026", "1 2 3 4", "j 5", "5 ju", "٣ nov 2"]
)
def test_leaves_alone_what_is_no_date(typed):
	assert parse_date(typed, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_reads_back_what_it_says(day):
	assert parse_date(day_words(day), TODAY) == day
	assert parse_date(f"{day:%d %m %y}", TODAY) == day


@given(st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_never_fails(text):
	parse_date(text, TODAY)
	parse_time(text)


@pytest.mark.parametrize(
	("typed", "meant"),
	[
		("16:10", time(16, 10)),
		("8.15", time(8, 15)),
		("1610", time(16, 10)),
		("4.10pm", time(16, 10)),
		("9 am", time(9)),
		("12am", time(0)),
		("noon", time(12)),
	],
)
def test_reads_a_time(typed, meant):
	assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "9", "25:00", "8:61", "13pm", "later"])
def test_leaves_alone_what_is_no_time(typed):
	assert parse_time(typed) is None


def test_says_the_date_in_words(qtbot, dressed):
	field = DateField("When did it arrive?", TODAY)
	qtbot.addWidget(field)
	heard = []
	field.changed.connect(heard.append)
	field.set_text("23 11 26")
	assert field.echo() == "Monday 23 November 2026"
	assert heard[-1] == TODAY
	field.set_text("23 11 2")
	assert field.echo() == "Not a date yet"
	field.set_text("")
	assert not field.echo()
	assert field.box.accessibleName() == "When did it arrive?"


def test_says_what_is_wrong_with_a_date(qtbot, dressed):
	field = DateField("When did it arrive?", TODAY)
	qtbot.addWidget(field)
	assert field.problem("The date it arrived") == "Enter the date it arrived"
	field.set_text("31 2 26")
	assert field.problem("The date it arrived") == "The date it arrived must be a real date, for example 27 3 2026"
	field.set_text("24 11 26")
	assert field.problem("The date it arrived") == "The date it arrived must be today or in the past. This is tomorrow."
	field.set_text("today")
	assert field.problem("The date it arrived") is None


@pytest.mark.parametrize("written", ["", "today", "1 1 1", "31 12 9999"])
def test_calendar_begins_at_a_sensible_day_and_takes_no_typing(qtbot, dressed, written):
	field = DateField("When did it arrive?", TODAY)
	qtbot.addWidget(field)
	field.set_text(written)
	calendar = field.calendar()
	qtbot.addWidget(calendar)
	assert 1990 <= calendar.yearShown() <= 2036
	before = calendar.selectedDate()
	for table in calendar.findChildren(QTableView):
		qtbot.keyClicks(table, " 23 nov -4714")
	assert (calendar.selectedDate(), calendar.isDateEditEnabled()) == (before, False)
	assert 1990 <= calendar.yearShown() <= 2036


def test_day_and_time_make_a_moment(qtbot, dressed):
	box = TimeField("Time")
	qtbot.addWidget(box)
	box.set_text("8.15")
	assert at(TODAY, box.time()) == datetime(2026, 11, 23, 8, 15)
	box.set_text("soon")
	assert at(TODAY, box.time()) is None


def test_months_are_english_whatever_the_computer_speaks():
	assert MONTHS[2] == "March"
	assert day_words(date(2025, 4, 3)) == "Thursday 3 April 2025"


def test_how_far_off_a_day_is():
	assert days_off(date(2026, 12, 22), TODAY) == "29 days left"
	assert days_off(TODAY, TODAY) == "due today"
	assert days_off(date(2026, 11, 22), TODAY) == "1 day late"
	assert working_days_between(TODAY, date(2026, 12, 22), [date(2026, 11, 30)]) == 20


def test_hours_are_told_by_the_hour_and_at_last_by_the_minute():
	due = datetime(2026, 11, 26, 8, 15)
	assert hours_left(due, datetime(2026, 11, 23, 10, 0)) == "70 hours left"
	assert hours_left(due, due - timedelta(minutes=95)) == "95 minutes left"
	assert hours_left(due, due + timedelta(hours=3)) == "3 hours past the 72 hours"


def test_a_long_wording_is_cut_at_a_word():
	assert short("All messages about the drainage of Mill Lane", 24) == "All messages about the…"
	assert short("Short\nwords") == "Short words"
