"""Dates that are not read, named: digits, calendars and forms that could only be guessed at."""

import re
import unicodedata

from cranford_desktop.ingest.dialect import MARKS, PATTERNS, opening
from cranford_desktop.ingest.file_types import refuse

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a]")
"""What hardly stands in a text, but is one character of ten in anything else."""
_STRANGE = re.compile(
	rf"^[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,4}}(?:\w{{1,12}}\.?,? )?[0-9]{{1,4}}[^\n0-9]{{1,12}}[0-9\w]{{1,12}}"
	rf"[^\n0-9]{{1,8}}[0-9]{{1,4}}[^\n]{{1,16}}[0-9]{{1,2}}[:.][0-9]{{2}}[^\n]{{0,16}}(?:\]| - )",
	re.MULTILINE,
)
_ERA = re.compile(
	rf"^[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,4}}(?:(?:令和|平成|昭和|[RHS])\.?[ ]?[0-9]{{1,2}}|00[0-9]{{2}})"
	r"(?:[./-]|年)[ ]?[0-9]{1,2}(?:[./-]|月)[^\n]{1,24}[0-9]{1,2}[:.][0-9]{2}",
	re.MULTILINE,
)
_TAIWAN = re.compile(
	rf"^[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,4}}(?:民國|民国)?[ ]?1[0-9]{{2}}(?:[./-]|年)[0-9]{{1,2}}(?:[./-]|月)"
	r"[^\n]{1,24}[0-9]{1,2}:[0-9]{2}",
	re.MULTILINE,
)

_NAMED_ERA = re.compile(
	rf"^[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,4}}[0-9]{{1,2}}[./-][ ]?[0-9]{{1,2}}[./-][ ]?[0-9]{{1,4}}[ \u00a0\u202f]?"
	r"(?:(?P<buddhist>BE\b|B\.E\.|พ\.ศ\.)|(?P<islamic>AH\b|A\.H\.|هـ|A\.P\.|AP\b)),?[^\n]{1,8}[0-9]{1,2}[:.][0-9]{2}",
	re.MULTILINE,
)
_MONTH = re.compile(
	rf"^[{MARKS}]{{0,4}}\[?[{MARKS}]{{0,4}}(?:[0-9]{{1,2}}\.?[ -](?:de )?[^\W\d_]{{3,12}}\.?,?[ -](?:de )?[0-9]{{2,4}}"
	rf"|[^\W\d_]{{3,12}}\.? [0-9]{{1,2}}, [0-9]{{4}})[^\n]{{1,8}}[0-9]{{1,2}}[:.][0-9]{{2}}[^\n]{{0,12}}(?:\]| - )",
	re.MULTILINE,
)


def unread_dates(text: str) -> str | None:
	"""Name what keeps the dates of a chat from being read: "Arabic-Indic digits", …; None where it is no chat."""
	head = opening(text)
	lines = f"\n{head}"
	for character in head:
		if character.isdecimal() and not character.isascii():
			plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in lines)
			plain = plain.replace("،", ",")
			if _STRANGE.search(plain) or any(pattern.search(plain) for pattern in PATTERNS.values()):
				script = unicodedata.name(character, "").partition(" DIGIT")[0].replace("EXTENDED ARABIC", "PERSIAN")
				script = "-".join(part.capitalize() for part in script.replace("-", " ").split()) or "foreign"
				return f"{script} digits"
	if _ERA.search(head):
		return "Japanese years"
	era = _NAMED_ERA.search(head)
	if era is not None:
		return "Buddhist years" if era["buddhist"] else "Persian or Islamic years"
	if _MONTH.search(head):
		return "the names of months"
	if _TAIWAN.search(head):
		return "years of the Republic of China"
	if _STRANGE.search(head) or any(pattern.search(lines) for pattern in PATTERNS.values()):
		return "dates or times in a form"
	return None


def no_chat(head: str) -> Exception:
	"""Make the refusal of a text without a single header, from its beginning."""
	if not head.strip():
		return refuse("This file holds nothing but blank lines.", "Ask the member to export the chat again.")
	first = head[: 1 << 14]
	if len(_CONTROLS.findall(first)) * 30 > len(first):
		return refuse("This file holds no text, so it is not a WhatsApp chat: it is encrypted, or of another program.")
	strange = unread_dates(head)
	if strange is not None:
		return refuse(
			"This looks like a chat, but its dates or times are written in a form that cannot be read yet."
			if strange.startswith("dates")
			else f"This looks like a chat, but its dates are written with {strange}. Reading them is not built yet.",
			"Ask the member to set the phone to English (United Kingdom) and to export the chat again.",
		)
	return refuse(
		"This is a text file, but not a WhatsApp chat: no line near its start begins with a date and a time as "
		"WhatsApp writes them.",
	)
