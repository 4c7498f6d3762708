"""Reads how far a request is, for its letters."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cranford_desktop.documents.photos import Photo
from cranford_desktop.domain.disclosure import Candidate, Redaction
from cranford_desktop.domain.exemption_fields import ReasonRules, Reasons
from cranford_desktop.domain.messages import Attachment
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.letter_facts import Situation, Tally
from cranford_desktop.services.pack_building import PackBuilder, is_undecided_media
from cranford_desktop.services.pack_state import rests_on
from cranford_desktop.services.request_clock import request_clock
from cranford_desktop.services.request_messages import candidates
from cranford_desktop.store import casebook, request_costs, request_places, request_steps
from cranford_desktop.store import groups as group_books
from cranford_desktop.store import letters as books
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.photo_areas import photo_areas
from cranford_desktop.store.request_events import events
from cranford_desktop.store.request_reasons import reasons

_TELLING = 4
"""Letters from which a stretch of words that was covered in one message is looked for in a letter."""


def read_situation(connection: Connection, request_id: int, policy: PolicyTables, today: date) -> Situation:
	"""Return how far a request is, looking at every message of it; raises `NotFound`."""
	request = casebook.request(connection, request_id)
	clock = request_clock(connection, policy, today)
	standing = clock.standing(request, events(connection, request_id))
	held = candidates(connection, request_id)
	redactions = casebook.redactions(connection, request_id)
	areas = photo_areas(connection, request_id)
	builder = PackBuilder(request.reference, redactions, policy.exemptions, request.regime, areas=areas)
	tally = _tally(builder, held)
	packs = [one for one in casebook.packs(connection, request_id)[:1] if one.withdrawn is None]
	return Situation(
		request=request,
		due=standing.deadline.due,
		latest=standing.latest or standing.deadline.due,
		tally=tally,
		codes=tuple(one.code for one in policy.exemptions if one.code in builder.used),
		recorded=_recorded(held, redactions, policy.reasons, reasons(connection, request_id)),
		covered=tuple(_looked_for(redactions)),
		searches=len(casebook.searches(connection, request_id)),
		groups=tuple(group_books.groups(connection)),
		pack=packs[0].result if packs else None,
		pack_made_on=packs[0].made_at.astimezone(LONDON).date() if packs else None,
		sent=tuple(books.sent_letters(connection, request_id)),
		first=casebook.request(connection, request.of_request_id) if request.of_request_id is not None else None,
		steps=tuple(request_steps.steps(connection, request_id)),
		time=tuple(request_costs.entries(connection, request_id)),
		places=tuple(request_places.places(connection, request_id)),
		rests_on=rests_on(
			request,
			(one.decision for one in held if one.decision is not None),
			redactions,
			{one.row.id: one.media for one in held if one.media},
			areas,
		),
	)


def _looked_for(redactions: Sequence[Redaction]) -> Iterator[Redaction]:
	"""Yield what a letter is looked through for: texts, people, and stretches long enough to mean something."""
	for one in redactions:
		if one.kind in ("text", "person"):
			yield one
		elif one.kind == "span" and len(one.value.strip()) >= _TELLING:
			yield replace(one, kind="text")


def _tally(builder: PackBuilder, held: Sequence[Candidate]) -> Tally:
	redacted = readable = withheld = out = private = undecided = media = 0
	for number, one in enumerate(held, 1):
		undecided += one.decision is None or one.changed_since_decided
		choice = one.decision.choice if one.decision else "release"
		entry = builder.entry(one.row, one.decision, number, _shown, one.media) if one.decision else None
		readable += choice == "release" and one.decision is not None
		withheld += choice == "withhold"
		media += is_undecided_media(one.row, one.decision, one.media)
		out += choice == "not_in_scope"
		private += choice == "not_held"
		redacted += entry is not None and entry.status == "redacted"
	return Tally(len(held), undecided, readable, redacted, withheld, out, private, media)


def _shown(_attachment: Attachment) -> Photo:
	"""Stand for a photo that is given out: only what words say counts here."""
	return Photo(b"", 1, 1)


def _recorded(
	held: Sequence[Candidate], redactions: Sequence[Redaction], rules: ReasonRules, written: Reasons
) -> dict[str, tuple[str, ...]]:
	found: defaultdict[str, dict[str, None]] = defaultdict(dict)
	for code, answers in written.items():
		for rule, told in rules.told(code, answers):
			found[code][f"{rule.short}: {told}"] = None
	for one in held:
		decision = one.decision
		if decision is not None and decision.choice == "withhold" and decision.exemption:
			for words in (decision.reason, decision.prejudice, decision.public_interest, decision.balance):
				if words:
					found[decision.exemption][words] = None
	for redaction in redactions:
		if redaction.reason:
			found[redaction.exemption][redaction.reason] = None
	return {code: tuple(words) for code, words in found.items()}
