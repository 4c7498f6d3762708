"""Internal reviews and complaints to the regulator: another person, a clock of its own, and what is kept meanwhile."""

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.other_places import PlaceEntry
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.council import Council
from cranford_desktop.services.holds import holds
from tests.services.requests_support import ledger, pdf_text, record, thistlemere

TODAY = date(2026, 11, 23)
ANSWERED = date(2026, 11, 20)


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
	made = thistlemere(tmp_path)
	yield made
	made.close()


@pytest.fixture
def number(council: Council) -> int:
	"""An answered request with three messages in it, one withheld."""
	made = record(council)
	council.gathering.gather(made, MessageFilter(search='"mill lane"'))
	council.gathering.confirm_set(made)
	ids = [one.row.id for one in council.deciding.candidates(made)]
	council.deciding.decide(made, ids, "release")
	council.deciding.decide(
		made, ids[-1:], "withhold", exemption="s42", reason="Advice", public_interest="x", balance="y"
	)
	council.disclosing.make_pack(made)
	council.other_places.record(made, PlaceEntry("email", "Neil Farrow", ANSWERED, "nothing"))
	council.requests.mark_answered(made, ANSWERED)
	return made


def begin(council: Council, number: int) -> int:
	return council.reviews.start(number, asked_on=TODAY, wording="You hold more than this.", reviewer="chair")


def held(council: Council, on: date) -> dict[str, object]:
	with council.archive.reading() as connection:
		return {one.reference: one.ids for one in holds(connection, council.tables, on)}


def test_a_review_is_a_request_of_its_own_with_its_own_clock(council: Council, number: int) -> None:
	review = council.requests.get(begin(council, number))
	assert (review.reference, review.kind, review.of_request_id) == ("FOI-2026-001-R1", "review", number)
	assert review.due == date(2026, 12, 22), "twenty working days"
	eir = record(council, "eir")
	council.requests.mark_answered(eir, ANSWERED)
	assert council.requests.get(begin(council, eir)).due == date(2027, 1, 25), "forty under the regulations"


def test_only_for_a_reason_whoever_decided_reviews(council: Council, number: int) -> None:
	with pytest.raises(RefusedByPolicy, match="only for a reason"):
		council.reviews.start(number, asked_on=TODAY, wording="", reviewer="same")
	with pytest.raises(RefusedByPolicy, match="only for a reason"):
		council.reviews.start(number, asked_on=TODAY, wording="", reviewer="other", who=" neil  farrow ")
	with pytest.raises(RefusedByPolicy, match="Nobody is named"):
		council.reviews.start(number, asked_on=TODAY, wording="", reviewer="other")
	made = council.reviews.start(
		number, asked_on=TODAY, wording="", reviewer="same", same_because="Every member wrote in the chat"
	)
	assert council.reviews.review(made).same_because == "Every member wrote in the chat"


def test_what_cannot_be_reviewed_is_refused(council: Council, number: int) -> None:
	with pytest.raises(RefusedByPolicy, match="no answer yet"):
		begin(council, record(council))
	own = record(council, "sar")
	council.requests.mark_answered(own, ANSWERED)
	with pytest.raises(RefusedByPolicy, match="no internal review"):
		begin(council, own)
	with pytest.raises(RefusedByPolicy, match="The day lies before"):
		council.reviews.start(number, asked_on=date(2026, 11, 19), wording="", reviewer="chair")
	begin(council, number)
	with pytest.raises(RefusedByPolicy, match="runs already"):
		begin(council, number)


def test_a_fresh_decision_fills_the_letter_that_answers_the_review(council: Council, number: int) -> None:
	made = begin(council, number)
	with pytest.raises(RefusedByPolicy, match="no reasons"):
		council.reviews.decide(made, "partly", " ")
	council.reviews.decide(made, "partly", "The advice was published since.")
	situation = council.letters.situation(made)
	offers = council.letters.offers(situation)
	assert [(one.kind, one.next) for one in offers] == [("internal_review", True), ("acknowledgement", False)]
	draft = council.letters.draft(situation, "internal_review")
	assert [one for one in draft.problems if one.stops] == []
	text = "\n".join(one.text for one in draft.letter.blocks)
	for words in (
		"On Monday 23 November 2026 you asked",
		"your request of Tuesday 3 November 2026",
		"Everything about Mill Lane",
		"carried out by the chair of the council",
		"upholds your complaint in part",
		"The advice was published since.",
	):
		assert words in text
	council.letters.mark_sent(situation, "internal_review", on=TODAY, how="email")
	assert council.requests.get(made).status == "answered"
	with pytest.raises(RefusedByPolicy, match="no review here"):
		council.reviews.decide(made, "upheld", "Too late")


