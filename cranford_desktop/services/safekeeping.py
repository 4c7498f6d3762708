"""Keeping the archive safe: back-ups that were read again, checks of everything held, the recovery sheet."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from cranford_desktop.documents.recovery_sheet import recovery_sheet_pdf
from cranford_desktop.domain.work import Progress, Stopped, never, unheard
from cranford_desktop.services.clock import Clock
from cranford_desktop.store import backup as backups
from cranford_desktop.store import verify as checks
from cranford_desktop.store.archive import Archive

LAST_BACKUP = "last_backup"
BACKUP_PLACE = "last_backup_place"
RECOVERY_SHEET = "recovery_sheet"

NO_DISPOSAL_RECORD = (
	"No record of erased messages was looked for. If messages were erased after this back-up was made, they are back."
)


class Safekeeping:
	"""Backs up, checks, and prints the recovery sheet."""

	def __init__(self, archive: Archive, clock: Clock, *, just_made: bool = False) -> None:
		"""Take whether these records were made just now: only until they are closed is their recovery key known."""
		self._archive = archive
		self._clock = clock
		self._just_made = just_made

	def backup(self, to: Path, progress: Progress = unheard, stopped: Stopped = never) -> backups.BackupResult:
		"""Make a back-up in a new folder inside `to` and read it again; cancelled, nothing is left there."""
		now = self._clock()
		result = backups.backup(self._archive, to, now, progress, stopped)
		with self._archive.writing(now) as change:
			self._archive.set_setting(change.connection, LAST_BACKUP, now.isoformat())
			self._archive.set_setting(change.connection, BACKUP_PLACE, str(to))
			change.record("backed up", {"messages": result.messages, "verified": result.verified})
		return result

	def last_backup(self) -> tuple[datetime, str] | None:
		"""Return when and where the last back-up was made; None if there is none."""
		with self._archive.reading() as connection:
			at = self._archive.setting(connection, LAST_BACKUP)
			place = self._archive.setting(connection, BACKUP_PLACE)
		return (datetime.fromisoformat(at), place or "") if at else None

	def verify(self, progress: Progress = unheard, stopped: Stopped = never) -> checks.VerifyResult:
		"""Read every message and file again, the index and the record of actions; change nothing."""
		return checks.verify(self._archive, progress, stopped)

	def recovery_sheet(self, recovery_key: str) -> bytes:
		"""Return the recovery sheet as a PDF; the key itself is never kept."""
		return recovery_sheet_pdf(self._archive.council, recovery_key, self._clock(), self._archive.practice)

	def sheet_state(self) -> Literal["done", "later", "gone"]:
		"""Say whether the recovery sheet is made or not needed, still to be made, or can never be made any more."""
		with self._archive.reading() as connection:
			kept = self._archive.setting(connection, RECOVERY_SHEET)
		if kept != "later":
			return "done"
		return "later" if self._just_made else "gone"

	def recovery_sheet_done(self, *, done: bool) -> None:
		"""Record whether the recovery sheet was printed or saved; until then Home reminds of it."""
		with self._archive.writing(self._clock()) as change:
			self._archive.set_setting(change.connection, RECOVERY_SHEET, "done" if done else "later")
			change.record("recovery sheet", {"done": done})


def restore(backup: Path, folder: Path, secret: str | None, now: datetime) -> backups.RestoreResult:
	"""Bring a back-up back into a new folder. Says nothing of erased messages: see `NO_DISPOSAL_RECORD`."""
	return backups.restore(backup, folder, secret, now)
