"""Steps from one version of the tables to the next, and the making of new ones.

`PRAGMA user_version` says which version a file has, `application_id` that it is ours. Each step is a function that
takes a connection inside one transaction; the version number changes in the same transaction. Before the first step
the caller's `before` makes a verified copy. Golden archives of every released version are kept in the tests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from cranford_desktop.errors import ProblemWithArchive
from cranford_desktop.store import letter_tables, request_tables
from cranford_desktop.store.schema import APPLICATION_ID, FULL_TEXT, SCHEMA_VERSION, TRIGGERS, metadata
from cranford_desktop.store.schema import version as version_table
from cranford_desktop.store.troubles import damaged

Step = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Updates:
	"""The steps an application knows, and the version they lead to."""

	newest: int
	steps: Mapping[int, Step]
	"""From version n to n + 1."""


def _bodies_once(connection: Connection) -> None:
	"""From version 1 to 2: a body, its text and its normal form are stored once where they are the same."""
	connection.exec_driver_sql("DROP TRIGGER version_no_update")
	for index in version_table.indexes:
		connection.exec_driver_sql(f"DROP INDEX {index.name}")
	connection.exec_driver_sql("ALTER TABLE version RENAME TO version_before")
	version_table.create(connection)
	connection.exec_driver_sql(
		"""
		INSERT INTO version(id, message_id, raw, wordless, own_text, kind, edited, deleted, own_normal, event, named)
		SELECT id, message_id, raw, text IS NULL, nullif(text, raw), kind, edited, deleted, nullif(normal, raw), event,
			named
		FROM version_before ORDER BY id
		"""
	)
	connection.exec_driver_sql("DROP TABLE version_before")
	connection.exec_driver_sql(next(one for one in TRIGGERS if one.startswith("CREATE TRIGGER version_no_update")))


def _letters(connection: Connection) -> None:
	"""From version 2 to 3: letters about requests, with the council's own wording and what was filled in."""
	for table in letter_tables.TABLES:
		table.create(connection)


def _request_lives(connection: Connection) -> None:
	"""From version 3 to 4: a request's life, its places and cost, reasons, photos, second look, and sent packs."""
	for table in request_tables.TABLES:
		table.create(connection)
	for column in request_tables.NEW_COLUMNS:
		connection.exec_driver_sql(f"ALTER TABLE {column}")


UPDATES = Updates(SCHEMA_VERSION, {1: _bodies_once, 2: _letters, 3: _request_lives})
"""Ours."""


def make_tables(connection: Connection) -> None:
	"""Make the newest tables in an empty database, in the caller's transaction."""
	metadata.create_all(connection)
	for statement in (*FULL_TEXT, *TRIGGERS):
		connection.exec_driver_sql(statement)
	connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
	connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def version(connection: Connection) -> int:
	"""Return which version of the tables a file has; raises `ProblemWithArchive` where nothing of ours is in it."""
	if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
		raise damaged("application_id")
	return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def bring_up_to_date(engine: Engine, before: Callable[[int], None], updates: Updates = UPDATES) -> tuple[int, int]:
	"""Run the steps a file needs and return (version found, version now); `before(version)` copies it first.

	Each step is one transaction: where one fails, the file has the version before it. Refuses a newer file.
	"""
	with engine.connect() as connection:
		found = version(connection)
	if found > updates.newest:
		raise ProblemWithArchive(
			"This archive was written by a newer version of Cranford Desktop.",
			"The archive is unchanged.",
			"Install the newest version, then open it again.",
			f"tables {found}, this version knows {updates.newest}",
		)
	if found < updates.newest:
		before(found)
	for number in range(found, updates.newest):
		with engine.begin() as connection:
			updates.steps[number](connection)
			connection.exec_driver_sql(f"PRAGMA user_version={number + 1}")
	return found, updates.newest
