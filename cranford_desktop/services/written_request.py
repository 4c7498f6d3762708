"""REQUEST.json of `cranford disclose`: read strictly, refused kindly, every refusal naming the key it is about."""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from cranford_desktop.domain.disclosure import CHOICES, REGIMES, Choice, PatternName, Redaction, Regime
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.personal_data import PATTERNS
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.redacting import LONGEST_STAND_IN, LONGEST_TEXT, find, matches_anything
from cranford_desktop.errors import NotFound, ProblemWithFile
from cranford_desktop.policy_tables import find_exemption

NOTHING_MADE = "No pack was made. Nothing was changed."
LONGEST_REFERENCE = 60

_TOP = ("reference", "regime", "received", "requester", "wording", "include", "decisions", "redact", "supersede")
_NEEDED = _TOP[:6]
_INCLUDE = ("search", "group", "person", "from", "to")
_TEXTS = ("exemption", "reason", "prejudice", "public_interest", "balance")
_DECISION = ("search", "message", "decision", *_TEXTS)
_REDACT = ("text", "person", "pattern", "exemption", "reason", "stand_in")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class WrittenDecision:
	"""One entry of `decisions`: what becomes of the messages a search finds, or of one message."""

	key: str
	search: str | None
	message: int | None
	choice: Choice
	exemption: str | None
	reason: str | None
	prejudice: str | None
	public_interest: str | None
	balance: str | None


@dataclass(frozen=True, slots=True)
class WrittenRedaction:
	"""One entry of `redact`: a text, a person or a pattern, everywhere."""

	text: str | None
	person: str | None
	pattern: PatternName | None
	exemption: str
	reason: str | None
	stand_in: str | None

	@property
	def kind(self) -> Literal["text", "person", "pattern"]:
		"""Which of the three it is."""
		if self.text is not None:
			return "text"
		return "pattern" if self.person is None else "person"

	@property
	def value(self) -> str:
		"""The text, the person's name or the pattern's name."""
		return self.text or self.person or str(self.pattern)


@dataclass(frozen=True, slots=True)
class WrittenRequest:
	"""A request as it was written down, checked against the tables; not yet against the archive."""

	reference: str
	regime: Regime
	received: date
	requester: str
	wording: str
	include: tuple[MessageFilter, ...]
	decisions: tuple[WrittenDecision, ...]
	redact: tuple[WrittenRedaction, ...]
	supersede: bool
	source: str
	"""The document in one fixed spelling, without `supersede`: equal for equal requests."""


def parse_request(data: bytes) -> object:
	"""Return the document in a REQUEST.json's bytes; raises `ProblemWithFile` where it is not JSON.

	A key that stands twice is refused: which of the two was meant decides what leaves the house.
	"""
	try:
		return json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
	except json.JSONDecodeError as problem:
		raise _not_json(f" (line {problem.lineno})") from None
	except RecursionError:
		raise _not_json(": its brackets are nested too deep") from None
	except ValueError:
		# Bytes that are no text, or a number of thousands of digits.
		raise _not_json("") from None


def read_request(document: object, tables: PolicyTables, today: date) -> WrittenRequest:
	"""Check a REQUEST.json; raises `ProblemWithFile` or `NotFound` with a sentence that names the key."""
	top = _object(document, "the request", _TOP)
	for key in _NEEDED:
		if key not in top:
			raise _refused(f"{key} is missing", f"Add it. A request needs {_listed(_NEEDED)}.")
	regime = _one_of(top["regime"], "regime", REGIMES)
	received = _date(top["received"], "received")
	if received > today:
		raise _refused(f"received is {received}, and that day has not come yet", "Give the day on which it arrived.")
	include = [_include(one, f"include[{at}]") for at, one in enumerate(_list(top["include"], "include"))]
	if not include:
		raise _refused("include is empty, so no message would be looked at", "Add an entry; {} means every message.")
	decisions = _list(top.get("decisions", []), "decisions")
	redact = _list(top.get("redact", []), "redact")
	return WrittenRequest(
		reference=_reference(top["reference"]),
		regime=cast(Regime, regime),
		received=received,
		requester=_text(top["requester"], "requester").strip(),
		wording=_text(top["wording"], "wording").strip(),
		include=tuple(include),
		decisions=tuple(
			_decision(one, f"decisions[{at}]", tables, cast(Regime, regime)) for at, one in enumerate(decisions)
		),
		redact=tuple(_redaction(one, f"redact[{at}]", tables, cast(Regime, regime)) for at, one in enumerate(redact)),
		supersede=_yes_or_no(top.get("supersede", False), "supersede"),
		source=json.dumps(
			{key: value for key, value in top.items() if key != "supersede"},
			ensure_ascii=True,
			sort_keys=True,
			separators=(",", ":"),
		),
	)


