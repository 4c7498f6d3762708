"""Back-ups: a closed folder with a list of what is in it, read back before it is called one; and bringing it back.

A back-up holds archive.db (compact, under the same key), keys.json, the sealed files as they are, and manifest.json:
versions, counts, head of the record of actions, and size and SHA-256 of every file, authenticated under the archive's
key. While it is being made the folder's name ends in ".part", and nothing takes such a folder for a back-up. It may lie
in a synced or network folder: it is closed, and encrypted wherever the archive is.
"""

import hmac
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cranford_desktop import __version__
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import copies, database, keys, ledger
from cranford_desktop.store.archive import DATABASE, FILES, Archive, new_folder, open_archive, undo_folder
from cranford_desktop.store.attachments import SealedFiles, sync_folder
from cranford_desktop.store.troubles import disk_full, plainly

MANIFEST = "manifest.json"
FORMAT = 1
_PART = ".part"
_PREFIX = "cranford-backup-"
_SPARE = 16 << 20
"""Bytes that must stay free beside the back-up itself."""
_UNCHANGED = "The archive is unchanged."


@dataclass(frozen=True, slots=True)
class BackupResult:
	"""A back-up that was made and read back."""

	path: Path
	messages: int
	verified: bool
	"""Everything in it was read back and is whole. False: it is a true copy of an archive with damaged files."""
	problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestoreResult:
	"""An archive that was brought back from a back-up."""

	messages: int
	made_at: str
	"""When the back-up was made: a moment in UTC."""
	problems: tuple[str, ...] = ()


def backup(
	archive: Archive, to: Path, now: datetime, progress: Progress = unheard, stopped: Stopped = never
) -> BackupResult:
	"""Make a back-up in a new folder inside `to` and read it back; cancelled or failed, nothing is left there.

	Writes nothing into the archive: that it was backed up is for the caller to record.
	"""
	to = to.absolute()
	if to.resolve().is_relative_to(archive.folder.resolve()):
		raise ProblemWithArchive(
			"A back-up inside the archive's own folder would be lost together with it.",
			_UNCHANGED,
			"Choose another place, best on another disk.",
		)
	with plainly(files=True):
		made = _missing_folders(to)
		to.mkdir(parents=True, exist_ok=True)
	try:
		with plainly(files=True):
			_clear_abandoned(to, archive.keys.archive)
			_require_space(archive, to)
			path = _free_name(to, now)
			part = path.with_name(path.name + _PART)
			part.mkdir(mode=0o700)
	except BaseException:
		_remove_empty(made)
		raise
	try:
		result = _fill(archive, part, path, now, progress, stopped)
		check(stopped)
		with plainly(files=True):
			part.rename(path)
			sync_folder(to)
	except BaseException:
		shutil.rmtree(part, ignore_errors=True)
		_remove_empty(made)
		raise
	return result


