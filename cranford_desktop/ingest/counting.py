"""What a card and a receipt say of an export, counted in one pass over its records."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from cranford_desktop.domain.messages import Record, Tally
from cranford_desktop.domain.work import Progress, Stopped, uncollected
from cranford_desktop.ingest import system_messages
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.names import folded, plain
from cranford_desktop.ingest.records import TextRecords

_MARKS = "\u200e\u200f\ufeff"
_STRETCH = 1000
_OWN_DELETION = "You deleted this message"
_DONE_TO = ("added", "removed")
"""Events that, with nobody else named, tell what was done to the owner."""


class Count:
	"""Counts over the records of an export."""

	def __init__(self, files: Files) -> None:
		self._files = files
		self.records = self.system = self.media = self.missing = self.unknown = 0
		self.people: Counter[str] = Counter()
		self.months: Counter[tuple[int, int]] = Counter()
		self.first = self.latest = datetime(1, 1, 1)
		self.example: datetime | None = None
		self.present: dict[int, str] = {}
		self.last: dict[str, int] = {}
		"""For each kind of event the last record that tells of it."""
		self.anybody = False
		"""A person or the app wrote at least one line."""
		self._subject: str | None = None
		self._groups: set[str] = set()
		self._named: set[str] = set()
		self._own: Counter[str] = Counter()
		"""Lines in which the app calls their sender "You"."""

	def add(self, records: list[Record]) -> None:
		"""Count some records."""
		times = [record.sent_at for record in records]
		first, last = min(times), max(times)
		self.first = first if not self.records else min(self.first, first)
		self.latest = max(self.latest, last)
		self.records += len(records)
		month = first.year, first.month
		if month == (last.year, last.month):
			self.months[month] += len(times)
		else:
			self.months.update((at.year, at.month) for at in times)
		if self.example is None:
			self.example = next((at for at in times if at.day > 12), None)
		self.people.update(record.sender for record in records if record.kind != "system" and record.sender is not None)
		for record in records:
			if record.kind != "message":
				self._special(record)

	def _special(self, record: Record) -> None:
		if record.kind == "system":
			self.system += 1
			self._app_line(record)
		if record.is_media:
			self.media += 1
		if record.media_name is not None:
			key = self._files.find(record.media_name)
			if key is not None:
				self.present[record.order] = key
			else:
				self.missing += 1
		if record.kind == "deleted" and record.sender is not None:
			said = record.raw.strip(_MARKS).rstrip(". \r\n")
			if said == _OWN_DELETION:
				self._own[record.sender] += 1

	def _app_line(self, record: Record) -> None:
		if record.event is None:
			self.unknown += "unknown_system" in record.flags
			return
		self.last[record.event] = record.order
		self._named.update(map(folded, record.named))
		acts = record.named[:1] == (system_messages.OWNER,) and (len(record.named) > 1 or record.event not in _DONE_TO)
		if acts and record.sender is not None:
			self._own[record.sender] += 1
		if record.event in ("created", "subject"):
			event = system_messages.match(record.text or "")
			if event is not None and event.quoted:
				self._subject = event.quoted[-1]
		elif record.event == "encryption" and record.sender is not None:
			self._groups.add(plain(record.sender))

	@property
	def chat_name(self) -> str | None:
		"""The chat's name from the app's own lines: the latest subject, else the group's name as a sender."""
		name = self._subject
		if name is None and len(self._groups) == 1:
			(name,) = self._groups
		return unicodedata.normalize("NFC", name) if name else None

	def tally(self) -> Tally:
		"""Return the counts."""
		return Tally(
			self.system,
			self.media,
			dict(self.people),
			self.first,
			self.latest,
			dict(self.months),
			self.example or self.latest,
			self._owners(),
			self._owner(),
			tuple(f"{name}_on" for name in ("disappearing", "privacy") if self._is_on(name)),
		)

	def _is_on(self, name: str) -> bool:
		"""Say whether a setting is on at the chat's end."""
		return f"{name}_on" in self.last and self.last[f"{name}_on"] > self.last.get(f"{name}_off", -1)

	def _owners(self) -> tuple[str, ...]:
		"""Return the senders who can be the phone's owner, likeliest first.

		The app never names the owner, who is "You" in its lines: whoever is named there is somebody else. Of the others
		who wrote most comes first.
		"""
		can_be = [name for name in self.people if folded(name) not in self._named]
		return tuple(sorted(can_be, key=lambda name: (-self._own[name], -self.people[name])))

	def _owner(self) -> str | None:
		"""Return the sender under whose name the app writes "You": of a deletion on every phone, of other deeds on
		iPhones. The group's own name, which stands there, too, wrote nothing.
		"""
		own = [name for name in self._own if name in self.people]
		return own[0] if len(own) == 1 else None


def tally(records: Iterable[Record]) -> Tally:
	"""Count what a card shows of some records, which must not be none."""
	count = Count(Files({}))
	all_of_them = iter(records)
	while stretch := list(islice(all_of_them, _STRETCH)):
		count.add(stretch)
	return count.tally()


def count_records(records: TextRecords, files: Files, progress: Progress, stopped: Stopped) -> Count:
	"""Go through all records once and count."""
	count = Count(files)
	with uncollected():
		for stretch in records.stretches(stopped):
			count.add(stretch)
			count.anybody = count.anybody or any(one.kind != "system" or one.event is not None for one in stretch)
			progress(count.records, len(records), "messages")
	progress(len(records), len(records), "messages")
	return count
