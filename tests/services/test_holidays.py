"""Bank holidays that the clerk adds: every deadline follows, the change is said, and it can be taken back."""

from datetime import date

import pytest

from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council

MOURNING = date(2026, 12, 14)


def ledger_words(council: Council) -> str:
	with council.archive.reading() as connection:
		return "\n".join(str(row) for row in connection.exec_driver_sql("SELECT action, detail FROM ledger"))


def asked(council: Council, regime: str = "foi", received: date = date(2026, 11, 23)) -> int:
	return council.requests.create(regime=regime, received=received, requester="Tom Green", wording="Drains").id  # type: ignore[arg-type]


def test_an_added_day_moves_open_requests_and_says_so(council: Council) -> None:
	foi, eir = asked(council), asked(council, "eir", date(2026, 11, 20))
	sar = asked(council, "sar")
	moved = council.bank_holidays.add(MOURNING, "Proclaimed on 1 December")
	assert [one.words for one in moved] == ["EIR-2026-001: 21 → 22 December", "FOI-2026-001: 22 → 23 December"]
	assert council.requests.get(foi).due == date(2026, 12, 23)
	assert council.requests.get(eir).due == date(2026, 12, 22)
	assert council.requests.get(sar).due == date(2026, 12, 23), "a month counts every day"
	assert council.requests.deadline("foi", date(2026, 11, 23)).due == date(2026, 12, 23)
	standing = council.requests.standing(foi)
	assert any("Proclaimed on 1 December, a bank holiday" in one.why for one in standing.deadline.working)
	assert council.letters.situation(foi).due == date(2026, 12, 23)
	assert b"20261223" in council.reminders.of_request(foi)[1]
	back = council.bank_holidays.take_back(MOURNING)
	assert [one.words for one in back] == ["EIR-2026-001: 22 → 21 December", "FOI-2026-001: 23 → 22 December"]
	assert council.bank_holidays.added() == []


def test_a_day_added_after_a_request_came_leaves_the_safe_day_in_a_note(council: Council) -> None:
	before = asked(council, received=date(2026, 11, 18))
	council.bank_holidays.add(MOURNING, "Proclaimed")
	notes = council.requests.standing(before).deadline.notes
	assert any("Thursday 17 December 2026" in one and "not settled" in one for one in notes)
	after = asked(council)
	assert not any("not settled" in one for one in council.requests.standing(after).deadline.notes)


def test_where_it_is_kept_decides_whether_a_subject_access_month_rolls(council: Council) -> None:
	sar = asked(council, "sar")
	assert council.bank_holidays.add(date(2026, 12, 23), "In Scotland alone", "S") == []
	assert council.requests.get(sar).due == date(2026, 12, 23)
	council.bank_holidays.take_back(date(2026, 12, 23))
	assert council.bank_holidays.add(date(2026, 12, 23), "Everywhere")[0].after == date(2026, 12, 24)


def test_a_day_of_one_nation_can_be_kept_in_more(council: Council) -> None:
	foi = asked(council, "sar", date(2026, 10, 30))
	assert council.requests.get(foi).due == date(2026, 11, 30)
	council.bank_holidays.add(date(2026, 11, 30), "This year in England too", "E")
	assert council.requests.get(foi).due == date(2026, 12, 1)
	with pytest.raises(RefusedByPolicy, match="in the table already"):
		council.bank_holidays.add(date(2026, 12, 25), "Christmas")


def test_an_answered_request_keeps_its_messages_a_day_longer(council: Council) -> None:
	known = asked(council)
	council.requests.mark_answered(known, date(2026, 11, 23))
	before = council.requests.get(known).kept_until
	assert before is not None
	assert council.bank_holidays.add(MOURNING, "Proclaimed") == [], "it is answered"
	after = council.requests.get(known).kept_until
	assert after is not None
	assert (after - before).days >= 1


@pytest.mark.parametrize(
	("day", "why", "match"),
	[
		(date(2026, 12, 13), "Proclaimed", "is a Sunday"),
		(date(2032, 12, 13), "Proclaimed", "2014 to 2030"),
		(MOURNING, "  ", "with its reason"),
	],
)
def test_what_cannot_be_a_bank_holiday_is_refused(council: Council, day: date, why: str, match: str) -> None:
	with pytest.raises(RefusedByPolicy, match=match):
		council.bank_holidays.add(day, why)
	with pytest.raises(RefusedByPolicy, match="kept somewhere"):
		council.bank_holidays.add(MOURNING, "Proclaimed", "")


def test_a_day_is_added_once_and_the_record_tells_no_reason(council: Council) -> None:
	council.bank_holidays.add(MOURNING, "Told by Mrs Potter")
	with pytest.raises(CranfordError, match="added already"):
		council.bank_holidays.add(MOURNING, "Again")
	with pytest.raises(NotFound):
		council.bank_holidays.take_back(date(2026, 12, 15))
	told = ledger_words(council)
	assert "added a bank holiday" in told
	assert "Potter" not in told