def test_home_says_what_comes_next_and_the_public_log_lists_the_request_once(council: Council, number: int) -> None:
	made = begin(council, number)
	item = next(one for one in council.home.page().items if one.key == f"request:{made}")
	assert "the review decides afresh" in item.body
	council.reviews.decide(made, "upheld", "More was found.")
	council.letters.mark_sent(council.letters.situation(made), "internal_review", on=TODAY, how="email")
	assert [one.reference for one in council.disclosure_log.entries()] == ["FOI-2026-001"]


class TestKeeping:
	def test_the_first_request_keeps_its_messages_while_the_review_runs(self, council: Council, number: int) -> None:
		first = council.requests.get(number)
		assert first.kept_until is not None
		later = first.kept_until + timedelta(days=1)
		assert held(council, later) == {}
		made = begin(council, number)
		kept = held(council, later)
		assert set(kept) == {"FOI-2026-001", "FOI-2026-001-R1"}
		assert kept["FOI-2026-001-R1"] == kept["FOI-2026-001"], "and nothing else of the archive"
		assert council.requests.get(number).kept_until is None
		assert council.requests.get(number).keeps(later)
		council.reviews.decide(made, "not_upheld", "Nothing more is held.")
		council.letters.mark_sent(council.letters.situation(made), "internal_review", on=TODAY, how="email")
		again = council.requests.get(number).kept_until
		assert again is not None
		assert again > first.kept_until, "the time to complain begins again with the review's answer"

	def test_a_complaint_to_the_regulator_keeps_them_until_the_tribunal_could_be_asked(
		self, council: Council, number: int
	) -> None:
		council.reviews.regulator_asked(number, TODAY, "IC-123456-A1B2")
		far = date(2027, 11, 1)
		assert "FOI-2026-001" in held(council, far)
		with pytest.raises(RefusedByPolicy, match="on record"):
			council.reviews.regulator_asked(number, TODAY)
		with pytest.raises(RefusedByPolicy, match="Nothing is said"):
			council.reviews.regulator_decided(number, TODAY, "")
		council.reviews.regulator_decided(number, TODAY, "Not upheld")
		complaint = council.reviews.complaint(number)
		assert complaint is not None
		assert (complaint.reference, complaint.outcome) == ("IC-123456-A1B2", "Not upheld")
		assert "FOI-2026-001" not in held(council, far)
		assert "FOI-2026-001" in held(council, TODAY + timedelta(days=council.tables.tribunal_days))

	def test_closing_the_first_request_ends_nothing_while_the_regulator_decides(
		self, council: Council, number: int
	) -> None:
		council.reviews.regulator_asked(number, TODAY)
		council.request_events.close(number, TODAY, "They said thank you")
		assert "FOI-2026-001" in held(council, TODAY)


class TestBundle:
	def test_it_holds_what_the_regulator_asks_for_with_a_list(
		self, council: Council, number: int, tmp_path: Path
	) -> None:
		made = begin(council, number)
		council.reviews.decide(made, "not_upheld", "Nothing more is held.")
		council.letters.mark_sent(council.letters.situation(made), "internal_review", on=TODAY, how="email")
		place = tmp_path / "bundle.zip"
		council.bundles.write(number, place)
		with zipfile.ZipFile(place) as book:
			names = book.namelist()
			files = {name: book.read(name) for name in names}
		assert names[0] == "INTERNAL-FOI-2026-001/00-contents.pdf"
		assert all(name.startswith("INTERNAL-FOI-2026-001/") for name in names)
		short = {name.partition("/")[2] for name in names}
		assert {"01-request.pdf", "02-search-record.pdf", "03-decision-log.pdf"} <= short
		assert any(name.startswith("05-packs/pack-1/DISCLOSURE/") for name in short)
		assert any(name.startswith("06-reviews/FOI-2026-001-R1/") and name.endswith(".pdf") for name in short)
		contents = pdf_text(files[names[0]])
		assert all(name.partition("/")[2].split("/")[-1][:12] in contents for name in names[1:])
		assert "Advice" in pdf_text(files["INTERNAL-FOI-2026-001/03-decision-log.pdf"])
		assert "Neil Farrow" in pdf_text(files["INTERNAL-FOI-2026-001/02-search-record.pdf"])
		assert "INTERNAL" in contents
		told = [detail for action, detail in ledger(council) if action == "placed a bundle for the regulator"]
		assert told == [{"request": number, "files": len(names)}]

	def test_a_folder_has_to_be_new_or_empty(self, council: Council, number: int, tmp_path: Path) -> None:
		council.bundles.write(number, tmp_path / "bundle")
		assert (tmp_path / "bundle" / "00-contents.pdf").exists()
		with pytest.raises(Exception, match="empty"):
			council.bundles.write(number, tmp_path / "bundle")
