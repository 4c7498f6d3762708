"""What the archive knows for a request's letters: how far the request is, and the values of the merge fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cranford_desktop.domain.costs import TimeEntry, estimate_lines, help_lines
from cranford_desktop.domain.day_words import day_words, weekday_words
from cranford_desktop.domain.disclosure import PackResult, Redaction, RequestRecord
from cranford_desktop.domain.internal_reviews import OUTCOME_LETTER, REVIEWER_LETTER, REVIEWER_WORDS
from cranford_desktop.domain.letter_laws import LAWS, cite
from cranford_desktop.domain.letters import (
	Block,
	Ground,
	LetterKind,
	Regulator,
	Run,
	SentLetter,
	Value,
	block,
	regulator_on,
)
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.other_places import LookedPlace, not_searched_lines, searched_lines
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.request_clocks import months_on
from cranford_desktop.domain.request_steps import RequestStep
from cranford_desktop.domain.requester import called
from cranford_desktop.domain.working_days import DAY
from cranford_desktop.letter_templates import LetterTables

GROUND_PARTS = ("why", "harm", "public_interest", "balance")
_ASKS = {
	"why": "Say why it applies",
	"harm": "Say what harm it prevents",
	"public_interest": "Say what speaks for giving it out",
	"balance": "Say why keeping it back weighs more",
}
_LEADS = {
	"why": "",
	"harm": "The harm it would do: ",
	"public_interest": "What speaks for giving it out: ",
	"balance": "Why keeping it back weighs more: ",
}


@dataclass(frozen=True, slots=True)
class Tally:
	"""The request's messages by what was decided, as they stand now."""

	messages: int = 0
	undecided: int = 0
	readable: int = 0
	redacted: int = 0
	withheld: int = 0
	not_in_scope: int = 0
	not_held: int = 0
	media_left_out: int = 0
	"""Of the readable ones: their photo or file is left out."""


@dataclass(frozen=True, slots=True)
class Situation:
	"""How far a request is. Reading it looks at every message of the request once."""

	request: RequestRecord
	due: date
	latest: date
	"""The last day an extended answer can have: FOIA s.10(3), by practice day 40; EIR reg 7; UK GDPR Art 12(3)."""
	tally: Tally
	codes: tuple[str, ...]
	"""Exemptions that what is withheld or covered up rests on."""
	recorded: Mapping[str, tuple[str, ...]]
	"""Reasons noted with decisions and redactions, by code: for the clerk's eyes."""
	covered: tuple[Redaction, ...]
	"""What is covered up, as far as a letter is looked through for it."""
	searches: int
	groups: tuple[Group, ...]
	pack: PackResult | None
	pack_made_on: date | None
	sent: tuple[SentLetter, ...]
	rests_on: str
	"""Digest of all that decides what a pack would say today."""
	places: tuple[LookedPlace, ...] = ()
	"""Where else was looked, and which members were asked."""
	time: tuple[TimeEntry, ...] = ()
	"""Time that counts towards the cost limit."""
	steps: tuple[RequestStep, ...] = ()
	"""What was decided about the request as a whole."""
	first: RequestRecord | None = None
	"""Of a review: the request whose answer is reviewed."""

	@property
	def stale_pack(self) -> bool:
		"""Say whether a pack made today would say something else than the newest one."""
		return self.pack is not None and self.pack.rests_on != self.rests_on

	@property
	def elsewhere(self) -> bool:
		"""Say whether what was asked for was found in another place than the archive, or can be had there."""
		reasons = [one.detail.get("reason") for one in self.steps if one.kind == "without_archive"]
		return any(one.result == "found" for one in self.places) or reasons[-1:] in (["other_records"], ["available"])

	@property
	def asked_back(self) -> bool:
		"""Say whether a letter went out whose answer may move the clock: a clarification, a fee."""
		return any(one.kind in ("clarification", "fees") for one in self.sent)


