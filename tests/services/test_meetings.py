"""Take to a meeting: an item of a message, suggestions with their reason, the report, what became of it."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from cranford_desktop.domain.meetings import MeetingItem
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, NotFound, RefusedByPolicy
from cranford_desktop.services.council import Council
from cranford_desktop.store import ledger

Chat = Callable[..., Path]
MEETING = date(2026, 12, 1)
TALK = (
	"01/10/2018, 09:00 - Ann Example: All agreed then: Dad gets the old bench",
	"01/11/2026, 09:00 - Ann Example: Two quotes for the bus shelter, £480 and £610",
	"01/11/2026, 09:05 - Ben Sample: Let’s go ahead with the cheaper one",
	"01/11/2026, 09:06 - Cara Test: Agreed. Shall we go ahead with the bench too?",
	"01/11/2026, 09:07 - Ben Sample: Nothing is agreed about the bench yet",
	"02/11/2026, 09:08 - Cara Test: I approve the quote, mrs Hartley rang again",
	"02/11/2026, 09:09 - Ann Example: Thanks all",
)


@pytest.fixture
def lanes(council: Council, chat: Chat) -> Council:
	council.importing.import_file(chat(*TALK), group="Lanes")
	return council


def one(council: Council, words: str) -> int:
	(found,) = council.browsing.ids(MessageFilter(search=words))
	return int(found)


def take(council: Council, words: str = "cheaper", **more: object) -> MeetingItem:
	wanted: dict[str, object] = {"route": "agenda", "subject": "Bus shelter quotes", **more}
	return council.meetings.add(one(council, words), **wanted)  # type: ignore[arg-type]


def text_of(pdf: bytes) -> str:
	document = pypdfium2.PdfDocument(pdf)
	try:
		return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
	finally:
		document.close()


def test_messages_that_read_like_a_decision_are_pointed_at_with_the_reason(lanes: Council) -> None:
	found = [(one.row.text, one.reason) for one in lanes.meetings.suggestions()]
	assert found == [
		("I approve the quote, mrs Hartley rang again", "It approves something, or money: “i approve”"),
		("Let’s go ahead with the cheaper one", "It says to go ahead: “let's go ahead”"),
		("All agreed then: Dad gets the old bench", "It says that something is agreed: “all agreed”"),
	]
	assert lanes.meetings.matters() == []


def test_what_was_put_aside_or_taken_up_is_not_pointed_at_again(lanes: Council) -> None:
	take(lanes)
	lanes.meetings.put_aside(one(lanes, "approve"))
	assert [one.row.text for one in lanes.meetings.suggestions()] == ["All agreed then: Dad gets the old bench"]
	lanes.meetings.take_back(one(lanes, "approve"))
	assert len(lanes.meetings.suggestions()) == 2


def test_a_personal_message_is_no_decision(lanes: Council) -> None:
	lanes.sorting.say_kind([one(lanes, "dad")], "personal")
	assert len(lanes.meetings.suggestions()) == 2


def test_an_item_is_made_changed_and_taken_off_again(lanes: Council) -> None:
	item = take(lanes, note="  Two quotes were shown. ")
	assert (item.subject, item.note, item.meeting_on) == ("Bus shelter quotes", "Two quotes were shown.", None)
	lanes.meetings.change(item.id, route="email", subject="Shelter", meeting_on=MEETING)
	(matter,) = lanes.meetings.matters("open", "email")
	assert (matter.item.subject, matter.item.meeting_on, matter.row.text) == (
		"Shelter",
		MEETING,
		"Let’s go ahead with the cheaper one",
	)
	lanes.meetings.remove(item.id)
	assert lanes.meetings.matters() == []
	with pytest.raises(NotFound):
		lanes.meetings.remove(item.id)


@pytest.mark.parametrize("subject", ["", "  ", "x" * 121])
def test_an_item_needs_a_subject(lanes: Council, subject: str) -> None:
	with pytest.raises(CranfordError):
		take(lanes, subject=subject)


def test_the_report_holds_what_waits_and_is_kept_as_pdf_and_excel(lanes: Council, tmp_path: Path) -> None:
	lanes.meetings.set_next_meeting(MEETING)
	shelter = take(lanes, note="Two quotes were shown.")
	take(lanes, "approve", route="email", subject="=SUM(1) Thank the contractor")
	take(lanes, "thanks", subject="Later", meeting_on=date(2027, 1, 12))
	done = take(lanes, "quotes NOT approve", subject="Done already")
	lanes.meetings.deal(done.id, "26/101", date(2026, 11, 20))
	report = lanes.meetings.make_report()
	assert (report.items, report.meeting_on, report.quoted) == (2, MEETING, True)
	files = lanes.meetings.report_files(report.id)
	assert sorted(files) == ["Matters from WhatsApp 2026-12-01.pdf", "Matters from WhatsApp 2026-12-01.xlsx"]
	words = text_of(files["Matters from WhatsApp 2026-12-01.pdf"])
	for said in (
		"Matters raised on WhatsApp to take up formally",
		"For the meeting on Tuesday 1 December 2026",
		"A chat is not a minute.",
		"Bus shelter quotes",
		"Two quotes were shown.",
		"Let’s go ahead with the cheaper one",
		"Thank the contractor",
	):
		assert said in words
	for absent in ("Later", "Done already"):
		assert absent not in words
	sheet = openpyxl.load_workbook(io.BytesIO(files["Matters from WhatsApp 2026-12-01.xlsx"]))["Matters"]
	told = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
	assert [(row[0], row[1], row[2]) for row in told] == [
		(1, "Agenda", "Bus shelter quotes"),
		(2, "Council e-mail", "=SUM(1) Thank the contractor"),
	]
	assert sheet["C3"].data_type == "s"
	assert lanes.meetings.matters("open")[0].item.reported_at is not None
	place = tmp_path / "papers"
	place.mkdir()
	assert {path.name for path in lanes.meetings.save_report(report.id, place)} == set(files)
	assert {path.name: path.read_bytes() for path in place.iterdir()} == files
	assert lanes.meetings.reports() == [report]
	assert lanes.meetings.items_of([shelter.message_id])[shelter.message_id].subject == "Bus shelter quotes"


def test_the_report_can_do_without_the_messages_words(lanes: Council) -> None:
	take(lanes, "approve", subject="Quotes")
	report = lanes.meetings.make_report(quoted=False)
	for data in lanes.meetings.report_files(report.id).values():
		if data.startswith(b"%PDF"):
			assert "Hartley" not in text_of(data)
		else:
			cells = [cell.value for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row]
			assert not any("Hartley" in str(cell) for cell in cells)


def test_no_report_is_made_of_nothing(lanes: Council) -> None:
	with pytest.raises(CranfordError):
		lanes.meetings.make_report()
	assert lanes.meetings.reports() == []


def test_a_report_is_never_saved_into_the_archives_own_folder(lanes: Council) -> None:
	take(lanes)
	report = lanes.meetings.make_report()
	with pytest.raises(CranfordError):
		lanes.meetings.save_report(report.id, lanes.folder)


def test_the_email_says_what_a_chat_is_and_sends_nothing(lanes: Council) -> None:
	mail = lanes.meetings.email(take(lanes, route="email", note="Two quotes were shown.").id)
	assert mail.subject == "Bus shelter quotes – raised on WhatsApp on 1 November 2026"
	for words in (
		"A chat is not a minute, and nothing agreed in it is a decision of the council.",
		"Two quotes were shown.",
		"What was written: “Let’s go ahead with the cheaper one”",
		"The clerk, Test Parish Council",
	):
		assert words in mail.body
	lanes.meetings.set_next_meeting(MEETING)
	plain = lanes.meetings.email(take(lanes).id, quoted=False).body
	assert "It will be on the agenda of the meeting on Tuesday 1 December 2026." in plain
	assert "cheaper" not in plain


def test_dealt_with_needs_what_became_of_it_and_can_be_opened_again(lanes: Council) -> None:
	item = take(lanes)
	with pytest.raises(CranfordError):
		lanes.meetings.deal(item.id, "  ", date(2026, 11, 23))
	with pytest.raises(CranfordError):
		lanes.meetings.deal(item.id, "26/101", date(2026, 11, 24))
	lanes.meetings.deal(item.id, "26/101", date(2026, 11, 23))
	assert [matter.item.outcome for matter in lanes.meetings.matters("dealt")] == ["26/101"]
	assert lanes.meetings.matters("open") == []
	lanes.meetings.reopen(item.id)
	assert lanes.meetings.matters("dealt") == []


def test_home_speaks_only_when_a_meeting_is_near_or_has_no_date(lanes: Council) -> None:
	def told() -> list[str]:
		return [item.head for item in lanes.home.page().items if item.key == "meetings"]

	assert told() == []
	item = take(lanes)
	assert told() == ["1 matter from WhatsApp waits for a meeting"]
	lanes.meetings.set_next_meeting(date(2026, 12, 20))
	assert told() == []
	lanes.meetings.set_next_meeting(MEETING)
	assert told() == ["1 matter from WhatsApp to raise formally"]
	lanes.meetings.change(item.id, route="agenda", subject="Shelter", meeting_on=date(2026, 11, 3))
	assert told() == ["What became of 1 matter of an earlier meeting?"]
	lanes.meetings.deal(item.id, "26/101", date(2026, 11, 23))
	assert told() == []


def test_a_meeting_that_has_been_is_no_next_meeting(lanes: Council) -> None:
	with pytest.raises(CranfordError):
		lanes.meetings.set_next_meeting(date(2026, 11, 22))
	lanes.meetings.set_next_meeting(MEETING)
	assert lanes.meetings.next_meeting() == MEETING
	lanes.meetings.set_next_meeting(None)
	assert lanes.meetings.next_meeting() is None


def test_an_import_whose_message_goes_to_a_meeting_stays_and_is_kept_from_the_review(lanes: Council) -> None:
	assert lanes.retention.position().due == 1
	item = take(lanes, "dad", subject="The old bench")
	found = lanes.retention.position()
	assert (found.due, [(held.reference, held.messages) for held in found.held]) == (0, [("Meeting", 1)])
	number = lanes.importing.receipts()[0].export_id
	assert number is not None
	with pytest.raises(RefusedByPolicy, match="matters for a meeting"):
		lanes.importing.undo(number)
	lanes.meetings.remove(item.id)
	assert lanes.retention.position().due == 1
	lanes.importing.undo(number)
	assert lanes.browsing.count() == 0


def test_the_record_of_actions_holds_no_words_of_an_item(lanes: Council) -> None:
	item = take(lanes, subject="Secretword", note="Otherword")
	lanes.meetings.deal(item.id, "Thirdword", date(2026, 11, 23))
	with lanes.archive.reading() as connection:
		told = str([(entry.action, dict(entry.detail)) for entry in ledger.entries(connection)])
	assert "word" not in told.casefold()
