"""Records out of a chat text: which lines begin them, who sent them, every character kept."""

from datetime import datetime

import pytest

from cranford_desktop.errors import ProblemWithFile

from .conftest import Read
from .writer import ENCRYPTED

A = "13/03/2024, 19:05 - "


def shown(export):
	return [(record.sender, record.kind, record.text) for record in export.records]


def test_characters_stay_as_they_are(read: Read):
	body = "tail  \x0b\x0c\x85\u2028\u2029\x00\x1c a\rb \u200e\u202a½™ﬁe\u0301\ufeff "
	export = read(f"{A}Ann: {body}\n{A}Bob: next\n")
	assert export.records[0].raw == export.records[0].text == body
	assert len(export.records) == 2


def test_body_over_many_lines_keeps_blank_ones(read: Read):
	export = read(f"{A}Ann: one\n\n  two\n\n{A}Bob: x\n")
	assert export.records[0].text == "one\n\n  two\n"


def test_empty_bodies(read: Read):
	export = read(f"{A}Ann: hello\n{A}Ann: \n{A}Ann:\n{A}Ann:.\n{A}Ann:\nnext line\n{A}Bob: x")
	assert [record.sender for record in export.records] == ["Ann"] * 5 + ["Bob"]
	assert [record.raw for record in export.records] == ["hello", "", "", ".", "\nnext line", "x"]


@pytest.mark.parametrize(
	"name",
	[
		"Allotments: Bob",
		"Clerk - Susan",
		"👩‍🌾",
		"\u202a+44\u00a07700\u00a0900123\u202c",
		"~\u202fDave",
		"O'Brien (Cllr)",
	],
)
def test_names_of_every_kind(read: Read, name: str):
	export = read(f"{A}Tom added {name}\n{A}{name}: one\n{A}{name}: two: three\n{A}Tom: hi\n")
	assert shown(export)[1:] == [(name, "message", "one"), (name, "message", "two: three"), ("Tom", "message", "hi")]


def test_name_with_a_colon_learnt_from_its_repetition(read: Read):
	export = read(f"{A}Allotments: Bob: one\n{A}Allotments: Bob: two\n{A}Tom: hi\n{A}Allotments: Bob left\n")
	assert shown(export) == [
		("Allotments: Bob", "message", "one"),
		("Allotments: Bob", "message", "two"),
		("Tom", "message", "hi"),
		(None, "system", "Allotments: Bob left"),
	]


def test_a_name_with_a_colon_that_only_its_use_shows_is_said(read: Read):
	chat = f"{A}Allotments: Bob: one\n{A}Allotments: Bob: two\n{A}Ann: hi\n"
	assert any("a colon in it" in warning for warning in read(chat).warnings)
	assert read(f"{A}Ann added Allotments: Bob\n{chat}").warnings == read(f"{A}Ann: hi\n").warnings


def test_a_lead_word_is_no_name(read: Read):
	export = read(f"{A}Ann: Note: one\n{A}Ann: Note: two\n{A}Bob: Agenda: x\n{A}Bob: Agenda: y\n")
	assert {record.sender for record in export.records} == {"Ann", "Bob"}
	assert export.records[0].text == "Note: one"


def test_lines_of_the_app_with_colons(read: Read):
	lines = [
		'Tom changed the subject from "A" to "Planning: hedge"',
		'Tom changed the subject to "X: y"',
		'Tom created group "A: b"',
	]
	export = read("".join(f"{A}{line}\n" for line in lines * 2) + f"{A}Tom: hello\n")
	assert shown(export)[:3] == [(None, "system", line) for line in lines]
	assert shown(export)[-1] == ("Tom", "message", "hello")


@pytest.mark.parametrize(
	"text",
	[
		"Bob left",
		"I added Carol to the list",
		"She left the keys, then Bob removed them",
		'Tom changed the subject from "A" to "B"',
		ENCRYPTED,
		"You're now an admin",
		"security code changed: see above",
	],
)
def test_what_people_write_is_a_message(read: Read, text: str):
	export = read(f"{A}Ann: hello\n{A}Ann: {text}\n{A}Bob: hm\n")
	assert shown(export)[1] == ("Ann", "message", text)
	assert shown(read(f"{A}Ann: {text}\n"))[0] == ("Ann", "message", text)