def defaults(situation: Situation, today: date, policy: PolicyTables) -> dict[str, str]:
	"""Return what stands in fields the clerk may type until she does; days as YYYY-MM-DD."""
	latest = situation.latest
	return {
		"name": called(situation.request.requester),
		**_reviewed(situation),
		**_righted(situation, policy),
		"searched": "\n".join([*_searched(situation), *searched_lines(situation.places, policy.places)]),
		"not_searched": "\n".join(not_searched_lines(situation.places, policy.places)),
		"cost_estimate": "\n".join(estimate_lines(situation.time, policy.cost_limit)),
		"cost_help": "\n".join(help_lines(situation.time, policy.cost_limit)),
		"address": situation.request.address,
		"enclosed": "\n".join(_enclosed(situation.tally, situation.pack)) if situation.pack else "",
		# The months begin with the day of the notice (FOIA s.9(2)).
		"fee_by": (months_on(today, policy.clocks.fee_months) - DAY).isoformat(),
		"estimate": latest.isoformat() if latest >= today else "",
	}


def grounds(
	kind: LetterKind, situation: Situation, answers: Mapping[str, str], policy: PolicyTables, letters: LetterTables
) -> tuple[Ground, ...]:
	"""Return the reasons in the law a letter gives, with the words the clerk wrote for it."""
	regime = situation.request.regime
	if kind == "ncnd":
		chosen = answers.get("ncnd_limb", "")
		limbs = [one for one in letters.limbs if one.code == chosen and one.regime == regime]
		return tuple(
			_worded(
				Ground(
					one.code, cite(one.code), one.title, needs_harm=False, needs_public_interest=one.public_interest
				),
				answers,
			)
			for one in limbs
		)
	by_code = {one.code: one for one in policy.exemptions if regime in one.regimes}
	codes = list(situation.codes)
	if kind == "extension":
		codes = [code for code in codes if code in by_code and by_code[code].needs_public_interest]
		codes += [code for code in [answers.get("considered", "")] if code and code not in codes]
	if kind == "refusal" and not situation.tally.messages:
		codes = [code for code in [answers.get("whole_ground", "")] if code]
	return tuple(
		_worded(
			Ground(
				code=code,
				cite=cite(code),
				title=by_code[code].title,
				needs_harm=by_code[code].needs_prejudice,
				needs_public_interest=by_code[code].needs_public_interest,
				recorded=situation.recorded.get(code, ()),
				begin=letters.grounds.get(code, ""),
			),
			answers,
		)
		for code in codes
		if code in by_code
	)


def values(
	kind: LetterKind,
	situation: Situation,
	given: Mapping[str, str],
	stated: Sequence[Ground],
	*,
	council: str,
	today: date,
	policy: PolicyTables,
	shapes: Mapping[str, str],
) -> dict[str, Value]:
	"""Return the value of each merge field; `given` are those typed, or their defaults."""
	request, regulator = situation.request, regulator_on(policy.regulators, today)
	asked = situation.first if situation.first is not None and kind == "internal_review" else request
	limit, kept = policy.cost_limit, next(one.years for one in policy.retention if one.key == "council")
	made: dict[str, Value] = {
		name: _as_day(value) if shapes.get(name) == "date" else value for name, value in given.items()
	}
	made |= {
		"council": council,
		"today": day_words(today),
		"reference": request.reference,
		"received": weekday_words(asked.received),
		"due": weekday_words(situation.due),
		"right": next((one.asked for one in policy.data_rights if one.key == request.kind), "about your personal data"),
		"request": _quoted(asked.wording),
		"cost_limit": f"{limit.hours} hours, or £{limit.pounds:,}",
		"kept_for": f"{kept} years" if kept else "until the next yearly review",
		"regulator": regulator.name,
		"regulator_address": _reached(regulator),
		"grounds": _grounds(kind, stated, LAWS[request.regime]),
	}
	return made


def _reviewed(situation: Situation) -> dict[str, str]:
	"""Return what the letter of a review says of it."""
	told = {one.kind: one for one in situation.steps}
	if situation.request.kind != "review" or "review_asked" not in told:
		return {}
	asked, decided = told["review_asked"], told.get("review_decided")
	who = REVIEWER_LETTER.get(asked.detail["reviewer"], asked.detail["who"])
	named = asked.detail["who"] not in REVIEWER_WORDS.values()
	found = {"asked_review": asked.on.isoformat(), "reviewer": asked.detail["who"] if named else who}
	if decided is not None:
		found |= {"outcome": OUTCOME_LETTER[decided.detail["outcome"]], "outcome_why": decided.note}
	return found


