"""A pack as PDF: everything released can be read, nothing says how long a secret was, same content same bytes."""

import io
import re
import sys
import unicodedata
from dataclasses import replace
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.documents import fonts
from cranford_desktop.documents.lines import Setter
from cranford_desktop.documents.photos import reencode
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import PackContent, PackEntry, PackMedia, PackPhoto, Piece
from tests.documents.samples import LABELS, content, entry, photo


def words_of(pdf: bytes) -> str:
	document = pypdfium2.PdfDocument(pdf)
	return "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def with_entries(*entries: PackEntry) -> PackContent:
	return replace(content(1), entries=entries, gaps={}, groups=((Piece("Cranford Full Council"),),))


def together(text: str) -> str:
	return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def test_same_content_same_bytes() -> None:
	assert render_pack(content(30)) == render_pack(content(30))


def test_cover_says_what_was_asked_and_what_is_in_it() -> None:
	said = words_of(render_pack(content(60)))
	for words in (
		"Cranford Parish Council",
		"Freedom of Information Act 2000",
		"Monday 26 October 2026",
		"the drain in Mill Lane",
		"Legal advice",
		"How to read this pack",
		"What an export cannot",
		"Transcript: Drainage working group",
	):
		assert words in said


def test_a_label_reads_in_brackets_when_copied() -> None:
	said = words_of(render_pack(content(10)))
	assert "I spoke to [Redacted – personal data, s40(2)]" in said
	assert "[Withheld – legal advice, s42]" in words_of(render_pack(content(14)))


def test_gaps_days_edited_and_photos_are_told() -> None:
	said = words_of(render_pack(content(60)))
	assert "… 14 messages not in scope …" in said
	assert "… 7 messages not in scope …" in said
	assert "Sunday 27 October 2024" in said
	assert "edited by its sender after it was sent" in said
	assert "FOI-2026-001-0011-P1" in said


def test_gap_says_not_held_where_some_were() -> None:
	made = content(10)
	said = words_of(render_pack(replace(made, counts={**made.counts, "not_held": 2})))
	assert "… 14 messages not in scope or not held …" in said


def test_hour_that_comes_twice_is_marked() -> None:
	twice = entry(1, (Piece("Late one"),), datetime(2026, 10, 25, 1, 30))
	assert "sent in the hour that came twice" in words_of(render_pack(with_entries(twice)))
	once = entry(1, (Piece("Late one"),), datetime(2026, 10, 25, 2, 0))
	assert "came twice" not in words_of(render_pack(with_entries(once))).replace("\r\n", " ").split("Transcript: ")[-1]


def test_every_page_has_its_number_and_the_reference() -> None:
	pdf = pypdfium2.PdfDocument(render_pack(content(60)))
	for number in range(len(pdf)):
		said = pdf[number].get_textpage().get_text_range()
		assert f"Page {number + 1} of {len(pdf)}" in said
		assert "FOI-2026-001" in said


def test_practice_is_written_across_every_page() -> None:
	pdf = pypdfium2.PdfDocument(render_pack(content(5, practice=True)))
	assert all("PRACTICE" in pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
	assert "PRACTICE" not in words_of(render_pack(content(5)))


def test_document_has_title_language_bookmarks_and_no_machine() -> None:
	with pikepdf.open(io.BytesIO(render_pack(content(40)))) as pdf:
		assert str(pdf.Root.Lang) == "en-GB"
		assert str(pdf.docinfo["/Title"]) == "Disclosure pack FOI-2026-001"
		assert str(pdf.docinfo.get("/Author", "")) in ("", "anonymous")
		assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123000000")
		with pdf.open_outline() as outline:
			assert [one.title for one in outline.root] == [
				"Cover",
				"How to read this pack",
				"Transcript: Cranford Full Council",
				"Transcript: Drainage working group",
				"Schedule of messages",
			]


def test_ten_thousand_characters_flow_over_pages() -> None:
	long = "The drain was looked at again. " * 330
	pdf = render_pack(with_entries(entry(1, (Piece(long),)), entry(2, (Piece("x" * 9_000),))))
	said = together(words_of(pdf))
	assert said.count("drainwaslookedat") >= 325
	assert said.count("x") >= 9_000


def test_no_day_heading_stands_alone_at_the_end_of_a_page() -> None:
	"""What comes after a day's heading on its page is a message's reference."""
	pdf = pypdfium2.PdfDocument(render_pack(content(60)))
	for number in range(2, len(pdf)):
		lines = pdf[number].get_textpage().get_text_range().splitlines()
		for at, line in enumerate(lines):
			if re.fullmatch(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ [A-Z][a-z]+ \d{4}", line.strip()):
				assert lines[at + 1].startswith("FOI-2026-001-")


def test_no_message_at_all_still_makes_a_pack() -> None:
	assert "No message of this group" in words_of(render_pack(with_entries()))


def test_unknown_letters_are_printed_as_their_code() -> None:
	said = words_of(render_pack(with_entries(entry(1, (Piece("\U00010380 and \x00 and \ud800 and ok\u202e!"),)))))
	assert "[U+10380]" in said
	assert "[U+0000]" in said
	assert "[U+D800]" in said
	assert "ok!" in said


def test_right_to_left_words_come_out_whole() -> None:
	said = words_of(render_pack(with_entries(entry(1, (Piece("Hello שלום לכולם (2) end"),)))))
	assert "שלום" in said or "םולש" in said
	assert "end" in said


_LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x52F)


@settings(max_examples=25, deadline=None)
@given(st.text(_LETTERS, min_size=1, max_size=300))
def test_every_released_character_can_be_read(text: str) -> None:
	said = together(words_of(render_pack(with_entries(entry(1, (Piece(text),))))))
	wanted = together("".join(run for _, run in fonts.runs(fonts.clean(text)))).replace("\u00a0", "")
	assert wanted in said or sorted(set(wanted) - set(said)) == []


@settings(max_examples=60, deadline=None)
@given(
	st.lists(st.tuples(st.text(_LETTERS, max_size=60), st.booleans()), max_size=8),
	st.sampled_from(LABELS),
	st.sampled_from(LABELS),
)
def test_lines_do_not_depend_on_which_label_stands_there(parts: list[tuple[str, bool]], one: str, other: str) -> None:
	def layout(label: str) -> list[list[tuple[float, float, str]]]:
		pieces = [Piece(label, True) if is_label else Piece(text) for text, is_label in parts]
		lines = Setter(LABELS).wrap(pieces, 10, 380)
		return [[(run.at, run.width, "" if run.is_label else run.text) for run in line] for line in lines]

	assert layout(one) == layout(other)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.integers(min_value=60, max_value=500))
