"""What the clerk is asked of a chat and of a phone, and what her answers do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cranford_desktop.domain.importing import Answers, Chosen
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.paths import resources
from cranford_desktop.services.council import Council
from cranford_desktop.store import import_notes

Chat = Callable[..., Path]
EXPORTS = resources() / "practice" / "exports"
PHONES = tuple(sorted(EXPORTS.glob("*/*Thistlemere*")))
PRIVATE = (
	"Messages before this belong to nobody",
	"12/03/2024, 09:00 - Ann Example: Have you seen the plan",
	"13/03/2024, 19:05 - Ben Sample: My sister is in hospital",
	"She will be home on Friday",
	"14/03/2024, 08:00 - Ann Example: The county says yes",
	"and sends a letter",
	"15/03/2024, 08:00 - Ben Sample: Good",
)


def texts(council: Council) -> list[str | None]:
	return [row.text for row in council.browsing.stream(MessageFilter())]


def sealed(council: Council) -> list[bytes]:
	"""Everything the archive keeps as files."""
	found = []
	with council.archive.reading() as connection:
		for row in connection.exec_driver_sql("SELECT id FROM sealed_file").fetchall():
			found.append(council.archive.files.read_all(connection, row[0]))
	return found


def test_all_of_a_private_chat_is_taken_where_she_says_so(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(chat(*PRIVATE, name="WhatsApp Chat with Ben Sample.txt"))
	assert preview.question == "one_to_one"
	with pytest.raises(ProblemWithFile, match="between two people"):
		council.importing.take(preview)
	receipt = council.importing.take(preview, Answers(group="Clerk and Ben"))
	assert (receipt.group, receipt.new, receipt.not_chosen) == ("Clerk and Ben", 4, 0)


def test_some_of_it_leaves_nothing_of_the_rest_anywhere(council: Council, chat: Chat) -> None:
	path = chat(*PRIVATE, name="WhatsApp Chat with Ben Sample.txt")
	preview = council.importing.preview(path)
	chosen = Chosen(start=date(2024, 3, 13), people=("Ann Example",))
	receipt = council.importing.take(preview, Answers(group="Planning", keep="some", chosen=chosen))
	assert (receipt.records, receipt.new, receipt.not_chosen) == (1, 1, 3)
	assert receipt.records == receipt.new + receipt.matched
	assert texts(council) == ["The county says yes\nand sends a letter"]
	assert sealed(council) == [b"14/03/2024, 08:00 - Ann Example: The county says yes\nand sends a letter\n"]
	with council.archive.reading() as connection:
		assert "hospital" not in "".join(
			str(row) for row in connection.exec_driver_sql("SELECT raw, normal FROM version").fetchall()
		)
	assert council.importing.unread_lines(receipt.export_id or 0) == ()
	assert council.safekeeping.verify().problems == ()
	again = council.importing.import_file(path, group="Planning")
	assert again.already_imported
	assert "left out" in again.warnings[0]


def test_days_alone_keep_whatsapps_own_lines(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(
		chat(
			"12/03/2024, 09:00 - Ann Example created group “Lanes”",
			"12/03/2024, 09:00 - Ann Example: Have you seen the plan",
			"13/03/2024, 09:00 - Ann Example added Ben Sample",
			"13/03/2024, 09:01 - Ben Sample: Yes",
		)
	)
	chosen = Chosen(start=date(2024, 3, 13), end=date(2024, 3, 13))
	receipt = council.importing.take(preview, Answers(group="Lanes", keep="some", chosen=chosen))
	assert (receipt.messages, receipt.system, receipt.not_chosen) == (1, 1, 2)


def test_choosing_nothing_at_all_is_refused(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(chat(*PRIVATE))
	with pytest.raises(ProblemWithFile, match="Nothing in this chat"):
		council.importing.take(preview, Answers(group="X", keep="some", chosen=Chosen(start=date(2025, 1, 1))))
	assert council.importing.groups() == []


def test_none_of_it_remembers_the_fingerprint_and_the_day_alone(council: Council, chat: Chat) -> None:
	path = chat(*PRIVATE, name="WhatsApp Chat with Ben Sample.txt")
	preview = council.importing.preview(path)
	receipt = council.importing.take(preview, Answers(keep="none"))
	assert (receipt.records, receipt.new, receipt.not_chosen, receipt.export_id) == (0, 0, 4, None)
	assert (council.browsing.count(), sealed(council), council.importing.groups()) == (0, [], [])
	with council.archive.reading() as connection:
		assert import_notes.declined_on(connection, preview.read.sha256) == date(2026, 11, 23)
		ledger = connection.exec_driver_sql("SELECT detail FROM ledger").fetchall()
	assert preview.read.sha256 not in str(ledger)
	again = council.importing.preview(path)
	assert any("can be taken after all" in one for one in again.read.warnings)
	assert council.importing.take(again, Answers(group="Ben")).new == 4
	assert not any("after all" in one for one in council.importing.preview(chat(*PRIVATE, name="b.txt")).read.warnings)


def test_an_answer_registers_the_group_with_its_day_and_admin(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(chat(*PRIVATE))
	council.importing.take(preview, Answers(group="Lanes", since=date(2024, 1, 1), admin="Ann Example"))
	(group,) = council.importing.groups()
	assert (group.name, group.since, group.admin) == ("Lanes", date(2024, 1, 1), "Ann Example")


def test_a_name_in_other_letters_is_the_same_group(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*PRIVATE), group="Lanes")
	receipt = council.importing.import_file(chat(*PRIVATE, "16/03/2024, 08:00 - Ann: x", name="b.txt"), group="LANES")
	assert (receipt.group, receipt.new) == ("Lanes", 1)


def test_several_previews_are_told_to_be_one_conversation_with_exact_counts(council: Council) -> None:
	previews = [council.importing.preview(path) for path in (*PHONES, *EXPORTS.glob("*/*Drainage*"))]
	(talk,) = council.importing.conversations(previews)
	assert talk.group == "Thistlemere Councillors"
	assert talk.previews == (0, 1, 2)
	for number in talk.previews:
		council.importing.take(previews[number], Answers(group=talk.group))
	assert council.browsing.count() == talk.messages
	shown = [row.exports for row in council.browsing.stream(MessageFilter())]
	assert sum(one > 1 for one in shown) == talk.on_several_phones
	assert talk.share > 0.9


def test_a_conversation_with_a_registered_group_counts_what_is_held(council: Council) -> None:
	council.importing.import_file(PHONES[2], group="Councillors")
	previews = [council.importing.preview(path) for path in PHONES[:2]]
	assert {(one.question, one.likely_group) for one in previews} == {("unknown_chat", "Councillors")}
	(talk,) = council.importing.conversations(previews)
	assert (talk.group, talk.previews) == ("Councillors", (0, 1))
	for preview in previews:
		council.importing.take(preview, Answers(group=talk.group))
	assert council.browsing.count() == talk.messages


def test_whose_phone_it_is_is_guessed_with_a_reason_and_can_be_said_later(council: Council, chat: Chat) -> None:
	lines = (
		"12/03/2024, 08:00 - You created group “Lanes”",
		"12/03/2024, 08:01 - You added Ben Sample",
		"12/03/2024, 09:00 - Ann Example: Have you seen the plan",
		"13/03/2024, 09:01 - Ben Sample: Yes",
	)
	council.importing.import_file(chat(*lines), group="Lanes")
	ann = council.people.name_sender("Ann Example", "Ann Example", "Clerk")
	ben = council.people.name_sender("Ben Sample", "Ben Sample", None)
	more = (*lines, "14/03/2024, 09:01 - Ben Sample: Seen")
	preview = council.importing.preview(chat(*more, name="Lanes of Sample.txt"), group="Streets")
	assert preview.holder == ben
	assert "file" in preview.holder_reason
	preview = council.importing.preview(chat(*more, name="b.txt"), group="Streets")
	assert preview.holder == ann
	assert "“You”" in preview.holder_reason
	preview = council.importing.preview(chat(*more, name="b.txt"), group="Streets", phone="Ann Example's phone")
	assert (preview.holder, preview.phone) == (ann, "Ann Example's phone")
	receipt = council.importing.take(preview, Answers(group="Streets", holder=ann))
	phone = next(one for one in council.importing.phones() if one.group == "Streets")
	assert (receipt.phone, phone.person_id) == ("Ann Example's phone", ann)
	council.importing.set_phone(phone.id, "Ben's phone", ben)
	phone = next(one for one in council.importing.phones() if one.group == "Streets")
	assert (phone.name, phone.person_id) == ("Ben's phone", ben)
	assert council.safekeeping.verify().problems == ()


def test_two_phones_of_a_group_cannot_be_called_the_same(council: Council) -> None:
	council.importing.import_file(PHONES[0], group="Councillors")
	council.importing.import_file(PHONES[1], group="Councillors")
	first, second = council.importing.phones()
	with pytest.raises(CranfordError, match="called so already"):
		council.importing.set_phone(second.id, first.name.upper(), None)


def test_her_week_says_since_when_nothing_is_new(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*PRIVATE), group="Lanes")
	same = chat(*PRIVATE[1:], name="again.txt")
	assert council.importing.preview(same, group="Lanes").nothing_new_since == date(2024, 3, 15)
	edited = chat(*PRIVATE[1:-1], "15/03/2024, 08:00 - Ben Sample: This message was deleted", name="changed.txt")
	preview = council.importing.preview(edited, group="Lanes")
	assert (preview.new, preview.phone_known, preview.nothing_new_since) == (0, True, None)


def test_receipts_are_printed(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*PRIVATE), group="Lanes")
	assert council.importing.unread_lines(council.importing.receipts()[0].export_id or 0) == (PRIVATE[0],)
	assert council.importing.receipts_pdf(council.importing.receipts()).startswith(b"%PDF-")


IPHONE = (
	"[12/03/2024, 08:00:00] Lanes: \u200eMessages and calls are end-to-end encrypted.",
	"[12/03/2024, 08:01:00] Ben Sample: \u200eBen Sample added you",
	"[12/03/2024, 09:00:00] Ann Example: Have you seen the plan",
	"[13/03/2024, 09:01:00] Ben Sample: Yes",
	"[13/03/2024, 09:05:00] Cara Test: No",
)


@pytest.mark.parametrize(
	("line", "shown"),
	[
		("[14/03/2024, 09:00:00] Cara Test: \u200eYou deleted this message.", "Cara Test"),
		("[14/03/2024, 09:00:00] Cara Test: \u200eYou added Dan Trial", "Cara Test"),
		("[14/03/2024, 09:00:00] Lanes: \u200eYou changed this group's icon", None),
		("[14/03/2024, 09:00:00] Cara Test: \u200eYou were added", None),
		("[14/03/2024, 09:00:00] Cara Test: \u200eThis message was deleted.", None),
	],
)
def test_a_new_phone_is_hers_under_whose_name_whatsapp_writes_you(
	council: Council, chat: Chat, line: str, shown: str | None
) -> None:
	preview = council.importing.preview(chat(*IPHONE, line))
	assert (preview.holder, preview.holder_shown) == (None, shown)
	assert bool(preview.holder_reason) == (shown is not None)


def test_nobody_is_guessed_where_several_can_be_the_owner(council: Council, chat: Chat) -> None:
	council.importing.import_file(chat(*PRIVATE, name="first.txt"), group="Lanes")
	for name in ("Ann Example", "Ben Sample"):
		council.people.name_sender(name, name, None)
	preview = council.importing.preview(chat(*IPHONE), group="Streets")
	assert set(preview.read.tally.owner_named) == {"Ann Example", "Cara Test"}
	assert (preview.holder, preview.holder_shown, preview.holder_reason) == (None, None, "")


def test_a_chat_of_two_is_on_the_phone_of_the_one_it_is_not_called_after(council: Council, chat: Chat) -> None:
	preview = council.importing.preview(chat(*PRIVATE, name="WhatsApp Chat with Ben Sample.txt"))
	assert preview.question == "one_to_one"
	assert preview.holder_shown == "Ann Example"
	assert "other person" in preview.holder_reason
