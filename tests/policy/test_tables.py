"""The tables that ship with the app, against the library of bank holidays and known facts."""

from datetime import date

import holidays
import pytest

from cranford_desktop.domain.letters import regulator_on
from cranford_desktop.errors import NotFound
from cranford_desktop.policy_tables import find_exemption, load

TABLES = load()
NATIONS = {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}


@pytest.mark.parametrize("letter", NATIONS)
def test_every_weekday_holiday_of_a_nation_is_in_the_table_and_no_other(letter: str) -> None:
	years = range(TABLES.holidays.first_year, TABLES.holidays.last_year + 1)
	library = holidays.country_holidays("GB", subdiv=NATIONS[letter], years=years)
	expected = {day for day in library if day.weekday() < 5}
	assert {day for day, one in TABLES.holidays.days.items() if letter in one.nations} == expected


@pytest.mark.parametrize(
	("day", "nations"),
	[
		("2020-05-08", "EWSN"),
		("2022-06-02", "EWSN"),
		("2022-06-03", "EWSN"),
		("2022-09-19", "EWSN"),
		("2023-05-08", "EWSN"),
		("2026-06-15", "S"),
		("2024-03-18", "N"),
		("2025-07-14", "N"),
		("2026-07-13", "N"),
		("2026-11-30", "S"),
		("2026-12-28", "EWSN"),
		("2027-01-04", "S"),
		("2027-12-27", "EWSN"),
		("2028-01-03", "EWSN"),
		("2028-01-04", "S"),
		("2030-12-02", "S"),
		("2026-04-06", "EWN"),
		("2026-08-03", "S"),
		("2026-08-31", "EWN"),
	],
)
def test_proclaimed_substitute_and_national_days_stand_with_their_nations(day: str, nations: str) -> None:
	assert TABLES.holidays.days[date.fromisoformat(day)].nations == nations


@pytest.mark.parametrize("day", ["2020-05-04", "2022-05-30", "2026-12-26"])
def test_days_that_were_moved_or_fall_on_a_weekend_are_absent(day: str) -> None:
	assert date.fromisoformat(day) not in TABLES.holidays.days


def test_the_years_2024_to_2030_have_ninety_two_days() -> None:
	assert sum(2024 <= day.year <= 2030 for day in TABLES.holidays.days) == 92


@pytest.mark.parametrize(
	("written", "regime", "code"),
	[
		("s40(2)", "foi", "s40(2)"),
		("40(2)", "foi", "s40(2)"),
		("S. 40 (2)", "foi", "s40(2)"),
		("section 40(2)", "foi", "s40(2)"),
		("s.40(2), s.40(3A)(a)", "foi", "s40(2)"),
		("42", "foi", "s42"),
		("s36(2)(b)(ii)", "foi", "s36(2)(b)"),
		("reg 13", "eir", "reg 13"),
		("13", "eir", "reg 13"),
		("Regulation 12 (5)(b)", "eir", "reg 12(5)(b)"),
		("r.12(4)(e)", "eir", "reg 12(4)(e)"),
		("Schedule 2, paragraph 16", "sar", "Sch 2 para 16"),
		("para 16", "sar", "Sch 2 para 16"),
	],
)
def test_codes_are_read_however_they_are_written(written: str, regime: str, code: str) -> None:
	assert find_exemption(TABLES, written, regime).code == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
	("written", "regime"),
	[("s43", "foi"), ("s12", "foi"), ("s14(1)", "foi"), ("reg 13", "foi"), ("", "eir"), ("s35", "foi")],
)
def test_unknown_and_ambiguous_codes_are_refused(written: str, regime: str) -> None:
	with pytest.raises(NotFound):
		find_exemption(TABLES, written, regime)  # type: ignore[arg-type]


def test_labels_are_short_say_redacted_and_name_their_code() -> None:
	for one in TABLES.exemptions:
		assert one.label.startswith("Redacted – ")
		assert one.label.endswith(f", {one.code}")
		assert len(one.label) <= 44


def test_six_years_for_council_messages_rest_on_the_policy_itself() -> None:
	council = next(one for one in TABLES.retention if one.key == "council")
	assert (council.years, council.assumed) == (6, False)
	assert "section 5, first point" in council.authority


def test_who_hears_complaints_is_known_by_date_and_can_be_reached() -> None:
	found = regulator_on(TABLES.regulators, date(2026, 11, 23))
	assert found.name == "Information Commissioner"
	assert found.address[-1] == "SK9 5AF"
	starts = [one.start for one in TABLES.regulators]
	assert len(set(starts)) == len(starts)
	for one in TABLES.regulators:
		assert one.name
		assert one.office
		assert one.website
		assert one.phone
