"""What the archive knows for guessing who is who, and what the clerk said of each guess."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from cranford_desktop.domain.people import Choice, folded_name, plain_name
from cranford_desktop.domain.same_person import NumberChange, Rendering, Said, SharedMessages
from cranford_desktop.errors import NotFound
from cranford_desktop.store.groups import moment
from cranford_desktop.store.people import drop_nobodies

_SEEN = """
	SELECT o.export_id, o.sender, m.alias_id, count(*)
	FROM observation o NOT INDEXED CROSS JOIN message m ON m.id = o.message_id
	WHERE o.sender IS NOT NULL AND o.kind != 'system' AND m.alias_id IS NOT NULL GROUP BY 1, 2, 3
"""
"""One pass over everything: three times as fast as by any index (2 s of processor time for 1,500,000 records)."""
_ONCE = ("person_detail", "acknowledgement", "leaver_step")
"""What a person has once only: where both have it, the one who stays keeps theirs."""
_OWNED = ("alias", "phone", "term_of_office", "ask", "request_place", *_ONCE)
"""What hangs on a person (`person_id`) and moves with two that turn out to be one."""
_NO_MESSAGES = (
	"named a sender",
	"said who a name is",
	"took back who a name is",
	"added a person",
	"changed what is kept of a person",
	"acknowledged the policy",
	"did a leaver's step",
	"took in contacts",
	"set a term of office",
	"removed a term of office",
	"registered a group",
	"changed a group",
)
"""Actions that leave every message as it is."""


@dataclass(frozen=True, slots=True)
class Findings:
	"""What exports show of names; it does not depend on what the clerk has said."""

	together: tuple[frozenset[int], ...]
	"""For each export the aliases it shows as senders."""
	shared: tuple[SharedMessages, ...]
	changes: tuple[NumberChange, ...]


def renderings(c: Connection) -> list[Rendering]:
	"""Return every rendering that exports show as a sender, with the person it is confirmed to be."""
	rows = c.exec_driver_sql(
		"SELECT a.id, a.rendered, p.id, p.name FROM alias a LEFT JOIN person p ON p.id = a.person_id ORDER BY a.folded"
	)
	return [Rendering(*row) for row in rows]


def findings(c: Connection) -> Findings:
	"""Compare the names of all exports; goes over every record once."""
	aliases = {row[0]: row[1] for row in c.exec_driver_sql("SELECT folded, id FROM alias")}
	phones = {
		row[0]: row[1]
		for row in c.exec_driver_sql(
			"SELECT e.id, p.name FROM export e JOIN phone p ON p.id = e.phone_id WHERE e.set_aside_at IS NULL"
		)
	}
	together: dict[int, set[int]] = {}
	differing: dict[tuple[int, int], Counter[int]] = {}
	shown_on: dict[int, Counter[int]] = {}
	for export_id, sender, alias_id, messages in c.exec_driver_sql(_SEEN):
		own = aliases.get(folded_name(sender))
		if own is None or export_id not in phones:
			continue
		together.setdefault(export_id, set()).add(own)
		if own == alias_id:
			shown_on.setdefault(own, Counter())[export_id] += messages
		else:
			differing.setdefault((export_id, own), Counter())[alias_id] += messages
	shared = []
	for (export_id, own), others in sorted(differing.items()):
		for alias_id, messages in sorted(others.items()):
			source = shown_on.get(alias_id, Counter({export_id: 1})).most_common(1)[0][0]
			shared.append(
				SharedMessages(own, alias_id, messages, others.total(), phones[export_id], phones.get(source, ""))
			)
	return Findings(tuple(frozenset(one) for one in together.values()), tuple(shared), tuple(_changes(c)))


def _changes(c: Connection) -> list[NumberChange]:
	rows = c.exec_driver_sql(
		"""
		SELECT DISTINCT v.named, substr(m.sent_at, 1, 10) FROM version v JOIN message m ON m.id = v.message_id
		WHERE v.event = 'number' ORDER BY m.sent_at, v.id
		"""
	)
	found = []
	for named, day in rows:
		names = tuple(plain_name(name) for name in json.loads(named or "[]"))
		if len(names) > 1:
			found.append(NumberChange(names, date.fromisoformat(day)))
	return found


def said(c: Connection) -> dict[str, Said]:
	"""Return what the clerk said of each pair, last word first, by its key."""
	rows = c.exec_driver_sql("SELECT key, said FROM alias_choice WHERE taken_back_at IS NULL ORDER BY id")
	return {row[0]: row[1] for row in rows}


def choices(c: Connection) -> list[Choice]:
	"""Return what stands of the clerk's answers, newest first; of two answers to one question the later."""
	rows = c.exec_driver_sql(
		"""
		SELECT id, key, first, second, said, at FROM alias_choice a WHERE taken_back_at IS NULL AND NOT EXISTS (
			SELECT 1 FROM alias_choice b WHERE b.key = a.key AND b.id > a.id AND b.taken_back_at IS NULL
		) ORDER BY id DESC
		"""
	)
	return [Choice(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5])) for row in rows]


