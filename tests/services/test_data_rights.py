"""Requests to erase, correct or no longer use somebody's data: decided and answered, never carried out here."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.data_rights import RIGHTS, DataRight
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.council import Council
from tests.services.requests_support import ledger, record, thistlemere

TODAY = date(2026, 11, 23)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = thistlemere(tmp_path)
	yield made
	made.close()


def asked(council: Council, right: DataRight = "erasure") -> int:
	made = record(council, "sar", "Erase what the chats say about me")
	council.data_rights.set_right(made, right)
	return made


@pytest.mark.parametrize("right", RIGHTS)
def test_kept_with_the_reason_and_answered_within_a_month(council: Council, right: DataRight) -> None:
	made = asked(council, right)
	assert council.requests.get(made).due == date(2026, 12, 3)
	words = council.data_rights.words(right)
	council.data_rights.decide(made, "keep", words.keep)
	council.letters.answer(made, {"searched": "The archive of WhatsApp messages"})
	situation = council.letters.situation(made)
	offers = council.letters.offers(situation)
	assert next(one.kind for one in offers if one.next) == "rights_answer"
	assert "sar_answer" not in [one.kind for one in offers]
	draft = council.letters.draft(situation, "rights_answer")
	assert [one for one in draft.problems if one.stops] == []
	text = "\n".join(one.text for one in draft.letter.blocks)
	assert words.asked in text
	assert words.keep in text
	assert words.law in text
	assert "you may ask a court" in text
	council.letters.mark_sent(situation, "rights_answer", on=TODAY, how="email")
	assert council.requests.get(made).status == "answered"


def test_erasing_is_upheld_only_with_its_list_and_nothing_is_erased(council: Council) -> None:
	made = asked(council)
	with pytest.raises(RefusedByPolicy, match="not listed"):
		council.data_rights.decide(made, "uphold", "It was never council business.")
	council.gathering.gather(made, MessageFilter(search="birthday"))
	council.gathering.confirm_set(made)
	before = council.browsing.count()
	council.data_rights.decide(made, "uphold", "It was never council business.")
	found = council.data_rights.decision(made)
	assert found is not None
	assert (found.outcome, found.messages) == ("uphold", 1)
	assert council.browsing.count() == before
	text = "\n".join(
		one.text for one in council.letters.draft(council.letters.situation(made), "rights_answer").letter.blocks
	)
	assert "We will tell you when it is done" in text
	assert "birthday" not in str(ledger(council))


def test_what_is_no_such_request_is_not_decided_as_one(council: Council) -> None:
	foi = record(council)
	with pytest.raises(RefusedByPolicy, match="own data"):
		council.data_rights.set_right(foi, "erasure")
	made = asked(council)
	with pytest.raises(RefusedByPolicy, match="no reason"):
		council.data_rights.decide(made, "keep", " ")
	council.data_rights.set_right(made, None)
	with pytest.raises(RefusedByPolicy, match="nothing here"):
		council.data_rights.decide(made, "keep", "Because")
	assert "rights_answer" not in [one.kind for one in council.letters.offers(council.letters.situation(made))]