def test_no_line_is_wider_than_the_column(text: str, width: int) -> None:
	for line in Setter(LABELS).wrap((Piece(text),), 10, width):
		assert all(run.at + run.width <= width + 0.01 for run in line)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab,.-é  \nW"), max_size=120), st.integers(0, 120), st.integers(40, 300))
def test_plain_words_are_set_as_all_others(text: str, cut: int, width: int) -> None:
	"""One plain piece has a short way through; two pieces have not."""
	whole = Setter(LABELS).wrap((Piece(text),), 10, width)
	parts = Setter(LABELS).wrap((Piece(text[:cut]), Piece(text[cut:])), 10, width)
	assert ["".join(run.text for run in line) for line in whole] == [
		"".join(run.text for run in line) for line in parts
	]
	for one, other in zip(whole, parts, strict=True):
		assert sum(run.width for run in one) == pytest.approx(sum(run.width for run in other))


def test_every_label_has_one_width_even_one_nobody_named() -> None:
	setter = Setter(LABELS)
	lines = setter.wrap((Piece("Redacted", True), Piece(" "), Piece("Redacted – " + "long " * 20, True)), 10, 2_000)
	assert {run.width for run in lines[0] if run.is_label} == {setter.label_width}
	assert setter.squeeze("Redacted – " + "long " * 20) < 1


def test_no_font_of_the_reader_is_needed() -> None:
	with pikepdf.open(io.BytesIO(render_pack(content(20)))) as pdf:
		used = [
			thing
			for thing in pdf.objects
			if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
		]
		assert used
		assert all("/FontFile2" in one for one in used)


@pytest.mark.slow
def test_time_grows_with_the_messages_only() -> None:
	made = content(4_000)
	assert len(pypdfium2.PdfDocument(render_pack(made))) > 300


def test_one_word_without_end_is_set_in_linear_time() -> None:
	setter = Setter(LABELS)

	def steps(length: int) -> int:
		calls = 0

		def count(_frame: object, event: str, _arg: object) -> None:
			nonlocal calls
			calls += event == "call"

		sys.setprofile(count)
		try:
			lines = setter.wrap((Piece("x" * length),), 10, 300)
		finally:
			sys.setprofile(None)
		assert "".join(run.text for line in lines for run in line) == "x" * length
		assert all(sum(run.width for run in line) <= 300.001 for line in lines)
		return calls

	fonts.register()
	small, large = steps(2_000), steps(8_000)
	assert large < small * 5


def test_a_photo_that_all_but_fits_is_printed_smaller_instead_of_leaving_a_blank() -> None:
	shown = reencode(photo(800, 500))
	medium = PackMedia(
		(Piece("Photo", own=True),), "", PackPhoto("P1", shown.jpeg, shown.width, shown.height, "a photo")
	)
	pack = with_entries(*(entry(number, (Piece("Look"),), media=(medium,)) for number in range(1, 5)))
	pdf = pypdfium2.PdfDocument(render_pack(pack))
	on_first = pdf[2].get_textpage().get_text_range()
	assert "FOI-2026-001-0003" in on_first
	images = [one for one in pdf[2].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
	heights = [one.get_bounds()[3] - one.get_bounds()[1] for one in images]
	assert len(heights) == 3
	assert heights[0] * 0.6 <= heights[2] < heights[0]
	assert min(one.get_bounds()[1] for one in images) > 22 / 25.4 * 72
