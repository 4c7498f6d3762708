"""Handing messages on to the council's e-mail, and the register of it."""

from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import Cancelled, CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.store import ledger

GROUP = "Test group"
WORDS = "The pavilion key is under the mat"


@pytest.fixture
def held(council: Council, chat: Callable[..., Path]) -> Council:
	path = chat(
		"20/11/2026, 09:00 - Ann Example: Good morning",
		f"20/11/2026, 09:01 - Ben Sample: {WORDS} \U0001f511",
		"21/11/2026, 10:00 - Ann Example: <Media omitted>",
		'21/11/2026, 10:05 - Ann Example changed the subject to "Budget"',
	)
	council.importing.import_file(path, group=GROUP, phone="Ann Example's phone")
	return council


@pytest.mark.parametrize("form", ["pdf", "eml", "print"])
def test_the_same_messages_give_the_same_bytes(held: Council, form: str) -> None:
	first = held.transfers.make(MessageFilter(group=GROUP), form)  # type: ignore[arg-type]
	assert first == held.transfers.make(MessageFilter(group=GROUP), form)  # type: ignore[arg-type]
	assert (first.messages, first.start, first.end) == (4, date(2026, 11, 20), date(2026, 11, 21))
	assert first.name.startswith("INTERNAL-Test-group-2026-11-20-to-2026-11-21.")


def test_the_e_mail_holds_the_words_and_the_pdf_and_invents_no_sender(held: Council) -> None:
	day = MessageFilter(group=GROUP, start=date(2026, 11, 20), end=date(2026, 11, 20))
	mail = message_from_bytes(held.transfers.make(day, "eml", to="clerk@example.org").data, policy=default)
	assert mail["From"] is None
	assert mail["To"] == "clerk@example.org"
	assert mail["Subject"] == "INTERNAL: not a disclosure: WhatsApp messages, Test group, 20 November 2026"
	assert mail["Date"].datetime == held.clock()
	body = mail.get_body()
	assert body is not None
	text = body.get_content()
	assert "INTERNAL: not a disclosure" in text
	assert f"09:01  Ben Sample: {WORDS} \U0001f511" in text
	(attached,) = mail.iter_attachments()
	pdf = attached.get_content()
	assert attached.get_filename() == "INTERNAL-Test-group-2026-11-20.pdf"
	assert pdf == held.transfers.make(day, "pdf").data
	assert message_from_bytes(held.transfers.make(day, "eml").data, policy=default)["To"] is None


@pytest.mark.parametrize("to", ["two@example.org, three@example.org", "no address", "a@b\r\nBcc: x@example.org"])
def test_what_is_no_single_address_is_refused(held: Council, to: str) -> None:
	with pytest.raises(CranfordError):
		held.transfers.make(MessageFilter(), "eml", to=to)


def test_a_saved_file_lies_outside_and_stands_in_the_register(held: Council, tmp_path: Path) -> None:
	file = held.transfers.make(MessageFilter(group=GROUP), "pdf")
	place = tmp_path / file.name
	made = held.transfers.save(file, place, member=" Ann  Example ", to_whom="clerk@example.org", what="Pavilion")
	assert place.read_bytes() == file.data
	assert made.sha256 == sha256(file.data).hexdigest()
	assert (made.member, made.what, made.messages, made.form) == ("Ann Example", "Pavilion", 4, "pdf")
	assert held.transfers.register() == [made]
	printed = held.transfers.printed(file, member="Ben Sample", to_whom="Minute book")
	assert [one.id for one in held.transfers.register()] == [printed.id, made.id]
	assert (printed.form, printed.what) == ("print", GROUP)
	assert [one.name for one in tmp_path.iterdir() if "unfinished" in one.name] == []


def test_the_record_of_actions_holds_digests_and_counts_only(held: Council, tmp_path: Path) -> None:
	file = held.transfers.make(MessageFilter(), "eml")
	made = held.transfers.save(file, tmp_path / "copy.eml", member="Ann Example", to_whom="clerk@example.org")
	with held.archive.reading() as connection:
		entry = ledger.entries(connection)[-1]
	assert entry.action == "transferred messages"
	assert dict(entry.detail) == {"transfer": made.id, "messages": 4, "form": "eml", "sha256": made.sha256}


def test_nothing_goes_into_the_archives_own_folder(held: Council) -> None:
	file = held.transfers.make(MessageFilter(), "pdf")
	for place in (held.folder / "copy.pdf", held.folder / "files" / "copy.pdf"):
		with pytest.raises(CranfordError):
			held.transfers.save(file, place, member="Ann Example", to_whom="clerk@example.org")
		assert not place.exists()
	assert held.transfers.register() == []


def test_what_cannot_be_written_is_not_registered_and_an_older_file_stays(held: Council, tmp_path: Path) -> None:
	file = held.transfers.make(MessageFilter(), "pdf")
	older = tmp_path / "folder.pdf"
	older.mkdir()
	(older / "kept").write_text("kept", encoding="utf-8")
	for place in (older, tmp_path / "nowhere" / "copy.pdf"):
		with pytest.raises(CranfordError):
			held.transfers.save(file, place, member="Ann Example", to_whom="clerk@example.org")
	assert (older / "kept").read_text(encoding="utf-8") == "kept"
	assert held.transfers.register() == []


@pytest.mark.parametrize(("member", "to_whom"), [("", "clerk@example.org"), ("Ann Example", "  ")])
def test_the_register_needs_a_member_and_a_receiver(held: Council, tmp_path: Path, member: str, to_whom: str) -> None:
	file = held.transfers.make(MessageFilter(), "pdf")
	with pytest.raises(CranfordError):
		held.transfers.save(file, tmp_path / "copy.pdf", member=member, to_whom=to_whom)
	assert not (tmp_path / "copy.pdf").exists()


def test_no_message_no_file(held: Council) -> None:
	with pytest.raises(CranfordError):
		held.transfers.make(MessageFilter(search="nothing like this"), "pdf")


def test_making_can_be_stopped(held: Council) -> None:
	with pytest.raises(Cancelled):
		held.transfers.make(MessageFilter(), "pdf", stopped=lambda: True)
