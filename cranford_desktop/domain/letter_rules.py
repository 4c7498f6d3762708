"""What a letter about a request has to say, and what is missing from it, in plain words.

Sources: FOIA 2000 s.1(1), s.10(3), s.17 (content of a refusal notice), s.50; EIR 2004 reg 7, 9, 11, 12, 14, 18; UK GDPR
Art 12(3) and (4), 15(1), DPA 2018 s.164A, 165, 167. The words of the letter itself are looked at, so a council may say
it in its own way; a notice that leaves a part out is not made.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cranford_desktop.domain.day_words import day_words
from cranford_desktop.domain.disclosure import Redaction, Regime
from cranford_desktop.domain.letter_laws import cites
from cranford_desktop.domain.letter_sar import left_out
from cranford_desktop.domain.letters import Field, Filled, Ground, LetterKind, Regulator
from cranford_desktop.domain.redacting import find

REFUSALS: frozenset[LetterKind] = frozenset({"part_refusal", "refusal", "cost", "vexatious", "ncnd"})
"""Notices under s.17 or reg 14, and their like for subject access."""
WITH_GROUNDS: frozenset[LetterKind] = frozenset({"part_refusal", "refusal", "ncnd", "extension", "sar_answer"})
"""Letters that may name reasons in the law."""
_WITH_RIGHTS: frozenset[LetterKind] = REFUSALS | {
	"answer",
	"not_held",
	"internal_review",
	"sar_answer",
	"rights_answer",
}
_ANSWERS: frozenset[LetterKind] = frozenset(
	{"answer", "part_refusal", "refusal", "not_held", "internal_review", "sar_answer"}
)
WITH_PACK: frozenset[LetterKind] = frozenset({"answer", "part_refusal", "sar_answer"})
"""Letters with which the pack goes out; all others give nothing out."""
_GIVES_NOTHING: frozenset[LetterKind] = frozenset({"cost", "vexatious", "ncnd"})
_NOTICE: dict[Regime, str] = {"foi": "s.17", "eir": "reg 14", "sar": "UK GDPR Art 12(4)"}
_REFUSES = re.compile(r"\b(refus\w+|with(?:hold|held)\w*|exempt\w*|exception\w*|not (?:releas|disclos|giv|send)\w+)")
_NOT_HELD = re.compile(r"\b(?:do(?:es)? not|doesn't|don't) hold\b|\bnot held\b|\bholds? no\b")
_NEITHER = re.compile(r"\bneither confirms? nor den(?:y|ies)\b|\bneither confirming nor denying\b")
_REVIEW = re.compile(r"\b(internal review|review of|reconsider\w*|complain\w*)\b")
_EVERYTHING = re.compile(
	r"\b(?:all|any|every) (?:of )?(?:the )?(?:\w+ )?(?:information|records|messages|data)(?: that)? "
	r"(?:we|the council) holds?\b"
)
_QUOTED = ("request", "name", "address")
"""Fields that give back what the requester wrote."""


class LetterProblem(NamedTuple):
	"""Something the letter lacks, and where it can be mended."""

	words: str
	where: str
	""""field:fee", "ground:s40(2)", "wording", "task:pack", "task:decide", "letter:answer" (another one suits)."""
	stops: bool = True
	"""The letter is not made with it; else it is worth a second look."""
	law: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
	"""What a letter is checked against."""

	kind: LetterKind
	regime: Regime
	fields: dict[str, Field]
	grounds: tuple[Ground, ...]
	regulator: Regulator
	review_contact: str
	today: date
	due: date
	latest: date
	"""The last day an extended answer can have."""
	extended_to: date | None = None
	"""The day an extension names."""
	completion: str = ""
	"""When unfinished work will be finished (reg 14(4))."""
	undecided: int = 0
	no_pack: bool = False
	"""There are messages to give out and no pack is made."""
	stale_pack: bool = False
	"""Something was decided since the pack was made."""
	readable: int = 0
	"""Messages to be given out, whole or in part."""
	removed: bool = False
	"""Something is withheld or covered up."""
	media_left_out: int = 0
	"""Messages to be given out whose photo or file is left out."""
	asked_back: bool = False
	"""A letter went out whose answer may move the clock."""
	minutes: int = 0
	"""Time on record that counts towards the cost limit."""
	limit_minutes: int = 0
	messages: int = 0
	"""In the request's set."""
	covered: Sequence[Redaction] = ()
	"""What is covered up in this request, to be looked for in the letter."""


