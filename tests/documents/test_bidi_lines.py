"""Right-to-left words stand where the Unicode algorithm puts them, on every wrapped line."""

from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.documents import bidi_lines, fonts
from cranford_desktop.documents.lines import Setter
from cranford_desktop.domain.disclosure import Piece


def shown(text: str, base: int = 0) -> str:
	"""Return the characters of a line as they stand from left to right, brackets as they were written."""
	found = bidi_lines.levels(text, base)
	return "".join(text[at] for at in bidi_lines.visual_order(found))


def test_numbers_and_brackets_keep_their_place() -> None:
	assert shown("a (שער 3) b") == "a (3 רעש) b"
	assert shown("שלום (3) עולם", 1) == "םלוע )3( םולש"
	assert shown("he said שלום, then left") == "he said םולש, then left"


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abc שלם مرح 123 ,."), max_size=40))
def test_order_is_that_of_the_algorithm(text: str) -> None:
	"""The package's own order, in another implementation (it turns no sign that we ask about)."""
	text = text.strip()
	base = bidi_lines.base_level(text)
	assert shown(text, base) == get_display(text, base_dir="LR"[base])


def test_a_wrapped_paragraph_goes_on_at_the_right() -> None:
	lines = Setter().wrap((Piece("שלום לכולם " * 12),), 10, 200)
	assert len(lines) > 2
	for line in lines:
		assert abs(max(run.at + run.width for run in line) - 200) < 0.01 or line is lines[-1]
		assert "".join(run.text for run in line).strip().startswith(("שלום", "לכולם"))


def test_a_label_stands_in_the_line_of_the_words_round_it() -> None:
	(line,) = Setter(("Redacted",)).wrap((Piece("שלום "), Piece("Redacted", True), Piece(" עולם")), 10, 400)
	first, label, last = line[0], next(run for run in line if run.is_label), line[-1]
	assert last.at < label.at < first.at
	assert first.font == fonts.HEBREW
