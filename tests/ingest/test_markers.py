"""Kinds of messages, and their words without the app's own markers."""

import pytest

from .conftest import Read

A = "13/03/2024, 19:05 - "
P = "[13/03/2024, 19:05:11] "
L = "\u200e"


@pytest.mark.parametrize(
	("body", "kind", "text", "media_name", "is_media"),
	[
		("IMG-20240313-WA0001.jpg (file attached)", "media", None, "IMG-20240313-WA0001.jpg", True),
		(
			f"{L}IMG-20240313-WA0001.jpg (file attached)\nThe hedge\nagain",
			"media",
			"The hedge\nagain",
			"IMG-20240313-WA0001.jpg",
			True,
		),
		("AUD-20240313-WA0006. (file attached)", "media", None, "AUD-20240313-WA0006.", True),
		("Minutes (1).pdf (file attached)\nMinutes (1).pdf", "media", None, "Minutes (1).pdf", True),
		("Minutes.pdf (file attached)\nMinutes\nread please", "media", "read please", "Minutes.pdf", True),
		("John Doe.vcf (file attached)", "contact", None, "John Doe.vcf", True),
		("<Media omitted>", "media", None, None, True),
		("<Video note omitted>", "media", None, None, True),
		("<View once voice message omitted>", "media", None, None, True),
		("null", "media", None, None, True),
		("See plan (file attached)", "message", "See plan (file attached)", None, False),
		("image omitted", "message", "image omitted", None, False),
		("I said <Media omitted> there", "message", "I said <Media omitted> there", None, False),
		(
			"location: https://maps.google.com/?q=51.5,-0.12",
			"location",
			"location: https://maps.google.com/?q=51.5,-0.12",
			None,
			False,
		),
		("live location shared", "location", "live location shared", None, False),
		("https://maps.google.com/?q=51.5,-0.12", "message", "https://maps.google.com/?q=51.5,-0.12", None, False),
		(
			"POLL:\nWhen (1 vote)?\nOPTION: Monday (3 votes)\nOPTION: Maybe (2 votes) (1 vote)",
			"poll",
			"When (1 vote)?\nMonday\nMaybe (2 votes)",
			None,
			False,
		),
		(
			"POLL: When? OPTION: Monday (3 votes) OPTION: Tuesday (0 votes)",
			"poll",
			"When?\nMonday\nTuesday",
			None,
			False,
		),
		("POLL: shall we?", "message", "POLL: shall we?", None, False),
		("This message was deleted", "deleted", None, None, False),
		("You deleted this message", "deleted", None, None, False),
		("This message was deleted by admin Tom", "deleted", None, None, False),
		("This message was deleted by mistake", "message", "This message was deleted by mistake", None, False),
		("Waiting for this message. This may take a while.", "message", None, None, False),
		("Missed voice call", "call", None, None, False),
		("POLL:\nQ\nOPTION: A (1 vote)\n", "poll", "Q\nA", None, False),
		("POLL:\nQ\n\nOPTION: A (1 vote)\nOPTION: B: C (0 votes)\n\n", "poll", "Q\n\nA\nB: C", None, False),
		("<View once text omitted>", "media", None, None, True),
		("<View once photo omitted>", "media", None, None, True),
		("<Video message omitted>", "media", None, None, True),
		("<Media omitted>\nTemplate.docx", "media", "Template.docx", None, True),
		("null\nand void", "message", "null\nand void", None, False),
		("DOC-20240313-WA0006. (file attached)\nfor Tuesday", "media", "for Tuesday", "DOC-20240313-WA0006.", True),
		("STK-20240313-WA0006.webp (file attached)", "media", None, "STK-20240313-WA0006.webp", True),
		("Ann and 2 other contacts.vcf (file attached)", "contact", None, "Ann and 2 other contacts.vcf", True),
		("This message was deleted by an admin", "deleted", None, None, False),
		("You deleted this message as admin", "deleted", None, None, False),
		("Waiting for this message. This may take a while. Learn more", "message", None, None, False),
		("Missed group video call", "call", None, None, False),
		("Missed voice call at 19:05", "call", None, None, False),
		("Missed voice calls all day", "message", "Missed voice calls all day", None, False),
		("Voice call, 12 min", "message", "Voice call, 12 min", None, False),
		(
			"Village Hall\nMill Lane, Cranford\nlocation: https://maps.google.com/?q=51.5,-0.12",
			"location",
			"Village Hall\nMill Lane, Cranford\nlocation: https://maps.google.com/?q=51.5,-0.12",
			None,
			False,
		),
		(
			"Village Hall\nMill Lane\nhttps://foursquare.com/v/4e89af95e5fa82ad4c0aa03b",
			"location",
			"Village Hall\nMill Lane\nhttps://foursquare.com/v/4e89af95e5fa82ad4c0aa03b",
			None,
			False,
		),
	],
)
def test_android(read: Read, body: str, kind: str, text: str | None, media_name: str | None, is_media: bool):
	record = read(f"{A}Ann: {body}\n{A}Bob: x\n").records[0]
	assert (record.kind, record.text, record.media_name, record.is_media) == (kind, text, media_name, is_media)
	assert record.sender == "Ann"
	assert record.raw == body
	assert record.deleted == (kind == "deleted")


