"""The part of an export that the clerk chose: its records, and the same characters of the file, nothing of the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from cranford_desktop.domain.importing import Chosen
from cranford_desktop.domain.messages import ReadExport, Record, Records
from cranford_desktop.domain.work import Stopped, check, never
from cranford_desktop.ingest import encoding
from cranford_desktop.ingest.container import open_export
from cranford_desktop.ingest.counting import tally
from cranford_desktop.ingest.file_types import refuse

_EVERY = 2000


def is_chosen(record: Record, chosen: Chosen, people: frozenset[str]) -> bool:
	"""Say whether a record is among those chosen. Where people are, WhatsApp's own lines are not."""
	day = record.sent_at.date()
	if (chosen.start is not None and day < chosen.start) or (chosen.end is not None and day > chosen.end):
		return False
	return not people or (record.kind != "system" and record.sender in people)


class ChosenRecords:
	"""The chosen records of an export, numbered anew, gone through again each time like the file's own."""

	def __init__(self, records: Records, chosen: Chosen) -> None:
		self._records, self._chosen, self._people = records, chosen, frozenset(chosen.people)
		self._length = sum(1 for _ in self._through())

	def __len__(self) -> int:
		return self._length

	def __iter__(self) -> Iterator[Record]:
		for order, record in enumerate(self._through()):
			yield record._replace(order=order)

	def _through(self) -> Iterator[Record]:
		return (record for record in self._records if is_chosen(record, self._chosen, self._people))

	def orders(self) -> dict[int, int]:
		"""Return the place in the file → the place here."""
		return {record.order: order for order, record in enumerate(self._through())}


def narrowed(read: ReadExport, chosen: Chosen) -> ReadExport:
	"""Return an export as if it held only what was chosen. Raises `ProblemWithFile` where that is nothing.

	It keeps the fingerprint of the file, so that the same file is known again.
	"""
	records = ChosenRecords(read.records, chosen)
	if not records:
		raise refuse(
			"Nothing in this chat is of the days and people you chose.",
			"Choose other days or people, or take all of it.",
		)
	orders: Mapping[int, int] = records.orders()
	return replace(
		read,
		records=records,
		tally=tally(records),
		unread_lines=(),
		present={orders[order]: name for order, name in read.present.items() if order in orders},
		warnings=(),
	)


def excerpt(path: Path, read: ReadExport, chosen: Chosen, stopped: Stopped = never) -> Iterator[bytes]:
	"""Yield the chosen records of a file as it writes them, header, name and text, as UTF-8; nothing else of it.

	`read` is the whole export. Raises `ProblemWithFile` where the file's lines are not those of its records.
	"""
	people = frozenset(chosen.people)
	lines = _behind(_lines(path, stopped), len(read.unread_lines))
	for record in read.records:
		whole = "".join(next(lines, "") for _ in range(record.raw.count("\n") + 1))
		if not _plain(whole).endswith(_plain(record.raw)):
			raise _astray()
		if is_chosen(record, chosen, people):
			yield whole.encode("utf-8", "surrogatepass")
	if next(lines, None) is not None:
		raise _astray()


def _behind(lines: Iterator[str], unread: int) -> Iterator[str]:
	"""Return the lines from the first header on: before it stand blank lines, and those that belong to no record."""
	for line in lines:
		if line.strip():
			if not unread:
				yield line
				break
			unread -= 1
	yield from lines


def _plain(text: str) -> str:
	return text.replace("\r\n", "\n").rstrip("\r\n")


def _lines(path: Path, stopped: Stopped) -> Iterator[str]:
	"""Yield the lines of a chat text with their line ends, cut at LF alone."""
	container = open_export(path, stopped)
	read_as = encoding.examine(container.chunks)
	rest = ""
	done = 0
	for part in encoding.decoded(
		container.chunks, read_as.name, read_as.mark, "strict" if read_as.strict else "replace"
	):
		*whole, rest = (rest + part).split("\n")
		for line in whole:
			done += 1
			if not done % _EVERY:
				check(stopped)
			yield line + "\n"
	if rest:
		yield rest


def _astray() -> Exception:
	return refuse(
		"The chosen messages could not be cut out of this file without the rest.",
		"Take all of it, or ask the member for an export of its own.",
	)
