"""An export written by the independent writer and read back: nothing lost, order and characters kept."""

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.ingest.reading import read_export
from cranford_desktop.ingest.text import PIECE

from .accounting import unaccounted
from .conftest import TODAY
from .writer import Phone, Sent, header, write_export, write_text

# What a person can type, with everything that looks like a line break but is none, and pieces of markers.
CHARACTERS = st.one_of(
	st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"),
	st.sampled_from("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\u200f\u202f\u00a0\x00\ufeff:-[]<>/ "),
)
LINE = st.text(CHARACTERS, max_size=40)
TEXT = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
NAMES = st.sampled_from(
	[
		"Ann Example",
		"Bob",
		"Clerk - Susan",
		"👩‍🌾 Dot",
		"\u202a+44\u00a07700\u00a0900123\u202c",
		"~\u202fDave",
		"O'Hara, Cllr",
	]
)
PHONES = st.builds(
	Phone,
	platform=st.sampled_from(["android", "iphone"]),
	order=st.sampled_from(["dmy", "mdy", "ymd"]),
	separator=st.sampled_from(["/", ".", "-"]),
	clock=st.sampled_from(["24", "12"]),
	am_pm=st.sampled_from([("am", "pm"), ("AM", "PM"), ("a.m.", "p.m."), ("a.\u00a0m.", "p.\u00a0m.")]),
	space_before_am=st.sampled_from([" ", "\u202f", "\u00a0"]),
	comma=st.booleans(),
	seconds=st.booleans(),
	padded=st.booleans(),
	time_separator=st.sampled_from([":", "."]),
)
START = datetime(2024, 1, 13, 23, 50, 11)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PHONES, st.lists(st.tuples(st.integers(0, 5000), NAMES, TEXT), min_size=1, max_size=12), st.booleans())
def test_written_and_read_back(tmp_path: Path, phone: Phone, said: list[tuple[int, str, str]], zipped: bool):
	at, entries = START, [Sent(START, "Ann Example", "first\nline")]
	for minutes, name, text in said:
		at += timedelta(minutes=minutes)
		entries.append(Sent(at, name, text))
	path = write_export(tmp_path / ("WhatsApp Chat with P.zip" if zipped else "chat.txt"), phone, entries)
	export = read_export(path, today=TODAY)
	assert export.platform == phone.platform
	assert export.date_order == phone.order
	assert [record.raw for record in export.records] == [entry.text for entry in entries]
	assert [record.sender for record in export.records] == [entry.sender for entry in entries]
	exact = phone.platform == "iphone" and phone.seconds
	assert [record.sent_at for record in export.records] == [
		entry.at if exact else entry.at.replace(second=0) for entry in entries
	]
	# Header and body of every record are the file, character for character.
	end = "\r\n" if phone.platform == "iphone" else "\n"
	again = "".join(
		f"{header(phone, entry.at)}{record.sender}: {record.raw}{end}"
		for entry, record in zip(entries, export.records, strict=True)
	)
	assert again == write_text(phone, entries)


# Lines of which some begin records, some only look so: hours that no clock shows, days that no month has, another
# phone's form, another clock, a name with a colon; and one so long that a text is read in more than one stretch.
HOSTILE = st.one_of(
	LINE.filter(lambda line: not any(map(str.isdigit, line))),
	st.sampled_from(
		[
			"",
			"\r",
			"13/03/2024, 19:05 - Ann: x",
			"13/03/2024, 19:06 - Ann: Note: y",
			"13/03/2024, 19:06 - Ann:",
			"13/03/2024, 19:06 - Bob left",
			"13/03/2024, 19:06 -",
			"13/03/2024, 25:06 - Bob: no such hour",
			"13/03/2024, 13:06 am - Bob: no such hour",
			"13/03/2024, 7:06 pm - Ann: another clock",
			"13/03/24, 19:06 - Ann: a shorter year",
			"3/14/24, 7:06 PM - Zed: another order",
			"31/02/2024, 19:06 - Bob: no such day",
			"45/45/2024, 19:06 - Bob: no such month",
			"13.03.24, 19:06 - Zed: other dots",
			"[13/03/2024, 19:05:11] Bob: y",
			"\u200e[13/03/2024, 19:05:11] Bob: \u200eimage omitted",
			"[13/03/2024, 25:05:11] Bob: no such hour",
			"[13/03/2024, 7:05:11\u202fPM] Ann: another clock",
			"13/03/2024 19:05:11: Bob: as before 2016",
			"13/03/2024, 19:0",
			"x" * PIECE,
		]
	),
)
OPENINGS = st.sampled_from(
	[
		"13/03/2024, 19:05 - Ann: start\n",
		"13/03/2024, 19:05 - Ann: start\n13/03/2024, 19:05 - Ann: more\n",
		"[13/03/2024, 19:05:11] Ann: start\r\n[13/03/2024, 19:05:12] Bob: more\r\n",
		"\ufeffwritten above\n\n13/03/2024, 7:05 pm - Ann: start\n",
		"13/03/2024 19:05:11: Ann: start\n",
	]
)


@settings(
	max_examples=150,
	deadline=None,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.large_base_example],
)
@given(OPENINGS, st.lists(st.tuples(HOSTILE, st.sampled_from(["\n", "\n", "\r\n"])), max_size=14), st.booleans())
def test_no_character_of_any_text_is_lost(tmp_path: Path, opening: str, lines: list[tuple[str, str]], ended: bool):
	chat = opening + "".join(line + end for line, end in lines)
	chat = chat if ended else chat.rstrip("\r\n")
	path = tmp_path / "chat.txt"
	path.write_bytes(chat.encode())
	try:
		export = read_export(path, today=TODAY)
	except ProblemWithFile:
		# Mostly something else than a chat: said, and nothing of it is taken.
		reject()
	text = chat.removeprefix("\ufeff")
	if text.count("\r\n") == text.count("\n"):
		text = text.replace("\r\n", "\n")
	assert unaccounted(text, list(export.records), export.unread_lines) is None
