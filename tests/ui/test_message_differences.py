"""What a message's detail says of the phones that show it differently."""

from datetime import datetime

from cranford_desktop.domain.messages import MessageDetail, MessageRow, Observation, Version
from cranford_desktop.ui.parts.message_differences import differences, seen_words, time_words

AT = datetime(2025, 4, 3, 14, 5)


def seen(phone: str, raw: str = "The drain.", **more) -> Observation:
	facts = {"order": 4, "sent_at": AT, "precision": "minute", "sender": "Ann Example", **more}
	return Observation(export_file=f"{phone}.zip", phone=phone, raw=raw, **facts)


def detail(
	*exports: Observation, kind: str = "message", versions: tuple = (), uncertain: bool = False
) -> MessageDetail:
	row = MessageRow(
		id=1, group_id=1, group="G", position=1, sent_at=AT, precision="minute", sender="Ann Example",
		sender_as_exported="Ann Example", role=None, kind=kind, text="The drain.", raw="The drain.", edited=False,
		deleted=False, version_id=1, attachments=(), exports=len(exports), category="council",
		uncertain_order=uncertain,
	)  # fmt: skip
	return MessageDetail(row, versions, exports)


def test_phones_that_agree_leave_nothing_to_say() -> None:
	both = detail(seen("Shaw’s phone"), seen("Ahmed’s phone"))
	assert differences(both) == []
	assert seen_words(both.observations) == "In 2 exports, from 2 phones"


def test_deleted_on_one_phone_and_there_on_another_is_evidence() -> None:
	assert differences(detail(seen("Shaw’s phone"), seen("Ahmed’s phone", deleted=True), seen("Bell’s phone"))) == [
		"Deleted on Ahmed’s phone, still there on Shaw’s phone and Bell’s phone."
	]


def test_a_phone_that_sent_two_exports_is_told_apart_by_its_files() -> None:
	first, later = seen("Shaw’s phone"), seen("Shaw’s phone", deleted=True)
	later = Observation(**{**{f: getattr(later, f) for f in later.__slots__}, "export_file": "later.zip"})
	assert differences(detail(first, later)) == [
		"Deleted on Shaw’s phone (later.zip), still there on Shaw’s phone (Shaw’s phone.zip)."
	]


def test_edits_names_and_places_are_said() -> None:
	told = differences(
		detail(seen("Shaw’s phone", edited=True), seen("Ahmed’s phone", sender="+44 7700 900123"), uncertain=True)
	)
	assert told == [
		"Edited: Shaw’s phone shows the later words, Ahmed’s phone the first ones.",
		"The phones call the sender +44 7700 900123 and Ann Example.",
		"The phones disagree on its place among the messages around it.",
	]


def test_what_was_joined_with_doubt_is_said_where_phones_were_joined() -> None:
	assert differences(detail(seen("Shaw’s phone"), seen("Ahmed’s phone", doubtful=True))) == [
		"Ahmed’s phone likely, but not certainly, shows this same message: compare the times, the senders and the "
		"words."
	]
	assert differences(detail(seen("Ahmed’s phone", doubtful=True))) == []


def test_a_caption_or_photo_on_one_phone_only_is_said() -> None:
	with_words = seen("Shaw’s phone", raw="IMG.jpg (file attached)\nThe drain.", present=True)
	without = seen("Ahmed’s phone", raw="<Media omitted>", present=False)
	versions = (
		Version(1, with_words.raw, "The drain.", edited=False, deleted=False, exports=("a",)),
		Version(2, without.raw, None, edited=False, deleted=False, exports=("b",)),
	)
	assert differences(detail(with_words, without, kind="media", versions=versions)) == [
		"The words with it are only on Shaw’s phone.",
		"The photo or file came with Shaw’s phone; Ahmed’s phone only named it or left it out.",
	]


def test_a_clock_that_was_off_is_put_in_words() -> None:
	assert time_words(seen("Shaw’s phone")) == "Thursday 3 April 2025, 14:05"
	assert time_words(seen("Shaw’s phone", clock_offset=60)) == (
		"Thursday 3 April 2025, 14:05 on this phone, whose clock was 1 hour ahead: Thursday 3 April 2025, 13:05 here"
	)
	abroad = time_words(seen("Shaw’s phone", clock_offset=-330, precision="second"))
	assert abroad.endswith("whose clock was 5 hours and 30 minutes behind: Thursday 3 April 2025, 19:35:00 here")
