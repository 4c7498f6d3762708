"""What the archive holds of each phone, month by month, and what it does not hold."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cranford_desktop.domain import holdings as rules
from cranford_desktop.domain.coverage import Finding, FindingKind, GroupCoverage
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.coverage_counting import GroupCount, after, previewed
from cranford_desktop.services.groups import Groups
from cranford_desktop.services.members import Member, members
from cranford_desktop.store import asks
from cranford_desktop.store import groups as books
from cranford_desktop.store import holdings as store
from cranford_desktop.store.archive import Archive, Connection

DISMISSED = "set a finding aside"
LISTED = "listed a finding"
BROUGHT_BACK = "brought a finding back"
_MARKS = (DISMISSED, LISTED, BROUGHT_BACK, "transferred messages")
"""Actions that change nothing of what is missing."""
_OURS = (*_MARKS, "asked members", "asked members for a request", "recorded a reply")
"""Actions that change nothing of what is held; an answer can settle what is missing."""
_URGENCY = tuple(rules.STEPS)


class Holdings:
	"""Answers what is held and what is missing; keeps what the clerk did about it."""

	def __init__(self, archive: Archive, clock: Clock, tables: PolicyTables, groups: Groups) -> None:
		self._archive = archive
		self._clock = clock
		self._tables = tables
		self._groups = groups
		self._lock = threading.Lock()
		self._kept: tuple[tuple[int, ...], list[GroupCoverage]] | None = None
		self._found: tuple[tuple[object, ...], list[Finding]] | None = None

	def coverage(self, group_id: int | None = None) -> list[GroupCoverage]:
		"""Return what each phone shows of a group, of all groups without one, by name.

		Counted by the database, once for each state of the archive: a second or two for a million messages.
		"""
		with self._archive.reading() as connection:
			found = self._coverage(connection)
		return [one for one in found if group_id is None or one.group_id == group_id]

	def with_previews(self, group: str, previews: Sequence[Preview]) -> GroupCoverage:
		"""Return the coverage of a group as it would be after importing these; writes nothing.

		Months of a phone that is new are as its file counts them. What is on how many phones is not known before.
		"""
		held = next((one for one in self.coverage() if folded_name(one.group) == folded_name(group)), None)
		phones = {folded_name(one.phone): one for one in held.phones} if held else {}
		months = Counter(held.months if held else {})
		for preview in previews:
			key = folded_name(preview.phone)
			while key in phones and not preview.phone_known:
				key += "\0"  # two phones that were not told apart yet are two rows
			phones[key] = previewed(preview, phones.get(key), self._tables, self._clock())
			for month, number in preview.read.tally.months.items():
				months[month] = max(months[month], number)
		rows = tuple(phones.values())
		first, last = min(one.first for one in rows), max(one.last for one in rows)
		return GroupCoverage(
			group_id=held.group_id if held else 0,
			group=held.group if held else group,
			first=first,
			last=last,
			messages=sum(months.values()),
			on_one_phone=0,
			months=dict(months),
			phones=tuple(after(one, last) for one in rows),
			media_missing=held.media_missing if held else 0,
		)

	def members(self) -> list[Member]:
		"""Return who is asked for exports, by name, with when each last exported."""
		with self._archive.reading() as connection:
			coverage = self._coverage(connection)
			return members(connection, coverage, self._clock().date(), self._tables.holdings)

	def findings(self, *, with_dismissed: bool = False) -> list[Finding]:
		"""Return what is missing or will be, most urgent first; what was put aside comes only if it is asked for."""
		with self._archive.reading() as connection:
			state = store.state(connection, _MARKS)
			marks = store.marks(connection)
		found = []
		for one in self._all_findings(state):
			mark = marks.get(one.key)
			said = replace(
				one,
				dismissed=mark is not None and mark.mark == "dismissed",
				listed=mark is not None and mark.mark == "listed",
			)
			if with_dismissed or not said.dismissed:
				found.append(said)
		return found

	def listed(self) -> list[Finding]:
		"""Return the findings on the clerk's list; looks at nothing while the list is empty."""
		with self._archive.reading() as connection:
			any_listed = any(one.mark == "listed" for one in store.marks(connection).values())
		return [one for one in self.findings() if one.listed] if any_listed else []

	def reason(self, key: str) -> str:
		"""Return why a finding was put aside; "" where it was not."""
		with self._archive.reading() as connection:
			mark = store.marks(connection).get(key)
		return mark.reason if mark is not None else ""

	def dismiss(self, key: str, reason: str) -> None:
		"""Put a finding aside with the clerk's reason; raises `CranfordError` without one, `NotFound`."""
		words = " ".join(reason.split())
		if not words:
			raise CranfordError("It needs a reason.", "Nothing was changed.", "Say in a few words why it can rest.")
		self._mark(key, "dismissed", words, DISMISSED)

	def list_it(self, key: str) -> None:
		"""Put a finding on the clerk's list of what to do; raises `NotFound`."""
		self._mark(key, "listed", "", LISTED)

	def bring_back(self, key: str) -> None:
		"""Undo `dismiss` or `list_it`; raises `NotFound` where there is nothing to undo."""
		with self._archive.writing(self._clock()) as change:
			if not store.drop_mark(change.connection, key):
				raise NotFound("Nothing was done with this finding.", "Nothing was changed.")
			change.record(BROUGHT_BACK, {"kind": key.partition(":")[0]})

	def _mark(self, key: str, mark: str, reason: str, action: str) -> None:
		now = self._clock()
		if not any(one.key == key for one in self.findings(with_dismissed=True)):
			raise NotFound("The archive shows no such finding any more.", "Nothing was changed.")
		with self._archive.writing(now) as change:
			store.put_mark(change.connection, key, mark, reason, now)
			change.record(action, {"kind": key.partition(":")[0]})

	# what is held
	def _coverage(self, connection: Connection) -> list[GroupCoverage]:
		state = store.state(connection, _OURS)
		with self._lock:
			kept = self._kept
		if kept is not None and kept[0] == state:
			return kept[1]
		cut_offs, missing = store.cut_offs(connection), store.media_missing(connection)
		groups = books.groups(connection)
		phones = {one.id: store.phones(connection, one.id) for one in groups}
		days = store.days(connection, phones)
		found = [
			GroupCount(
				connection, one, phones[one.id], days[one.id], self._tables.holdings, cut_offs.get(one.id)
			).coverage(missing.get(one.id, 0))
			for one in groups
		]
		with self._lock:
			self._kept = (state, found)
		return found

	def _all_findings(self, state: tuple[int, ...]) -> list[Finding]:
		key = (state, self._clock().date())
		with self._lock:
			kept = self._found
		if kept is not None and kept[0] == key:
			return kept[1]
		with self._archive.reading() as connection:
			coverage = self._coverage(connection)
			found = [
				*self._of_groups(connection, coverage),
				*self._behind(connection, coverage),
			]
		found += self._left_office(coverage)
		found.sort(key=lambda one: _URGENCY.index(one.kind))
		with self._lock:
			self._found = (key, found)
		return found

	def _of_groups(self, connection: Connection, coverage: Sequence[GroupCoverage]) -> list[Finding]:
		found = []
		shown = store.media_by_phone(connection) if any(one.media_missing for one in coverage) else {}
		for group in coverage:
			found += _settings(connection, group)
			for phone in group.phones:
				found += rules.phone_findings(group, phone, self._tables.holdings)
			found += _media(group, shown)
			names = {one.phone_id: one for one in group.phones}
			for export in store.exports(connection, group.group_id):
				if export.unread_lines:
					phone = names[export.phone_id]
					words = rules.export_words(phone, group.group)
					found.append(
						rules.unread_finding(
							f"unread:{export.id}",
							words[0].lower() + words[1:] if words.startswith("The ") else words,
							export.unread_lines,
							group=group.group,
							phone=phone.phone,
						)
					)
		return found

	def _behind(self, connection: Connection, coverage: Sequence[GroupCoverage]) -> list[Finding]:
		today, limits = self._clock().date(), self._tables.holdings
		if not any(group.phones for group in coverage):
			return []
		asked = {one.person_id: one.asked_on for one in asks.asks(connection, waiting_only=True)}
		found = []
		for member in members(connection, coverage, today, limits):
			if not member.behind:
				continue
			if member.last_export is None:
				title = f"No export from {member.name} is held."
			else:
				title = f"{member.name} has not exported since {day_words(member.last_export)}."
			if member.by_phone_name:
				detail = "Told by the phone’s name; say whose phone it is on its receipt."
			elif member.last_export is None:
				detail = "Nobody’s phone is recorded as theirs. What only they received is not held."
			else:
				detail = "What was sent to them since then may be on no other phone."
			if member.person_id in asked:
				detail += f" Asked on {day_words(asked[member.person_id])}; the answer is still to come."
			found.append(
				rules.finding(
					f"not_exported:{member.person_id}",
					"not_exported",
					title,
					detail,
					person_id=member.person_id,
					since=member.last_export,
				)
			)
		return found

	def _left_office(self, coverage: Sequence[GroupCoverage]) -> list[Finding]:
		found = []
		for group in coverage:
			for one in self._groups.membership(group.group_id).disagreements:
				if one.kind == "left_office":
					found.append(
						rules.finding(
							f"left_office:{group.group_id}:{one.person_id}",
							"left_office",
							one.words,
							f"As far as the lines of {group.group} tell. Ask for an export before they are removed.",
							group_name=group.group,
							person_id=one.person_id,
						)
					)
		return found