def check_reference(reference: str) -> str:
	"""Return a request's reference without blanks around it; raises `ProblemWithFile` where it cannot be one."""
	plain = reference.strip()
	if not plain or len(plain) > LONGEST_REFERENCE or not plain.isprintable() or not re.search(r"[^\W_]", plain):
		raise _refused(
			"reference cannot be used",
			f"Use 1 to {LONGEST_REFERENCE} letters, digits and signs in one line, for example FOI-2026-001.",
		)
	return plain


def check_stand_in(stand_in: str | None, redactions: Iterable[Redaction], key: str = "stand_in") -> str | None:
	"""Return what is to stand in place of a label's words, None for nothing; raises `ProblemWithFile`.

	It may not hold any text or name that is to be covered everywhere.
	"""
	plain = " ".join((stand_in or "").split())
	if not plain:
		return None
	if len(plain) > LONGEST_STAND_IN:
		raise _refused(f"{key} has {len(plain)} characters", f"Use at most {LONGEST_STAND_IN}, for example Resident 1.")
	if not plain.isprintable():
		raise _refused(f"{key} holds a character that cannot be printed", "Write it with letters and digits.")
	if any(one.kind in ("text", "person") and find(plain, (one,)) for one in redactions):
		raise _refused(f"{key} holds words that are to be covered", "Choose words that do not say who it is.")
	return plain


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
	found: dict[str, object] = {}
	for key, value in pairs:
		if key in found:
			raise _refused(f"{key[:40]!a} stands twice in one object", "Keep the one that is meant.")
		found[key] = value
	return found


def _no_number(word: str) -> object:
	raise _refused(f"{word} is no number that JSON knows", "Write it in quotation marks if it is a text.")


def _not_json(where: str) -> ProblemWithFile:
	return ProblemWithFile(f"The written request is not JSON{where}.", NOTHING_MADE, "Mend the file and try again.")


def _include(value: object, key: str) -> MessageFilter:
	entry = _object(value, key, _INCLUDE)
	start, end = (_date(entry[name], f"{key}.{name}") if name in entry else None for name in ("from", "to"))
	if start and end and start > end:
		raise _refused(f"{key}.from is later than {key}.to", "Swap them: both days are part of the range.")
	return MessageFilter(
		search=_search(entry, key),
		group=_filled(entry, "group", key),
		person=_filled(entry, "person", key),
		start=start,
		end=end,
	)


def _decision(value: object, key: str, tables: PolicyTables, regime: Regime) -> WrittenDecision:
	entry = _object(value, key, _DECISION)
	if ("search" in entry) == ("message" in entry):
		raise _refused(f"{key} needs either search or message", "Give one of the two: words, or a message's id.")
	if "decision" not in entry:
		raise _refused(f"{key}.decision is missing", f"Give one of {_listed(CHOICES, 'or')}.")
	message = entry.get("message")
	if "message" in entry and (type(message) is not int or not 0 < message <= _LARGEST_ID):
		raise _refused(f"{key}.message is not a message's id", "Give the number that `cranford messages` shows as id.")
	texts = {name: _filled(entry, name, key, needed=False) for name in _TEXTS}
	exemption = texts["exemption"]
	return WrittenDecision(
		key=key,
		search=_search(entry, key),
		message=message,
		choice=cast(Choice, _one_of(entry["decision"], f"{key}.decision", CHOICES)),
		exemption=_exemption(exemption, f"{key}.exemption", tables, regime) if exemption else None,
		reason=texts["reason"],
		prejudice=texts["prejudice"],
		public_interest=texts["public_interest"],
		balance=texts["balance"],
	)


