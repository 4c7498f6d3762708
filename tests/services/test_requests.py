"""Requests: recorded, gathered, decided and covered up; each change leaves an entry that tells no names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.disclosure import Piece
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from tests.services.disclosure_support import Desk, desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
	with desk(tmp_path) as made:
		yield made


def record(office: Desk) -> int:
	return office.requests.create(
		regime="foi", received=date(2026, 11, 23), requester="Tom Green", wording="Everything about Mill Lane"
	).id


def words(pieces: tuple[Piece, ...] | None) -> str:
	return "".join("█" if piece.is_label else piece.text for piece in pieces or ())


def test_references_count_up_by_law_and_year(office: Desk) -> None:
	assert office.requests.next_reference("foi") == "FOI-2026-001"
	assert office.requests.get(record(office)).reference == "FOI-2026-001"
	assert office.requests.next_reference("foi") == "FOI-2026-002"
	assert office.requests.next_reference("eir") == "EIR-2026-001"
	assert office.requests.next_reference("sar") == "SAR-2026-001"
	with pytest.raises(CranfordError, match="FOI-2026-001"):
		office.requests.create(
			regime="foi", received=date(2026, 11, 2), requester="", wording="", reference="FOI-2026-001"
		)


def test_a_request_knows_its_deadline_with_the_working(office: Desk) -> None:
	request = office.requests.get(record(office))
	assert request.due == date(2026, 12, 22)
	deadline = office.requests.deadline("foi", date(2026, 11, 23))
	assert [one.day for one in deadline.working] == [date(2026, 11, 30)]
	with pytest.raises(RefusedByPolicy, match="not come yet"):
		office.requests.create(regime="foi", received=date(2026, 11, 24), requester="", wording="")


def test_gathering_adds_up_and_writes_its_own_search_record(office: Desk) -> None:
	number = record(office)
	first = office.gathering.gather(number, MessageFilter(search='"mill lane"'))
	second = office.gathering.gather(number, MessageFilter(search="culvert OR mill"))
	assert first.found == first.added == 3
	assert second.added == second.found - 3 > 0
	assert [one.words for one in office.gathering.searches(number)] == ['"mill lane"', "culvert OR mill"]
	assert office.requests.get(number).candidates == second.found
	assert [one.row.position for one in office.deciding.candidates(number)] == sorted(
		one.row.position for one in office.deciding.candidates(number)
	)
	office.gathering.confirm_set(number)
	assert office.requests.get(number).set_confirmed


def test_decisions_are_made_replaced_and_taken_back(office: Desk) -> None:
	number = record(office)
	office.gathering.gather(number, MessageFilter(search="mill"))
	ids = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, ids, "release")
	assert office.requests.get(number).undecided == 0
	office.deciding.decide(number, ids[:1], "withhold", exemption="S. 42", reason="Advice")
	first = office.deciding.candidates(number)[0].decision
	assert first is not None
	assert (first.choice, first.exemption, first.reason) == ("withhold", "s42", "Advice")
	office.deciding.undecide(number, ids[:2])
	assert office.requests.get(number).undecided == office.requests.get(number).undecided == 2
	with pytest.raises(RefusedByPolicy, match="needs an exemption"):
		office.deciding.decide(number, ids[:1], "withhold")
	with pytest.raises(NotFound):
		office.deciding.decide(number, ids[:1], "withhold", exemption="s99")
	with pytest.raises(NotFound, match="not among"):
		office.deciding.decide(number, [office.id_of("birthday")], "release")
	office.gathering.remove(number, ids[:2])
	assert [one.row.id for one in office.deciding.candidates(number)] == ids[2:]


def test_a_text_is_previewed_covered_and_uncovered_everywhere(office: Desk) -> None:
	number = record(office)
	office.gathering.gather(number, MessageFilter())
	places = office.redacting.places(number, "text", "07700 900123")
	assert [row for row, _ in places] == [office.id_of("landline"), office.id_of("I rang"), office.id_of("added")]
	assert [[piece.text for piece in pieces if piece.is_label] for _, pieces in places] == [
		["07700 900123"],
		["+44 (0)7700\u00a0900\u200b123"],
		["+44 7700 900123"],
	]
	assert len(office.redacting.places(number, "text", "potter")) == 5
	assert (
		office.redacting.places(number, "text", "\u200b")
		== office.redacting.places(number, "pattern", "nonsense")
		== []
	)
	redaction = office.redacting.redact(number, "text", "Potter", "s.40(2)", stand_in="Resident 1")
	assert redaction.exemption == "s40(2)"
	assert office.redacting.redactions(number) == [redaction]
	told = office.id_of("rang about")
	assert office.deciding.requester_view(number, told) == (
		Piece("Mrs Jean "),
		Piece("Resident 1", is_label=True),
		Piece(" of 14 Mill Lane rang about the drain"),
	)
	assert words(office.deciding.candidates(number)[1].covered and office.deciding.requester_view(number, told))
	office.redacting.remove_redaction(number, redaction.id)
	assert office.redacting.redactions(number) == []


def test_a_stretch_of_one_message_is_covered_there_only(office: Desk) -> None:
	number = record(office)
	office.gathering.gather(number, MessageFilter())
	told = office.id_of("rang about")
	span = office.redacting.redact(number, "span", "", "s40(2)", message_id=told, start=0, end=3)
	assert (span.value, span.message_id, span.start, span.end) == ("Mrs", told, 0, 3)
	assert words(office.deciding.requester_view(number, told)) == "█ Jean Potter of 14 Mill Lane rang about the drain"
	for start, end in ((-1, 3), (3, 3), (0, 4000)):
		with pytest.raises(RefusedByPolicy):
			office.redacting.redact(number, "span", "", "s40(2)", message_id=told, start=start, end=end)


def test_a_stand_in_never_says_what_it_stands_for(office: Desk) -> None:
	number = record(office)
	with pytest.raises(CranfordError, match="to be covered"):
		office.redacting.redact(number, "text", "Potter", "s40(2)", stand_in="Mrs POTTER")
	with pytest.raises(CranfordError, match="at most 24"):
		office.redacting.redact(number, "text", "Potter", "s40(2)", stand_in="x" * 25)
	office.redacting.redact(number, "text", "Potter", "s40(2)", stand_in="Jean P")
	with pytest.raises(RefusedByPolicy, match="stands in place"):
		office.redacting.redact(number, "text", "Jean", "s40(2)")
	with pytest.raises(RefusedByPolicy, match="nothing to look for"):
		office.redacting.redact(number, "text", " \u200b ", "s40(2)")
	with pytest.raises(RefusedByPolicy, match="nothing to look for"):
		office.redacting.redact(number, "pattern", "names", "s40(2)")


def test_what_is_not_in_the_pack_has_no_requesters_view(office: Desk) -> None:
	number = record(office)
	office.gathering.gather(number, MessageFilter(search="solicitor OR birthday"))
	advice, party = office.id_of("solicitor"), office.id_of("birthday")
	office.deciding.decide(number, [advice], "withhold", exemption="s42")
	office.deciding.decide(number, [party], "not_held")
	assert office.deciding.requester_view(number, party) is None
	view = office.deciding.requester_view(number, advice)
	assert view is not None
	assert [piece.is_label for piece in view] == [True]
	assert "solicitor" not in view[0].text


def test_an_answer_is_recorded_on_its_day(office: Desk) -> None:
	number = record(office)
	with pytest.raises(RefusedByPolicy):
		office.requests.mark_answered(number, date(2026, 11, 24))
	office.requests.mark_answered(number, date(2026, 11, 23))
	assert office.requests.get(number).status == "answered"


def test_the_record_of_actions_holds_neither_words_nor_names(office: Desk) -> None:
	number = record(office)
	office.gathering.gather(number, MessageFilter(search="potter"))
	ids = [one.row.id for one in office.deciding.candidates(number)]
	office.deciding.decide(number, ids, "withhold", exemption="s40(2)", reason="Private: Jean Potter")
	kept = office.redacting.redact(number, "text", "Jean Potter", "s40(2)", reason="About Jean")
	office.redacting.remove_redaction(number, kept.id)
	office.deciding.undecide(number, ids)
	told = office.ledger()
	assert told.count("request") >= 6
	for secret in ("Potter", "potter", "Jean", "Tom", "Green", "Mill"):
		assert secret not in told
