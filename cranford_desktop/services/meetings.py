"""Take to a meeting: a message's matter goes on an agenda or into the council's own e-mail (section 2, second point).

A chat is not a minute, and nothing agreed in it is a decision of the council: the words of every document say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cranford_desktop.documents.meeting_report import meeting_report_pdf, meeting_report_xlsx
from cranford_desktop.domain.day_words import day_words, weekday_words
from cranford_desktop.domain.meetings import (
	LONGEST_SUBJECT,
	Ahead,
	DecisionSuggestion,
	ItemState,
	Matter,
	MeetingEmail,
	MeetingItem,
	MeetingPaper,
	MeetingReport,
	Route,
	meant_for,
	reads_like_decision,
)
from cranford_desktop.domain.messages import MessageFilter, MessageRow
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.letter_words import meeting_words
from cranford_desktop.services.clock import LONDON, Clock
from cranford_desktop.store import dismissed, messages
from cranford_desktop.store import meetings as books
from cranford_desktop.store.archive import Archive, Connection
from cranford_desktop.suggestion_words import decision_words

NEXT_MEETING = "next meeting"
"""The setting that holds the next meeting's date."""
MOST = 300
"""Suggestions shown at once, newest first."""
_DETECTOR = "decision"
_UNCHANGED = "Nothing was changed."
_CHUNK = 1000


