"""Encrypting an export and the files it carries, before the short transaction that writes its records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.domain.messages import ReadExport
from cranford_desktop.domain.work import Progress, Stopped, check
from cranford_desktop.errors import Cancelled, ProblemWithFile
from cranford_desktop.ingest.zip_files import DamagedMember, opened_members
from cranford_desktop.store.archive import Archive
from cranford_desktop.store.attachments import Sealed

_CHUNK = 1 << 20
FileDigests = Mapping[str, str]
"""Name of a file inside an export → SHA-256 of its content; one that is damaged has none."""


class SealedExport(NamedTuple):
	"""An export whose bytes lie encrypted in the archive, without a row yet."""

	read: ReadExport
	files: Mapping[int, Sealed | int]
	"""Order of a record → the sealed file it shows, or the id of one whose content is held already."""
	original: Sealed


def file_digests(path: Path, read: ReadExport, progress: Progress, stopped: Stopped) -> FileDigests:
	"""Return the digests of the files that an export's messages show."""
	found: dict[str, str] = {}
	names = list(dict.fromkeys(read.present.values()))
	if names:
		with opened_members(path) as members:
			for done, name in enumerate(names):
				check(stopped)
				progress(done, len(names), "photos and files")
				digest = sha256()
				try:
					for chunk in members.chunks(read.media[name]):
						digest.update(chunk)
				except DamagedMember:
					continue
				found[name] = digest.hexdigest()
	return found


def by_record(read: ReadExport, digests: FileDigests) -> dict[int, str]:
	"""Return the digests by the order of the record that shows the file."""
	return {order: digests[name] for order, name in read.present.items() if name in digests}


def seal(
	archive: Archive,
	path: Path,
	read: ReadExport,
	digests: FileDigests,
	sealed: list[Sealed],
	*,
	excerpt: Iterable[bytes] | None,
	progress: Progress,
	stopped: Stopped,
) -> SealedExport:
	"""Encrypt the export and the files its records show; rows follow in the transaction.

	A file whose content is held already is not kept twice: its id stands in its place. One that is damaged inside the
	zip costs the clerk that file, not the chat: it counts as missing, and the receipt says so. What was made is put on
	`sealed` at once. `excerpt`: what is kept instead of the whole file.
	"""
	original = archive.files.seal(excerpt if excerpt is not None else file_chunks(path, stopped), "original")
	sealed.append(original)
	if excerpt is None and original.sha256 != read.sha256:
		raise ProblemWithFile(
			"The file changed while it was being read.",
			"Nothing was added.",
			"Wait until it has been copied completely, then try again.",
		)
	by_name: dict[str, Sealed | int] = {}
	names = [name for name in dict.fromkeys(read.present.values()) if name in digests]
	if names:
		with opened_members(path) as members, archive.reading() as connection:
			for done, name in enumerate(names):
				check(stopped)
				progress(done, len(names), "photos and files")
				held = archive.files.held(connection, digests[name], "attachment")
				if held is None:
					new = archive.files.seal(members.chunks(read.media[name]), "attachment")
					sealed.append(new)
					by_name[name] = new
				else:
					by_name[name] = held
	damaged = len(set(read.present.values())) - len(by_name)
	if damaged:
		present = {order: name for order, name in read.present.items() if name in by_name}
		read = replace(read, present=present, warnings=(*read.warnings, _damaged(damaged)))
	return SealedExport(read, {order: by_name[name] for order, name in read.present.items()}, original)


def _damaged(count: int) -> str:
	files = "1 photo or file inside the zip is" if count == 1 else f"{count:,} photos or files inside the zip are"
	return (
		f"{files} damaged and could not be read: counted as missing, everything else was taken. Copy the export again "
		"from where it came from, or ask for a new one, and import that, too."
	)


def file_chunks(path: Path, stopped: Stopped) -> Iterator[bytes]:
	"""Yield the bytes of a file; raises `Cancelled` once the clerk has stopped it."""
	with path.open("rb") as file:
		while chunk := file.read(_CHUNK):
			if stopped():
				raise Cancelled
			yield chunk