@pytest.mark.parametrize(
	"line",
	[
		"Tom added Bob, Carol and Dave",
		"You were added",
		"Bob left",
		"+44 7700 900123 joined using this group's invite link",
		"Tom changed this group's icon",
		"Tom changed the group description",
		"You're now an admin",
		"Tom turned on disappearing messages. New messages will disappear from this chat 7 days after they're sent, "
		"except when kept.",
		"Your security code with Bob changed. Tap to learn more.",
		"Tom turned on advanced chat privacy.",
		"Tom changed their phone number to a new number. Tap to message or add the new number.",
		"Ein unbekannter Satz der App",
	],
)
def test_lines_of_the_app_on_android(read: Read, line: str):
	export = read(f"{A}{line}\n{A}Ann: hello\n")
	assert shown(export)[0] == (None, "system", line)
	assert ("unknown_system" in export.records[0].flags) == line.startswith("Ein")


def test_unknown_line_with_a_quoted_colon_is_no_sender(read: Read):
	line = "Tom hat den Betreff von „A“ zu „Planung: Hecke“ geändert"
	export = read(f"13.03.24, 19:05 - {line}\n13.03.24, 19:06 - Tom: hallo\n")
	assert shown(export)[0] == (None, "system", line)


P = "[13/03/2024, 19:05:11] "


def test_iphone_lines_with_a_sender(read: Read):
	chat = "".join(
		f"{P}{line}\r\n"
		for line in (
			f"Planning: \u200e{ENCRYPTED}",
			"Planning: \u200eYou were added",
			"Tom: \u200eTom left",
			"Tom: Tom left",
			"Tom: \u200eI think she left",
			"Tom: one\ntwo",
		)
	)
	export = read(chat, name="_chat.txt")
	assert shown(export) == [
		(
			"Planning",
			"system",
			ENCRYPTED,
		),
		("Planning", "system", "You were added"),
		("Tom", "system", "Tom left"),
		("Tom", "message", "Tom left"),
		("Tom", "message", "\u200eI think she left"),
		("Tom", "message", "one\ntwo"),
	]
	assert export.chat_name == "Planning"


def test_older_iphone_lines_without_a_sender(read: Read):
	chat = f"{P}Tom left\r\n\u200e{P}Tom changed the subject to “Planning: hedge”\r\n{P}Tom: x\ny\r\n"
	assert shown(read(chat)) == [
		(None, "system", "Tom left"),
		(None, "system", "Tom changed the subject to “Planning: hedge”"),
		("Tom", "message", "x\ny"),
	]


def test_crlf_ends_a_record_on_an_iphone(read: Read):
	chat = f"{P}Ann: look:\n[13/03/2024, 19:04:00] Bob: I resign\nreally\r\n{P}Bob: no\r\n"
	export = read(chat)
	assert shown(export) == [
		("Ann", "message", "look:\n[13/03/2024, 19:04:00] Bob: I resign\nreally"),
		("Bob", "message", "no"),
	]
	assert any("inside another" in warning for warning in export.warnings)
	future = chat.replace("19:04:00", "19:06:30")
	assert len(read(future).records) == 2
	assert len(read(f"{P}Ann: look:\n[13/03/2024, 19:04:00] Bob: I resign\r\n").records) == 1


def test_crlf_everywhere_reads_as_lf(read: Read):
	android = read(f"{A}Ann: one\r\ntwo\r\n{A}Bob: x \r\n")
	assert shown(android) == [("Ann", "message", "one\ntwo"), ("Bob", "message", "x ")]
	iphone = read(f"{P}Ann: one\r\ntwo\r\n{P}Bob: x\r\n")
	assert shown(iphone) == [("Ann", "message", "one\ntwo"), ("Bob", "message", "x")]


def test_pasted_crlf_stays_on_android(read: Read):
	export = read(f"{A}Ann: one\r\ntwo\n{A}Bob: x\n{A}Bob: y\n")
	assert export.records[0].text == "one\r\ntwo"


def test_pasted_headers_are_text_on_android(read: Read):
	chat = (
		f"{A}Ann: dates:\n12/06/2024 19:30 Full council\n[13/03/2024, 19:04:00] Bob: quoted\n"
		"12/06/2024 19:30 - Planning\n"
		f"{A}Bob: ok\n{A}Bob: fine\n"
	)
	export = read(chat)
	assert len(export.records) == 3
	assert export.records[0].text.count("\n") == 3
	assert any("iPhone" in warning for warning in export.warnings)


def test_hour_24_and_impossible_dates_are_text(read: Read):
	export = read(f"{A}Ann: x\n13/03/2024, 24:10 - Bob: y\n31/02/2024, 10:00 - Bob: z\n{A}Bob: w\n")
	assert shown(export) == [
		("Ann", "message", "x\n13/03/2024, 24:10 - Bob: y\n31/02/2024, 10:00 - Bob: z"),
		("Bob", "message", "w"),
	]


