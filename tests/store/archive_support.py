"""What the tests of the archive share: a council that does not exist, its moment, a pass phrase that costs little."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from cranford_desktop.store import ledger, merkle, people_tables, schema
from cranford_desktop.store.archive import Archive, create
from cranford_desktop.store.keys import Argon2Cost

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CHEAP = Argon2Cost(passes=1, memory_kib=64, lanes=1)
COUNCIL = "Nether Ashby Parish Council"
PASS_PHRASE = "seven geese on Mill Lane"  # noqa: S105


def made(folder: Path, passphrase: str | None = PASS_PHRASE, *, practice: bool = False) -> tuple[Archive, str | None]:
	"""Return a new archive, open, and its recovery key."""
	return create(folder, council=COUNCIL, passphrase=passphrase, practice=practice, now=NOW, cost=CHEAP)


def recovery_key(archive: tuple[Archive, str | None]) -> str:
	key = archive[1]
	assert key is not None
	return key


def filled(archive: Archive, texts: Sequence[str], photo: bytes = b"a photo") -> None:
	"""Put one import into an archive, written out table by table: independent of the code that really imports.

	The first message carries the photo.
	"""
	records = [
		("2026-03-14T19:05:00", "minute", "Cllr Ashdown", "media" if order == 0 else "message", text)
		for order, text in enumerate(texts)
	]
	with archive.writing(NOW) as change:
		c = change.connection
		file = archive.files.put(c, [photo], "attachment")
		original = archive.files.put(c, ["\n".join(texts).encode()], "original")
		c.execute(insert(schema.chat_group).values(id=1, name="Council", folded="council", registered_at="x"))
		c.execute(insert(schema.phone).values(id=1, group_id=1, name="Phone 1", folded="phone 1"))
		c.execute(insert(people_tables.alias).values(id=1, rendered="Cllr Ashdown", folded="cllr ashdown"))
		leaves = []
		rows: dict[str, list[dict[str, object]]] = {"message": [], "version": [], "observation": []}
		for order, (sent_at, precision, sender, kind, raw) in enumerate(records):
			salt = bytes([order % 256]) * merkle.SALT_SIZE
			name, file_id, digest = ("IMG-1.jpg", file.id, file.sha256) if order == 0 else (None, None, None)
			leaves.append(
				merkle.leaf(salt, merkle.observation(order, sent_at, precision, sender, kind, raw, name, digest))
			)
			number = order + 1
			rows["message"].append(
				{
					"id": number,
					"group_id": 1,
					"position": number,
					"sent_at": sent_at,
					"precision": precision,
					"alias_id": 1,
					"sender_as_exported": sender,
					"kind": kind,
					"shown_version_id": number,
					"edited": 0,
					"deleted": 0,
				}
			)
			rows["version"].append(
				{
					"id": number,
					"message_id": number,
					"raw": raw,
					"kind": kind,
					"edited": 0,
					"deleted": 0,
				}
			)
			rows["observation"].append(
				{
					"export_id": 1,
					"ord": order,
					"sent_at": sent_at,
					"precision": precision,
					"sender": sender,
					"kind": kind,
					"version_id": number,
					"message_id": number,
					"is_media": int(order == 0),
					"media_name": name,
					"file_id": file_id,
					"salt": salt,
					"leaf": leaves[-1],
				}
			)
		c.execute(
			insert(schema.export).values(
				id=1,
				sha256=original.sha256,
				file_name="WhatsApp Chat with Council.txt",
				group_id=1,
				phone_id=1,
				platform="android",
				date_order="dmy",
				dialect="dd/mm/yyyy, hh:mm - ",
				first_at=records[0][0],
				last_at=records[-1][0],
				records=len(records),
				unread_lines="[]",
				original_id=original.id,
				root=merkle.root(leaves),
				receipt="{}",
				imported_at=ledger.moment(NOW),
			)
		)
		for table in ("message", "version", "observation"):
			c.execute(insert(schema.metadata.tables[table]), rows[table])
		for index in ("version_text", "version_plain"):
			c.exec_driver_sql(f"INSERT INTO {index}(rowid, normal) SELECT id, normal FROM version ORDER BY id")  # noqa: S608
		change.record("imported", {"export": 1, "records": len(records), "root": merkle.root(leaves)})
