"""Reference numbers that count up within a year: FOI-2026-001, CASE-2026-002."""

from sqlalchemy import Connection


def references(c: Connection) -> list[str]:
	"""Return every reference that a request or a case has."""
	rows = c.exec_driver_sql("SELECT reference FROM request UNION ALL SELECT reference FROM case_file")
	return [str(row[0]) for row in rows]


def next_number(c: Connection, prefix: str) -> int:
	"""Return the number after the highest that a request or case has under a prefix such as "FOI-2026-"; from 1."""
	rows = c.exec_driver_sql(
		"""
		SELECT substr(reference, length(?) + 1) FROM (
			SELECT reference FROM request UNION ALL SELECT reference FROM case_file
		) WHERE lower(substr(reference, 1, length(?))) = lower(?)
		""",
		(prefix, prefix, prefix),
	)
	taken = (row[0] for row in rows)
	return max((int(one) for one in taken if one.isascii() and one.isdigit()), default=0) + 1