def test_another_clock_of_the_same_platform_is_a_record(read: Read):
	export = read(f"{A}Ann: x\n13/03/2024, 7:10 pm - Bob: y\n{A}Ann: z\n")
	assert [record.sent_at.hour for record in export.records] == [19, 19, 19]
	assert "other_clock" in export.records[1].flags


@pytest.mark.parametrize(
	("head", "expected"),
	[
		("13/03/2024, 19:05 - ", datetime(2024, 3, 13, 19, 5)),
		("13/03/2024, 7:05\u202fpm - ", datetime(2024, 3, 13, 19, 5)),
		("13/03/2024, 07:05 pm - ", datetime(2024, 3, 13, 19, 5)),
		("13/03/2024, 12:05 am - ", datetime(2024, 3, 13, 0, 5)),
		("13/03/2024, 12:05 PM - ", datetime(2024, 3, 13, 12, 5)),
		("13/03/2024, 0:05 a.m. - ", datetime(2024, 3, 13, 0, 5)),
		("13/03/2024, 7:05 p.m. - ", datetime(2024, 3, 13, 19, 5)),
		("13/3/24, 7:05 p.\u00a0m. - ", datetime(2024, 3, 13, 19, 5)),
		("13.03.24, 19:05 - ", datetime(2024, 3, 13, 19, 5)),
		("13.03.24, 10:05 nachm. - ", datetime(2024, 3, 13, 22, 5)),
		("13.03.24, 1:05 vorm. - ", datetime(2024, 3, 13, 1, 5)),
		("2024/3/13 下午10:05 - ", datetime(2024, 3, 13, 22, 5)),
		("2024/3/13 上午12:05 - ", datetime(2024, 3, 13, 0, 5)),
		("2024/3/13 晚上10:05 - ", datetime(2024, 3, 13, 22, 5)),
		("13-03-2024 19:05 - ", datetime(2024, 3, 13, 19, 5)),
		("13/03/24 19.05 - ", datetime(2024, 3, 13, 19, 5)),
		("2024-03-13 19:05 - ", datetime(2024, 3, 13, 19, 5)),
		("2024/03/13, 19:05 - ", datetime(2024, 3, 13, 19, 5)),
		("2024/3/1, 7:05 PM - ", datetime(2024, 3, 1, 19, 5)),
		("3/13/24, 7:05 PM - ", datetime(2024, 3, 13, 19, 5)),
		("[13/03/2024, 19:05:11] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[13/03/2024 19:05:11] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[13/03/24, 19:05] ", datetime(2024, 3, 13, 19, 5)),
		("\u200e[13/03/2024, 7:05:11\u202fPM] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[13/03/2024, 7:05:11 p.m.] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[3/13/24, 7:05:11 PM] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[2024-03-13, 19:05:11] ", datetime(2024, 3, 13, 19, 5, 11)),
		("[13.03.24, 19:05:11] ", datetime(2024, 3, 13, 19, 5, 11)),
		("13/03/2012 17:03:48: ", datetime(2012, 3, 13, 17, 3, 48)),
	],
)
def test_headers(read: Read, head: str, expected: datetime):
	export = read(f"{head}Ann: hello\nthere\n{head}Bob: x")
	assert [record.sent_at for record in export.records] == [expected, expected]
	assert [record.text for record in export.records] == ["hello\nthere", "x"]
	assert export.platform == ("iphone" if head.lstrip("\u200e")[0] == "[" or "2012" in head else "android")
	assert export.records[0].precision == ("second" if expected.second else "minute")


def test_lines_before_the_first_record_are_counted(read: Read):
	export = read(f"Chat history\n\n  \nsecond\n{A}Ann: x\n")
	assert export.unread_lines == ("Chat history", "second")


def test_mixed_platforms_tie_goes_to_the_first(read: Read):
	assert read(f"{A}Ann: x\n{P}Bob: y\n").platform == "android"
	assert read(f"{P}Ann: x\n{A}Bob: y\n").platform == "iphone"
	assert read(f"{A}Ann: x\n{P}Bob: y\n{P}Bob: z\n").platform == "iphone"


def test_steps_back_in_time_keep_the_file_order(read: Read):
	export = read(f"{A}Ann: x\n13/03/2024, 19:04 - Bob: y\n10/03/2024, 19:04 - Bob: z\n{A}Ann: w\n")
	assert [record.text for record in export.records] == ["x", "y", "z", "w"]
	assert ["out_of_sequence" in record.flags for record in export.records] == [False, False, True, False]


