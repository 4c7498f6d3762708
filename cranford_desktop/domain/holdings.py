"""Rules that tell what is missing: how an export begins, which weeks a phone does not show, what to ask for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from cranford_desktop.domain.coverage import Finding, FindingKind, Gap, GroupCoverage, PhoneCoverage, Step
from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.messages import ReadExport
from cranford_desktop.domain.policy import HoldingLimits

Opening = Literal["start", "joined", "midway"]
"""An export begins with the conversation, with its owner's joining, or in the middle."""
OWNER = "You"
"""How the app's own lines call the phone's owner, in any language."""
CUT_OFF = "Cut off: older messages are missing"
JOINED = "Joined then"
MIDWAY = "Starts in the middle"
NO_NEWER = "No newer export"
CHOSEN = "Only a part of it was taken"
_FOUNDERS = timedelta(days=1)
"""Added so soon after the group was made, its owner was there from the start."""

STEPS: Mapping[FindingKind, tuple[Step, str]] = {
	"privacy_on": ("ask_settings", "Ask to turn it off"),
	"disappearing_on": ("ask_settings", "Ask to turn them off"),
	"capped": ("ask_older", "Ask for an older export"),
	"starts_midway": ("ask_older", "Ask for an older export"),
	"gap": ("ask_export", "Ask for an export"),
	"left_office": ("remove_from_group", "See who is in the group"),
	"not_exported": ("ask_export", "Ask for an export"),
	"media_missing": ("import_media", "Ask for an export with media"),
	"unread": ("look", "Look at the lines"),
}
"""What helps against each kind, and the words of its button; in order of urgency."""


class OpeningLine(NamedTuple):
	"""One of the first lines of an export."""

	sent_at: datetime
	event: str | None
	named: tuple[str, ...]


def opening(lines: Iterable[OpeningLine]) -> Opening:
	"""Tell from its first lines how an export begins.

	Who was added within a day of the group's creation was there from the start: WhatsApp shows the creation to those
	who came later, too.
	"""
	created = joined = None
	noticed = False
	for line in lines:
		noticed = noticed or line.event == "encryption"
		if line.event == "created" and created is None:
			created = line.sent_at
		if joined is None and _brought_owner(line):
			joined = line.sent_at
	if joined is not None and (created is None or joined - created > _FOUNDERS):
		return "joined"
	return "start" if noticed or created is not None or joined is not None else "midway"


def _brought_owner(line: OpeningLine) -> bool:
	if line.event == "joined":
		return line.named[:1] == (OWNER,)
	return line.event == "added" and OWNER in (line.named[1:] or line.named)


def before_words(begins: Opening, *, at_cap: bool, others_show_older: bool) -> str:
	"""Say why a phone shows nothing earlier; "" where it begins with the conversation."""
	if at_cap and (begins == "midway" or (begins == "start" and others_show_older)):
		return CUT_OFF
	return {"start": "", "joined": JOINED, "midway": MIDWAY}[begins]


def gaps(shown: Sequence[date], missed: Mapping[date, int], limits: HoldingLimits) -> tuple[Gap, ...]:
	"""Return the stretches without any message of a phone in which others show the conversation.

	`shown`: days on which the phone shows messages, ascending; `missed`: by day, messages that only others show.
	"""
	found = []
	elsewhere = sorted(missed)
	at = 0
	for earlier, later in pairwise(shown):
		if (later - earlier).days <= limits.gap_days:
			continue
		while at < len(elsewhere) and elsewhere[at] <= earlier:
			at += 1
		lost = 0
		for day in elsewhere[at:]:
			if day >= later:
				break
			lost += missed[day]
		if lost >= limits.gap_messages:
			found.append(Gap(earlier + timedelta(days=1), later - timedelta(days=1), lost))
	return tuple(found)


def silences(shown: Sequence[date], covered: Sequence[tuple[date, date]], limits: HoldingLimits) -> tuple[Gap, ...]:
	"""Return unusually long silences of a phone, by its own rhythm, where no other phone was there to tell.

	`covered`: first and last day of each other phone. A hint, never a proof: a chat may have been quiet.
	"""
	if len(shown) < limits.silence_least_days:
		return ()
	pauses = sorted((later - earlier).days for earlier, later in pairwise(shown))
	usual = pauses[int(len(pauses) * 0.95) - 1]
	least = max(limits.silence_days, usual * limits.silence_factor)
	return tuple(
		Gap(earlier + timedelta(days=1), later - timedelta(days=1), 0)
		for earlier, later in pairwise(shown)
		if (later - earlier).days > least and not any(first <= later and earlier <= last for first, last in covered)
	)


def phone_findings(group: GroupCoverage, phone: PhoneCoverage, limits: HoldingLimits) -> list[Finding]:
	"""Return what one phone's exports of a group show to be missing."""
	who, which = owner_of(phone), export_words(phone, group.group)
	place = f"{group.group_id}:{phone.phone_id}"
	first = phone.first.date()
	found = []
	older = group.first is not None and group.first.date() < first
	if phone.before in (CUT_OFF, MIDWAY):
		others = " Other phones show older messages; what only this phone saw is not held." if older else ""
		kind, title, detail = _begins_late(phone.before, which, first, limits)
		found.append(finding(f"{kind}:{place}", kind, title, detail + others, group=group, phone=phone, since=first))
	for gap in phone.gaps:
		start, end = day_words(gap.start), day_words(gap.end)
		if gap.missed:
			title = f"{who} shows nothing of {group.group} from {start} to {end}."
			detail = f"Other phones show {gap.missed:,} messages of these days. Messages may have been deleted on it."
		else:
			title = f"Nobody shows a message of {group.group} from {start} to {end}."
			detail = f"Only {who} covers these days. The chat may have been quiet; another phone would show it."
		key = f"gap:{place}:{gap.start.isoformat()}"
		found.append(
			finding(
				key, "gap", title, detail, group=group, phone=phone, since=gap.start, until=gap.end, count=gap.missed
			)
		)
	return found


