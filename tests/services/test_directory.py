"""The directory: who is in it, what is kept, mentions, joining and parting, contacts, leavers, who read the policy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.directory import DirectoryEntry
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound, ProblemWithFile
from cranford_desktop.services.council import Council
from cranford_desktop.store import ledger

GROUP = "Test group"


@pytest.fixture
def held(council: Council, chat: Callable[..., Path]) -> Council:
	path = chat(
		"20/11/2026, 09:00 - Ann Example: Mrs Potter rang, and Jeanie's drain is blocked again",
		"20/11/2026, 09:01 - +44 7700 900123: That is me",
		"20/11/2026, 09:02 - Ben Sample: Jean Potter is on 07700 900123, or jean@example.org",
		"20/11/2026, 09:03 - Ben Sample: Jean Shaw is another Jean",
		"21/11/2026, 10:00 - Ann Example: Ring 0044 7700 900123",
	)
	council.importing.import_file(path, group=GROUP, phone="Ann Example's phone")
	council.people.name_sender("+44 7700 900123", "Mrs Jean Potter", "Resident")
	council.people.name_sender("Ann Example", "Cllr Ann Example", "Councillor")
	return council


def entry(council: Council, name: str) -> DirectoryEntry:
	return next(one for one in council.directory.entries() if one.name == name)


def test_a_person_is_listed_with_what_the_archive_shows_of_them(held: Council) -> None:
	ann = entry(held, "Cllr Ann Example")
	assert (ann.role, ann.messages, ann.aliases) == ("Councillor", 2, ("Ann Example",))
	assert (ann.first_seen and ann.first_seen.date(), ann.last_seen and ann.last_seen.date()) == (
		date(2026, 11, 20),
		date(2026, 11, 21),
	)
	assert entry(held, "Mrs Jean Potter").numbers == ("+44 7700 900123",)


def test_mentions_are_found_by_every_name_number_and_address_but_not_by_a_first_name(held: Council) -> None:
	jean = entry(held, "Mrs Jean Potter").person_id
	assert held.directory.page(jean).mentioned == 2, "by full name, and by number in another form"
	held.directory.add_detail(jean, "nickname", "Jeanie")
	held.directory.add_detail(jean, "nickname", "Mrs Potter")
	page = held.directory.page(jean)
	assert (page.said, page.mentioned) == (1, 3)
	found = held.browsing.ids(MessageFilter(search=page.mention_words))
	texts = [row.text or "" for row in held.browsing.rows(found)]
	assert not any("Jean Shaw" in text for text in texts)


def test_a_person_without_any_chat_can_be_entered_and_stays(held: Council) -> None:
	number = held.directory.add("Cllr Olive New", "Councillor")
	held.people.name_sender("Ben Sample", "Ben Sample", None)
	new = entry(held, "Cllr Olive New")
	assert (new.person_id, new.messages, new.aliases) == (number, 0, ())
	with pytest.raises(NotFound):
		held.directory.add("cllr olive NEW", None)
	with pytest.raises(CranfordError):
		held.directory.add("   ", None)


@pytest.mark.parametrize(("kind", "value"), [("phone", "ring me"), ("email", "a@b@c"), ("nickname", "  ")])
def test_what_is_no_number_or_address_is_not_kept(held: Council, kind: str, value: str) -> None:
	jean = entry(held, "Mrs Jean Potter").person_id
	with pytest.raises(CranfordError):
		held.directory.add_detail(jean, kind, value)  # type: ignore[arg-type]
	assert entry(held, "Mrs Jean Potter").details == ()


def test_the_same_number_in_another_form_is_kept_once(held: Council) -> None:
	jean = entry(held, "Mrs Jean Potter").person_id
	held.directory.add_detail(jean, "phone", "01632 960123")
	held.directory.add_detail(jean, "phone", "+44 1632 960123")
	(kept,) = entry(held, "Mrs Jean Potter").details
	held.directory.drop_detail(kept.id)
	assert entry(held, "Mrs Jean Potter").details == ()


def test_two_people_are_joined_and_parted_with_everything_that_is_theirs(held: Council) -> None:
	ben = held.people.name_sender("Ben Sample", "Ben Sample", "Councillor")
	ann = entry(held, "Cllr Ann Example").person_id
	for person, words in ((ann, "Annie"), (ben, "Benny")):
		held.directory.add_detail(person, "nickname", words)
		held.directory.add_detail(person, "note", "Keys to the hall")
		held.directory.acknowledge(person, date(2026, 11, 1), "signed slip")
		held.directory.set_leaver_step(person, "last_export", date(2026, 11, 2), words)
	before = held.directory.entries()
	join = held.directory.join(ann, ben)
	both = entry(held, "Cllr Ann Example")
	assert both.messages == 4
	assert {one.value for one in both.details} == {"Annie", "Benny", "Keys to the hall"}
	assert [one.name for one in held.directory.entries()] == ["Cllr Ann Example", "Mrs Jean Potter"]
	assert [one.gone_name for one in held.directory.joins(ann)] == ["Ben Sample"]
	assert held.directory.part(join) == ben
	after = held.directory.entries()
	assert [_without_ids(one) for one in after] == [_without_ids(one) for one in before]
	for person, words in ((ann, "Annie"), (ben, "Benny")):
		assert held.directory.leaver_steps(person)[0].note == words
	with pytest.raises(NotFound):
		held.directory.part(join)
	with pytest.raises(NotFound):
		held.directory.join(ann, ann)


def _without_ids(one: DirectoryEntry) -> tuple[object, ...]:
	details = sorted((detail.kind, detail.value) for detail in one.details)
	return one.person_id, one.name, one.role, one.aliases, details, one.messages, one.acknowledged


def test_contacts_name_numbers_and_add_what_is_new(held: Council, tmp_path: Path) -> None:
	path = tmp_path / "contacts.csv"
	path.write_text(
		"Name,Mobile Phone,E-mail Address,Nickname\n"
		"Jean Potter,07700 900123,jean@example.org,Jeanie\n"
		"Ben Sample,07700 900777,,\n"
		"A Stranger,07700 900888,stranger@example.org,\n",
		"utf-8",
	)
	matches, left = held.directory.read_contacts(path)
	assert ([one.contact.name for one in matches], left) == (["Jean Potter", "Ben Sample"], 1)
	assert matches[0].person == "Mrs Jean Potter"
	assert set(matches[0].fresh) == {("email", "jean@example.org"), ("nickname", "Jean Potter"), ("nickname", "Jeanie")}
	assert matches[1].unnamed == ("Ben Sample",)
	assert held.directory.take_contacts(matches) == 2
	assert entry(held, "Ben Sample").numbers == ("07700 900777",)
	assert held.directory.read_contacts(path)[0] == []
	with pytest.raises(ProblemWithFile):
		held.directory.read_contacts(tmp_path / "nowhere.vcf")


def test_a_leavers_steps_are_ticked_and_unticked(held: Council) -> None:
	ann = entry(held, "Cllr Ann Example").person_id
	steps = held.directory.leaver_steps(ann)
	assert [one.key for one in steps] == [one.key for one in held.tables.leavers]
	held.directory.set_leaver_step(ann, "deleted", date(2026, 11, 20), " She has ")
	(done,) = [one for one in held.directory.leaver_steps(ann) if one.done_on is not None]
	assert (done.key, done.note) == ("deleted", "She has")
	held.directory.set_leaver_step(ann, "deleted", None)
	assert all(one.done_on is None for one in held.directory.leaver_steps(ann))
	with pytest.raises(CranfordError):
		held.directory.set_leaver_step(ann, "deleted", date(2026, 11, 24))
	with pytest.raises(NotFound):
		held.directory.set_leaver_step(ann, "no such step", date(2026, 11, 20))


def test_who_left_office_is_said(held: Council) -> None:
	ann = entry(held, "Cllr Ann Example").person_id
	held.people.set_term(ann, "Councillor", date(2021, 5, 6), date(2026, 5, 5))
	assert entry(held, "Cllr Ann Example").left_on == date(2026, 5, 5)
	held.people.set_term(ann, "Clerk", date(2026, 6, 1), None)
	assert entry(held, "Cllr Ann Example").left_on is None


def test_an_acknowledgement_is_of_the_policy_in_force_and_the_slip_names_it(held: Council) -> None:
	ann = entry(held, "Cllr Ann Example").person_id
	held.directory.acknowledge(ann, date(2026, 11, 20), "signed slip")
	assert entry(held, "Cllr Ann Example").acknowledged == date(2026, 11, 20)
	with pytest.raises(CranfordError):
		held.directory.acknowledge(ann, date(2026, 11, 24), "signed slip")
	first = held.directory.acknowledgement_slip(ann)
	assert first.startswith(b"%PDF-")
	assert first == held.directory.acknowledgement_slip(ann)
	assert held.directory.new_member_sheet().startswith(b"%PDF-")


def test_no_name_or_number_reaches_the_record_of_actions(held: Council) -> None:
	jean = entry(held, "Mrs Jean Potter").person_id
	held.directory.add_detail(jean, "nickname", "Jeanie")
	held.directory.rename(jean, "Mrs J Potter")
	held.directory.add("Olive New", "Councillor")
	with held.archive.reading() as connection:
		details = " ".join(str(one.detail) for one in ledger.entries(connection))
	assert not any(word in details for word in ("Potter", "Jeanie", "Olive", "900123"))
