"""The register of official groups: which chats are the council's, since when, who runs them, who belonged to them."""

from datetime import date, datetime

from cranford_desktop.domain.membership import Membership, Stay, disagreements
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.people import folded_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.domain.same_person import NumberChange, Rendering, bare_name, best_name, linked_names
from cranford_desktop.domain.stays import OWNER, Identity, Same, Wrote, belongings, one_person_lines
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.name_findings import NameFindings
from cranford_desktop.store import groups as books
from cranford_desktop.store import membership, name_guesses, terms
from cranford_desktop.store.archive import Archive, Connection


class Groups:
	"""Keeps the register."""

	def __init__(self, archive: Archive, clock: Clock, findings: NameFindings) -> None:
		self._archive = archive
		self._clock = clock
		self._findings = findings

	def all(self) -> list[Group]:
		"""Return the official groups, by name."""
		with self._archive.reading() as connection:
			return books.groups(connection)

	def register(self, name: str, *, since: date | None = None, admin: str | None = None) -> int:
		"""Register an official group and return its number; raises `CranfordError` where the name is taken."""
		words = _required(name)
		now = self._clock()
		with self._archive.writing(now) as change:
			_require_free(change.connection, words, None)
			group_id = books.register_group(change.connection, words, now, since=since, admin=_or_none(admin))
			change.record("registered a group", {"group": group_id})
		return group_id

	def change(self, group_id: int, *, name: str, since: date | None, admin: str | None) -> None:
		"""Change what the register says of a group; raises `CranfordError` where the name is taken, `NotFound`."""
		words = _required(name)
		with self._archive.writing(self._clock()) as change:
			_require_free(change.connection, words, group_id)
			books.change_group(change.connection, group_id, name=words, since=since, admin=_or_none(admin))
			change.record("changed a group", {"group": group_id})

	def membership(self, group_id: int) -> Membership:
		"""Reconstruct who belonged to a group and when, from the app's own lines, beside the members' roll.

		It is a guide, not proof: lines are missing where no phone was there, and each line is only what WhatsApp wrote.
		Goes over the group's messages (two seconds for a million). Raises `NotFound`.
		"""
		with self._archive.reading() as connection:
			name = books.group_name(connection, group_id)
			return _Reconstruction(connection, group_id, self._findings).membership(name, self._clock().date())