def preview_findings(read: ReadExport, limits: HoldingLimits) -> tuple[Finding, ...]:
	"""Return what a file shows to be missing before it is imported; reads its first lines and its counts.

	Goes through all of it only where a setting that loses messages is on at its end, to say since when.
	"""
	first = read.first.date()
	begins = opening_of(read, limits)
	before = before_words(
		begins, at_cap=limits.at_cap(len(read.records), with_media=bool(read.present)), others_show_older=False
	)
	found = []
	key = read.sha256[:16]
	if before in (CUT_OFF, MIDWAY):
		kind, title, detail = _begins_late(before, "This export", first, limits)
		found.append(finding(f"{kind}:{key}", kind, title, detail, since=first))
	found += [setting_finding(f"{event}:{key}", event, "this group", since) for event, since in _settings(read).items()]
	missing = read.tally.media - len(read.present)
	if missing > 0:
		title = f"{_files(missing)} of this chat {_are(missing)} not in the export."
		found.append(finding(f"media:{key}", "media_missing", title, MEDIA_HELP, count=missing))
	if read.unread_lines:
		found.append(unread_finding(f"unread:{key}", "this export", len(read.unread_lines)))
	return tuple(found)


def opening_of(read: ReadExport, limits: HoldingLimits) -> Opening:
	"""Tell how a file begins that was read and not imported yet."""
	return opening(
		OpeningLine(one.sent_at, one.event, one.named) for one in islice(iter(read.records), limits.opening_lines)
	)


MEDIA_HELP = "An export with media brings those that are still on the phone; it stops at 10,000 messages."


def _settings(read: ReadExport) -> dict[FindingKind, date]:
	since: dict[FindingKind, date] = {}
	if not read.tally.left_on:
		return since
	for record in read.records:
		for kind in ("privacy_on", "disappearing_on"):
			if record.event == kind and kind in read.tally.left_on:
				since[kind] = record.sent_at.date()
	return since


def setting_finding(
	key: str, kind: FindingKind, group_words: str, since: date, *, group: str | None = None, phone: str | None = None
) -> Finding:
	"""Return the finding that disappearing messages or advanced chat privacy is on."""
	if kind == "privacy_on":
		title = f"Advanced chat privacy has been on in {group_words} since {day_words(since)}."
		detail = "While it is on, WhatsApp does not let members export the chat."
	else:
		title = f"Disappearing messages have been on in {group_words} since {day_words(since)}."
		detail = "Messages vanish from every phone before anybody exports them. What is gone cannot be brought back."
	return finding(key, kind, title, detail, group_name=group, phone_name=phone, since=since)


def unread_finding(key: str, export: str, lines: int, *, group: str | None = None, phone: str | None = None) -> Finding:
	"""Return the finding that lines before the first message belong to none."""
	many = f"{lines:,} {'line' if lines == 1 else 'lines'} of {export} {'belongs' if lines == 1 else 'belong'}"
	detail = "They stand before the first message. They are kept word for word in the sealed original."
	return finding(key, "unread", f"{many} to no message.", detail, group_name=group, phone_name=phone, count=lines)


def _begins_late(before: str, who: str, first: date, limits: HoldingLimits) -> tuple[FindingKind, str, str]:
	if before == CUT_OFF:
		return (
			"capped",
			f"{who} is cut off: nothing before {day_words(first)}.",
			f"WhatsApp leaves out the oldest messages of a long chat: all but {limits.cap_without_media:,}, with media "
			f"all but {limits.cap_with_media:,}.",
		)
	return (
		"starts_midway",
		f"{who} starts in the middle of a conversation, on {day_words(first)}.",
		"Its first lines show neither how the chat began nor that anybody joined it.",
	)


def media_title(missing: int, group: str) -> str:
	"""Say how many photos and files of a group nobody's export carried."""
	return f"{_files(missing)} of {group} {_are(missing)} not held."


def _files(number: int) -> str:
	return f"{number:,} {'photo or file' if number == 1 else 'photos and files'}"


def _are(number: int) -> str:
	return "is" if number == 1 else "are"


def export_words(phone: PhoneCoverage, group: str) -> str:
	"""Return which export it is, in words: "Cllr Shaw's export of Full Council"."""
	if phone.holder:
		return f"{phone.holder}’s export of {group}"
	return f"The export of {group} from {phone.phone}"


def owner_of(phone: PhoneCoverage) -> str:
	"""Return whose phone it is: the holder's name, else what the phone is called."""
	return phone.holder or phone.phone


def finding(
	key: str,
	kind: FindingKind,
	title: str,
	detail: str,
	*,
	group: GroupCoverage | None = None,
	phone: PhoneCoverage | None = None,
	group_name: str | None = None,
	phone_name: str | None = None,
	person_id: int | None = None,
	since: date | None = None,
	until: date | None = None,
	count: int = 0,
) -> Finding:
	"""Return a finding with the step that helps against its kind."""
	step, words = STEPS[kind]
	return Finding(
		key=key,
		kind=kind,
		title=title,
		detail=detail,
		step=step,
		next_step=words,
		group=group.group if group else group_name,
		phone=phone.phone if phone else phone_name,
		person_id=phone.person_id if phone else person_id,
		since=since,
		until=until,
		count=count,
	)
