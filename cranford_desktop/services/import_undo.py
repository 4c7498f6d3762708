"""Taking an import back: as if it had never come in, until something depends on it; set aside while a hold keeps it."""

from datetime import date, datetime

from cranford_desktop.domain.importing import Undone
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.retention import Hold
from cranford_desktop.domain.work import Stopped, never
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.ingest import reconcile
from cranford_desktop.services.holds import hold_on
from cranford_desktop.store import import_notes, undoing
from cranford_desktop.store.archive import Archive, Change, Connection


def refused(c: Connection, tables: PolicyTables, on: date, export_id: int) -> str:
	"""Return why an import cannot be undone, in words; "" if it can be, or would be set aside. Raises `NotFound`."""
	note = import_notes.export_note(c, export_id)
	rests = undoing.depends_on(c, export_id)
	copies = _copies_outside(rests.copies) if _hold(c, tables, on, export_id) is None else ""
	if note.set_aside:
		return copies or "This import was undone already. What keeps its messages has not ended; then they are erased."
	found = [
		words
		for count, words in (
			(rests.decisions, "decisions in a request"),
			(rests.redactions, "redactions"),
			(rests.evidence, "the evidence of a case"),
			(rests.packs, "a pack that was made"),
			(rests.meetings, "the list of matters for a meeting"),
		)
		if count
	]
	if not found and rests.requests and _hold(c, tables, on, export_id) is None:
		found = ["the set of a request that is closed"]
	if not found:
		return copies
	what = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
	return f"Messages that only this import shows belong to {what}. So it stays."


def _copies_outside(copies: int) -> str:
	"""Return what has to be done first about copies of its files outside; their list goes with the files."""
	if not copies:
		return ""
	lie = "A copy of one of its files lies" if copies == 1 else f"{copies} copies of its files lie"
	return (
		f"{lie} outside the archive, as far as its list says. Delete what lies there and say so in the list "
		"(Archive, Photos and files, Copies outside); then undo the import."
	)


def undo(archive: Archive, tables: PolicyTables, at: datetime, export_id: int, stopped: Stopped) -> Undone:
	"""Take an import back in one transaction, recorded; raises `RefusedByPolicy` where something depends on it."""
	with archive.writing(at) as change:
		c = change.connection
		why = refused(c, tables, at.date(), export_id)
		if why:
			raise RefusedByPolicy(why, "Nothing was changed.")
		hold = _hold(c, tables, at.date(), export_id)
		if hold is not None:
			messages = undoing.set_aside(c, export_id, at, stopped)
			change.record("set an import aside", {"export": export_id, "messages": messages, "hold": hold.reference})
			undone = Undone(True, messages, hold.reason)
		else:
			undone = Undone(False, _remove(change, export_id, at, stopped), "")
	_sweep(archive)
	return undone


def finish(archive: Archive, tables: PolicyTables, at: datetime) -> int:
	"""Erase what was set aside and is held no longer; return how many imports that were.

	What has copies outside waits until the clerk has said that they are deleted: `refused` says so.
	"""
	with archive.reading() as c:
		if not _free(c, tables, at.date()):
			return 0
	with archive.writing(at) as change:
		free = _free(change.connection, tables, at.date())
		for export_id in free:
			_remove(change, export_id, at, never)
		change.record("erased what was set aside", {"imports": len(free)})
	_sweep(archive)
	return len(free)


def _free(c: Connection, tables: PolicyTables, on: date) -> list[int]:
	return [
		one
		for one in import_notes.set_aside_ids(c)
		if not any(undoing.depends_on(c, one)) and _hold(c, tables, on, one) is None
	]


def _remove(change: Change, export_id: int, at: datetime, stopped: Stopped) -> int:
	removed = undoing.remove_export(change.connection, export_id, merge=reconcile.merge, at=at, stopped=stopped)
	change.record("undid an import", {"undone": export_id, "messages": removed.messages})
	return removed.messages


def _hold(c: Connection, tables: PolicyTables, on: date, export_id: int) -> Hold | None:
	"""Return what keeps any message that an import shows: its testimony is kept with it."""
	return hold_on(c, tables, on, import_notes.shown_by(c, export_id))


def _sweep(archive: Archive) -> None:
	"""Remove encrypted files that no row knows any more."""
	with archive.reading() as c:
		archive.files.sweep(c)
