"""Everything that happened to a request, the newest last: events, searches, letters, packs, the answer."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.disclosure import Request, SearchRecord
from cranford_desktop.domain.letters import SentLetter
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.domain.request_events import RequestEvent
from cranford_desktop.domain.requests import ARRIVALS
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.event_dialogs import undo_words
from cranford_desktop.ui.parts.event_words import EVENTS, told
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import box, col, row, rule
from cranford_desktop.ui.parts.letter_dialogs import HOW_WORDS
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, local, short_day

_SHOWN = 12
"""Lines that are shown at once; the earlier ones fold away behind a link."""


class Line(NamedTuple):
	"""One line of a timeline."""

	on: date
	at: datetime
	"""Orders what happened on one day."""
	icon: str
	words: str
	note: str = ""
	event: RequestEvent | None = None


def timeline(
	request: Request,
	events: Sequence[RequestEvent],
	searches: Sequence[SearchRecord],
	letters: Sequence[SentLetter],
	packs: Sequence[PackRecord],
) -> list[Line]:
	"""Return what happened to a request, in order."""
	came = ARRIVALS.get(request.arrived_by, "")
	first = datetime.min.replace(tzinfo=request.created_at.tzinfo)
	found = [Line(request.received, first, "mail_inbox", "It arrived", f"{came}." if came else "")]
	for one in events:
		found.append(Line(one.on, one.made_at, EVENTS[one.kind].icon, *told(one), event=one))
	for search in searches:
		note = f"{count(search.found, 'message')} found, {search.added:,} added"
		words = f"Searched for {search.words}" if search.words else "Looked at every message"
		found.append(Line(local(search.at).date(), search.at, "search", words, note))
	for letter in letters:
		found.append(Line(letter.sent_on, letter.frozen_at, "document_text", letter.subject, _went(letter)))
	for pack in packs:
		found.append(Line(local(pack.made_at).date(), pack.made_at, "document_pdf", f"Pack {pack.number} was made"))
	if request.answered_on is not None:
		last = datetime.max.replace(tzinfo=request.created_at.tzinfo)
		found.append(Line(request.answered_on, last, "checkmark_circle", "You answered"))
	return sorted(found, key=lambda one: (one.on, one.at))


def timeline_card(lines: Sequence[Line], today: date, take_back: Callable[[int], object]) -> QWidget:
	"""Return the card; `take_back` is asked with an event's id."""
	folded, shown = lines[:-_SHOWN], [_row(one, today, take_back) for one in lines[-_SHOWN:]]
	items: list = [say("What happened", "head"), 2]
	if folded:
		earlier = box(col(gap=0))
		earlier.hide()
		more = link(f"Show {count(len(folded), 'earlier line')}")

		def show() -> None:
			if earlier.layout().count() == 0:  # made when they are wanted: a long story opens as fast as a short one
				for one in folded:
					earlier.layout().addWidget(_row(one, today, take_back))
					earlier.layout().addWidget(rule())
			earlier.setVisible(earlier.isHidden())
			more.say(
				"Hide the earlier lines" if not earlier.isHidden() else f"Show {count(len(folded), 'earlier line')}"
			)

		more.clicked.connect(show)
		items += [more, earlier]
	for n, one in enumerate(shown):
		items += [rule(), one] if n else [one]
	items += [
		4,
		say("This record writes itself. Its searches go into the internal log, nothing of it into the pack.", "small"),
	]
	return card(*items, gap=0, pad=(20, 14, 20, 12))


def _row(line: Line, today: date, take_back: Callable[[int], object]) -> QWidget:
	day = theme.scaled(say(short_day(line.on, today), "small", wrap=False), "setFixedWidth", 100)
	body = [say(line.words, wrap=True)] + ([say(line.note, "muted", wrap=True)] if line.note else [])
	more: list = []
	if line.event is not None:
		back = link("Take back", name=undo_words(line.event))
		back.clicked.connect(lambda _=False, known=line.event.id: take_back(known))
		more = [back]
	return box(row(day, Glyph(line.icon), (col(*body, None, gap=1), 1), *more, gap=10, pad=(0, 6, 0, 6), top=True))


def _went(letter: SentLetter) -> str:
	pack = f", with pack {letter.pack_number}" if letter.pack_number is not None else ""
	return f"Sent {HOW_WORDS[letter.how]}{pack}."
