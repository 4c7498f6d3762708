"""A later export of the same phone: what is the same sending, what is new, and whose phone it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.merging import Face, HeldMessage
from cranford_desktop.domain.messages import HeldRecord, Record
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.parser import parse
from cranford_desktop.ingest.reconcile import continues, merge
from cranford_desktop.ingest.text import text_of

from .conftest import TODAY, Read
from .writer import ENCRYPTED, AppLine, Entry, Phone, Sent, write_text

START = datetime(2024, 3, 13, 19, 5, 11)
ANDROID = Phone()
IPHONE = Phone("iphone")


def records(phone: Phone, entries: Sequence[Entry]) -> list[Record]:
	return list(parse(text_of(write_text(phone, entries)), today=TODAY, files=Files({})).records)


def held(some: Sequence[Record]) -> list[HeldMessage]:
	return [
		HeldMessage(
			100 + r.order,
			(
				Face(
					0,
					r.order,
					r.sent_at,
					r.precision,
					r.sender,
					r.kind,
					r.raw,
					r.text,
					r.edited,
					r.deleted,
					r.media_name,
					r.is_media,
					None,
					r.event,
					r.named,
				),
			),
		)
		for r in some
	]


def own(some: Sequence[Record]) -> list[HeldRecord]:
	return [
		HeldRecord(
			100 + r.order,
			r.sent_at,
			r.precision,
			r.sender,
			r.kind,
			r.raw,
			r.text,
			r.edited,
			r.deleted,
			r.media_name,
			r.is_media,
		)
		for r in some
	]


def story(count: int = 40) -> list[Entry]:
	entries: list[Entry] = [
		AppLine(
			START,
			ENCRYPTED,
		),
		AppLine(START, '{who} created group "Planning"', "Ann Example"),
		AppLine(START, "{who} added Bob, Carol and Dave", "Ann Example"),
	]
	people = ("Ann Example", "Bob", "Carol", "Dave")
	for number in range(count):
		at = START + timedelta(minutes=3 * number, seconds=number * 7 % 60)
		entries.append(Sent(at, people[number % 4], f"message number {number} about the hedge"))
	return entries


def test_a_longer_export_adds_its_tail():
	first, later = story(30), story(50)
	old, new = records(ANDROID, first), records(ANDROID, later)
	assert merge(held(old), new, {}).matched == {order: order for order in range(len(old))}
	assert merge(held(new), old, {}).matched == {order: order for order in range(len(old))}
	assert continues(own(old), new)
	assert continues(own(new), old)


def test_repeats_survive():
	at = START + timedelta(hours=9)
	first = [*story(5), *[Sent(at, "Bob", "ok")] * 2]
	later = [*story(5), *[Sent(at, "Bob", "ok")] * 4, Sent(at, "Carol", "ok")]
	old, new = records(ANDROID, first), records(ANDROID, later)
	assert merge(held(old), new, {}).matched == {order: order for order in range(len(old))}
	fewer = merge(held(new), old, {}).matched
	assert fewer == {order: order for order in range(len(old))}


def test_a_file_cut_off_inside_repeats_holds_the_last_of_them():
	at = START + timedelta(hours=9)
	whole = [*story(5), *[Sent(at, "Bob", "ok")] * 3, Sent(at + timedelta(minutes=1), "Ann Example", "enough")]
	old = records(ANDROID, whole)
	new = records(ANDROID, whole[-3:])
	assert merge(held(old), new, {}).matched == {0: len(old) - 3, 1: len(old) - 2, 2: len(old) - 1}
	assert continues(own(old), new)


def test_what_an_app_changes_afterwards_is_the_same_message():
	at = START + timedelta(hours=9)
	before = [
		Sent(at, "Bob", "See you on Tuseday"),
		Sent(at, "Bob", "Another thing"),
		Sent(at, "Carol", "This is rude"),
		Sent(at, "Dave", omitted="image"),
		Sent(at, "Dave", "When?", poll=(("Monday", 0), ("Tuesday", 1))),
		Sent(at, "Ann Example", "I should not have written this"),
	]
	after = [
		replace(before[0], text="See you on Tuesday", edited=True),
		before[1],
		replace(before[2], deleted=True),
		replace(before[3], omitted=None, file="IMG-20240314-WA0001.jpg"),
		replace(before[4], poll=(("Monday", 3), ("Tuesday", 1))),
		replace(before[5], deleted=True),
		Sent(at, "Bob", "new at the end"),
	]
	for phone in (ANDROID, IPHONE):
		old, new = records(phone, [*story(6), *before]), records(phone, [*story(6), *after])
		same = {order: order for order in range(len(old))}
		assert merge(held(old), new, {}).matched == same
		assert merge(held(new), old, {}).matched == same
		assert continues(own(old), new)


def test_a_text_that_differs_without_an_edit_is_another_message():
	at = START + timedelta(hours=9)
	old = records(ANDROID, [*story(6), Sent(at, "Bob", "yes")])
	new = records(ANDROID, [*story(6), Sent(at, "Bob", "no")])
	assert len(merge(held(old), new, {}).matched) == len(old) - 1


def test_deleted_for_me_and_new_in_between():
	entries = story(30)
	old = records(ANDROID, entries)
	changed = [
		*entries[:10],
		*entries[13:20],
		Sent(START + timedelta(minutes=55), "Bob", "arrived late"),
		*entries[20:],
	]
	new = records(ANDROID, changed)
	matched = merge(held(old), new, {}).matched
	assert {new[order].raw for order in range(len(new)) if order not in matched} == {"arrived late"}
	assert sorted(set(range(len(old))) - set(matched.values())) == [10, 11, 12]


def test_renamed_contacts_are_followed():
	entries = [*story(20), AppLine(START + timedelta(hours=3), "Bob left")]
	renamed = Phone(names={"Bob": "Bob (allotments)", "Carol": "Cllr Carol"})
	later = [
		*story(20),
		AppLine(START + timedelta(hours=3), "Bob (allotments) left"),
		Sent(START + timedelta(hours=4), "Bob", "back"),
	]
	old, new = records(ANDROID, entries), records(renamed, later)
	assert merge(held(old), new, {}).matched == {order: order for order in range(len(old))}
	assert continues(own(old), new)


def test_a_phone_abroad_shifts_the_whole_file():
	entries = story(20)
	abroad = [replace(entry, at=entry.at + timedelta(hours=2)) for entry in entries]
	old, new = records(ANDROID, entries), records(ANDROID, abroad)
	assert merge(held(old), new, {}).matched == {order: order for order in range(len(old))}
	assert continues(own(old), new)


def test_another_clock_or_date_style_is_the_same_phone():
	twelve = Phone(clock="12", year_digits=2, padded=False)
	assert continues(own(records(ANDROID, story(20))), records(twelve, story(25)))


def test_an_iphone_never_continues_an_android():
	assert not continues(own(records(ANDROID, story(20))), records(IPHONE, story(25)))


def test_another_owner_is_another_phone():
	other = Phone(owner="Bob")
	assert not continues(own(records(ANDROID, story(20))), records(other, story(25)))


def test_other_minutes_are_another_phone():
	entries = story(20)[3:]
	shifted = [
		replace(entry, at=entry.at + timedelta(minutes=1 if number % 5 == 0 else 0))
		for number, entry in enumerate(entries)
	]
	assert not continues(own(records(ANDROID, entries)), records(ANDROID, shifted))


def test_other_names_are_another_phone():
	other = Phone(names={"Bob": "Bob S", "Carol": "+44 7700 900123", "Dave": "Dave Work"})
	assert not continues(own(records(ANDROID, story(20)[3:])), records(other, story(25)[3:]))


def test_other_file_names_are_another_phone():
	def photos(number: int) -> list[Entry]:
		return [
			Sent(
				START + timedelta(minutes=i),
				"Bob",
				f"photo of the hedge {i}",
				file=f"IMG-20240313-WA{number + i:04d}.jpg",
			)
			for i in range(8)
		]

	assert not continues(own(records(ANDROID, photos(1))), records(ANDROID, photos(101)))
	assert continues(own(records(ANDROID, photos(1))), records(ANDROID, photos(1)))


def test_nothing_in_common_is_no_continuation():
	late = [replace(entry, at=entry.at + timedelta(days=90)) for entry in story(20)[3:]]
	assert not continues(own(records(ANDROID, story(20)[3:])), records(ANDROID, late[5:]))
	assert not continues([], records(ANDROID, story(3)))


def test_forty_thousand_hostile_records_are_quick():
	same = [Record(i, START, "minute", "Ann", f"x{i}", "message", f"x{i}", edited=True) for i in range(40_000)]
	other = [r._replace(raw=f"y{r.order}", text=f"y{r.order}") for r in same]
	assert len(set(merge(held(same), other, {}).matched.values())) <= 40_000


TEXTS = st.sampled_from(["ok", "yes", "no", "see you at the hedge on Tuesday", "<Media omitted>"])
ENTRIES = st.lists(
	st.tuples(st.integers(0, 3), st.sampled_from(["Ann Example", "Bob"]), TEXTS), min_size=1, max_size=40
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.data())
def test_any_piece_of_a_chat_is_found_in_it_again(entries: list[tuple[int, str, str]], data: st.DataObject):
	at, written = START, []
	for step, sender, text in entries:
		at += timedelta(minutes=step)
		written.append(Sent(at, sender, text))
	old = records(ANDROID, written)
	start = data.draw(st.integers(0, len(old) - 1))
	piece = [record._replace(order=order) for order, record in enumerate(old[start:])]
	matched = merge(held(old), piece, {}).matched
	assert sorted(matched) == list(range(len(piece)))
	assert len(set(matched.values())) == len(piece)
	for order, index in matched.items():
		assert (old[index].raw, old[index].sent_at, old[index].sender) == (
			piece[order].raw,
			piece[order].sent_at,
			piece[order].sender,
		)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, ENTRIES)
def test_alignment_is_one_to_one_and_never_joins_different_times(first, second):
	def make(entries):
		at, written = START, []
		for step, sender, text in entries:
			at += timedelta(minutes=step)
			written.append(Sent(at, sender, text))
		return records(ANDROID, written)

	old, new = make(first), make(second)
	matched = merge(held(old), new, {}).matched
	assert len(set(matched.values())) == len(matched)
	assert all(old[index].text == new[order].text for order, index in matched.items())


def test_a_renamed_group_changes_nothing_in_an_iphones_own_lines(read: Read):
	def chat(group: str) -> str:
		lines = (
			f"{group}: \u200e{ENCRYPTED}",
			f"{group}: \u200eYou were added",
			"Tom: a first message",
			"Sue: a second",
		)
		return "".join(f"[13/03/2024, 09:00:0{n}] {line}\r\n" for n, line in enumerate(lines))

	before, after = read(chat("Planning"), name="_chat.txt"), read(chat("Planning 2025"), name="_chat.txt")
	assert [one.raw for one in before.records] == [one.raw for one in after.records]
	assert continues(own(before.records), after.records)
	assert merge(held(before.records), after.records, {}).matched == {0: 0, 1: 1, 2: 2, 3: 3}
