"""Which files on the disk may be exports, by their names alone; nothing is opened here. Free of Qt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TAKEN = (".zip", ".txt", ".eml")
"""What an export comes in: as WhatsApp made it, unpacked, or in the e-mail that brought it."""
_SHAPED = re.compile(r"whats\s?app|^_chat(?: ?\(\d+\))?\.txt$", re.IGNORECASE)
_MOST = 200
_DEEP = 3
"""How far down the folders of a folder are looked through: one for each member, one for each month in it."""


@dataclass(frozen=True, slots=True)
class Candidate:
	"""A file that is called like an export."""

	path: Path
	size: int
	changed: datetime
	"""When it was last written, by the computer's clock."""


def export_shaped(name: str) -> bool:
	"""Say whether a file is called as WhatsApp calls its exports, in any language it writes."""
	return name.casefold().endswith(TAKEN) and bool(_SHAPED.search(name))


def look_in(folder: Path) -> list[Candidate]:
	"""Return the files of a folder that are called like exports, newest first."""
	found = []
	for path in _files(folder):
		if export_shaped(path.name):
			try:
				facts = path.stat()
			except OSError:
				continue
			found.append(Candidate(path, facts.st_size, datetime.fromtimestamp(facts.st_mtime)))  # noqa: DTZ006 shown as the computer's own wall time
	return sorted(found, key=lambda one: (one.changed, one.path.name), reverse=True)[:_MOST]


def unfold(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
	"""Put a folder's exports in the place of the folder; return the files, and for each empty folder a sentence."""
	files: list[Path] = []
	reasons: list[str] = []
	for path in paths:
		if not path.is_dir():
			files.append(path)
			continue
		inside = [one for one in _below(path, _DEEP) if one.name.casefold().endswith(TAKEN)]
		shaped = [one for one in inside if export_shaped(one.name)]
		files += sorted(shaped or inside)
		if not inside:
			reasons.append(f"The folder “{path.name}” holds no WhatsApp export.")
	return list(dict.fromkeys(files)), reasons


def _below(folder: Path, deep: int) -> list[Path]:
	"""Return the files of a folder and of the folders in it; hidden ones and links to others are passed by."""
	found = _files(folder)
	if deep:
		try:
			for one in folder.iterdir():
				if one.is_dir() and not one.is_symlink() and not one.name.startswith("."):
					found += _below(one, deep - 1)
		except OSError:
			pass
	return found


def _files(folder: Path) -> list[Path]:
	try:
		return [one for one in folder.iterdir() if one.is_file()]
	except OSError:
		return []
