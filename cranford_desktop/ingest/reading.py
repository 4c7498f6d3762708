"""An export file, read whole: what the clerk is shown before anything is written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from cranford_desktop.domain.messages import DateOrder, ReadExport, Record, Tally
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.ingest import encoding, senders
from cranford_desktop.ingest.container import Container, open_export
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.parser import Parsed, parse
from cranford_desktop.ingest.wording import several

CAP_WITH_MEDIA = 9_990
CAP_WITHOUT_MEDIA = 39_990
"""WhatsApp exports the newest 10,000 messages with media, 40,000 without, and leaves out the older ones silently."""

_FILE_NAME = re.compile(
	r"(?i)(?:\d{6}_)?WhatsApp[ _-]chat[ _](?:with|-|mit|met|con|avec)[ _](?P<name>.+?)(?: ?\(\d{1,2}\))?\Z"
)
_GROUP_EVENTS = frozenset(
	(
		"created",
		"added",
		"removed",
		"joined",
		"left",
		"subject",
		"icon",
		"description",
		"admin",
		"settings",
		"community",
	)
)


def read_export(
	path: Path,
	*,
	today: date,
	date_order: DateOrder | None = None,
	progress: Progress = unheard,
	stopped: Stopped = never,
) -> ReadExport:
	"""Read an export file. `today` is the last day a message can be from; `date_order` is the clerk's answer, if given.

	Raises `ProblemWithFile` or `NotBuiltYet` in plain words where the file is no chat or cannot be read.
	"""
	container = open_export(path, stopped)
	check(stopped)
	read_as = encoding.examine(container.chunks)
	text = "".join(
		encoding.decoded(container.chunks, read_as.name, read_as.mark, "strict" if read_as.strict else "replace")
	)
	files = Files(container.media)
	named = _name_in_file_name(container)
	parsed = parse(
		text,
		today=today,
		files=files,
		chat_name=named,
		date_order=date_order,
		progress=progress,
		stopped=stopped,
	)
	present = {}
	for record in parsed.records:
		if record.media_name is not None:
			key = files.find(record.media_name)
			if key is not None:
				present[record.order] = key
	own_name = _name_in_lines(parsed)
	# "(2)" at the end of a file's name is mostly the browser's; where the chat itself is called so, it stays.
	numbered = (
		named is not None and own_name is not None and re.fullmatch(re.escape(named) + r" ?\(\d{1,2}\)", own_name)
	)
	chat_name = own_name if numbered else named or own_name
	return ReadExport(
		container.file_name,
		container.sha256,
		container.size,
		chat_name,
		_one_to_one(parsed, chat_name),
		parsed.platform,
		parsed.dates.order,
		parsed.dates.evidence,
		parsed.dialect,
		parsed.records,
		tally(parsed.records),
		parsed.unread_lines,
		container.media,
		present,
		(
			*container.warnings,
			*read_as.warnings,
			*parsed.warnings,
			*_warnings(container, parsed, present),
		),
	)


def tally(records: Sequence[Record]) -> Tally:
	"""Count what a card shows of an export."""
	times = [record.sent_at for record in records]
	return Tally(
		system=sum(record.kind == "system" for record in records),
		media=sum(record.is_media for record in records),
		people=Counter(record.sender for record in records if record.sender is not None and record.kind != "system"),
		first=min(times),
		last=max(times),
		months=Counter((at.year, at.month) for at in times),
		example=next((at for at in times if at.day > 12), max(times)),
	)


def _name_in_file_name(container: Container) -> str | None:
	"""Return the chat's name from the name of the text inside the zip, else of the file itself."""
	for name in (container.chat_member, container.file_name):
		if name is None:
			continue
		stem = re.sub(r"(?i)\.(?:txt|zip)\Z", "", unicodedata.normalize("NFC", name))
		match = _FILE_NAME.match(stem)
		if match is not None:
			found = match.group("name")
			if "_" in stem and " " not in stem:
				found = found.replace("_", " ")
			return found.strip() or None
	return None


def _name_in_lines(parsed: Parsed) -> str | None:
	"""Return the chat's name from the app's own lines: the latest subject, else the group's name as a sender."""
	name = None
	for event in parsed.events:
		if event.event in ("created", "subject") and event.quoted:
			name = event.quoted[-1]
	if name is None and len(parsed.group_names) == 1:
		(name,) = parsed.group_names
	return unicodedata.normalize("NFC", name) if name else None


def _one_to_one(parsed: Parsed, chat_name: str | None) -> bool:
	"""Say whether this looks like a chat between two people: no line of a group, at most two senders."""
	if len(parsed.people) > 2 or any(event.event in _GROUP_EVENTS for event in parsed.events):
		return False
	if any(event.event == "contact" for event in parsed.events):
		return True
	if chat_name is None:
		return len(parsed.people) == 2
	return senders.folded(chat_name) in parsed.people or bool(re.fullmatch(r"\+?[0-9 ()-]{6,}", chat_name))


def _warnings(container: Container, parsed: Parsed, present: Mapping[int, str]) -> Iterable[str]:
	"""Say in plain words what the clerk should know about this file."""
	records: Sequence[Record] = parsed.records
	used = set(present.values())
	cap = CAP_WITH_MEDIA if used else CAP_WITHOUT_MEDIA
	if len(records) >= cap:
		limit = "10,000 with media" if used else "40,000"
		yield (
			f"This file holds {len(records):,} messages. WhatsApp leaves out older messages beyond {limit}, without "
			"saying so: ask for an older export, too, if the beginning of the chat is missing."
		)
	last = {event.event: number for number, event in enumerate(parsed.events)}
	if "disappearing_on" in last:
		now = "" if last["disappearing_on"] > last.get("disappearing_off", -1) else " They were turned off again later."
		yield (
			"Disappearing messages were turned on in this chat: messages may be gone that no export shows."
			f"{now or ' Ask the group to turn them off.'}"
		)
	if "privacy_on" in last:
		now = "" if last["privacy_on"] > last.get("privacy_off", -1) else " It was turned off again later."
		yield f"Advanced chat privacy was turned on in this chat: while it is on, members cannot export.{now}"
	if container.media:
		unnamed = len(container.media) - len(used)
		if unnamed:
			files = several(unnamed, "1 file in the zip is", "files in the zip are")
			yield f"{files} not named by any message. The sealed original keeps everything."
		missing = sum(1 for record in records if record.media_name and record.order not in present)
		if missing:
			yield f"{several(missing, '1 attachment is', 'attachments are')} named in the chat but not in the zip."
	unread = len(parsed.unread_lines)
	if unread:
		lines = several(unread, "1 line before the first message belongs", "lines before the first message belong")
		yield f"{lines} to none."
	unknown = sum(1 for record in records if "unknown_system" in record.flags)
	if unknown:
		lines = several(unknown, "1 line has", "lines have")
		yield f"{lines} no sender and no wording known from WhatsApp: kept as written, as WhatsApp's own."
