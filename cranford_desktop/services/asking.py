"""Asking members for their exports, and keeping what they answered. Nothing is sent by the app."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from cranford_desktop.documents.ask_letters import Letter, letters_pdf
from cranford_desktop.documents.leaflet import Leaflet, leaflet_pdf
from cranford_desktop.documents.member_return import member_return_pdf
from cranford_desktop.domain.asking import Ask, AskDraft, AskKind, MemberReturn, PhoneKind, Reply, ReturnLine
from cranford_desktop.domain.day_words import weekday_words
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.letter_words import ask_words, leaflet_words
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.holdings import Holdings
from cranford_desktop.services.members import Member
from cranford_desktop.store import asks as books
from cranford_desktop.store import holdings as held
from cranford_desktop.store import people
from cranford_desktop.store.archive import Archive

How = Literal["email", "letter", "spoken"]
_UNCHANGED = "Nothing was recorded."
_FIELD = re.compile(r"\{([a-z]+)\}")


class Asking:
	"""Words to members, and the record of asking them."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables, holdings: Holdings) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._holdings = holdings

	def members(self) -> list[Member]:
		"""Return who is asked for exports, by name, with who is behind."""
		return self._holdings.members()

	def groups(self) -> dict[int, tuple[str, ...]]:
		"""Return by person the groups in which they wrote: nobody is told of a chat they are not in."""
		with self._archive.reading() as connection:
			return held.groups_by_writer(connection)

	def usual_due(self) -> date:
		"""Return the day by which an answer is asked for, where the clerk names none."""
		return self._clock().date() + timedelta(days=self._tables.holdings.days_to_answer)

	def kind_words(self, kind: AskKind) -> str:
		"""Return what a kind of ask is called in lists."""
		return ask_words(kind).called

	def draft(
		self,
		kind: AskKind,
		person_id: int,
		groups: Sequence[str],
		*,
		due: date | None = None,
		reference: str = "",
		request: str = "",
	) -> AskDraft:
		"""Return the words that ask a member, for an e-mail or a letter; of a request, with what it asks for.

		Raises `NotFound`.
		"""
		blank = AskDraft(kind, person_id, "", "", "", tuple(groups), due or self.usual_due(), reference, request)
		letter = self._letter(blank)
		return replace(blank, to=letter.to, subject=letter.subject, body=_plain(letter))

	def letters_pdf(self, drafts: Sequence[AskDraft]) -> bytes:
		"""Return the letters as one PDF, a page each, with a reply slip."""
		letters = [self._letter(one) for one in drafts]
		today = self._clock().date()
		return letters_pdf(letters, self._archive.council, today, self._archive.practice)

	def leaflet_pdf(self, phone: PhoneKind) -> bytes:
		"""Return the one-page leaflet on exporting a chat from this type of phone."""
		words = leaflet_words(phone)
		leaflet = Leaflet(
			words.title,
			words.phone,
			words.steps,
			(
				(words.greyed_title, (words.greyed,)),
				(words.caps_title, (words.caps,)),
				(words.keep_title, words.keep),
				(words.slip_title, (words.slip,)),
			),
		)
		return leaflet_pdf(leaflet, self._archive.council, self._clock().date(), self._archive.practice)

	def record(
		self,
		kind: AskKind,
		person_ids: Sequence[int],
		groups: Sequence[str],
		how: How,
		*,
		on: date,
		due: date | None = None,
		year: int | None = None,
	) -> list[int]:
		"""Record that members were asked; return the numbers of the entries.

		Raises `CranfordError` for a day ahead or a due day before it, `NotFound` for an unknown person.
		"""
		now = self._clock()
		self.check(person_ids, on, due)
		if kind == "yearly" and year is None:
			year = on.year
		with self._archive.writing(now) as change:
			made = [
				books.add_ask(change.connection, kind, one, groups, how, on=on, due=due, year=year, at=now)
				for one in dict.fromkeys(person_ids)
			]
			change.record("asked members", {"kind": kind, "asks": made, "how": how})
		return made

	def check(self, person_ids: Sequence[int], on: date, due: date | None) -> None:
		"""Raise `CranfordError` where nobody is asked, on a day ahead, or for an answer before the question."""
		if on > self._clock().date():
			raise CranfordError("The day they were asked has not come yet.", _UNCHANGED, "Check the day.")
		if due is not None and due < on:
			raise CranfordError("The answer is asked for before the question.", _UNCHANGED, "Check both days.")
		if not person_ids:
			raise CranfordError("Nobody is chosen.", _UNCHANGED, "Tick who was asked.")

	def reply(self, ask_id: int, reply: Reply, on: date, note: str = "") -> None:
		"""Record what a member answered, a nil return too; a later answer replaces an earlier one."""
		now = self._clock()
		if on > now.date():
			raise CranfordError("The day of the answer has not come yet.", _UNCHANGED, "Check the day.")
		with self._archive.writing(now) as change:
			books.put_reply(change.connection, ask_id, reply, on, " ".join(note.split()))
			change.record("recorded a reply", {"ask": ask_id, "reply": reply})

	def asks(self, *, waiting_only: bool = False) -> list[Ask]:
		"""Return who was asked, newest first; only those that have neither sent anything nor said no."""
		with self._archive.reading() as connection:
			return books.asks(connection, waiting_only=waiting_only)

	def late(self) -> list[Ask]:
		"""Return the asks that wait for an answer past their day."""
		today = self._clock().date()
		return [one for one in self.asks(waiting_only=True) if one.due is not None and one.due < today]

	def return_to_ask(self) -> int | None:
		"""Return the year whose return is to be asked for now: in its month, until somebody was asked; else None."""
		today = self._clock().date()
		if today.month != self._tables.holdings.return_month:
			return None
		with self._archive.reading() as connection:
			return None if books.asks(connection, year=today.year) else today.year

	def member_return(self, year: int) -> MemberReturn:
		"""Return the yearly return: every member with their latest export, what was asked and what came.

		Whoever was asked in that year's return stays in it after leaving office.
		"""
		with self._archive.reading() as connection:
			asked: dict[int, Ask] = {}
			for one in books.asks(connection, year=year):
				asked.setdefault(one.person_id, one)
		members = {one.person_id: one for one in self.members()}
		names = {one.person_id: one.person for one in asked.values()} | {one: m.name for one, m in members.items()}
		lines = []
		for person_id, name in names.items():
			member, ask = members.get(person_id), asked.get(person_id)
			lines.append(
				ReturnLine(
					person_id=person_id,
					person=name,
					role=member.role if member else None,
					last_export=member.last_export if member else None,
					asked_on=ask.asked_on if ask else None,
					reply=ask.reply if ask else None,
					replied_on=ask.replied_on if ask else None,
				)
			)
		return MemberReturn(year, tuple(sorted(lines, key=lambda one: (one.person.casefold(), one.person_id))))

	def return_pdf(self, year: int) -> bytes:
		"""Return the yearly return as a PDF to sign and file."""
		groups = [one.group for one in self._holdings.coverage()]
		return member_return_pdf(
			self.member_return(year), groups, self._archive.council, self._clock(), self._archive.practice
		)

	def _letter(self, draft: AskDraft) -> Letter:
		with self._archive.reading() as connection:
			name = next((one.name for one in people.people(connection) if one.id == draft.person_id), None)
		if name is None:
			raise NotFound("These records hold no such person.")
		filled = {
			"name": name,
			"council": self._archive.council,
			"groups": _joined(draft.groups) or "the council’s WhatsApp group",
			"due": weekday_words(draft.due or self.usual_due()),
			"year": str(self._clock().date().year),
			"reference": draft.reference,
			"request": draft.request,
		}
		words = ask_words(draft.kind)

		def fill(text: str) -> str:
			return _FIELD.sub(lambda found: filled.get(found.group(1), found.group(0)), text)

		return Letter(
			to=name,
			subject=fill(words.subject),
			paragraphs=(f"{fill(words.greeting)},", *map(fill, words.opening)),
			points=() if draft.kind == "settings" else tuple(map(fill, words.how)),
			duty=tuple(map(fill, words.duty)),
			ending=fill(words.ending),
			signed=fill(words.signed),
			slip=words.slip,
		)


def _joined(groups: Sequence[str]) -> str:
	quoted = [f"“{one}”" for one in groups]
	return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}" if quoted else ""


def _plain(letter: Letter) -> str:
	"""Return a letter as the text of an e-mail, with the slip's answers to type."""
	points = "\n".join(f"- {one}" for one in letter.points)
	slip = "\n".join(f"[ ] {one}" for one in letter.slip)
	parts = [*letter.paragraphs, points, *letter.duty, f"Reply:\n{slip}", letter.ending, letter.signed]
	return "\n\n".join(part for part in parts if part)
