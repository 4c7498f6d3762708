"""Taking exports: look first, one transaction, a receipt; cancelled or refused, nothing has changed."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cranford_desktop.domain.importing import Answers
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import Cancelled, CranfordError
from cranford_desktop.paths import resources
from cranford_desktop.services.council import Council

EXPORTS = resources() / "practice" / "exports"
ANDROID = EXPORTS / "android" / "WhatsApp Chat with Thistlemere Councillors.zip"
Chat = Callable[..., Path]


def texts(council: Council) -> list[str | None]:
	return [row.text for row in council.browsing.stream(MessageFilter())]


def test_a_preview_writes_nothing(council: Council) -> None:
	preview = council.importing.preview(ANDROID)
	assert preview.group is None
	assert preview.new == len(preview.read.records) > 1200
	assert preview.phone == "Phone 1"
	assert council.browsing.count() == 0
	assert council.importing.groups() == []
	assert not list((council.folder / "files").iterdir())


def test_an_unknown_chat_is_never_silently_taken(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(chat("13/03/2024, 19:05 - Ann Example: Hello"))
	with pytest.raises(CranfordError, match="registered groups"):
		council.importing.take(preview)
	assert council.browsing.count() == 0


def test_cancelled_leaves_no_row_and_no_file(council: Council) -> None:
	preview = council.importing.preview(ANDROID)
	asked = 0

	def stop_late() -> bool:
		nonlocal asked
		asked += 1
		return asked > 12

	with pytest.raises(Cancelled):
		council.importing.take(preview, Answers(group="Councillors"), stopped=stop_late)
	assert asked > 12
	assert council.browsing.count() == 0
	assert council.importing.groups() == []
	assert not list((council.folder / "files").iterdir())
	council.importing.take(preview, Answers(group="Councillors"))
	assert council.browsing.count() == len(preview.read.records)


def test_a_later_export_of_the_same_phone_adds_only_what_is_new(council: Council, chat: Chat) -> None:
	first = (
		"13/03/2024, 19:05 - Ann Example: Yes",
		"13/03/2024, 19:05 - Ann Example: Yes",
		"13/03/2024, 19:06 - Ben Example: See the minutes",
	)
	council.importing.import_file(chat(*first), group="Test group")
	later = (*first, "13/03/2024, 19:06 - Ben Example: See the minutes", "14/03/2024, 08:00 - Ann Example: Thank you")
	receipt = council.importing.import_file(
		chat(*later, name="WhatsApp Chat with Test group (1).txt"), group="Test group"
	)
	assert (receipt.new, receipt.matched) == (2, 3)
	assert texts(council) == ["Yes", "Yes", "See the minutes", "See the minutes", "Thank you"]


def test_edited_and_deleted_later_keep_what_was_first_sent(council: Council, chat: Chat) -> None:
	council.importing.import_file(
		chat(
			"13/03/2024, 19:05 - Ann Example: Meeting at seven",
			"13/03/2024, 19:06 - Ben Example: I did not mean that",
			"13/03/2024, 19:08 - Ann Example: Fine",
		),
		group="Test group",
	)
	council.importing.import_file(
		chat(
			"13/03/2024, 19:05 - Ann Example: Meeting at eight <This message was edited>",
			"13/03/2024, 19:06 - Ben Example: This message was deleted",
			"13/03/2024, 19:08 - Ann Example: Fine",
			"15/03/2024, 19:08 - Ann Example: Good",
			name="later.txt",
		),
		group="Test group",
	)
	rows = list(council.browsing.stream(MessageFilter()))
	assert [(row.text, row.edited, row.deleted) for row in rows] == [
		("Meeting at eight", True, False),
		("I did not mean that", False, True),
		("Fine", False, False),
		("Good", False, False),
	]
	assert {version.text for version in council.browsing.detail(rows[0].id).versions} == {
		"Meeting at seven",
		"Meeting at eight",
	}


def test_a_photo_comes_back_byte_for_byte(council: Council) -> None:
	council.importing.import_file(ANDROID, group="Councillors")
	photo = next(
		row.attachments[0]
		for row in council.browsing.stream(MessageFilter(kinds=("media",)))
		if row.attachments[0].present and row.attachments[0].media_type == "image/jpeg"
	)
	assert photo.id is not None
	data = council.browsing.attachment(photo.id)
	assert data[:2] == b"\xff\xd8"
	assert len(data) == photo.size


def test_messages_past_six_years_are_said_and_kept(council: Council) -> None:
	receipt = council.importing.import_file(ANDROID, group="Councillors")
	assert receipt.past_six_years > 0
	assert any("six years" in warning for warning in receipt.warnings)
	assert receipt.new == receipt.records


def test_every_import_is_in_the_record_of_actions_without_words_or_names(council: Council) -> None:
	council.importing.import_file(ANDROID, group="Councillors")
	result = council.safekeeping.verify()
	assert result.problems == ()
	assert result.ledger_entries >= 2


def test_one_damaged_photo_costs_that_photo_and_not_the_chat(council: Council, tmp_path: Path) -> None:
	lines = (
		"13/03/2024, 19:05 - Ann Example: IMG-20240313-WA0001.jpg (file attached)",
		"13/03/2024, 19:06 - Ann Example: IMG-20240313-WA0002.jpg (file attached)",
		"13/03/2024, 19:07 - Bob Example: Seen",
	)
	photo = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20

	def export(name: str, first: bytes) -> Path:
		path = tmp_path / name
		with zipfile.ZipFile(path, "w") as archive:
			archive.writestr("WhatsApp Chat with Drains.txt", "".join(f"{line}\n" for line in lines))
			archive.writestr("IMG-20240313-WA0001.jpg", photo)
			archive.writestr("IMG-20240313-WA0002.jpg", b"another" + photo)
		path.write_bytes(path.read_bytes().replace(photo, first, 1))
		return path

	damaged = export("first.zip", photo[:500] + b"x" + photo[501:])
	receipt = council.importing.import_file(damaged, group="Drains")
	assert (receipt.records, receipt.media_present, receipt.media_missing) == (3, 1, 1)
	assert any("damaged" in one for one in receipt.warnings)
	held = [row.attachments for row in council.browsing.stream(MessageFilter())]
	assert [[(one.name, one.present) for one in some] for some in held] == [
		[("IMG-20240313-WA0001.jpg", False)],
		[("IMG-20240313-WA0002.jpg", True)],
		[],
	]
	assert council.safekeeping.verify().problems == ()
	again = council.importing.import_file(export("second.zip", photo), group="Drains")
	assert (again.new, again.matched, again.media_present) == (0, 3, 2)
	assert all(one.present for row in council.browsing.stream(MessageFilter()) for one in row.attachments)


def test_the_phones_earlier_export_proves_an_order_of_dates_that_a_short_one_cannot(
	council: Council, chat: Chat
) -> None:
	common = ("4/2/24, 19:06 - Ben Example: See the minutes", "4/3/24, 19:07 - Ann Example: I have read them")
	council.importing.import_file(chat("3/13/24, 19:05 - Ann Example: Yes", *common), group="Test group")
	later = chat(*common, "4/4/24, 08:00 - Ben Example: Thank you", name="later.txt")
	receipt = council.importing.import_file(later, group="Test group")
	assert (receipt.date_order, receipt.new, receipt.matched) == ("mdy", 1, 2)
	assert not any("could not be proved" in one for one in receipt.warnings)
	assert [row.sent_at.month for row in council.browsing.stream(MessageFilter())] == [3, 4, 4, 4]


def test_without_an_earlier_export_an_order_that_is_not_proved_is_day_first(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat("04/02/2024, 19:06 - Ben Example: See the minutes"), group="Test group")
	later = chat("04/02/2024, 19:06 - Ben Example: See the minutes", "05/02/2024, 08:00 - Ann: Yes", name="later.txt")
	receipt = council.importing.import_file(later, group="Test group")
	assert (receipt.date_order, receipt.new, receipt.matched) == ("dmy", 1, 1)
	assert any("could not be proved" in one for one in receipt.warnings)
