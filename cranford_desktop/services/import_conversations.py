"""Which previewed exports look like one conversation, with each other and with a registered group, in exact counts."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cranford_desktop.domain.importing import Conversation, Preview
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.people import folded_name, plain_name
from cranford_desktop.domain.work import Progress, Stopped, check
from cranford_desktop.ingest import reconcile
from cranford_desktop.ingest.reconcile import FoldedExport
from cranford_desktop.services import phone_naming, same_chat
from cranford_desktop.services.import_place import ORDINARY
from cranford_desktop.services.same_chat import Likeness
from cranford_desktop.store import fold, held
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection

_MOST = 200_000
"""Records of a registered group's exports with which a conversation is counted out; beyond, counts add up previews."""
Digests = Callable[[Preview], Mapping[int, str]]


class _Export(NamedTuple):
	"""An export in a count: its records, and which phone shows them."""

	folded: FoldedExport
	phone: object


def conversations(
	c: Connection, previews: Sequence[Preview], digests: Digests, progress: Progress, stopped: Stopped
) -> list[Conversation]:
	"""Say which exports belong together. A single one is a conversation where it belongs to a registered group."""
	groups = {folded_name(one.name): one for one in books.groups(c)}
	alike = _likenesses(previews, stopped)
	found = []
	talks = _joined(previews, alike)
	for done, members in enumerate(talks):
		check(stopped)
		progress(done, len(talks), "conversations")
		name = _name([previews[one] for one in members])
		group = groups.get(folded_name(name))
		if len(members) == 1 and group is None:
			continue
		phones = _phones([previews[one] for one in members], members, stopped)
		several, messages = _counts(c, group, previews, members, phones, digests, stopped)
		found.append(
			Conversation(
				group=group.name if group is not None else name,
				previews=tuple(members),
				on_several_phones=several,
				messages=messages,
				share=_share(c, group, previews, members, alike),
			)
		)
	return found


def _likenesses(previews: Sequence[Preview], stopped: Stopped) -> dict[tuple[int, int], Likeness]:
	"""Compare each two exports; those beyond ordinary size are told by group and name alone."""
	shown = []
	for preview in previews:
		check(stopped)
		ordinary = len(preview.read.records) <= ORDINARY
		shown.append(same_chat.export_stretch(preview.read.records) if ordinary else None)
	return {
		(first, second): same_chat.alike(shown[first], shown[second])
		for second in range(len(previews))
		for first in range(second)
	}


def _joined(previews: Sequence[Preview], alike: Mapping[tuple[int, int], Likeness]) -> list[list[int]]:
	"""Put together what shares its texts, and what has one group or name without contradicting it."""
	root = list(range(len(previews)))

	def find(one: int) -> int:
		while root[one] != one:
			one = root[one]
		return one

	for (first, second), likeness in sorted(alike.items()):
		one, two = previews[first], previews[second]
		private = "one_to_one" in (one.question, two.question)
		named = not private and _goes_to(one) is not None and _goes_to(one) == _goes_to(two)
		if likeness.same or (named and not likeness.strangers):
			root[find(second)] = find(first)
	found: dict[int, list[int]] = defaultdict(list)
	for number in range(len(previews)):
		found[find(number)].append(number)
	return sorted(sorted(members) for members in found.values())


def _goes_to(preview: Preview) -> str | None:
	"""Return the folded name of the group or chat that an export is of, as far as is known."""
	if preview.question == "other_group":
		return None
	name = preview.group or preview.likely_group or plain_name(preview.read.chat_name or "")
	return folded_name(name) or None


def _name(previews: Sequence[Preview]) -> str:
	"""Return what a conversation is called: the registered group, else the chat's name."""
	registered = [one.group for one in previews if one.group and one.question != "other_group"]
	likely = [one.likely_group for one in previews if one.likely_group]
	called = [plain_name(one.read.chat_name) for one in previews if one.read.chat_name]
	return next(iter([*registered, *likely, *called]), previews[0].read.file_name)


def _phones(previews: Sequence[Preview], members: Sequence[int], stopped: Stopped) -> dict[int, object]:
	"""Return for each export which phone it is of: a known one by its name, new ones by the first of their exports."""
	found: dict[int, object] = {}
	firsts: list[tuple[int, Preview]] = []
	for number, preview in zip(members, previews, strict=True):
		check(stopped)
		if preview.phone_known:
			found[number] = folded_name(preview.phone)
			continue
		same = next((at for at, one in firsts if phone_naming.one_phone(one.read, preview.read)), None)
		found[number] = number if same is None else same
		if same is None:
			firsts.append((number, preview))
	return found


def _counts(
	c: Connection,
	group: Group | None,
	previews: Sequence[Preview],
	members: Sequence[int],
	phones: Mapping[int, object],
	digests: Digests,
	stopped: Stopped,
) -> tuple[int, int]:
	"""Return how many messages at least two phones show, and how many there will be."""
	ones = [previews[number] for number in members]
	stored = fold.order(c, group.id) if group is not None else []
	if group is not None and len(ones) == 1:
		return ones[0].on_other_phones, group.messages + ones[0].new
	sizes = [len(one.read.records) for one in ones]
	if max(sizes) > ORDINARY or sum(sizes) + (group.messages * 2 if group is not None else 0) > _MOST:
		held_already = group.messages if group is not None else 0
		return sum(one.on_other_phones for one in ones), held_already + sum(one.new for one in ones)
	exports = [
		_Export(
			FoldedExport(
				list(previews[number].read.records), digests(previews[number]), one.read.last, one.read.sha256
			),
			phones[number],
		)
		for number, one in zip(members, ones, strict=True)
	]
	names = {one.id: folded_name(one.name) for one in books.phones(c, group.id)} if group is not None else {}
	for placed in stored:
		check(stopped)
		records, _, files = held.stored_records(c, placed.id)
		exports.append(_Export(FoldedExport(records, files, placed.last, placed.sha256), names.get(placed.phone_id)))
	check(stopped)
	folded = reconcile.fold([one.folded for one in exports])
	several = sum(len({exports[at].phone for at, _ in one.members}) > 1 for one in folded.messages)
	return several, len(folded.messages)


def _share(
	c: Connection,
	group: Group | None,
	previews: Sequence[Preview],
	members: Sequence[int],
	alike: Mapping[tuple[int, int], Likeness],
) -> float:
	"""Return how much of the longer texts the least alike of the exports shares with the others or the group."""
	best: dict[int, float] = dict.fromkeys(members, 0.0)
	for (first, second), likeness in alike.items():
		if first in best and second in best:
			best[first] = max(best[first], likeness.share)
			best[second] = max(best[second], likeness.share)
	if group is not None:
		for number in members:
			read = previews[number].read
			stretch = same_chat.group_stretch(c, group.id, read.first, read.last)
			if stretch is not None:
				best[number] = max(best[number], same_chat.compared(read.records, [stretch])[0].share)
	return min(best.values())