def restore(
	backup: Path,
	folder: Path,
	secret: str | None,
	now: datetime,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> RestoreResult:
	"""Bring a back-up back into a new or empty folder, compare it with its list, and record that it was restored.

	No record of what was erased after the back-up was made is looked for. Damaged photos and files are brought back as
	they are and named in `problems`; a damaged database or key file is refused. Cancelled or failed, the folder is as
	it was, and the back-up always is.
	"""
	backup, folder = backup.absolute(), folder.absolute()
	if not (backup / MANIFEST).is_file():
		raise _not_a_backup(backup)
	if folder.resolve().is_relative_to(backup.resolve()):
		raise ProblemWithArchive(
			"An archive cannot be brought back inside its own back-up.",
			"Nothing has been changed.",
			"Choose a new or an empty folder elsewhere.",
		)
	unlocked = keys.unlock(backup, secret)
	manifest = _read_manifest(backup, unlocked)
	with new_folder(folder, practice=unlocked.practice) as made:
		problems = _bring_back(backup, folder, manifest, unlocked, progress, stopped)
	try:
		with open_archive(folder, secret) as archive, archive.writing(now) as change:
			head: ledger.Head = ledger.head(change.connection)
			change.record(
				"restored",
				{
					"backup_made": manifest["made_at"],
					"entries": head.number,
					"head": head.hash,
					"disposal_record": None,
				},
			)
	except BaseException:
		undo_folder(folder, made=made)
		raise
	return RestoreResult(manifest["counts"]["message"], manifest["made_at"], problems)


def _fill(
	archive: Archive, part: Path, path: Path, now: datetime, progress: Progress, stopped: Stopped
) -> BackupResult:
	"""Copy everything into the unfinished folder, read it back, write its list."""
	unlocked = archive.keys
	progress(0, 0, "messages")
	keys.needs_secret(archive.folder)  # a missing or damaged key file is said before anything is copied
	listed: list[dict[str, Any]] = []
	with plainly(files=True):
		# The key file first: it says whose unfinished folder this is, should the computer stop now.
		listed.append(_listed(keys.NAME, *copies.copy_file(archive.folder / keys.NAME, part / keys.NAME)))
		(part / FILES).mkdir(mode=0o700)
	with archive.unchanging() as source:
		check(stopped)
		with plainly(files=True):
			copies.copy_database(source, part / DATABASE, stopped)
		expected = copies.contents(source)
	check(stopped)
	found = copies.read_back(part / DATABASE, unlocked.derived("database"))
	if found != expected:
		raise _not_the_same()
	messages = expected.counts["message"]
	progress(messages, messages, "messages")
	with plainly(files=True):
		listed.append(_listed(DATABASE, *copies.digest_of(part / DATABASE, stopped)))
	problems = _copy_sealed(archive.files, part, unlocked, listed, progress, stopped)
	manifest: dict[str, Any] = {
		"app": "Cranford Desktop",
		"format": FORMAT,
		"version": __version__,
		"made_at": ledger.moment(now),
		"archive": unlocked.archive,
		"schema": expected.schema,
		"counts": dict(expected.counts),
		"head": {"number": expected.head_number, "hash": expected.head_hash},
		"files": listed,
		"problems": list(problems),
	}
	manifest["mac"] = _mac(unlocked, manifest)
	with plainly(files=True):
		_write(part / MANIFEST, json.dumps(manifest, indent="\t", sort_keys=True))
		sync_folder(part / FILES)
		sync_folder(part)
	return BackupResult(path, messages, not problems, problems)


def _copy_sealed(
	files: SealedFiles,
	part: Path,
	unlocked: keys.Keys,
	listed: list[dict[str, Any]],
	progress: Progress,
	stopped: Stopped,
) -> tuple[str, ...]:
	"""Copy the sealed files the copied database knows and decrypt each copy once."""
	copied = SealedFiles(part / FILES)
	missing = broken = 0
	rows = _sealed_rows(part / DATABASE, unlocked)
	for done, (name, key, digest, size) in enumerate(rows):
		check(stopped)
		progress(done, len(rows), "photos and files")
		with plainly(files=True):
			try:
				entry = _listed(f"{FILES}/{name}", *copies.copy_file(files.folder / name, part / FILES / name, stopped))
			except FileNotFoundError:
				if (files.folder / name).is_file():
					raise
				missing += 1
				continue
		listed.append(entry)
		if copied.proves(name, key, digest, size, stopped) is not None:
			if files.proves(name, key, digest, size, stopped) is None:
				raise _not_the_same()
			broken += 1
	progress(len(rows), len(rows), "photos and files")
	return _file_problems(missing, broken, "the archive")


def _bring_back(
	backup: Path,
	folder: Path,
	manifest: Mapping[str, Any],
	unlocked: keys.Keys,
	progress: Progress,
	stopped: Stopped,
) -> tuple[str, ...]:
	"""Copy a back-up's files, the database last and under its own name only when it was read through."""
	missing = broken = 0
	part = folder / (DATABASE + _PART)
	with plainly(files=True):
		(folder / FILES).mkdir(mode=0o700)
		total = len(manifest["files"])
		for done, entry in enumerate(manifest["files"]):
			check(stopped)
			progress(done, total, "files")
			target = part if entry["path"] == DATABASE else folder / entry["path"]
			try:
				copied = copies.copy_file(backup / entry["path"], target, stopped)
			except FileNotFoundError as error:
				if (backup / entry["path"]).is_file():
					raise
				if not entry["path"].startswith(FILES + "/"):
					raise _damaged_backup(f"{entry['path']} is missing") from error
				missing += 1
				continue
			if copied != (entry["size"], entry["sha256"]):
				if not entry["path"].startswith(FILES + "/"):
					raise _damaged_backup(f"{entry['path']} differs from the list")
				broken += 1
		if not part.is_file() or not (folder / keys.NAME).is_file():
			raise _damaged_backup("list without database or key file")
		found = copies.read_back(part, unlocked.derived("database"))
		if dict(found.counts) != manifest["counts"] or found.head_hash != manifest["head"]["hash"]:
			raise _damaged_backup("database differs from the list")
		part.rename(folder / DATABASE)
		sync_folder(folder / FILES)
		sync_folder(folder)
	progress(total, total, "files")
	return (*manifest["problems"], *_file_problems(missing, broken, "this back-up"))


def _sealed_rows(file: Path, unlocked: keys.Keys) -> list[tuple[str, bytes, str, int]]:
	with plainly():
		connection = database.connect(file, unlocked.derived("database"), writer=False, journal=False)
		try:
			wanted = "SELECT file_name, key, sha256, size FROM sealed_file WHERE key IS NOT NULL ORDER BY id"
			return [(row[0], row[1], row[2], row[3]) for row in connection.execute(wanted)]
		finally:
			connection.close()


def _read_manifest(backup: Path, unlocked: keys.Keys) -> Mapping[str, Any]:
	try:
		with plainly(files=True):
			manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_bytes())
		if manifest["format"] > FORMAT:
			raise ProblemWithArchive(
				"This back-up was made by a newer version of Cranford Desktop.",
				"The back-up is unchanged.",
				"Install the newest version, then restore it.",
			)
		if not hmac.compare_digest(_mac(unlocked, manifest), manifest["mac"]):
			raise ValueError
		if any(not _our_path(entry["path"]) for entry in manifest["files"]):
			raise ValueError
	except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
		raise _damaged_backup("the list does not fit") from error
	return manifest


