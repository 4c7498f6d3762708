"""A bounded window over one group's conversation, as plain data: it grows at either end and lets go of the other.

Knows nothing of widgets; reads through the browsing service, a page at a time.
"""

from collections.abc import Callable

from cranford_desktop.domain.days import Reach, reaching
from cranford_desktop.domain.messages import MessageDetail, MessageFilter, MessageRow
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.ui.parts.chat_lines import (
	ChatLine,
	hits,
	kind_chips,
	message_line,
	reading_notes,
	shown_text,
	with_days,
)
from cranford_desktop.ui.parts.message_differences import version_words

AROUND = 30
"""Messages read before and after the one that is opened."""
MORE = 60
"""Messages read when an end comes near."""
MOST = 600
"""Rows held at once, day headings aside."""

Spans = Callable[[str], list[tuple[int, int]]]


class Conversation:
	"""The part of a conversation that is on screen or close to it."""

	def __init__(self, browsing: Browsing) -> None:
		self._browsing = browsing
		self._rows: list[MessageRow] = []
		self._lines: dict[int, ChatLine] = {}
		self._reaches: list[Reach] = []
		self._ends: set[str] = set()
		self.with_personal = False
		"""Whether messages marked personal stand among the others."""
		self.spans: Spans = lambda _text: []
		"""Where a search's words stand in a text; see `mark`."""

	@property
	def group_id(self) -> int:
		"""Return which group is read, 0 for none."""
		return self._rows[0].group_id if self._rows else 0

	@property
	def message_ids(self) -> list[int]:
		"""Return the messages held, in order."""
		return [one.id for one in self._rows]

	def row(self, message_id: int) -> MessageRow | None:
		"""Return a message that is held."""
		return next((one for one in self._rows if one.id == message_id), None)

	def open(self, message_id: int, *, anew: bool = False) -> bool:
		"""Hold a message with what stands round it; return whether the window had to be read."""
		if not anew and any(one.id == message_id for one in self._rows):
			return False
		ids = self._browsing.neighbours(message_id, AROUND, AROUND, without_personal=not self.with_personal)
		before = self.group_id
		self._rows = self._browsing.rows(ids)
		self._lines.clear()
		self._ends.clear()
		if self.group_id and (anew or self.group_id != before):
			self._reaches = self._browsing.reaches(self.group_id)
		self._make(self._rows)
		return True

	def grow(self, *, earlier: bool) -> bool:
		"""Read on at one end and let go of what is too much at the other; return whether there was more."""
		end = "start" if earlier else "end"
		if not self._rows or end in self._ends:
			return False
		anchor = self._rows[0].id if earlier else self._rows[-1].id
		around = self._browsing.neighbours(
			anchor, MORE if earlier else 0, 0 if earlier else MORE, without_personal=not self.with_personal
		)
		fresh = [one for one in around if one != anchor]
		if len(fresh) < MORE:
			self._ends.add(end)
		if not fresh:
			return False
		more = self._browsing.rows(fresh)
		self._rows = [*more, *self._rows][:MOST] if earlier else [*self._rows, *more][-MOST:]
		if len(self._rows) == MOST:
			self._ends.discard("end" if earlier else "start")
		held = {one.id for one in self._rows}
		self._lines = {one: line for one, line in self._lines.items() if one in held}
		self._make(more)
		return True

	def mark(self, spans: Spans) -> None:
		"""Mark other words in what is held and in what comes."""
		self.spans = spans
		self._lines.clear()
		self._make(self._rows)

	def lines(self) -> list[ChatLine]:
		"""Return what is held as rows for the screen, with a heading over each day."""
		return with_days(self._lines[one.id] for one in self._rows)

	def _make(self, rows: list[MessageRow]) -> None:
		changed = tuple(one.id for one in rows if one.edited or one.deleted)
		details: dict[int, MessageDetail] = {}
		if changed:
			wanted = MessageFilter(ids=changed, with_set_aside=True)
			details = {one.row.id: one for one in self._browsing.details(wanted)}
		for one in rows:
			text = shown_text(one)
			self._lines[one.id] = message_line(
				one,
				marks=hits(self.spans(text)) if text else (),
				chips=kind_chips(one),
				notes=reading_notes(one, reaching(self._reaches, one.sent_at)),
				earlier=version_words(details[one.id]) if one.id in details else (),
			)