@pytest.mark.parametrize(
	("body", "kind", "text", "media_name", "is_media"),
	[
		(
			f"{L}<attached: 00000012-PHOTO-2024-03-13-19-05-11.jpg>",
			"media",
			None,
			"00000012-PHOTO-2024-03-13-19-05-11.jpg",
			True,
		),
		(
			f"{L}<attached: -0000013-AUDIO-2024-03-13-19-05-11.opus>",
			"media",
			None,
			"-0000013-AUDIO-2024-03-13-19-05-11.opus",
			True,
		),
		(
			f"The hedge {L}<attached: 00000012-PHOTO-2024-03-13-19-05-11.jpg>",
			"media",
			"The hedge",
			"00000012-PHOTO-2024-03-13-19-05-11.jpg",
			True,
		),
		(f"Minutes.pdf • {L}2 pages {L}<attached: 00000047-Minutes.pdf>", "media", None, "00000047-Minutes.pdf", True),
		(f"Minutes.pdf • {L}1 page {L}document omitted", "media", None, None, True),
		(f"{L}image omitted", "media", None, None, True),
		(f"{L}GIF omitted", "media", None, None, True),
		(f"{L}video note omitted", "media", None, None, True),
		(f"{L}Contact card omitted", "contact", None, None, True),
		(f"{L}<attached: 00000042-John.vcf>", "contact", None, "00000042-John.vcf", True),
		(f"2015-08-04-PHOTO-00004762.jpg <{L}attached>", "media", None, "2015-08-04-PHOTO-00004762.jpg", True),
		("image omitted", "message", "image omitted", None, False),
		(
			f"{L}Location: https://maps.google.com/?q=51.5,-0.12",
			"location",
			"Location: https://maps.google.com/?q=51.5,-0.12",
			None,
			False,
		),
		(
			f"{L}Village Hall (Mill Lane): https://foursquare.com/v/abc",
			"location",
			"Village Hall (Mill Lane): https://foursquare.com/v/abc",
			None,
			False,
		),
		(
			f"{L}POLL:\nWhen?\n{L}OPTION: Monday ({L}3 votes)\n{L}OPTION: Tuesday ({L}1 vote)\n",
			"poll",
			"When?\nMonday\nTuesday",
			None,
			False,
		),
		(f"{L}This message was deleted.", "deleted", None, None, False),
		(f"{L}You deleted this message.", "deleted", None, None, False),
		("This message was deleted.", "message", "This message was deleted.", None, False),
		(f"{L}Missed voice call. {L}Tap to call back", "call", None, None, False),
		(f"{L}Voice call. {L}12 min", "call", None, None, False),
		(f"{L}Voice call, {L}28 min • {L}4 joined", "call", None, None, False),
		(f"{L}Video call. {L}No answer", "call", None, None, False),
		("Voice call, 7 pm tonight?", "message", "Voice call, 7 pm tonight?", None, False),
		(f"{L}Group video call. {L}3 joined", "call", None, None, False),
		(f"{L}Silenced voice call. {L}Focus mode", "call", None, None, False),
		(f"{L}This message was deleted by admin ~Tom.", "deleted", None, None, False),
		(f"{L}Image omitted", "media", None, None, True),
		(f"{L}video note omitted.", "media", None, None, True),
		(f"Minutes of 3 May.docx {L}document omitted", "media", None, None, True),
		(f"The hedge {L}image omitted", "media", "The hedge", None, True),
		(f"The hedge\nagain\n{L}image omitted", "media", "The hedge\nagain", None, True),
		(f"{L}live location shared", "location", "live location shared", None, False),
		(f"{L}Waiting for this message. This may take a while.", "message", None, None, False),
		(f"Plan.docx {L}<attached: 00000047-Plan.docx>", "media", None, "00000047-Plan.docx", True),
		(
			f"{L}POLL:\nWhen?\n{L}OPTION: Monday\n\n",
			"poll",
			"When?\nMonday",
			None,
			False,
		),
		("POLL:\nWhen?\nOPTION: Monday (3 votes)", "message", "POLL:\nWhen?\nOPTION: Monday (3 votes)", None, False),
	],
)
def test_iphone(read: Read, body: str, kind: str, text: str | None, media_name: str | None, is_media: bool):
	record = read(f"{P}Ann: {body}\r\n{P}Bob: x\ny\r\n{P}Bob: {L}sticker omitted\r\n").records[0]
	assert (record.kind, record.text, record.media_name, record.is_media) == (kind, text, media_name, is_media)
	assert record.sender == "Ann"
	assert record.raw == body