def write_choice(
	c: Connection, key: str, first: str, second: str, answer: Said, before: Mapping[str, Any], at: datetime
) -> int:
	"""Write down an answer with what taking it back restores; return its id."""
	row = c.exec_driver_sql(
		"INSERT INTO alias_choice(key, first, second, said, before, at) VALUES(?, ?, ?, ?, ?, ?) RETURNING id",
		(key, first, second, answer, json.dumps(before, ensure_ascii=False), moment(at)),
	)
	return int(row.scalar_one())


def join_people(c: Connection, first: str, second: str, name: str, at: datetime) -> tuple[int, dict[str, Any]]:
	"""Make two renderings one person; return the person's id and what undoing it restores.

	A person without a name yet is made. Of two people the one with the smaller number stays, and everything recorded of
	the other becomes theirs: names, phones, terms, what they were asked.
	"""
	aliases = [_alias(c, one) for one in (first, second)]
	people = sorted({person_id for _, person_id in aliases if person_id is not None})
	made = None
	if people:
		person_id = people[0]
	else:
		person_id = made = int(
			c.exec_driver_sql(
				"INSERT INTO person(name, created_at) VALUES(?, ?) RETURNING id", (plain_name(name), moment(at))
			).scalar_one()
		)
	held = c.exec_driver_sql("SELECT name, role FROM person WHERE id = ?", (person_id,)).one()
	before: dict[str, Any] = {
		"made": made,
		"kept": {"id": person_id, "name": held[0], "role": held[1]},
		"now": plain_name(name),
		"gone": None,
		"moved": {},
		"aliases": [[alias_id, was] for alias_id, was in aliases if was != person_id],
	}
	if len(people) > 1:
		before["gone"], before["moved"] = absorb(c, people[1], person_id)
	for alias_id, _ in aliases:
		c.exec_driver_sql("UPDATE alias SET person_id = ? WHERE id = ?", (person_id, alias_id))
	c.exec_driver_sql("UPDATE person SET name = ? WHERE id = ?", (plain_name(name), person_id))
	return person_id, before


def _alias(c: Connection, rendered: str) -> tuple[int, int | None]:
	row = c.exec_driver_sql("SELECT id, person_id FROM alias WHERE folded = ?", (folded_name(rendered),)).first()
	if row is None:
		raise NotFound("No export shows that name.")
	return row[0], row[1]


