"""Who sent a record, or whether the app itself wrote it, once the names of the whole chat are known."""

from typing import NamedTuple

from cranford_desktop.ingest import markers, system_messages
from cranford_desktop.ingest.names import MARKED, Names, first_line, first_split, folded
from cranford_desktop.ingest.system_messages import OWNER, Event

__all__ = ["Resolved", "Resolver", "folded", "spoken"]


class Resolved(NamedTuple):
	"""One record, split."""

	sender: str | None
	"""The name before the body; for a line of the app the name under which an iPhone shows it, if any."""
	body: str
	"""What the record says, without that name."""
	event: Event | None
	system: bool
	flags: tuple[str, ...]


class Resolver:
	"""Splits the records of a chat one by one; only those need it that are not plainly somebody's."""

	def __init__(self, names: Names, app_lines: set[int], *, iphone: bool) -> None:
		self._names, self._app_lines, self._iphone = names, app_lines, iphone

	def resolve(self, order: int, name: str | None, body: str) -> Resolved:
		"""Split the record of this order, cut into what stands before its first ": " and the rest."""
		rest = body if name is None else f"{name}: {body}"
		line = first_line(rest)
		if order in self._app_lines:
			return Resolved(None, rest, system_messages.match(line), True, ())
		if first_split(line) is None:
			event = system_messages.match(rest) or system_messages.match(line)
			if event is not None:
				return Resolved(None, rest, event, True, ())
		split = self._names.split(line)
		if split is None:
			return Resolved(None, rest, None, True, ("unknown_system",))
		return self._named(order, rest, line, *split)

	def _named(self, order: int, rest: str, line: str, name: str, at: int) -> Resolved:
		"""Say whether somebody of this name wrote the record, or the app under it."""
		names, body = self._names, rest[at:]
		if name in names.halves:
			# "Allotments: Bob left" where "Allotments: Bob" is a known name and "Allotments" is none.
			whole = system_messages.match(line)
			if whole is not None and ": " in whole.actor and names.is_longer(whole.actor):
				return Resolved(None, rest, whole, True, ())
		if self._iphone:
			found = self._iphone_line(order, name, body)
			if found is not None:
				return Resolved(name, body, found, True, ())
			twice = body.startswith(tuple(f"{mark}{name} " for mark in MARKED))
			if twice or (self._is_group(name, body) and markers.sent_by_somebody(body) is None):
				# The group's own line, or the actor said twice, in words that the catalogue does not have.
				return Resolved(name, body, None, True, ("unknown_system",))
		elif body.startswith(name):
			repeated = system_messages.match(body)
			# Some Android exports show who set the message timer as the sender, too; anything else somebody typed.
			if repeated is not None and repeated.taps and folded(repeated.actor) == folded(name):
				return Resolved(name, body, repeated, True, ())
		if names.unlikely(name):
			return Resolved(None, rest, None, True, ("unknown_system",))
		return Resolved(name, body, None, False, ())

	def _is_group(self, name: str, body: str) -> bool:
		"""Say whether this is the group itself. Under a name with a colon somebody may write, too: the mark tells."""
		return folded(name) in self._names.own and (": " not in name or body.startswith(MARKED))

	def _iphone_line(self, order: int, name: str, body: str) -> Event | None:
		"""Return what the app says in an iPhone record with a name: marked with U+200E, or under the group's own name.

		A file that lost its marks still begins with the app's notice.
		"""
		names = self._names
		marked = body.startswith(MARKED)
		is_group = self._is_group(name, body)
		if not marked and not is_group and order:
			return None
		event = system_messages.match(body)
		if event is None or (not marked and not is_group and event.event != "encryption"):
			return None
		if is_group or event.strong or not event.names:
			return event
		if any(who in (OWNER, folded(name)) or who in names.folded for who in map(folded, event.names)):
			return event
		return None


def spoken(one: Resolved) -> str:
	"""Return the app's own line in a record, without its mark."""
	return one.body.lstrip("".join(MARKED))
