"""A search as four boxes (all of, any of, none of, exactly), written as the search field takes it, and read back."""

from collections.abc import Sequence

from cranford_desktop.domain.search_form import SearchForm
from cranford_desktop.store.search import OPERATORS, TOKEN, Term, has_words, parse, straight


def written(form: SearchForm) -> str:
	"""Return four boxes as one search."""
	every = [*_tokens(form.all_of), *_quoted(form.exactly)]
	none = [f"-{one}" if has_words(one) else f"NOT {one}" for one in _tokens(form.none_of)]
	several = _tokens(form.any_of) or [""]
	return " OR ".join(" ".join(filter(None, (*every, one, *none))) for one in several)


def form_of(words: str) -> SearchForm | None:
	"""Return a search as four boxes; None where they cannot say it."""
	alternatives = parse(words)
	if not alternatives:
		return SearchForm()
	none = [one for one in alternatives[0] if one.excluded]
	shared = [one for one in alternatives[0] if not one.excluded and all(one in terms for terms in alternatives)]
	several: list[Term] = []
	for terms in alternatives:
		if {one for one in terms if one.excluded} != set(none):
			return None
		own = [one for one in terms if not one.excluded and one not in shared]
		if len(own) != (len(alternatives) > 1):
			return None
		several += own
	exactly = next((one for one in shared if one.phrase and one.words and " " in one.text), None)
	return SearchForm(
		all_of=_shown([one for one in shared if one is not exactly]),
		any_of=_shown(several),
		none_of=_shown(none),
		exactly=exactly.text if exactly is not None else "",
	)


def _tokens(box: str) -> list[str]:
	"""Return what stands in a box, each written so that it means itself: no operators, nothing left out."""
	found = []
	for token in TOKEN.finditer(straight(box)):
		word = token["word"]
		if word is None:
			found += _quoted(token["phrase"])
		elif word in OPERATORS:
			found.append(f'"{word}"')
		else:
			found.append(word.lstrip("-−–") if has_words(word) else word)
	return found


def _quoted(words: str) -> list[str]:
	inside = " ".join(straight(words).replace('"', " ").split())
	return [f'"{inside}"'] if inside else []


def _shown(terms: Sequence[Term]) -> str:
	return " ".join(f'"{one.text}"' if one.phrase else one.text + "*" * one.prefix for one in terms)
