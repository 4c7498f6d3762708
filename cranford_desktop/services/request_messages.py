"""The messages of a request: with what was decided on them, and as rows of the archive."""

from collections.abc import Sequence

from cranford_desktop.domain.disclosure import Candidate, Redaction
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.domain.redacting import find
from cranford_desktop.errors import NotFound
from cranford_desktop.store import casebook
from cranford_desktop.store import messages as books
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.media_decisions import media_decisions
from cranford_desktop.store.versions import text_when_decided

NOTHING_CHANGED = "Nothing was changed."


def candidates(connection: Connection, request_id: int, only: Sequence[int] | None = None) -> list[Candidate]:
	"""Return a request's messages with decisions and what is covered; `only` some of them, where given."""
	casebook.regime_of(connection, request_id)
	wanted = casebook.candidate_ids(connection, request_id) if only is None else list(only)
	decisions = casebook.decisions(connection, request_id)
	changed = casebook.changed_since_decided(connection, request_id)
	redactions = casebook.redactions(connection, request_id)
	media = media_decisions(connection, request_id)
	known: dict[str, tuple[tuple[str, Redaction], ...]] = {}

	def beside(row: MessageRow) -> tuple[tuple[str, Redaction], ...]:
		found: list[tuple[str, Redaction]] = []
		for name in (row.sender, *(one.name for one in row.attachments)):
			if name and name not in known:
				known[name] = tuple((name[one.start : one.end], one.redaction) for one in find(name, redactions))
			found += known.get(name or "", ())
		return tuple(found)

	return [
		Candidate(
			row,
			decisions.get(row.id),
			find(row.text or "", redactions, row.id),
			row.id in changed,
			beside(row),
			media.get(row.id, ()),
			text_when_decided(connection, request_id, row.id) if row.id in changed else None,
		)
		for row in books.rows(connection, wanted)
	]


def members(connection: Connection, request_id: int, message_ids: Sequence[int]) -> list[MessageRow]:
	"""Return the rows of these messages; raises `NotFound` where one is not in the request's set."""
	require_members(connection, request_id, message_ids)
	return books.rows(connection, list(dict.fromkeys(message_ids)))


def require_members(connection: Connection, request_id: int, message_ids: Sequence[int]) -> list[int]:
	"""Return these messages, each once; raises `NotFound` where one is not in the request's set."""
	wanted = list(dict.fromkeys(message_ids))
	if casebook.members(connection, request_id, wanted) != len(wanted):
		raise NotFound(
			"That message is not among this request's messages.", NOTHING_CHANGED, "Add it to the request first."
		)
	return wanted
