"""Recorded as sent with the very file that went out; withdrawn where it should not have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from cranford_desktop.domain.disclosure import Decision, LeakPlace, LeakReport
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import Cancelled, CranfordError, ProblemWithFile, RefusedByPolicy
from cranford_desktop.letter_templates import letter_tables
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.letters import Letters
from cranford_desktop.services.pack_building import PackSource, build
from cranford_desktop.services.pack_files import CheckedFiles, LeakFound, require_passed
from cranford_desktop.services.sending import Given, Sending, WithLetter
from tests.services.disclosure_support import NOW, Desk, desk
from tests.services.test_letters import COUNCIL, REASONS

TODAY = NOW.date()


@dataclass(frozen=True, slots=True)
class Counter:
	desk: Desk
	letters: Letters
	sending: Sending
	request: int

	def decide(self) -> None:
		self.desk.gathering.gather(self.request, MessageFilter(search="mill lane"))
		ids = [one.row.id for one in self.desk.deciding.candidates(self.request)]
		self.desk.deciding.decide(self.request, ids, "release")

	def pack(self, number: int):
		return next(one for one in self.desk.disclosing.packs(self.request) if one.number == number)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
	with desk(tmp_path) as made:
		request = made.requests.create(regime="foi", received=date(2026, 11, 3), requester="A Green", wording="Lane")
		clock = standing_clock(NOW)
		letters = Letters(made.archive, clock, load(), letter_tables())
		here = Counter(made, letters, Sending(made.archive, clock, letters), request.id)
		here.decide()
		made.disclosing.make_pack(request.id)
		yield here


def saved(counter: Counter, number: int, folder: Path) -> dict[str, Path]:
	counter.desk.disclosing.place(counter.request, number, folder)
	return {path.name: path for path in folder.rglob("*") if path.is_file()}


def email(*files: str, to: str = "a.green@example.org", on: date = TODAY) -> Given:
	return Given(on, "email", to, files)


class TestTheFile:
	def test_a_file_of_the_disclosure_folder_is_taken(self, counter: Counter, tmp_path: Path) -> None:
		files = saved(counter, 1, tmp_path / "out")
		pdf = files["FOI-2026-001.pdf"].rename(tmp_path / "answer.pdf")
		assert counter.sending.recognise(counter.request, 1, [pdf]) == ("DISCLOSURE/FOI-2026-001.pdf",)
		whole = counter.sending.recognise(counter.request, 1, [tmp_path / "out" / "DISCLOSURE"])
		assert len(whole) == 2, "what is left in the folder"

	def test_a_file_of_internal_is_refused(self, counter: Counter, tmp_path: Path) -> None:
		files = saved(counter, 1, tmp_path / "out")
		inside = next(path for name, path in files.items() if name.startswith("INTERNAL"))
		with pytest.raises(RefusedByPolicy, match="must not leave the council") as found:
			counter.sending.recognise(counter.request, 1, [files["FOI-2026-001.pdf"], inside])
		assert "This should not have gone out" in found.value.do
		with pytest.raises(RefusedByPolicy, match="INTERNAL"):
			counter.sending.recognise(counter.request, 1, [tmp_path / "out"])

	def test_a_file_of_an_older_pack_or_of_another_request_is_refused(self, counter: Counter, tmp_path: Path) -> None:
		old = saved(counter, 1, tmp_path / "one")["FOI-2026-001.pdf"]
		counter.desk.redacting.redact(counter.request, "text", "Potter", "s40(2)")
		counter.desk.disclosing.make_pack(counter.request)
		with pytest.raises(RefusedByPolicy, match="Pack 2 has replaced it"):
			counter.sending.recognise(counter.request, 2, [old])
		other = counter.desk.requests.create(regime="foi", received=TODAY, requester="", wording="Hedges")
		with pytest.raises(RefusedByPolicy, match="belongs to another request, FOI-2026-001"):
			counter.sending.recognise(other.id, 1, [old])

	def test_a_changed_file_and_no_file_are_refused(self, counter: Counter, tmp_path: Path) -> None:
		pdf = saved(counter, 1, tmp_path / "out")["FOI-2026-001.pdf"]
		pdf.write_bytes(pdf.read_bytes() + b"\n")
		with pytest.raises(RefusedByPolicy, match="or it was changed since"):
			counter.sending.recognise(counter.request, 1, [pdf])
		with pytest.raises(ProblemWithFile, match="cannot be read"):
			counter.sending.recognise(counter.request, 1, [tmp_path / "Jean Potter.pdf"])
		with pytest.raises(ProblemWithFile, match="There is no file"):
			counter.sending.recognise(counter.request, 1, [])


class TestSent:
	def test_without_a_letter_it_answers_in_one_change(self, counter: Counter) -> None:
		counter.sending.record_sent(counter.request, 1, email("DISCLOSURE/FOI-2026-001.pdf"), answers=True)
		sent = counter.pack(1).sent
		assert (sent.on, sent.how, sent.to) == (TODAY, "email", "a.green@example.org")
		assert counter.desk.requests.get(counter.request).answered_on == TODAY
		assert counter.sending.address(counter.request) == "a.green@example.org"
		ledger = counter.desk.ledger()
		assert "sent a pack" in ledger
		assert "green" not in ledger.casefold()
		for one in counter.pack(1).result.files:
			assert one.sha256 not in ledger, "keyed digests only"

	def test_with_its_letter_everything_is_one_change(self, counter: Counter) -> None:
		counter.letters.answer(counter.request, COUNCIL)
		situation = counter.letters.situation(counter.request)
		letter = WithLetter(situation, "answer")
		with pytest.raises(RefusedByPolicy, match="not part of this pack"):
			counter.sending.record_sent(counter.request, 1, email("DISCLOSURE/other.pdf"), letter=letter, answers=True)
		assert counter.letters.sent(counter.request) == [], "a pack that cannot be recorded keeps its letter back"
		counter.sending.record_sent(
			counter.request, 1, Given(TODAY, "post", "1 High Street"), letter=letter, answers=True
		)
		[sent] = counter.letters.sent(counter.request)
		assert (sent.kind, sent.pack_number, sent.how) == ("answer", 1, "post")
		assert counter.pack(1).sent.files == ()
		assert counter.desk.requests.get(counter.request).status == "answered"

	def test_a_letter_that_is_not_ready_leaves_the_pack_unsent(self, counter: Counter) -> None:
		letter = WithLetter(counter.letters.situation(counter.request), "answer")
		with pytest.raises(CranfordError):
			counter.sending.record_sent(counter.request, 1, Given(TODAY, "post", ""), letter=letter, answers=True)
		assert counter.pack(1).sent is None
		assert counter.desk.requests.get(counter.request).status == "open"

	def test_part_of_an_answer_leaves_the_request_open(self, counter: Counter) -> None:
		counter.sending.record_sent(counter.request, 1, Given(TODAY, "hand", ""), answers=False)
		assert counter.desk.requests.get(counter.request).status == "open"
		with pytest.raises(RefusedByPolicy, match="recorded as sent already"):
			counter.sending.record_sent(counter.request, 1, Given(TODAY, "hand", ""), answers=True)

	@pytest.mark.parametrize("on", [date(2026, 11, 20), date(2026, 11, 24)])
	def test_the_day_lies_between_the_pack_and_today(self, counter: Counter, on: date) -> None:
		with pytest.raises(RefusedByPolicy, match="was made on 23 November 2026"):
			counter.sending.record_sent(counter.request, 1, Given(on, "post", ""), answers=True)

	def test_an_email_without_its_file_is_not_recorded(self, counter: Counter) -> None:
		with pytest.raises(RefusedByPolicy, match="What was attached is not known"):
			counter.sending.record_sent(counter.request, 1, email(), answers=True)

	def test_only_the_newest_pack_is_sent(self, counter: Counter) -> None:
		counter.desk.disclosing.make_pack(counter.request)
		with pytest.raises(RefusedByPolicy, match="was replaced by a later one"):
			counter.sending.record_sent(counter.request, 1, Given(TODAY, "post", ""), answers=True)


class TestWithdrawn:
	def test_it_stays_as_made_and_goes_nowhere_again(self, counter: Counter, tmp_path: Path) -> None:
		counter.sending.record_sent(counter.request, 1, Given(TODAY, "post", "1 High Street"), answers=True)
		before = counter.desk.disclosing.files(counter.request, 1)
		with pytest.raises(RefusedByPolicy, match="No reason"):
			counter.sending.withdraw(counter.request, 1, why=" ", who_has_it="A Green")
		counter.sending.withdraw(counter.request, 1, why="Her number can be read.", who_has_it="A Green")
		gone = counter.pack(1).withdrawn
		assert (gone.on, gone.why, gone.who_has_it) == (TODAY, "Her number can be read.", "A Green")
		assert not counter.pack(1).counts
		assert counter.desk.disclosing.files(counter.request, 1) == before
		with pytest.raises(RefusedByPolicy, match="was withdrawn"):
			counter.desk.disclosing.place(counter.request, 1, tmp_path / "again")
		assert not (tmp_path / "again").exists()
		with pytest.raises(RefusedByPolicy, match="withdrawn already"):
			counter.sending.withdraw(counter.request, 1, why="Again", who_has_it="")
		assert "number" not in counter.desk.ledger().replace('"number"', "")
		assert "Green" not in counter.desk.ledger()

	def test_a_letter_cannot_go_out_with_it_until_the_next_is_made(self, counter: Counter) -> None:
		counter.letters.answer(counter.request, COUNCIL | REASONS)
		counter.sending.withdraw(counter.request, 1, why="Wrong", who_has_it="")
		assert counter.letters.situation(counter.request).pack is None
		counter.desk.disclosing.make_pack(counter.request)
		assert counter.letters.situation(counter.request).pack.pack_number == 2
		assert counter.pack(2).counts

	def test_what_could_be_read_in_it_is_evidence(self, counter: Counter) -> None:
		advice = counter.desk.id_of("The solicitor")
		counter.desk.deciding.decide(counter.request, [advice], "withhold", exemption="s42", reason="Advice")
		counter.desk.disclosing.make_pack(counter.request)
		assert advice not in counter.sending.readable(counter.request, 2)
		assert counter.desk.id_of("Mill Lane floods") in counter.sending.readable(counter.request, 2)


def test_a_failed_leak_check_says_where_never_what(counter: Counter) -> None:
	"""The council's name is covered up, and the pack's own words say it."""
	counter.desk.redacting.redact(counter.request, "text", "Thistlemere", "s40(2)")
	with pytest.raises(LeakFound) as found:
		counter.desk.disclosing.make_pack(counter.request)
	assert any(place.startswith("FOI-2026-001.pdf") for place in found.value.places)
	assert found.value.messages == (), "no message says it"
	assert "Thistlemere" not in str(found.value)
	assert [one.number for one in counter.desk.disclosing.packs(counter.request)] == [1]


def test_a_failed_leak_check_names_the_message_that_still_says_it(counter: Counter) -> None:
	rows = counter.desk.rows()[:4]
	reads = rows[1]
	source = PackSource(
		*("Council", False, "FOI-1", "foi", TODAY, "", "", TODAY, 1),
		rows=rows,
		decisions={row.id: Decision(row.id, "release") for row in rows},
		redactions=(),
	)
	built = build(source, load().exemptions, lambda _one: None)
	report = LeakReport(1, (LeakPlace("DISCLOSURE/FOI-1.pdf", "page 2", 0), LeakPlace("DISCLOSURE/FOI-1.pdf", "x", -1)))
	checked = CheckedFiles({}, report, counted=0, texts=["14 Mill Lane"], not_looked_for=0)
	with pytest.raises(LeakFound) as found:
		require_passed(checked, built)
	assert found.value.messages == ((reads.id, "FOI-1-0002"),)
	assert "Look at message FOI-1-0002" in found.value.do
	assert "FOI-1.pdf, page 2" in found.value.do
	assert "Mill Lane" not in str(found.value)


def everything(counter: Counter) -> tuple[object, ...]:
	"""Return all that a half pack would leave behind."""
	with counter.desk.archive.reading() as connection:
		rows = [
			connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608 (our own names)
			for table in ("pack", "pack_file", "sealed_file", "ledger", "letter", "second_look_mark")
		]
		newest = connection.exec_driver_sql("SELECT number, superseded, sent_on FROM pack ORDER BY id").all()
	files = sorted(
		str(one) for one in counter.desk.archive.folder.rglob("*") if one.is_file() and "-wal" not in one.name
	)
	return rows, newest, [one for one in files if "-shm" not in one]


class TestHalfAPack:
	@pytest.mark.parametrize("stage", range(3))
	def test_stopped_at_any_stage_leaves_nothing(self, counter: Counter, stage: int) -> None:
		before, asked = everything(counter), []

		def stopped() -> bool:
			asked.append(stage)
			return len(asked) > stage

		with pytest.raises(Cancelled):
			counter.desk.disclosing.make_pack(counter.request, stopped=stopped)
		assert everything(counter) == before

	@pytest.mark.parametrize("table", ["sealed_file", "pack", "pack_file"])
	def test_a_database_that_fails_at_any_table_leaves_nothing(self, counter: Counter, table: str) -> None:
		with counter.desk.archive.writing(standing_clock(NOW)()) as change:
			change.connection.exec_driver_sql(
				f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk'); END"
			)
			change.record("broke it", {})
		before = everything(counter)
		with pytest.raises(IntegrityError):
			counter.desk.disclosing.make_pack(counter.request)
		assert everything(counter) == before
		assert counter.pack(1).counts

	def test_a_request_that_changes_meanwhile_makes_no_pack(self, counter: Counter) -> None:
		ids = [one.row.id for one in counter.desk.deciding.candidates(counter.request)]

		def meddle() -> bool:
			counter.desk.deciding.decide(counter.request, ids[:1], "not_in_scope")
			return False

		files = everything(counter)[2]
		with pytest.raises(RefusedByPolicy, match="changed while its pack was being made") as found:
			counter.desk.disclosing.make_pack(counter.request, stopped=meddle)
		assert found.value.do == "Make the pack again."
		assert everything(counter)[2] == files
		assert [one.number for one in counter.desk.disclosing.packs(counter.request)] == [1]
		assert counter.desk.disclosing.make_pack(counter.request).pack_number == 2

	def test_a_second_pack_of_the_same_state_says_the_same(self, counter: Counter) -> None:
		again = counter.desk.disclosing.make_pack(counter.request)
		first = counter.pack(1).result
		assert (again.pack_number, again.rests_on, again.numbers) == (2, first.rests_on, first.numbers)
		assert (again.released, again.withheld) == (first.released, first.withheld)
		assert counter.pack(1).superseded
