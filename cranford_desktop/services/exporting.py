"""The whole archive as files that any archive can take in: a BagIt bag (RFC 8493) with messages as JSON lines.

Written here and not by the `bagit` library, whose writer changes the program's working folder and names files in the
log; its reader checks the bags in the tests.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cranford_desktop.domain.messages import MessageDetail, MessageFilter
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import ProblemWithFile
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.pack_files import require_empty
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Archive

_ENDING = re.compile(r"\.[a-z0-9]{1,5}$")
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class Exported:
	"""What was written."""

	path: Path
	messages: int
	files: int


class Exporting:
	"""Writes every message and file of the archive outside, readable: the clerk's choice, recorded."""

	def __init__(self, archive: Archive, clock: Clock) -> None:
		self._archive = archive
		self._clock = clock

	def export(
		self,
		folder: Path,
		line_of: Callable[[MessageDetail], str],
		progress: Progress = unheard,
		stopped: Stopped = never,
	) -> Exported:
		"""Write a bag into a new or empty folder; `line_of` gives a message as one line of JSON.

		Raises `ProblemWithFile`; then, and when it is stopped, nothing is left there.
		"""
		require_empty(folder, self._archive.folder)
		was_there = folder.exists()
		try:
			made = self._write(folder, line_of, progress, stopped)
			with self._archive.writing(self._clock()) as change:
				change.record("exported the archive", {"messages": made.messages, "files": made.files})
			return made
		except BaseException as problem:
			for one in list(folder.iterdir()) if folder.exists() else ():
				with suppress(OSError):
					shutil.rmtree(one) if one.is_dir() else one.unlink()
			if not was_there:
				with suppress(OSError):
					folder.rmdir()
			if isinstance(problem, OSError):
				raise ProblemWithFile(
					f"The export could not be written: {problem.strerror or 'the disk refused'}.",
					"Nothing of it was left in the folder.",
					"Free some space or choose another folder.",
				) from None
			raise

	def _write(
		self, folder: Path, line_of: Callable[[MessageDetail], str], progress: Progress, stopped: Stopped
	) -> Exported:
		bag = _Bag(folder)
		wanted: dict[str, tuple[int, str]] = {}
		count = 0

		def lines() -> Iterator[bytes]:
			nonlocal count
			for detail in books.details(connection, MessageFilter(with_set_aside=True)):
				count += 1
				if count % 200 == 0:
					check(stopped)
				for one in detail.row.attachments:
					if one.present and one.id is not None and one.sha256:
						ending = _ENDING.search((one.name or "").casefold())
						wanted.setdefault(one.sha256, (one.id, ending.group() if ending else ""))
				yield (line_of(detail) + "\n").encode()

		with self._archive.reading() as connection:
			bag.put("data/messages.jsonl", lines())
			for number, (digest, (file_id, ending)) in enumerate(wanted.items(), 1):
				check(stopped)
				progress(number, len(wanted), "files")
				bag.put(f"data/files/{digest}{ending}", self._archive.files.read(connection, file_id))
		today = self._clock().date().isoformat()
		bag.finish(
			(
				("Source-Organization", self._archive.council),
				("External-Description", "Messages of the council's WhatsApp groups, one JSON object a line"),
				("Bagging-Date", today),
				("Bag-Software-Agent", "Cranford Desktop"),
			)
		)
		return Exported(folder, count, len(wanted))


class _Bag:
	"""A bag in the making."""

	def __init__(self, folder: Path) -> None:
		self._folder = folder
		self._digests: dict[str, str] = {}
		self._size = 0

	def put(self, path: str, pieces: Iterable[bytes]) -> None:
		"""Write one file and remember its digest."""
		target = self._folder / path
		target.parent.mkdir(parents=True, exist_ok=True)
		digest = hashlib.sha256()
		with target.open("xb") as file:
			for piece in pieces:
				file.write(piece)
				digest.update(piece)
				if path.startswith("data/"):
					self._size += len(piece)
			file.flush()
			os.fsync(file.fileno())
		self._digests[path] = digest.hexdigest()

	def finish(self, facts: Iterable[tuple[str, str]]) -> None:
		"""Write what makes a folder of files a bag (RFC 8493, 2.1 to 2.2)."""
		payload = [path for path in self._digests if path.startswith("data/")]
		about = [*facts, ("Payload-Oxum", f"{self._size}.{len(payload)}")]
		lines = [f"{name}: {' '.join(value.split())}" for name, value in about]
		self.put("bagit.txt", [_DECLARATION.encode()])
		self.put("bag-info.txt", ["".join(f"{line}\n" for line in lines).encode()])
		self.put("manifest-sha256.txt", [self._listed(payload)])
		self.put("tagmanifest-sha256.txt", [self._listed([one for one in self._digests if one not in payload])])

	def _listed(self, paths: Iterable[str]) -> bytes:
		return "".join(f"{self._digests[path]}  {path}\n" for path in sorted(paths)).encode()
