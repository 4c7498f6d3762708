"""Tables of the archive, version 4. What they mean stands in the design under "The archive". Those of people, those of
what the clerk makes of messages, of letters and of a request's life stand in modules of their own.

Times are stored as ISO text: wall times without a zone ("2024-03-13T19:05:00"), moments of the council's own acts as
UTC ("2026-11-23T10:00:00+00:00"), so that a database browser shows an auditor what it says.
"""

from sqlalchemy import (
	CheckConstraint,
	Column,
	Computed,
	ForeignKey,
	Index,
	Integer,
	LargeBinary,
	Table,
	Text,
	UniqueConstraint,
	text,
)

from cranford_desktop.store import letter_tables, looking_tables, people_tables, request_tables
from cranford_desktop.store.table_names import metadata

__all__ = [
	"APPLICATION_ID",
	"FULL_TEXT",
	"INDEXES",
	"SCHEMA_VERSION",
	"TRIGGERS",
	"letter_tables",
	"looking_tables",
	"metadata",
	"people_tables",
	"request_tables",
]

SCHEMA_VERSION = 4
APPLICATION_ID = 0x43524644
"""`PRAGMA application_id`: "CRFD"."""

setting = Table(
	"setting",
	metadata,
	Column("key", Text, primary_key=True),
	Column("value", Text, nullable=False),
)

chat_group = Table(
	"chat_group",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("name", Text, nullable=False),
	Column("folded", Text, nullable=False, unique=True),
	Column("registered_at", Text, nullable=False),
	Column("cut_off", Text),
	Column("since", Text),
	Column("admin", Text),
)
"""Official groups. `cut_off`: nothing sent on or before that date is taken again (set by erasing)."""

phone = Table(
	"phone",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("group_id", ForeignKey("chat_group.id"), nullable=False),
	Column("name", Text, nullable=False),
	Column("folded", Text, nullable=False),
	Column("person_id", ForeignKey("person.id")),
	UniqueConstraint("group_id", "folded"),
)

sealed_file = Table(
	"sealed_file",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("file_name", Text, nullable=False, unique=True),
	Column("key", LargeBinary),
	Column("sha256", Text, nullable=False, index=True),
	Column("size", Integer, nullable=False),
	Column("purpose", Text, nullable=False),
)
"""An encrypted file in the archive's `files` folder under a random name. `purpose`: "attachment", "original", "pack",
"report", "evidence", "letter", "request_document". `sha256` and `size` are of the plain content; null key: shredded."""

export = Table(
	"export",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("sha256", Text, nullable=False, unique=True),
	Column("file_name", Text, nullable=False),
	Column("group_id", ForeignKey("chat_group.id"), nullable=False, index=True),
	Column("phone_id", ForeignKey("phone.id"), nullable=False),
	Column("platform", Text, nullable=False),
	Column("date_order", Text, nullable=False),
	Column("dialect", Text, nullable=False),
	Column("first_at", Text, nullable=False),
	Column("last_at", Text, nullable=False),
	Column("records", Integer, nullable=False),
	Column("unread_lines", Text, nullable=False),
	Column("original_id", ForeignKey("sealed_file.id"), nullable=False),
	Column("root", Text, nullable=False),
	Column("receipt", Text, nullable=False),
	Column("imported_at", Text, nullable=False),
	Column("clock_offset", Integer, nullable=False, server_default="0"),
	Column("set_aside_at", Text),
	Column("doubtful", Text, nullable=False, server_default="[]"),
)
"""`root`: Merkle root over the leaves in file order; `unread_lines` and `receipt` are JSON. `clock_offset`: minutes by
which the file's clock is ahead of the group's. `set_aside_at`: undone under a hold. `doubtful`: JSON, the places in the
file of records that joined a message on weak evidence."""

declined_file = Table(
	"declined_file",
	metadata,
	Column("sha256", Text, primary_key=True),
	Column("at", Text, nullable=False),
)
"""Files of which the clerk said: none of it is council business. Nothing of them is kept."""

