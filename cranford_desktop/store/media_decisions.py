"""What becomes of single photos and files in a request."""

from datetime import datetime

from sqlalchemy import Connection

from cranford_desktop.domain.media_decisions import MediaDecision
from cranford_desktop.store.groups import moment


def decide_medium(c: Connection, request_id: int, message_id: int, decision: MediaDecision, at: datetime) -> None:
	"""Decide on one file of a message, replacing an earlier decision on it."""
	c.exec_driver_sql(
		"""
		INSERT OR REPLACE INTO media_decision(request_id, message_id, sha256, choice, exemption, reason, decided_at)
		VALUES(?, ?, ?, ?, ?, ?, ?)
		""",
		(request_id, message_id, *decision, moment(at)),
	)


def undecide_medium(c: Connection, request_id: int, message_id: int, sha256: str) -> None:
	"""Take the decision on one file of a message back."""
	c.exec_driver_sql(
		"DELETE FROM media_decision WHERE request_id = ? AND message_id = ? AND sha256 = ?",
		(request_id, message_id, sha256),
	)


def media_decisions(c: Connection, request_id: int) -> dict[int, tuple[MediaDecision, ...]]:
	"""Return what was decided on single files, by message id."""
	found: dict[int, tuple[MediaDecision, ...]] = {}
	for message_id, *decision in c.exec_driver_sql(
		"""
		SELECT message_id, sha256, choice, exemption, reason FROM media_decision
		WHERE request_id = ? ORDER BY message_id, sha256
		""",
		(request_id,),
	):
		found[message_id] = (*found.get(message_id, ()), MediaDecision(*decision))
	return found
