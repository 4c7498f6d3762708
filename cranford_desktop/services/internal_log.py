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
from cranford_desktop.domain.exemption_fields import ReasonRules, Reasons
from cranford_desktop.domain.media_decisions import MediaDecision, medium_of
from cranford_desktop.domain.messages import Attachment, MessageRow
from cranford_desktop.domain.other_places import LoggedPlace, UsualPlace, logged_places
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.redacting import hits
from cranford_desktop.services.pack_building import Built, PackSource, has_media, is_undecided_media
from cranford_desktop.services.recorded_reasons import exemptions_of, with_reasons
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

_MEDIA_CHOICES = {"release": "put in", "withhold": "left out", "not_in_scope": "not in scope"}
_TOLD_EACH = ("reason", "prejudice", "public_interest", "balance")
"""Fields a decision can carry itself: they are missing message by message."""
_MOST_CODES = 12
STAND_INS_IN_A_VILLAGE = (
	"In a small village neighbours can tell who a stand-in is from what is said round it, and from what one stand-in "
	"says in several places. Read the pack once as a neighbour would."
)


def internal_log(
	source: PackSource,
	built: Built,
	rules: ReasonRules,
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
		decisions=[_decision(row, source, rules, built.numbers) for row in source.rows],
		redactions=[_redaction(one, places[one.id], source, rules, built.numbers) for one in source.redactions],
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


def _decision(row: MessageRow, source: PackSource, rules: ReasonRules, numbers: Mapping[int, str]) -> LoggedDecision:
	decision = source.decisions.get(row.id)
	decided = with_reasons(decision or Decision(row.id, "release"), rules, source.reasons)
	return LoggedDecision(
		reference=numbers[row.id],
		sent_at=row.sent_at,
		group=row.group,
		sender=row.sender or "",
		text=row.text or "",
		choice=_CHOICES[decided.choice],
		exemption=", ".join(exemptions_of(decided)) or decided.exemption or "",
		reason=decided.reason or "",
		prejudice=decided.prejudice or "",
		public_interest=decided.public_interest or "",
		balance=decided.balance or "",
		media=_media(row, decision, source.media.get(row.id, ())),
	)


def _media(row: MessageRow, decision: Decision | None, apart: Sequence[MediaDecision]) -> str:
	"""Return what becomes of a message's photos and files, in words."""
	if not has_media(row):
		return ""
	names = ", ".join(one.name or "not in the export" for one in row.attachments) or "not in the export"
	if not apart or (decision is not None and decision.choice != "release"):
		undecided = is_undecided_media(row, decision)
		return f"{names}: {'left out, not decided' if undecided else 'decided with the message'}"
	return "; ".join(f"{one.name or 'not in the export'}: {_medium(one, decision, apart)}" for one in row.attachments)


def _medium(one: Attachment, decision: Decision | None, apart: Sequence[MediaDecision]) -> str:
	decided = medium_of(one, decision, apart)
	if decided is None or not one.present:
		return "left out, not decided"
	told = _MEDIA_CHOICES[decided.choice]
	parts = (f"{told} under {decided.exemption}" if decided.exemption else told, decided.reason)
	return ", ".join(part for part in parts if part)


def _places(source: PackSource) -> Counter[int]:
	"""Return for each redaction in how many places of the messages it bit."""
	found: Counter[int] = Counter()
	for row in source.rows:
		found.update(one.redaction.id for one in hits(row.text or "", source.redactions, row.id))
		for text in (row.sender, *(medium.name for medium in row.attachments)):
			found.update(one.redaction.id for one in hits(text or "", source.redactions))
	return found


def _redaction(
	one: Redaction, places: int, source: PackSource, rules: ReasonRules, numbers: Mapping[int, str]
) -> LoggedRedaction:
	answers = (source.reasons or {}).get(one.exemption, {})
	written = "\n".join(f"{rule.short}: {words}" for rule, words in rules.told(one.exemption, answers))
	return LoggedRedaction(
		kind=f"{_KINDS[one.kind]}: {places:,} {'place' if places == 1 else 'places'}",
		value=", ".join(dict.fromkeys((one.value, *one.names))),
		exemption=one.exemption,
		reason=one.reason or written,
		stand_in=one.stand_in or "",
		reference=numbers.get(one.message_id, "") if one.message_id is not None else "",
	)


def elsewhere(archive: Archive, request_id: int, usual: Sequence[UsualPlace]) -> list[LoggedPlace]:
	"""Return where was looked besides the archive, for the council's own record."""
	with archive.reading() as connection:
		return logged_places(request_places.places(connection, request_id), usual)


def not_recorded(source: PackSource, tables: PolicyTables) -> tuple[str, ...]:
	"""Return what the law asks for and nobody gave, by reference and field; never a text or a name.

	Asked for: who wrote and what (FOIA s.8), the exemption of what is withheld and why it applies (s.17(1)), the harm
	and the public interest where the exemption turns on them (s.17(3)), and why something is not the council's record.
	Where reasons are written down once for the request, what its exemptions ask for besides.
	"""
	by_code = {one.code: one for one in tables.exemptions}
	asked = {"requester": source.requester, "wording": source.wording}
	missing = [name for name, text in asked.items() if not text.strip()]
	for number, row in enumerate(source.rows, 1):
		decision = source.decisions.get(row.id)
		fields = _missing(with_reasons(decision, tables.reasons, source.reasons), by_code) if decision else []
		if fields:
			missing.append(f"{source.reference}-{number:04d} (message {row.id}): {', '.join(fields)}")
	written = source.reasons or {}
	missing += [
		f"redaction {at}: reason"
		for at, one in enumerate(source.redactions, 1)
		if not one.reason and not written.get(one.exemption, {}).get("reason")
	]
	if source.reasons is not None:
		missing += _unwritten(source, tables.reasons, source.reasons)
	return tuple(missing)


def _unwritten(source: PackSource, rules: ReasonRules, written: Reasons) -> Iterator[str]:
	"""Yield what the exemptions in use ask for and nobody wrote down, but for what each decision carries itself."""
	codes = {code for decision in source.decisions.values() for code in exemptions_of(decision)}
	codes |= {one.exemption for one in source.redactions}
	codes |= {one.exemption for some in source.media.values() for one in some if one.exemption}
	for code in sorted(codes):
		answers = written.get(code, {})
		absent = [
			rule.short
			for rule in rules.of(code)
			if rule.key not in _TOLD_EACH and not answers.get(rule.key, "").strip()
		]
		if absent:
			yield f"{code}: {', '.join(absent)}"


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
