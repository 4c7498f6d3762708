"""Messages for the council's own e-mail: marked on every page, whole, the same bytes every time."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.documents.internal_copy import INTERNAL, InternalCopy, internal_copy_pdf
from cranford_desktop.documents.internal_mail import internal_mail
from cranford_desktop.domain.disclosure import PackEntry, Piece
from cranford_desktop.services.clock import LONDON

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
START = datetime(2025, 4, 3, 8, 12)


def entry(number: int, text: str, group: str = "Test group") -> PackEntry:
	return PackEntry(
		reference=f"{number}",
		group=(Piece(group),),
		sent_at=START + timedelta(minutes=number),
		precision="minute",
		sender=(Piece("Ann Example"),),
		role="Councillor",
		system=False,
		status="released",
		exemptions=(),
		body=(Piece(text),),
		notes=(),
		media=(),
	)


def copy(*texts: str) -> InternalCopy:
	entries = [entry(number, text) for number, text in enumerate(texts, 1)]
	return InternalCopy(
		council="Example Parish Council",
		practice=False,
		title="Test group, 3 April 2025",
		groups=("Test group",),
		start=START.date(),
		end=START.date(),
		entries=entries,
		made_at=NOW,
	)


def test_every_page_is_marked() -> None:
	document = pypdfium2.PdfDocument(internal_copy_pdf(copy(*["Some words of a message. " * 12] * 60)))
	texts = [page.get_textpage().get_text_bounded() for page in document]
	document.close()
	assert len(texts) > 4
	for text in texts:
		assert text.count(INTERNAL) >= 2  # band and foot


def test_several_groups_stand_apart() -> None:
	made = copy("One")
	both = InternalCopy(
		made.council,
		made.practice,
		"2 groups, 3 April 2025",
		("Test group", "Events"),
		made.start,
		made.end,
		[entry(1, "One"), entry(2, "Two", "Events")],
		made.made_at,
	)
	body = message_from_bytes(internal_mail(both, b"%PDF", "copy.pdf"), policy=default).get_body()
	assert body is not None
	text = body.get_content()
	assert text.index("== Test group ==") < text.index("One") < text.index("== Events ==") < text.index("Two")


@settings(max_examples=40, deadline=None)
@given(
	st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200), min_size=1, max_size=5)
)
def test_whatever_was_written_comes_out_of_the_e_mail_again(texts: list[str]) -> None:
	mail = internal_mail(copy(*texts), b"%PDF-1.7 example", "copy.pdf", "clerk@example.org")
	assert mail == internal_mail(copy(*texts), b"%PDF-1.7 example", "copy.pdf", "clerk@example.org")
	read = message_from_bytes(mail, policy=default)
	body = read.get_body()
	assert body is not None
	said = body.get_content()
	for text in texts:
		assert text in said
	(attached,) = read.iter_attachments()
	assert attached.get_content() == b"%PDF-1.7 example"
	assert read.defects == []
	assert all(len(line) <= 998 for line in mail.split(b"\r\n"))