class Meetings:
	"""The list of matters to raise, suggestions for it, and the report for the next meeting."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables

	def next_meeting(self) -> date | None:
		"""Return the date of the next meeting; None where none is known, or the one known has been."""
		with self._archive.reading() as connection:
			held = self._archive.setting(connection, NEXT_MEETING)
		day = date.fromisoformat(held) if held else None
		return day if day is not None and day >= self._clock().date() else None

	def set_next_meeting(self, day: date | None) -> None:
		"""Keep the date of the next meeting; raises `CranfordError` for a day that has been."""
		now = self._clock()
		if day is not None and day < now.date():
			raise CranfordError("That day has been.", _UNCHANGED, "Give the date of the next meeting.")
		with self._archive.writing(now) as change:
			self._archive.set_setting(change.connection, NEXT_MEETING, day.isoformat() if day else "")
			change.record("set the next meeting", {"on": day.isoformat() if day else ""})

	def add(
		self, message_id: int, *, route: Route, subject: str, note: str = "", meeting_on: date | None = None
	) -> MeetingItem:
		"""Put a message's matter on the list; `meeting_on` None: the next meeting. Raises `CranfordError`."""
		now = self._clock()
		said, told = _checked(subject), note.strip()
		with self._archive.writing(now) as change:
			number = books.add_item(
				change.connection, message_id, route=route, subject=said, note=told, meeting_on=meeting_on, at=now
			)
			item = books.item(change.connection, number)
			change.record("took a message to a meeting", {"item": number, "message": item.message_id, "route": route})
			return item

	def change(
		self, item_id: int, *, route: Route, subject: str, note: str = "", meeting_on: date | None = None
	) -> MeetingItem:
		"""Write an item anew."""
		said = _checked(subject)
		with self._archive.writing(self._clock()) as change:
			books.change_item(
				change.connection, item_id, route=route, subject=said, note=note.strip(), meeting_on=meeting_on
			)
			change.record("changed an item for a meeting", {"item": item_id, "route": route})
			return books.item(change.connection, item_id)

	def remove(self, item_id: int) -> None:
		"""Take an item off the list, as if it had not been put there; the message stays as it is."""
		with self._archive.writing(self._clock()) as change:
			books.drop_item(change.connection, item_id)
			change.record("took an item for a meeting off the list", {"item": item_id})

	def deal(self, item_id: int, outcome: str, on: date) -> MeetingItem:
		"""Write down that a matter is dealt with: its minute reference, or what became of it."""
		now = self._clock()
		words = " ".join(outcome.split())
		if not words:
			raise CranfordError(
				"Nothing is written down yet.", _UNCHANGED, "Give the minute reference, or say what became of it."
			)
		if on > now.date():
			raise CranfordError("That day has not come yet.", _UNCHANGED, "Check the day.")
		with self._archive.writing(now) as change:
			books.put_outcome(change.connection, item_id, on, words)
			change.record("dealt with an item for a meeting", {"item": item_id, "on": on.isoformat()})
			return books.item(change.connection, item_id)

	def reopen(self, item_id: int) -> MeetingItem:
		"""Put a matter that was dealt with back on the list."""
		with self._archive.writing(self._clock()) as change:
			books.put_outcome(change.connection, item_id, None, "")
			change.record("opened an item for a meeting again", {"item": item_id})
			return books.item(change.connection, item_id)

	def matters(self, state: ItemState = "all", route: Route | None = None) -> list[Matter]:
		"""Return the list with its messages: open ones first, by meeting; those dealt with newest first."""
		with self._archive.reading() as connection:
			return self._matters(connection, lambda one: _is(one, state) and route in (None, one.route))

	def items_of(self, message_ids: Sequence[int]) -> dict[int, MeetingItem]:
		"""Return the newest item of each message that has one."""
		wanted = set(message_ids)
		with self._archive.reading() as connection:
			return {one.message_id: one for one in books.items(connection) if one.message_id in wanted}

	def suggestion(self, row: MessageRow) -> str | None:
		"""Return why one message reads like a decision; None where it does not, or was put aside or taken up."""
		with self._archive.reading() as connection:
			if row.version_id in dismissed.set_aside_by(connection, _DETECTOR):
				return None
		if row.kind == "system" or self.items_of([row.id]):
			return None
		return reads_like_decision(row.text, decision_words())

	def suggestions(self, progress: Progress = unheard, stopped: Stopped = never) -> list[DecisionSuggestion]:
		"""Return messages that read like a decision, newest first, at most `MOST`; nothing is decided by it."""
		pointers = decision_words()
		query = " OR ".join(f'"{word}"' for one in pointers for word in one.words)
		found: list[DecisionSuggestion] = []
		with self._archive.reading() as connection:
			aside = dismissed.set_aside_by(connection, _DETECTOR)
			taken = {one.message_id for one in books.items(connection)}
			wanted = MessageFilter(search=query, without_personal=True)
			ids = messages.message_ids(connection, wanted, by_time=True)[::-1]
			for start in range(0, len(ids), _CHUNK):
				check(stopped)
				progress(start, len(ids), "messages")
				for row in messages.rows(connection, ids[start : start + _CHUNK]):
					if row.kind == "system" or row.id in taken or row.version_id in aside:
						continue
					reason = reads_like_decision(row.text, pointers)
					if reason is not None:
						found.append(DecisionSuggestion(row, reason))
				if len(found) >= MOST:
					break
		return found[:MOST]

	def put_aside(self, message_id: int) -> None:
		"""Do not point at a message's present words again."""
		now = self._clock()
		with self._archive.writing(now) as change:
			message_id = dismissed.put_aside(change.connection, message_id, _DETECTOR, now)
			change.record("put a suggestion aside", {"what": _DETECTOR, "message": message_id})

	def take_back(self, message_id: int) -> None:
		"""Point at a message again that was put aside."""
		with self._archive.writing(self._clock()) as change:
			dismissed.take_back(change.connection, message_id, _DETECTOR)
			change.record("took a suggestion back", {"what": _DETECTOR, "message": message_id})

	def for_report(self) -> list[Matter]:
		"""Return the matters that the report for the next meeting would hold."""
		meeting = self.next_meeting()
		with self._archive.reading() as connection:
			return self._matters(connection, lambda one: meant_for(one, meeting))

	def make_report(self, *, quoted: bool = True) -> MeetingReport:
		"""Make the report for the next meeting, PDF and Excel, and keep it sealed.

		`quoted`: with the messages' own words. Raises `CranfordError` where no matter waits.
		"""
		now = self._clock()
		matters = self.for_report()
		if not matters:
			raise CranfordError(
				"No matter waits for a meeting.", "No report was made.", "Take a message to a meeting first."
			)
		meeting = self.next_meeting()
		paper = MeetingPaper(self._archive.council, self._archive.practice, meeting, now, matters, quoted)
		stem = f"Matters from WhatsApp {(meeting or now.date()).isoformat()}"
		documents = {f"{stem}.pdf": meeting_report_pdf(paper), f"{stem}.xlsx": meeting_report_xlsx(paper)}
		with self._archive.writing(now) as change:
			sealed = {
				path: self._archive.files.put(change.connection, [data], "report").id
				for path, data in documents.items()
			}
			number = books.add_report(
				change.connection,
				sealed,
				item_ids=[one.item.id for one in matters],
				meeting_on=meeting,
				quoted=quoted,
				at=now,
			)
			change.record("made a report for a meeting", {"report": number, "items": len(matters), "quoted": quoted})
		return next(one for one in self.reports() if one.id == number)

	def reports(self) -> list[MeetingReport]:
		"""Return the reports that were made, newest first."""
		with self._archive.reading() as connection:
			found = books.reports(connection)
		return [replace(one, made_at=one.made_at.astimezone(LONDON)) for one in found]

	def report_files(self, report_id: int) -> dict[str, bytes]:
		"""Return a report's files, by name; raises `NotFound`."""
		with self._archive.reading() as connection:
			files = books.report_files(connection, report_id)
			return {path: self._archive.files.read_all(connection, file_id) for path, file_id in files.items()}

	def save_report(self, report_id: int, folder: Path) -> list[Path]:
		"""Put a report's files into a folder outside the archive, recorded; return them. Raises `CranfordError`."""
		if folder.resolve().is_relative_to(self._archive.folder.resolve()):
			raise ProblemWithFile(
				"That folder is the archive's own.", "Nothing was saved.", "Choose a folder outside it."
			)
		try:
			written = []
			for name, data in self.report_files(report_id).items():
				(folder / name).write_bytes(data)
				written.append(folder / name)
		except OSError as problem:
			raise ProblemWithFile(
				f"The report could not be saved there: {problem.strerror}.",
				"The archive was not changed.",
				"The disk may be full or write-protected. Choose another folder.",
			) from None
		with self._archive.writing(self._clock()) as change:
			change.record("saved a report for a meeting", {"report": report_id, "files": len(written)})
		return written

	def email(self, item_id: int, *, quoted: bool = True) -> MeetingEmail:
		"""Return the words of an e-mail that takes a matter up; nothing is sent. Raises `NotFound`."""
		with self._archive.reading() as connection:
			item = books.item(connection, item_id)
			(row,) = messages.rows(connection, [item.message_id])
		words = meeting_words()
		meeting = item.meeting_on or self.next_meeting()
		filled = {
			"council": self._archive.council,
			"subject": item.subject,
			"day": day_words(row.sent_at.date()),
			"meeting": words["dated_meeting"].format(date=weekday_words(meeting)) if meeting else words["next_meeting"],
			"words": (row.text or "").strip(),
		}
		paragraphs = [
			f"{words['greeting']},",
			words["agenda" if item.route == "agenda" else "email"].format_map(filled),
			item.note,
			words["quoted"].format_map(filled) if quoted and filled["words"] else "",
			words["no_minute"],
			words["ending"],
			words["signed"].format_map(filled),
		]
		body = "\n\n".join(one for one in paragraphs if one)
		return MeetingEmail(words["subject"].format_map(filled), body)

	def ahead(self) -> Ahead | None:
		"""Return what Home has to say: nothing while no matter waits, or the next meeting is still far off."""
		today = self._clock().date()
		with self._archive.reading() as connection:
			waiting = [one for one in books.items(connection) if one.dealt_on is None]
		overdue = sum(one.meeting_on is not None and one.meeting_on < today for one in waiting)
		meeting = self.next_meeting()
		near = meeting is None or meeting - today <= timedelta(days=self._tables.meetings.days_before)
		if not waiting or not (near or overdue):
			return None
		return Ahead(sum(meant_for(one, meeting) for one in waiting), meeting, overdue)

	def _matters(self, connection: Connection, wanted: Callable[[MeetingItem], bool]) -> list[Matter]:
		items = [one for one in books.items(connection) if wanted(one)]
		rows = {row.id: row for row in messages.rows(connection, [one.message_id for one in items])}
		return [Matter(replace(one, added_at=one.added_at.astimezone(LONDON)), rows[one.message_id]) for one in items]


def _is(item: MeetingItem, state: ItemState) -> bool:
	return state == "all" or (item.dealt_on is not None) == (state == "dealt")


def _checked(subject: str) -> str:
	words = " ".join(subject.split())
	if not words:
		raise CranfordError("The matter needs a subject.", _UNCHANGED, "Say in a few words what it is about.")
	if len(words) > LONGEST_SUBJECT:
		raise CranfordError(
			f"The subject has at most {LONGEST_SUBJECT} letters.", _UNCHANGED, "Put the rest into the note."
		)
	return words
