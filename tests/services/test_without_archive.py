"""A request that is answered without the archive, and what it costs in time."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.other_places import PlaceEntry
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council
from tests.services.requests_support import ledger, record, thistlemere

TODAY = date(2026, 11, 23)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = thistlemere(tmp_path)
	yield made
	made.close()


def next_letter(council: Council, number: int) -> str:
	return next(one.kind for one in council.letters.offers(council.letters.situation(number)) if one.next)


def test_an_empty_set_is_recorded_with_its_reason_and_answered(council: Council) -> None:
	number = record(council, wording="The rent of the allotments")
	assert [one.key for one in council.without_archive.reasons(number)] == [
		"other_subject",
		"other_records",
		"available",
	]
	council.without_archive.confirm(number, "other_subject", "Allotments are the county’s")
	told = council.without_archive.why(number)
	assert told is not None
	assert council.without_archive.words(told) == (
		"The council’s chats do not deal with this. Allotments are the county’s"
	)
	assert council.requests.get(number).set_confirmed
	council.other_places.record(number, PlaceEntry("minutes", "Neil Farrow", TODAY, "nothing"))
	assert next_letter(council, number) == "not_held"
	council.letters.mark_sent(council.letters.situation(number), "not_held", on=TODAY, how="email")
	assert council.requests.get(number).status == "answered"
	assert "county" not in str(ledger(council))


def test_what_was_found_elsewhere_is_given_out_with_a_letter(council: Council) -> None:
	number = record(council)
	council.without_archive.confirm(number, "other_records")
	assert next_letter(council, number) == "answer"
	council.other_places.record(number, PlaceEntry("minutes", "Neil Farrow", TODAY, "found"))
	council.letters.answer(number, {"enclosed": "The minutes of 4 May"})
	assert council.letters.draft(council.letters.situation(number), "answer").ready


def test_that_the_archive_was_searched_is_said_only_where_it_was_and_showed_nothing(council: Council) -> None:
	number = record(council)
	with pytest.raises(NotFound, match="does not hold"):
		council.without_archive.confirm(number, "searched")
	council.gathering.gather(number, MessageFilter(search="hedgehog"))
	assert council.without_archive.confirm(number, "searched").letter == "not_held"
	council.gathering.gather(number, MessageFilter(search="culvert"))
	assert council.without_archive.why(number) is None, "something is in scope after all"
	with pytest.raises(RefusedByPolicy, match="There are messages"):
		council.without_archive.confirm(number, "other_subject")


class TestTime:
	def test_time_adds_up_done_and_estimated_from_a_sample(self, council: Council) -> None:
		number = record(council)
		council.time_log.add(number, "locate", 90, on=TODAY)
		council.time_log.estimate_from_sample(number, "extract", what="messages", sample=20, minutes=10, to_do=4000)
		found = council.time_log.total(number)
		assert (found.done, found.estimated, found.over) == (90, 2000, True)
		assert found.words == "34 hours 50 minutes of 18 hours (£870.83 of £450)"
		assert council.time_log.help_to_offer(number)[0].startswith(
			"About 50 in a hundred of this would fit into 18 hours"
		)

	def test_exactly_the_limit_is_not_beyond_it(self, council: Council) -> None:
		number = record(council)
		council.time_log.add(number, "retrieve", 18 * 60, on=TODAY)
		assert not council.time_log.total(number).over
		assert council.time_log.help_to_offer(number) == []
		draft = council.letters.draft(council.letters.situation(number), "cost")
		assert "does not go beyond the limit" in str(draft.problems)
		last = council.time_log.estimate(number, "retrieve", 1)
		assert council.time_log.total(number).over
		council.time_log.remove(last)
		assert not council.time_log.total(number).over
		with pytest.raises(NotFound):
			council.time_log.remove(last)

	def test_the_refusal_says_how_the_time_was_estimated_and_what_fits(self, council: Council) -> None:
		number = record(council)
		council.time_log.estimate_from_sample(number, "extract", what="", sample=20, minutes=10, to_do=4000)
		draft = council.letters.draft(council.letters.situation(number), "cost")
		assert draft.ready
		text = "\n".join(one.text for one in draft.letter.blocks)
		assert "a sample of 20 messages took 10 minutes, and there are 4,000 to go through" in text
		assert "About 50 in a hundred of this would fit into 18 hours" in text
		council.letters.mark_sent(council.letters.situation(number), "cost", on=TODAY, how="email")
		assert council.requests.get(number).status == "answered"

	@pytest.mark.parametrize(
		("minutes", "on"), [(0, TODAY), (-5, TODAY), (5, date(2026, 11, 2)), (5, date(2026, 11, 24))]
	)
	def test_time_that_cannot_be_is_refused(self, council: Council, minutes: int, on: date) -> None:
		number = record(council)
		with pytest.raises(RefusedByPolicy):
			council.time_log.add(number, "locate", minutes, on=on)
		assert council.time_log.entries(number) == []

	@pytest.mark.parametrize(("sample", "minutes", "to_do"), [(0, 10, 100), (20, 0, 100), (20, 10, 19)])
	def test_a_sample_of_nothing_says_nothing(self, council: Council, sample: int, minutes: int, to_do: int) -> None:
		with pytest.raises(RefusedByPolicy, match="sample"):
			council.time_log.estimate_from_sample(
				record(council), "extract", what="pages", sample=sample, minutes=minutes, to_do=to_do
			)


def test_a_whole_request_under_eir_is_refused_as_manifestly_unreasonable(council: Council) -> None:
	number = record(council, "eir", "Every message about trees since 2010")
	council.without_archive.confirm(number, "other_records")
	draft = council.letters.draft(council.letters.situation(number), "refusal")
	assert "field:whole_ground" in [one.where for one in draft.problems if one.stops]
	code = "reg 12(4)(b)"
	council.letters.answer(
		number,
		{
			"whole_ground": code,
			f"{code}:why": "It would take a month.",
			f"{code}:public_interest": "People care for trees.",
			f"{code}:balance": "The clerk works ten hours a week.",
			"searched": "The tree survey",
		},
	)
	draft = council.letters.draft(council.letters.situation(number), "refusal")
	assert [one for one in draft.problems if one.stops] == []
	council.letters.mark_sent(council.letters.situation(number), "refusal", on=TODAY, how="post")
	assert council.requests.get(number).answered_on == TODAY