def test_poll_of_an_iphone_with_crlf_inside(read: Read):
	body = f"{L}POLL:\r\nWhen?\r\n{L}OPTION: Monday ({L}3 votes)\r\n{L}OPTION: Tuesday ({L}1 vote)\r\n"
	record = read(f"{P}Ann: {body}\r\n{P}Bob: x\ny\r\n").records[0]
	assert (record.kind, record.text) == ("poll", "When?\nMonday\nTuesday")


@pytest.mark.parametrize(
	("chat", "text"),
	[
		(f"{A}Ann: hello  <This message was edited>\n", "hello "),
		(f"{P}Ann: hello {L}<This message was edited>\r\n", "hello"),
		(f"{P}Ann: hello {L}<This message was edited>.\r\n", "hello"),
		(f"{A}Ann: one\ntwo <This message was edited>\n", "one\ntwo"),
		(f"{A}Ann: hello <This message was edited.>\n", "hello"),
		(f"{A}Ann: <This message was edited> <This message was edited>\n", "<This message was edited>"),
	],
)
def test_edited(read: Read, chat: str, text: str):
	record = read(chat).records[0]
	assert (record.edited, record.text, record.kind) == (True, text, "message")
	assert "<This message was edited" in record.raw


def test_edited_caption(read: Read):
	record = read(f"{A}Ann: IMG-20240313-WA0001.jpg (file attached)\nhedge <This message was edited>\n").records[0]
	assert (record.edited, record.text, record.kind) == (True, "hedge", "media")


def test_calls_without_a_sender(read: Read):
	export = read(f"{A}Missed group voice call\n{A}Ann started a video call\n{A}Ann: x\n")
	assert [(record.kind, record.text, record.sender) for record in export.records[:2]] == [("call", None, None)] * 2
