"""What a search for a request found, in its context: the list, its keys, and the same acts as buttons below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import Qt

from cranford_desktop.domain.gathering import Membership
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui.parts.chat_lines import ChatLine, hits, message_line, personal_chips, reading_notes
from cranford_desktop.ui.parts.decide_view import by_group
from cranford_desktop.ui.parts.keyed_list import KeyedList


@dataclass(frozen=True, slots=True)
class Screen:
	"""One page of what was found, with what stands around it."""

	rows: Sequence[MessageRow]
	"""By group and conversation order."""
	found: frozenset[int]
	beside: frozenset[int]
	marks: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
	elsewhere: Mapping[int, str] = field(default_factory=dict)
	"""Where a message holds what was looked for, if not in its shown words."""


class GatherList(KeyedList):
	"""The chat; the letters act only while it has the focus. `pressed(str)`: A, L, U, Y, B, Q, [ or ]."""

	KEYS: ClassVar[Mapping[Qt.Key, str]] = {
		Qt.Key.Key_A: "A",
		Qt.Key.Key_L: "L",
		Qt.Key.Key_U: "U",
		Qt.Key.Key_Y: "Y",
		Qt.Key.Key_B: "B",
		Qt.Key.Key_Q: "Q",
		Qt.Key.Key_BracketLeft: "[",
		Qt.Key.Key_BracketRight: "]",
	}


def gather_line(row: MessageRow, screen: Screen, held: Membership, *, among: bool = False) -> ChatLine:
	"""Return a message as the gather page shows it: found or beside, in the request or left out.

	`among`: all that are shown are in the request, and only what was added by hand is said.
	"""
	chips = list(personal_chips(row))
	notes: list[tuple[str, str, str]] | None = None
	inside = row.id in held.held
	if inside:
		by_hand = row.id in held.by_hand
		if by_hand or not among:
			chips.insert(0, ("Added by hand", "hold") if by_hand else ("In this request", "business"))
	elif row.id in held.left:
		chips.insert(0, ("Left out", "plain"))
	if row.id not in screen.found and not inside:
		beside = row.id in screen.beside
		words = "Not searched: it has no words. A adds it" if beside else "Context – not found by this search"
		notes = [("image" if beside else "eye_off", words, "muted")]
	elif row.id in screen.elsewhere:
		notes = [("search", screen.elsewhere[row.id], "muted"), *reading_notes(row)]
	return message_line(
		row,
		marks=hits(screen.marks.get(row.id, ())),
		chips=chips,
		notes=notes,
		quiet=not inside and (row.id not in screen.found or row.id in held.left),
	)


def gather_lines(screen: Screen, held: Membership, *, among: bool = False) -> list[ChatLine]:
	"""Return a page of what was found as rows, with the headings of groups and days."""
	order: dict[int, int] = {}
	for row in screen.rows:
		order.setdefault(row.group_id, len(order))
	ordered = sorted(screen.rows, key=lambda one: (order[one.group_id], one.position))
	return by_group([gather_line(row, screen, held, among=among) for row in ordered])
