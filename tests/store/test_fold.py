"""Several phones' exports make one history: whatever comes in first, however often, and whatever is taken back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.merging import HeldMessage, Merge
from cranford_desktop.domain.messages import MessageFilter, ReadExport, Record
from cranford_desktop.store import casebook, fold, messages, undoing
from cranford_desktop.store.schema import INDEXES
from tests.store.books_support import GROUP, NOW, START, added, bare_archive, export, minutes, said, sealed, take

HOUR = timedelta(hours=1)
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making a failing history smaller takes minutes."""


def near(held: Sequence[HeldMessage], incoming: Sequence[Record], _digests: Mapping[int, str]) -> Merge:
	"""The first message free with the same text within two minutes, after putting the clock right by whole hours.

	Crude on purpose: it lets orders contradict each other, and lets later exports choose anew when one comes between.
	"""
	hours = Counter(
		round((record.sent_at - face.sent_at) / HOUR)
		for record in incoming
		if record.text and len(record.text) > 3
		for one in held
		for face in one.faces
		if face.text == record.text
	)
	offset = HOUR * min(hours, key=lambda hour: (-hours[hour], abs(hour), hour), default=0)
	matched: dict[int, int] = {}
	taken: set[int] = set()
	for record in incoming:
		for index, one in enumerate(held):
			if index not in taken and any(
				face.text == record.text and abs(record.sent_at - offset - face.sent_at) <= timedelta(minutes=2)
				for face in one.faces
			):
				matched[record.order] = index
				taken.add(index)
				break
	return Merge(matched, offset)


@st.composite
def histories(draw: st.DrawFn, most: int = 4) -> list[ReadExport]:
	"""Draw one conversation as several phones export it."""
	count = draw(st.integers(2, 9))
	words = draw(st.lists(st.sampled_from(["yes", "no", "the drain", "the hedge"]), min_size=count, max_size=count))
	steps = draw(st.lists(st.sampled_from([0, 0, 1, 2, 30]), min_size=count, max_size=count))
	found = []
	for phone in range(draw(st.integers(2, most))):
		abroad = draw(st.sampled_from([0, 0, 0, 1, -5])) * HOUR
		start, end = sorted(draw(st.tuples(st.integers(0, count), st.integers(0, count))))
		at, shown = START, []
		for place, (word, step) in enumerate(zip(words, steps, strict=True)):
			at += timedelta(minutes=step)
			if start <= place <= end and draw(st.integers(0, 5)):
				late = timedelta(minutes=draw(st.sampled_from([0, 0, 0, 1])))
				shown.append(
					said(
						word,
						sender=draw(st.sampled_from(["Jane Shaw", "Cllr Shaw"])),
						at=at + late + abroad,
						edited=draw(st.sampled_from([False, False, False, True])),
						media=draw(st.sampled_from([None, None, f"IMG-{phone}.jpg"])),
					)
				)
		if len(shown) > 1 and draw(st.booleans()):
			swap = draw(st.integers(0, len(shown) - 2))
			shown[swap], shown[swap + 1] = shown[swap + 1], shown[swap]
		if shown:
			found.append(export(shown, f"phone {phone}.txt"))
	return found


def snapshot(c: Connection) -> list[tuple[object, ...]]:
	"""Everything of the messages but their numbers."""
	return [
		(
			one.row._replace(
				id=0,
				version_id=0,
				position=0,
				attachments=tuple((file.name, file.sha256, file.present) for file in one.row.attachments),  # type: ignore[misc]
			),
			sorted(
				(version.raw, version.text, version.edited, version.deleted, sorted(version.exports))
				for version in one.versions
			),
			sorted((seen.export_file, seen.order, seen.sent_at, seen.clock_offset) for seen in one.observations),
		)
		for one in messages.details(c, MessageFilter(with_set_aside=True))
	]


def everything_stands(c: Connection) -> None:
	"""Whatever was done, the tables agree with each other."""
	for table in ("message", "version", "observation", "message_alias", "alias"):
		assert not c.exec_driver_sql(f"PRAGMA foreign_key_check({table})").fetchall()
	for index in INDEXES:
		c.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")
	for query in (
		"SELECT count(*) FROM message m WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.message_id = m.id)",
		"SELECT count(*) FROM version v WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.version_id = v.id)",
		"SELECT count(*) FROM observation o JOIN version v ON v.id = o.version_id WHERE v.message_id != o.message_id",
		"SELECT count(*) FROM message WHERE position < -1000000000",
		"SELECT count(*) FROM message_alias a JOIN message m ON m.id = a.old_id",
		"SELECT count(*) FROM version v LEFT JOIN message m ON m.id = v.message_id WHERE m.id IS NULL",
		"SELECT count(*) FROM observation o LEFT JOIN message m ON m.id = o.message_id WHERE m.id IS NULL",
		"SELECT count(*) FROM observation o LEFT JOIN version v ON v.id = o.version_id WHERE v.id IS NULL",
	):
		assert c.exec_driver_sql(query).scalar_one() == 0, query