class _Looked:
	"""The letter as it is looked at: whatever the case, the spaces and the shape of quotes."""

	def __init__(self, letter: Filled) -> None:
		told = [one for one in letter.blocks if one.field not in _QUOTED]
		self.all = _plain(" ".join([letter.title, *(one.text for one in letter.blocks)]))
		self.own = _plain(" ".join([letter.title, *(one.text for one in told if one.field != "grounds")]))
		"""Without the reasons, and without what the requester wrote."""
		self.told = _plain(" ".join(one.text for one in told))
		self.lines = (letter.title, *(one.text for one in told))
		"""As they stand, but for what the requester wrote."""

	def has(self, words: str) -> bool:
		return _plain(words) in self.all


def problems(letter: Filled, facts: Facts) -> tuple[LetterProblem, ...]:
	"""Return what stops the letter first, then what is worth a second look."""
	looked = _Looked(letter)
	found = [
		*_unfilled(letter, facts),
		*_ready(facts),
		*_grounds(looked, facts),
		*_own_part(looked, facts),
		*_rights(looked, facts),
		*_looks(looked, letter, facts),
	]
	return tuple(sorted(dict.fromkeys(found), key=lambda one: not one.stops))


def _unfilled(letter: Filled, facts: Facts) -> Iterator[LetterProblem]:
	for name in letter.unknown:
		told = "There is a loose brace" if name in "{}" else f"{{{name.strip('{}')}}} is not a field that can be filled"
		yield LetterProblem(f"{told}. Take it out or choose a field from the list.", "wording")
	for name in letter.missing:
		field = facts.fields[name]
		if name == "grounds" and facts.kind in WITH_GROUNDS:
			continue  # which reason is missing is said below, with where to give it
		if name == "enclosed":
			yield LetterProblem("Say what is enclosed, or make the pack first.", "field:enclosed")
		else:
			yield LetterProblem(f"Not filled in: {field.label}", f"field:{name}")


def _ready(facts: Facts) -> Iterator[LetterProblem]:
	"""Hold the letter against the decisions: everything decided, the pack made, and the right letter chosen."""
	if facts.kind in _GIVES_NOTHING and facts.readable:
		told = "There are messages to give out in this request, and this letter gives out none."
		yield LetterProblem(told, "task:decide", stops=False)
	if facts.kind not in _ANSWERS or facts.kind == "internal_review":
		return
	whole: LetterKind = "sar_answer" if facts.regime == "sar" else "part_refusal" if facts.removed else "answer"
	if facts.kind == "answer" and facts.removed:
		law = _NOTICE[facts.regime]
		yield LetterProblem("Something is withheld, and this letter does not say why.", f"letter:{whole}", law=law)
	if facts.kind in ("refusal", "not_held") and facts.readable:
		yield LetterProblem("There are messages to give out, and this letter gives out none.", f"letter:{whole}")
	elif facts.kind == "not_held" and facts.removed:
		yield LetterProblem("Something was found and is withheld, so the council holds it.", "letter:refusal")
	if facts.media_left_out and facts.kind in WITH_PACK:
		photos = "photo or file is" if facts.media_left_out == 1 else "photos and files are"
		told = f"{facts.media_left_out:,} {photos} left out of the pack, and this letter does not say why."
		yield LetterProblem(told, "task:decide", stops=facts.kind == "answer")
	if facts.undecided:
		number = f"{facts.undecided:,} {'message has' if facts.undecided == 1 else 'messages have'}"
		yield LetterProblem(f"{number} no decision yet.", "task:decide")
	elif facts.no_pack and facts.kind != "refusal":
		yield LetterProblem("The pack that goes with this letter is not made yet.", "task:pack")
	elif facts.stale_pack:
		yield LetterProblem("Something was decided since the pack was made. Make it again.", "task:pack")


