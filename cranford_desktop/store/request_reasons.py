"""What was written down once in a request for each exemption it uses."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from cranford_desktop.store.groups import moment

_CARRIED = ("reason", "prejudice", "public_interest", "balance")


def reasons(c: Connection, request_id: int) -> dict[str, dict[str, str]]:
	"""Return the answers of a request, by exemption code and field."""
	found: dict[str, dict[str, str]] = {}
	for code, field, value in c.exec_driver_sql(
		"SELECT exemption, field, value FROM request_reason WHERE request_id = ? ORDER BY exemption, field",
		(request_id,),
	):
		found.setdefault(code, {})[field] = value
	return found


def write_reasons(c: Connection, request_id: int, code: str, answers: Mapping[str, str], at: datetime) -> int:
	"""Write the answers for an exemption in place of those that are there; return how many changed."""
	before = reasons(c, request_id).get(code, {})
	gone = [field for field in before if field not in answers]
	new = {field: value for field, value in answers.items() if before.get(field) != value}
	for field in gone:
		c.exec_driver_sql(
			"DELETE FROM request_reason WHERE request_id = ? AND exemption = ? AND field = ?", (request_id, code, field)
		)
	for field, value in new.items():
		c.exec_driver_sql(
			"""
			INSERT OR REPLACE INTO request_reason(request_id, exemption, field, value, changed_at)
			VALUES(?, ?, ?, ?, ?)
			""",
			(request_id, code, field, value, moment(at)),
		)
	return len(gone) + len(new)


class Use(NamedTuple):
	"""What rests on an exemption in a request."""

	places: int
	"""Messages, single files, areas of pictures and coverings-up."""
	carried: frozenset[str]
	"""Fields that each of them says for itself, so that the request need not."""


def uses(c: Connection, request_id: int) -> dict[str, Use]:
	"""Return what rests on each exemption in use; under "not_held" the messages that are private."""
	rows = c.exec_driver_sql(
		"""
		WITH used AS (
			SELECT exemption AS code, reason, prejudice, public_interest, balance FROM decision
				WHERE request_id = ?1 AND choice = 'withhold'
			UNION ALL SELECT more.value, reason, prejudice, public_interest, balance
				FROM decision, json_each(more_exemptions) more WHERE request_id = ?1 AND choice = 'withhold'
			UNION ALL SELECT choice, reason, NULL, NULL, NULL FROM decision
				WHERE request_id = ?1 AND choice = 'not_held'
			UNION ALL SELECT exemption, reason, NULL, NULL, NULL FROM media_decision
				WHERE request_id = ?1 AND choice = 'withhold'
			UNION ALL SELECT exemption, reason, NULL, NULL, NULL FROM redaction WHERE request_id = ?1
			UNION ALL SELECT exemption, reason, NULL, NULL, NULL FROM photo_area WHERE request_id = ?1
		)
		SELECT code, count(*), count(reason), count(prejudice), count(public_interest), count(balance)
		FROM used WHERE code IS NOT NULL GROUP BY code
		""",
		(request_id,),
	)
	return {
		code: Use(places, frozenset(key for key, said in zip(_CARRIED, told, strict=True) if said == places))
		for code, places, *told in rows
	}
