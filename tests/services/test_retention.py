"""What is due and what is held; the yearly review, saved at every page, that erases nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.retention import ReviewState
from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.services.retention import Retention
from tests.services.rules_support import TABLES, Room, room

OLD = (
	("2019-05-02T18:00", "The pond is full"),
	("2019-05-02T18:01", "Keys are with me"),
	("2020-11-23T23:59", "Pond again"),
	("2020-11-24T00:00", "One minute later"),
	("2025-06-01T09:00", "The pond is low"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Room]:
	with room(tmp_path / "archive") as made:
		yield made


def held(desk: Room, on: date | None = None) -> list[tuple[str, int]]:
	return [(one.reference, one.messages) for one in desk.retention.position(on).held]


def test_first_due_follows_from_the_oldest_message_and_never_from_the_policys_adoption(desk: Room) -> None:
	assert desk.retention.position().first_due is None
	desk.say(*OLD)
	found = desk.retention.position()
	assert (found.total, found.due, found.oldest, found.first_due) == (5, 3, date(2019, 5, 2), date(2025, 5, 2))
	assert [(one.group, one.year, one.month, one.messages, one.held) for one in found.months] == [
		("Councillors", 2019, 5, 2, 0),
		("Councillors", 2020, 11, 1, 0),
	]
	assert [(one.key, one.messages) for one in found.classes] == [("council", 5)]


@pytest.mark.parametrize(("on", "due"), [("2025-05-01", 0), ("2025-05-02", 2), ("2026-11-23", 3), ("2026-11-24", 4)])
def test_nothing_is_due_a_day_early(desk: Room, on: str, due: int) -> None:
	desk.say(*OLD)
	assert desk.retention.position(date.fromisoformat(on)).due == due


def test_an_open_request_holds_everything_until_its_set_is_confirmed(desk: Room) -> None:
	desk.say(*OLD)
	desk.ask("FOI-2026-001")
	found = desk.retention.position()
	assert (found.due, held(desk)) == (0, [("FOI-2026-001", 3)])
	assert found.held[0].reason.startswith("FOI-2026-001 ")
	assert sum(month.held for month in found.months) == 3


def test_a_confirmed_request_holds_its_messages_and_its_live_query_run_again(desk: Room) -> None:
	ids = desk.say(*OLD)
	desk.ask("FOI-2026-001", ids=[ids[1]], include=[MessageFilter(search="pond")], confirmed=True)
	assert (desk.retention.position().due, held(desk)) == (0, [("FOI-2026-001", 3)])
	desk.say(("2019-06-01T08:00", "Pond, from another phone"), ("2019-06-01T08:01", "Unrelated"), group="Pond group")
	assert (desk.retention.position().due, held(desk)) == (1, [("FOI-2026-001", 4)])


def test_an_answered_request_holds_until_review_and_regulator_are_past(desk: Room) -> None:
	ids = desk.say(*OLD)
	desk.answer(desk.ask("FOI-2026-001", ids=ids, confirmed=True), date(2026, 9, 15))
	assert held(desk, date(2026, 12, 22)) == [("FOI-2026-001", 4)]
	assert held(desk, date(2026, 12, 23)) == []


def test_evidence_of_an_open_case_is_held_and_counts_under_its_first_reason(desk: Room) -> None:
	ids = desk.say(*OLD)
	draft = CaseDraft("dispute", "Hall keys", date(2019, 5, 2), None, ("Cllr Ann Example",), "A falling-out.")
	case = desk.casework.log(replace(draft, message_ids=(ids[0], ids[1])))
	desk.ask("FOI-2026-001", ids=[ids[0]], confirmed=True)
	assert held(desk) == [("FOI-2026-001", 1), (case.reference, 1)]
	assert desk.retention.position().due == 1


@pytest.mark.parametrize("on", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_far_away_is_refused_in_words(desk: Room, on: date) -> None:
	with pytest.raises(CranfordError, match="2009 to 2200"):
		desk.retention.position(on)


def test_the_report_is_written_as_pdf_and_excel_and_recorded(desk: Room, tmp_path: Path) -> None:
	desk.say(*OLD)
	written = desk.retention.write_report(None, tmp_path / "out" / "report")
	assert [path.name for path in written] == ["Retention report.pdf", "Retention report.xlsx"]
	assert all(path.stat().st_size > 0 for path in written)
	assert desk.recorded()[-1].action == "wrote the retention report"
	(tmp_path / "file").write_text("in the way")
	for refused in (tmp_path / "file", desk.archive.folder, desk.archive.folder / "files" / "report"):
		with pytest.raises(CranfordError, match="cannot be written"):
			desk.retention.write_report(None, refused)


def walked(desk: Room, **answers: object) -> ReviewState:
	state = desk.retention.start_review()
	for page in ("due", "held", "check"):
		state = replace(state, page=page, **answers)  # type: ignore[arg-type]
		desk.retention.save_review(state)
	return state


def test_a_review_is_saved_at_each_page_and_gone_on_with(desk: Room) -> None:
	desk.say(*OLD)
	assert desk.retention.open_review() is None
	state = desk.retention.start_review()
	desk.retention.save_review(replace(state, page="held", minute=" 26/101 ", note="Halfway"))
	later = Retention(desk.archive, desk.clock, TABLES).open_review()
	assert later == replace(state, page="held", minute="26/101", note="Halfway")
	assert desk.retention.start_review() == later
	assert len(desk.retention.reviews()) == 1
	assert [entry.detail.get("page") for entry in desk.recorded() if entry.action == "saved the yearly review"] == [
		"held"
	]


def test_a_review_with_something_due_ends_in_a_schedule_and_erases_nothing(desk: Room) -> None:
	ids = desk.say(*OLD)
	desk.ask("FOI-2026-001", ids=[ids[0]], confirmed=True)
	state = walked(desk, minute="26/101")
	report = desk.retention.finish_review(state)
	assert (report.outcome, report.reference, report.minute) == ("schedule", "RR-2026-001", "26/101")
	assert (report.position.due, report.position.held[0].messages) == (2, 1)
	assert report.messages == (("Councillors", date(2019, 5, 2), 1), ("Councillors", date(2020, 11, 23), 1))
	assert "adopted 16 September 2024, minute 24/037" in report.policy_line
	assert "Disputes and policy breaches: 6 years from the day the case is closed" in report.assumed[1]
	assert not report.encrypted
	assert desk.count() == 5
	assert desk.retention.open_review() is None
	(done,) = desk.retention.reviews()
	assert (done.outcome, done.finished_at) == ("schedule", desk.now)
	files = desk.retention.review_files(done.id)
	assert sorted(files) == ["RR-2026-001 schedule.pdf", "RR-2026-001 schedule.xlsx"]
	entry = desk.recorded()[-1]
	assert (entry.action, entry.detail["due"], entry.detail["held"], entry.detail["erased"]) == (
		"finished the yearly review",
		2,
		1,
		0,
	)


def test_a_nil_certificate_is_made_only_where_nothing_is_due(desk: Room) -> None:
	desk.say(OLD[4])
	report = desk.retention.finish_review(walked(desk))
	assert (report.outcome, report.messages) == ("nil", ())
	assert "RR-2026-001 nil certificate.pdf" in desk.retention.review_files(desk.retention.reviews()[0].id)


def test_messages_past_six_years_that_are_all_held_make_a_schedule_not_a_nil_certificate(desk: Room) -> None:
	desk.say(*OLD)
	desk.ask("FOI-2026-001")
	assert desk.retention.finish_review(walked(desk, minute_pending=True)).outcome == "schedule"


def test_a_schedule_needs_its_minute_or_the_word_that_it_is_to_come(desk: Room) -> None:
	desk.say(*OLD)
	state = walked(desk)
	with pytest.raises(RefusedByPolicy, match="minute"):
		desk.retention.finish_review(state)
	assert desk.retention.open_review() is not None
	assert desk.retention.finish_review(replace(state, minute_pending=True)).minute == "awaiting minute"


def test_a_finished_review_stays_as_it_is(desk: Room) -> None:
	state = walked(desk)
	desk.retention.finish_review(state)
	for again in (desk.retention.save_review, desk.retention.finish_review):
		with pytest.raises(RefusedByPolicy, match="finished"):
			again(state)
	with pytest.raises(NotFound):
		desk.retention.review_files(99)
	assert desk.retention.start_review().id != state.id


def test_two_reviews_of_a_year_have_two_references(desk: Room) -> None:
	desk.retention.finish_review(desk.retention.start_review())
	assert desk.retention.finish_review(desk.retention.start_review()).reference == "RR-2026-002"
