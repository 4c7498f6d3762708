"""Kinds and tags: to one message, several, a day; off again; undone, after a restart too; never silently lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cranford_desktop.domain.cases import CaseDraft
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.sorting import Saying
from cranford_desktop.errors import Cancelled, CranfordError, NotFound
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, open_council
from cranford_desktop.store import ledger
from tests.services.conftest import NOW

Chat = Callable[..., Path]
TALK = (
	"01/11/2026, 08:00 - You created group “Lanes”",
	"01/11/2026, 09:00 - Ann Example: The swing on the playground is broken",
	"01/11/2026, 09:05 - Ben Sample: Happy birthday Ann! Many happy returns",
	"01/11/2026, 09:06 - Cara Test: Happy birthday, see you at the meeting about the allotments",
	"01/11/2026, 09:07 - Ben Sample: The football last night was dreadful",
	"02/11/2026, 10:00 - Ann Example: IMG-20261102-WA0001.jpg (file attached)",
	"02/11/2026, 10:05 - Ben Sample: The football pitch needs mowing",
)


@pytest.fixture
def lanes(council: Council, chat: Chat) -> Council:
	council.importing.import_file(chat(*TALK), group="Lanes")
	return council


def rows(council: Council) -> list[MessageRow]:
	return list(council.browsing.stream(MessageFilter()))


def one(council: Council, words: str) -> int:
	(found,) = council.browsing.ids(MessageFilter(search=words))
	return int(found)


def actions(council: Council) -> list[tuple[str, dict[str, object]]]:
	with council.archive.reading() as connection:
		return [(entry.action, dict(entry.detail)) for entry in ledger.entries(connection)]


def test_every_message_of_an_official_group_is_council_business_until_she_says_otherwise(lanes: Council) -> None:
	assert {row.category for row in rows(lanes)} == {"council"}
	act = lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	assert act is not None
	assert (act.what, act.kind, act.messages) == ("kind", "personal", 1)
	assert [row.category for row in rows(lanes)].count("personal") == 1


def test_a_kind_said_again_does_nothing_and_leaves_no_entry(lanes: Council) -> None:
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	before = len(actions(lanes))
	assert lanes.sorting.say_kind([one(lanes, "returns")], "personal") is None
	assert len(actions(lanes)) == before


def test_a_days_rest_and_a_whole_day_leave_out_whatsapps_own_lines_and_other_days(lanes: Council) -> None:
	anchor = one(lanes, "allotments")
	rest, day = lanes.sorting.reach([anchor], "rest_of_day"), lanes.sorting.reach([anchor], "day")
	assert [row.text for row in lanes.browsing.rows(rest)] == [TALK[3].split(": ", 1)[1], TALK[4].split(": ", 1)[1]]
	assert len(day) == 4
	assert lanes.sorting.reach([anchor, anchor], "these") == [anchor]


def test_tags_go_on_and_come_off_in_bulk(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes) if row.kind != "system"]
	put = lanes.sorting.tag(ids, "  Play   area ")
	assert put is not None
	assert put.messages == len(ids)
	assert lanes.sorting.tag(ids[:1], "PLAY AREA") is None
	lanes.sorting.tag(ids[:2], "Mill Lane")
	assert [(tag.name, tag.messages) for tag in lanes.sorting.tags()] == [("Mill Lane", 2), ("Play area", len(ids))]
	off = lanes.sorting.untag(ids[1:], [tag.id for tag in lanes.sorting.tags() if tag.name == "Play area"])
	assert off is not None
	assert off.messages == len(ids) - 1
	assert [row.tags for row in lanes.browsing.rows(ids[:3])] == [("Mill Lane", "Play area"), ("Mill Lane",), ()]
	everything = lanes.sorting.untag(ids)
	assert everything is not None
	assert [tag.messages for tag in lanes.sorting.tags()] == [0, 0]


def test_photos_show_an_event_an_asset_or_a_project_and_words_do_not(lanes: Council) -> None:
	photo, words = one(lanes, "IMG*"), one(lanes, "swing")
	put = lanes.sorting.tag([photo, words], "asset", "shows")
	assert put is not None
	assert put.messages == 1
	assert lanes.browsing.detail(photo).row.tags == ("Asset",)
	with pytest.raises(CranfordError):
		lanes.sorting.tag([words], "Event", "shows")
	with pytest.raises(CranfordError):
		lanes.sorting.tag([photo], "Drainage", "shows")
	(asset,) = lanes.sorting.tags()
	with pytest.raises(CranfordError):
		lanes.sorting.forget(asset.id)


def test_what_was_done_can_be_undone_after_a_restart_and_undone_only_once(lanes: Council, tmp_path: Path) -> None:
	ids = [row.id for row in rows(lanes)]
	lanes.sorting.say_kind(ids[1:3], "mixed")
	kind = lanes.sorting.say_kind(ids[1:4], "personal")
	lanes.sorting.tag(ids[1:4], "Swings")
	assert kind is not None
	lanes.close()
	again = open_council(lanes.folder, None, clock=standing_clock(NOW), tables=load())
	try:
		tagged = again.sorting.undo()
		assert tagged is not None
		assert (tagged.act.what, tagged.messages) == ("tag", 3)
		assert again.sorting.tags() == []
		undone = again.sorting.undo(kind.id)
		assert undone is not None
		assert (undone.messages, undone.left) == (3, 0)
		assert [row.category for row in rows(again)[:4]] == ["council", "mixed", "mixed", "council"]
		assert again.sorting.undo(kind.id) is None
		assert [act.undone_at is None for act in again.sorting.acts()] == [False, False, True]
	finally:
		again.close()


def test_undoing_an_older_act_leaves_what_was_sorted_again_since(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	first = lanes.sorting.say_kind(ids[1:4], "personal")
	lanes.sorting.say_kind(ids[1:2], "sensitive")
	assert first is not None
	undone = lanes.sorting.undo(first.id)
	assert undone is not None
	assert (undone.messages, undone.left) == (2, 1)
	assert [row.category for row in rows(lanes)[1:4]] == ["sensitive", "council", "council"]


def test_a_tag_is_renamed_put_together_with_another_and_let_go_and_each_comes_back(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	lanes.sorting.tag(ids[1:3], "Swing")
	lanes.sorting.tag(ids[2:4], "Playground")
	known = {tag.name: tag.id for tag in lanes.sorting.tags()}
	with pytest.raises(CranfordError):
		lanes.sorting.rename(known["Swing"], "playground")
	lanes.sorting.rename(known["Swing"], "Swings")
	merged = lanes.sorting.merge(known["Swing"], known["Playground"])
	assert merged is not None
	assert (merged.messages, merged.now) == (2, "Playground")
	assert [(tag.name, tag.messages) for tag in lanes.sorting.tags()] == [("Playground", 3)]
	lanes.sorting.undo()
	assert [(tag.name, tag.messages) for tag in lanes.sorting.tags()] == [("Playground", 2), ("Swings", 2)]
	lanes.sorting.undo()
	gone = lanes.sorting.forget(known["Swing"])
	assert gone is not None
	assert gone.tags[0].name == "Swing"
	lanes.sorting.undo(gone.id)
	assert [(tag.id, tag.name, tag.messages) for tag in lanes.sorting.tags()] == [
		(known["Playground"], "Playground", 2),
		(known["Swing"], "Swing", 2),
	]


def test_a_tag_that_was_let_go_since_comes_back_before_what_was_done_with_it(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	put = lanes.sorting.tag(ids[1:3], "Swing")
	assert put is not None
	gone = lanes.sorting.forget(put.tags[0].id)
	assert gone is not None
	with pytest.raises(NotFound):
		lanes.sorting.undo(put.id)
	lanes.sorting.tag(ids[1:2], "Swing")
	with pytest.raises(CranfordError):
		lanes.sorting.undo(gone.id)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_a_tag_needs_a_name_that_fits(lanes: Council, name: str) -> None:
	with pytest.raises(CranfordError):
		lanes.sorting.tag([rows(lanes)[1].id], name)
	assert lanes.sorting.tags() == []


def test_the_record_of_actions_holds_numbers_and_no_words(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	lanes.sorting.tag(ids[1:3], "Secretword")
	lanes.sorting.say_kind(ids[1:3], "personal")
	lanes.sorting.rename(lanes.sorting.tags()[0].id, "Otherword")
	lanes.sorting.forget(lanes.sorting.tags()[0].id)
	lanes.sorting.undo()
	told = str(actions(lanes))
	assert "word" not in told.casefold().replace("passphrase", "")
	assert ("sorted messages", {"act": 2, "what": "kind", "kind": "personal", "messages": 2}) in actions(lanes)


def test_personal_messages_leave_browsing_and_never_a_request(lanes: Council) -> None:
	private = one(lanes, "returns")
	request = lanes.requests.create(regime="foi", received=NOW.date(), requester="Alex Example", wording="Birthdays")
	lanes.sorting.say_kind([private], "personal")
	browsed = lanes.browsing.ids(MessageFilter(search="birthday", without_personal=True))
	assert private not in browsed
	found = lanes.gathering.gather(request.id, MessageFilter(search="birthday"))
	assert (found.found, found.added) == (2, 2)
	marked = {candidate.row.id: candidate.row.category for candidate in lanes.deciding.candidates(request.id)}
	assert marked[private] == "personal"
	lanes.sorting.say_kind([private], "council")
	lanes.sorting.say_kind([private], "personal")
	assert len(lanes.deciding.candidates(request.id)) == 2


def test_a_conversation_read_without_personal_messages_passes_them_by(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	lanes.sorting.say_kind([ids[2]], "personal")
	assert lanes.browsing.neighbours(ids[1], 0, 2, without_personal=True) == [ids[1], ids[3], ids[4]]
	assert lanes.browsing.neighbours(ids[2], 1, 1, without_personal=True) == ids[1:4]
	assert lanes.browsing.neighbours(ids[1], 0, 2) == ids[1:4]


def test_the_retention_position_counts_kinds_apart(lanes: Council) -> None:
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	counted = {tally.key: tally.messages for tally in lanes.retention.position().classes}
	assert (counted["personal"], counted["council"]) == (1, len(TALK) - 1)


def test_a_personal_message_can_be_logged_as_a_breach(lanes: Council) -> None:
	private = one(lanes, "returns")
	lanes.sorting.say_kind([private], "personal")
	draft = CaseDraft(
		kind="policy_breach",
		title="Personal messages in the council’s group",
		happened_on=NOW.date(),
		noticed_at=None,
		people=(),
		facts="A birthday wish.",
		clause="2.4",
		message_ids=(private,),
	)
	assert lanes.casework.log(draft).evidence[0].message_id == private


def test_suggestions_say_why_and_change_nothing(lanes: Council) -> None:
	found = {one.row.text: (one.suggestion.kind, one.suggestion.reason) for one in lanes.sorting.suggestions()}
	assert found == {
		"Happy birthday Ann! Many happy returns": ("personal", "Birthday wishes: “happy birthday”"),
		"Happy birthday, see you at the meeting about the allotments": (
			"mixed",
			"Birthday wishes: “happy birthday”, beside “meeting”",
		),
		"The football last night was dreadful": ("personal", "Sport: “football”"),
	}
	assert {row.category for row in rows(lanes)} == {"council"}


def test_a_suggestion_put_aside_or_followed_does_not_come_again(lanes: Council) -> None:
	lanes.sorting.put_aside(one(lanes, "dreadful"))
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	(left,) = lanes.sorting.suggestions()
	assert left.suggestion.kind == "mixed"
	assert lanes.sorting.suggestion(left.row) == left.suggestion
	assert lanes.sorting.suggestion(lanes.browsing.detail(one(lanes, "dreadful")).row) is None


def test_a_chat_between_two_people_is_suggested_where_no_word_of_the_councils_stands(
	council: Council, chat: Chat
) -> None:
	path = chat(
		"01/11/2026, 09:00 - Ann Example: See you at seven",
		"01/11/2026, 09:01 - Ben Sample: The contractor wants his money",
		name="WhatsApp Chat with Ben Sample.txt",
	)
	council.importing.import_file(path, group="Ben Sample")
	(found,) = council.sorting.suggestions()
	assert (found.row.text, found.suggestion.kind) == ("See you at seven", "personal")


def test_the_check_of_the_archive_notices_a_kind_that_was_altered(lanes: Council) -> None:
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	assert lanes.safekeeping.verify().problems == ()
	with lanes.archive.writing(NOW.astimezone()) as change:
		change.connection.exec_driver_sql("UPDATE message SET category = 'sensitive' WHERE category = 'personal'")
		change.record("altered", {})
	assert lanes.safekeeping.verify().problems == ("1 kind or tag is not as the clerk said.",)


def test_kinds_and_tags_stay_when_the_import_they_came_with_is_undone_but_another_phone_shows_the_message(
	lanes: Council, chat: Chat
) -> None:
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	lanes.sorting.tag([one(lanes, "dreadful")], "Sport")
	lanes.importing.import_file(
		chat(*TALK[1:], "03/11/2026, 10:05 - Ben Sample: Mown", name="b.txt"), group="Lanes", phone="Cara"
	)
	first = lanes.importing.receipts()[0].export_id
	assert first is not None
	lanes.importing.undo(first)
	assert lanes.browsing.detail(one(lanes, "returns")).row.category == "personal"
	assert lanes.browsing.detail(one(lanes, "dreadful")).row.tags == ("Sport",)
	assert lanes.safekeeping.verify().problems == ()
	assert lanes.sorting.undo() is not None
	assert lanes.sorting.undo() is not None
	assert {(row.category, row.tags) for row in rows(lanes)} == {("council", ())}


def test_a_filter_takes_kinds(lanes: Council) -> None:
	lanes.sorting.say_kind([one(lanes, "returns")], "personal")
	lanes.sorting.say_kind([one(lanes, "allotments")], "mixed")
	wanted = MessageFilter(category=("personal", "mixed"))
	assert lanes.browsing.count(wanted) == 2
	assert lanes.browsing.count(replace(wanted, without_personal=True)) == 1


def test_sorting_that_is_stopped_leaves_everything_as_it_was(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	with pytest.raises(Cancelled):
		lanes.sorting.say(ids, Saying(kind="mixed", put=(("Swings", "topic"),)), stopped=lambda: True)
	assert {row.category for row in rows(lanes)} == {"council"}
	assert (lanes.sorting.tags(), lanes.sorting.acts()) == ([], [])


def test_what_is_said_in_one_go_is_undone_in_one_go(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes) if row.kind != "system"]
	lanes.sorting.tag(ids[:2], "Old")
	(old,) = lanes.sorting.tags()
	acts = lanes.sorting.say(ids[:3], Saying("mixed", (("Swings", "topic"), ("Mill Lane", "topic")), (old.id,)))
	assert [act.what for act in acts] == ["kind", "untag", "tag", "tag"]
	assert lanes.browsing.detail(ids[0]).row.tags == ("Mill Lane", "Swings")
	assert len(lanes.sorting.undo_all([act.id for act in acts])) == 4
	assert [(tag.name, tag.messages) for tag in lanes.sorting.tags()] == [("Old", 2)]
	assert {row.category for row in rows(lanes)} == {"council"}
	assert lanes.safekeeping.verify().problems == ()


def test_taking_all_tags_off_notes_those_that_were_there(lanes: Council) -> None:
	ids = [row.id for row in rows(lanes)]
	lanes.sorting.tag(ids[1:2], "Swings")
	lanes.sorting.tag(ids[2:3], "Mill Lane")
	off = lanes.sorting.untag(ids[1:2])
	assert off is not None
	assert [tag.name for tag in off.tags] == ["Swings"]
	lanes.sorting.forget(next(tag.id for tag in lanes.sorting.tags() if tag.name == "Mill Lane"))
	assert lanes.sorting.undo(off.id) is not None
	assert lanes.browsing.detail(ids[1]).row.tags == ("Swings",)
