"""One history out of several phones: cases in which names, numbers, "you" or a deletion can mislead."""

from collections.abc import Sequence
from datetime import timedelta

from cranford_desktop.domain.messages import Record
from cranford_desktop.ingest.reconcile import FoldedExport, fold

from .phones import START


def said(at: float, who: str, text: str) -> Record:
	return Record(0, START + timedelta(minutes=at), "minute", who, text, "message", text)


def gone(at: float, who: str) -> Record:
	return said(at, who, "This message was deleted")._replace(kind="deleted", text=None, deleted=True)


def left_out(at: float, who: str, words: str) -> Record:
	return said(at, who, f"\u200e{words}")._replace(kind="media", text=None, is_media=True)


def line(at: float, text: str, event: str, *named: str) -> Record:
	return Record(0, START + timedelta(minutes=at), "minute", None, text, "system", text, event=event, named=named)


def messages(*phones: Sequence[Record]) -> list[set[str]]:
	"""Fold phones and return what each message's records say, each with the number of its phone."""
	exports = [
		FoldedExport(
			[record._replace(order=n) for n, record in enumerate(phone)],
			{},
			max(record.sent_at for record in phone),
			f"{number:064x}",
		)
		for number, phone in enumerate(phones)
	]
	found = fold(exports)
	return [{f"{export}: {phones[export][order].raw}" for export, order in one.members} for one in found.messages]


def test_somebody_whose_number_changed_is_one_person_on_every_phone():
	words = ["who opens the hall tonight", "ok", "I can bring the key", "yes", "see you at the hall then", "1"]
	saved = [said(n * 5, "Keith", text) for n, text in enumerate(words)]
	old, new = "+44 7700 900101", "+44 7700 900202"
	unsaved = [said(n * 5, old if n < 3 else new, text) for n, text in enumerate(words)]
	changed = line(12, f"{old} changed their phone number to a new number", "number", old)
	unsaved.insert(3, changed)
	found = messages(unsaved, saved)
	assert [len(one) for one in found if len(one) != 1] == [2] * len(words)
	assert len(found) == len(words) + 1


def test_two_people_under_one_name_on_one_phone():
	own = [
		said(0, "Susan Hartley", "who has the key to the hall"),
		said(9, "Susan Pugh", "I had it on Sunday"),
		said(14, "Susan Hartley", "then it is in the office"),
		said(18, "Susan Pugh", "I shall look for it there"),
		said(20, "Susan Hartley", "ok"),
		said(21, "Susan Hartley", "Hi all"),
	]
	other = [one._replace(sender="Susan") for one in own]
	assert [len(one) for one in messages(own, other)] == [2] * 6


def test_the_words_that_two_phones_read_to_their_owners_stay_apart():
	"""Tom was added at once after Susan: each phone says "added you" of its own owner."""
	begun = [said(n, "Ann", f"sentence {n} about the hedge") for n in range(4)]
	talk = [said(n, "Ann", f"sentence {n} about the verge") for n in range(5, 9)]
	ann = [
		*begun,
		line(4, "You added Susan", "added", "You", "Susan"),
		line(4, "You added Tom", "added", "You", "Tom"),
		*talk,
	]
	susan = [
		line(4, "Ann added you", "added", "Ann", "You"),
		line(4, "Ann added Tom Okafor", "added", "Ann", "Tom Okafor"),
		*talk,
		said(10, "Susan", "thank you for having me"),
	]
	tom = [
		line(4, "Ann added you", "added", "Ann Clerk", "You"),
		*(one._replace(sender="Ann Clerk") for one in talk),
		said(10, "Susan", "thank you for having me"),
	]
	added = [one for one in messages(ann, susan, tom) if any("added" in each for each in one)]
	assert sorted(map(sorted, added)) == [
		["0: You added Susan", "1: Ann added you"],
		["0: You added Tom", "1: Ann added Tom Okafor", "2: Ann added you"],
	]


def test_a_deletion_is_not_a_text_on_the_other_side_of_what_both_phones_show():
	between = [said(0.5, "Ben", f"sentence {n} about the hedge") for n in range(4)]
	one = [gone(0, "Ann"), *between]
	two = [*between, said(1, "Ann", "yes")]
	assert {"0: This message was deleted"} in messages(one, two)
	assert {"1: yes"} in messages(one, two)


