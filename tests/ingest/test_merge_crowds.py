"""One history out of several phones: cases in which much is alike within minutes, or nothing but names tells."""

from datetime import timedelta

from cranford_desktop.domain.merging import HeldMessage
from cranford_desktop.ingest.reconcile import face_of, merge

from .test_merge_cases import gone, line, messages, said

LONG = "the hedge on the lane wants cutting"


def to_the_second(at: float, who: str, text: str, seconds: int):
	one = said(at, who, text)
	return one._replace(sent_at=one.sent_at + timedelta(seconds=seconds), precision="second")


def test_what_one_phone_shows_under_a_number_is_of_no_other_number():
	"""Two short words do not tell that Bob Fielding is 101, but who sent the thumb is not 102."""
	first = [
		said(0, "Carol Hedge", "who opens the hall tonight"),
		said(5, "Bob Fielding", "👍"),
		said(9, "Carol Hedge", "thank you all very much"),
	]
	second = [
		said(0, "Carol PC", "who opens the hall tonight"),
		said(5, "+44 7700 900101", "👍"),
		said(9, "Carol PC", "thank you all very much"),
	]
	third = [
		said(0, "Carol Hedge", "who opens the hall tonight"),
		gone(5, "+44 7700 900102"),
		said(9, "Carol Hedge", "thank you all very much"),
		said(30, "Carol Hedge", "the hall is locked again"),
	]
	assert {"0: 👍", "1: 👍"} in messages(first, second, third)


def test_a_name_is_a_number_elsewhere_sooner_than_another_name():
	bob = [
		said(0, "Ann PC", "good evening to you all"),
		said(5, "Bob Fielding", LONG),
		said(5, "+44 7700 900103", LONG),
	]
	dave = [
		to_the_second(0, "Ann Example", "good evening to you all", 3),
		to_the_second(5, "Dave Stile", LONG, 51),
		to_the_second(30, "Ann Example", "that is settled, then", 7),
	]
	bob[1] = bob[1]._replace(raw="Bob's " + bob[1].raw)
	assert {"0: " + LONG, "1: " + LONG} in messages(bob, dave)


def test_several_people_who_say_the_same_are_matched_at_once():
	"""Carol's phone shows Ann's words below Carol's; Ann is 100 there, and 102 is not Ann."""
	ann = [
		to_the_second(0, "Ann Example", "see you", 0),
		to_the_second(0, "Ann Example", LONG, 1),
		to_the_second(2, "+44 7700 900102", LONG, 10),
		to_the_second(5, "+44 7700 900101", "contractor allotment corner", 13),
	]
	carol = [
		said(0, "+44 7700 900100", "see you"),
		said(0, "Carol Hedge", LONG),
		said(0, "+44 7700 900100", LONG),
		said(5, "+44 7700 900101", "contractor allotment corner"),
	]
	assert [len(one) for one in messages(ann, carol)] == [2] * 4


def test_a_deletion_is_not_of_somebody_called_otherwise():
	first = [said(0, "Dave Stile", "corner letter cutting precept"), gone(60, "Ann Example")]
	second = [
		said(0, "+44 7700 900103", "corner letter cutting precept"),
		said(60, "Bob Fielding", "footpath reply hall green hedge"),
		said(90, "+44 7700 900103", "clerk planning repair lamp"),
	]
	assert [len(one) for one in messages(first, second)] == [2, 1, 1, 1]


def test_short_words_of_other_people_set_no_clock():
	"""Dave said one of them, Ann the other; here Ann said both, hours later."""
	first = [
		said(0, "+44 7700 900100", "1"),
		said(1, "+44 7700 900100", "agenda repair field"),
		said(2, "Dave Stile", "Noted"),
		said(2, "Dave Stile", "👍"),
	]
	second = [said(212, "Ann Example", "1"), said(213, "Ann Example", "Noted"), said(213, "Bob Fielding", "👍")]
	assert all(len(one) == 1 for one in messages(first, second))


def test_who_says_the_same_in_one_second_is_one_person():
	first = [to_the_second(0, "Eve Brook", "Thanks", 10), to_the_second(20, "Eve Brook", "see you there then", 11)]
	second = [
		to_the_second(0, "+44 7700 900104", "Thanks", 10),
		to_the_second(20, "+44 7700 900104", "x", 11)._replace(
			kind="deleted", text=None, raw="This message was deleted", deleted=True
		),
		to_the_second(40, "+44 7700 900104", "ok", 1),
	]
	first.insert(1, to_the_second(19, "Frank Lane", "see you there too", 40))
	assert {"0: see you there then", "1: This message was deleted"} in messages(first, second)