def _grounds(looked: _Looked, facts: Facts) -> Iterator[LetterProblem]:
	"""FOIA s.17(1)(b), (c), (3); EIR reg 14(3); for subject access the reasons of Art 12(4)."""
	if facts.kind not in WITH_GROUNDS or (facts.kind == "extension" and facts.regime != "foi"):
		return
	if not facts.grounds and facts.kind != "sar_answer":
		what = "exception" if facts.regime == "eir" else "exemption"
		where = {"ncnd": "field:ncnd_limb", "extension": "field:considered"}.get(facts.kind, "task:decide")
		if facts.kind == "refusal" and not facts.messages:
			where = "field:whole_ground"
		yield LetterProblem(f"The letter names no {what}.", where, law=_law(facts, "(1)(b)", "(3)(a)"))
	for one in facts.grounds:
		where = f"ground:{one.code}"
		if not cites(looked.all, one.cite):
			yield LetterProblem(f"The letter does not name {one.cite}.", "wording", law=_law(facts, "(1)(b)", "(3)(a)"))
		if facts.kind == "extension":
			continue
		yield from _said(looked, one.why, f"Say why {one.cite} applies.", where, _law(facts, "(1)(c)", "(3)"))
		if one.needs_harm and facts.kind != "ncnd":
			yield from _said(
				looked, one.harm, f"Say what harm {one.cite} prevents.", where, _law(facts, "(1)(c)", "(3)")
			)
		if one.needs_public_interest:
			law = _law(facts, "(3)(b)", "(3)(b)")
			yield from _said(
				looked, one.public_interest, f"Say what speaks for giving it out ({one.cite}).", where, law
			)
			yield from _said(looked, one.balance, f"Say why keeping it back weighs more ({one.cite}).", where, law)
	if any(one.code == "reg 12(4)(d)" for one in facts.grounds) and facts.kind in REFUSALS:
		yield from _said(
			looked, facts.completion, "Say when the unfinished work will be finished.", "field:completion", "reg 14(4)"
		)


def _own_part(looked: _Looked, facts: Facts) -> Iterator[LetterProblem]:
	"""Check what only this kind of letter has to say."""
	kind, regime = facts.kind, facts.regime
	if kind in REFUSALS - {"ncnd"} and not _REFUSES.search(looked.own):
		law = "s.17(5)" if kind in ("cost", "vexatious") else _law(facts, "(1)(a)", "(1)")
		yield LetterProblem("The letter does not say that information is refused.", "wording", law=law)
	if kind == "ncnd" and not _NEITHER.search(looked.own):
		yield LetterProblem(
			"The letter does not say that the council neither confirms nor denies.",
			"wording",
			law=_law(facts, "(1)(a)", "(1)"),
		)
	if kind == "not_held" and not _NOT_HELD.search(looked.own):
		law = {"foi": "s.1(1)(a)", "eir": "reg 12(4)(a)", "sar": "UK GDPR Art 15(1)"}[regime]
		yield LetterProblem("The letter does not say that it is not held.", "wording", law=law)
	if kind == "cost" and not cites(looked.own, "section 12"):
		yield LetterProblem("The letter does not name section 12.", "wording", law="s.17(5)")
	if kind == "cost" and 0 < facts.minutes <= facts.limit_minutes:
		told = "The time on record does not go beyond the limit, so section 12 does not apply to it."
		yield LetterProblem(told, "task:time", stops=False, law="s.12(1)")
	if kind == "vexatious" and not cites(looked.own, "section 14"):
		yield LetterProblem("The letter does not name section 14.", "wording", law="s.17(5)")
	if kind == "sar_answer":
		for what, law in left_out(looked.own):
			yield LetterProblem(f"The letter does not say {what}.", "wording", law=law)
	if kind == "extension":
		yield from _extension(looked, facts)


def _extension(looked: _Looked, facts: Facts) -> Iterator[LetterProblem]:
	"""FOIA s.17(2): name the exemption and estimate the day; EIR reg 7; UK GDPR Art 12(3): within the first month."""
	law = {"foi": "s.17(2)", "eir": "reg 7", "sar": "UK GDPR Art 12(3)"}[facts.regime]
	if facts.today > facts.due:
		yield LetterProblem(
			f"The time for this letter ran out on {day_words(facts.due)}: more time had to be taken before then.",
			"wording",
			stops=False,
			law=law,
		)
	if facts.extended_to is None:
		return
	if not looked.has(day_words(facts.extended_to)):
		yield LetterProblem("The letter does not say by when the answer comes.", "wording", law=law)
	if facts.extended_to > facts.latest:
		yield from _too_late(facts)