message = Table(
	"message",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("group_id", ForeignKey("chat_group.id"), nullable=False),
	Column("position", Integer, nullable=False),
	Column("sent_at", Text, nullable=False),
	Column("precision", Text, nullable=False),
	Column("alias_id", ForeignKey("alias.id")),
	Column("sender_as_exported", Text),
	Column("kind", Text, nullable=False),
	Column("shown_version_id", Integer, nullable=False),
	Column("edited", Integer, nullable=False),
	Column("deleted", Integer, nullable=False),
	Column("category", Text, nullable=False, server_default="council"),
	Column("uncertain_order", Integer, nullable=False, server_default="0"),
	Column("set_aside", Integer, nullable=False, server_default="0"),
	Index("ix_message_place", "group_id", "position", unique=True),
	Index("ix_message_time", "group_id", "sent_at", "position"),
	Index("ix_message_alias", "alias_id"),
	Index("ix_message_uncertain", "group_id", sqlite_where=text("uncertain_order = 1")),
	Index("ix_message_category", "category", sqlite_where=text("category != 'council'")),
	Index("ix_message_set_aside", "id", sqlite_where=text("set_aside = 1")),
)
"""`position`: order within its group, merged from the exports' own orders; gaps between values are allowed."""

message_alias = Table(
	"message_alias",
	metadata,
	Column("old_id", Integer, primary_key=True),
	Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
)
"""Ids of messages that joined another one: they go on meaning it."""

join_proposal = Table(
	"join_proposal",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("kind", Text, nullable=False),
	Column("messages", Text, nullable=False),
	Column("found_at", Text, nullable=False),
	Column("answer", Text),
	Column("answered_at", Text),
	CheckConstraint("kind IN ('join', 'split')", name="kind"),
)
"""A join or split of messages that a decision, case or pack rests on: put to the clerk. `messages` is JSON."""

version = Table(
	"version",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("message_id", Integer, nullable=False, index=True),
	Column("raw", Text, nullable=False),
	Column("wordless", Integer, nullable=False, server_default="0"),
	Column("own_text", Text),
	Column("kind", Text, nullable=False),
	Column("edited", Integer, nullable=False),
	Column("deleted", Integer, nullable=False),
	Column("own_normal", Text),
	Column("event", Text),
	Column("named", Text),
	Column("text", Text, Computed("CASE wordless WHEN 0 THEN coalesce(own_text, raw) END", persisted=False)),
	Column("normal", Text, Computed("coalesce(own_normal, raw)", persisted=False)),
	Index("ix_version_event", "event", sqlite_where=text("event IS NOT NULL")),
	Index("ix_version_owner", "id", "message_id"),
)
"""One immutable body of a message; only which message it is of can change. `id` = seconds of its first observed wall
time × 2^20 + n (newest-first needs no sort). `text`: what was written, none where `wordless`. `normal`: what the
full-text indexes read (NFC, without invisible characters; the text and the file's name). Most bodies are their own text
and normal form, so what is stored of these is what differs (`own_text`, `own_normal`): a body stands in the file once
instead of three times. `ix_version_owner`: whose the hits of a search are, without reading their texts. `event`,
`named` (JSON): what a line of the app tells of, and whom it names."""

observation = Table(
	"observation",
	metadata,
	Column("export_id", ForeignKey("export.id"), primary_key=True),
	Column("ord", Integer, primary_key=True),
	Column("sent_at", Text, nullable=False),
	Column("precision", Text, nullable=False),
	Column("sender", Text, index=True),
	Column("kind", Text, nullable=False),
	Column("flags", Text, nullable=False, server_default=""),
	Column("version_id", Integer, nullable=False),
	Column("message_id", Integer, nullable=False, index=True),
	Column("is_media", Integer, nullable=False),
	Column("media_name", Text),
	Column("file_id", ForeignKey("sealed_file.id")),
	Column("salt", LargeBinary, nullable=False),
	Column("leaf", LargeBinary, nullable=False),
	Index("ix_observation_media", "message_id", sqlite_where=text("is_media = 1")),
	Index("ix_observation_file", "file_id", sqlite_where=text("file_id IS NOT NULL")),
	sqlite_with_rowid=False,
)
"""One record as one export shows it; what it says is never changed, only which message it is of. `leaf`: SHA-256(salt ‖
what it says). Versions and messages are written with their records and go with the last of these, so the tables check
no reference to them row by row, which would cost an import a tenth of its time; the check of the archive does."""

leaf = Table(
	"leaf",
	metadata,
	Column("export_id", ForeignKey("export.id"), primary_key=True),
	Column("ord", Integer, primary_key=True),
	Column("leaf", LargeBinary, nullable=False),
)
"""Leaves of observations that were erased, so that the roots of their imports still verify."""

