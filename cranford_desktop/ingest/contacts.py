"""Contacts files: vCard (2.1, 3.0, 4.0) and the CSV that mail programs write. Names, numbers and e-mail addresses only.

Pictures, notes and everything else in such a file is passed by. Input is hostile: sizes are bounded, nothing is
evaluated, and what cannot be read is left out and counted.
"""

import csv
import io
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cranford_desktop.domain.directory import Contact
from cranford_desktop.domain.people import plain_name
from cranford_desktop.domain.phone_numbers import phone_number
from cranford_desktop.errors import ProblemWithFile

LARGEST_BYTES = 20 * 1024 * 1024
MOST = 20_000
_LONGEST = 300
_NAME_HEADS = ("name", "full name", "display name", "file as")
_FIRST = ("first name", "given name")
_LAST = ("last name", "family name", "surname")
_NICK = ("nickname", "nick name")
_PHONE = re.compile(r"phone|mobile|tel\b|telephone")
_MAIL = re.compile(r"e-?mail")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")


@dataclass(frozen=True, slots=True)
class ReadContacts:
	"""What a contacts file says."""

	contacts: tuple[Contact, ...]
	left_out: int
	"""Entries without a name or without anything to know a person by."""


def read_contacts(data: bytes) -> ReadContacts:
	"""Read a contacts file. Raises `ProblemWithFile` for what is none, or too large."""
	if len(data) > LARGEST_BYTES:
		raise ProblemWithFile(
			"This file is larger than any list of contacts.", "Nothing was taken from it.", "Export fewer contacts."
		)
	text = _decoded(data)
	found = list(_cards(text) if re.search(r"^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE) else _rows(text))
	if not found:
		raise ProblemWithFile(
			"This is no contacts file: it has neither contact cards nor a heading row with names.",
			"Nothing was taken from it.",
			"Export your contacts as vCard (.vcf) or CSV, then choose that file.",
		)
	if len(found) > MOST:
		raise ProblemWithFile(
			f"This file holds more than {MOST:,} contacts.", "Nothing was taken from it.", "Export fewer contacts."
		)
	told = tuple(one for one in found if one.name and (one.phones or one.emails or one.nicknames))
	return ReadContacts(told, len(found) - len(told))


def _decoded(data: bytes) -> str:
	if data.startswith((b"\xff\xfe", b"\xfe\xff")):
		return data.decode("utf-16", "replace")
	try:
		return data.decode("utf-8-sig")
	except UnicodeDecodeError:
		return data.decode("cp1252", "replace")


def _cards(text: str) -> Iterator[Contact]:
	"""Yield one contact for each card."""
	fields: dict[str, list[str]] | None = None
	for name, options, value in _lines(text):
		if name == "BEGIN" and value.strip().upper() == "VCARD":
			fields = {}
		elif name == "END" and fields is not None:
			yield _contact(fields)
			fields = None
		elif fields is not None and name in ("FN", "N", "NICKNAME", "TEL", "EMAIL"):
			fields.setdefault(name, []).append(_unescaped(value, options))


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
	"""Yield name, options and value of each line, those that go on in the next one joined."""
	whole = ""
	for line in re.split(r"\r\n|\n|\r", text):
		if line[:1] in (" ", "\t") and whole:
			whole += line[1:] if len(whole) < _LONGEST * 10 else ""
			continue
		if whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper():
			whole = whole[:-1] + line if len(whole) < _LONGEST * 10 else whole[:-1]
			continue
		if whole:
			yield _cut(whole)
		whole = line
	if whole:
		yield _cut(whole)


def _cut(line: str) -> tuple[str, str, str]:
	head, _, value = line.partition(":")
	name, _, options = head.partition(";")
	return name.rpartition(".")[2].strip().upper(), options.upper(), value[: _LONGEST * 10]


def _unescaped(value: str, options: str) -> str:
	if "QUOTED-PRINTABLE" in options:
		value = quopri.decodestring(value.encode("ascii", "ignore")).decode("utf-8", "replace")
	return value


def _contact(fields: dict[str, list[str]]) -> Contact:
	name = _plain(next(iter(fields.get("FN", [])), ""))
	if not name:
		family, given, *_ = [_plain(part) for part in _split(next(iter(fields.get("N", [])), ""), ";")] + ["", ""]
		name = f"{given} {family}".strip()
	nicknames = [_plain(part) for value in fields.get("NICKNAME", []) for part in _split(value, ",")]
	phones = [_plain(value).removeprefix("tel:") for value in fields.get("TEL", [])]
	return _told(name, nicknames, phones, [_plain(value).removeprefix("mailto:") for value in fields.get("EMAIL", [])])


def _split(value: str, sign: str) -> list[str]:
	return re.split(rf"(?<!\\){sign}", value)


def _plain(value: str) -> str:
	return " ".join(plain_name(re.sub(r"\\([,;\\:])", r"\1", value.replace("\\n", " "))).split())[:_LONGEST]


def _rows(text: str) -> Iterator[Contact]:
	"""Yield one contact for each row of a table with a heading row."""
	sample = text[:4096]
	sign = max(",;\t", key=sample.partition("\n")[0].count)
	csv.field_size_limit(LARGEST_BYTES)
	try:
		rows = csv.reader(io.StringIO(text), delimiter=sign)
		heads = [_plain(one).casefold() for one in next(rows, [])]
		if not any(head in (*_NAME_HEADS, *_FIRST, *_LAST) for head in heads):
			return
		for row in rows:
			yield _from_row(_filled(heads, row))
	except csv.Error:
		return


def _filled(heads: list[str], row: list[str]) -> list[tuple[str, str]]:
	"""Return heading and value of each filled cell of a row."""
	return [(head, _plain(value)) for head, value in zip(heads, row, strict=False) if value.strip()]


def _from_row(cells: list[tuple[str, str]]) -> Contact:
	def first(heads: tuple[str, ...]) -> str:
		return next((value for wanted in heads for head, value in cells if head == wanted), "")

	name = " ".join(part for part in (first(_FIRST), first(_LAST)) if part) or first(_NAME_HEADS)
	phones = [
		part
		for head, value in cells
		if _PHONE.search(head) and not head.endswith(("type", "label"))
		for part in re.split(r"\s*:::\s*|;", value)
	]
	emails = [value for head, value in cells if _MAIL.search(head) and not head.endswith(("type", "label"))]
	return _told(name, [value for head, value in cells if head in _NICK], phones, emails)


def _told(name: str, nicknames: list[str], phones: list[str], emails: list[str]) -> Contact:
	return Contact(
		name=name,
		nicknames=tuple(dict.fromkeys(one for one in nicknames if one and one != name)),
		phones=tuple(dict.fromkeys(one for one in phones if phone_number(one) is not None)),
		emails=tuple(dict.fromkeys(one.casefold() for one in emails if _EMAIL.fullmatch(one))),
	)
