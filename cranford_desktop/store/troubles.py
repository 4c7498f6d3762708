"""What the system beneath the archive may say, in words the clerk can act on.

Known troubles of the machine (disk full, folder read-only, file damaged) become `ProblemWithArchive`; everything else
stays what it is: a bug.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from cranford_desktop.errors import ProblemWithArchive

_KEPT = "What was saved before is unchanged."


def disk_full(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a full disk."""
	return ProblemWithArchive(
		"The disk is full.",
		_KEPT,
		"Free some space on this disk, then try again.",
		detail,
	)


def not_writable(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a folder or file that may not be written."""
	return ProblemWithArchive(
		"This folder cannot be written to.",
		_KEPT,
		"Ask whoever looks after this computer to let you change files in this folder, then try again.",
		detail,
	)


def damaged(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a database that cannot be read through."""
	return ProblemWithArchive(
		"The archive's database (archive.db) is damaged.",
		"Your back-ups are not affected. Nothing has been changed.",
		"Do not work with it any more. Restore the newest back-up into a new folder, and keep this folder as it is.",
		detail,
	)


def unreadable(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a database that the archive's key does not open."""
	return ProblemWithArchive(
		"The archive's database (archive.db) is damaged, or keys.json belongs to another archive.",
		"Your back-ups are not affected. Nothing has been changed.",
		"If one of the two files was copied here, put back the one that belongs to it. "
		"Otherwise restore the newest back-up into a new folder, and keep this folder as it is.",
		detail,
	)


def busy(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a database that something else is writing to."""
	return ProblemWithArchive(
		"The archive is busy: something else is writing to it.",
		_KEPT,
		"Wait until the other work is done, then try again.",
		detail,
	)


def disk_trouble(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a disk that does not answer."""
	return ProblemWithArchive(
		"The disk did not answer as it should while the archive was read or written.",
		_KEPT,
		"Check that the disk is connected and has space, then open the archive again. Make a back-up soon.",
		detail,
	)


def not_an_archive() -> ProblemWithArchive:
	"""Return the problem of a folder or file that something else made."""
	return ProblemWithArchive(
		"This folder is not an archive of Cranford Desktop.",
		"Nothing has been changed.",
		"Choose the folder that holds archive.db and keys.json, or set up a new archive.",
	)


def in_the_way(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a file where a folder is meant."""
	return ProblemWithArchive(
		"There is a file where a folder is needed.",
		_KEPT,
		"Choose another place, or give the file another name.",
		detail,
	)


def gone(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a folder that was there a moment ago."""
	return ProblemWithArchive(
		"A folder or file is no longer where it was.",
		_KEPT,
		"Check that the disk or stick is still connected, then try again.",
		detail,
	)


def too_large(detail: str = "") -> ProblemWithArchive:
	"""Return the problem of a disk that cannot hold so large a file."""
	return ProblemWithArchive(
		"A file is too large for this disk; older sticks hold files up to 4 GB only.",
		_KEPT,
		"Choose another disk.",
		detail,
	)


_SAYINGS = (
	("database or disk is full", disk_full),
	("readonly database", not_writable),
	("unable to open database file", not_writable),
	("database is locked", busy),
	("database table is locked", busy),
	("malformed", damaged),
	("not a database", unreadable),
	("hmac check failed", damaged),
	("vtable constructor failed", damaged),
	("missing from index", damaged),
	("disk i/o error", disk_trouble),
)
_NUMBERS = {
	errno.ENOSPC: disk_full,
	errno.EDQUOT: disk_full,
	errno.EROFS: not_writable,
	errno.EACCES: not_writable,
	errno.EPERM: not_writable,
	errno.EIO: disk_trouble,
	errno.ENXIO: disk_trouble,
	errno.ENODEV: disk_trouble,
	errno.ENOENT: gone,
	errno.EEXIST: in_the_way,
	errno.ENOTDIR: in_the_way,
	errno.EFBIG: too_large,
}


def problem_behind(error: BaseException) -> ProblemWithArchive | None:
	"""Return the problem a person can act on behind an error of the database or the system; None: it is a bug."""
	cause = error.orig if isinstance(error, DBAPIError) else error
	if isinstance(cause, dbapi2.Error):
		said = str(cause)
		return next((make(said) for saying, make in _SAYINGS if saying in said.lower()), None)
	if isinstance(cause, OSError) and cause.errno in _NUMBERS:
		return _NUMBERS[cause.errno](cause.strerror or "")
	return None


@contextmanager
def plainly(*, files: bool = False, writing: bool = True) -> Iterator[None]:
	"""Run the body; troubles of the database leave it as `ProblemWithArchive`, bugs as they are.

	`files`: the body touches the archive's own files only, so the system's troubles are the archive's too.
	`writing` False: the body only reads, so that being refused to write is a bug of ours.
	"""
	try:
		yield
	except (DBAPIError, dbapi2.Error, OSError) as error:
		problem = problem_behind(error) if files or not isinstance(error, OSError) else None
		if problem is None or (not writing and "readonly database" in problem.detail):
			raise
		raise problem from error
