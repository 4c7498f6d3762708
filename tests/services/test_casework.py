"""Logging disputes, policy breaches and data breaches, with evidence that stays as it was."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.errors import CranfordError, NotFound
from tests.services.rules_support import Room, room

DRAFT = CaseDraft(
	kind="policy_breach",
	title="Decision made in the chat",
	happened_on=date(2026, 3, 11),
	noticed_at=None,
	people=("Cllr Ann Example",),
	facts="A quotation was agreed in the group.",
	clause="2.2",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Room]:
	with room(tmp_path / "archive") as made:
		yield made


def test_each_kind_counts_its_own_references_within_the_year(desk: Room) -> None:
	logged = [
		desk.casework.log(DRAFT),
		desk.casework.log(replace(DRAFT, kind="dispute", clause=None)),
		desk.casework.log(replace(DRAFT, kind="data_breach", clause=None, noticed_at=datetime(2026, 11, 20, 16, 10))),
		desk.casework.log(DRAFT),
	]
	assert [case.reference for case in logged] == ["PB-2026-001", "DI-2026-001", "DB-2026-001", "PB-2026-002"]
	assert {case.stage for case in logged} == {"Logged"}
	desk.now = desk.now.replace(year=2027)
	assert desk.casework.log(DRAFT).reference == "PB-2027-001"
	assert [case.reference for case in desk.casework.cases("dispute")] == ["DI-2026-001"]
	assert len(desk.casework.cases()) == 5


@pytest.mark.parametrize("clause", ["2.2", "section 2, second point", "Section 2, Second Point"])
def test_a_sentence_of_the_policy_is_kept_as_she_cites_it(desk: Room, clause: str) -> None:
	assert desk.casework.log(replace(DRAFT, clause=clause)).clause == "section 2, second point"


def test_evidence_is_a_copy_with_its_digest_and_stays_as_it_was(desk: Room) -> None:
	first, second = desk.say(("2026-03-11T19:05", "Agreed, order it"), ("2026-03-11T19:06", "Wait for the meeting"))
	case = desk.casework.log(replace(DRAFT, message_ids=(first, first)))
	(copy,) = case.evidence
	assert (copy.message_id, copy.text, copy.sender, copy.group) == (
		first,
		"Agreed, order it",
		"Cllr Ann Example",
		"Councillors",
	)
	assert copy.added_at == desk.now
	with desk.archive.reading() as connection:
		frozen = connection.exec_driver_sql("SELECT frozen FROM evidence").scalar_one()
	assert hashlib.sha256(frozen.encode()).hexdigest() == copy.sha256
	more = desk.casework.add_evidence(case.id, [first, second])
	assert [one.message_id for one in more.evidence] == [first, second]
	assert more.evidence[0].sha256 == copy.sha256
	assert [step.what for step in more.steps] == ["Logged", "Evidence added"]
	assert more.steps[1].note == "1 message kept as evidence"


def test_notes_make_the_timeline(desk: Room) -> None:
	case = desk.casework.log(replace(DRAFT, kind="dispute", clause=None))
	told = desk.casework.add_note(case.id, "Spoke to both", "Over tea.")
	assert [(step.what, step.note) for step in told.steps] == [("Logged", ""), ("Spoke to both", "Over tea.")]
	assert told.steps[0].at == desk.now
	with pytest.raises(CranfordError):
		desk.casework.add_note(case.id, "  ")


def test_a_data_breach_is_due_after_seventy_two_elapsed_hours(desk: Room) -> None:
	draft = replace(DRAFT, kind="data_breach", clause=None, happened_on=date(2026, 10, 24))
	case = desk.casework.log(replace(draft, noticed_at=datetime(2026, 10, 24, 10, 0)))
	assert case.due_at == datetime(2026, 10, 27, 9, 0)
	assert desk.casework.get(case.id) == case


def test_a_data_breach_needs_the_moment_it_was_noticed(desk: Room) -> None:
	draft = replace(DRAFT, kind="data_breach", clause=None)
	for noticed in (None, datetime(2026, 11, 23, 10, 1), datetime(2026, 3, 10, 12, 0)):
		with pytest.raises(CranfordError):
			desk.casework.log(replace(draft, noticed_at=noticed))
	assert desk.casework.cases() == []


def test_the_next_step_comes_from_the_policy(desk: Room) -> None:
	dispute = desk.casework.log(replace(DRAFT, kind="dispute", clause=None))
	assert "in person first" in dispute.next_step
	assert "(section 3, first point; section 3, second point)" in dispute.next_step
	assert "section 4, first point" in desk.casework.log(DRAFT).next_step


@pytest.mark.parametrize("change", [{"title": " "}, {"facts": ""}, {"happened_on": date(2026, 11, 24)}])
def test_a_draft_that_says_too_little_is_refused(desk: Room, change: dict[str, object]) -> None:
	with pytest.raises(CranfordError):
		desk.casework.log(replace(DRAFT, **change))  # type: ignore[arg-type]


def test_unknown_sentences_messages_and_cases_are_not_found(desk: Room) -> None:
	for draft in (replace(DRAFT, clause="9.9"), replace(DRAFT, message_ids=(77,))):
		with pytest.raises(NotFound):
			desk.casework.log(draft)
	with pytest.raises(NotFound):
		desk.casework.get(1)
	assert desk.casework.cases() == []


def test_the_record_of_actions_holds_no_names_and_no_words(desk: Room) -> None:
	(message,) = desk.say(("2026-03-11T19:05", "Agreed, order it"))
	desk.casework.log(replace(DRAFT, message_ids=(message,)))
	said = " ".join(f"{entry.action} {entry.detail}" for entry in desk.recorded())
	assert "PB-2026-001" in said
	for word in ("Example", "Agreed", "quotation", "Decision made"):
		assert word not in said
