"""What imports did: figures in a sentence, each file, what to do next."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.messages import Receipt
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.basics import (
	Columns,
	Glyph,
	Item,
	banner,
	button,
	card,
	col,
	page,
	pairs,
	row,
	rule,
	say,
)
from cranford_desktop.ui.parts.wording import count, day_words, moment_words


def _number(n: int, words: str, note: str) -> Item:
	return (
		col(
			say(f"{n:,}", "figure", wrap=False),
			say(words, "strong", wrap=True),
			say(note, "muted", wrap=True),
			None,
			gap=2,
		),
		1,
	)


def _span(receipt: Receipt) -> str:
	return (
		f"{day_words(receipt.first.date(), weekday=False)} to {day_words(receipt.last.date(), weekday=False)}: "
		f"{count(receipt.messages, 'message')} and {count(receipt.system, 'line')} by WhatsApp itself. "
		f"{receipt.new:,} new, {receipt.matched:,} already here. "
		+ (
			f"{count(receipt.media_present, 'photo or file', 'photos and files')} kept"
			+ (f", {receipt.media_missing:,} named but not in the export." if receipt.media_missing else ".")
			if receipt.media_present or receipt.media_missing
			else "No photos or files."
		)
	)


def _title(receipts: Sequence[Receipt], new: int, *, old: bool) -> str:
	if not receipts:
		return "Nothing was imported"
	if old:
		return f"Receipt: {count(new, 'message')} added"
	if not new:
		return "Nothing new: everything was here already"
	return f"{count(new, 'new message is', 'new messages are')} in the archive"


def receipt_page(
	receipts: Sequence[Receipt],
	troubles: Sequence[tuple[str, CranfordError]],
	*,
	old: bool,
	see: Callable[[], object],
	again: Callable[[], object],
) -> QWidget:
	"""Return the page; `old` looks at a past import."""
	new = sum(one.new for one in receipts)
	at = next((one.imported_at for one in receipts if one.imported_at), None)
	when = f"{moment_words(at)}. The exports themselves are kept too, unchanged." if at else "The archive is as it was."
	done = Glyph("checkmark_circle:filled" if receipts else "info:filled", "ok" if receipts else "muted", 32)
	head = row(
		done,
		(col(say(_title(receipts, new, old=old), "title", wrap=True), say(when, "muted", wrap=True), gap=2), 1),
		gap=14,
	)
	items: list[Item] = [head]
	for name, problem in troubles:
		words = " ".join(part for part in (problem.safe, problem.do) if part)
		items.append(banner("warn", f"{name}: {problem.what}", words))
	if receipts:
		unread = sum(one.unread_lines for one in receipts)
		missing = sum(one.media_missing for one in receipts)
		items.append(
			card(
				Columns(
					_number(new, "new", "kept once each"),
					rule(vertical=True),
					_number(sum(one.matched for one in receipts), "already here", "matched, not doubled"),
					rule(vertical=True),
					_number(
						sum(one.media_present for one in receipts),
						"photos and files",
						f"{missing:,} more are named but not in the export"
						if missing
						else "all that the messages name",
					),
					rule(vertical=True),
					_number(
						unread, "lines not understood", "every line was read" if not unread else "kept in the export"
					),
					gap=20,
					fold=640,
				),
				pad=20,
			)
		)
		rows: list[tuple[str, str | QWidget]] = []
		for one in receipts:
			rows.append((f"{one.phone}, {one.group}", f"{one.file}\n{_span(one)}"))
			rows += [("", warning) for warning in one.warnings]
		items.append(card(say("What came from each phone", "head", wrap=False), 4, pairs(rows, 190), gap=4, pad=20))
	look = button("See them in the archive", "primary")
	look.clicked.connect(see)
	more = button("Import another" if not old else "Back to Import", None if receipts else "primary")
	more.clicked.connect(again)
	items.insert(2 if receipts else len(items), row(*([look] if receipts else []), more, None))
	return page(*items, width=1000)