def _too_late(facts: Facts) -> Iterator[LetterProblem]:
	"""FOIA s.10(3): a reasonable time, by practice day 40; EIR reg 7(1), UK GDPR Art 12(3): a fixed day.

	Where something was asked of the requester, the answer to it may have moved the day: then nothing is stopped.
	"""
	day = day_words(facts.latest)
	if facts.regime == "foi":
		told = f"That is later than {day}, day 40, which the regulator takes as the latest."
		yield LetterProblem(told, "field:estimate", stops=False, law="s.10(3)")
	else:
		law = {"eir": "reg 7(1)"}.get(facts.regime, "UK GDPR Art 12(3)")
		told = f"The answer can be put off to {day} at most."
		yield LetterProblem(told, "field:estimate", stops=not facts.asked_back, law=law)


def _rights(looked: _Looked, facts: Facts) -> Iterator[LetterProblem]:
	"""FOIA s.17(7) and s.50; EIR reg 14(5), 11 and 18; UK GDPR Art 12(4) with DPA 2018 s.164A, 165 and 167."""
	if facts.kind not in _WITH_RIGHTS and not (facts.kind == "extension" and facts.regime == "foi"):
		return
	if facts.kind != "internal_review":
		law = {"foi": "s.17(7)(a)", "eir": "reg 14(5)(a)", "sar": "DPA 2018 s.164A"}[facts.regime]
		if not _REVIEW.search(looked.own):
			yield LetterProblem("The letter does not say how to complain to the council.", "wording", law=law)
		elif facts.review_contact and not all(looked.has(line) for line in facts.review_contact.splitlines()):
			yield LetterProblem("The letter does not say where a complaint to the council goes.", "wording", law=law)
		if facts.regime == "eir" and not cites(looked.own, "regulation 11"):
			yield LetterProblem("The letter does not name regulation 11.", "wording", law="reg 14(5)(a)")
	law = {"foi": "s.17(7)(b)", "eir": "reg 14(5)(b)", "sar": "UK GDPR Art 12(4)"}[facts.regime]
	named = looked.has(facts.regulator.name) or looked.has(facts.regulator.office)
	reached = looked.has(facts.regulator.address[-1]) or looked.has(facts.regulator.website)
	if not (named and reached):
		yield LetterProblem(f"The letter does not say how to reach the {facts.regulator.name}.", "wording", law=law)
	if facts.regime != "sar" and not cites(looked.own, "section 50"):
		yield LetterProblem(
			"The letter does not name section 50, the right to apply for a decision.", "wording", law=law
		)
	if facts.regime == "eir" and not cites(looked.own, "regulation 18"):
		yield LetterProblem("The letter does not name regulation 18.", "wording", law=law)
	if facts.regime == "sar" and not re.search(r"\bcourts?\b", looked.own):
		yield LetterProblem("The letter does not say that a court can be asked.", "wording", law=law)


def _looks(looked: _Looked, letter: Filled, facts: Facts) -> Iterator[LetterProblem]:
	"""Check that the places searched are stated, and what is worth a second look."""
	if facts.kind in _ANSWERS and facts.kind != "internal_review" and "searched" not in letter.used:
		yield LetterProblem("The letter does not say which places were searched. Put {searched} in.", "wording")
	if facts.kind in _ANSWERS and _EVERYTHING.search(looked.told):
		yield LetterProblem(
			"The letter speaks of all the council holds. Say which places were searched instead.",
			"wording",
			stops=False,
		)
	if facts.kind in _ANSWERS | REFUSALS and facts.today > facts.due and facts.kind != "internal_review":
		yield LetterProblem(
			f"The answer was due on {day_words(facts.due)}. The letter should say so.", "wording", stops=False
		)
	again = sum(any(find(line, (one,)) for line in looked.lines) for one in facts.covered)
	if again:
		what = "something" if again == 1 else f"{again:,} things"
		yield LetterProblem(f"The letter says {what} that you covered up in this request.", "wording", stops=False)


def _said(looked: _Looked, words: str, problem: str, where: str, law: str) -> Iterator[LetterProblem]:
	if not words.strip():
		yield LetterProblem(problem, where, law=law)
	elif not all(looked.has(line) for line in words.splitlines() if line.strip()):
		yield LetterProblem(f"{problem} You wrote it, but the letter leaves it out.", "wording", law=law)


def _law(facts: Facts, foi: str, eir: str) -> str:
	return {"foi": f"s.17{foi}", "eir": f"reg 14{eir}", "sar": "UK GDPR Art 12(4)"}[facts.regime]


def _plain(text: str) -> str:
	text = text.casefold().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
	return " ".join(text.replace("\u00a0", " ").split())
