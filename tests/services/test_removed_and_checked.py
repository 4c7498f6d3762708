"""What is removed and what is looked for afterwards agree: whatever the leak check would recognise is covered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cranford_desktop.documents.needles import Needles, Text
from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.redacting import cover, find

NAMES = [
	"Jean Potter",
	"O'Brien",
	"Mrs H",
	"14 Mill Lane",
	"no 14",
	"07700 900123",
	"Siân",
	"Featherstonehaugh",
	"C. Ashe",
]
PARTS = st.sampled_from(
	(
		*("Jean", "Potter", "O", "Brien", "mrs", "h", "14", "Mill", "Lane", "no", "C", "Ashe", "and"),
		*("07700", "900123", "+44 (0)7700", "900", "123", "Sia\u0302n", "feather", "stone", "haugh"),
		*(" ", "\u00a0", ", ", "\n", "-", "’", "\u200d", "..."),
	)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, max_size=14).map("".join), st.sampled_from(NAMES))
def test_law_the_check_finds_nothing_in_what_is_left(words: str, name: str) -> None:
	covered = find(words, (Redaction(1, "text", name, "s40(2)"),))
	pieces = cover(words, covered, lambda _one: "█")
	for piece in pieces:
		assert not Needles([name]).find((Text("piece", piece.text),)), (name, piece)
