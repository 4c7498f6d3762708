"""A search as a form of four boxes, written in the grammar of the search field and read back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchForm:
	"""Four boxes, each with words as typed."""

	all_of: str = ""
	any_of: str = ""
	none_of: str = ""
	exactly: str = ""
	"""Words that stand together in this order."""