def _our_path(path: str) -> bool:
	if path in (DATABASE, keys.NAME):
		return True
	folder, _, name = path.partition("/")
	return folder == FILES and name.isalnum()


def _mac(unlocked: keys.Keys, manifest: Mapping[str, Any]) -> str:
	covered = {key: value for key, value in manifest.items() if key != "mac"}
	written = json.dumps(covered, sort_keys=True, separators=(",", ":")).encode()
	return hmac.new(unlocked.derived("manifest"), written, sha256).hexdigest()


def _listed(path: str, size: int, digest: str) -> dict[str, Any]:
	return {"path": path, "size": size, "sha256": digest}


def _write(path: Path, text: str) -> None:
	with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
		file.write(text)
		file.flush()
		os.fsync(file.fileno())


def _free_name(to: Path, now: datetime) -> Path:
	"""Return a name that says when and nothing of whom: the council's own clock, with a number if it is taken."""
	name = f"{_PREFIX}{now:%Y-%m-%d-%H%M%S}"
	number = 1
	while True:
		path = to / (name if number == 1 else f"{name}-{number}")
		if not path.exists() and not path.with_name(path.name + _PART).exists():
			return path
		number += 1


def _clear_abandoned(to: Path, archive: str) -> None:
	"""Remove what an earlier back-up of this archive left when the computer stopped; others' folders stay."""
	for part in to.glob(f"{_PREFIX}*{_PART}"):
		with suppress(OSError, ValueError, KeyError, TypeError):
			if json.loads((part / keys.NAME).read_bytes())["archive"] == archive:
				shutil.rmtree(part)


def _require_space(archive: Archive, to: Path) -> None:
	needed = archive.file.stat().st_size + sum(path.stat().st_size for path in archive.files.folder.iterdir())
	if shutil.disk_usage(to).free < needed + _SPARE:
		raise disk_full(f"{needed} bytes are needed")


def _missing_folders(to: Path) -> list[Path]:
	"""Return the folders that making `to` will make, innermost first."""
	return [path for path in (to, *to.parents) if not path.exists()]


def _remove_empty(made: list[Path]) -> None:
	for path in made:
		with suppress(OSError):
			path.rmdir()


def _file_problems(missing: int, broken: int, where: str) -> tuple[str, ...]:
	return tuple(
		f"{count:,} {'photo or file' if count == 1 else 'photos and files'} of {where} "
		f"{'is' if count == 1 else 'are'} {how}."
		for count, how in ((missing, "missing"), (broken, "damaged"))
		if count
	)


def _not_the_same() -> ProblemWithArchive:
	return ProblemWithArchive(
		"The back-up could not be read back as it was written, so it was removed again.",
		_UNCHANGED,
		"The disk it was written to may be failing. Make the back-up on another disk.",
	)


def _damaged_backup(detail: str) -> ProblemWithArchive:
	return ProblemWithArchive(
		"This back-up is damaged or was changed, so it was not restored.",
		"The back-up and every other folder are unchanged.",
		"Restore an earlier back-up.",
		detail,
	)


def _not_a_backup(backup: Path) -> ProblemWithArchive:
	if backup.name.endswith(_PART):
		return ProblemWithArchive(
			"This back-up was never finished.", "Nothing has been changed.", "Restore an earlier back-up."
		)
	return ProblemWithArchive(
		"This folder is not a back-up of Cranford Desktop.",
		"Nothing has been changed.",
		"Choose a folder whose name begins with “cranford-backup-” and that holds manifest.json.",
	)
