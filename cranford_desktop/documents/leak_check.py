"""The last look before a pack goes out: the finished files are opened again and searched for what was removed.

It says what it checked: the texts it was given, and parts of a file that hide something. It never repeats a text it
looked for.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from cranford_desktop.documents.leak_pdf import image_faults, loose_text, pdf_texts
from cranford_desktop.documents.leak_xlsx import xlsx_texts
from cranford_desktop.documents.needles import House, Needles, Text
from cranford_desktop.domain.disclosure import LeakPlace, LeakReport

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_LOT = 1_000_000
"""Characters that are looked through at a time."""
Fault = Callable[[str], None]


def check(files: Mapping[str, bytes], needles: Sequence[str], *, house: House | None = None) -> LeakReport:
	"""Open finished files and look for `needles` in everything that can be read in them.

	`house` is what the documents say by themselves (`house_words`): a needle that stands there ("Ed" in "Redacted",
	"Pack") is no leak there, only in the words of messages. A file that cannot be opened fails the check.
	"""
	ready = Needles(needles, house)
	places: dict[LeakPlace, None] = {}
	for path, data in files.items():

		def fault(what: str, path: str = path) -> None:
			places[LeakPlace(path, what, -1)] = None

		for place, number in ready.find((Text("the file's name", path, voice="own"),)):
			places[LeakPlace(path, place, number)] = None
		try:
			for texts in _batches(_texts(path, data, fault)):
				for place, number in ready.find(texts):
					places[LeakPlace(path, place, number)] = None
		except Exception:  # a damaged file raises anything; whatever it is, the check has not passed
			fault("the file cannot be opened again")
	return LeakReport(len(needles), tuple(places))


def _texts(path: str, data: bytes, fault: Fault) -> Iterator[Text]:
	if data.startswith(b"%PDF") or path.casefold().endswith(".pdf"):
		yield from pdf_texts(data, fault)
	elif path.casefold().endswith(".xlsx"):
		yield from xlsx_texts(data, fault)
	elif data.startswith(_IMAGES):
		image_faults(data, fault)
		yield Text("the picture's data", loose_text(data), loose=True)
	else:
		yield from _plain(path, data)


def _batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
	"""Yield texts in lots, so that memory does not grow with the file."""
	lot: list[Text] = []
	size = 0
	for one in texts:
		lot.append(one)
		size += len(one.text)
		if size > _LOT:
			yield lot
			lot, size = [], 0
	yield lot


def _plain(path: str, data: bytes) -> Iterator[Text]:
	wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
	text = data.decode("utf-16" if wide else "utf-8", "replace")
	is_json = path.casefold().endswith(".json")
	yield Text("the text", _DIGEST.sub(" ", text), voice="mixed" if is_json else "message")
	if is_json:
		# Escaped letters read differently from what they mean.
		yield Text("the text", _DIGEST.sub(" ", "\n".join(_values(json.loads(text)))), voice="own")


def _values(thing: object) -> Iterator[str]:
	if isinstance(thing, str):
		yield thing
	elif isinstance(thing, dict):
		for key, value in thing.items():
			yield str(key)
			yield from _values(value)
	elif isinstance(thing, list):
		for value in thing:
			yield from _values(value)
