"""What the chat view shows, as plain data: messages, day headings, system lines. Knows nothing of painting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from cranford_desktop.domain.days import Reached
from cranford_desktop.domain.disclosure import Covered, Piece
from cranford_desktop.domain.messages import Attachment, MessageRow
from cranford_desktop.domain.people import plain_name
from cranford_desktop.ui.parts.laid import Mark
from cranford_desktop.ui.parts.wording import count, day_words, size_words

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Media:
	"""A file of a message as the view shows it."""

	attachment_id: int | None
	"""None: the file is not in the archive."""
	title: str
	"""Its name, or what it was."""
	note: str
	photo: bool


@dataclass(frozen=True, slots=True)
class ChatLine:
	"""One row of the chat view."""

	kind: Literal["day", "system", "message"]
	text: str
	message_id: int = 0
	day: date | None = None
	group: str = ""
	time: str = ""
	who: str = ""
	role: str = ""
	marks: tuple[Mark, ...] = ()
	"""On `text`, in order."""
	chips: tuple[tuple[str, str], ...] = ()
	"""(words, chip kind of the style sheet)"""
	notes: tuple[tuple[str, str, str], ...] = ()
	"""(icon, words, token) in one line under the words."""
	media: tuple[Media, ...] = ()
	earlier: tuple[tuple[str, str], ...] = ()
	"""(which, its words) of other wordings that exports hold: ("First sent", "…")."""
	quote: str = ""
	verdict: tuple[str, str, str] | None = None
	"""(words, icon, token) at the right: what was decided."""
	quiet: bool = False
	"""Shown for sense only: context, or out of scope."""

	@property
	def spoken(self) -> str:
		"""Return the row as one sentence for a screen reader."""
		if self.kind == "day":
			return self.text
		if self.kind == "system":
			return f"{self.time}: {self.text}"
		who = f"{self.who}, {self.role}" if self.role else self.who
		parts = [f"{who}, {self.time}: {self.text}".rstrip()]
		parts += [f"{which}: {words}" for which, words in self.earlier]
		parts += [one.title + (f", {one.note}" if one.note else "") for one in self.media]
		parts += [words for _, words, _ in self.notes]
		parts += [words for words, _ in self.chips]
		if self.verdict:
			parts.append(self.verdict[0])
		return ". ".join(part.rstrip(".") for part in parts) + "."


def _media(one: Attachment) -> Media:
	photo = bool(one.media_type and one.media_type.startswith("image/"))
	what = "Photo" if photo else "File"
	if one.present and one.id is not None:
		note = "Photo, not described" if photo else (size_words(one.size) if one.size else "")
		return Media(one.id, plain_name(one.name or what), note, photo)
	if one.name is None:
		return Media(None, "A photo or file", "WhatsApp left it out of the export", photo=False)
	return Media(None, plain_name(one.name), f"{what} named, but not in the export", photo=False)


_WITHOUT_WORDS = {
	"deleted": "This message was deleted. No export holds its words.",
	"call": "A call",
	"contact": "A contact card",
	"location": "A place",
	"poll": "A poll",
}


def shown_text(row: MessageRow) -> str:
	"""Return the words of a message as screens show them: what was written, else what the export says instead."""
	if row.text is not None:
		return row.text
	if row.kind in ("call", "contact", "location", "poll"):
		return plain_name(row.raw) or _WITHOUT_WORDS[row.kind]
	return _WITHOUT_WORDS.get(row.kind, "" if row.attachments else plain_name(row.raw))


_KIND_CHIPS = {
	"personal": ("Personal", "personal"),
	"mixed": ("Mixed", "plain"),
	"sensitive": ("Sensitive", "sensitive"),
}


def kind_chips(row: MessageRow) -> tuple[tuple[str, str], ...]:
	"""Return the chips of a message: its kind of business and its tags, two at most.

	Council business without a tag, the normal case, has none.
	"""
	chip = _KIND_CHIPS.get(row.category)
	chips = [chip] if chip else []
	if row.tags:
		more = f" +{len(row.tags) - 1}" if len(row.tags) > 1 else ""
		chips.append((f"{row.tags[0]}{more}", "plain"))
	return tuple(chips)


def personal_chips(row: MessageRow) -> tuple[tuple[str, str], ...]:
	"""Return the chip that says, in a request, that a message was marked personal: it is searched all the same."""
	return (("Marked personal", "personal"),) if row.category == "personal" else ()


def reading_notes(row: MessageRow, among: Reached | None = None) -> tuple[tuple[str, str, str], ...]:
	"""Return what stands under a message in reading: deleted, edited, missing from some of the exports.

	`among`: how many exports reach its time. Where all of them show it, the normal case, nothing is said; phones are
	named where they are fewer than the exports.
	"""
	notes: list[tuple[str, str, str]] = []
	if row.deleted and row.kind != "deleted":
		notes.append(("delete", "Deleted by its sender. These words come from an earlier export.", "warn"))
	if row.edited:
		notes.append(("edit", "Edited", "muted"))
	if among is not None and row.exports < among.exports:
		phones = f" from {count(among.phones, 'phone')}" if among.phones < among.exports else ""
		notes.append(("layer", f"In {row.exports} of {among.exports} exports{phones}", "muted"))
	if row.uncertain_order:
		notes.append(("arrow_sort_down_lines", "Place uncertain: the phones disagree", "muted"))
	return tuple(notes)


def message_line(
	row: MessageRow,
	*,
	text: str | None = None,
	marks: Sequence[Mark] = (),
	chips: Sequence[tuple[str, str]] = (),
	notes: Sequence[tuple[str, str, str]] | None = None,
	earlier: Sequence[tuple[str, str]] = (),
	verdict: tuple[str, str, str] | None = None,
	quiet: bool = False,
	with_media: bool = True,
) -> ChatLine:
	"""Return a message as a row; `text` and `marks` replace its own words (redacted or highlighted views)."""
	return ChatLine(
		kind="system" if row.kind == "system" else "message",
		text=shown_text(row) if text is None else text,
		message_id=row.id,
		day=row.sent_at.date(),
		group=row.group,
		time=f"{row.sent_at:%H:%M}",
		who=row.sender or "",
		role=row.role or "",
		marks=tuple(marks),
		chips=tuple(chips),
		notes=reading_notes(row) if notes is None else tuple(notes),
		media=tuple(_media(one) for one in row.attachments) if with_media else (),
		earlier=tuple(earlier),
		verdict=verdict,
		quiet=quiet,
	)


def with_days(lines: Iterable[ChatLine], *, name_groups: bool = False) -> list[ChatLine]:
	"""Return lines with a heading before each day; `name_groups` says the group too, where a list mixes several."""
	out: list[ChatLine] = []
	last: tuple[str, date | None] | None = None
	for line in lines:
		here = (line.group if name_groups else "", line.day)
		if line.day is not None and here != last:
			words = day_words(line.day)
			out.append(ChatLine("day", f"{line.group} – {words}" if name_groups else words, day=line.day))
			last = here
		out.append(line)
	return out


def hits(spans: Iterable[tuple[int, int]]) -> tuple[Mark, ...]:
	"""Return marks for where a search's words stand."""
	return tuple(Mark(start, end, "hit") for start, end in spans)


