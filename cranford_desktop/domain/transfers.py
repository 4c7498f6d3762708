"""Messages handed on to the council's e-mail (policy section 5, second point), and the register of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

TransferForm = Literal["pdf", "eml", "print"]


@dataclass(frozen=True, slots=True)
class Transfer:
	"""One entry of the register."""

	id: int
	made_at: datetime
	member: str
	"""Whose messages they were, or who asked; in the council's words."""
	what: str
	"""What was handed on: group and subject, in words, never message text."""
	start: date
	end: date
	messages: int
	to_whom: str
	form: TransferForm
	sha256: str


@dataclass(frozen=True, slots=True)
class TransferFile:
	"""A file made for handing on; not written anywhere yet."""

	name: str
	data: bytes
	form: TransferForm
	messages: int
	start: date
	end: date
	group: str
