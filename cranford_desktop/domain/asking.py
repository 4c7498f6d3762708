"""Asking members for their exports: what was asked, what they answered, what came."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

AskKind = Literal["export", "older", "settings", "yearly", "request"]
"""For an export; for an older one; to turn disappearing messages or advanced chat privacy off; the yearly return; what
they hold for a request for information."""
Reply = Literal["exported", "nothing_held", "will_do", "refused", "no_reply"]
PhoneKind = Literal["android", "iphone"]


@dataclass(frozen=True, slots=True)
class AskDraft:
	"""Words to a member, ready to send; nothing is sent by the app."""

	kind: AskKind
	person_id: int
	to: str
	subject: str
	body: str
	"""Plain text of the e-mail, and of the letter."""
	groups: tuple[str, ...] = ()
	due: date | None = None
	"""By when an answer is asked for."""
	reference: str = ""
	"""Of the request they are asked for, if they are."""
	request: str = ""
	"""What was asked for in it."""


@dataclass(frozen=True, slots=True)
class Ask:
	"""One member asked, once."""

	id: int
	kind: AskKind
	person_id: int
	person: str
	groups: tuple[str, ...]
	asked_on: date
	how: Literal["email", "letter", "spoken"]
	due: date | None
	reply: Reply | None
	replied_on: date | None
	note: str
	year: int | None
	"""Of a yearly return."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
	"""One member in the yearly return."""

	person_id: int
	person: str
	role: str | None
	last_export: date | None
	asked_on: date | None
	reply: Reply | None
	replied_on: date | None


@dataclass(frozen=True, slots=True)
class MemberReturn:
	"""The yearly return: every member, what they exported or answered."""

	year: int
	lines: tuple[ReturnLine, ...]
