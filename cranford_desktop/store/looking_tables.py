"""Tables of what the clerk makes of the messages: kinds and tags, items for a meeting, suggestions, searches she keeps,
and what is known of the files beside the messages. Times as in `schema`.
"""

from sqlalchemy import (
	CheckConstraint,
	Column,
	ForeignKey,
	ForeignKeyConstraint,
	Index,
	Integer,
	LargeBinary,
	Table,
	Text,
	UniqueConstraint,
)
from sqlalchemy import text as sql

from cranford_desktop.store.table_names import metadata

tag = Table(
	"tag",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("sort", Text, nullable=False),
	Column("name", Text, nullable=False),
	Column("folded", Text, nullable=False),
	Column("made_at", Text, nullable=False),
	UniqueConstraint("sort", "folded"),
	CheckConstraint("sort IN ('topic', 'shows')", name="sort"),
	sqlite_autoincrement=True,
)
"""`sort`: "topic", in the council's words; "shows", what photos and documents are of: event, asset, project. A number
is never used again: undoing brings a forgotten tag back under its own."""

message_tag = Table(
	"message_tag",
	metadata,
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("tag_id", ForeignKey("tag.id"), primary_key=True, index=True),
	Column("added_at", Text, nullable=False),
)

_RECORD = ["observation.export_id", "observation.ord"]

kind_said = Table(
	"kind_said",
	metadata,
	Column("export_id", Integer, primary_key=True),
	Column("ord", Integer, primary_key=True),
	Column("category", Text, nullable=False),
	ForeignKeyConstraint(["export_id", "ord"], _RECORD),
	CheckConstraint("category IN ('personal', 'mixed', 'sensitive')", name="category"),
	sqlite_with_rowid=False,
)
"""What the clerk said of a message, kept with each record that showed it then: when messages join or part it goes where
the record goes, whatever order the exports come in. `message.category` and `message_tag` follow from it."""

tag_said = Table(
	"tag_said",
	metadata,
	Column("export_id", Integer, primary_key=True),
	Column("ord", Integer, primary_key=True),
	Column("tag_id", ForeignKey("tag.id"), primary_key=True, index=True),
	Column("added_at", Text, nullable=False),
	ForeignKeyConstraint(["export_id", "ord"], _RECORD),
	sqlite_with_rowid=False,
)

sorting = Table(
	"sorting",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("what", Text, nullable=False),
	Column("detail", Text, nullable=False),
	Column("at", Text, nullable=False),
	Column("undone_at", Text),
	CheckConstraint("what IN ('kind', 'tag', 'untag', 'rename', 'merge', 'forget')", name="what"),
)
"""One act of sorting, whatever number of messages it reached. `detail`: JSON, what was said and of how many."""

sorting_record = Table(
	"sorting_record",
	metadata,
	Column("sorting_id", ForeignKey("sorting.id"), primary_key=True),
	Column("export_id", Integer, primary_key=True),
	Column("ord", Integer, primary_key=True),
	Column("tag_id", Integer, primary_key=True),
	Column("was", Text, nullable=False),
	Index("ix_sorting_record_place", "export_id", "ord"),
	sqlite_with_rowid=False,
)
"""Each record that an act of sorting changed, and how it was: a kind (`tag_id` 0), "with" or "without" the tag."""

meeting_item = Table(
	"meeting_item",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
	Column("route", Text, nullable=False),
	Column("subject", Text, nullable=False),
	Column("note", Text, nullable=False, server_default=""),
	Column("meeting_on", Text),
	Column("added_at", Text, nullable=False),
	Column("reported_at", Text),
	Column("dealt_on", Text),
	Column("outcome", Text, nullable=False, server_default=""),
	CheckConstraint("route IN ('agenda', 'email')", name="route"),
)
"""A message whose matter goes to a formal channel (policy section 2, second point). `meeting_on`: null for the next
meeting; `reported_at`: when it last stood in a report; `dealt_on`, `outcome`: minute reference or what became of it."""

meeting_report = Table(
	"meeting_report",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("meeting_on", Text),
	Column("items", Integer, nullable=False),
	Column("quoted", Integer, nullable=False),
	Column("made_at", Text, nullable=False),
)
"""`meeting_on`: null where no date was known; `quoted`: whether the messages' words stand in it."""

meeting_report_file = Table(
	"meeting_report_file",
	metadata,
	Column("report_id", ForeignKey("meeting_report.id"), primary_key=True),
	Column("path", Text, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
)

suggestion = Table(
	"suggestion",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
	Column("version_id", Integer, nullable=False),
	Column("detector", Text, nullable=False),
	Column("start", Integer, nullable=False),
	Column("end", Integer, nullable=False),
	Column("found_at", Text, nullable=False),
	Column("state", Text, nullable=False, server_default="open"),
	Column("reason", Text, nullable=False, server_default=""),
	Column("answered_at", Text),
	UniqueConstraint("version_id", "detector", "start", "end"),
	Index("ix_suggestion_open", "message_id", sqlite_where=sql("state = 'open'")),
	CheckConstraint("state IN ('open', 'dismissed', 'dealt')", name="state"),
)
"""A place in a text that may be sensitive, or may be a decision; it decides nothing. `start`, `end`: characters of the
version's text. No words are kept here: the place is looked up in the version."""

watched_word = Table(
	"watched_word",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("words", Text, nullable=False),
	Column("folded", Text, nullable=False, unique=True),
	Column("added_at", Text, nullable=False),
)
"""The council's own words to be pointed at."""

saved_search = Table(
	"saved_search",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("name", Text, nullable=False),
	Column("folded", Text, nullable=False, unique=True),
	Column("query", Text, nullable=False),
	Column("saved_at", Text, nullable=False),
)
"""`query`: JSON."""

file_text = Table(
	"file_text",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
	Column("source", Text, nullable=False),
	Column("state", Text, nullable=False),
	Column("normal", Text, nullable=False, server_default=""),
	Column("read_at", Text, nullable=False),
	UniqueConstraint("file_id", "source"),
	CheckConstraint("source IN ('content', 'gist')", name="source"),
	CheckConstraint("state IN ('read', 'no_text', 'unreadable', 'too_large')", name="state"),
)
"""The words of a PDF or Word file, or the gist of a voice note in the clerk's words, for the full text."""

listened = Table(
	"listened",
	metadata,
	Column("file_id", ForeignKey("sealed_file.id"), primary_key=True),
	Column("by", Text, nullable=False),
	Column("on_date", Text, nullable=False),
	Column("gist", Text, nullable=False, server_default=""),
	Column("recorded_at", Text, nullable=False),
)
"""Who listened to a voice note or looked at a video, and what it is about."""

outside_copy = Table(
	"outside_copy",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False, index=True),
	Column("folder", Text, nullable=False),
	Column("name", Text, nullable=False),
	Column("at", Text, nullable=False),
	Column("gone_on", Text),
)
"""A copy of a file that the clerk saved outside the archive to look at or listen to; listed at an erasing."""

thumbnail = Table(
	"thumbnail",
	metadata,
	Column("file_id", ForeignKey("sealed_file.id"), primary_key=True),
	Column("box", Integer, primary_key=True),
	Column("jpeg", LargeBinary),
)
"""Small pictures of photos, kept under the archive's own encryption. `box`: pixels; null: cannot be shown."""
