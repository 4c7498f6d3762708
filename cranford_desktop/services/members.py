"""Who is a member of the council, and when each of them last exported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cranford_desktop.domain.coverage import GroupCoverage, PhoneCoverage
from cranford_desktop.domain.holdings import NO_NEWER
from cranford_desktop.domain.membership import OnRoll, is_office
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.policy import HoldingLimits
from cranford_desktop.store import asks, terms
from cranford_desktop.store import holdings as store
from cranford_desktop.store.archive import Connection


@dataclass(frozen=True, slots=True)
class Member:
	"""Somebody who is asked for exports."""

	person_id: int
	name: str
	role: str | None
	last_export: date | None
	"""When the latest export of a phone of theirs was imported."""
	behind: bool
	"""No export and no nil return for too long, or none at all."""
	by_phone_name: bool = False
	"""Only the phone's name tells that it is theirs."""


def members(
	connection: Connection, coverage: Sequence[GroupCoverage], today: date, limits: HoldingLimits
) -> list[Member]:
	"""Return those in office, by name; where no office is recorded everybody who was named and wrote lately."""
	roll = terms.roll(connection)
	chosen = [one for one in roll if is_office(one.role_on(today))]
	if not any(one.held_office for one in roll):
		wrote = store.wrote_since(connection, today - timedelta(days=limits.wrote_within_days))
		chosen = [one for one in roll if one.person_id in wrote]
	nil = asks.nil_returns(connection)
	return [_member(one, coverage, today, limits, nil.get(one.person_id)) for one in chosen]


def _member(
	one: OnRoll, coverage: Sequence[GroupCoverage], today: date, limits: HoldingLimits, nil: date | None
) -> Member:
	phones = [(group, phone) for group in coverage for phone in group.phones if phone.person_id == one.person_id]
	by_name = False
	if not phones:
		phones = [
			(group, phone)
			for group in coverage
			for phone in group.phones
			if phone.person_id is None and folded_name(phone.phone).startswith(folded_name(one.name))
		]
		by_name = bool(phones)
	last = max((phone.last_export.date() for _, phone in phones), default=None)
	long_ago = today - timedelta(days=limits.behind_after_days)
	behind = last is None or last < long_ago or any(_stops_early(*pair, long_ago) for pair in phones)
	answered = nil is not None and nil >= long_ago
	return Member(one.person_id, one.name, one.role_on(today), last, behind and not answered, by_name)


def _stops_early(group: GroupCoverage, phone: PhoneCoverage, long_ago: date) -> bool:
	"""Say whether a phone's exports end long before the conversation does, whenever they were imported."""
	return group.last is not None and phone.last.date() < long_ago and phone.after == NO_NEWER