class _Reconstruction:
	"""One group's members, worked out inside one reading."""

	def __init__(self, connection: Connection, group_id: int, findings: NameFindings) -> None:
		self._c, self._group_id = connection, group_id
		self._phones = membership.holders(connection, group_id)
		self._renderings = {one.id: one for one in name_guesses.renderings(connection)}
		self._by_name = {bare_name(one.rendered): one for one in self._renderings.values()}
		self._by_folded = {folded_name(one.rendered): one for one in self._renderings.values()}
		self._numbers = {
			number: one for one in self._renderings.values() if (number := phone_number(one.rendered)) is not None
		}
		self._people = {one.person_id: one.name for one in terms.roll(connection)}
		self._same = Same()
		self._shown: dict[Identity, set[str]] = {}
		self._lines = membership.lines(connection, group_id)
		found = findings.of(connection)
		for first, second in linked_names(
			list(self._renderings.values()),
			together=found.together,
			shared=found.shared,
			changes=found.changes,
			said=name_guesses.said(connection),
		):
			self._join(self._raw(0, first), self._raw(0, second))
		for line in self._lines:
			if line.event == "number":
				self._follow(NumberChange(line.named, line.sent_at.date()), line.phone)
		for (phone, one), (other_phone, other) in one_person_lines(self._lines):
			self._join(self._raw(phone, one), self._raw(other_phone, other))

	def membership(self, name: str, today: date) -> Membership:
		wrote, aliases = self._wrote()

		def wrote_after(identity: Identity, moment: datetime) -> tuple[int, datetime] | None:
			return membership.wrote_after(self._c, self._group_id, aliases.get(identity, []), moment)

		found, admins = belongings(self._lines, wrote, self._resolve, wrote_after)
		stays = [
			Stay(
				name=self._name(one.identity),
				person_id=self._person(one.identity),
				came=one.came,
				since=one.since,
				went=one.went,
				until=one.until,
				by=self._name(one.by) if one.by is not None else None,
				evidence=tuple(one.evidence),
			)
			for one in found
		]
		stays.sort(key=lambda one: (one.since, one.name.casefold()))
		newest = membership.newest(self._c, self._group_id)
		return Membership(
			group_id=self._group_id,
			group=name,
			stays=tuple(stays),
			admins=tuple(sorted((self._name(one) for one in admins), key=str.casefold)),
			disagreements=disagreements(stays, terms.roll(self._c), today, newest.date() if newest else None),
		)

	def _wrote(self) -> tuple[list[Wrote], dict[Identity, list[int]]]:
		"""Return what each identity's own messages say, and the renderings that are theirs."""
		found: dict[Identity, Wrote] = {}
		aliases: dict[Identity, list[int]] = {}
		for one in membership.writers(self._c, self._group_id):
			identity = self._resolve(0, self._renderings[one.alias_id].rendered)
			aliases.setdefault(identity, []).append(one.alias_id)
			held = found.get(identity)
			if held is None:
				found[identity] = Wrote(identity, one.first_message, one.first, one.last)
			else:
				first = min((held.first, held.first_message), (one.first, one.first_message))
				found[identity] = Wrote(identity, first[1], first[0], max(held.last, one.last))
		return list(found.values()), aliases

	def _follow(self, change: NumberChange, phone: int) -> None:
		"""Take somebody and their new number for one."""
		for name in change.names[1:]:
			self._join(self._raw(phone, change.names[0]), self._raw(phone, name))

	def _raw(self, phone: int, name: str) -> Identity:
		"""Return whom a phone calls so, before it is known which identities are one."""
		if name == OWNER and phone in self._phones:
			held = self._phones[phone].person_id
			return ("person", held) if held is not None else ("phone", phone)
		number = phone_number(name)
		rendering: Rendering | None
		if number is not None:
			rendering = self._numbers.get(number)
			identity: Identity = ("number", number)
		else:
			rendering = self._by_folded.get(folded_name(name)) or self._by_name.get(bare_name(name))
			identity = ("name", bare_name(name))
		if rendering is not None and rendering.person_id is not None:
			identity = ("person", rendering.person_id)
		self._shown.setdefault(identity, set()).add(name)
		return identity

	def _resolve(self, phone: int, name: str) -> Identity:
		return self._same.find(self._raw(phone, name))

	def _join(self, one: Identity, other: Identity) -> None:
		if {_sort(one), _sort(other)} == {0} or self._same.find(one) == self._same.find(other):
			return  # the clerk has named two people
		here, there = self._same.find(one), self._same.find(other)
		if _sort(here) == _sort(there) == 0:
			return
		self._same.join(here, there, _sort)
		together = self._shown.get(here, set()) | self._shown.get(there, set())
		self._shown[self._same.find(here)] = together

	def _person(self, identity: Identity) -> int | None:
		return identity[1] if _sort(identity) == 0 else None  # type: ignore[index]

	def _name(self, identity: Identity) -> str:
		person = self._person(identity)
		if person is not None:
			return self._people[person]
		shown = self._shown.get(identity)
		if shown:
			return best_name(shown)
		return f"You on {self._phones[identity[1]].phone}"  # type: ignore[index]


_KINDS = ("person", "name", "number", "phone")


def _sort(identity: Identity) -> int:
	"""Return which kind of identity stands for several: a person before a name, a number, a phone's owner."""
	return _KINDS.index(identity[0])  # type: ignore[index]


def _required(name: str) -> str:
	words = " ".join(name.split())
	if not words:
		raise CranfordError("A group needs a name.", "Nothing was changed.", "Give it the name that WhatsApp shows.")
	return words


def _or_none(words: str | None) -> str | None:
	return " ".join((words or "").split()) or None


def _require_free(c: Connection, name: str, group_id: int | None) -> None:
	held = books.group_by_name(c, name)
	if held is not None and held.id != group_id:
		raise CranfordError(
			"A group of that name is in the register already.",
			"Nothing was changed.",
			"Open it, or choose another name.",
		)
