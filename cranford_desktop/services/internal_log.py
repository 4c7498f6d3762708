"""The council's own record of a pack: who asked, what was decided and why, what was covered up, what was searched."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from cranford_desktop.documents.fonts import without_glyph
from cranford_desktop.domain.disclosure import (
	Decision,
	Exemption,
	InternalLog,
	LoggedDecision,
	LoggedRedaction,
	PackContent,
	Redaction,
	SearchRecord,
)
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.other_places import LoggedPlace, UsualPlace, logged_places
from cranford_desktop.domain.redacting import hits
from cranford_desktop.services.pack_building import Built, PackSource, has_media, is_undecided_media
from cranford_desktop.store import request_places
from cranford_desktop.store.archive import Archive

_CHOICES = {
	"release": "Released",
	"withhold": "Withheld",
	"not_in_scope": "Not in scope",
	"not_held": "Not held: private, not the council's record",
}
_KINDS = {
	"text": "Everywhere",
	"pattern": "Everywhere, by pattern",
	"person": "A person, everywhere",
	"span": "In one message",
}

_MOST_CODES = 12
STAND_INS_IN_A_VILLAGE = (
	"In a small village neighbours can tell who a stand-in is from what is said round it, and from what one stand-in "
	"says in several places. Read the pack once as a neighbour would."
)


def internal_log(
	source: PackSource,
	built: Built,
	*,
	due: date,
	searches: Sequence[SearchRecord],
	missing: Sequence[str],
	made_at: datetime,
	receipt: Sequence[tuple[str, str]],
) -> InternalLog:
	"""Return everything that stays in the house about a pack, ready to be drawn."""
	places = _places(source)
	return InternalLog(
		council=source.council,
		practice=source.practice,
		reference=source.reference,
		regime=source.regime,
		requester=source.requester,
		received=source.received,
		due=due,
		wording=source.wording,
		pack_number=source.pack_number,
		made_at=made_at,
		decisions=[_decision(row, source.decisions.get(row.id), built.numbers) for row in source.rows],
		redactions=[_redaction(one, places[one.id], built.numbers) for one in source.redactions],
		searches=searches,
		not_recorded=missing,
		checks=(*receipt, *_printed_as_codes(built.content), *_stand_ins(source.redactions)),
	)


def _printed_as_codes(content: PackContent) -> Iterator[tuple[str, str]]:
	"""Yield which characters no font of the documents has: the pack prints their code."""
	codes: set[str] = set()
	numbers: list[str] = []
	for entry in content.entries:
		pieces = (*entry.sender, *entry.body, *(one for medium in entry.media for one in medium.label))
		found = set[str]().union(*(without_glyph(piece.text) for piece in pieces if not piece.is_label))
		if found:
			codes |= found
			numbers.append(entry.reference)
	if codes:
		shown = ", ".join(f"U+{ord(one):04X}" for one in sorted(codes)[:_MOST_CODES])
		more = f" and {len(codes) - _MOST_CODES:,} more" if len(codes) > _MOST_CODES else ""
		where = f"{len(numbers):,} messages, the first of them {numbers[0]}" if len(numbers) > 1 else numbers[0]
		yield "Characters printed as their code", f"{shown}{more}; in {where}"


def _stand_ins(redactions: Sequence[Redaction]) -> Iterator[tuple[str, str]]:
	"""Yield what to think of where names were replaced by others."""
	names = dict.fromkeys(one.stand_in for one in redactions if one.stand_in)
	if names:
		yield "Stand-in names", f"{', '.join(names)}. {STAND_INS_IN_A_VILLAGE}"


def _decision(row: MessageRow, decision: Decision | None, numbers: Mapping[int, str]) -> LoggedDecision:
	decided = decision or Decision(row.id, "release")
	media = ""
	if has_media(row):
		names = ", ".join(one.name or "not in the export" for one in row.attachments) or "not in the export"
		media = (
			f"{names}: {'left out, not decided' if is_undecided_media(row, decision) else 'decided with the message'}"
		)
	return LoggedDecision(
		reference=numbers[row.id],
		sent_at=row.sent_at,
		group=row.group,
		sender=row.sender or "",
		text=row.text or "",
		choice=_CHOICES[decided.choice],
		exemption=decided.exemption or "",
		reason=decided.reason or "",
		prejudice=decided.prejudice or "",
		public_interest=decided.public_interest or "",
		balance=decided.balance or "",
		media=media,
	)


def _places(source: PackSource) -> Counter[int]:
	"""Return for each redaction in how many places of the messages it bit."""
	found: Counter[int] = Counter()
	for row in source.rows:
		found.update(one.redaction.id for one in hits(row.text or "", source.redactions, row.id))
		for text in (row.sender, *(medium.name for medium in row.attachments)):
			found.update(one.redaction.id for one in hits(text or "", source.redactions))
	return found


def _redaction(one: Redaction, places: int, numbers: Mapping[int, str]) -> LoggedRedaction:
	return LoggedRedaction(
		kind=f"{_KINDS[one.kind]}: {places:,} {'place' if places == 1 else 'places'}",
		value=", ".join(dict.fromkeys((one.value, *one.names))),
		exemption=one.exemption,
		reason=one.reason or "",
		stand_in=one.stand_in or "",
		reference=numbers.get(one.message_id, "") if one.message_id is not None else "",
	)


def elsewhere(archive: Archive, request_id: int, usual: Sequence[UsualPlace]) -> list[LoggedPlace]:
	"""Return where was looked besides the archive, for the council's own record."""
	with archive.reading() as connection:
		return logged_places(request_places.places(connection, request_id), usual)


def not_recorded(source: PackSource, exemptions: Sequence[Exemption]) -> tuple[str, ...]:
	"""Return what the law asks for and nobody gave, by reference and field; never a text or a name.

	Asked for: who wrote and what (FOIA s.8), the exemption of what is withheld and why it applies (s.17(1)), the harm
	and the public interest where the exemption turns on them (s.17(3)), and why something is not the council's record.
	"""
	by_code = {one.code: one for one in exemptions}
	asked = {"requester": source.requester, "wording": source.wording}
	missing = [name for name, text in asked.items() if not text.strip()]
	for number, row in enumerate(source.rows, 1):
		decision = source.decisions.get(row.id)
		fields = _missing(decision, by_code) if decision else []
		if fields:
			missing.append(f"{source.reference}-{number:04d} (message {row.id}): {', '.join(fields)}")
	missing += [f"redaction {at}: reason" for at, one in enumerate(source.redactions, 1) if not one.reason]
	return tuple(missing)


def _missing(decision: Decision, by_code: dict[str, Exemption]) -> list[str]:
	if decision.choice == "not_held":
		return [] if decision.reason else ["reason"]
	if decision.choice != "withhold":
		return []
	exemption = by_code.get(decision.exemption or "")
	wanted = {
		"exemption": exemption is None,
		"reason": not decision.reason,
		"prejudice": exemption is not None and exemption.needs_prejudice and not decision.prejudice,
		"public_interest": exemption is not None and exemption.needs_public_interest and not decision.public_interest,
		"balance": exemption is not None and exemption.needs_public_interest and not decision.balance,
	}
	return [name for name, absent in wanted.items() if absent]
