"""A subject access request: who it is, what is found and why, giving their own words, covering up everybody else."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.held_about import SENT_BY_THEM
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.subject_access import OTHERS, USUAL, OtherAnswer, Subject, fits, same_name
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council

GREEN, SHAW, HARTLEY = "Mr Tom Green", "Cllr Jean Shaw", "Mrs Edna Hartley"


@pytest.fixture
def town(council: Council, chat: Callable[..., Path]) -> Council:
	path = chat(
		"20/11/2026, 09:00 - Jean Shaw: Tom Green rang about Mrs Hartley’s hedge",
		"20/11/2026, 09:01 - +44 7700 900123: The hedge is not mine. Ask Edna Hartley on 07700 900456",
		"20/11/2026, 09:02 - Jean Shaw: Mr Green is cross. So is Edna Hartley",
		"20/11/2026, 09:03 - Jean Shaw: The pavilion needs paint",
		"20/11/2026, 09:04 - +44 7700 900456: I never said that to Tom Green",
		"20/11/2026, 09:05 - +44 7700 900123: Good evening",
	)
	council.importing.import_file(path, group="Test group", phone="Jean Shaw's phone")
	council.people.name_sender("+44 7700 900123", GREEN, None)
	council.people.name_sender("+44 7700 900456", HARTLEY, "Resident")
	council.people.name_sender("Jean Shaw", SHAW, "Councillor")
	return council


@pytest.fixture
def asked(town: Council) -> int:
	request = town.requests.create(
		regime="sar", received=date(2026, 11, 20), requester="Mr T Green", wording="Everything about me"
	)
	town.subject_access.choose(request.id, Subject(GREEN))
	return request.id


@pytest.fixture
def gathered(town: Council, asked: int) -> int:
	town.subject_access.add(asked, town.subject_access.look(asked))
	return asked


def texts(council: Council, ids: list[int]) -> set[str]:
	return {row.text or "" for row in council.browsing.rows(ids)}


@pytest.mark.parametrize(
	("name", "requester", "fit"),
	[
		("Mr Tom Green", "Tom Green, 14 Mill Lane", True),
		("Mr Tom Green", "Mr T. Green", True),
		("Mr Tom Green", "Mr Green", True),
		("Mrs Sarah Green", "Tom Green", False),
		("Tom Greene", "Tom Green", False),
		("Tom", "", False),
	],
)
def test_whose_name_fits_whoever_asked(name: str, requester: str, fit: bool) -> None:
	assert fits(name, requester) is fit


def test_two_people_of_one_name_come_first_with_what_tells_them_apart(town: Council, asked: int) -> None:
	town.directory.add("Thomas Green")
	other = town.directory.add("Tom Green of Bell Farm")
	town.directory.add_detail(other, "nickname", "Tom Green")
	found = town.subject_access.choices(asked)
	assert {one.name for one in same_name(found)} == {GREEN, "Tom Green of Bell Farm", "Thomas Green"}
	first = next(one for one in found if one.name == GREEN)
	assert (first.numbers, first.messages, first.fits) == (("+44 7700 900123",), 2, True)
	assert first.first is not None


def test_nobody_is_chosen_by_itself_and_only_a_subject_access_request_has_a_subject(town: Council) -> None:
	sar = town.requests.create(regime="sar", received=date(2026, 11, 20), requester="Tom Green", wording="Me")
	foi = town.requests.create(regime="foi", received=date(2026, 11, 20), requester="Tom Green", wording="It")
	assert town.subject_access.subject(sar.id) is None
	with pytest.raises(NotFound):
		town.subject_access.look(sar.id)
	with pytest.raises(RefusedByPolicy):
		town.subject_access.choose(foi.id, Subject(GREEN))
	assert town.subject_access.warnings(foi.id) == ()


def test_one_look_finds_what_they_sent_and_what_names_them_and_says_why(town: Council, asked: int) -> None:
	looked = town.subject_access.look(asked)
	assert len(looked.new_ids()) == 5
	assert town.subject_access.add(asked, looked) == 5
	assert town.subject_access.look(asked).new_ids() == []
	why = town.subject_access.why(asked)
	by_text = {row.text: why[row.id] for row in town.browsing.rows(list(why))}
	assert by_text["Good evening"] == (SENT_BY_THEM,)
	assert by_text["Mr Green is cross. So is Edna Hartley"] == ("Title and family name: Mr Green",)
	assert "The pavilion needs paint" not in by_text
	assert len(town.gathering.searches(asked)) == 2


def test_their_own_words_are_a_suggestion_and_nothing_is_decided_by_itself(town: Council, gathered: int) -> None:
	own = town.subject_access.own_undecided(gathered)
	assert texts(town, own) == {"Good evening", "The hedge is not mine. Ask Edna Hartley on 07700 900456"}
	assert all(one.decision is None for one in town.deciding.candidates(gathered))
	town.deciding.decide(gathered, own, "release")
	assert town.subject_access.own_undecided(gathered) == []


def test_others_are_listed_without_the_person_and_those_in_office_last(town: Council, gathered: int) -> None:
	found = town.subject_access.others(gathered)
	assert [(one.name, one.in_office, one.wrote, one.named) for one in found] == [
		(HARTLEY, False, 1, 3),
		(SHAW, True, 2, 0),
	]
	marks = town.subject_access.marks(gathered)
	assert marks("Ask Edna Hartley or Tom Green") == [(4, 16)]


def test_everybody_except_them_is_covered_with_the_balance_and_the_pack_still_names_them(
	town: Council, gathered: int
) -> None:
	made = town.subject_access.cover_others(gathered, [HARTLEY], USUAL)
	assert (made[0].kind, made[0].value, made[0].exemption) == ("person", HARTLEY, OTHERS)
	assert "Confidence owed: None is known." in (made[0].reason or "")
	assert town.subject_access.cover_others(gathered, [HARTLEY], USUAL) == []
	assert town.subject_access.warnings(gathered) == ()
	town.gathering.confirm_set(gathered)
	ids = [one.row.id for one in town.deciding.candidates(gathered)]
	town.deciding.decide(gathered, ids, "release")
	views = town.deciding.requester_views(gathered, ids)
	said = "\n".join("".join(piece.text for piece in view or ()) for view in views.values())
	assert "Edna" not in said
	assert "Hartley" not in said
	assert "07700 900456" not in said
	assert "Tom Green" in said
	assert town.disclosing.make_pack(gathered).leak_check.passed
	assert all(one.regime != "sar" for one in town.disclosure_log.entries())


def test_the_person_is_never_covered_up_from_themselves(town: Council, gathered: int) -> None:
	with pytest.raises(RefusedByPolicy):
		town.subject_access.cover_others(gathered, [GREEN], USUAL)
	town.redacting.redact(gathered, "text", "Green", OTHERS)
	[(redaction, messages)] = town.subject_access.own_name_covered(gathered)
	assert redaction.value == "Green"
	assert messages == 5
	assert "covered up in 5 places" in town.subject_access.warnings(gathered)[0]


def test_a_balance_without_all_its_parts_and_a_reason_left_out_are_refused(town: Council, gathered: int) -> None:
	with pytest.raises(RefusedByPolicy):
		town.subject_access.cover_others(gathered, [HARTLEY], type(USUAL)("a", "b", " ", "d", "e"))
	with pytest.raises(RefusedByPolicy):
		town.subject_access.leave_readable(gathered, [OtherAnswer(HARTLEY, "agreed", "")])
	assert town.redacting.redactions(gathered) == []
	town.subject_access.leave_readable(gathered, [OtherAnswer(HARTLEY, "agreed", "She said so on the phone")])
	assert town.subject_access.answers(gathered) == [OtherAnswer(HARTLEY, "agreed", "She said so on the phone")]


def test_a_message_marked_personal_after_the_request_came_is_found_all_the_same(town: Council, asked: int) -> None:
	[message] = town.browsing.ids(MessageFilter(search='"Good evening"'))
	town.sorting.say_kind([message], "personal")
	assert message in town.subject_access.look(asked).new_ids()


def test_what_is_held_about_them_says_that_a_request_is_about_them(town: Council, gathered: int) -> None:
	reference = town.requests.get(gathered).reference
	[item] = [one for one in town.held_about.about(GREEN).items if one.place == "request"]
	assert (item.reference, item.target) == (reference, f"requests:{gathered}")
	assert set(item.why) >= {"It is about them", "Messages about them that were looked at in it: 5"}


def test_asking_for_proof_makes_the_month_wait_until_they_showed_it(town: Council, asked: int) -> None:
	before = town.requests.get(asked).due
	town.subject_access.choose(asked, Subject(GREEN, sure="asked"))
	town.subject_access.proof(asked, Subject(GREEN, sure="asked"), date(2026, 11, 20))
	assert town.subject_access.waits_for_proof(asked)
	assert town.subject_access.warnings(asked) == ("They have not shown who they are yet. Give nothing out before.",)
	town.subject_access.proof(asked, Subject(GREEN), date(2026, 11, 23))
	assert not town.subject_access.waits_for_proof(asked)
	assert town.requests.get(asked).due > before
	assert [one.kind for one in town.request_events.events(asked)] == ["identity_asked", "identity_shown"]