def absorb(c: Connection, other: int, person_id: int) -> tuple[dict[str, Any], dict[str, list[int]]]:
	"""Let one person take over all that is recorded of another; return who went and what moved, for parting them."""
	row = c.exec_driver_sql("SELECT id, name, role, created_at, by_hand FROM person WHERE id = ?", (other,)).one()
	moved: dict[str, list[int]] = {}
	for table in _OWNED:
		rows = c.exec_driver_sql(
			f"UPDATE OR IGNORE {table} SET person_id = ? WHERE person_id = ? RETURNING rowid",  # noqa: S608 (our own table names)
			(person_id, other),
		)
		moved[table] = [one[0] for one in rows]
	twice = {}
	for table in _ONCE:
		rows = c.exec_driver_sql(f"DELETE FROM {table} WHERE person_id = ? RETURNING *", (other,))  # noqa: S608 (our own table names)
		twice[table] = [dict(one) for one in rows.mappings()]
	if row[2] is not None:
		c.exec_driver_sql("UPDATE person SET role = coalesce(role, ?) WHERE id = ?", (row[2], person_id))
	c.exec_driver_sql("DELETE FROM person WHERE id = ?", (other,))
	gone = {"id": row[0], "name": row[1], "role": row[2], "created_at": row[3], "by_hand": row[4], "twice": twice}
	return gone, moved


def take_back(c: Connection, choice_id: int, at: datetime) -> None:
	"""Undo an answer: what it changed is as it was, what was said since by other answers stays. Raises `NotFound`."""
	row = c.exec_driver_sql(
		"SELECT before, said FROM alias_choice WHERE id = ? AND taken_back_at IS NULL", (choice_id,)
	).first()
	if row is None:
		raise NotFound("That answer has been taken back already.")
	if row[1] == "same":
		part(c, json.loads(row[0]))
	c.exec_driver_sql("UPDATE alias_choice SET taken_back_at = ? WHERE id = ?", (moment(at), choice_id))


def part(c: Connection, before: Mapping[str, Any]) -> None:
	"""Part again what `join_people` or `absorb` made one, as far as nothing else was said of it since."""
	kept, gone = before["kept"], before["gone"]
	if gone is not None:
		taken = c.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (gone["id"],)).scalar()
		owner = c.exec_driver_sql(
			"INSERT INTO person(id, name, role, created_at, by_hand) VALUES(?, ?, ?, ?, ?) RETURNING id",
			(None if taken else gone["id"], gone["name"], gone["role"], gone["created_at"], gone["by_hand"]),
		).scalar_one()
		for table, ids in before["moved"].items():
			_give_back(c, table, ids, kept["id"], owner)
		for table, rows in gone["twice"].items():
			for one in rows:
				_put_back(c, table, one | {"person_id": owner})
	for alias_id, was in before["aliases"]:
		if was is None:  # the others moved with the person who was absorbed
			c.exec_driver_sql(
				"UPDATE alias SET person_id = NULL WHERE id = ? AND person_id = ?", (alias_id, kept["id"])
			)
	if before["made"] is None:
		c.exec_driver_sql(
			"UPDATE person SET name = ?, role = ? WHERE id = ? AND name = ?",
			(kept["name"], kept["role"], kept["id"], before["now"]),
		)
	drop_nobodies(c)


def _give_back(c: Connection, table: str, ids: Sequence[int], holder: int, owner: int) -> None:
	if table in _OWNED:
		c.exec_driver_sql(
			f"UPDATE {table} SET person_id = ? WHERE person_id = ? AND rowid IN (SELECT value FROM json_each(?))",  # noqa: S608 (our own table names)
			(owner, holder, json.dumps(list(ids))),
		)


def _put_back(c: Connection, table: str, row: Mapping[str, Any]) -> None:
	columns = [name for name in row if name != "id"]
	marks = ", ".join("?" for _ in columns)
	named = ", ".join(f'"{name}"' for name in columns)
	if table in _ONCE:
		c.exec_driver_sql(f"INSERT INTO {table}({named}) VALUES({marks})", tuple(row[name] for name in columns))


def state(c: Connection) -> int:
	"""Return a number that grows with every recorded action after which the exports may show other names."""
	last = c.exec_driver_sql(
		"SELECT max(number) FROM ledger WHERE action NOT IN (SELECT value FROM json_each(?))",
		(json.dumps(_NO_MESSAGES),),
	).scalar()
	return int(last or 0)
