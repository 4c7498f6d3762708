"""Who asked, as they may be called in their own words: so that a pack never names its requester."""

import re

from cranford_desktop.domain.folding import fold

_SIGNED = re.compile(
	r"(?:^|,|\w\w\.|\b(?:from|by|regards|sincerely|faithfully|thanks|yours|am|name is))[\s–—-]*$", re.IGNORECASE
)
_BEFORE = 40
_WORDS = 6
"""Words at the end of a line that may sign it."""
_TITLE = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|cllr|councillor|sir|dame|lord|lady|rev|revd|prof)\.?", re.IGNORECASE)


def requester_names(requester: str) -> tuple[str, ...]:
	"""Return what a requester may be called in a text: as recorded, its parts, and without a title; longest first."""
	parts = [requester]
	for sign in ("<", ">", "(", ")", ",", ";", "\n"):
		parts = [piece for part in parts for piece in part.split(sign)]
	names: dict[str, None] = {}
	for part in (requester, *parts):
		words = part.split()
		names[" ".join(words)] = None
		while words and _TITLE.fullmatch(words[0]):
			words = words[1:]
			if len(words) > 1:
				names[" ".join(words)] = None
	return tuple(sorted((name for name in names if len(name) > 2), key=lambda name: (-len(name), name)))


def is_title(word: str) -> bool:
	"""Return whether a word only says how somebody is addressed: "Mrs", "Cllr"."""
	return _TITLE.fullmatch(word) is not None


def called(requester: str) -> str:
	"""Return how a letter addresses who asked: the name, without the address or e-mail that was written behind it."""
	return re.split(r"[,;<(\n]|\s-\s", requester.strip(), maxsplit=1)[0].strip() or requester.strip()


def signatures(wording: str, requester: str) -> list[tuple[int, int]]:
	"""Return where a line of a request ends in words of the requester's name, as letters are signed: "Regards, Tom"."""
	names = {fold(word) for name in requester_names(requester) for word in re.findall(r"[^\W\d_]+", name)}
	names |= {name[0] for name in names}
	found = []
	for line in re.finditer(r"[^\n]+", wording):
		signed: tuple[int, int] | None = None
		end: int | None = None
		for word in list(re.finditer(r"[^\W\d_]+", line[0]))[: -_WORDS - 1 : -1]:
			if fold(word[0]) not in names:
				break
			start, end = word.start(), end if end is not None else word.end()
			before = line[0][:start] if start <= _BEFORE else f"…{line[0][start - _BEFORE : start]}"
			if end - start > 2 and _SIGNED.search(before):
				signed = (line.start() + start, line.start() + end)
		if signed:
			found.append(signed)
	return found
