"""What was found in the files of one import, and what the clerk says of it, until it is taken. Free of Qt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cranford_desktop.domain.coverage import Finding, GroupCoverage
from cranford_desktop.domain.importing import Answers, Chosen, Conversation, Keep, Preview, Question
from cranford_desktop.domain.messages import DateOrder, Group
from cranford_desktop.domain.people import Person, folded_name, plain_name
from cranford_desktop.errors import CranfordError

ORDERS: Mapping[DateOrder, str] = {"dmy": "Day first", "mdy": "Month first", "ymd": "Year first"}
_NUMBERED = re.compile(r"Phone (\d+)")
URGENT = ("capped", "starts_midway", "disappearing_on", "privacy_on")
"""Findings with a banner of their own; the others are said in a line."""


@dataclass(frozen=True, slots=True)
class Sample:
	"""One line of an export whose dates could be read in two ways."""

	written: date
	"""As read day first."""
	words: str
	"""Time, sender and the beginning of what was written."""


@dataclass(frozen=True, slots=True)
class Found:
	"""What reading one file gave: a preview, or why it could not be read."""

	path: Path
	preview: Preview | None
	problem: CranfordError | None = None
	samples: tuple[Sample, ...] = ()

	@property
	def nothing_new(self) -> bool:
		"""Whether all of it is held already, and in sight."""
		one = self.preview
		if one is None or self.set_aside:
			return False
		return one.already_imported is not None or one.nothing_new_since is not None

	@property
	def set_aside(self) -> bool:
		"""Whether this very file was imported, undone and set aside: importing it brings it back."""
		earlier = self.preview.already_imported if self.preview is not None else None
		return earlier is not None and earlier.set_aside

	@property
	def usable(self) -> bool:
		"""Whether there is anything to import."""
		return self.preview is not None and self.preview.problem is None and not self.nothing_new

	@property
	def unproved(self) -> bool:
		"""Whether nothing shows how its dates are written, and no earlier export of the phone settles it."""
		return (
			self.preview is not None
			and self.preview.read.date_evidence.startswith("not proved")
			and not self.preview.phone_known
		)


@dataclass(frozen=True, slots=True)
class Looked:
	"""What reading all files gave. Numbers of files are places in `found`."""

	found: tuple[Found, ...]
	conversations: tuple[Conversation, ...] = ()
	coverage: tuple[GroupCoverage | None, ...] = ()
	"""For each conversation, as it would be after importing."""
	people: tuple[Person, ...] = ()
	groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
	"""Whose phone it is, as the clerk says."""

	name: str
	person_id: int | None = None
	rendered: str | None = None
	"""The name under which the chat shows them, where they are not a known person yet."""

	@property
	def phone(self) -> str:
		"""Return what the phone is called."""
		return f"{self.name}’s phone"


def _as_shown(rendered: str) -> Holder:
	return Holder(plain_name(rendered).lstrip("~").strip(), None, rendered)


@dataclass(slots=True)
class Asked:
	"""The clerk's answer for one chat that only she can judge."""

	keep: Keep | None = None
	same: bool = False
	"""It is the registered group that was proposed."""
	group: str = ""
	since: date | None = None
	admin: str = ""
	start: date | None = None
	end: date | None = None
	people: tuple[str, ...] = ()

	@property
	def answered(self) -> bool:
		"""Whether anything was said."""
		return self.same or self.keep is not None


@dataclass(frozen=True, slots=True)
class Bundle:
	"""Files that go into one group together."""

	files: tuple[int, ...]
	question: Question
	proposed: str | None
	"""A registered group that it may be, where the question is about that."""
	name: str
	"""What the group is called, as far as is known."""
	joined: bool


