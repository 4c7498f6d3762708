"""How a request's messages look while they are decided on, and the list that takes the decision keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from cranford_desktop.domain.disclosure import Candidate, Piece, Redaction
from cranford_desktop.domain.media_decisions import medium_of
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.redacting import cover, find
from cranford_desktop.ui.parts.chat_lines import (
	ChatLine,
	clerk_view,
	message_line,
	personal_chips,
	reading_notes,
	requester_view,
	shown_text,
	with_days,
)
from cranford_desktop.ui.parts.chat_model import LINE
from cranford_desktop.ui.parts.keyed_list import KeyedList
from cranford_desktop.ui.parts.review_state import verdict


class DecideList(KeyedList):
	"""The chat; the decision keys act only while it has the focus."""

	day_wanted = Signal(object, str)
	"""A day heading was clicked: its date and its group."""
	KEYS: ClassVar[Mapping[Qt.Key, str]] = {
		Qt.Key.Key_R: "R",
		Qt.Key.Key_D: "D",
		Qt.Key.Key_W: "W",
		Qt.Key.Key_N: "N",
		Qt.Key.Key_P: "P",
		Qt.Key.Key_U: "U",
		Qt.Key.Key_E: "E",
		Qt.Key.Key_T: "T",
		Qt.Key.Key_A: "A",
		**{Qt.Key(Qt.Key.Key_1 + at): str(at + 1) for at in range(9)},
		Qt.Key.Key_G: "G",
		Qt.Key.Key_Space: " ",
		Qt.Key.Key_BracketLeft: "[",
		Qt.Key.Key_BracketRight: "]",
	}

	def mousePressEvent(self, event: QMouseEvent) -> None:
		at = self.indexAt(event.position().toPoint())
		heading = self._heading(event.position().toPoint())
		below = at.siblingAtRow(at.row() + 1).data(LINE) if heading is not None else None
		super().mousePressEvent(event)
		if below is not None and event.button() == Qt.MouseButton.LeftButton:
			self.setFocus(Qt.FocusReason.MouseFocusReason)
			self.day_wanted.emit(below.day, below.group)


def by_group(lines: Sequence[ChatLine]) -> list[ChatLine]:
	"""Return lines with their day headings; where several groups stand under each other, as in the pack, each begins
	with its number.
	"""
	names = list(dict.fromkeys(line.group for line in lines))
	made = with_days(lines, name_groups=len(names) > 1)
	if len(names) <= 1:
		return made
	before = ""
	for at, line in enumerate(made[:-1]):
		group = made[at + 1].group
		if line.kind == "day" and group != before:
			made[at] = replace(line, text=f"Group {names.index(group) + 1} of {len(names)}: {line.text}")
			before = group
	return made


def clerk_line(message: MessageRow, candidate: Candidate | None) -> ChatLine:
	"""Return a message as the clerk sees it; without a candidate it is context, shown for sense only."""
	if candidate is None:
		notes = [("eye_off", "Context – not part of the pack", "muted")]
		return message_line(message, quiet=True, notes=notes, chips=personal_chips(message))
	text, marks = clerk_view(message.text, candidate.covered) if message.text is not None else (shown_text(message), ())
	notes = list(reading_notes(message))
	for words, rule in candidate.beside:
		notes.append(("edit", f"Covered up beside it: {words} ({rule.exemption})", "redact"))
	decision = candidate.decision
	if decision is None or decision.choice == "release":
		notes += media_notes(candidate)
	quiet = decision is not None and decision.choice in ("not_in_scope", "not_held")
	then = candidate.decided_text if candidate.changed_since_decided else None
	return message_line(
		message,
		text=text,
		marks=marks,
		notes=notes,
		earlier=[("When you decided", then)] if then else (),
		verdict=verdict(candidate),
		quiet=quiet,
		chips=personal_chips(message),
	)


def media_notes(candidate: Candidate) -> list[tuple[str, str, str]]:
	"""Return what becomes of a message's photos and files, as far as it is decided."""
	held = [one for one in candidate.row.attachments if one.present]
	decided = [medium_of(one, candidate.decision, candidate.media) for one in held]
	going = sum(one is not None and one.choice == "release" for one in decided)
	if not held or (candidate.decision is None and not any(decided)):
		return []
	if len(held) == 1:
		one = decided[0]
		if going:
			return [("image", "Its photo or file goes into the pack", "ok")]
		why = f": {one.exemption}" if one is not None and one.exemption else ""
		return [("eye_off", f"Its photo or file is left out of the pack{why}", "muted")]
	open_ones = sum(one is None for one in decided)
	told = f"{going:,} of {len(held):,} photos and files go into the pack"
	told += f", {open_ones:,} not decided" if open_ones else ""
	return [("image" if going else "eye_off", told, "ok" if going == len(held) else "muted")]


def requester_line(
	candidate: Candidate,
	pieces: Sequence[Piece],
	redactions: Sequence[Redaction],
	label_for: Callable[[Redaction], str],
) -> ChatLine:
	"""Return a message as the requester will read it: `pieces` from the pack's own builder, names covered alike."""

	def covered(words: str | None) -> str:
		return "".join(piece.text for piece in cover(words or "", find(words or "", redactions), label_for))

	row = candidate.row
	decision = candidate.decision
	shown = row._replace(
		sender=covered(row.sender) if row.sender else row.sender,
		role=row.role if row.sender is None or covered(row.sender) == row.sender else None,
		group=covered(row.group),
		attachments=tuple(replace(one, name=covered(one.name) or None) for one in row.attachments),
	)
	text, marks = requester_view(pieces)
	if decision is None or decision.choice != "release":
		return message_line(shown, text=text, marks=marks, notes=(), with_media=False)
	decided = (medium_of(one, decision, candidate.media) for one in row.attachments)
	going = [one is not None and one.choice == "release" for one in decided]
	going_out = tuple(one for one, put_in in zip(shown.attachments, going, strict=True) if put_in)
	return message_line(shown._replace(attachments=going_out), text=text, marks=marks, notes=(), with_media=True)