def taken(exports: Sequence[ReadExport]) -> list[tuple[object, ...]]:
	with bare_archive() as c:
		for one in exports:
			take(c, one, merge=near, phone=one.file_name)
		everything_stands(c)
		return snapshot(c)


@given(histories().filter(bool), st.data())
@settings(max_examples=100, deadline=None, phases=QUICK)
def test_any_order_of_imports_gives_the_same_history(exports: list[ReadExport], data: st.DataObject) -> None:
	assert taken(exports) == taken(data.draw(st.permutations(exports)))


@given(histories().filter(bool), st.data())
@settings(max_examples=100, deadline=None, phases=QUICK)
def test_an_import_taken_back_was_never_there(exports: list[ReadExport], data: st.DataObject) -> None:
	back = data.draw(st.integers(0, len(exports) - 1))
	with bare_archive() as c:
		ids = {one.file_name: take(c, one, merge=near, phone=one.file_name) for one in exports}
		undoing.remove_export(c, ids[exports[back].file_name], merge=near, at=NOW)
		everything_stands(c)
		assert snapshot(c) == taken(exports[:back] + exports[back + 1 :])


def test_an_export_that_ties_two_messages_together_joins_them_and_their_old_number_goes_on() -> None:
	with bare_archive() as c:
		early, late, between = tied()
		take(c, early, merge=near, phone="A")
		take(c, late, merge=near, phone="B")
		first, second = messages.message_ids(c, MessageFilter())
		found = added(c, between, merge=near, phone="C")
		assert (found.proposals, found.receipt.new, found.receipt.matched) == (0, 0, 1)
		assert list(messages.message_ids(c, MessageFilter())) == [first]
		assert [row.id for row in messages.rows(c, [second])] == [first]
		assert messages.detail(c, second).row.exports == 3
		assert messages.neighbours(c, second, 1, 1) == [first]
		assert messages.count(c, MessageFilter(ids=(second,))) == 1
		request_id = _request(c)
		assert casebook.add_messages(c, request_id, [second], NOW) == 1
		assert casebook.decide(c, request_id, [second], "release", at=NOW) == 1
		assert list(casebook.decisions(c, request_id)) == [first]
		everything_stands(c)


def test_a_join_of_what_was_decided_on_is_put_to_the_clerk() -> None:
	with bare_archive() as c:
		early, late, between = tied()
		take(c, early, merge=near, phone="A")
		take(c, late, merge=near, phone="B")
		first, second = messages.message_ids(c, MessageFilter())
		request_id = _request(c)
		casebook.add_messages(c, request_id, [second], NOW)
		found = added(c, between, merge=near, phone="C")
		assert found.proposals == 1
		assert list(messages.message_ids(c, MessageFilter())) == [first, second]
		assert c.exec_driver_sql("SELECT kind, messages FROM join_proposal").fetchall() == [
			("join", f"[{first}, {second}]")
		]
		assert list(casebook.candidate_ids(c, request_id)) == [second]
		everything_stands(c)


def tied() -> tuple[ReadExport, ReadExport, ReadExport]:
	"""One message, four minutes apart on two phones, and a third phone that shows it in the middle: first in order."""
	early = export([said("the drain", at=START), said("later", at=START + HOUR)], "early")
	late = export([said("the drain", at=START + timedelta(minutes=4)), said("later", at=START + HOUR)], "late")
	between = export([said("the drain", at=START + timedelta(minutes=2))], "between")
	return _only_first(early), _only_first(late), between


def _only_first(read: ReadExport) -> ReadExport:
	return export([one for one in read.records if one.text == "the drain"], read.file_name)


def _request(c: Connection) -> int:
	return casebook.create_request(
		c, reference="FOI-1", regime="foi", received=NOW.date(), requester="Alex Example", wording="Drains", at=NOW
	)


def test_the_clock_that_most_phones_have_is_the_groups() -> None:
	texts = ("the drain", "the hedge", "the verge")
	with bare_archive() as c:
		take(c, export(minutes(*texts, first=START - 3 * HOUR), "abroad"), merge=near, phone="A")
		assert next(messages.stream(c, MessageFilter())).sent_at == START - 3 * HOUR
		take(c, export(minutes(*texts), "home"), merge=near, phone="B")
		assert next(messages.stream(c, MessageFilter())).sent_at == START - 3 * HOUR
		found = added(c, export(minutes(*texts, "more"), "here"), merge=near, phone="C")
		assert found.receipt.clock_offset == 0
		rows = list(messages.stream(c, MessageFilter()))
		assert [(row.text, row.sent_at) for row in rows][::3] == [
			("the drain", START),
			("more", START + timedelta(minutes=3)),
		]
		seen = messages.detail(c, rows[0].id).observations
		assert [(one.sent_at, one.clock_offset) for one in seen] == [(START - 3 * HOUR, -180), (START, 0), (START, 0)]


