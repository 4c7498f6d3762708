"""Home: what needs the clerk, most urgent first."""

from datetime import date, timedelta

from cranford_desktop.domain.day_words import day_words, weekday_words
from cranford_desktop.domain.home import HomeItem, HomePage
from cranford_desktop.domain.policy import BackupRules
from cranford_desktop.services.asking import Asking
from cranford_desktop.services.browsing import Browsing
from cranford_desktop.services.casework import Casework
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.finding import Finding
from cranford_desktop.services.holdings import Holdings
from cranford_desktop.services.importing import Importing
from cranford_desktop.services.meetings import Meetings
from cranford_desktop.services.other_places import OtherPlaces
from cranford_desktop.services.policy_review import PolicyReview
from cranford_desktop.services.requests import Requests
from cranford_desktop.services.retention import Retention
from cranford_desktop.services.safekeeping import Safekeeping
from cranford_desktop.store import ledger
from cranford_desktop.store.archive import Archive


class Home:
	"""Gathers what the other services know into one page."""

	def __init__(
		self,
		archive: Archive,
		clock: Clock,
		*,
		importing: Importing,
		browsing: Browsing,
		requests: Requests,
		casework: Casework,
		retention: Retention,
		policy_review: PolicyReview,
		safekeeping: Safekeeping,
		holdings: Holdings,
		asking: Asking,
		places: OtherPlaces,
		meetings: Meetings,
		finding: Finding,
		backups: BackupRules,
	) -> None:
		self._archive = archive
		self._clock = clock
		self._importing = importing
		self._browsing = browsing
		self._requests = requests
		self._casework = casework
		self._retention = retention
		self._policy_review = policy_review
		self._safekeeping = safekeeping
		self._holdings = holdings
		self._asking = asking
		self._places = places
		self._meetings = meetings
		self._finding = finding
		self._backups = backups

	def page(self) -> HomePage:
		"""Return everything on Home as of now."""
		today = self._clock().date()
		messages = self._browsing.count()
		last = self._safekeeping.last_backup()
		items = [
			*self._data_breaches(),
			*self._open_requests(today),
			*self._asked_for_requests(today),
			*self._policy(today),
			*self._first_steps(messages),
			*self._matters(today),
			*(self._members() if messages else []),
			*self._due(today, messages),
			*self._backup(today, messages),
		]
		return HomePage(
			council=self._archive.council,
			practice=self._archive.practice,
			today=today,
			messages=messages,
			groups=len(self._importing.groups()),
			items=tuple(items),
			phones=tuple(
				(phone.group, phone.name, phone.last_record, phone.last_import) for phone in self._importing.phones()
			),
			last_backup=last[0] if last else None,
			backup_place=last[1] if last else None,
			backup_stale=self._backup_stale(today, messages),
			to_look_at=len(self._finding.queue()),
		)

	def _data_breaches(self) -> list[HomeItem]:
		return [
			HomeItem(
				key=f"case:{case.id}",
				tone="danger",
				head=f"{case.reference} – data breach (72 hours)",
				body=f"If you need to tell the ICO, do so by {weekday_words(case.due_at.date())}, {case.due_at:%H:%M}.",
				action="Open the case",
				target=f"cases:{case.id}",
				due=case.due_at.date(),
			)
			for case in self._casework.cases("data_breach")
			if case.due_at is not None and case.stage != "Closed"
		]

	def _open_requests(self, today: date) -> list[HomeItem]:
		items = []
		for request in sorted(self._requests.requests(), key=lambda one: one.due):
			if request.status != "open":
				continue
			late = request.due < today
			when = f"{'It was due on' if late else 'Answer by'} {weekday_words(request.due)}."
			if request.waiting_since is not None:
				when = f"Waiting for them since {weekday_words(request.waiting_since)}."
			if request.candidates == 0:
				step = "Next: search for what it asks."
			elif request.undecided:
				step = f"Next: decide on {request.undecided:,} {'message' if request.undecided == 1 else 'messages'}."
			elif request.packs == 0:
				step = "Next: make the pack."
			else:
				step = "Next: send the pack."
			items.append(
				HomeItem(
					key=f"request:{request.id}",
					tone="danger" if late else "plain",
					head=f"{request.reference} – {_short(request.wording)}",
					body=f"{when} {step}",
					action="Open the request",
					target=f"requests:{request.id}",
					due=request.due,
				)
			)
		return items

	def _policy(self, today: date) -> list[HomeItem]:
		if not self._policy_review.overdue(today):
			return []
		return [
			HomeItem(
				key="policy_review",
				tone="warn",
				head=self._policy_review.overdue_line(today),
				body="Your auditor may ask about it.",
				action="Read the policy",
				target="act:policy",
			)
		]

	def _first_steps(self, messages: int) -> list[HomeItem]:
		items = []
		sheet = self._safekeeping.sheet_state()
		if sheet == "gone":
			items.append(
				HomeItem(
					key="recovery_sheet",
					tone="warn",
					head="No recovery sheet was made.",
					body="If the pass phrase is forgotten, the records are lost for good. Keep it somewhere safe.",
					action="What you can do",
					target="act:recovery_sheet",
				)
			)
		if sheet == "later":
			items.append(
				HomeItem(
					key="recovery_sheet",
					tone="warn",
					head="The recovery sheet is not printed yet.",
					body="You can print or save it until these records are closed. Then its key is gone for good.",
					action="Print or save it…",
					target="act:recovery_sheet",
				)
			)
		if messages == 0:
			items.append(
				HomeItem(
					key="import",
					tone="info",
					head="Import your first chat",
					body="Drop a member's WhatsApp export on the window, or choose the file.",
					action="Import a chat",
					target="import",
				)
			)
		return items

	def _asked_for_requests(self, today: date) -> list[HomeItem]:
		"""Return the open requests that wait for members who were asked what they hold."""
		return [
			HomeItem(
				key=f"places:{request_id}",
				tone="warn" if asked.next_due is not None and asked.next_due < today else "plain",
				head=f"{self._requests.get(request_id).reference} waits for "
				f"{asked.waiting} {'member' if asked.waiting == 1 else 'members'}",
				body=f"{asked.words}.",
				action="Open the request",
				target=f"requests:{request_id}",
				due=asked.next_due,
			)
			for request_id, asked in self._places.waiting().items()
		]

	def _members(self) -> list[HomeItem]:
		"""Return what waits for members, and what the clerk put on her list of what is not held."""
		items = []
		told = self._places.asks_of_requests()
		late = [one for one in self._asking.late() if one.id not in told]
		if late:
			first = min(one.due for one in late if one.due is not None)
			who = late[0].person if len(late) == 1 else f"{len(late)} members"
			items.append(
				HomeItem(
					key="asks",
					tone="plain",
					head=f"{who} {'has' if len(late) == 1 else 'have'} not answered",
					body="You asked for their WhatsApp messages. Ask again, or write down what they said.",
					action="Open the list",
					target="import:asks",
					due=first,
				)
			)
		year = self._asking.return_to_ask()
		if year is not None:
			items.append(
				HomeItem(
					key="return",
					tone="plain",
					head=f"Ask members for their WhatsApp return of {year}",
					body="Once a year every member sends their exports, or says that they hold nothing.",
					action="Open the return",
					target="import:return",
				)
			)
		listed = self._holdings.listed()
		if listed:
			items.append(
				HomeItem(
					key="holdings",
					tone="plain",
					head=listed[0].title.rstrip(".")
					if len(listed) == 1
					else f"{len(listed)} things are missing from the archive",
					body=f"You put {'it' if len(listed) == 1 else 'them'} on your list of what we do not hold.",
					action="See what is missing",
					target="import:missing",
				)
			)
		return items

	def _matters(self, today: date) -> list[HomeItem]:
		"""Return what waits to be taken to a meeting, once the meeting is near; and what an earlier one made of it."""
		ahead = self._meetings.ahead()
		if ahead is None:
			return []
		matters = f"{ahead.waiting} {'matter' if ahead.waiting == 1 else 'matters'} from WhatsApp"
		if ahead.overdue:
			head = (
				f"What became of {ahead.overdue} {'matter' if ahead.overdue == 1 else 'matters'} of an earlier meeting?"
			)
			body = "Write the minute reference down, or move it to the next meeting."
		elif ahead.meeting_on is not None:
			head, body = f"{matters} to raise formally", f"The meeting is on {weekday_words(ahead.meeting_on)}."
		else:
			head = f"{matters} {'waits' if ahead.waiting == 1 else 'wait'} for a meeting"
			body = "A chat is not a minute. Say when the next meeting is, then make the report for it."
		return [
			HomeItem(
				key="meetings",
				tone="plain",
				head=head,
				body=body,
				action="Open the list",
				target="archive:meetings",
				due=None if ahead.overdue or ahead.meeting_on is None else max(ahead.meeting_on, today),
			)
		]

	def _due(self, today: date, messages: int) -> list[HomeItem]:
		if messages == 0:
			return []
		position = self._retention.position(today)
		held = sum(reason.messages for reason in position.held)
		if not position.due and not held:
			return []
		due = position.due + held
		listed = self._schedule_of(position.due, held)
		if listed is not None:
			return [
				HomeItem(
					key="retention",
					tone="plain",
					head=f"{position.due:,} {'message is' if position.due == 1 else 'messages are'} on the schedule of "
					f"{day_words(listed)}",
					body="Erasing comes with a later release; nothing has been erased.",
					action="Open Retention",
					target="retention",
				)
			]
		kept = f" {held:,} of them are kept because something open needs them." if held else ""
		return [
			HomeItem(
				key="retention",
				tone="plain",
				head=f"{due:,} {'message is' if due == 1 else 'messages are'} past their six years",
				body=f"The yearly review looks at them. Nothing is erased without it.{kept}",
				action="Open Retention",
				target="retention",
			)
		]

	def _schedule_of(self, due: int, held: int) -> date | None:
		"""Return the day of the last review's schedule if it covers what is due now; None where something has changed.

		Nothing is erased yet, so as many messages as then, due and held, are the same messages.
		"""
		last = next((one for one in self._retention.reviews() if one.finished_at is not None), None)
		if last is None or last.finished_at is None or last.outcome != "schedule" or not due:
			return None
		with self._archive.reading() as connection:
			told = [one.detail for one in ledger.entries(connection) if one.detail.get("review") == last.id]
		covers = any(one.get("due") == due and one.get("held") == held for one in told)
		return last.finished_at.date() if covers else None

	def _backup_stale(self, today: date, messages: int) -> bool:
		last = self._safekeeping.last_backup()
		recent = last is not None and today - last[0].date() <= timedelta(days=self._backups.age_days)
		return messages > 0 and not recent

	def _backup(self, today: date, messages: int) -> list[HomeItem]:
		last = self._safekeeping.last_backup()
		if not self._backup_stale(today, messages):
			return []
		return [
			HomeItem(
				key="backup",
				tone="warn",
				head="No back-up has been made yet."
				if last is None
				else f"The last back-up was on {weekday_words(last[0].date())}.",
				body="A back-up on a USB stick takes a minute and is read again to be sure.",
				action="Back up now…",
				target="act:backup",
			)
		]


def _short(wording: str) -> str:
	words = " ".join(wording.split())
	return words if len(words) <= 60 else words[:57].rsplit(" ", 1)[0] + "…"
