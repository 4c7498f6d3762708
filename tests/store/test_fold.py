"""Several phones' exports make one history: whatever comes in first, however often, and whatever is taken back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.merging import HeldMessage, Merge
from cranford_desktop.domain.messages import MessageFilter, ReadExport, Record
from cranford_desktop.store import messages, undoing
from tests.store.books_support import NOW, START, bare_archive, export, said, take

HOUR = timedelta(hours=1)


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
	c.exec_driver_sql("INSERT INTO version_text(version_text, rank) VALUES('integrity-check', 1)")
	words = c.exec_driver_sql("SELECT count(*) FROM version").scalar_one()
	assert c.exec_driver_sql("SELECT count(*) FROM version_text_docsize").scalar_one() == words
	for query in (
		"SELECT count(*) FROM message m WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.message_id = m.id)",
		"SELECT count(*) FROM version v WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.version_id = v.id)",
		"SELECT count(*) FROM observation o JOIN version v ON v.id = o.version_id WHERE v.message_id != o.message_id",
		"SELECT count(*) FROM message WHERE position < -1000000000",
		"SELECT count(*) FROM message_alias a JOIN message m ON m.id = a.old_id",
	):
		assert c.exec_driver_sql(query).scalar_one() == 0, query


def taken(exports: Sequence[ReadExport]) -> list[tuple[object, ...]]:
	with bare_archive() as c:
		for one in exports:
			take(c, one, merge=near, phone=one.file_name)
		everything_stands(c)
		return snapshot(c)


@given(histories().filter(bool), st.data())
@settings(max_examples=300, deadline=None)
def test_any_order_of_imports_gives_the_same_history(exports: list[ReadExport], data: st.DataObject) -> None:
	assert taken(exports) == taken(data.draw(st.permutations(exports)))


@given(histories().filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_an_import_taken_back_was_never_there(exports: list[ReadExport], data: st.DataObject) -> None:
	back = data.draw(st.integers(0, len(exports) - 1))
	with bare_archive() as c:
		ids = {one.file_name: take(c, one, merge=near, phone=one.file_name) for one in exports}
		undoing.remove_export(c, ids[exports[back].file_name], merge=near, at=NOW)
		everything_stands(c)
		assert snapshot(c) == taken(exports[:back] + exports[back + 1 :])