def test_a_later_export_brings_the_file_an_earlier_one_lacked() -> None:
	with bare_archive() as c:
		photo = sealed(c, "a photo")
		take(c, export([said("look", media="IMG-1.jpg")], "without"), merge=near, phone="A")
		brought = export([said("look", media="00000012-PHOTO.jpg", at=START + timedelta(minutes=1))], "with")
		found = added(c, brought, merge=near, phone="B", files={0: photo})
		assert (found.receipt.files_filled, found.receipt.on_other_phones) == (1, 1)
		(row,) = messages.stream(c, MessageFilter())
		assert [(one.id, one.present) for one in row.attachments] == [(photo, True)]
		other = export([said("look", media="IMG-7.jpg", at=START + timedelta(minutes=1))], "again")
		assert added(c, other, merge=near, phone="C", files={0: photo}).receipt.files_filled == 0
		(row,) = messages.stream(c, MessageFilter())
		assert len(row.attachments) == 1


def test_what_only_a_set_aside_import_shows_leaves_browsing_and_comes_back_with_another_export() -> None:
	with bare_archive() as c:
		take(c, export(minutes("the drain"), "one"), merge=near, phone="A")
		second = take(c, export(minutes("the drain", "the hedge"), "two"), merge=near, phone="B")
		assert undoing.set_aside(c, second, NOW) == 1
		assert [row.text for row in messages.stream(c, MessageFilter())] == ["the drain"]
		assert messages.count(c) == 1
		assert messages.group_by_name(c, GROUP).messages == 1  # type: ignore[union-attr]
		everything = list(messages.stream(c, MessageFilter(with_set_aside=True)))
		assert [(row.text, row.set_aside) for row in everything] == [("the drain", False), ("the hedge", True)]
		assert messages.neighbours(c, everything[0].id, 1, 1) == [everything[0].id]
		take(c, export(minutes("the drain", "the hedge", "the verge"), "three"), merge=near, phone="C")
		assert messages.count(c) == 3


def test_what_rests_on_one_export_alone_is_counted() -> None:
	with bare_archive() as c:
		one = take(c, export(minutes("the drain", "the hedge"), "one"), merge=near, phone="A")
		two = take(c, export(minutes("the drain"), "two"), merge=near, phone="B")
		drain, hedge = messages.message_ids(c, MessageFilter())
		request_id = _request(c)
		casebook.add_messages(c, request_id, [drain], NOW)
		casebook.decide(c, request_id, [drain], "release", at=NOW)
		assert not undoing.depends_on(c, one)
		assert not undoing.depends_on(c, two)
		casebook.add_messages(c, request_id, [hedge], NOW)
		casebook.decide(c, request_id, [hedge], "withhold", exemption="s40(2)", at=NOW)
		assert undoing.depends_on(c, one) == undoing.Depending(1, 1, 0, 0, 0)
		assert not undoing.depends_on(c, two)


def test_an_import_taken_back_leaves_no_file_name_or_phone() -> None:
	with bare_archive() as c:
		take(c, export(minutes("the drain"), "one"), merge=near, phone="A")
		photo = sealed(c, "a photo")
		shown = export([said("the hedge", sender="Tom Reed", media="IMG-1.jpg", at=START + HOUR)], "two")
		export_id = take(c, shown, merge=near, phone="B", files={0: photo})
		assert undoing.remove_export(c, export_id, merge=near, at=NOW) == undoing.Removed(messages=1, files=2)
		assert [one.name for one in messages.phones(c)] == ["A"]
		for table, left in (("alias", 1), ("sealed_file", 1), ("phone", 1), ("export", 1)):
			assert c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == left  # noqa: S608
		assert take(c, shown, merge=near, phone="B", files={}) is not None


def test_the_same_phone_again_changes_nothing_it_showed_before() -> None:
	with bare_archive() as c:
		take(c, export(minutes("the drain", "the hedge"), "one"), merge=near)
		found = added(c, export(minutes("the drain", "the hedge", "the verge"), "two"), merge=near)
		assert (found.receipt.new, found.receipt.matched, found.receipt.on_other_phones) == (1, 2, 0)
		assert [row.text for row in messages.stream(c, MessageFilter())] == ["the drain", "the hedge", "the verge"]


def test_an_export_that_comes_late_is_counted_by_what_no_other_shows() -> None:
	with bare_archive() as c:
		take(c, export(minutes("the drain", "the hedge", "the verge"), "late"), merge=near, phone="A")
		placed = fold.order(c, 1)
		earlier = export([*minutes("the drain"), said("only here", at=START)], "early")
		assert fold.rank(placed, earlier.last, earlier.sha256) == 0
		look = fold.look(c, 1, None, earlier, {}, near)
		assert (look.new, look.matched, look.on_other_phones) == (1, 1, 1)
		found = added(c, earlier, merge=near, phone="B")
		assert (found.receipt.new, found.receipt.matched, found.receipt.on_other_phones) == (1, 1, 1)