def _redaction(value: object, key: str, tables: PolicyTables, regime: Regime) -> WrittenRedaction:
	entry = _object(value, key, _REDACT)
	given = [name for name in ("text", "person", "pattern") if name in entry]
	if len(given) != 1:
		raise _refused(f"{key} needs one of text, person or pattern", "Give exactly one of the three.")
	if "exemption" not in entry:
		raise _refused(f"{key}.exemption is missing", "Say under which exemption it is covered.")
	text = None
	if given == ["text"]:
		text = _text(entry["text"], f"{key}.text")
		if not matches_anything(text):
			raise _refused(f"{key}.text is empty", "Give the words or the number to cover.")
		if len(text) > LONGEST_TEXT:
			raise _refused(f"{key}.text is longer than {LONGEST_TEXT} characters", "Give a shorter part of it.")
	pattern = _one_of(entry["pattern"], f"{key}.pattern", PATTERNS) if given == ["pattern"] else None
	person = _filled(entry, "person", key) if given == ["person"] else None
	own = [Redaction(0, "text", one, "") for one in (text, person) if one]
	return WrittenRedaction(
		text=text,
		person=person,
		pattern=cast("PatternName | None", pattern),
		exemption=_exemption(_text(entry["exemption"], f"{key}.exemption"), f"{key}.exemption", tables, regime),
		reason=_filled(entry, "reason", key, needed=False),
		stand_in=check_stand_in(_filled(entry, "stand_in", key, needed=False), own, f"{key}.stand_in"),
	)


def _exemption(code: str, key: str, tables: PolicyTables, regime: Regime) -> str:
	try:
		return find_exemption(tables, code, regime).code
	except NotFound as problem:
		# One request may fall under two laws, message by message: a code of the other is known too.
		for other in REGIMES:
			with suppress(NotFound):
				return find_exemption(tables, code, other).code
		raise NotFound(f"{key}: {problem.what}", NOTHING_MADE, problem.do) from None


def _reference(value: object) -> str:
	return check_reference(_text(value, "reference"))


def _object(value: object, key: str, known: tuple[str, ...]) -> Mapping[str, Any]:
	if not isinstance(value, dict):
		raise _refused(f"{key} is not an object", 'Write it in braces: {"key": "value"}.')
	unknown = [str(name) for name in value if name not in known]
	if unknown:
		place = "" if key == "the request" else f"{key}."
		raise _refused(f"{place}{unknown[0][:40]} is not a key that is known here", f"Known are {_listed(known)}.")
	return value


def _list(value: object, key: str) -> list[object]:
	if not isinstance(value, list):
		raise _refused(f"{key} is not a list", "Write it in square brackets.")
	return value


def _text(value: object, key: str) -> str:
	if not isinstance(value, str):
		raise _refused(f"{key} is not a text", "Write it in quotation marks.")
	try:
		value.encode()
	except UnicodeEncodeError:
		raise _refused(f"{key} holds half a character", "Write the text again.") from None
	return value


def _filled(entry: Mapping[str, Any], name: str, key: str, *, needed: bool = True) -> str | None:
	if name not in entry or (entry[name] is None and not needed):
		return None
	text = _text(entry[name], f"{key}.{name}").strip()
	if needed and not text:
		raise _refused(f"{key}.{name} is empty", "Fill it in, or leave the key out.")
	return text or None


def _search(entry: Mapping[str, Any], key: str) -> str | None:
	words = _filled(entry, "search", key)
	if words is not None and not any(character.isprintable() and not character.isspace() for character in words):
		raise _refused(f"{key}.search holds nothing to look for", "Give at least one word.")
	return words


def _date(value: object, key: str) -> date:
	text = _text(value, key)
	try:
		if _DATE.fullmatch(text):
			return date.fromisoformat(text)
	except ValueError:
		pass
	raise _refused(f"{key} is not a day of the calendar", "Write it as year-month-day, for example 2026-11-23.")


def _one_of(value: object, key: str, known: Iterable[str]) -> str:
	known = tuple(known)
	if not isinstance(value, str) or value not in known:
		raise _refused(f"{key} is not one that is known", f"Give one of {_listed(known, 'or')}.")
	return value


def _yes_or_no(value: object, key: str) -> bool:
	if not isinstance(value, bool):
		raise _refused(f"{key} is neither true nor false", "Write true or false, without quotation marks.")
	return value


def _listed(names: Iterable[str], last: str = "and") -> str:
	names = tuple(names)
	return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _refused(what: str, do: str) -> ProblemWithFile:
	return ProblemWithFile(f"In the written request, {what}.", NOTHING_MADE, do)
