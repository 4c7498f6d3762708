"""Messages as an e-mail file: the words as text, the same as a PDF attached. Nothing is sent by the app."""

from collections.abc import Iterator, Sequence
from datetime import date
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from cranford_desktop.documents import words
from cranford_desktop.documents.internal_copy import INTERNAL, WARNING, InternalCopy
from cranford_desktop.domain.disclosure import PackEntry


def internal_mail(copy: InternalCopy, pdf: bytes, pdf_name: str, to: str = "") -> bytes:
	"""Return the e-mail as the bytes of an `.eml` file. The same content and moment give the same bytes.

	`to`: the council's own address as the clerk wrote it; without one the line is left out. No sender is invented.
	"""
	mail = EmailMessage(policy=policy.SMTP.clone(max_line_length=998, cte_type="7bit"))
	mail["Subject"] = f"{INTERNAL}: WhatsApp messages, {copy.title}"
	mail["Date"] = format_datetime(copy.made_at)
	if to:
		mail["To"] = to
	mail["X-Unsent"] = "1"  # mail programs open it as a draft
	mail.set_content("\n".join(_body(copy)), charset="utf-8", cte="base64")
	mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=pdf_name)
	mail.set_boundary(f"=_{sha256(pdf).hexdigest()[:32]}")
	return mail.as_bytes()


def _body(copy: InternalCopy) -> Iterator[str]:
	yield INTERNAL
	yield WARNING
	yield ""
	yield f"{copy.council}: {copy.title}"
	yield f"{words.count(len(copy.entries), 'message')}. Times are UK local time. The same stands in the PDF attached."
	yield from _messages(copy.entries)
	yield ""


def _messages(entries: Sequence[PackEntry]) -> Iterator[str]:
	group, day = "", date.min
	for entry in entries:
		name = words.plain(entry.group)
		if name != group:
			group, day = name, date.min
			yield ""
			yield f"== {name} =="
		if entry.sent_at.date() != day:
			day = entry.sent_at.date()
			yield ""
			yield words.weekday(day)
		sender = words.plain(entry.sender)
		notes = "".join(f" ({one})" for one in entry.notes)
		body = words.plain(entry.body)
		media = [f"[{words.plain(one.label)}{f': {one.note}' if one.note else ''}]" for one in entry.media]
		said = " ".join(part for part in (body, *media) if part)
		yield f"{words.clock(entry.sent_at, entry.precision)}  {f'{sender}: ' if sender else ''}{said}{notes}"