def _settings(connection: Connection, group: GroupCoverage) -> list[Finding]:
	"""Return the settings that lose messages or exports and are on at the end of a group's conversation."""
	since: dict[FindingKind, tuple[date, str | None]] = {}
	for line in store.settings(connection, group.group_id):
		kind: FindingKind = "privacy_on" if line.event.startswith("privacy") else "disappearing_on"
		if line.event == kind:
			# the timer may be set anew while it is on: what counts is since when
			since.setdefault(kind, (line.sent_at.date(), line.phone))
		else:
			since.pop(kind, None)
	return [
		rules.setting_finding(
			f"{kind}:{group.group_id}:{day.isoformat()}", kind, group.group, day, group=group.group, phone=phone
		)
		for kind, (day, phone) in since.items()
	]


def _media(group: GroupCoverage, shown: Mapping[int, int]) -> list[Finding]:
	"""Return how many photos and files of a group nobody's export carried, and whose could."""
	if not group.media_missing:
		return []
	best = max(group.phones, key=lambda one: (shown.get(one.phone_id, 0), one.last_export), default=None)
	detail = rules.MEDIA_HELP
	if best is not None:
		detail = f"{best.holder or best.phone} shows {shown.get(best.phone_id, 0):,} of them. {detail}"
	return [
		rules.finding(
			f"media:{group.group_id}",
			"media_missing",
			rules.media_title(group.media_missing, group.group),
			detail,
			group=group,
			phone=best,
			count=group.media_missing,
		)
	]
