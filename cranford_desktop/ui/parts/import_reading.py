"""Reads the files of one import in a worker: each alone, then how they belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from cranford_desktop.domain.coverage import GroupCoverage
from cranford_desktop.domain.importing import Conversation, Preview
from cranford_desktop.domain.messages import DateOrder
from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.import_plan import Found, Looked, Sample
from cranford_desktop.ui.parts.wording import short

_SAMPLES = 3


def look_at(
	council: Council,
	files: Sequence[Path],
	orders: Mapping[Path, DateOrder],
	known: Mapping[Path, Found],
	progress: Progress,
	stopped: Stopped,
) -> Looked:
	"""Read files and say how they belong together. `known`: files read before, in the order of dates asked for."""
	found = []
	for at, path in enumerate(files):
		name = f"file {at + 1} of {len(files)} – {path.name}" if len(files) > 1 else ""

		def told(done: int, total: int, what: str, name: str = name) -> None:
			progress(done, total, f"{what} in {name}" if name else what)

		found.append(known.get(path) or _read(council, path, orders.get(path), told, stopped))
	usable = [at for at, one in enumerate(found) if one.usable]
	previews = [found[at].preview for at in usable]
	talks = council.importing.conversations(previews, progress=progress, stopped=stopped) if usable else []
	placed = tuple(replace(talk, previews=tuple(usable[at] for at in talk.previews)) for talk in talks)
	return Looked(
		tuple(found),
		placed,
		tuple(_coverage(council, talk, found) for talk in placed),
		tuple(council.people.people()),
		tuple(council.importing.groups()),
	)


def _read(council: Council, path: Path, order: DateOrder | None, progress: Progress, stopped: Stopped) -> Found:
	try:
		preview = council.importing.preview(path, date_order=order, progress=progress, stopped=stopped)
		one = Found(path, preview)
		return replace(one, samples=_samples(preview)) if one.unproved else one
	except CranfordError as problem:
		return Found(path, None, problem)


def _samples(preview: Preview) -> tuple[Sample, ...]:
	out = []
	for record in islice((one for one in preview.read.records if one.kind == "message"), _SAMPLES):
		day = record.sent_at.date()
		if preview.read.date_order == "mdy" and day.day <= 12:
			day = day.replace(day=day.month, month=day.day)
		said = f"{record.sent_at:%H:%M}  {plain_name(record.sender or '')}: {short(record.text or '', 50)}"
		out.append(Sample(day, said))
	return tuple(out)


def _coverage(council: Council, talk: Conversation, found: Sequence[Found]) -> GroupCoverage | None:
	previews = [found[at].preview for at in talk.previews]
	if len(previews) < 2 and all(one.phone_known or one.group is None for one in previews):
		return None  # one phone alone, or one that is known: nothing to compare
	return council.holdings.with_previews(talk.group, previews)
