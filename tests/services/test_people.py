"""Who is who: guesses with their reasons, answers and taking them back, terms of office."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.council import Council
from tests.ingest.writer import Phone, Sent, write_export
from tests.services.history_support import Moment, Told, app, write

START = datetime(2025, 4, 3, 9, 0)
HERS, HIS = "Cllr Shaw's phone", "Phone 2"
NUMBER = "+44 7700 900123"


def said(sender_here: str, sender_there: str | None, number: int = 1, first: int = 0) -> list[Moment]:
	"""Messages that her phone shows under one name and his, where it has them, under another."""
	moments = []
	for at in range(number):
		text = f"message {first + at} of {sender_here}"
		on = {HERS: Told(text, sender_here)}
		if sender_there is not None:
			on[HIS] = Told(text, sender_there)
		moments.append(Moment(START + timedelta(minutes=first + at), on))
	return moments


def pairs(council: Council) -> list[tuple[str, str]]:
	return [(one.first, one.second) for one in council.people.guesses()]


def test_the_same_messages_under_two_names(council: Council) -> None:
	write(council, [*said("Mrs Potter", NUMBER, 12), *said("Tom Reed", "Tom Reed", 3, 20)])
	(guess,) = council.people.guesses()
	assert (guess.first, guess.second, guess.name) == ("Mrs Potter", NUMBER, "Mrs Potter")
	assert guess.certain
	assert guess.reasons == (f"The same 12 messages: Mrs Potter on Cllr Shaw's phone, {NUMBER} on Phone 2.",)


def test_a_name_that_several_people_bear_is_not_certain(council: Council) -> None:
	write(council, [*said("Anna", "Cllr Bell", 12), *said("Zed", "Cllr Bell", 12, 20)])
	assert not any(one.certain for one in council.people.guesses())


def test_a_member_whom_no_chat_shows_stays_on_the_roll(council: Council) -> None:
	write(council, said("Ann Lee", "Ann Lee", 2))
	omar = council.directory.add(" Cllr  Omar Reid ", "Councillor", date(2025, 5, 8))
	council.people.name_sender("Ann Lee", "Ann Lee", None)
	(one,) = council.people.in_no_chat()
	assert (one.person_id, one.name, one.role, one.messages, one.groups) == (
		omar,
		"Cllr Omar Reid",
		"Councillor",
		0,
		(),
	)
	for name in ("cllr omar reid", "Ann Lee"):
		with pytest.raises(NotFound, match="already"):
			council.directory.add(name, "Councillor")
	with pytest.raises(CranfordError, match="needs a role"):
		council.directory.add("Cllr X", " ", date(2025, 5, 8))
	assert [term.start for term in council.people.terms(omar)] == [date(2025, 5, 8)]
	with pytest.raises(CranfordError, match="already"):
		council.people.rename(omar, "Ann Lee")
	with pytest.raises(NotFound):
		council.people.rename(99, "Nobody")
	council.people.rename(omar, "Cllr O. Reid")
	assert [row.name for row in council.people.in_no_chat()] == ["Cllr O. Reid"]


def test_one_message_in_common_is_no_reason(council: Council) -> None:
	write(council, [*said("Ann Lee", "Bob Hale", 1), *said("Cy", "Cy", 2, 5)])
	assert pairs(council) == []


def test_a_number_in_another_spelling_is_the_same_person(council: Council) -> None:
	write(council, said("07700 900123", None))
	write(council, [Moment(START, {HIS: Told("later", NUMBER)})], "Another group")
	(guess,) = council.people.guesses()
	assert guess.certain
	assert guess.reasons == ("It is the same telephone number, written in two ways.",)


def test_names_alike_are_weak_evidence_only(council: Council) -> None:
	write(council, said("Cllr Jean Shaw", None))
	write(council, [Moment(START, {HIS: Told("later", "Jean Shaw")})], "Another group")
	(guess,) = council.people.guesses()
	assert (guess.certain, guess.name) == (False, "Cllr Jean Shaw")
	assert guess.reasons == ("The names are alike. That alone says little.",)


def test_two_senders_of_one_export_are_two_people(council: Council) -> None:
	write(council, [*said("Jean Shaw", None), *said("Cllr Jean Shaw", None, 1, 5), *said("Mrs Potter", NUMBER, 12, 10)])
	write(council, [Moment(START, {HIS: Told("a", NUMBER)}), Moment(START, {HIS: Told("b", "Mrs Potter")})], "Both")
	assert pairs(council) == []


def test_a_change_of_number_ties_two_senders_of_one_export(council: Council) -> None:
	new = "+44 7700 900456"
	line = app(f"{NUMBER} changed to {new}", "number", NUMBER, new)
	write(council, [*said(NUMBER, None), Moment(START + timedelta(hours=1), {HERS: line}), *said(new, None, 1, 90)])
	(guess,) = council.people.guesses()
	assert guess.certain
	assert guess.reasons == (f"WhatsApp’s own line of 3 April 2025 says that {NUMBER} changed to {new}.",)


def test_same_names_both_and_taking_it_back_leaves_no_trace(council: Council) -> None:
	write(council, said("Mrs Potter", NUMBER, 12))
	(guess,) = council.people.guesses()
	choice = council.people.choose(guess.key, "same", "Joan Potter")
	(person,) = council.people.people()
	assert (person.name, person.aliases) == ("Joan Potter", (NUMBER, "Mrs Potter"))
	assert council.browsing.count(MessageFilter(person="Joan Potter")) == 12
	assert council.people.guesses() == []
	assert [(one.id, one.said) for one in council.people.choices()] == [(choice, "same")]
	council.people.take_back(choice)
	assert council.people.people() == []
	assert council.people.guesses() == [guess]
	assert council.people.choices() == []
	with pytest.raises(NotFound):
		council.people.take_back(choice)


def test_joining_two_people_moves_everything_and_moves_it_back(council: Council) -> None:
	write(council, said("Mrs Potter", NUMBER, 12))
	first = council.people.name_sender("Mrs Potter", "Joan Potter", "Resident")
	second = council.people.name_sender(NUMBER, "Jean", None)
	term = council.people.set_term(second, "Councillor", date(2023, 5, 4), None)
	before = (council.people.people(), council.people.terms(first), council.people.terms(second))
	(guess,) = council.people.guesses()
	choice = council.people.choose(guess.key, "same")
	(person,) = council.people.people()
	assert (person.id, person.aliases) == (first, (NUMBER, "Mrs Potter"))
	assert [one.id for one in council.people.terms(first)] == [term]
	council.people.take_back(choice)
	assert (council.people.people(), council.people.terms(first), council.people.terms(second)) == before


def test_what_was_said_since_stays_when_an_answer_is_taken_back(council: Council) -> None:
	write(council, said("Mrs Potter", NUMBER, 12))
	write(council, [Moment(START, {HIS: Told("later", "Joan P")})], "Another group")
	(guess,) = council.people.guesses()
	choice = council.people.choose(guess.key, "same", "Joan Potter")
	council.people.name_sender("Joan P", "Joan Potter", "Resident")
	council.people.take_back(choice)
	(person,) = council.people.people()
	assert (person.name, person.role, person.aliases) == ("Joan Potter", "Resident", ("Joan P",))


def test_different_is_not_asked_again(council: Council) -> None:
	write(council, said("Mrs Potter", NUMBER, 12))
	(guess,) = council.people.guesses()
	choice = council.people.choose(guess.key, "different")
	assert council.people.guesses() == []
	assert council.people.people() == []
	with pytest.raises(NotFound):
		council.people.choose(guess.key, "same")
	council.people.take_back(choice)
	assert council.people.guesses() == [guess]


def test_later_comes_back_last(council: Council) -> None:
	write(council, [*said("Mrs Potter", NUMBER, 30), *said("Tom Reed", "Tommy", 12, 40)])
	first, second = council.people.guesses()
	council.people.choose(first.key, "later")
	assert council.people.guesses() == [second, first]
	council.people.choose(first.key, "same")
	assert [one.said for one in council.people.choices()] == ["same"]


def test_guesses_follow_what_comes_in(council: Council) -> None:
	write(council, said("Mrs Potter", None, 12))
	assert pairs(council) == []
	write(council, [Moment(START, {HIS: Told("later", "Joan Potter")})], "Another group")
	assert pairs(council) == [("Joan Potter", "Mrs Potter")]


def test_the_record_of_actions_holds_no_names(council: Council) -> None:
	write(council, said("Mrs Potter", NUMBER, 12))
	(guess,) = council.people.guesses()
	council.people.take_back(council.people.choose(guess.key, "same", "Joan Potter"))
	with council.archive.reading() as c:
		recorded = " ".join(f"{row[0]} {row[1]}" for row in c.exec_driver_sql("SELECT action, detail FROM ledger"))
	assert "said who a name is" in recorded
	assert "Potter" not in recorded
	assert "900123" not in recorded


def test_a_message_carries_the_role_of_its_day(council: Council) -> None:
	moments = [
		Moment(datetime(year, 6, 1, 23, 59), {HERS: Told(f"in {year}", "Jean Shaw")}) for year in (2022, 2024, 2026)
	]
	ids = write(council, moments)

	def roles() -> list[str | None]:
		return [row.role for row in council.browsing.rows(ids)]

	person = council.people.name_sender("Jean Shaw", "Cllr Jean Shaw", "Chair")
	assert roles() == ["Chair", "Chair", "Chair"]
	councillor = council.people.set_term(person, "Councillor", date(2023, 5, 4), date(2026, 6, 1))
	assert roles() == [None, "Councillor", "Councillor"]
	council.people.set_term(person, "Chair", date(2024, 5, 1), date(2025, 5, 1))
	assert roles() == [None, "Chair", "Councillor"]
	council.people.set_term(person, "Councillor", None, date(2026, 5, 31), councillor)
	assert roles() == ["Councillor", "Chair", None]
	assert [sender.role for sender in council.people.senders()] == [None]
	for term in council.people.terms(person):
		council.people.drop_term(term.id)
	assert roles() == ["Chair", "Chair", "Chair"]


def test_a_term_is_checked(council: Council) -> None:
	write(council, said("Jean Shaw", None))
	person = council.people.name_sender("Jean Shaw", "Jean Shaw", None)
	with pytest.raises(CranfordError, match="ends before it begins"):
		council.people.set_term(person, "Clerk", date(2025, 5, 2), date(2025, 5, 1))
	with pytest.raises(CranfordError, match="needs a role"):
		council.people.set_term(person, "  ", None, None)
	with pytest.raises(NotFound):
		council.people.set_term(person + 1, "Clerk", None, None)
	with pytest.raises(NotFound):
		council.people.drop_term(7)
	assert council.people.terms(person) == []


def test_somebody_with_a_term_stays_without_a_name_in_the_chats(council: Council) -> None:
	write(council, said("Jean Shaw", None))
	person = council.people.name_sender("Jean Shaw", "Cllr Jean Shaw", None)
	council.people.set_term(person, "Councillor", date(2023, 5, 4), None)
	council.people.name_sender("Jean Shaw", "Jean Bell", None)
	assert [(one.name, one.aliases) for one in council.people.people()] == [
		("Cllr Jean Shaw", ()),
		("Jean Bell", ("Jean Shaw",)),
	]


def test_three_real_exports(council: Council, tmp_path: Path) -> None:
	entries = [
		Sent(START + timedelta(days=day, hours=hour), who, f"What {who} had to say on day {day} about the drains")
		for day in range(24)
		for hour, who in ((1, "Ann Lee"), (3, "Bob Hale"), (5, "Cy Orr"))
	]
	for owner, names in (("Ann Lee", {"Bob Hale": NUMBER}), ("Bob Hale", {"Cy Orr": "Cyril"}), ("Dee Moss", {})):
		path = write_export(tmp_path / f"{owner}.txt", Phone("android", owner=owner, names=names), entries)
		council.importing.import_file(path, group="Example Councillors", phone=f"{owner}'s phone")
	first, second = council.people.guesses()
	assert (first.first, first.second, first.certain) == ("Bob Hale", NUMBER, True)
	assert first.reasons == (f"The same 24 messages: Bob Hale on Bob Hale's phone, {NUMBER} on Ann Lee's phone.",)
	assert (second.first, second.second, second.certain) == ("Cy Orr", "Cyril", True)


ANSWERS = st.lists(
	st.tuples(
		st.integers(0, 20), st.sampled_from(["same", "different", "later"]), st.sampled_from([None, "Somebody", "Tom"])
	),
	max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said_in_turn=ANSWERS)
def test_taking_answers_back_in_turn_leaves_everything_as_it_was(council: Council, said_in_turn) -> None:
	if not council.groups.all():
		write(
			council, [*said("Mrs Potter", NUMBER, 12), *said("Tom Reed", "Tommy", 12, 40), *said("T Reed", None, 1, 60)]
		)
		write(council, [Moment(START, {HIS: Told("later", "Joan Potter")})], "Another group")
		council.people.set_term(council.people.name_sender("Tommy", "Thomas Reed", "Clerk"), "Clerk", None, None)
		council.people.name_sender("Tom Reed", "Tom", "Resident")

	def state() -> tuple[object, ...]:
		everybody = council.people.people()
		return everybody, [council.people.terms(one.id) for one in everybody], council.people.guesses()

	before, answers = state(), []
	for place, answer, name in said_in_turn:
		if guesses := council.people.guesses():
			answers.append(council.people.choose(guesses[place % len(guesses)].key, answer, name))
	for one in reversed(answers):
		council.people.take_back(one)
	assert state() == before


def test_an_answer_taken_back_never_gives_names_to_somebody_else(council: Council) -> None:
	write(council, [*said("Mrs Potter", NUMBER, 12), *said("Tom Reed", "Tommy", 12, 40)])
	first = council.people.name_sender("Mrs Potter", "Joan Potter", None)
	second = council.people.name_sender(NUMBER, "Jean", None)
	guesses = {one.first: one for one in council.people.guesses()}
	choice = council.people.choose(guesses["Mrs Potter"].key, "same")
	other = council.people.name_sender("Tommy", "Thomas Reed", None)
	assert second == other  # the number of somebody who is gone may come again
	council.people.take_back(choice)
	assert [(one.name, one.aliases) for one in council.people.people()] == [
		("Jean", (NUMBER,)),
		("Joan Potter", ("Mrs Potter",)),
		("Thomas Reed", ("Tommy",)),
	]
	assert first != other
