"""Taking an import back: as if it had never come in, refused once something depends on it, set aside under a hold."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound, RefusedByPolicy
from cranford_desktop.paths import resources
from cranford_desktop.services.council import Council

Chat = Callable[..., Path]
PHONES = tuple(sorted((resources() / "practice" / "exports").glob("*/*Thistlemere*")))
FIRST = (
	"13/03/2024, 18:00 - You created group “Lanes”",
	"13/03/2024, 19:05 - Ben Sample: The drain at Mill Lane is blocked again",
	"13/03/2024, 19:06 - Ann Example: I have rung the county about it",
)
SECOND = (*FIRST, "14/03/2024, 09:00 - Ben Sample: They are coming on Friday")


def history(council: Council) -> list[object]:
	"""Everything that is shown, without numbers that are given anew."""
	return [
		(
			row.group,
			row.sent_at,
			row.precision,
			row.sender,
			row.sender_as_exported,
			row.text,
			row.raw,
			row.deleted,
			row.exports,
			[one.present for one in row.attachments],
			[one.text for one in detail.versions],
		)
		for detail in council.browsing.details(MessageFilter())
		for row in (detail.row,)
	]


def files(council: Council) -> int:
	return sum(1 for _ in (council.folder / "files").iterdir())


@pytest.mark.parametrize("undone", range(3))
def test_an_undone_import_leaves_the_history_of_the_others(council: Council, undone: int) -> None:
	others = [path for place, path in enumerate(PHONES) if place != undone]
	for path in others:
		council.importing.import_file(path, group="Councillors")
	before, kept = history(council), files(council)
	receipt = council.importing.import_file(PHONES[undone], group="Councillors")
	assert council.importing.undo_refused(receipt.export_id or 0) == ""
	result = council.importing.undo(receipt.export_id or 0)
	assert (result.set_aside, result.reason) == (False, "")
	assert (history(council), files(council)) == (before, kept)
	assert len(council.importing.receipts()) == 2
	assert council.safekeeping.verify().problems == ()


def test_an_undone_import_can_come_in_again(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*FIRST), group="Lanes")
	path = chat(*SECOND, name="second.txt")
	for _ in range(2):
		receipt = council.importing.import_file(path, group="Lanes")
		assert (receipt.new, receipt.already_imported) == (1, False)
		after = history(council)
		assert council.importing.undo(receipt.export_id or 0).messages == 1
		assert council.browsing.count() == 3
	council.importing.import_file(path, group="Lanes")
	assert history(council) == after
	assert council.safekeeping.verify().problems == ()


def test_a_chat_whose_only_import_is_undone_is_asked_about_again(council: Council, chat: Chat) -> None:
	path = chat(*FIRST)
	receipt = council.importing.import_file(path, group="Lanes")
	council.importing.undo(receipt.export_id or 0)
	assert council.groups.all() == []
	assert council.importing.preview(path).question == "unknown_chat"
	assert council.safekeeping.verify().problems == ()


def test_a_group_of_which_more_is_recorded_stays_in_the_register(council: Council, chat: Chat) -> None:
	receipt = council.importing.import_file(chat(*FIRST), group="Lanes")
	[group] = council.groups.all()
	council.groups.change(group.id, name="Lanes", since=date(2024, 3, 1), admin="Ann Example")
	council.importing.undo(receipt.export_id or 0)
	[left] = council.groups.all()
	assert (left.name, left.messages, left.admin) == ("Lanes", 0, "Ann Example")


def test_what_a_case_rests_on_stays(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*FIRST), group="Lanes")
	receipt = council.importing.import_file(chat(*SECOND, name="second.txt"), group="Lanes")
	row = list(council.browsing.stream(MessageFilter()))[-1]
	council.casework.log(
		CaseDraft(
			kind="dispute",
			title="Friday",
			happened_on=date(2024, 3, 14),
			noticed_at=None,
			people=(),
			facts="They did not come.",
			message_ids=(row.id,),
		)
	)
	why = council.importing.undo_refused(receipt.export_id or 0)
	assert "evidence of a case" in why
	with pytest.raises(RefusedByPolicy, match="evidence of a case"):
		council.importing.undo(receipt.export_id or 0)
	assert council.browsing.count() == 4


def test_under_a_hold_it_is_set_aside_and_requests_still_find_it(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*FIRST), group="Lanes")
	path = chat(*SECOND, name="second.txt")
	receipt = council.importing.import_file(path, group="Lanes")
	request = council.requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="All about Friday."
	)
	result = council.importing.undo(receipt.export_id or 0)
	assert (result.set_aside, result.messages) == (True, 1)
	assert request.reference in result.reason
	assert council.browsing.count() == 3
	assert council.importing.undo_refused(receipt.export_id or 0) != ""
	assert council.importing.finish_undone() == 0
	found = MessageFilter(search="friday", with_set_aside=True)
	assert council.browsing.count(found) == 1
	assert council.safekeeping.verify().problems == ()
	brought = council.importing.import_file(path, group="Lanes")
	assert "counts again" in brought.warnings[0]
	assert council.browsing.count() == 4


def test_what_was_set_aside_goes_when_the_hold_ends(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*FIRST), group="Lanes")
	before = history(council)
	receipt = council.importing.import_file(chat(*SECOND, name="second.txt"), group="Lanes")
	request = council.requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="All about the bench."
	)
	assert council.importing.undo(receipt.export_id or 0).set_aside
	council.gathering.gather(request.id, MessageFilter(search="bench"))
	council.gathering.confirm_set(request.id)
	assert council.importing.finish_undone() == 1
	assert history(council) == before
	assert council.browsing.count(MessageFilter(with_set_aside=True)) == 3
	assert council.safekeeping.verify().problems == ()


def test_an_import_whose_file_lies_outside_stays_until_the_copy_is_ticked_off(council: Council, tmp_path: Path) -> None:
	receipt = council.importing.import_file(PHONES[0], group="Councillors")
	photo = council.files.files(MessageFilter())[0]
	copy = council.files.save_copy(photo.id, tmp_path / "photo.jpg")
	assert "A copy of one of its files lies outside" in council.importing.undo_refused(receipt.export_id or 0)
	with pytest.raises(RefusedByPolicy, match="say so in the list"):
		council.importing.undo(receipt.export_id or 0)
	assert council.files.copies() == [copy]
	council.files.copy_gone(copy.id)
	assert not council.importing.undo(receipt.export_id or 0).set_aside
	assert council.browsing.count() == 0


def test_what_is_set_aside_waits_for_its_copies_and_says_so(council: Council, tmp_path: Path) -> None:
	receipt = council.importing.import_file(PHONES[0], group="Councillors")
	photo = council.files.files(MessageFilter())[0]
	copy = council.files.save_copy(photo.id, tmp_path / "photo.jpg")
	request = council.requests.create(
		regime="foi", received=date(2026, 11, 2), requester="Alex Example", wording="All about the bench."
	)
	assert council.importing.undo(receipt.export_id or 0).set_aside
	council.gathering.gather(request.id, MessageFilter(search="nothing says this"))
	council.gathering.confirm_set(request.id)
	assert council.importing.finish_undone() == 0
	assert "A copy of one of its files lies outside" in council.importing.undo_refused(receipt.export_id or 0)
	council.files.copy_gone(copy.id)
	assert council.importing.finish_undone() == 1


def test_an_import_that_is_not_held_cannot_be_undone(council: Council) -> None:
	with pytest.raises(NotFound):
		council.importing.undo_refused(7)


def test_undoing_in_any_order_leaves_nothing(council: Council) -> None:
	for order in itertools.islice(itertools.permutations(range(3)), 0, 6, 2):
		numbers = [council.importing.import_file(path, group="Councillors").export_id or 0 for path in PHONES]
		for place in order:
			council.importing.undo(numbers[place])
		assert (council.browsing.count(), files(council)) == (0, 0)
	assert council.safekeeping.verify().problems == ()
