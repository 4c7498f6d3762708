"""Takes the files of an import one after the other, then does what hangs on them. Free of Qt, for a worker."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cranford_desktop.domain.coverage import Finding
from cranford_desktop.domain.importing import Undone
from cranford_desktop.domain.messages import Receipt
from cranford_desktop.domain.people import SamePerson, folded_name
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import CranfordError, NotFound
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.import_plan import Holder, Plan


@dataclass(slots=True)
class Taken:
	"""What became of the files so far."""

	receipts: list[Receipt] = field(default_factory=list)
	troubles: list[tuple[str, CranfordError]] = field(default_factory=list)
	holders: list[tuple[Receipt, Holder]] = field(default_factory=list)


def settle(council: Council, taken: Taken, plan: Plan) -> tuple[int, int]:
	"""Note whose phones they are and what is on her list; return how many names look like how few people."""
	for receipt, holder in taken.holders:
		if holder.person_id is None:
			set_holder(council, receipt, holder)
	if plan.listed:
		list_findings(council, list(plan.listed.values()), taken.receipts)
	return names_like_people(council.people.guesses())


def set_holder(council: Council, receipt: Receipt, holder: Holder) -> None:
	"""Say whose phone an import came from; somebody the chat shows by a name becomes a known person."""
	phone = next(
		(
			one
			for one in council.importing.phones()
			if folded_name(one.group) == folded_name(receipt.group)
			and folded_name(one.name) == folded_name(receipt.phone)
		),
		None,
	)
	if phone is None:
		raise NotFound("This phone is not in the records any more.", "Nothing was changed.")
	person = holder.person_id
	if person is None and holder.rendered is not None and not holder.name.startswith("+"):
		person = council.people.name_sender(holder.rendered, holder.name, None)
	council.importing.set_phone(phone.id, holder.phone, person)


def list_findings(council: Council, wanted: Sequence[Finding], receipts: Sequence[Receipt]) -> None:
	"""Put what she marked before the import on her list: by its key, or as the same thing on a phone just imported."""
	held = council.holdings.findings(with_dismissed=True)
	here = {(one.group, phone) for one in receipts for phone in (one.phone, None)}
	for one in wanted:
		alike = [now for now in held if (now.kind, now.since) == (one.kind, one.since)]
		same = next((now for now in held if now.key == one.key), None) or next(
			(now for now in alike if (now.group, now.phone) in here), None
		)
		if same is not None:
			council.holdings.list_it(same.key)


def names_like_people(guesses: Sequence[SamePerson]) -> tuple[int, int]:
	"""Return how many names the guesses are about, and how many people that would be."""
	leader: dict[str, str] = {}

	def lead(name: str) -> str:
		while leader.setdefault(name, name) != name:
			name = leader[name]
		return name

	for one in guesses:
		leader[lead(one.first)] = lead(one.second)
	return len(leader), len({lead(name) for name in leader})


def undo_all(
	council: Council, receipts: Sequence[Receipt], progress: Progress, stopped: Stopped
) -> tuple[list[tuple[Receipt, Undone]], list[tuple[Receipt, str]]]:
	"""Undo imports, the latest first; return what was undone, and which stay and why."""
	done, refused = [], []
	for one in reversed([one for one in receipts if one.export_id is not None]):
		why = council.importing.undo_refused(one.export_id)
		if why:
			refused.append((one, why))
		else:
			done.append((one, council.importing.undo(one.export_id, progress=progress, stopped=stopped)))
	return done, refused
