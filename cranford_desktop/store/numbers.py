"""What the number of a message means once that message has joined another one: the one it joined."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection


def meant(c: Connection, ids: Iterable[int]) -> list[int]:
	"""Return the messages that some numbers mean today, in the same order; one that means none stays as it is."""
	asked = list(ids)
	if c.exec_driver_sql("SELECT 1 FROM message_alias LIMIT 1").first() is None:
		return asked
	joined = {
		row[0]: row[1]
		for row in c.exec_driver_sql(
			"SELECT old_id, message_id FROM message_alias WHERE old_id IN (SELECT value FROM json_each(?))",
			(json.dumps(asked),),
		)
	}
	return [joined.get(one, one) for one in asked] if joined else asked
