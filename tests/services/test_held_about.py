"""What is held about one person: every place where they are, with why, and nobody else's."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.held_about import HeldAbout, HeldItem, looked_for
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.work import never
from cranford_desktop.errors import Cancelled, CranfordError
from cranford_desktop.services.council import Council

GREEN = "Mr Tom Green"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:T. Green\nTEL;TYPE=CELL:+44 (0)7700 900123\nEND:VCARD\n"


@pytest.fixture
def held(council: Council, tmp_path: Path) -> Council:
	lines = (
		"20/11/2026, 09:00 - Cllr Shaw: Tom Green rang about the hedge",
		"20/11/2026, 09:01 - +44 7700 900123: The hedge is mine",
		"20/11/2026, 09:02 - Cllr Bell: MR  GREEN again. His number is 0044 7700 900 123",
		"20/11/2026, 09:03 - Cllr Bell: The village green needs mowing",
		"20/11/2026, 09:04 - Cllr Shaw: tom.green@example.org wrote, Tommo is cross",
		"20/11/2026, 09:05 - Cllr Shaw: 14, Mill Lane is where he lives",
		"20/11/2026, 09:06 - Cllr Bell: Tom_Green complaint.pdf (file attached)",
		"20/11/2026, 09:07 - Cllr Bell: contact.vcf (file attached)",
		"20/11/2026, 09:08 - Cllr Shaw added +44 7700 900123",
		"20/11/2026, 09:09 - Cllr Bell: Greene King have the licence",
		"20/11/2026, 09:10 - Cllr Bell: T o m G r e e n, spelt out",
	)
	path = tmp_path / "WhatsApp Chat with Test group.zip"
	with zipfile.ZipFile(path, "w") as made:
		made.writestr("WhatsApp Chat with Test group.txt", "".join(f"{line}\n" for line in lines))
		made.writestr("Tom_Green complaint.pdf", b"%PDF-1.4")
		made.writestr("contact.vcf", CARD)
	council.importing.import_file(path, group="Test group", phone="Cllr Shaw's phone")
	council.people.name_sender("+44 7700 900123", GREEN, None)
	person = next(one for one in council.directory.entries() if one.name == GREEN).person_id
	council.directory.add_detail(person, "nickname", "Tommo")
	council.directory.add_detail(person, "email", "tom.green@example.org")
	council.directory.add_detail(person, "address", "14 Mill Lane, Cranford")
	return council


def why(found: HeldAbout, words: str) -> tuple[str, ...]:
	return next((one.why for one in found.items if words in one.words), ())


def of(found: HeldAbout, place: str) -> list[HeldItem]:
	return [one for one in found.items if one.place == place]


@pytest.mark.parametrize(
	("words", "reason"),
	[
		("rang about the hedge", "Names them: Tom Green"),
		("The hedge is mine", "Sent by them"),
		("MR  GREEN again", "Title and family name: Mr Green"),
		("MR  GREEN again", "Their number: +44 7700 900123"),
		("Tommo is cross", "Their e-mail address: tom.green@example.org"),
		("Tommo is cross", "Also known as: Tommo"),
		("14, Mill Lane", "Their address: 14 Mill Lane"),
		("complaint.pdf", "Names them: Tom Green"),
		("added +44", "Their number: +44 7700 900123"),
		("spelt out", "Names them: Tom Green"),
	],
)
def test_every_name_number_and_address_is_found_with_its_reason(held: Council, words: str, reason: str) -> None:
	assert reason in why(held.held_about.about(GREEN), words)


def test_a_contact_card_is_read_and_what_only_sounds_alike_is_left_out(held: Council) -> None:
	found = held.held_about.about(GREEN)
	[card] = of(found, "file")
	assert (card.words, card.why) == ("contact.vcf", ("Their number: +44 7700 900123, in the contact card",))
	told = " ".join(one.words for one in found.items)
	assert "village green" not in told
	assert "Greene King" not in told


def test_a_family_name_alone_is_looked_for_when_the_clerk_says_so(held: Council) -> None:
	assert held.held_about.family_name(GREEN) == "Green"
	found = held.held_about.about(GREEN, more=("Green",))
	assert why(found, "village green") == ("The word looked for: Green",)
	assert why(found, "Greene King") == ()


def test_a_message_that_was_edited_or_marked_personal_is_found(held: Council, chat: Callable[..., Path]) -> None:
	path = chat(
		"21/11/2026, 09:00 - Cllr Bell: Tom Green owes me ten pounds",
		name="WhatsApp Chat with Other.txt",
	)
	held.importing.import_file(path, group="Other", phone="Cllr Bell's phone")
	[message] = held.browsing.rows(held.browsing.ids(MessageFilter(search="pounds")))
	held.sorting.say_kind([message.id], "personal")
	assert why(held.held_about.about(GREEN), "ten pounds") == ("Names them: Tom Green",)


def test_the_councils_own_records_are_listed_cases_and_requests_by_reference_only(held: Council) -> None:
	request = held.requests.create(
		regime="sar", received=date(2026, 11, 20), requester="Tom Green, 14 Mill Lane", wording="All about me"
	)
	other = held.requests.create(
		regime="foi", received=date(2026, 11, 20), requester="Alex Example", wording="The hedge of Tom Green"
	)
	held.gathering.gather(other.id, MessageFilter(search="hedge"))
	held.redacting.redact(other.id, "person", GREEN, "s40(2)")
	case = held.casework.log(
		CaseDraft(
			kind="dispute",
			title="About a hedge",
			happened_on=date(2026, 11, 20),
			noticed_at=None,
			people=("Tom Green",),
			facts="Words",
		)
	)
	found = held.held_about.about(GREEN)
	asked, covered = sorted(of(found, "request"), key=lambda one: one.reference, reverse=True)
	assert asked.reference == request.reference
	assert "They asked for it" in asked.why
	assert set(covered.why) >= {"Covered up in it", "Named in what was asked"}
	[logged] = of(found, "case")
	assert (logged.reference, logged.words, logged.target) == (case.reference, "", f"cases:{case.id}")
	assert {one.words for one in of(found, "directory")} >= {"nickname, Tommo", "+44 7700 900123"}
	assert sum(found.counts.values()) == len(found.items)


def test_a_number_that_nobody_is_named_for_is_looked_for_in_every_form(
	council: Council, chat: Callable[..., Path]
) -> None:
	path = chat(
		"20/11/2026, 09:00 - Cllr Bell: Ring 07700 900456",
		"20/11/2026, 09:01 - +44 7700 900456: Here I am",
	)
	council.importing.import_file(path, group="Test group", phone="A")
	found = council.held_about.about("07700900456")
	assert {one.place for one in found.items if one.message_id} == {"sent", "named"}
	assert council.held_about.about("Nobody Atall").items == []


def test_nobody_is_refused_and_stopping_stops(held: Council) -> None:
	with pytest.raises(CranfordError):
		held.held_about.about(" ")
	with pytest.raises(Cancelled):
		held.held_about.about(GREEN, stopped=lambda: not never())


def test_the_list_on_paper_is_internal_and_its_making_is_recorded_without_a_name(held: Council) -> None:
	found = held.held_about.about(GREEN)
	paper = _text(held.held_about.paper(found))
	assert "INTERNAL" in paper
	assert "Title and family name: Mr Green" in paper
	held.held_about.made_paper(found)
	with held.archive.reading() as connection:
		action, detail = connection.exec_driver_sql(
			"SELECT action, detail FROM ledger ORDER BY number DESC LIMIT 1"
		).one()
	assert action == "listed what is held about a person"
	assert "Green" not in detail


def test_what_somebody_is_looked_for_by_has_no_first_name_alone() -> None:
	words = {one.words for one in looked_for("Cllr Jean Shaw", ("~Jean", "+44 7700 900789"), [("nickname", "Jeanie")])}
	assert words >= {"Cllr Jean Shaw", "Jean Shaw", "Jeanie", "+44 7700 900789", "Mrs Shaw"}
	assert "Shaw" not in words


def _text(pdf: bytes) -> str:
	with pypdfium2.PdfDocument(pdf) as document:
		return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
