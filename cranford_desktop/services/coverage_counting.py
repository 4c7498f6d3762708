"""Counting what each phone of a group shows, from what the database has grouped; and what a file would add."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from cranford_desktop.domain import holdings as rules
from cranford_desktop.domain.coverage import Gap, GroupCoverage, PhoneCoverage
from cranford_desktop.domain.importing import Preview
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.policy import HoldingLimits, PolicyTables
from cranford_desktop.store import holdings as store
from cranford_desktop.store.archive import Connection

_NEAR_THE_END = 3
"""Days by which a phone's last message may lie before the group's last, to count as reaching the end."""


class GroupCount:
	"""One group, counted."""

	def __init__(
		self,
		connection: Connection,
		group: Group,
		held: Sequence[store.PhoneRow],
		days: Sequence[store.DayRow],
		limits: HoldingLimits,
		cut_off: date | None,
	) -> None:
		self._c, self._id, self._name = connection, group.id, group.name
		self._limits = limits
		self._cut_off = cut_off
		self._held, self._days = held, days
		self._exports = store.exports(connection, group.id)

	def coverage(self, media_missing: int) -> GroupCoverage:
		"""Return what the group's phones show, each by itself and together."""
		months: Counter[tuple[int, int]] = Counter()
		for one in self._days:
			months[one.day.year, one.day.month] += one.messages
		alone = {1 << at for at in range(len(self._held))}
		first = min((one.first for one in self._days), default=None)
		last = max((one.last for one in self._days), default=None)
		spans = [self._span(1 << at) for at in range(len(self._held))]
		phones = [
			self._phone(at, span, first, last, [other for n, other in enumerate(spans) if n != at and other])
			for at, span in enumerate(spans)
			if span is not None
		]
		return GroupCoverage(
			group_id=self._id,
			group=self._name,
			first=first,
			last=last,
			messages=sum(one.messages for one in self._days),
			on_one_phone=sum(one.messages for one in self._days if one.phones in alone and not one.system),
			months=dict(sorted(months.items())),
			phones=tuple(phones),
			media_missing=media_missing,
		)

	def _span(self, bit: int) -> tuple[datetime, datetime] | None:
		mine = [one for one in self._days if one.phones & bit]
		return (min(one.first for one in mine), max(one.last for one in mine)) if mine else None

	def _phone(
		self,
		at: int,
		span: tuple[datetime, datetime],
		first: datetime | None,
		last: datetime | None,
		others: Sequence[tuple[datetime, datetime] | None],
	) -> PhoneCoverage:
		held, bit = self._held[at], 1 << at
		months: Counter[tuple[int, int]] = Counter()
		shown: set[date] = set()
		missed: Counter[date] = Counter()
		for one in self._days:
			if one.phones & bit:
				months[one.day.year, one.day.month] += one.messages
				shown.add(one.day)
			elif not one.system:
				missed[one.day] += one.messages
		days = sorted(shown)
		found = rules.gaps(days, missed, self._limits)
		covered = [(one[0].date(), one[1].date()) for one in others if one is not None]
		found += tuple(
			one for one in rules.silences(days, covered, self._limits) if one.start not in {gap.start for gap in found}
		)
		return PhoneCoverage(
			phone_id=held.phone_id,
			phone=held.name,
			person_id=held.person_id,
			holder=held.holder,
			first=span[0],
			last=span[1],
			last_export=held.imported_at,
			months=dict(sorted(months.items())),
			before=self._before(held.phone_id, older=first is not None and first.date() < span[0].date()),
			after=self._after(held.phone_id, span[1], last),
			gaps=tuple(sorted(found, key=lambda one: one.start)),
			only_here=sum(one.messages for one in self._days if one.phones == bit and not one.system),
		)

	def _before(self, phone_id: int, *, older: bool) -> str:
		"""Say why a phone shows nothing before its first message: by the opening of the export that begins first."""
		export = next(one for one in self._exports if one.phone_id == phone_id)
		if self._cut_off is not None and export.first_at.date() <= self._cut_off:
			return ""  # what stood before was erased by rule
		begins = rules.opening(store.first_lines(self._c, export.id, self._limits.opening_lines))
		if begins == "midway" and export.in_part:
			return rules.CHOSEN
		at_cap = self._limits.at_cap(export.records, with_media=export.with_media)
		return rules.before_words(begins, at_cap=at_cap, others_show_older=older)

	def _after(self, phone_id: int, end: datetime, last: datetime | None) -> str:
		if last is None or last - end <= timedelta(days=_NEAR_THE_END):
			return ""
		export = [one for one in self._exports if one.phone_id == phone_id][-1]
		for line in store.last_lines(self._c, export.id, self._limits.opening_lines):
			if line.event in ("left", "removed") and rules.OWNER in (line.named[1:] or line.named):
				return "Left the group then" if line.event == "left" else "Removed from the group then"
		return rules.NO_NEWER


def previewed(preview: Preview, held: PhoneCoverage | None, tables: PolicyTables, now: datetime) -> PhoneCoverage:
	"""Return a phone as it would be with a file that was only read: its months as the file counts them."""
	read = preview.read
	capped = {"capped": rules.CUT_OFF, "starts_midway": rules.MIDWAY}
	before = next((capped[one.kind] for one in rules.preview_findings(read, tables.holdings) if one.kind in capped), "")
	if not before and rules.opening_of(read, tables.holdings) == "joined":
		before = rules.JOINED
	months: Mapping[tuple[int, int], int] = read.tally.months
	gaps: tuple[Gap, ...] = ()
	first, last = read.first, read.last
	if held is not None:
		months = {month: max(months.get(month, 0), held.months.get(month, 0)) for month in {*months, *held.months}}
		gaps = held.gaps
		first, last = min(first, held.first), max(last, held.last)
		before = held.before if held.first <= read.first else before
	return PhoneCoverage(
		phone_id=held.phone_id if held else 0,
		phone=preview.phone,
		person_id=held.person_id if held else preview.holder,
		holder=held.holder if held else None,
		first=first,
		last=last,
		last_export=now,
		months=dict(sorted(months.items())),
		before=before,
		after="",
		gaps=gaps,
		only_here=0,
	)


def after(phone: PhoneCoverage, last: datetime) -> PhoneCoverage:
	"""Return a phone with the reason why it shows nothing later, where it ends before the conversation."""
	short = last - phone.last > timedelta(days=_NEAR_THE_END)
	return replace(phone, after=(phone.after or rules.NO_NEWER) if short else "")