def test_one_renamed_contact_makes_no_other_phone():
	before = [
		said(0, "Ann E", "?"),
		line(3, "+44 7700 900102 added you", "added", "+44 7700 900102", "You"),
		line(3, "Ann E added you", "added", "Ann E", "You"),
		said(50, "Ann E", "footpath grass lamp bus planning"),
	]
	after = [
		said(0, "Ann (new)", "?"),
		line(3, "+44 7700 900102 added you", "added", "+44 7700 900102", "You"),
		line(3, "Ann (new) added you", "added", "Ann (new)", "You"),
		said(50, "Ann (new)", "footpath grass lamp bus planning"),
		said(90, "Ann (new)", "that was all for today"),
	]
	assert [len(one) for one in messages(before, after)] == [2, 2, 2, 2, 1]


def test_words_go_to_their_own_minute_beyond_what_stands_elsewhere():
	"""Of "no" one phone shows the place otherwise, and that parts the stretches in which the rest is matched."""
	first = [
		said(0, "+44 7700 900101", "who opens the hall tonight"),
		said(28, "Ann (council)", "👍"),
		said(28, "Ann (council)", "ok ok"),
		said(29, "+44 7700 900101", "no"),
		said(30, "Ann (council)", "ok ok"),
		said(30, "Dave Stile", "see you"),
	]
	second = [
		said(0, "+44 7700 900101", "who opens the hall tonight"),
		said(27, "+44 7700 900101", "no"),
		said(29, "+44 7700 900100", "👍"),
		said(28, "+44 7700 900100", "ok ok"),
		said(32, "+44 7700 900103", "see you"),
		said(30, "+44 7700 900100", "ok ok"),
	]
	first = [one._replace(raw=f"{one.raw} {n}") for n, one in enumerate(first)]
	second = [one._replace(raw=f"{one.raw} {n}") for n, one in zip((0, 3, 1, 2, 5, 4), second, strict=True)]
	found = messages(first, second)
	assert {"0: ok ok 2", "1: ok ok 2"} in found
	assert {"0: ok ok 4", "1: ok ok 4"} in found


def test_what_is_left_after_another_clock_was_tried_stands_at_its_own_time():
	"""Ann wrote without a signal; her own phone shows when. Four minutes of chance make no clock."""
	talk = [(n * 10, ("+44 7700 900101", "+44 7700 900102")[n % 2], f"sentence {n} about the verge") for n in range(20)]
	others = [said(*one) for one in talk] + [
		said(300, "+44 7700 900101", "ok"),
		said(300, "+44 7700 900100", "green corner reply at once"),
		said(360, "+44 7700 900100", "lamp pond bus bench lamp gate"),
		said(365, "+44 7700 900102", "hall footpath"),
	]
	ann = [said(*one) for one in talk] + [
		said(292, "Ann Example", "green corner reply at once"),
		said(352, "Ann Example", "lamp pond bus bench lamp gate"),
		said(365, "+44 7700 900102", "hall footpath"),
		said(500, "+44 7700 900102", "that was all for today"),
	]
	found = messages(others, ann)
	assert {"0: lamp pond bus bench lamp gate", "1: lamp pond bus bench lamp gate"} in found


def test_a_phone_shows_what_was_deleted_where_it_stood():
	"""The other phone shows Dave's own deletion a minute before; this phone has both, under his number."""
	first = [said(n, "+44 7700 900101", f"sentence {n} about the hedge") for n in range(8)]
	first += [said(12, "+44 7700 900103", "hedge agenda")]
	later = [*first[:-1], gone(12, "+44 7700 900103"), said(40, "+44 7700 900101", "that was all for today")]
	other = [said(n, "Bob Work", f"sentence {n} about the hedge") for n in range(8)]
	other += [gone(11, "Dave Stile"), said(12, "Dave Stile", "hedge agenda")]
	assert {"0: hedge agenda", "1: hedge agenda", "2: This message was deleted"} in messages(first, other, later)


def test_what_two_histories_explain_is_joined_with_doubt():
	"""Eve wrote on the train, and it reached the others hours later; or Eve wrote before Bob joined, 103 said the same
	again, and Eve deleted that on her own phone. The exports are the same; whom Bob's phone calls Eve they do not say.
	"""
	eve = [
		said(0, "+44 7700 900100", "reply agenda hedge cutting"),
		said(56, "Eve Brook", LONG),
		said(368, "+44 7700 900101", "hall pond field quote"),
	]
	bob = [
		said(357, "+44 7700 900103", LONG),
		said(368, "Bob Fielding", "hall pond field quote"),
		said(369, "+44 7700 900104", "hall field ditch budget"),
	]
	assert {f"0: {LONG}", f"1: {LONG}"} in messages(eve, bob)
	held = [HeldMessage(n, (face_of(one._replace(order=n), 0, timedelta(), None),)) for n, one in enumerate(eve)]
	assert merge(held, [one._replace(order=n) for n, one in enumerate(bob)], {}).doubtful == {0}
