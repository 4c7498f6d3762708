"""A finished pack as files: rendered in memory, opened again and searched for what was removed, written only then."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from cranford_desktop.documents.house_words import house_words
from cranford_desktop.documents.leak_check import check as leak_check
from cranford_desktop.documents.needles import squashed
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import LeakReport, PackContent, PackEntry, PackFile, Redaction
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.pack_building import Built

DISCLOSURE = "DISCLOSURE"
INTERNAL = "INTERNAL"
NOTHING_MADE = "No pack was made. Nothing was changed."
_TELLING = 16
"""Letters and digits from which a text that was removed in one place is looked for in documents from elsewhere: shorter
ones ("the drain") are said by anybody."""
_SHORTEST = 2
"""Letters and digits of a removed text, for it to be looked for: a single one is part of every word."""


class LeakFound(RefusedByPolicy):
	"""The leak check did not pass: where, never what.

	`messages`: id and reference of each message whose words still say it; empty where the pack's own words do.
	"""

	def __init__(self, places: tuple[str, ...], messages: tuple[tuple[int, str], ...]) -> None:
		self.places, self.messages = places, messages
		shown = "; ".join(places[:6]) + (f"; and {len(places) - 6:,} more" if len(places) > 6 else "")
		if messages:
			more = f" and {len(messages) - 1:,} more" if messages[1:] else ""
			do = f"Look at message {messages[0][1]}{more}: cover the words up there, or withhold it."
		else:
			do = (
				"If you covered a word that the pack itself must use, such as the council's name or the reference, "
				"take that back."
			)
		super().__init__(
			"The leak check did not pass: something that was removed can still be read in the finished pack.",
			NOTHING_MADE,
			f"{do} Places: {shown[:600]}.",
		)


@dataclass(frozen=True, slots=True)
class CheckedFiles:
	"""The files for the requester, with the outcome of opening them again."""

	files: Mapping[str, bytes]
	"""By path: "DISCLOSURE/…"."""
	report: LeakReport
	counted: int
	"""Texts removed in one place that stand in another by decision: counted against what was released."""
	texts: Sequence[str]
	"""What was looked for, as the report counts it. Never leaves the house."""
	not_looked_for: int
	"""Removed texts of one letter, so that finding them would say nothing."""


def going_out(paths: Iterable[str]) -> list[str]:
	"""Return the paths of what the requester gets, in the order of reading: pack, enclosures, the rest."""
	# An enclosure is called like the pack, with a number behind it.
	return sorted(
		(path for path in paths if path.startswith(f"{DISCLOSURE}/")),
		key=lambda path: (0, len(path), path) if path.endswith(".pdf") else (1, 0, path),
	)


def render_checked(built: Built) -> CheckedFiles:
	"""Render what the requester gets and look for everything that was removed; the caller refuses a failed report."""
	content = built.content
	stem = file_stem(content.reference)
	files = {
		f"{DISCLOSURE}/{stem}.pdf": render_pack(content),
		f"{DISCLOSURE}/{stem}-schedule.xlsx": render_schedule(content),
	}
	ours = (*files, f"{DISCLOSURE}/manifest.json")
	files |= {f"{DISCLOSURE}/{stem}-E{at}.pdf": one.pdf for at, one in enumerate(content.enclosures, 1)}
	files[f"{DISCLOSURE}/manifest.json"] = _manifest(content, files)
	house = house_words(content)
	wanted = _needles(built)
	report = leak_check(files, wanted.texts, house=house, counted=wanted.counted, content=content, compared=ours)
	enclosed = {path: data for path, data in files.items() if path not in ours and path.endswith(".pdf")}
	if enclosed:
		# Nothing of a document from elsewhere was released message by message: what was removed may not stand in it.
		telling = [at for at, text in enumerate(wanted.texts) if len(_key(text)) >= _TELLING]
		more = leak_check(enclosed, [wanted.texts[at] for at in telling]).places
		places = (replace(place, needle=telling[place.needle]) if place.needle >= 0 else place for place in more)
		report = LeakReport(report.needles, tuple(dict.fromkeys((*report.places, *places))))
	return CheckedFiles(files, report, len(wanted.counted), wanted.texts, wanted.left_out)


def require_passed(checked: CheckedFiles, built: Built) -> None:
	"""Raise `LeakFound` where something that was removed can still be read; says where, never what."""
	if not checked.report.places:
		return
	places = tuple(dict.fromkeys(f"{place.file.rpartition('/')[2]}, {place.place}" for place in checked.report.places))
	found = {place.needle for place in checked.report.places if place.needle >= 0}
	wanted = [Redaction(0, "text", checked.texts[needle], "") for needle in sorted(found)]
	ids = {reference: message_id for message_id, reference in built.numbers.items()}
	messages = tuple(
		(ids[entry.reference], entry.reference) for entry in built.content.entries if wanted and _says(entry, wanted)
	)
	raise LeakFound(places, messages)


def _says(entry: PackEntry, wanted: Sequence[Redaction]) -> bool:
	"""Return whether what may be read of a message still has one of these texts."""
	lines = (entry.group, entry.sender, entry.body, *(one.label for one in entry.media))
	return any(find(piece.text, wanted) for line in lines for piece in line if not piece.is_label)


def _manifest(content: PackContent, files: Mapping[str, bytes]) -> bytes:
	"""Return the list of released files with their digests; it names nothing else."""
	value = {
		"council": content.council,
		"reference": content.reference,
		"pack_number": content.pack_number,
		"made_on": content.made_on.isoformat(),
		"released_files": [
			{"path": path.partition("/")[2], "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
			for path, data in sorted(files.items())
		],
	}
	return (json.dumps(value, ensure_ascii=False, indent="\t") + "\n").encode()


class _Wanted(NamedTuple):
	"""What to look for; `counted` are the places in `texts` of those that may stand in the pack by decision."""

	texts: list[str]
	counted: range
	left_out: int


def _needles(built: Built) -> _Wanted:
	"""Return what to look for.

	A text covered everywhere may stand nowhere. One removed in a single place (a stretch, a message, a file's name, a
	reason) may stand elsewhere by decision: it is counted against what was released.
	"""
	secrets = built.secrets
	wanted: dict[str, str] = {}
	left_out = 0
	for texts in (secrets.everywhere, secrets.stretches, secrets.texts):
		for text in texts:
			key = _key(text)
			if len(key) >= _SHORTEST or not key.isascii():
				wanted.setdefault(key, text)
			else:
				left_out += bool(key)
	strict = {_key(text) for text in secrets.everywhere}
	ordered = sorted(wanted, key=lambda key: key not in strict)
	first = sum(key in strict for key in ordered)
	return _Wanted([wanted[key] for key in ordered], range(first, len(ordered)), left_out)


def _key(text: str) -> str:
	"""Return what makes two removed texts one: the number that is dialled, else letters and digits alone."""
	number = phone_number(text)
	return number.core if number else squashed(text).replace(" ", "") or fold(text)


def file_stem(reference: str) -> str:
	"""Return a request's reference as the beginning of a file's name on any system."""
	return re.sub(r"[^A-Za-z0-9._-]+", "-", reference).strip("-.")[:60] or "request"


def listed(files: Mapping[str, bytes]) -> tuple[PackFile, ...]:
	"""Return the files of a pack with their digests, what goes out first."""
	return tuple(PackFile(path, hashlib.sha256(data).hexdigest(), len(data)) for path, data in sorted(files.items()))


def require_empty(folder: Path, archive: Path) -> None:
	"""Raise `ProblemWithFile` unless a folder is new or empty, can be written, and lies outside the archive's own."""
	place = folder.absolute()
	if place.resolve().is_relative_to(archive.resolve()):
		raise ProblemWithFile("That folder is the archive's own.", NOTHING_MADE, "Choose a folder outside it.")
	try:
		if place.exists() and (not place.is_dir() or any(place.iterdir())):
			raise ProblemWithFile(
				"The folder for the pack is not empty.", NOTHING_MADE, "Choose a new or an empty folder."
			)
		above = next(one for one in (place, *place.parents) if one.exists())
		if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
			raise ProblemWithFile(
				"The folder for the pack cannot be written to.", NOTHING_MADE, "Choose another folder."
			)
	except OSError as problem:
		raise ProblemWithFile(
			f"The folder for the pack cannot be read: {problem.strerror}.", NOTHING_MADE, "Choose another folder."
		) from None


