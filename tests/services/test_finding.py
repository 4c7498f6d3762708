"""The finder: looks once, points, and keeps what the clerk says of it for good."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.finding import Place, Suggestion
from cranford_desktop.errors import Cancelled, CranfordError, NotFound
from cranford_desktop.services.council import Council

Chat = Callable[..., Path]
LINES = (
	"13/03/2024, 19:05 - Ben Sample: Mrs Hartley rang, 07700 900123",
	"13/03/2024, 19:06 - Ann Example: Thanks Ben, minute 24/037",
	"13/03/2024, 19:07 - Ben Sample: I will ring +44 7700 900123 back",
	"14/03/2024, 08:00 - Ann Example: Mrs Hartley is in hospital",
)


def taken(council: Council, path: Path, group: str = "Test group") -> int:
	return council.importing.import_file(path, group=group).export_id or 0


def queue(council: Council, state: str = "open") -> list[Place]:
	return council.finding.places(council.finding.queue(state), state)  # type: ignore[arg-type]


def pointed(council: Council, state: str = "open") -> list[tuple[str, str]]:
	return [(one.detector, one.words) for place in queue(council, state) for one in place.suggestions]


def one(council: Council, words: str) -> Suggestion:
	return next(each for place in queue(council) for each in place.suggestions if each.words == words)


def recorded(council: Council) -> str:
	with council.archive.reading() as c:
		return "\n".join(str(tuple(row)) for row in c.exec_driver_sql("SELECT action, detail FROM ledger"))


def test_it_points_newest_first_with_the_place_in_the_text(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	assert council.finding.waiting() == 4
	scanned = council.finding.scan()
	assert (scanned.looked, scanned.found, scanned.fallen) == (4, 5, 0)
	assert pointed(council) == [
		("name", "Mrs Hartley"),
		("health", "in hospital"),
		("phone", "+44 7700 900123"),
		("name", "Mrs Hartley"),
		("phone", "07700 900123"),
	]
	first = queue(council)[0]
	assert (first.sender, first.group, first.sent_at) == ("Ann Example", "Test group", datetime(2024, 3, 14, 8, 0))
	((start, end),) = first.suggestions[1].places
	assert first.text[start:end] == "in hospital"
	assert council.finding.counts() == {"name": 2, "phone": 2, "health": 1}
	assert list(council.finding.queue("open", "health")) == [first.message_id]


def test_what_was_looked_at_is_not_looked_at_again(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	before = recorded(council)
	assert council.finding.scan().looked == 0
	assert recorded(council) == before
	taken(council, chat(*LINES, "15/03/2024, 09:00 - Ann Example: my e-mail is ann@example.org", name="longer.txt"))
	assert (council.finding.waiting(), council.finding.scan().looked) == (1, 1)


def test_cancelled_nothing_has_changed(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	before = recorded(council)
	for calls in range(4):
		left = calls

		def stopped() -> bool:
			nonlocal left
			left -= 1
			return left < 0

		if calls < 3:
			with pytest.raises(Cancelled):
				council.finding.scan(stopped=stopped)
			assert (queue(council), council.finding.waiting(), recorded(council)) == ([], 4, before)
		else:
			assert council.finding.scan(stopped=stopped).found == 5


def test_a_dismissal_stays_through_a_new_look_and_a_longer_export(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	council.finding.dismiss(one(council, "in hospital").ids, "She told everybody herself")
	council.finding.add_word("minute", "watch")
	assert council.finding.scan().looked == 4
	assert "in hospital" not in {words for _, words in pointed(council)}
	# Another phone shows the message with a blank behind it: another text of the same message.
	phone = chat(LINES[0], LINES[3] + " ", "16/03/2024, 10:00 - Ann Example: Done", name="other.txt")
	taken(council, phone)
	assert council.finding.scan().looked == 2
	assert pointed(council, "dismissed") == [("health", "in hospital")]
	assert ("health", "in hospital") not in pointed(council)


def test_the_same_words_go_everywhere_now_and_later_and_come_back_together(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	assert council.finding.dismiss(one(council, "07700 900123").ids, "The lengthsman's own number", "words") == 2
	taken(council, chat("20/03/2024, 09:00 - Ben Sample: again 07700-900-123 and 07700 900456", name="later.txt"))
	council.finding.scan()
	assert [words for kind, words in pointed(council) if kind == "phone"] == ["07700 900456"]
	away = next(each for place in queue(council, "dismissed") for each in place.suggestions)
	assert (away.reason, away.scope) == ("The lengthsman's own number", "words")
	assert council.finding.bring_back(away.ids) == 3
	assert len([words for kind, words in pointed(council) if kind == "phone"]) == 4


def test_a_kind_goes_in_one_group_only(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	taken(council, chat("20/03/2024, 09:00 - Ben Sample: Mr Underhill rang", name="b.txt"), "Other group")
	council.finding.scan()
	council.finding.dismiss(one(council, "Mrs Hartley").ids, "Names are known to all here", "group")
	assert [words for kind, words in pointed(council) if kind == "name"] == ["Mr Underhill"]


def test_a_dismissal_needs_a_reason_and_something_to_dismiss(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	with pytest.raises(CranfordError, match="reason"):
		council.finding.dismiss(one(council, "in hospital").ids, " ")
	with pytest.raises(NotFound):
		council.finding.dismiss([99], "Gone")
	assert len(pointed(council)) == 5


def test_a_case_or_a_question_to_the_sender_deals_with_a_message(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	hospital, _, rang = queue(council)
	case = council.casework.log(
		CaseDraft("data_breach", "Hospital", date(2024, 3, 14), datetime(2026, 11, 22, 9), (), "It was posted.")
	)
	assert council.finding.logged([hospital.message_id], case.id, "data_breach") == 2
	asked = council.finding.ask(rang.message_id)
	assert asked.to == "Ben Sample"
	assert "Delete for everyone" in asked.email
	assert "13 March 2024, 19:05" in asked.chat
	for words in (asked.email, asked.chat, asked.subject):
		assert "900123" not in words
		assert "{" not in words
	assert council.finding.record_asked(rang.message_id, "whatsapp") == 2
	assert council.finding.record_asked(rang.message_id, "whatsapp") == 0
	assert [
		(each.done, each.case_id, each.reason) for place in queue(council, "dealt") for each in place.suggestions
	] == [
		("data_breach", case.id, ""),
		("data_breach", case.id, ""),
		("asked", None, "In WhatsApp"),
		("asked", None, "In WhatsApp"),
	]
	assert pointed(council) == [("phone", "+44 7700 900123")]


def test_the_councils_own_words_and_details(council: Council, chat: Chat) -> None:
	taken(council, chat("13/03/2024, 19:05 - Ben Sample: Operation Otter: ring the office, 01632 960100"))
	council.finding.scan()
	assert pointed(council) == [("phone", "01632 960100")]
	own = council.finding.add_word("+44 1632 960100", "own")
	council.finding.add_word("operation otter", "watch")
	scanned = council.finding.scan()
	assert (scanned.found, scanned.fallen) == (1, 1)
	assert pointed(council) == [("own_word", "Operation Otter")]
	council.finding.drop_word(own)
	council.finding.scan()
	assert len(pointed(council)) == 2
	assert [(each.words, each.sort) for each in council.finding.words()] == [("operation otter", "watch")]
	for wrong in ("  ", "…", "x" * 300):
		with pytest.raises(CranfordError):
			council.finding.add_word(wrong, "watch")
	with pytest.raises(NotFound):
		council.finding.drop_word(own)


def test_members_names_are_no_find_and_a_residents_is(council: Council, chat: Chat) -> None:
	taken(
		council,
		chat(
			"13/03/2024, 19:05 - Ben Sample: Ask Ann Example, Mrs Example that is, or Joan Quill",
			"13/03/2024, 19:06 - Joan Quill: Here I am",
			"13/03/2024, 19:07 - Ann Example: Hello",
		),
	)
	council.finding.scan()
	assert pointed(council) == []
	council.people.name_sender("Joan Quill", "Joan Quill", "Resident")
	council.finding.scan()
	assert pointed(council) == [("name", "Joan Quill")]


def test_contact_cards_are_pointed_at_and_their_names_are_known(council: Council, tmp_path: Path) -> None:
	path = tmp_path / "WhatsApp Chat with Test group.zip"
	card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN;CHARSET=UTF-8:Zebedee\r\n  Marchbank\r\nTEL:07700 900123\r\nEND:VCARD\r\n"
	with zipfile.ZipFile(path, "w") as made:
		made.writestr(
			"WhatsApp Chat with Test group.txt",
			"13/03/2024, 19:05 - Ben Sample: card.vcf (file attached)\n"
			"13/03/2024, 19:06 - Ben Sample: that is zebedee marchbank\n",
		)
		made.writestr("card.vcf", card)
	taken(council, path)
	council.finding.scan()
	assert pointed(council) == [("name", "zebedee marchbank"), ("contact", "")]
	(shown,) = queue(council)[1].suggestions
	assert shown.places == ()
	council.finding.dismiss(shown.ids, "The contractor's own card", "words")
	assert pointed(council) == [("name", "zebedee marchbank")]


def test_an_older_text_of_an_edited_message_is_looked_at_too(council: Council, chat: Chat) -> None:
	taken(council, chat("13/03/2024, 19:05 - Ben Sample: Ring 07700 900123"))
	taken(
		council,
		chat(
			"13/03/2024, 19:05 - Ben Sample: Ring her <This message was edited>",
			"14/03/2024, 19:05 - Ben Sample: ok",
			name="edited.txt",
		),
	)
	council.finding.scan()
	places = queue(council)
	assert [(each.words, each.places, place.text) for place in places for each in place.suggestions] == [
		("07700 900123", (), "Ring her")
	]


def test_an_undone_import_takes_its_suggestions_along(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES[:2]))
	second = taken(council, chat(*LINES, name="second.txt"))
	council.finding.scan()
	council.importing.undo(second)
	assert {words for _, words in pointed(council)} == {"Mrs Hartley", "07700 900123"}
	assert council.safekeeping.verify().problems == ()


def test_what_is_set_aside_leaves_the_queue(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES[:2]))
	second = taken(council, chat(*LINES, name="second.txt"))
	council.finding.scan()
	council.requests.create(regime="foi", received=date(2026, 11, 2), requester="Alex", wording="All of it.")
	assert council.importing.undo(second).set_aside
	assert len(queue(council)) == 1


def test_the_record_of_actions_holds_no_words(council: Council, chat: Chat) -> None:
	taken(council, chat(*LINES))
	council.finding.scan()
	council.finding.dismiss(one(council, "in hospital").ids, "Secretreason")
	council.finding.add_word("Otterword", "watch")
	told = recorded(council)
	assert "dismissed suggestions" in told
	for words in ("Hartley", "hospital", "900123", "Secretreason", "Otterword"):
		assert words not in told
	assert council.safekeeping.verify().problems == ()