def clerk_view(text: str, covered: Sequence[Covered]) -> tuple[str, tuple[Mark, ...]]:
	"""Return a text as the clerk sees it: covered-up words readable and struck, their code in small after them."""
	out: list[str] = []
	marks: list[Mark] = []
	at = length = 0
	for start, end, redaction in covered:
		out += [text[at:start], text[start:end]]
		length += end - at
		marks.append(Mark(length - (end - start), length, "redact"))
		label = f"{NBSP}{redaction.exemption}".replace(" ", NBSP)
		out.append(label)
		marks.append(Mark(length, length + len(label), "label"))
		length += len(label)
		at = end
	return "".join([*out, text[at:]]), tuple(marks)


def requester_view(pieces: Sequence[Piece]) -> tuple[str, tuple[Mark, ...]]:
	"""Return a text as the requester will read it: solid labels where words were taken out."""
	out: list[str] = []
	marks: list[Mark] = []
	length = 0
	for text, is_label, *_ in pieces:
		words = f"{NBSP}{text.replace(' ', NBSP)}{NBSP}" if is_label else text
		if is_label:
			marks.append(Mark(length, length + len(words), "gap"))
			words += "\u200a"
		out.append(words)
		length += len(words)
	return "".join(out), tuple(marks)


def source_offset(line: ChatLine, shown: int) -> int:
	"""Return the place in the message's own words of a character of the row, whose labels are not part of them."""
	taken = 0
	for mark in line.marks:
		if mark.kind == "label" and mark.start < shown:
			taken += min(mark.end, shown) - mark.start
	return shown - taken


def decided(line: ChatLine, verdict: tuple[str, str, str] | None) -> ChatLine:
	"""Return the row with another verdict."""
	return replace(line, verdict=verdict)


def tinted(line: ChatLine, spans: Iterable[tuple[int, int]]) -> ChatLine:
	"""Return the row with these stretches tinted, as far as they carry no other mark."""
	free = [
		Mark(start, end, "sensitive")
		for start, end in spans
		if not any(mark.start < end and start < mark.end for mark in line.marks)
	]
	return replace(line, marks=(*line.marks, *free)) if free else line
