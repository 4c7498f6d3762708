"""A finished pack as files: rendered in memory, opened again and searched for what was removed, written only then."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cranford_desktop.documents.house_words import house_words
from cranford_desktop.documents.leak_check import check as leak_check
from cranford_desktop.documents.needles import House, Needles, Text, squashed
from cranford_desktop.documents.schedule import render_schedule
from cranford_desktop.documents.transcript import render_pack
from cranford_desktop.domain.disclosure import LeakReport, PackContent, PackFile
from cranford_desktop.domain.folding import fold
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.errors import ProblemWithFile, RefusedByPolicy
from cranford_desktop.services.pack_building import Built

DISCLOSURE = "DISCLOSURE"
INTERNAL = "INTERNAL"
NOTHING_MADE = "No pack was made. Nothing was changed."
_SHORTEST_STRETCH = 4
"""Letters and digits of a stretch or name removed in one place only, for it to be looked for."""
_SHORTEST_TEXT = 8
"""The same for a whole message, a file's name or a reason: "Thank you" is said by everybody."""


@dataclass(frozen=True, slots=True)
class CheckedFiles:
	"""The files for the requester, with the outcome of opening them again."""

	files: Mapping[str, bytes]
	"""By path: "DISCLOSURE/…"."""
	report: LeakReport
	not_looked_for: int
	"""Texts removed in one place that stand in another by decision, so that finding them would say nothing."""


def render_checked(built: Built) -> CheckedFiles:
	"""Render what the requester gets and look for everything that was removed; the caller refuses a failed report."""
	content = built.content
	stem = file_stem(content.reference)
	files = {
		f"{DISCLOSURE}/{stem}.pdf": render_pack(content),
		f"{DISCLOSURE}/{stem}-schedule.xlsx": render_schedule(content),
	}
	files[f"{DISCLOSURE}/manifest.json"] = _manifest(content, files)
	house = house_words(content)
	needles, left_out = _needles(built, house)
	return CheckedFiles(files, leak_check(files, needles, house=house), left_out)


def require_passed(checked: CheckedFiles) -> None:
	"""Raise `RefusedByPolicy` where something that was removed can still be read; says where, never what."""
	places = [f"{place.file}, {place.place}" for place in checked.report.places]
	if not places:
		return
	shown = "; ".join(dict.fromkeys(places))
	raise RefusedByPolicy(
		"The leak check did not pass: something that was removed can still be read in the finished pack.",
		NOTHING_MADE,
		"If you covered a word that the pack itself must use, such as the council's name or the reference, "
		f"take that back. Places: {shown[:600]}.",
	)


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


def _needles(built: Built, house: House) -> tuple[list[str], int]:
	"""Return what to look for, and how many texts are not looked for because finding them would say nothing.

	A text covered everywhere is always looked for. One removed in a single place (a stretch, a message, a reason) is
	not, where the same words stand in the pack by decision or are too short to belong to anybody.
	"""
	wanted: dict[str, str] = {}
	left_out = 0
	for text in built.secrets.everywhere:
		key = _key(text)
		if len(key) > 1 or not key.isascii():
			wanted.setdefault(key, text)
		else:
			left_out += bool(key)
	some: dict[str, str] = {}
	for shortest, texts in ((_SHORTEST_STRETCH, built.secrets.stretches), (_SHORTEST_TEXT, built.secrets.texts)):
		for text in texts:
			key = _key(text)
			if len(key) >= shortest:
				some.setdefault(key, text)
			else:
				left_out += bool(key)
	some = {key: text for key, text in some.items() if key not in wanted}
	said = Needles(list(some.values())).find((Text("", _said(built.content, house)),))
	elsewhere = {number for _, number in said}
	looked_for = [text for number, text in enumerate(some.values()) if number not in elsewhere]
	return [*wanted.values(), *looked_for], left_out + len(elsewhere)


def _key(text: str) -> str:
	"""Return what makes two removed texts one: the number that is dialled, else letters and digits alone."""
	number = phone_number(text)
	return number.core if number else squashed(text).replace(" ", "") or fold(text)


def _said(content: PackContent, house: House) -> str:
	"""Return everything the pack says by decision, and what its documents say by themselves."""
	said = [*house.phrases, content.council, content.reference]
	for entry in content.entries:
		for pieces in (entry.group, entry.sender, entry.body, *(one.label for one in entry.media)):
			said.append("".join(piece.text if not piece.is_label else "\n" for piece in pieces))
			said += [piece.text for piece in pieces if piece.is_label]
		said += [*entry.notes, *(medium.note for medium in entry.media), entry.role or "", entry.reference]
		said.append(f"{entry.sent_at:%H:%M:%S %d/%m/%Y %Y-%m-%d}")
	for pieces in (content.wording, *content.groups):
		said.append("".join(piece.text if not piece.is_label else "\n" for piece in pieces))
	return "\n".join(said)


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
