"""One archive, one window: a lock of the operating system, which ends with the process that holds it."""

import os
import sys
from pathlib import Path

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store.troubles import plainly

if sys.platform == "win32":
	import msvcrt
else:
	import fcntl

NAME = "archive.lock"


class FolderLock:
	"""Held from the moment it is made until `release`, or until the process ends in whatever way."""

	def __init__(self, folder: Path) -> None:
		"""Take the lock; raises `ProblemWithArchive` if another window has it."""
		with plainly(files=True):
			self._handle: int | None = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
		try:
			_take(self._handle)
		except OSError as error:
			os.close(self._handle)
			self._handle = None
			raise ProblemWithArchive(
				"This archive is open in another window.",
				"Nothing has been changed.",
				"Use that window, or close it and try again.",
			) from error

	def release(self) -> None:
		"""Let others open the archive; a second call does nothing."""
		if self._handle is not None:
			handle, self._handle = self._handle, None
			_give(handle)
			os.close(handle)


if sys.platform == "win32":

	def _take(handle: int) -> None:
		msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

	def _give(handle: int) -> None:
		os.lseek(handle, 0, os.SEEK_SET)
		msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:

	def _take(handle: int) -> None:
		# flock, not lockf: a second opening in the same process is another window as well.
		fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

	def _give(handle: int) -> None:
		fcntl.flock(handle, fcntl.LOCK_UN)