def test_a_sender_offline_is_known_under_a_name_that_nothing_else_explains():
	text = "the meeting is in the small hall tonight"
	begins, ends = said(0, "Ben", "good morning to you all"), said(400, "Ben", "see you all there")
	own = [begins, said(5, "Ann", text), ends]
	other = [begins, said(380, "+44 7700 900101", text), ends]
	assert [len(one) for one in messages(own, other)] == [2] * 3


def test_what_stands_earlier_under_a_number_was_not_written_on_that_phone():
	text = "the meeting is in the small hall tonight"
	begins, ends = said(0, "Ben", "good morning to you all"), said(400, "Ben", "see you all there")
	one = [begins, said(5, "+44 7700 900101", text), ends]
	other = [begins, said(380, "Ann", text), ends]
	assert sorted(len(one) for one in messages(one, other)) == [1, 1, 2, 2]


def test_a_reminder_deleted_on_one_phone_stays_two_messages():
	"""The second phone begins after the first sending, and the first has lost the second: nothing ties them."""
	text = "the bins go out tonight, put yours out"
	thanks = said(1450, "Ben", "thank you for that")
	one = [said(0, "Ann", text), said(5, "Ben", "done that already"), thanks]
	two = [said(1440, "Ann", text), thanks]
	assert sorted(len(one) for one in messages(one, two)) == [1, 1, 1, 2]


def test_what_was_left_out_is_known_by_its_kind_in_any_language():
	one = [left_out(0, "Ann", "audio weggelaten"), left_out(0, "Ann", "afbeelding weggelaten")]
	two = [left_out(0, "Ann", "Bild weggelassen"), left_out(0, "Ann", "Audio weggelassen")]
	pairs = {frozenset(one) for one in messages(one, two)}
	assert frozenset({"0: \u200eaudio weggelaten", "1: \u200eAudio weggelassen"}) in pairs
	assert frozenset({"0: \u200eafbeelding weggelaten", "1: \u200eBild weggelassen"}) in pairs


def test_a_phone_abroad_shows_though_a_text_was_deleted_on_the_other():
	here = [
		line(0, 'You created group "Hall"', "created", "You"),
		said(2, "Ann", "who opens the hall tonight"),
		gone(3, "Ann"),
	]
	there = [
		line(540, 'Ann created group "Hall"', "created", "Ann"),
		said(542, "Ann", "who opens the hall tonight"),
		said(543, "Ann", "never mind"),
	]
	assert [len(one) for one in messages(here, there)] == [2] * 3


def test_lines_that_come_in_a_crowd_are_told_apart_by_whom_they_name():
	begins = said(0, "Tom Okafor", "I am adding everybody now")
	names = ("Ann Example", "Bob Fielding", "Carol Hedge")
	one = [begins, *(line(5, f"Tom Okafor added {who}", "added", "Tom Okafor", who) for who in names)]
	carols = (("Carol (council)", "You"), ("Ann (council)", "Ann (council)"), ("Bob (council)", "Bob (council)"))
	two = [begins, *(line(5, f"Tom Okafor added {who}", "added", "Tom Okafor", named) for who, named in carols)]
	together = messages(one, two)
	assert len(together) == 4
	assert {"0: Tom Okafor added Ann Example", "1: Tom Okafor added Ann (council)"} in together
	assert {"0: Tom Okafor added Bob Fielding", "1: Tom Okafor added Bob (council)"} in together
	assert {"0: Tom Okafor added Carol Hedge", "1: Tom Okafor added Carol (council)"} in together


def test_one_phone_that_calls_a_contact_otherwise_is_known_by_its_lines_about_you():
	words = ["who opens the hall tonight", "ok", "I can bring the key"]
	you = line(3, "You changed this group's icon", "icon", "You")
	one = [said(n * 5, ("Ann", "Bob")[n % 2], text) for n, text in enumerate(words)]
	two = [said(n * 5, ("Ann", "Bob (new)")[n % 2], text) for n, text in enumerate(words)]
	assert [len(each) for each in messages([one[0], you, *one[1:]], [two[0], you, *two[1:]])] == [2] * 4
