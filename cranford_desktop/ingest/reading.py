"""An export file, read whole: what the clerk is shown before anything is written."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

from cranford_desktop.domain.messages import DateOrder, ReadExport
from cranford_desktop.domain.work import Progress, Stopped, check, never, unheard
from cranford_desktop.ingest import chat_words, encoding
from cranford_desktop.ingest.container import Container, open_export
from cranford_desktop.ingest.counting import Count, count_records
from cranford_desktop.ingest.file_types import refuse
from cranford_desktop.ingest.markers import Files
from cranford_desktop.ingest.names import folded
from cranford_desktop.ingest.parser import Parsed, parse
from cranford_desktop.ingest.text import Text
from cranford_desktop.ingest.wording import several

CAP_WITH_MEDIA = 9_990
CAP_WITHOUT_MEDIA = 39_990
"""WhatsApp exports the newest 10,000 messages with media, 40,000 without, and leaves out the older ones silently."""

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
		"admin_lost",
		"join_request",
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
	text = Text(container.chunks, encoding.presumed(container.chunks))
	check(stopped)
	files = Files(container.media)
	named = _name_in_file_name(container)
	parsing = partial(parse, today=today, files=files, chat_name=named, date_order=date_order, stopped=stopped)
	try:
		parsed = parsing(text)
	except UnicodeDecodeError:
		text = Text(container.chunks, encoding.examine(container.chunks))
		parsed = parsing(text)
	count = count_records(parsed.records, files, progress, stopped)
	if not count.anybody:
		raise refuse(
			"This file has lines with dates and times, but none that a person or WhatsApp wrote: it is not a WhatsApp "
			"chat."
		)
	own_name = count.chat_name
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
		_one_to_one(count, chat_name),
		parsed.platform,
		parsed.dates.order,
		parsed.dates.evidence,
		parsed.dialect,
		parsed.records,
		count.tally(),
		parsed.unread_lines,
		container.media,
		count.present,
		(
			*container.warnings,
			*text.encoding.warnings,
			*parsed.warnings,
			*_warnings(container, parsed, count),
		),
	)


def _name_in_file_name(container: Container) -> str | None:
	"""Return the chat's name from the name of the text inside the zip, else of the file itself."""
	for name in (container.chat_member, container.file_name):
		if name is None:
			continue
		stem = re.sub(r"(?i)\.(?:txt|zip)\Z", "", unicodedata.normalize("NFC", name))
		found = chat_words.chat_name(stem)
		if found is not None:
			return found
	return None


def _one_to_one(count: Count, chat_name: str | None) -> bool:
	"""Say whether this looks like a chat between two people: no line of a group, at most two senders."""
	people = {folded(name) for name in count.people}
	if len(people) > 2 or not _GROUP_EVENTS.isdisjoint(count.last):
		return False
	if "contact" in count.last:
		return True
	if chat_name is None:
		return len(people) == 2
	return folded(chat_name) in people or bool(re.fullmatch(r"\+?[0-9 ()-]{6,}", chat_name))


def _warnings(container: Container, parsed: Parsed, count: Count) -> Iterable[str]:
	"""Say in plain words what the clerk should know about this file."""
	records, last = parsed.records, count.last
	used = set(count.present.values())
	cap = CAP_WITH_MEDIA if used else CAP_WITHOUT_MEDIA
	if len(records) >= cap:
		limit = "10,000 with media" if used else "40,000"
		yield (
			f"This file holds {len(records):,} messages. WhatsApp leaves out older messages beyond {limit}, without "
			"saying so: ask for an older export, too, if the beginning of the chat is missing."
		)
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
		if count.missing:
			files = several(count.missing, "1 attachment is", "attachments are")
			yield f"{files} named in the chat but not in the zip."
	unread = len(parsed.unread_lines)
	if unread:
		lines = several(unread, "1 line before the first message belongs", "lines before the first message belong")
		yield f"{lines} to none."
	if count.unknown:
		lines = several(count.unknown, "1 line has", "lines have")
		yield f"{lines} no sender and no wording known from WhatsApp: kept as written, as WhatsApp's own."
