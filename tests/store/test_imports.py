"""One export into the archive: nothing lost, nothing twice, order kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.domain.messages import MessageFilter, MessageRow, Record
from cranford_desktop.errors import Cancelled
from cranford_desktop.store import merkle, messages
from cranford_desktop.store.schema import INDEXES
from tests.store.books_support import (
	GROUP,
	NOW,
	START,
	bare_archive,
	by_place,
	exact,
	export,
	minutes,
	said,
	sealed,
	take,
)

EVERYTHING = MessageFilter()
FAR = datetime(2024, 3, 20, 9, 0)


def whole(c: object) -> list[MessageRow]:
	return list(messages.stream(c, EVERYTHING))  # type: ignore[arg-type]


def by_text(rows: Sequence[MessageRow]) -> list[str | None]:
	return [row.text for row in rows]


# Few words and few minutes, so that repeats, ties and times out of order are common.
records = st.lists(
	st.builds(
		said,
		st.sampled_from(["yes", "Yes", "no", "the drain", "\u200ethe drain", "", "a\x00b", "👍", "line\r\ntwo"]),
		sender=st.sampled_from(["Jane Shaw", "\u202aJane Shaw\u202c", "+44 7700 900123", None]),
		at=st.integers(-3, 3).map(lambda n: START + timedelta(minutes=n)),
		precision=st.sampled_from(["minute", "second"]),
		edited=st.booleans(),
	),
	min_size=1,
	max_size=25,
)


@given(records)
@settings(max_examples=50, deadline=None)
def test_every_record_is_there_once_in_the_order_of_its_file(given_records: list[Record]) -> None:
	with bare_archive() as c:
		read = export(given_records)
		export_id = take(c, read)
		seen = c.exec_driver_sql(
			"SELECT o.ord, o.sent_at, o.sender, v.raw FROM observation o JOIN version v ON v.id = o.version_id"
			" WHERE o.export_id = ? ORDER BY o.ord",
			(export_id,),
		).fetchall()
		assert [tuple(row) for row in seen] == [
			(one.order, one.sent_at.isoformat(), one.sender, one.raw) for one in read.records
		]
		rows = whole(c)
		assert [(row.raw, row.text, row.sent_at, row.sender_as_exported) for row in rows] == [
			(one.raw, one.text, one.sent_at, one.sender) for one in read.records
		]
		assert {row.exports for row in rows} == {1}
		for index in INDEXES:
			c.exec_driver_sql(f"INSERT INTO {index}({index}, rank) VALUES('integrity-check', 1)")


@given(records, st.data())
@settings(max_examples=50, deadline=None)
def test_a_later_export_that_holds_the_earlier_one_leaves_what_it_alone_would_leave(
	given_records: list[Record], data: st.DataObject
) -> None:
	kept = data.draw(st.lists(st.booleans(), min_size=len(given_records), max_size=len(given_records)))
	earlier = [one for one, keep in zip(given_records, kept, strict=True) if keep]
	with bare_archive() as alone:
		take(alone, export(given_records))
		wanted = [(row.text, row.sent_at, row.sender_as_exported) for row in whole(alone)]
	with bare_archive() as c:
		if earlier:
			take(c, export(earlier, "earlier.txt"), merge=exact)
		take(c, export(given_records), merge=exact)
		assert [(row.text, row.sent_at, row.sender_as_exported) for row in whole(c)] == wanted


def test_leaves_prove_the_root() -> None:
	with bare_archive() as c:
		export_id = take(c, export(minutes("one", "two", "three")))
		rows = c.exec_driver_sql(
			"SELECT o.salt, o.ord, o.sent_at, o.precision, o.sender, o.kind, v.raw, o.media_name, f.sha256, o.leaf"
			" FROM observation o JOIN version v ON v.id = o.version_id LEFT JOIN sealed_file f ON f.id = o.file_id"
			" ORDER BY o.ord"
		).fetchall()
		assert [merkle.leaf(row[0], merkle.observation(*row[1:9])) for row in rows] == [row[9] for row in rows]
		root = c.exec_driver_sql("SELECT root FROM export WHERE id = ?", (export_id,)).scalar_one()
		assert root == merkle.root([row[9] for row in rows])


def test_a_cancelled_import_stops_between_steps() -> None:
	asked: list[int] = []

	def stopped() -> bool:
		asked.append(1)
		return len(asked) > 1

	with bare_archive() as c, pytest.raises(Cancelled):
		take(c, export(minutes(*["word"] * 9000)), stopped=stopped)


def test_progress_ends_at_the_whole() -> None:
	told: list[tuple[int, int, str]] = []
	with bare_archive() as c:
		take(c, export(minutes(*["word"] * 9000)), progress=lambda *step: told.append(step))
	assert told[-1] == (9000, 9000, "messages")
	assert len(told) > 1


def test_messages_of_one_minute_and_of_before_1970_get_ids_of_their_own() -> None:
	with bare_archive() as c:
		old = [said(f"old {n}", at=datetime(1969, 12, 31, 23, 59)) for n in range(3)]
		take(c, export(old))
		take(c, export([said(f"more {n}", at=datetime(1969, 12, 31, 23, 59)) for n in range(3)], "more.txt"))
		assert len({row.version_id for row in whole(c)}) == 6
		assert list(messages.message_ids(c, MessageFilter(search="old"))) == [1, 2, 3]


def test_more_between_two_messages_than_there_is_room_for_renumbers_the_group() -> None:
	with bare_archive() as c:
		take(c, export(minutes("first", "last")))
		between = [said(f"n{n}", at=START) for n in range(3000)]
		last = said("last", at=START + timedelta(minutes=1))
		take(c, export([*minutes("first"), *between, last], "later.txt"), merge=exact)
		assert by_text(whole(c)) == ["first", *[f"n{n}" for n in range(3000)], "last"]


def test_an_older_stretch_goes_before_and_a_disjoint_one_by_its_time() -> None:
	with bare_archive() as c:
		take(c, export(minutes("five", first=FAR)))
		take(c, export(minutes("one", "two"), "older.txt"))
		take(c, export(minutes("three", first=START + timedelta(hours=1)), "between.txt"))
		assert by_text(whole(c)) == ["one", "two", "three", "five"]


def test_an_edit_adds_a_version_and_is_shown() -> None:
	with bare_archive() as c:
		take(c, export(minutes("Flod at Mill Lane")))
		take(
			c, export([said("Flood at Mill Lane", edited=True, raw="Flood at Mill Lane <edited>")], "2"), merge=by_place
		)
		row = whole(c)[0]
		assert (row.text, row.edited, row.deleted, row.exports) == ("Flood at Mill Lane", True, False, 2)
		detail = messages.detail(c, 1)
		assert [one.text for one in detail.versions] == ["Flod at Mill Lane", "Flood at Mill Lane"]
		assert [one.exports for one in detail.versions] == [("chat.txt",), ("2",)]
		assert len(detail.observations) == 2
		assert list(messages.message_ids(c, MessageFilter(search="flod"))) == [1]


@pytest.mark.parametrize("deletion_first", [True, False])
def test_a_deletion_never_replaces_a_known_text(deletion_first: bool) -> None:
	gone = export([said(None, kind="deleted", deleted=True, raw="This message was deleted")], "gone.txt")
	known = export([said("The bins are on Monday")], "known.txt")
	with bare_archive() as c:
		for one in [gone, known] if deletion_first else [known, gone]:
			take(c, one, merge=by_place)
		row = whole(c)[0]
		assert (row.kind, row.text, row.deleted) == ("message", "The bins are on Monday", True)
		assert row.raw == "The bins are on Monday"


def test_a_message_that_is_only_known_as_deleted_is_of_that_kind() -> None:
	with bare_archive() as c:
		take(c, export([said(None, kind="deleted", deleted=True, raw="This message was deleted")]))
		row = whole(c)[0]
		assert (row.kind, row.text, row.deleted) == ("deleted", None, True)


@pytest.mark.parametrize("omitted_first", [True, False])
def test_a_photo_that_is_there_stands_before_one_left_out(omitted_first: bool) -> None:
	with bare_archive() as c:
		photo = sealed(c, "a photo")
		omitted = export([said(None, kind="media", is_media=True, raw="<Media omitted>")], "a.txt")
		present = export([said(None, kind="media", media="IMG-1.jpg", raw="IMG-1.jpg (file attached)")], "b.zip")
		for one in [omitted, present] if omitted_first else [present, omitted]:
			take(c, one, merge=by_place, files={0: photo} if one is present else {})
		row = whole(c)[0]
		assert row.raw == "IMG-1.jpg (file attached)"
		(attachment,) = row.attachments
		assert (attachment.id, attachment.name, attachment.media_type, attachment.present) == (
			photo,
			"IMG-1.jpg",
			"image/jpeg",
			True,
		)
		assert messages.attachment_file(c, photo) == photo


def test_a_file_left_out_and_a_file_missing() -> None:
	with bare_archive() as c:
		take(
			c,
			export(
				[
					said(None, kind="media", is_media=True, raw="<Media omitted>"),
					said("Mill Lane quote", kind="media", media="Mill Lane quote.pdf", at=FAR),
				]
			),
		)
		left_out, missing = (row.attachments[0] for row in whole(c))
		assert (left_out.id, left_out.name, left_out.media_type, left_out.present) == (None, None, None, False)
		assert (missing.id, missing.name, missing.present) == (None, "Mill Lane quote.pdf", False)
		assert missing.media_type == "application/pdf"


def test_seconds_stand_before_minutes_and_most_exports_before_one() -> None:
	with bare_archive() as c:
		take(c, export([said("yes", at=START)], "a"))
		take(c, export([said("yes", at=START + timedelta(seconds=17), precision="second")], "b"), merge=by_place)
		take(c, export([said("yes", at=START)], "c"), merge=by_place)
		row = whole(c)[0]
		assert (row.sent_at, row.precision) == (START + timedelta(seconds=17), "second")


def test_an_unconfirmed_sender_is_the_rendering_most_exports_show_a_name_before_a_number() -> None:
	with bare_archive() as c:
		take(c, export([said("yes", sender="\u202a+44 7700 900123\u202c")], "a"))
		assert whole(c)[0].sender == "+44 7700 900123"
		take(c, export([said("yes", sender="Zoe Hart")], "b"), merge=by_place)
		assert whole(c)[0].sender == "Zoe Hart"
		take(c, export([said("yes", sender="+44 7700 900123")], "c"), merge=by_place)
		assert whole(c)[0].sender == "+44 7700 900123"
		for rendering in ("+44 7700 900123", "07700900123", "Zoe Hart", "zoe hart"):
			assert list(messages.message_ids(c, MessageFilter(person=rendering))) == [1]


def test_a_system_line_has_no_sender() -> None:
	with bare_archive() as c:
		take(c, export([said("Jane Shaw created this group", sender=None, kind="system")]))
		row = whole(c)[0]
		assert (row.sender, row.sender_as_exported, row.kind) == (None, None, "system")


def test_held_records_show_what_the_newest_export_shows() -> None:
	with bare_archive() as c:
		take(c, export(minutes("only here", "POLL: (1 vote)"), "a"))
		first, second = messages.message_ids(c, EVERYTHING)
		later = [said("POLL: (2 votes)", at=START + timedelta(minutes=1)), said("new", at=FAR)]
		take(c, export(later, "b"), matched={0: second})
		held = messages.held_records(c, 1)
		assert [(one.message_id, one.raw) for one in held] == [
			(first, "only here"),
			(second, "POLL: (2 votes)"),
			(3, "new"),
		]


def test_groups_phones_and_receipts() -> None:
	with bare_archive() as c:
		assert messages.bounds(c) is None
		assert messages.group_by_name(c, GROUP) is None
		read = export(minutes("one", "two"))
		take(c, read)
		take(c, export(minutes("three", first=FAR), "other"), group="Allotments")
		assert [(one.name, one.messages) for one in messages.groups(c)] == [("Allotments", 1), (GROUP, 2)]
		found = messages.group_by_name(c, "cranford PARISH council\u200e")
		assert found is not None
		assert (found.first, found.last) == (START, START + timedelta(minutes=1))
		assert messages.register_group(c, "CRANFORD parish council", NOW) == found.id
		(phone,) = messages.phones(c, found.id)
		assert (phone.name, phone.platform, phone.exports, phone.last_import) == ("Phone 1", "android", 1, NOW)
		assert phone.last_record == START + timedelta(minutes=1)
		receipt = messages.export_by_digest(c, read.sha256)
		assert receipt is not None
		assert (receipt.group, receipt.first, receipt.warnings) == (GROUP, START, ("A warning.",))
		assert [one.file for one in messages.receipts(c)] == ["other", "chat.txt"]
		assert messages.export_by_digest(c, "0" * 64) is None
		assert messages.bounds(c) == (START, FAR)
