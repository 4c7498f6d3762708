"""The names under which messages stand: one alias for renderings that differ in case and invisible characters only."""

from sqlalchemy import Connection

from cranford_desktop.domain.people import folded_name, plain_name


class Aliases:
	"""Gives each exported name its alias, adding what is new."""

	def __init__(self, c: Connection) -> None:
		self._c = c
		self._of_name: dict[str | None, int | None] = {None: None}
		self._known: dict[str, tuple[int, str]] = {
			row[0]: (row[1], row[2]) for row in c.exec_driver_sql("SELECT folded, id, rendered FROM alias")
		}

	def __getitem__(self, exported: str | None) -> int | None:
		"""Return the alias of a name as exported; None for no name."""
		try:
			return self._of_name[exported]
		except KeyError:
			found = self._of_name[exported] = self._alias(exported or "")
			return found

	def _alias(self, exported: str) -> int:
		"""Look a name up or add it; an alias is shown as the first of its renderings in code-point order."""
		name, folded = plain_name(exported), folded_name(exported)
		held = self._known.get(folded)
		if held is None:
			row = self._c.exec_driver_sql(
				"INSERT INTO alias(rendered, folded) VALUES(?, ?) RETURNING id", (name, folded)
			)
			held = (int(row.scalar_one()), name)
		elif name < held[1]:
			self._c.exec_driver_sql("UPDATE alias SET rendered = ? WHERE id = ?", (name, held[0]))
			held = (held[0], name)
		self._known[folded] = held
		return held[0]
