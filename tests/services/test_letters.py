"""Letters of a request: filled from what the archive knows, worded by the council, frozen once sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.disclosure import Enclosure
from cranford_desktop.domain.letters import LetterKind, Wording
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound, ProblemWithFile, RefusedByPolicy
from cranford_desktop.letter_templates import letter_tables
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.letter_facts import Situation
from cranford_desktop.services.letters import Draft, Letters
from cranford_desktop.services.request_events import RequestEvents
from cranford_desktop.store import letters as books
from tests.services.disclosure_support import GROUP, NOW, Desk, desk

ARRIVED = date(2026, 11, 3)
COUNCIL = {"contact": "clerk@thistlemere.example\nThe Hall, Thistlemere", "clerk": "Neil Farrow"}
REASONS = {
	"s40(2):why": "It is about a resident.",
	"s42:why": "It is legal advice.",
	"s42:public_interest": "People want to know what the council was told.",
	"s42:balance": "A council has to be able to take advice.",
}
FOR_KIND = {
	"ncnd": {"ncnd_limb": "s40(5B)", "s40(5B):why": "To say more would tell about somebody.", "searched": "E-mail"},
	"cost": {"cost_estimate": "Five years of e-mail: 30 hours.", "cost_help": "One year."},
	"vexatious": {"why_vexatious": "It repeats the request of May.", "help": "Read that answer."},
}


@dataclass(frozen=True, slots=True)
class Table:
	desk: Desk
	letters: Letters
	request: int

	def situation(self) -> Situation:
		return self.letters.situation(self.request)

	def draft(self, kind: LetterKind, wording: Wording | None = None) -> Draft:
		return self.letters.draft(self.situation(), kind, wording)

	def text(self, kind: LetterKind) -> str:
		return "\n".join(one.text for one in self.draft(kind).letter.blocks)

	def decide(self) -> None:
		"""Find the messages about the lane, cover the resident, withhold the advice, make the pack."""
		self.desk.gathering.gather(self.request, MessageFilter(search="mill lane", group=GROUP))
		self.desk.gathering.confirm_set(self.request)
		ids = [one.row.id for one in self.desk.deciding.candidates(self.request)]
		self.desk.deciding.decide(self.request, ids, "release")
		self.desk.redacting.redact(self.request, "text", "Jean Potter", "s40(2)", reason="SECRET REASON")
		advice = self.desk.id_of("The solicitor says")
		self.desk.deciding.decide(
			self.request, [advice], "withhold", exemption="s42", reason="SECRET ADVICE", balance="SECRET"
		)
		self.desk.disclosing.make_pack(self.request)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
	with desk(tmp_path) as made:
		request = made.requests.create(
			regime="foi", received=ARRIVED, requester="Ms A Green", wording="Everything about {Mill Lane}\n- the drain"
		)
		yield Table(made, Letters(made.archive, standing_clock(NOW), load(), letter_tables()), request.id)


def stops(draft: Draft) -> list[str]:
	return [one.where for one in draft.problems if one.stops]


class TestFilling:
	def test_an_acknowledgement_needs_only_what_is_the_councils(self, table: Table) -> None:
		draft = table.draft("acknowledgement")
		assert stops(draft) == ["field:clerk", "field:contact"]
		table.letters.answer(table.request, COUNCIL)
		draft = table.draft("acknowledgement")
		assert draft.ready
		text = table.text("acknowledgement")
		assert "Dear Ms A Green," in text
		assert "reached the council on Tuesday 3 November 2026" in text
		assert "we will answer by Wednesday 2 December 2026" in text
		assert "Everything about {Mill Lane}\n- the drain" in text
		assert "Clerk and Proper Officer\nThistlemere Parish Council\nclerk@thistlemere.example" in text

	def test_what_the_council_is_asked_once_holds_for_other_requests(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		other = table.desk.requests.create(regime="eir", received=ARRIVED, requester="B", wording="The pond")
		assert table.letters.draft(table.letters.situation(other.id), "acknowledgement").ready

	def test_places_searched_come_from_the_record_of_searches(self, table: Table) -> None:
		assert "field:searched" in stops(table.draft("not_held"))
		table.desk.gathering.gather(table.request, MessageFilter(search="hedgehog"))
		text = table.text("not_held")
		assert f"archive of its WhatsApp group “{GROUP}”: messages from 2 November 2025 to 3 November 2025" in text
		assert "all information" not in text.casefold()

	def test_what_is_typed_goes_before_what_is_known_and_can_be_taken_back(self, table: Table) -> None:
		table.letters.answer(table.request, {"name": " Mrs Green "})
		assert "Dear Mrs Green," in table.text("acknowledgement")
		table.letters.answer(table.request, {"name": ""})
		assert "Dear Ms A Green," in table.text("acknowledgement")

	@pytest.mark.parametrize(
		"values", [{"reference": "X"}, {"nothing": "x"}, {"s40(2):else": "x"}, {"fee_by": "soon"}, {"s99:why": "x"}]
	)
	def test_only_fields_that_can_be_typed_are_kept(self, table: Table, values: dict[str, str]) -> None:
		with pytest.raises(CranfordError):
			table.letters.answer(table.request, values)

	def test_an_unknown_request_has_no_letters(self, table: Table) -> None:
		with pytest.raises(NotFound):
			table.letters.answer(999, COUNCIL)
		with pytest.raises(NotFound):
			table.letters.situation(999)
		with pytest.raises(NotFound):
			table.draft("sar_answer")

	def test_neither_confirming_nor_denying_asks_for_its_provision(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		assert stops(table.draft("ncnd")) == ["field:ncnd_limb"]
		table.letters.answer(table.request, {"ncnd_limb": "s40(5B)"})
		assert stops(table.draft("ncnd")) == ["ground:s40(5B)"]
		table.letters.answer(table.request, {"s40(5B):why": "It would say who wrote to us."})
		assert table.draft("ncnd").ready

	def test_more_time_is_for_an_exemption_that_turns_on_the_public_interest(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL | {"why_longer": "It is hard."})
		assert "field:considered" in stops(table.draft("extension"))
		table.letters.answer(table.request, {"considered": "s42"})
		draft = table.draft("extension")
		assert draft.ready
		assert "Section 42 of the Freedom of Information Act 2000: legal advice" in table.text("extension")
		assert "by Tuesday 5 January 2027" in table.text("extension")


class TestRefusal:
	def test_reasons_noted_with_decisions_never_reach_the_letter(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL)
		draft = table.draft("part_refusal")
		assert [one.code for one in draft.grounds] == ["s40(2)", "s42"]
		assert {"SECRET ADVICE", "SECRET"} <= set(draft.grounds[1].recorded)
		assert "SECRET" not in table.text("part_refusal")
		assert set(stops(draft)) == {"ground:s40(2)", "ground:s42"}

	def test_with_every_part_it_is_ready_and_says_what_is_enclosed(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS)
		draft = table.draft("part_refusal")
		assert draft.problems == ()
		text = table.text("part_refusal")
		assert "A transcript of 3 messages as PDF (2 can be read, 1 of them with words taken out, 1 is withheld" in text
		assert "What speaks for giving it out: People want to know" in text
		assert table.letters.offers(table.situation())[0].kind == "part_refusal"

	@pytest.mark.parametrize("form", ["pdf", "docx", "txt"])
	def test_without_a_part_the_law_asks_for_no_file_is_made(self, table: Table, form: str) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS | {"s42:balance": ""})
		with pytest.raises(RefusedByPolicy, match="keeping it back"):
			table.letters.render(table.situation(), "part_refusal", form)  # type: ignore[arg-type]
		with pytest.raises(RefusedByPolicy):
			table.letters.mark_sent(table.situation(), "part_refusal", on=NOW.date(), how="post")
		assert table.letters.sent(table.request) == []

	def test_what_was_decided_after_the_pack_stops_it(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS)
		table.desk.deciding.decide(table.request, [table.desk.id_of("The solicitor says")], "release")
		assert "task:pack" in stops(table.draft("part_refusal"))


class TestWording:
	WORDS = Wording("About {reference}", "Dear {name},\n\nWe had your request of {received}.")

	def test_the_councils_own_stands_for_every_such_letter(self, table: Table) -> None:
		table.letters.keep_wording(table.situation(), "acknowledgement", self.WORDS, everywhere=True)
		other = table.desk.requests.create(regime="foi", received=ARRIVED, requester="B", wording="The pond")
		draft = table.letters.draft(table.letters.situation(other.id), "acknowledgement")
		assert (draft.whose, draft.wording) == ("council", self.WORDS)
		assert draft.letter.title == f"About {other.reference}"

	def test_one_letters_own_stands_for_that_letter_and_goes_first(self, table: Table) -> None:
		ours = Wording("Ours", "Dear {name}")
		table.letters.keep_wording(table.situation(), "acknowledgement", ours, everywhere=True)
		table.letters.keep_wording(table.situation(), "acknowledgement", self.WORDS, everywhere=False)
		assert table.draft("acknowledgement").whose == "letter"
		table.letters.reset_wording(table.situation(), "acknowledgement", everywhere=False)
		assert table.draft("acknowledgement").wording == ours
		table.letters.reset_wording(table.situation(), "acknowledgement", everywhere=True)
		draft = table.draft("acknowledgement")
		assert (draft.whose, draft.wording) == (
			"standard",
			table.letters.standard(table.situation(), "acknowledgement"),
		)

	@pytest.mark.parametrize("body", ["Dear {nobody}", "", "Loose }"])
	def test_words_that_cannot_be_filled_are_not_kept(self, table: Table, body: str) -> None:
		with pytest.raises(CranfordError):
			table.letters.keep_wording(table.situation(), "answer", Wording("S", body), everywhere=True)
		assert table.draft("answer").whose == "standard"

	def test_a_wording_is_previewed_before_it_is_kept(self, table: Table) -> None:
		draft = table.draft("acknowledgement", Wording("S", "Dear {name}, {reference} {wrong}"))
		assert draft.letter.blocks[0].text == "Dear Ms A Green, FOI-2026-001 {wrong}"
		assert "wording" in stops(draft)
		assert table.draft("acknowledgement").whose == "standard"


class TestTheLetterAndThePackSayOneThing:
	def test_a_redaction_taken_back_makes_the_pack_an_old_one(self, table: Table) -> None:
		table.decide()
		assert not table.situation().stale_pack
		[covered] = table.desk.redacting.redactions(table.request)
		table.desk.redacting.remove_redaction(table.request, covered.id)
		assert table.situation().stale_pack
		assert "task:pack" in stops(table.draft("part_refusal"))
		table.desk.disclosing.make_pack(table.request)
		assert not table.situation().stale_pack

	def test_what_was_typed_already_is_recorded_once(self, table: Table) -> None:
		for _ in range(3):
			table.letters.answer(table.request, {"clerk": "Helen Marsh", "s40(2):why": "A resident."})
		assert table.desk.ledger().count("filled in a letter") == 1

	def test_what_was_found_is_held(self, table: Table) -> None:
		table.desk.gathering.gather(table.request, MessageFilter(search="solicitor", group=GROUP))
		table.desk.gathering.confirm_set(table.request)
		ids = [one.row.id for one in table.desk.deciding.candidates(table.request)]
		table.desk.deciding.decide(table.request, ids, "withhold", exemption="s42")
		found = [one for one in table.draft("not_held").problems if one.where == "letter:refusal"]
		assert [one.stops for one in found] == [True]

	def test_an_answer_that_leaves_photos_out_does_not_give_everything(self, table: Table) -> None:
		table.desk.gathering.gather(table.request, MessageFilter(search="gate OR ordered OR order", group=GROUP))
		table.desk.gathering.confirm_set(table.request)
		ids = [one.row.id for one in table.desk.deciding.candidates(table.request)]
		table.desk.deciding.decide(table.request, ids, "release")
		table.desk.disclosing.make_pack(table.request)
		assert table.situation().tally.media_left_out == 1
		left = [one for one in table.draft("answer").problems if "left out of the pack" in one.words]
		assert [(one.stops, one.where) for one in left] == [(True, "task:decide")]
		assert "1 with a photo or file left out and listed" in table.text("answer")
		table.desk.deciding.decide(table.request, ids, "release", with_media=True)
		assert not [one for one in table.draft("answer").problems if "left out of the pack" in one.words]

	@pytest.mark.parametrize("kind", ["ncnd", "cost", "vexatious"])
	def test_a_letter_that_gives_nothing_out_takes_no_pack_along(self, table: Table, kind: LetterKind) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | FOR_KIND[kind])
		draft = table.draft(kind)
		assert draft.ready, draft.problems
		assert [one.stops for one in draft.problems if "gives out none" in one.words] == [False]
		sent = table.letters.mark_sent(table.situation(), kind, on=NOW.date(), how="post")
		assert sent.pack_number is None

	def test_nothing_goes_out_before_it_is_made(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS)
		with pytest.raises(RefusedByPolicy, match="made on 23 November 2026, after that day"):
			table.letters.mark_sent(table.situation(), "part_refusal", on=date(2026, 11, 20), how="post")

	def test_documents_from_elsewhere_are_named_as_enclosed(self, table: Table) -> None:
		table.decide()
		minutes = Enclosure("Minutes of 3 March 2026", "minutes", recovery_sheet_pdf("T", "AAAAA", NOW, True))
		table.desk.disclosing.make_pack(table.request, enclosures=[minutes])
		assert "FOI-2026-001-E1: Minutes of 3 March 2026" in table.text("part_refusal")

	def test_a_person_covered_up_is_pointed_at_however_written(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS | {"s40(2):why": "It is about JEAN  POTTÉR."})
		told = [one.words for one in table.draft("part_refusal").problems if not one.stops]
		assert "The letter says something that you covered up in this request." in told

	def test_a_long_subject_makes_a_word_file_too(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		situation = table.situation()
		wording = Wording("Your request " + "x" * 400, table.draft("acknowledgement").wording.body)
		table.letters.keep_wording(situation, "acknowledgement", wording, everywhere=False)
		assert table.letters.render(table.situation(), "acknowledgement", "docx")


class TestSending:
	def test_it_is_frozen_with_the_pack_and_answers_the_request(self, table: Table) -> None:
		table.decide()
		table.letters.answer(table.request, COUNCIL | REASONS)
		before = {
			form: table.letters.render(table.situation(), "part_refusal", form) for form in ("pdf", "docx", "txt")
		}
		sent = table.letters.mark_sent(table.situation(), "part_refusal", on=NOW.date(), how="post")
		assert (sent.number, sent.pack_number, sent.how, sent.sent_on) == (1, 1, "post", NOW.date())
		assert table.desk.requests.get(table.request).status == "answered"
		both = pypdfium2.PdfDocument(table.letters.with_pack(sent.id))
		text = [page.get_textpage().get_text_bounded() for page in both]
		assert "Dear Ms A Green" in text[0]
		assert "Disclosure pack" in text[1] or "Disclosure pack" in text[2]
		assert table.letters.with_pack(sent.id) == table.letters.with_pack(sent.id)
		table.letters.answer(table.request, {"s42:why": "Something else."})
		files = table.letters.sent_files(sent.id)
		assert {name.rpartition(".")[2]: data for name, data in files.items()} == before
		assert not [name for name in files if "Green" in name]
		with table.desk.archive.reading() as connection:
			digests = {
				row[0]: row[1]
				for row in connection.exec_driver_sql(
					"SELECT f.path, s.sha256 FROM letter_file f JOIN sealed_file s ON s.id = f.file_id"
				)
			}
		assert digests[next(name for name in digests if name.endswith(".pdf"))] == sent.sha256
		ledger = table.desk.ledger()
		assert books.mark(table.desk.archive, digests) in ledger
		assert sent.sha256 not in ledger
		assert "Green" not in ledger

	def test_an_acknowledgement_leaves_the_request_open_and_no_pack_with_it(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		sent = table.letters.mark_sent(table.situation(), "acknowledgement", on=NOW.date(), how="email")
		with pytest.raises(NotFound, match="went out with a pack"):
			table.letters.with_pack(sent.id)
		assert sent.pack_number is None
		assert table.desk.requests.get(table.request).status == "open"
		offers = table.letters.offers(table.situation())
		assert offers[0].kind == "answer"
		assert [one.sent_on for one in offers if one.kind == "acknowledgement"] == [NOW.date()]

	def test_a_letter_sent_some_days_ago_bears_that_day(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		sent = table.letters.mark_sent(table.situation(), "acknowledgement", on=date(2026, 11, 4), how="hand")
		text = next(data for name, data in table.letters.sent_files(sent.id).items() if name.endswith(".txt")).decode()
		assert "4 November 2026\nOur reference" in text
		assert "23 November" not in text

	@pytest.mark.parametrize("on", [date(2026, 11, 2), date(2026, 11, 24)])
	def test_a_day_that_cannot_be_is_refused(self, table: Table, on: date) -> None:
		table.letters.answer(table.request, COUNCIL)
		with pytest.raises(RefusedByPolicy):
			table.letters.mark_sent(table.situation(), "acknowledgement", on=on, how="email")
		assert table.letters.sent(table.request) == []

	def test_what_changed_after_she_looked_is_not_frozen_unseen(self, table: Table) -> None:
		table.letters.answer(table.request, COUNCIL)
		seen = table.situation()
		table.desk.gathering.gather(table.request, MessageFilter(search="mill lane"))
		with pytest.raises(RefusedByPolicy, match="changed meanwhile"):
			table.letters.mark_sent(seen, "acknowledgement", on=NOW.date(), how="email")
		assert table.letters.sent(table.request) == []
		assert table.letters.mark_sent(table.situation(), "acknowledgement", on=NOW.date(), how="email").number == 1

	def test_a_change_that_fails_leaves_no_file_behind(self, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
		table.letters.answer(table.request, COUNCIL)
		before = sorted(table.desk.archive.files.folder.iterdir())

		def fail(*_: object, **__: object) -> int:
			raise ZeroDivisionError

		monkeypatch.setattr(books, "add_letter", fail)
		with pytest.raises(ZeroDivisionError):
			table.letters.mark_sent(table.situation(), "acknowledgement", on=NOW.date(), how="email")
		assert sorted(table.desk.archive.files.folder.iterdir()) == before
		assert table.letters.sent(table.request) == []

	def test_a_copy_outside_is_recorded_without_its_place(self, table: Table, tmp_path: Path) -> None:
		table.letters.answer(table.request, COUNCIL)
		table.letters.save(table.situation(), "acknowledgement", "docx", tmp_path / "Green.docx")
		assert (tmp_path / "Green.docx").read_bytes().startswith(b"PK")
		assert "placed a copy of a letter" in table.desk.ledger()
		assert "Green" not in table.desk.ledger()
		with pytest.raises(ProblemWithFile):
			table.letters.save(table.situation(), "acknowledgement", "pdf", tmp_path / "nowhere" / "x.pdf")


class TestWhatALetterMeans:
	def send(self, table: Table, kind: LetterKind, on: date, **answers: str) -> None:
		table.letters.answer(table.request, {**COUNCIL, **answers})
		table.letters.mark_sent(table.situation(), kind, on=on, how="email")

	def events(self, table: Table) -> list[tuple[str, date]]:
		made = RequestEvents(table.desk.archive, standing_clock(NOW), load())
		return [(one.kind, one.on) for one in made.events(table.request)]

	def test_a_question_that_was_sent_makes_the_clock_wait(self, table: Table) -> None:
		self.send(table, "clarification", date(2026, 11, 20), question="Which lane?", help="Name a year.")
		assert self.events(table) == [("clarification_asked", date(2026, 11, 20))]
		assert table.desk.requests.get(table.request).waiting_since == date(2026, 11, 20)
		self.send(table, "clarification", NOW.date())
		assert len(self.events(table)) == 1, "the same question again is a reminder"

	def test_a_fees_notice_and_an_extension_are_recorded_with_their_letters(self, table: Table) -> None:
		self.send(table, "fees", date(2026, 11, 20), fee="£20", fee_how="By cheque")
		assert self.events(table) == [("fee_asked", date(2026, 11, 20))]
		why = {"why_longer": "Bids are open.", "considered": "s43(2)", "estimate": "2026-12-15"}
		self.send(table, "extension", NOW.date(), **why, **{"s43(2):why": "Bids", "s43(2):harm": "Worse bids"})
		assert self.events(table)[1] == ("extended", NOW.date())
		assert table.desk.requests.get(table.request).due == date(2026, 12, 15)

	def test_a_letter_that_means_nothing_for_the_clock_records_nothing(self, table: Table) -> None:
		self.send(table, "acknowledgement", NOW.date())
		assert self.events(table) == []
