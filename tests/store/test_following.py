"""Suggestions follow their texts: what was said of them stays said when messages join, part and go."""

from array import array

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from cranford_desktop.domain.finding import Found
from cranford_desktop.domain.messages import MessageFilter, ReadExport
from cranford_desktop.store import messages, suggestions, undoing
from tests.store.books_support import NOW, bare_archive, take
from tests.store.test_fold import QUICK, histories, near, tied

MARK = "as it is"


def look(c: Connection) -> None:
	"""Point at the first letter of every text that was not looked at."""
	fresh = suggestions.unlooked(c, MARK)
	texts = suggestions.texts(c, fresh)
	found = [Found(one.version_id, "name", 0, 1, one.text[:1]) for one in texts if one.text]
	suggestions.write(c, array("q", fresh), found, MARK, NOW)


def dismiss_all(c: Connection) -> None:
	c.exec_driver_sql("UPDATE suggestion SET state = 'dismissed', reason = 'x', answered_at = 'x' WHERE state = 'open'")


def everything_follows(c: Connection) -> None:
	for query in (
		"SELECT count(*) FROM suggestion s LEFT JOIN version v ON v.id = s.version_id"
		" WHERE v.message_id IS NOT s.message_id",
		"SELECT count(*) FROM looked_version l LEFT JOIN version v ON v.id = l.version_id WHERE v.id IS NULL",
		# Everything that was looked at was dismissed: nothing that follows from it may be open or lost.
		"SELECT count(*) FROM suggestion WHERE state = 'open'",
		"SELECT count(*) FROM looked_version l JOIN version v ON v.id = l.version_id WHERE v.text IS NOT NULL"
		" AND v.text != '' AND v.kind != 'system'"
		" AND NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.version_id = v.id)",
	):
		assert c.exec_driver_sql(query).scalar_one() == 0, query
	assert not c.exec_driver_sql("PRAGMA foreign_key_check(suggestion)").fetchall()


@given(histories().filter(bool), st.data())
@settings(max_examples=80, deadline=None, phases=QUICK)
def test_law_a_dismissal_follows_its_text_through_imports_and_undoing(
	exports: list[ReadExport], data: st.DataObject
) -> None:
	with bare_archive() as c:
		ids = []
		for one in exports:
			ids.append(take(c, one, merge=near, phone=one.file_name))
			everything_follows(c)
			look(c)
			dismiss_all(c)
		for export_id in data.draw(st.permutations(ids)):
			undoing.remove_export(c, export_id, merge=near, at=NOW)
			everything_follows(c)
		assert suggestions.count_open(c) == 0
		assert c.exec_driver_sql("SELECT count(*) FROM suggestion").scalar_one() == 0


def test_of_two_messages_that_join_the_answer_stands_before_the_open_suggestion() -> None:
	early, late, between = tied()
	for answered in (0, 1):
		with bare_archive() as c:
			take(c, early, merge=near, phone="A")
			take(c, late, merge=near, phone="B")
			look(c)
			several = list(messages.message_ids(c, MessageFilter()))
			held = suggestions.of_messages(c, several, "open")
			suggestions.answer(c, held[several[answered]][0].ids, "dismissed", NOW, reason="It may stay")
			take(c, between, merge=near, phone="C")
			(joined,) = messages.message_ids(c, MessageFilter())
			assert suggestions.of_messages(c, [joined], "open") == {}
			(one,) = suggestions.of_messages(c, [joined], "dismissed")[joined]
			assert one.reason == "It may stay"
