"""Terms of office: a person's roles in time."""

from datetime import date

from sqlalchemy import Connection

from cranford_desktop.domain.membership import OnRoll, Term
from cranford_desktop.domain.people import folded_name
from cranford_desktop.errors import NotFound

ROLE_ON_DAY = """
	CASE WHEN EXISTS (SELECT 1 FROM term_of_office t WHERE t.person_id = p.id) THEN (
		SELECT t.role FROM term_of_office t
		WHERE t.person_id = p.id AND (t.start IS NULL OR t.start <= substr(m.sent_at, 1, 10))
			AND (t."end" IS NULL OR t."end" >= substr(m.sent_at, 1, 10))
		ORDER BY coalesce(t.start, '') DESC, t.id DESC LIMIT 1
	) ELSE p.role END
"""
"""SQL: the role of person `p` on the day of message `m`; the role said for all time where no term is recorded."""

_TERMS = 'SELECT id, person_id, role, start, "end" FROM term_of_office'
_IN_ORDER = "ORDER BY coalesce(start, ''), id"


def terms(c: Connection, person_id: int) -> list[Term]:
	"""Return a person's terms, oldest first."""
	rows = c.exec_driver_sql(f"{_TERMS} WHERE person_id = ? {_IN_ORDER}", (person_id,))
	return [_term(*row) for row in rows]


def all_terms(c: Connection) -> dict[int, list[Term]]:
	"""Return the terms of everybody who has any, oldest first."""
	found: dict[int, list[Term]] = {}
	for row in c.exec_driver_sql(f"{_TERMS} {_IN_ORDER}"):
		found.setdefault(row[1], []).append(_term(*row))
	return found


def put_term(
	c: Connection, person_id: int, role: str, start: date | None, end: date | None, term_id: int | None = None
) -> int:
	"""Add a term to a person, or write one anew; return its id. Raises `NotFound`."""
	if c.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).scalar() is None:
		raise NotFound("These records hold no such person.")
	days = tuple(day.isoformat() if day is not None else None for day in (start, end))
	if term_id is None:
		return int(
			c.exec_driver_sql(
				'INSERT INTO term_of_office(person_id, role, start, "end") VALUES(?, ?, ?, ?) RETURNING id',
				(person_id, role, *days),
			).scalar_one()
		)
	held = c.exec_driver_sql(
		'UPDATE term_of_office SET role = ?, start = ?, "end" = ? WHERE id = ? AND person_id = ? RETURNING id',
		(role, *days, term_id, person_id),
	).scalar()
	if held is None:
		raise NotFound("These records hold no such term of office.")
	return int(held)


def drop_term(c: Connection, term_id: int) -> int:
	"""Remove a term and return whose it was; raises `NotFound`."""
	held = c.exec_driver_sql("DELETE FROM term_of_office WHERE id = ? RETURNING person_id", (term_id,)).scalar()
	if held is None:
		raise NotFound("These records hold no such term of office.")
	return int(held)


def roll(c: Connection) -> list[OnRoll]:
	"""Return everybody who was named, with role and terms, by name."""
	held = all_terms(c)
	people = [
		OnRoll(row[0], row[1], row[2], tuple(held.get(row[0], ())))
		for row in c.exec_driver_sql("SELECT id, name, role FROM person")
	]
	return sorted(people, key=lambda one: (folded_name(one.name), one.person_id))


def _term(term_id: int, person_id: int, role: str, start: str | None, end: str | None) -> Term:
	first, last = (date.fromisoformat(day) if day else None for day in (start, end))
	return Term(term_id, person_id, role, first, last)
