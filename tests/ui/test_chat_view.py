"""The painted chat: rows, marks, selection of words."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from cranford_desktop.domain.disclosure import Covered, Piece, Redaction
from cranford_desktop.domain.messages import Attachment, MessageRow
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import (
	ChatLine,
	clerk_view,
	message_line,
	requester_view,
	source_offset,
	with_days,
)
from cranford_desktop.ui.parts.chat_view import ChatView, initials
from cranford_desktop.ui.parts.laid import Laid, Mark

REDACTION = Redaction(1, "text", "x", "s40(2)")


def row(number: int, text: str | None, day: int = 3, who: str | None = "Ann Example", **more) -> MessageRow:
	at = datetime(2025, 4, day, 8, number % 60)
	kind = more.pop("kind", "message")
	return MessageRow(
		number, 1, "Group", number, at, "minute", who, who, None, kind, text, text or "",
		more.pop("edited", False), more.pop("deleted", False), number, more.pop("attachments", ()),
		more.pop("exports", 1), "council",
	)  # fmt: skip


def shown(qtbot, rows: list[MessageRow]) -> ChatView:
	view = ChatView()
	qtbot.addWidget(view)
	view.set_lines(with_days(message_line(one) for one in rows))
	view.resize(800, 600)
	view.show()
	return view


def test_days_head_their_messages_and_are_passed_by(dressed, qtbot) -> None:
	view = shown(qtbot, [row(1, "One"), row(2, "Two", day=4)])
	assert [view.model().data(view.model().index(at, 0)) for at in (0, 2)] == [
		"Thursday 3 April 2025",
		"Friday 4 April 2025",
	]
	view.show_message(1)
	assert view.step(1)
	assert view.current_message() == 2
	assert not view.step(1)


def test_a_row_is_read_aloud_as_one_sentence(dressed) -> None:
	photo = Attachment(7, "IMG-1.jpg", "image/jpeg", 10, "", present=True)
	line = message_line(row(5, "Photo taken", attachments=(photo,), edited=True, exports=2))
	assert line.spoken == ("Ann Example, 08:05: Photo taken. IMG-1.jpg, Photo, not described. Edited.")
	gone = message_line(row(6, None, kind="deleted"))
	assert "No export holds its words" in gone.spoken


@given(
	text=st.text(alphabet="ab \n\U0001f600é", min_size=1, max_size=30),
	cuts=st.lists(st.tuples(st.integers(0, 29), st.integers(1, 6)), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_the_clerk_sees_every_word_and_offsets_lead_back(text: str, cuts: list[tuple[int, int]]) -> None:
	covered, at = [], 0
	for start, length in sorted(cuts):
		if start >= at and start + length <= len(text):
			covered.append(Covered(start, start + length, REDACTION))
			at = start + length
	words, marks = clerk_view(text, covered)
	labels = [mark for mark in marks if mark.kind == "label"]
	plain = "".join(
		char for place, char in enumerate(words) if not any(mark.start <= place < mark.end for mark in labels)
	)
	assert plain == text
	line = ChatLine("message", words, marks=marks)
	for place in range(len(words)):
		if not any(mark.start <= place < mark.end for mark in labels):
			assert words[place] == text[source_offset(line, place)]
	struck = [words[mark.start : mark.end] for mark in marks if mark.kind == "redact"]
	assert struck == [text[one.start : one.end] for one in covered]


def test_the_requester_reads_labels_instead_of_words(dressed) -> None:
	words, marks = requester_view((Piece("Ring "), Piece("[Redacted – personal data, s40(2)]", True), Piece(" now")))
	assert "s40(2)" in words
	assert words.startswith("Ring ")
	assert [mark.kind for mark in marks] == ["gap"]


def test_offsets_count_characters_not_units(dressed) -> None:
	text = "a\U0001f600b\U0001f600c"
	laid = Laid(text, theme.font("body"), 400, [Mark(2, 3)])
	[spot] = laid.rectangles(2, 3)
	assert laid.character_at(spot.center()) in (2, 3)
	assert laid.character_at(laid.rectangles(4, 5)[0].topRight() + QPoint(20, 2)) == len(text)


def test_words_are_selected_with_the_mouse(dressed, qtbot) -> None:
	view = shown(qtbot, [row(1, "Ring Mrs Potter \U0001f600 on 07700 900123")])
	index = view.model().index(1, 0)
	where = view.visualRect(index)
	plan = view.itemDelegate().plan(index, view.viewport().width())
	y, laid = plan.words()
	start, end = 5, 15
	left = laid.rectangles(start, end)[0]
	first = QPoint(round(plan.x + left.left() + 2), round(where.y() + y + left.center().y()))
	last = QPoint(round(plan.x + left.right() - 1), first.y())
	with qtbot.waitSignal(view.words_chosen) as told:
		qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
		qtbot.mouseMove(view.viewport(), last)
		view._stretch(last)
		qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
	assert told.args == [1, start, end]
	with qtbot.waitSignal(view.words_chosen) as told:
		qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
	assert told.args == [1, 5, 8]


def test_more_rows_leave_what_is_read_where_it_is(dressed, qtbot) -> None:
	rows = [row(number, f"Message {number}", day=1 + number // 60) for number in range(1, 200)]
	view = shown(qtbot, rows[80:140])
	view.show_message(110)
	top = view.visualRect(view.model().index(view.model().row_of(110), 0)).top()
	view.set_lines_in_place(with_days(message_line(one) for one in rows))
	now = view.visualRect(view.model().index(view.model().row_of(110), 0)).top()
	assert view.current_message() == 110
	assert abs(now - top) <= 40  # a day heading may have come before it


@pytest.mark.parametrize(
	("who", "letters"),
	[("Cllr Jean Shaw", "JS"), ("~Ann", "A"), ("+44 7700 900123", "23"), ("", "?"), ("Ruth Bell (Chair)", "RB")],
)
def test_a_disc_has_letters_of_the_name(who: str, letters: str) -> None:
	assert initials(who) == letters
