"""The last look before a pack goes out: the finished files are opened again and compared with what was released.

First what the pages draw and the cells hold has to be what was released, sign by sign. Then everything else that can be
read in the files is searched for what was removed: more of it than was released is a leak. It says what it checked; it
never repeats a text it looked for.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cranford_desktop.documents.house_words import house_words
from cranford_desktop.documents.leak_covered import covered_words
from cranford_desktop.documents.leak_images import IMAGES, image_faults
from cranford_desktop.documents.leak_model import Released
from cranford_desktop.documents.leak_pdf import PdfWords, pdf_texts, picture_text
from cranford_desktop.documents.leak_same import manifest_differs, pages_differ, sheets_differ
from cranford_desktop.documents.leak_xlsx import BookWords, xlsx_texts
from cranford_desktop.documents.leak_zip import zip_faults
from cranford_desktop.documents.needles import House, Needles, Text, squashed
from cranford_desktop.domain.disclosure import LeakPlace, LeakReport, PackContent

_DIGEST = re.compile(r"\b(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64}|[0-9a-f]{56}|[0-9a-f]{40}|[0-9a-f]{32})\b", re.I)
_LOT = 1_000_000
"""Characters that are looked through at a time."""
_DEEPEST = 3
"""Files inside files."""
Fault = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Expected:
	"""What the checked files are held against."""

	released: Released
	made_on: date
	compared: Collection[str]
	"""Paths of the files that say what was released and nothing else; others only must not say what was removed."""


@dataclass(slots=True)
class _Check:
	needles: Needles
	expected: Expected | None
	files: Mapping[str, bytes]
	digests: frozenset[str]
	places: dict[LeakPlace, None] = field(default_factory=dict)

	def file(self, path: str, data: bytes, depth: int = 0) -> None:
		"""Look through one file."""

		def fault(what: str) -> None:
			self.places[LeakPlace(path, what, -1)] = None

		self._find(path, (Text("the file's name", path, voice="own"),))
		try:
			for texts in _batches(self._texts(path, data, fault, depth)):
				self._find(path, texts)
		except Exception:  # a damaged file raises anything; whatever it is, the check has not passed
			fault("the file cannot be opened again")

	def _find(self, path: str, texts: Sequence[Text]) -> None:
		for place, number in self.needles.find(texts):
			self.places[LeakPlace(path, place, number)] = None

	def _texts(self, path: str, data: bytes, fault: Fault, depth: int) -> Iterator[Text]:
		name = path.casefold()
		expected = self.expected if self.expected and path in self.expected.compared else None
		if data.startswith(b"%PDF") or name.endswith(".pdf"):
			yield from self._pdf(path, data, fault, expected)
		elif name.endswith(".xlsx"):
			book = BookWords()
			yield from xlsx_texts(data, fault, book, compared=expected is not None)
			if expected is not None:
				sheets_differ(book, expected.released, expected.made_on, fault)
		elif data.startswith(IMAGES):
			image_faults(data, fault)
			yield Text("the picture's data", picture_text(data), loose=True)
		elif data.startswith(b"PK\x03\x04") or name.endswith(".zip"):
			self._zip(path, data, fault, depth)
		else:
			yield from _plain(path, data, self.digests, fault, compared=expected is not None)
			if expected is not None:
				others = {one: data for one, data in self.files.items() if one != path}
				manifest_differs(json.loads(data), others, expected.released, fault)

	def _pdf(self, path: str, data: bytes, fault: Fault, expected: Expected | None) -> Iterator[Text]:
		words = PdfWords()
		yield from pdf_texts(data, fault, words)
		if expected is None:
			for what in covered_words(data):
				fault(what)
			return
		for place, number in pages_differ(words, expected.released, expected.made_on, self.needles, fault):
			self.places[LeakPlace(path, place, number)] = None

	def _zip(self, path: str, data: bytes, fault: Fault, depth: int) -> None:
		zip_faults(data, fault, made_on=self.expected.made_on if self.expected else None)
		if depth >= _DEEPEST:
			fault("files lie too deep inside files")
			return
		with zipfile.ZipFile(io.BytesIO(data)) as archive:
			for entry in archive.infolist():
				self.file(f"{path}/{entry.filename}", archive.read(entry), depth + 1)


def check(
	files: Mapping[str, bytes],
	needles: Sequence[str],
	*,
	house: House | None = None,
	counted: Collection[int] = (),
	content: PackContent | None = None,
	compared: Collection[str] = (),
) -> LeakReport:
	"""Open finished files and look for `needles` in everything that can be read in them.

	`house` is what the documents say by themselves (`house_words`): a needle that stands there ("Ed" in "Redacted",
	"Pack") is no leak there, only in the words of messages. `counted` are the places in `needles` of texts that stand
	in `content` by decision too; the files at `compared` have to say what `content` says, in its order, and no more. A
	file that cannot be opened fails the check.
	"""
	expected = None
	if content is not None:
		house = house or house_words(content)
		expected = Expected(Released(content, house), content.made_on, frozenset(compared))
	explained = set(expected.released.explained) if expected else set()
	explained |= {squashed(part) for path in compared for part in (path, path.rpartition("/")[2])}
	ready = Needles(needles, house, counted=counted, explained=explained)
	digests = frozenset(hashlib.sha256(data).hexdigest() for data in files.values())
	work = _Check(ready, expected, files, digests)
	for path, data in files.items():
		work.file(path, data)
	return LeakReport(len(needles), tuple(work.places))


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


def _plain(path: str, data: bytes, digests: frozenset[str], fault: Fault, *, compared: bool) -> Iterator[Text]:
	wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
	text = data.decode("utf-16" if wide else "utf-8", "replace")
	# A checksum of words or numbers can be guessed back: only released files may have one.
	if any(one.casefold() not in digests for one in _DIGEST.findall(text)):
		fault("a checksum of something that is no file of this pack")
	is_json = path.casefold().endswith(".json")
	yield Text("the text", _DIGEST.sub(" ", text), voice="mixed" if is_json else "message", released=compared)
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