@dataclass(slots=True)
class Plan:
	"""All of one import until it is taken."""

	looked: Looked
	holders: dict[int, Holder] = field(default_factory=dict)
	"""By file, where she said so."""
	dates: set[int] = field(default_factory=set)
	"""Files whose unproved dates she has looked at."""
	orders: dict[Path, DateOrder] = field(default_factory=dict)
	apart: set[int] = field(default_factory=set)
	"""Conversations whose files are kept apart."""
	asked: dict[tuple[int, ...], Asked] = field(default_factory=dict)
	listed: dict[str, Finding] = field(default_factory=dict)
	"""Findings to put on her list once the files are in."""

	def looked_again(self, looked: Looked) -> None:
		"""Take what reading gave now; answers stay."""
		self.looked = looked

	@property
	def usable(self) -> list[int]:
		"""Return the files that can be imported."""
		return [at for at, one in enumerate(self.looked.found) if one.usable]

	def holder(self, at: int) -> Holder | None:
		"""Return whose phone a file comes from: as she said, else as is known or guessed."""
		if at in self.holders:
			return self.holders[at]
		preview = self.looked.found[at].preview
		if preview is None:
			return None
		if preview.holder is None:
			shown = preview.holder_shown
			return _as_shown(shown) if shown is not None else None
		person = next((one for one in self.looked.people if one.id == preview.holder), None)
		return Holder(person.name, person.id) if person is not None else None

	def file_words(self, at: int) -> str:
		"""Return what a file is called; with its folder where another one has the same name, as iPhones' exports do."""
		path = self.looked.found[at].path
		alike = sum(one.path.name == path.name for one in self.looked.found) > 1
		return f"{path.parent.name} / {path.name}" if alike else path.name

	def phone_words(self, at: int) -> str:
		"""Return what a file's phone is called."""
		preview = self.looked.found[at].preview
		if at not in self.holders and preview is not None and preview.phone_known:
			return preview.phone
		holder = self.holder(at)
		if holder is not None:
			return holder.phone
		return self._numbered(at, preview) if preview is not None else ""

	def _numbered(self, at: int, preview: Preview) -> str:
		"""Return what a phone that nobody named will be called: each preview by itself counts as the next one."""
		number = _NUMBERED.fullmatch(preview.phone)
		if number is None or preview.phone_known:
			return preview.phone
		before = [self.looked.found[one].preview for one in self.usable if one < at]
		return f"Phone {int(number[1]) + sum(not one.phone_known for one in before)}"

	def guess_words(self, at: int) -> str:
		"""Return why this holder is taken to be theirs, where it is a guess that she has not changed."""
		preview = self.looked.found[at].preview
		guessed = at not in self.holders and preview is not None and not preview.phone_known and preview.holder_reason
		return f"We think so. {preview.holder_reason}" if guessed else ""

	def owners(self, at: int) -> list[Holder]:
		"""Return who may hold the phone, likeliest first: people who are known, and names the chat shows."""
		preview = self.looked.found[at].preview
		likely = list(preview.read.tally.owner_named) if preview is not None else []
		writers = sorted(preview.read.tally.people.items(), key=lambda one: -one[1]) if preview is not None else []
		known = {
			folded_name(alias): person for person in self.looked.people for alias in (person.name, *person.aliases)
		}
		out: list[Holder] = []
		for rendered in dict.fromkeys([*likely, *(name for name, _ in writers)]):
			person = known.get(folded_name(rendered))
			out.append(Holder(person.name, person.id) if person else _as_shown(rendered))
		out += [Holder(person.name, person.id) for person in self.looked.people]
		return list({(one.person_id, one.name if one.person_id is None else ""): one for one in out}.values())

	def coverage(self, number: int) -> GroupCoverage | None:
		"""Return what phones show of a conversation, each under the name it will have."""
		coverage, talk = self.looked.coverage[number], self.looked.conversations[number]
		if coverage is None:
			return None
		new = [at for at in talk.previews if not self.looked.found[at].preview.phone_known]
		rows = list(coverage.phones)
		for row, at in zip(range(len(rows) - len(new), len(rows)), new, strict=True):
			holder = self.holder(at)
			rows[row] = replace(rows[row], phone=self.phone_words(at), holder=holder.name if holder else None)
		return replace(coverage, phones=tuple(rows))

	# groups
	def bundles(self) -> list[Bundle]:
		"""Return which files go together, and what has to be asked about them."""
		out: list[Bundle] = []
		placed: set[int] = set()
		for number, talk in enumerate(self.looked.conversations):
			files = tuple(at for at in talk.previews if self.looked.found[at].usable)
			if number in self.apart or not files:
				continue
			placed |= set(files)
			known = self._registered(talk.group)
			question = self._strictest(files)
			if known is not None and len(files) > 1 and question == "unknown_chat":
				question = "none"  # joining them is the answer
			proposed = known or self._proposed(files)
			out.append(Bundle(files, question, proposed, known or talk.group, joined=len(files) > 1))
		out += [self._alone(at) for at in self.usable if at not in placed]
		return sorted(out, key=lambda one: one.files)

	def _alone(self, at: int) -> Bundle:
		preview = self.looked.found[at].preview
		apart = any(
			at in talk.previews for number, talk in enumerate(self.looked.conversations) if number in self.apart
		)
		question, name = preview.question, preview.group or plain_name(preview.read.chat_name or "")
		if apart and not preview.phone_known:
			question = "one_to_one" if question == "one_to_one" else "unknown_chat"
			name = self._free_name(name, at)
		return Bundle((at,), question, None if apart else preview.likely_group or preview.group, name, joined=False)

	def _free_name(self, name: str, at: int) -> str:
		first = next((n for n, talk in enumerate(self.looked.conversations) if at in talk.previews), None)
		alone = self._registered(name) is None and self.looked.conversations[first].previews[0] == at
		return name if alone else f"{name} ({self.phone_words(at)})"

	def _registered(self, name: str) -> str | None:
		return next((one.name for one in self.looked.groups if folded_name(one.name) == folded_name(name)), None)

	def _strictest(self, files: Sequence[int]) -> Question:
		found = [self.looked.found[at].preview.question for at in files]
		order: tuple[Question, ...] = ("one_to_one", "other_group", "unknown_chat")
		return next((one for one in order if one in found), "none")

	def _proposed(self, files: Sequence[int]) -> str | None:
		previews = [self.looked.found[at].preview for at in files]
		return next((one.likely_group or one.group for one in previews if one.likely_group or one.group), None)

	def questions(self) -> list[Bundle]:
		"""Return what only she can answer."""
		return [one for one in self.bundles() if one.question != "none"]

	def answer(self, bundle: Bundle) -> Asked:
		"""Return her answer for a bundle, to be read and changed."""
		return self.asked.setdefault(bundle.files, Asked(group=bundle.name))

	@property
	def undated(self) -> list[int]:
		"""Return the files whose dates nobody has looked at although nothing proves them."""
		return [at for at in self.usable if self.looked.found[at].unproved and at not in self.dates]

	@property
	def answers_to_check(self) -> bool:
		"""Whether she has anything to look over before importing."""
		return bool(self.questions() or self.holders or self.apart)

	# taking
	def wanted(self) -> list[Bundle]:
		"""Return what is to be imported, as answered so far."""
		return [one for one in self.bundles() if one.question == "none" or self.answer(one).keep != "none"]

	def group_of(self, bundle: Bundle) -> str:
		"""Return the group a bundle goes into."""
		if bundle.question == "none":
			return bundle.name
		asked = self.answer(bundle)
		return bundle.proposed if asked.same and bundle.proposed else " ".join(asked.group.split())

	def jobs(self) -> list[tuple[int, Answers]]:
		"""Return each file with what she said of it; one that is no council business is only noted as that."""
		wanted = self.wanted()
		out = [(at, Answers(keep="none")) for one in self.bundles() if one not in wanted for at in one.files]
		for bundle in wanted:
			asked = self.asked.get(bundle.files, Asked())
			for at in bundle.files:
				said = Answers(group=self.group_of(bundle) or None)
				if at in self.holders or not self.looked.found[at].preview.phone_known:
					holder = self.holder(at)
					if holder is not None:
						said = replace(said, phone=holder.phone, holder=holder.person_id)
				if bundle.question != "none" and not asked.same:
					chosen = Chosen(asked.start, asked.end, asked.people) if asked.keep == "some" else Chosen()
					said = replace(
						said,
						keep=asked.keep or "all",
						chosen=chosen,
						since=asked.since,
						admin=" ".join(asked.admin.split()) or None,
					)
				out.append((at, said))
		return out

	def new(self) -> int | None:
		"""Return how many messages come in; None where she keeps only some, which is known once they are in."""
		total = 0
		for bundle in self.wanted():
			if bundle.question != "none" and self.answer(bundle).keep == "some":
				return None
			talk = next((one for one in self.looked.conversations if set(one.previews) >= set(bundle.files)), None)
			if talk is not None and bundle.joined:
				total += max(0, talk.messages - self._held(talk.group))
			else:
				total += sum(self.looked.found[at].preview.new for at in bundle.files)
		return total

	def _held(self, group: str) -> int:
		return next((one.messages for one in self.looked.groups if folded_name(one.name) == folded_name(group)), 0)