def write_all(files: Mapping[str, bytes], folder: Path) -> None:
	"""Write a pack into a new or empty folder and bring it to the disk; on failure take back what was written."""
	made: list[Path] = []
	try:
		_make_folder(folder, made)
		for path, data in sorted(files.items()):
			target = folder / path
			_make_folder(target.parent, made)
			with target.open("xb") as file:
				made.append(target)
				file.write(data)
				file.flush()
				os.fsync(file.fileno())
		for place in dict.fromkeys((*(path for path in made if path.is_dir()), folder)):
			_sync(place)
	except OSError as problem:
		_take_back(made)
		raise ProblemWithFile(
			f"The pack could not be written: {problem.strerror or 'the disk refused'}.",
			"Nothing of it was left in the folder. The pack itself is kept in the archive.",
			"Free some space or choose another folder.",
		) from None


def _make_folder(folder: Path, made: list[Path]) -> None:
	missing: list[Path] = []
	while not folder.exists():
		missing.append(folder)
		folder = folder.parent
	for one in reversed(missing):
		one.mkdir()
		made.append(one)


def _take_back(made: list[Path]) -> None:
	remove: Callable[[Path], None]
	for path in reversed(made):
		remove = Path.rmdir if path.is_dir() else Path.unlink
		try:
			remove(path)
		except OSError:
			continue


def _sync(folder: Path) -> None:
	if os.name != "posix":
		return
	handle = os.open(folder, os.O_RDONLY)
	try:
		os.fsync(handle)
	finally:
		os.close(handle)
