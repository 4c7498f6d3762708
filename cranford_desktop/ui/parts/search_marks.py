"""Where a search's words stand in the texts on screen, remembered for as long as the search lasts. Free of Qt."""

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.services.searching import Searching
from cranford_desktop.ui.parts.conversation import Spans

_KEPT = 2_000


def no_marks(_text: str) -> list[tuple[int, int]]:
	"""Mark nothing: there is no search."""
	return []


def marker(searching: Searching, wanted: MessageFilter) -> Spans:
	"""Return what tells where a search's words stand in a text."""
	if not wanted.search:
		return no_marks
	known: dict[str, list[tuple[int, int]]] = {}

	def spans(text: str) -> list[tuple[int, int]]:
		if text not in known:
			if len(known) > _KEPT:
				known.clear()
			known[text] = searching.highlights(text, wanted)
		return known[text]

	return spans