def test_iphone_lines_in_words_nobody_knows(read: Read):
	chat = (
		f"{P}Planung: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\r\n"
		f"{P}Tom: \u200eTom forlod gruppen\r\n{P}Tom: eins\nzwei\r\n"
	)
	export = read(chat, name="WhatsApp Chat - Planung.txt")
	assert shown(export) == [
		("Planung", "system", "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt."),
		("Tom", "system", "Tom forlod gruppen"),
		("Tom", "message", "eins\nzwei"),
	]
	assert "unknown_system" in export.records[1].flags


def test_group_lines_of_an_iphone_file_without_marks(read: Read):
	lines = (f"Planning: {ENCRYPTED}", "Planning: You were added", "Ann: image omitted", "Ann: You were added")
	chat = "".join(f"{P}{line}\r\n" for line in lines)
	assert [record[1] for record in shown(read(chat, name="_chat.txt"))] == ["system", "system", "media", "message"]


def test_a_pasted_list_of_dates_is_flagged(read: Read):
	chat = f"{A}Ann: dates\n20/06/2024, 19:30 - Full council\n27/06/2024, 19:30 - Planning\n" + "".join(
		f"{day}/03/2024, 10:00 - Bob: ok\n" for day in range(14, 20)
	)
	flags = ["out_of_sequence" in record.flags for record in read(chat).records]
	assert flags == [False, True, True, *[False] * 6]


def test_a_log_file_is_no_chat(read: Read):
	with pytest.raises(ProblemWithFile):
		read("2024-03-13 19:05 - started\n2024-03-13 19:06 - stopped\n", name="log.txt")


def test_a_sentence_from_the_catalogue_is_a_message_where_a_name_stands_before_it(read: Read):
	export = read("13/03/2024, 09:00 - Tom Hale: You joined using an invite from Pat\n13/03/2024, 09:01 - Sue: yes\n")
	assert shown(export)[0] == ("Tom Hale", "message", "You joined using an invite from Pat")


def test_raw_is_the_body_without_the_name_before_it(read: Read):
	lines = (f"Planning: \u200e{ENCRYPTED}", "Tom: \u200eTom, Pat were added", "Tom: one")
	export = read("".join(f"[13/03/2024, 09:00:0{n}] {line}\r\n" for n, line in enumerate(lines)), name="_chat.txt")
	assert [(one.sender, one.kind, one.raw) for one in export.records] == [
		("Planning", "system", f"\u200e{ENCRYPTED}"),
		("Tom", "system", "\u200eTom, Pat were added"),
		("Tom", "message", "one"),
	]


def test_a_message_still_on_its_way_has_no_words_with_and_without_its_mark(read: Read):
	waiting = "Waiting for this message. This may take a while."
	lines = (f"Tom: {waiting}", f"Tom: \u200e{waiting}", "Tom: \u200eThis message was deleted.", "Tom: one")
	export = read("".join(f"[13/03/2024, 09:00:0{n}] {line}\r\n" for n, line in enumerate(lines)), name="_chat.txt")
	assert [text for _, _, text in shown(export)] == [None, None, None, "one"]


def test_what_is_no_text_is_named_so(read: Read):
	with pytest.raises(ProblemWithFile, match="holds no text"):
		read(bytes(range(256)) * 50, name="msgstore.txt")


def test_a_name_with_a_colon_is_learnt_beside_lines_of_the_app_about_it(read: Read):
	lines = (
		"Allotments: Bob: one",
		'Allotments: Bob changed the subject from "A" to "B: 2"',
		"Allotments: Bob: two: and three",
		"Tom: yes",
	)
	export = read("".join(f"13/03/2024, 09:0{n} - {line}\n" for n, line in enumerate(lines)))
	assert [(one.sender, one.text) for one in export.records] == [
		("Allotments: Bob", "one"),
		(None, lines[1]),
		("Allotments: Bob", "two: and three"),
		("Tom", "yes"),
	]


def test_what_is_never_followed_by_a_word_is_no_name(read: Read):
	export = read("13/03/2024, 09:00 - Ann: one\n13/03/2024, 09:01 - Bob: Noon:\n13/03/2024, 09:02 - Bob: Noon:\n")
	assert [(one.sender, one.text) for one in export.records][1:] == [("Bob", "Noon:"), ("Bob", "Noon:")]


def test_a_partner_who_only_sent_photos_is_no_group(read: Read):
	lines = (
		f"Pat: \u200e{ENCRYPTED}",
		"Me: hi",
		"Pat: \u200eMissed voice call. Tap to call back",
		"Pat: \u200eThis message was deleted.",
		"Pat: \u200eimage omitted",
	)
	export = read("".join(f"[13/03/2024, 09:00:0{n}] {line}\r\n" for n, line in enumerate(lines)), name="_chat.txt")
	assert [kind for _, kind, _ in shown(export)] == ["system", "message", "call", "deleted", "media"]
