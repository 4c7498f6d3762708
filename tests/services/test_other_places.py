"""Where else was looked for a request, and the members who were asked for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.other_places import PlaceEntry
from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council
from tests.services.requests_support import ARRIVED, ledger, pdf_text, record, thistlemere

TODAY = date(2026, 11, 23)
EMAIL = PlaceEntry("email", "Neil Farrow", TODAY, "nothing", "drain, Mill Lane")


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = thistlemere(tmp_path)
	yield made
	made.close()


@pytest.fixture
def number(council: Council) -> int:
	return record(council)


def letter(council: Council, number: int, kind: str = "not_held") -> str:
	draft = council.letters.draft(council.letters.situation(number), kind)  # type: ignore[arg-type]
	return "\n".join(one.text for one in draft.letter.blocks)


def test_a_place_is_recorded_changed_and_taken_out_again(council: Council, number: int) -> None:
	usual = [one.key for one in council.other_places.open_places(number)]
	assert usual[:3] == ["email", "minutes", "paper"]
	made = council.other_places.record(number, EMAIL)
	assert [one.key for one in council.other_places.open_places(number)] == usual[1:]
	council.other_places.change(made, replace(EMAIL, result="found", note="Two letters"))
	kept = council.other_places.places(number)
	assert [(one.place, one.who, one.result, one.looked_for, one.note) for one in kept] == [
		("email", "Neil Farrow", "found", "drain, Mill Lane", "Two letters")
	]
	council.other_places.remove(made)
	assert council.other_places.places(number) == []
	with pytest.raises(NotFound):
		council.other_places.remove(made)


@pytest.mark.parametrize(
	("entry", "said"),
	[
		(replace(EMAIL, place=" "), "has no name"),
		(replace(EMAIL, who=""), "Nobody is named"),
		(replace(EMAIL, looked_on=None), "The day"),
		(replace(EMAIL, looked_on=date(2026, 11, 2)), "The day"),
		(replace(EMAIL, looked_on=date(2026, 11, 24)), "The day"),
		(replace(EMAIL, result="not_looked"), "no reason"),
	],
)
def test_what_says_nothing_is_refused_and_nothing_is_kept(
	council: Council, number: int, entry: PlaceEntry, said: str
) -> None:
	with pytest.raises(RefusedByPolicy, match=said):
		council.other_places.record(number, entry)
	assert council.other_places.places(number) == []


def test_the_letter_names_the_places_and_why_nobody_looked_elsewhere(council: Council, number: int) -> None:
	council.other_places.record(number, EMAIL)
	council.other_places.record(number, PlaceEntry("The parish map", "Cllr Ashdown", ARRIVED, "nothing"))
	council.other_places.record(number, PlaceEntry("paper", "", None, "not_looked", note="Lost in the flood of 2019"))
	text = letter(council, number)
	assert "The council’s e-mail, on 23 November 2026\nThe parish map, on 3 November 2026" in text
	assert "Where we did not look\nThe council’s paper files: Lost in the flood of 2019" in text
	assert "Ashdown" not in text, "a letter says where was looked, never who looked"


def test_the_internal_record_of_a_pack_tells_who_looked_and_when(council: Council, number: int) -> None:
	council.gathering.gather(number, MessageFilter(search="culvert"))
	council.gathering.confirm_set(number)
	ids = [one.row.id for one in council.deciding.candidates(number)]
	council.deciding.decide(number, ids, "release")
	council.other_places.record(number, replace(EMAIL, note="Sent mail too"))
	pack = council.disclosing.make_pack(number)
	files = council.disclosing.files(number, pack.pack_number)
	record_pdf = next(data for path, data in files.items() if path.endswith("-record.pdf"))
	text = pdf_text(record_pdf)
	for words in (
		"Where else was looked",
		"E-mail",
		"Neil Farrow",
		"drain, Mill Lane",
		"Nothing there",
		"Sent mail too",
	):
		assert words in text
	going_out = [data for path, data in files.items() if path.startswith("DISCLOSURE/") and path.endswith(".pdf")]
	assert all("Neil Farrow" not in pdf_text(data) for data in going_out)
	book = next(path for path in files if path.endswith("-record.xlsx"))
	(Path(council.folder).parent / "record.xlsx").write_bytes(files[book])
	sheet = openpyxl.load_workbook(Path(council.folder).parent / "record.xlsx")["INTERNAL other places"]
	assert [cell.value for cell in sheet[2]][0:2] == ["E-mail", "Neil Farrow"]


def test_neither_names_nor_words_reach_the_ledger(council: Council, number: int) -> None:
	made = council.other_places.record(number, replace(EMAIL, note="Letter from Mrs Potter"))
	council.other_places.change(made, replace(EMAIL, who="Cara Ashdown", note="Mrs Potter again"))
	told = str(ledger(council))
	assert "recorded where was looked" in told
	assert not any(words in told for words in ("Farrow", "Ashdown", "Potter", "Mill Lane"))


class TestMembers:
	@pytest.fixture
	def people(self, council: Council) -> dict[str, int]:
		for rendered, name in (("Cllr Ashdown", "Cara Ashdown"), ("Cllr Farrow", "Neil Farrow")):
			council.people.name_sender(rendered, name, "Councillor")
		return {one.name: one.id for one in council.people.people()}

	def test_those_whose_exports_do_not_reach_the_request_are_asked(
		self, council: Council, number: int, people: dict[str, int]
	) -> None:
		to_ask = {one.name: ask for one, ask in council.other_places.members_to_ask(number)}
		assert to_ask
		assert all(to_ask.values()), "nobody's phone is known, so nobody's export reaches the day"
		some = next(one for one, _ in council.other_places.members_to_ask(number))
		council.other_places.ask(number, [some.person_id], "email", on=TODAY)
		assert not {one.name: ask for one, ask in council.other_places.members_to_ask(number)}[some.name]

	def test_an_export_that_reaches_the_request_is_not_asked_for_again(
		self, council: Council, people: dict[str, int]
	) -> None:
		[phone] = council.holdings.coverage()[0].phones
		council.importing.set_phone(phone.phone_id, phone.phone, people["Cara Ashdown"])
		old = council.requests.create(regime="foi", received=date(2025, 11, 1), requester="", wording="Old").id
		to_ask = {one.name: ask for one, ask in council.other_places.members_to_ask(old)}
		assert not to_ask["Cara Ashdown"]
		assert to_ask["Neil Farrow"], "nobody exported their phone"

	def test_members_answer_in_time_for_the_request(self, council: Council, number: int) -> None:
		assert council.requests.get(number).due == date(2026, 12, 2)
		assert council.other_places.usual_due(number) == date(2026, 11, 29)
		late = council.requests.create(regime="foi", received=date(2026, 10, 1), requester="", wording="Late").id
		assert council.other_places.usual_due(late) == date(2026, 11, 24), "tomorrow at the earliest"

	def test_the_words_quote_the_request_and_never_the_requester(
		self, council: Council, people: dict[str, int]
	) -> None:
		asked = record(council, wording="What did the council say to me, tom green, about {groups}?")
		draft = council.other_places.draft(asked, people["Cara Ashdown"])
		assert draft.subject == "Request FOI-2026-001: what do you hold?"
		assert "say to me, …, about {groups}?" in draft.body
		assert "Green" not in draft.body
		assert (
			council.other_places.draft(record(council, "sar", "My data"), people["Cara Ashdown"]).body.count(
				"Tom Green"
			)
			== 1
		)
		assert pdf_text(council.asking.letters_pdf([draft])).count("FOI-2026-001") >= 2

	def test_replies_are_counted_nil_returns_too(self, council: Council, number: int, people: dict[str, int]) -> None:
		with pytest.raises(CranfordError, match="before the request came"):
			council.other_places.ask(number, list(people.values()), "email", on=date(2026, 11, 2))
		first, second = council.other_places.ask(
			number, list(people.values()), "email", on=date(2026, 11, 5), due=date(2026, 11, 19)
		)
		assert council.other_places.members_asked(number).words == (
			"2 asked, 0 answered, 2 waiting since 5 November 2026"
		)
		council.other_places.reply(first, "nothing_held", date(2026, 11, 9))
		council.other_places.reply(second, "no_reply", TODAY, remind_on=date(2026, 11, 30))
		asked = council.other_places.members_asked(number)
		assert asked.words == "2 asked, 1 answered (1 holds nothing), 1 waiting since 5 November 2026"
		assert asked.next_due == date(2026, 11, 30)
		assert "2 members were asked to look at their own phones and accounts; 1 has answered" in letter(
			council, number
		)
		item = next(one for one in council.home.page().items if one.key == f"places:{number}")
		assert (item.head, item.target) == ("FOI-2026-001 waits for 1 member", f"requests:{number}")
		council.other_places.reply(second, "exported", TODAY)
		assert not [one for one in council.home.page().items if one.key.startswith("places:")]

	def test_an_answer_in_the_list_of_asks_counts_here_too(
		self, council: Council, number: int, people: dict[str, int]
	) -> None:
		council.other_places.ask(number, [people["Cara Ashdown"]], "spoken", on=ARRIVED, due=date(2026, 11, 10))
		assert not [one for one in council.home.page().items if one.key == "asks"], "Home tells of it once"
		council.asking.reply(council.asking.asks()[0].id, "nothing_held", TODAY)
		assert council.other_places.members_asked(number).nothing_held == 1

	def test_what_a_member_answered_is_not_changed_as_a_place(
		self, council: Council, number: int, people: dict[str, int]
	) -> None:
		asked = council.other_places.ask(number, [people["Cara Ashdown"]], "email", on=TODAY)
		with pytest.raises(RefusedByPolicy, match="what a member answered"):
			council.other_places.change(asked[0], EMAIL)
		with pytest.raises(NotFound, match="Nobody was asked"):
			council.other_places.reply(council.other_places.record(number, EMAIL), "exported", TODAY)
