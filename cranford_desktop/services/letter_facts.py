"""What the archive knows for a request's letters: how far the request is, and the values of the merge fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cranford_desktop.domain.clocks import eir_due, months_on, sar_due
from cranford_desktop.domain.day_words import day_words, weekday_words
from cranford_desktop.domain.disclosure import PackResult, RequestRecord
from cranford_desktop.domain.letter_laws import LAWS, cite
from cranford_desktop.domain.letters import Block, Ground, LetterKind, Regulator, Run, SentLetter, Value, block
from cranford_desktop.domain.messages import Group
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.working_days import add_working_days
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


@dataclass(frozen=True, slots=True)
class Situation:
	"""How far a request is. Reading it looks at every message of the request once."""

	request: RequestRecord
	due: date
	tally: Tally
	codes: tuple[str, ...]
	"""Exemptions that what is withheld or covered up rests on."""
	recorded: Mapping[str, tuple[str, ...]]
	"""Reasons noted with decisions and redactions, by code: for the clerk's eyes."""
	covered: tuple[str, ...]
	"""Words covered up everywhere."""
	searches: int
	groups: tuple[Group, ...]
	pack: PackResult | None
	sent: tuple[SentLetter, ...]

	decided_since: bool
	"""Something was decided or covered up after the newest pack was made."""

	@property
	def stale_pack(self) -> bool:
		"""Say whether the newest pack says something else than the decisions do."""
		pack, now = self.pack, self.tally
		return pack is not None and (
			self.decided_since
			or (pack.released + pack.undecided_media, pack.withheld, pack.not_in_scope, pack.not_held)
			!= (now.readable, now.withheld, now.not_in_scope, now.not_held)
		)


def latest_day(situation: Situation, policy: PolicyTables) -> date:
	"""Return the last day an extended answer can have: FOIA s.10(3), by practice day 40; EIR reg 7; Art 12(3)."""
	received, rules, holidays = situation.request.received, policy.clocks, policy.holidays
	if situation.request.regime == "eir":
		return eir_due(received, holidays, rules, extended=True).due
	if situation.request.regime == "sar":
		return sar_due(received, holidays, rules, extended=True).due
	return add_working_days(received, 2 * rules.foi_working_days, holidays)


def defaults(situation: Situation, today: date, policy: PolicyTables) -> dict[str, str]:
	"""Return what stands in fields the clerk may type until she does; days as YYYY-MM-DD."""
	latest = latest_day(situation, policy)
	return {
		"name": situation.request.requester,
		"searched": "\n".join(_searched(situation)),
		"enclosed": "\n".join(_enclosed(situation.tally)) if situation.pack else "",
		"fee_by": months_on(today, 3).isoformat(),
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
	regulator: Regulator,
	shapes: Mapping[str, str],
) -> dict[str, Value]:
	"""Return the value of each merge field; `given` are those typed, or their defaults."""
	request = situation.request
	made: dict[str, Value] = {
		name: _as_day(value) if shapes.get(name) == "date" else value for name, value in given.items()
	}
	made |= {
		"council": council,
		"today": day_words(today),
		"reference": request.reference,
		"received": weekday_words(request.received),
		"due": weekday_words(situation.due),
		"request": _quoted(request.wording),
		"regulator": regulator.name,
		"regulator_address": _reached(regulator),
		"grounds": _grounds(kind, stated, LAWS[request.regime]),
	}
	return made


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


def _enclosed(tally: Tally) -> list[str]:
	shown = tally.readable + tally.withheld
	if not shown:
		return []
	parts = [f"{tally.readable:,} can be read"]
	if tally.redacted:
		parts.append(f"{tally.redacted:,} of them with words taken out")
	if tally.withheld:
		parts.append(f"{tally.withheld:,} {'is' if tally.withheld == 1 else 'are'} withheld and marked so")
	what = "message" if shown == 1 else "messages"
	return [
		f"A transcript of {shown:,} {what} as PDF ({', '.join(parts)})",
		"The list of these messages as an Excel file",
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