request = Table(
	"request",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("reference", Text, nullable=False, unique=True),
	Column("regime", Text, nullable=False),
	Column("received", Text, nullable=False),
	Column("requester", Text, nullable=False),
	Column("wording", Text, nullable=False),
	Column("status", Text, nullable=False),
	Column("set_confirmed", Integer, nullable=False),
	Column("answered_on", Text),
	Column("include", Text, nullable=False, server_default="[]"),
	Column("source_json", Text),
	Column("created_at", Text, nullable=False),
	Column("kind", Text, nullable=False, server_default="access"),
	Column("of_request_id", ForeignKey("request.id")),
	Column("arrived_by", Text, nullable=False, server_default=""),
	Column("form_wanted", Text, nullable=False, server_default=""),
	Column("address", Text, nullable=False, server_default=""),
)
"""`include`: the live query, JSON; `source_json`: the REQUEST.json of `cranford disclose`, canonical, if it came so.
`kind`: "access", another data right, or "review" of `of_request_id`; `address`: where the answer goes."""

request_message = Table(
	"request_message",
	metadata,
	Column("request_id", ForeignKey("request.id"), primary_key=True),
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("added_at", Text, nullable=False),
	Column("search_id", ForeignKey("search_record.id")),
)

decision = Table(
	"decision",
	metadata,
	Column("request_id", ForeignKey("request.id"), primary_key=True),
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("choice", Text, nullable=False),
	Column("exemption", Text),
	Column("reason", Text),
	Column("prejudice", Text),
	Column("public_interest", Text),
	Column("balance", Text),
	Column("with_media", Integer, nullable=False, server_default="0"),
	Column("version_id", Integer, nullable=False),
	Column("decided_at", Text, nullable=False),
	Column("more_exemptions", Text, nullable=False, server_default="[]"),
)
"""`version_id`: the shown version at the time; another one since then means "changed since decided".
`more_exemptions`: JSON, codes besides the first."""

redaction = Table(
	"redaction",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("kind", Text, nullable=False),
	Column("value", Text, nullable=False),
	Column("exemption", Text, nullable=False),
	Column("reason", Text),
	Column("stand_in", Text),
	Column("message_id", ForeignKey("message.id")),
	Column("start", Integer),
	Column("end", Integer),
	Column("made_at", Text, nullable=False),
	Column("ticks", Text, nullable=False, server_default=""),
)

search_record = Table(
	"search_record",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("at", Text, nullable=False),
	Column("words", Text, nullable=False),
	Column("found", Integer, nullable=False),
	Column("added", Integer, nullable=False),
	Column("wanted", Text, nullable=False, server_default="[]"),
)

pack = Table(
	"pack",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("number", Integer, nullable=False),
	Column("made_at", Text, nullable=False),
	Column("result", Text, nullable=False),
	Column("superseded", Integer, nullable=False, server_default="0"),
	Column("placed_at", Text),
	Column("sent_on", Text),
	Column("sent_how", Text),
	Column("withdrawn_on", Text),
	Column("withdrawn_why", Text),
	Column("withdrawn_from", Text),
	Column("sent_to", Text),
	Column("sent_files", Text),
	UniqueConstraint("request_id", "number"),
)
"""`result` is JSON; `placed_at`: the folder outside to which the clerk put a copy."""

