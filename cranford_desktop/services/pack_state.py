"""What a pack rests on, and whether everything in it is decided."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cranford_desktop.domain.disclosure import Candidate, Decision, Exemption, Redaction, RequestRecord
from cranford_desktop.domain.exemption_fields import ReasonRules
from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.domain.photo_areas import PhotoArea
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.pack_building import PackSource, can_have_areas
from cranford_desktop.services.pack_files import NOTHING_MADE
from cranford_desktop.services.request_messages import candidates
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.photo_areas import photo_areas
from cranford_desktop.store.request_reasons import reasons


@dataclass(frozen=True, slots=True)
class RequestState:
	"""Everything a pack rests on, to be compared once it is made."""

	request: RequestRecord
	candidates: Sequence[Candidate]
	redactions: Sequence[Redaction]
	reasons: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
	areas: Sequence[PhotoArea] = ()


def request_state(connection: Connection, request_id: int) -> RequestState:
	"""Read the state of a request; raises `NotFound`."""
	return RequestState(
		casebook.request(connection, request_id),
		candidates(connection, request_id),
		casebook.redactions(connection, request_id),
		reasons(connection, request_id),
		photo_areas(connection, request_id),
	)


def rests_on(
	request: RequestRecord | PackSource,
	decisions: Iterable[Decision],
	redactions: Iterable[Redaction],
	media: Mapping[int, Sequence[MediaDecision]],
	areas: Sequence[PhotoArea] = (),
) -> str:
	"""Return a digest of all that decides what a pack says; equal for what would make the same pack."""
	decided = sorted(
		(one.message_id, one.choice, one.exemption or "", one.with_media, *one.more_exemptions) for one in decisions
	)
	apart = sorted((at, one.sha256, one.choice, one.exemption or "") for at, some in media.items() for one in some)
	covered = sorted(
		[
			*(one.kind, one.value, one.exemption, one.stand_in or ""),
			*(one.message_id or 0, one.start or 0, one.end or 0),
			*sorted(set(one.names)),
			*filter(None, [one.ticks.written()]),
		]
		for one in redactions
	)
	# What no pack of an earlier release could rest on is only said where it is there: their digests stay what they are.
	rest = [request.regime, request.requester, request.wording, decided, covered, *([apart] if apart else [])]
	rest += [sorted([one.sha256, *one.area, one.exemption] for one in areas)] if areas else []
	said = json.dumps(rest, ensure_ascii=True)
	return hashlib.sha256(said.encode()).hexdigest()


def require_reasons(state: RequestState, exemptions: Iterable[Exemption]) -> None:
	"""Raise `RefusedByPolicy` where something rests on an exemption that the request's law does not have."""
	known = {None, "", *(one.code for one in exemptions if state.request.regime in one.regimes)}
	strange = sum(one.exemption not in known for one in state.redactions)
	strange += sum(one.decision is not None and one.decision.exemption not in known for one in state.candidates)
	if strange:
		what = "decision or redaction rests" if strange == 1 else "decisions and redactions rest"
		raise RefusedByPolicy(
			f"{strange:,} {what} on another law.",
			NOTHING_MADE,
			"Give each a reason of the law the request comes under now.",
		)


def require_decided(state: RequestState, rules: ReasonRules) -> None:
	"""Raise `RefusedByPolicy` where something is undecided, was changed since, or is withheld without an exemption that
	can be used.
	"""
	undecided = sum(one.decision is None for one in state.candidates)
	if undecided:
		raise RefusedByPolicy(
			f"{undecided:,} {'message has' if undecided == 1 else 'messages have'} no decision yet.",
			NOTHING_MADE,
			f"Decide {undecided:,} more {'message' if undecided == 1 else 'messages'} first.",
		)
	changed = sum(one.changed_since_decided for one in state.candidates)
	if changed:
		raise RefusedByPolicy(
			f"{changed:,} {'message was' if changed == 1 else 'messages were'} changed since you decided.",
			NOTHING_MADE,
			"Look at what a newer export says there and decide again.",
		)
	if not state.candidates:
		raise RefusedByPolicy(
			"This request has no messages.", NOTHING_MADE, "Search for what it asks and add what you find."
		)
	from_document = state.request.source_json is not None
	bare = sum(
		one.decision is not None and one.decision.choice == "withhold" and not one.decision.exemption
		for one in state.candidates
	)
	if bare and not from_document:
		raise RefusedByPolicy(
			f"{bare:,} withheld {'message has' if bare == 1 else 'messages have'} no exemption.",
			NOTHING_MADE,
			"Choose the exemption that applies.",
		)
	lacking = (
		() if from_document else [code for code in _used(state) if rules.lacks_first(code, state.reasons.get(code, {}))]
	)
	if lacking:
		raise RefusedByPolicy(
			f"{lacking[0]} is used without the opinion of the qualified person.",
			NOTHING_MADE,
			"Write down who they are, where their authority comes from, what was put to them, and when they gave it.",
		)


def _used(state: RequestState) -> list[str]:
	"""Return the exemptions that something in a request rests on."""
	codes = [one.exemption for one in state.redactions]
	for candidate in state.candidates:
		decision = candidate.decision
		if decision is not None and decision.choice == "withhold":
			codes += [decision.exemption or "", *decision.more_exemptions]
		codes += [one.exemption or "" for one in candidate.media if one.choice == "withhold"]
	return sorted(set(filter(None, codes)))


def require_same_pictures(state: RequestState) -> None:
	"""Raise `RefusedByPolicy` where a message goes out with two copies of its picture, and only one has covered areas.

	A newer export may hold the same photo in another size: nobody drew anything on that one.
	"""
	covered = {one.sha256 for one in state.areas}
	for one in state.candidates:
		decision = one.decision
		if decision is None or decision.choice != "release" or not decision.with_media:
			continue
		decided = {known.sha256 for known in one.media}
		pictures = [media for media in one.row.attachments if media.present and can_have_areas(media)]
		bare = [media for media in pictures if media.sha256 not in covered | decided]
		if bare and any(media.sha256 in covered for media in pictures):
			raise RefusedByPolicy(
				"A photo in which you covered something came again in another copy, and nothing is covered in that.",
				NOTHING_MADE,
				"Cover it there too, or leave that copy out.",
			)


def require_not_withdrawn(packs: Iterable[PackRecord], number: int) -> None:
	"""Raise `RefusedByPolicy` for a pack that should not have gone out."""
	if any(one.number == number and one.withdrawn is not None for one in packs):
		raise RefusedByPolicy(
			f"Pack {number} was withdrawn: it should not go out.",
			"Nothing was changed. It stays in the archive.",
			"Mend what was wrong, then make the pack again.",
		)
