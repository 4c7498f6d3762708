"""What a pack rests on, and whether everything in it is decided."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cranford_desktop.domain.disclosure import Candidate, Decision, Exemption, Redaction, RequestRecord
from cranford_desktop.errors import RefusedByPolicy
from cranford_desktop.services.pack_building import PackSource
from cranford_desktop.services.pack_files import NOTHING_MADE
from cranford_desktop.services.request_messages import candidates
from cranford_desktop.store import casebook
from cranford_desktop.store.archive import Connection


@dataclass(frozen=True, slots=True)
class RequestState:
	"""Everything a pack rests on, to be compared once it is made."""

	request: RequestRecord
	candidates: Sequence[Candidate]
	redactions: Sequence[Redaction]


def request_state(connection: Connection, request_id: int) -> RequestState:
	"""Read the state of a request; raises `NotFound`."""
	return RequestState(
		casebook.request(connection, request_id),
		candidates(connection, request_id),
		casebook.redactions(connection, request_id),
	)


def rests_on(
	request: RequestRecord | PackSource, decisions: Iterable[Decision], redactions: Iterable[Redaction]
) -> str:
	"""Return a digest of all that decides what a pack says; equal for what would make the same pack."""
	decided = sorted((one.message_id, one.choice, one.exemption or "", one.with_media) for one in decisions)
	covered = sorted(
		[
			*(one.kind, one.value, one.exemption, one.stand_in or ""),
			*(one.message_id or 0, one.start or 0, one.end or 0),
			*sorted(set(one.names)),
		]
		for one in redactions
	)
	said = json.dumps([request.regime, request.requester, request.wording, decided, covered], ensure_ascii=True)
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


def require_decided(state: RequestState) -> None:
	"""Raise `RefusedByPolicy` where something is undecided, was changed since, or is withheld without an exemption."""
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