pack_file = Table(
	"pack_file",
	metadata,
	Column("pack_id", ForeignKey("pack.id"), primary_key=True),
	Column("path", Text, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
)

case_file = Table(
	"case_file",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("reference", Text, nullable=False, unique=True),
	Column("kind", Text, nullable=False),
	Column("title", Text, nullable=False),
	Column("stage", Text, nullable=False),
	Column("logged_at", Text, nullable=False),
	Column("happened_on", Text, nullable=False),
	Column("noticed_at", Text),
	Column("people", Text, nullable=False),
	Column("facts", Text, nullable=False),
	Column("own_view", Text, nullable=False),
	Column("clause", Text),
	Column("reported_by", Text, nullable=False),
	Column("closed_on", Text),
	CheckConstraint("kind IN ('policy_breach', 'dispute', 'data_breach')", name="kind"),
)

case_step = Table(
	"case_step",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("case_id", ForeignKey("case_file.id"), nullable=False, index=True),
	Column("at", Text, nullable=False),
	Column("what", Text, nullable=False),
	Column("note", Text, nullable=False),
)

evidence = Table(
	"evidence",
	metadata,
	Column("case_id", ForeignKey("case_file.id"), primary_key=True),
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("frozen", Text, nullable=False),
	Column("sha256", Text, nullable=False),
	Column("added_at", Text, nullable=False),
)
"""`frozen`: JSON copy of the message as it stood."""

review = Table(
	"review",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("started_at", Text, nullable=False),
	Column("on_date", Text, nullable=False),
	Column("page", Text, nullable=False),
	Column("minute", Text, nullable=False),
	Column("minute_pending", Integer, nullable=False),
	Column("note", Text, nullable=False),
	Column("finished_at", Text),
	Column("outcome", Text, nullable=False),
	Column("report_id", ForeignKey("sealed_file.id")),
)

review_file = Table(
	"review_file",
	metadata,
	Column("review_id", ForeignKey("review.id"), primary_key=True),
	Column("path", Text, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
)
"""What a finished review produced: its report as PDF and as Excel."""

policy_version = Table(
	"policy_version",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("title", Text, nullable=False),
	Column("text", Text, nullable=False),
	Column("adopted", Text, nullable=False),
	Column("minute", Text, nullable=False),
	Column("review_due", Text, nullable=False),
	Column("recorded_at", Text, nullable=False),
)
"""`review_due` is a month: "2026-09"."""

finding_mark = Table(
	"finding_mark",
	metadata,
	Column("key", Text, primary_key=True),
	Column("mark", Text, nullable=False),
	Column("reason", Text, nullable=False, server_default=""),
	Column("at", Text, nullable=False),
	CheckConstraint("mark IN ('dismissed', 'listed')", name="mark"),
)
"""What the clerk did with a finding of what the archive does not hold."""

ask = Table(
	"ask",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("kind", Text, nullable=False),
	Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
	Column("groups", Text, nullable=False),
	Column("asked_on", Text, nullable=False),
	Column("how", Text, nullable=False),
	Column("due", Text),
	Column("reply", Text),
	Column("replied_on", Text),
	Column("note", Text, nullable=False, server_default=""),
	Column("year", Integer),
	Column("made_at", Text, nullable=False),
)
"""A member asked for an export, and what they answered. `groups` is JSON."""

transfer = Table(
	"transfer",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("made_at", Text, nullable=False),
	Column("member", Text, nullable=False),
	Column("what", Text, nullable=False),
	Column("start", Text, nullable=False),
	Column("end", Text, nullable=False),
	Column("messages", Integer, nullable=False),
	Column("to_whom", Text, nullable=False),
	Column("form", Text, nullable=False),
	Column("sha256", Text, nullable=False),
)
"""Messages handed on to the council's e-mail (policy section 5, second point)."""

ledger = Table(
	"ledger",
	metadata,
	Column("number", Integer, primary_key=True),
	Column("at", Text, nullable=False),
	Column("action", Text, nullable=False),
	Column("detail", Text, nullable=False),
	Column("previous", Text, nullable=False),
	Column("hash", Text, nullable=False),
)
"""Record of actions: hash-chained, append-only, without message text or names. `detail` is canonical JSON."""

_STEMS = "porter unicode61 remove_diacritics 2"
_AS_WRITTEN = "unicode61 remove_diacritics 2"
INDEXES = {
	"version_text": ("version", _STEMS),
	"version_plain": ("version", _AS_WRITTEN),
	"file_words": ("file_text", _STEMS),
	"file_plain": ("file_text", _AS_WRITTEN),
}
"""Full-text indexes over a column `normal`, twice each: by stems, so that "drain" finds "drains", and as written, for
exact words, beginnings of words, and the words the archive knows. Nothing is ranked, so sizes are not kept."""
FULL_TEXT = (
	*(
		f"CREATE VIRTUAL TABLE {name} USING fts5(normal, content='{table}', content_rowid='id', columnsize=0, "
		f"tokenize='{tokens}')"
		for name, (table, tokens) in INDEXES.items()
	),
	*(f"INSERT INTO {name}({name}, rank) VALUES('secure-delete', 1)" for name in INDEXES),
	"CREATE VIRTUAL TABLE version_term USING fts5vocab(version_plain, 'row')",
	"CREATE VIRTUAL TABLE version_stem USING fts5vocab(version_text, 'row')",
	"CREATE VIRTUAL TABLE file_term USING fts5vocab(file_plain, 'row')",
)
TRIGGERS = (
	"CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END",
	"CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END",
	"CREATE TRIGGER version_no_update BEFORE UPDATE OF id, raw, wordless, own_text, kind, edited, deleted, own_normal, "
	"event, named ON version BEGIN SELECT RAISE(ABORT, 'immutable'); END",
)