def _righted(situation: Situation, policy: PolicyTables) -> dict[str, str]:
	"""Return what the letter says of a decision about somebody's data."""
	told = next((one for one in reversed(situation.steps) if one.kind == "right_decided"), None)
	words = next((one for one in policy.data_rights if one.key == situation.request.kind), None)
	if told is None or words is None:
		return {}
	keeps = told.detail["outcome"] == "keep"
	return {
		"right_outcome": "The council does not do what you ask, for the reason given below." if keeps else words.uphold,
		"right_why": told.note,
	}


def _searched(situation: Situation) -> list[str]:
	"""Say which groups of the archive were searched, and what they hold: a fact for each, never a claim beyond it."""
	if not situation.searches:
		return []
	include = situation.request.include
	named = {one.group for one in include}
	groups = [one for one in situation.groups if not include or None in named or one.name in named]
	lines = []
	for one in groups:
		told = f"The council’s archive of its WhatsApp group “{one.name}”"
		if one.first is not None and one.last is not None:
			told += (
				f": messages from {day_words(one.first.date())} to {day_words(one.last.date())}, "
				"as exported from members’ phones"
			)
		lines.append(told)
	return lines


def _enclosed(tally: Tally, pack: PackResult) -> list[str]:
	shown = tally.readable + tally.withheld
	if not shown:
		return []
	parts = [f"{tally.readable:,} can be read"]
	if tally.redacted:
		parts.append(f"{tally.redacted:,} of them with words taken out")
	if tally.withheld:
		parts.append(f"{tally.withheld:,} {'is' if tally.withheld == 1 else 'are'} withheld and marked so")
	if tally.media_left_out:
		parts.append(f"{tally.media_left_out:,} with a photo or file left out and listed")
	what = "message" if shown == 1 else "messages"
	return [
		f"A transcript of {shown:,} {what} as PDF ({', '.join(parts)})",
		"The list of these messages as an Excel file",
		*pack.enclosures,
	]


def _quoted(wording: str) -> tuple[Block, ...]:
	return tuple(block("quote", " ".join(line.split())) for line in wording.splitlines() if line.strip())


def _reached(regulator: Regulator) -> tuple[Block, ...]:
	reached = f"Website {regulator.website}, telephone {regulator.phone}"
	lines = (regulator.office, ", ".join(regulator.address), reached)
	return tuple(block("line", one) for one in lines)


def _grounds(kind: LetterKind, stated: Sequence[Ground], law: str) -> tuple[Block, ...]:
	heads = {one.code: f"{one.cite[:1].upper()}{one.cite[1:]} of the {law}: {_lower(one.title)}" for one in stated}
	if kind == "extension":
		return tuple(block("point", heads[one.code]) for one in stated)
	made: list[Block] = []
	for one in stated:
		made.append(block("subhead", heads[one.code]))
		for part in GROUND_PARTS:
			needed = {"why": True, "harm": one.needs_harm}.get(part, one.needs_public_interest)
			words: str = getattr(one, part)
			if words.strip():
				first, *rest = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
				made.append(block("paragraph", f"{_LEADS[part]}{first}"))
				made += [block("paragraph", line) for line in rest]
			elif needed:
				lead = [Run(_LEADS[part])] if _LEADS[part] else []
				made.append(Block("paragraph", (*lead, Run(f"[{_ASKS[part]}]", missing=True))))
	return tuple(made)


def _worded(ground: Ground, answers: Mapping[str, str]) -> Ground:
	words = {part: answers.get(f"{ground.code}:{part}", "") for part in GROUND_PARTS}
	if not ground.needs_harm:
		words["harm"] = ""
	if not ground.needs_public_interest:
		words["public_interest"] = words["balance"] = ""
	return replace(
		ground,
		why=words["why"],
		harm=words["harm"],
		public_interest=words["public_interest"],
		balance=words["balance"],
	)


def _as_day(value: str) -> str:
	return weekday_words(date.fromisoformat(value)) if value else ""


def _lower(title: str) -> str:
	"""Return a title inside a sentence; what begins with a name or two capitals stays."""
	return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
