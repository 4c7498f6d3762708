"""Letters about a request: their wording with merge fields, and what becomes of it once the fields are filled.

A wording is plain text. A blank line ends a paragraph; "# " begins a heading, "- " a point, "| " a line of an address.
What stands in braces is a merge field, `{council}`. A field is filled with words or, where it stands alone in its
paragraph, with whole paragraphs. What is filled in is never read as wording again, so braces or dashes that somebody
typed stay as they are.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from cranford_desktop.domain.disclosure import Regime

LetterKind = Literal[
	"acknowledgement",
	"clarification",
	"fees",
	"extension",
	"answer",
	"part_refusal",
	"refusal",
	"cost",
	"vexatious",
	"ncnd",
	"not_held",
	"internal_review",
	"sar_answer",
	"rights_answer",
	"nil_return",
]
LETTER_KINDS: tuple[LetterKind, ...] = (
	"acknowledgement",
	"clarification",
	"fees",
	"extension",
	"answer",
	"sar_answer",
	"rights_answer",
	"part_refusal",
	"refusal",
	"not_held",
	"ncnd",
	"cost",
	"vexatious",
	"internal_review",
	"nil_return",
)
"""In the order of a list."""
BlockKind = Literal["heading", "subhead", "paragraph", "point", "line", "quote"]
FieldShape = Literal["line", "lines", "date", "choice"]
FieldScope = Literal["known", "letter", "council"]
"""Known to the archive; asked for this request's letters; asked once for the whole council."""
SentHow = Literal["email", "post", "hand"]

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_NAME = re.compile(r"[a-z][a-z_]*")
_LOOSE = re.compile(r"[{}]")
_GREETS = re.compile(r"(?:dear|hello|good (?:morning|afternoon)) ", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Signs that no document can hold, a Word file least of all (XML 1.0, 2.2); the others of their kind are spaces."""
_MARKS: dict[str, BlockKind] = {"# ": "heading", "- ": "point", "| ": "line"}


class Run(NamedTuple):
	"""A stretch of words; `missing` where a field stands that nobody has filled."""

	text: str
	missing: bool = False


@dataclass(frozen=True, slots=True)
class Block:
	"""One paragraph, heading, point of a list, line of an address or quotation."""

	kind: BlockKind
	runs: tuple[Run, ...]
	field: str = ""
	"""The merge field that brought the whole block, if one did."""
	part: int = 0
	"""Blocks between the same blank lines of the wording have one number."""

	def goes_on(self, before: "Block | None") -> bool:
		"""Say whether it belongs close under the block before it: lines of an address, points of a list."""
		return before is not None and before.kind == self.kind in ("line", "point") and before.part == self.part

	@property
	def text(self) -> str:
		"""Return the words without marks."""
		return "".join(run.text for run in self.runs)


def subject_after(blocks: Sequence[Block]) -> int:
	"""Return behind which block the subject stands: the greeting; -1, before all of them, where nobody is greeted."""
	return next((at for at, one in enumerate(blocks) if one.kind == "paragraph" and _GREETS.match(one.text)), -1)


def closes(kind: BlockKind, text: str) -> bool:
	"""Say whether a paragraph is the close of a letter, above the signature: "Yours sincerely,"."""
	return kind == "paragraph" and text.casefold().startswith("yours ") and text.endswith(",")


Value = str | tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Wording:
	"""The words of a kind of letter, with merge fields."""

	subject: str
	body: str

	def fields(self) -> tuple[str, ...]:
		"""Return the names of the fields it uses, each once, in order."""
		return tuple(dict.fromkeys(_FIELD.findall(f"{self.subject}\n{self.body}")))


@dataclass(frozen=True, slots=True)
class Template:
	"""A kind of letter under one law, as the app ships it."""

	kind: LetterKind
	regime: Regime
	title: str
	"""What it is called in lists."""
	purpose: str
	"""When it is used, in one sentence."""
	wording: Wording


@dataclass(frozen=True, slots=True)
class Field:
	"""A merge field, as `resources/letters/fields.toml` describes it."""

	name: str
	label: str
	"""What is asked, in words."""
	shape: FieldShape
	scope: FieldScope
	hint: str = ""
	optional: bool = False
	"""Nothing is missing where it is empty: its paragraph is left out."""
	standard: str = ""
	"""What stands there until something is typed."""


@dataclass(frozen=True, slots=True)
class Filled:
	"""A letter with its fields filled, as far as they are known."""

	subject: tuple[Run, ...]
	blocks: tuple[Block, ...]
	used: tuple[str, ...]
	missing: tuple[str, ...]
	"""Fields that the wording uses and nobody has filled, in order."""
	unknown: tuple[str, ...]
	"""What stands in braces and is no field; a loose brace is one too."""

	@property
	def title(self) -> str:
		"""Return the subject as plain words."""
		return "".join(run.text for run in self.subject)


@dataclass(frozen=True, slots=True)
class Regulator:
	"""Who hears complaints, from a day on: `resources/policy/regulator.toml`."""

	start: date
	name: str
	office: str
	address: tuple[str, ...]
	website: str
	phone: str


@dataclass(frozen=True, slots=True)
class Ground:
	"""A reason in the law for not giving something out, as the letter states it: never what the internal log says."""

	code: str
	cite: str
	"""Without the Act: "section 40(2)"."""
	title: str
	needs_harm: bool
	needs_public_interest: bool
	why: str = ""
	harm: str = ""
	public_interest: str = ""
	balance: str = ""
	recorded: tuple[str, ...] = ()
	"""Reasons noted with the decisions. They are the council's own and may name what is withheld."""
	begin: str = ""
	"""Standard words to begin `why` with."""


@dataclass(frozen=True, slots=True)
class SentLetter:
	"""A letter as it went out: frozen."""

	id: int
	request_id: int
	kind: LetterKind
	number: int
	"""Counts the letters of a request, from 1."""
	subject: str
	sent_on: date
	how: SentHow
	pack_number: int | None
	"""The pack it went out with."""
	frozen_at: datetime
	sha256: str
	"""Of the PDF."""


def block(kind: BlockKind, text: str) -> Block:
	"""Return a block of plain words."""
	return Block(kind, (Run(text),))


def regulator_on(regulators: Collection[Regulator], day: date) -> Regulator:
	"""Return who hears complaints on a day; before the first entry the first one."""
	begun = [one for one in regulators if one.start <= day]
	return max(begun, key=lambda one: one.start) if begun else min(regulators, key=lambda one: one.start)


def fill(wording: Wording, values: Mapping[str, Value], fields: Mapping[str, Field]) -> Filled:
	"""Fill the merge fields of a wording. A field without a value is named, never left blank."""
	values = {name: _printable(value) for name, value in values.items()}
	used: dict[str, None] = {}
	missing: dict[str, None] = {}
	unknown: dict[str, None] = {}

	def runs(text: str) -> tuple[Run, ...]:
		made: list[Run] = []
		at = 0
		for found in _FIELD.finditer(text):
			_loose(text[at : found.start()], unknown)
			made.append(Run(text[at : found.start()]))
			made.append(value_of(found.group(1), found.group(0)))
			at = found.end()
		_loose(text[at:], unknown)
		made.append(Run(text[at:]))
		return _joined(made)

	def value_of(name: str, written: str) -> Run:
		field = fields.get(name)
		if field is None:
			unknown[name if _NAME.fullmatch(name) else written] = None
			return Run(written, missing=True)
		used[name] = None
		value = values.get(name, "")
		if isinstance(value, tuple):
			value = "; ".join(one.text for one in value)
		if not value.strip() and not field.optional:
			missing[name] = None
			return Run(f"[{field.label}]", missing=True)
		return Run(" ".join(value.split()))

	subject = runs(_UNPRINTABLE.sub("", " ".join(wording.subject.split())))
	blocks: list[Block] = []
	after_nothing = False
	for part, kind, text in parsed(_UNPRINTABLE.sub("", wording.body)):
		names = _FIELD.findall(text)
		alone = len(names) == 1 and text == f"{{{names[0]}}}"
		known = [fields[name] for name in names if name in fields]
		if known and len(known) == len(names) and all(one.optional and not _there(values, one.name) for one in known):
			used.update(dict.fromkeys(names))
			after_nothing = True
			continue
		if after_nothing and (kind == "heading" or closes(kind, text)) and blocks and blocks[-1].kind == "heading":
			blocks.pop()
		after_nothing = False
		if alone and names[0] in fields and _there(values, names[0]):
			used[names[0]] = None
			blocks += _expanded(kind, names[0], values[names[0]], part)
		else:
			blocks.append(Block(kind, runs(text), part=part))
	if after_nothing and blocks and blocks[-1].kind == "heading":
		blocks.pop()
	return Filled(subject, tuple(blocks), tuple(used), tuple(missing), tuple(unknown))


def parsed(body: str) -> list[tuple[int, BlockKind, str]]:
	"""Split a wording's body into numbered parts of headings, paragraphs and points, their fields still in braces."""
	made: list[tuple[int, BlockKind, str]] = []
	for number, part in enumerate(re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n").strip()), 1):
		found: list[tuple[BlockKind, str]] = []
		words: list[str] = []
		for line in part.split("\n"):
			plain = line.strip()
			kind = _MARKS.get(plain[:2])
			if kind is None:
				words.append(plain)
				continue
			_take(found, words)
			found.append((kind, plain[2:].strip()))
		_take(found, words)
		made += [(number, kind, text) for kind, text in found if text]
	return made


def plain_text(letter: Filled) -> str:
	"""Return a letter as the text of an e-mail: a blank line between paragraphs, a dash before each point."""
	made: list[str] = []
	before: Block | None = None
	for one in letter.blocks:
		text = {"point": "- ", "quote": "> "}.get(one.kind, "") + one.text
		made.append(text if not made else f"\n{text}" if one.goes_on(before) else f"\n\n{text}")
		before = one
	return "".join(made) + "\n"


def _printable(value: Value) -> Value:
	if isinstance(value, str):
		return _UNPRINTABLE.sub("", value)
	return tuple(
		replace(one, runs=tuple(Run(_UNPRINTABLE.sub("", run.text), run.missing) for run in one.runs)) for one in value
	)


def _take(found: list[tuple[BlockKind, str]], words: list[str]) -> None:
	"""Close a paragraph; the lines of a wording that follow each other are one."""
	if text := " ".join(word for word in words if word):
		found.append(("paragraph", text))
	words.clear()


def _there(values: Mapping[str, Value], name: str) -> bool:
	value = values.get(name, "")
	return bool(value.strip()) if isinstance(value, str) else bool(value)


def _expanded(kind: BlockKind, name: str, value: Value, part: int) -> list[Block]:
	"""Return the blocks of a field that stands alone: each line that somebody typed is a paragraph of its own."""
	if isinstance(value, str):
		lines = [" ".join(line.split()) for line in value.splitlines()]
		return [Block(kind, (Run(line),), name, part) for line in lines if line]
	return [Block(one.kind, one.runs, name, part) for one in value]


def _loose(text: str, unknown: dict[str, None]) -> None:
	if found := _LOOSE.search(text):
		unknown[found.group(0)] = None


def _joined(runs: list[Run]) -> tuple[Run, ...]:
	made: list[Run] = []
	for run in runs:
		if not run.text:
			continue
		if made and made[-1].missing == run.missing:
			made[-1] = Run(made[-1].text + run.text, run.missing)
		else:
			made.append(run)
	return tuple(made)
