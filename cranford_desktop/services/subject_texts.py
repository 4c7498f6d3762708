"""The texts of a request's messages in which people stand, and whether what stands there can be read."""

from collections.abc import Sequence

from cranford_desktop.domain.disclosure import Redaction
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.redacting import find


def words_of(row: MessageRow) -> tuple[str, ...]:
	"""Return what a message says, and how its files are called."""
	return tuple(text for text in (row.text or row.raw, *(one.name for one in row.attachments)) if text)


def texts_of(row: MessageRow) -> tuple[str, ...]:
	"""Return the same with the name of its sender."""
	return (*words_of(row), row.sender) if row.sender else words_of(row)


def meet(mine: Sequence[tuple[int, int]], text: str, redaction: Redaction, message_id: int) -> bool:
	"""Say whether a redaction covers any of these stretches of a text."""
	covered = find(text, (redaction,), message_id)
	return any(one.start < end and start < one.end for one in covered for start, end in mine)


def shows(text: str, trial: tuple[Redaction], held: Sequence[Redaction], message_id: int) -> bool:
	"""Say whether what `trial` finds in a text can be read beside what is covered."""
	at = find(text, trial)
	if not at:
		return False
	covered = find(text, held, message_id)
	return any(not any(one.start <= here.start and here.end <= one.end for one in covered) for here in at)
