"""Tables of a request's life: what happened to it, where was looked, what it cost, its reasons, and its second look.

The request itself, its set, its decisions and its packs stand in `schema`.
"""

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, Table, Text

from cranford_desktop.store.table_names import metadata

request_event = Table(
	"request_event",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("kind", Text, nullable=False),
	Column("on_day", Text, nullable=False),
	Column("note", Text, nullable=False, server_default=""),
	Column("detail", Text, nullable=False, server_default="{}"),
	Column("made_at", Text, nullable=False),
	Column("taken_back_at", Text),
)
"""What happened to a request: a clarification asked for, a fee paid, an extension, a change of law, a note, a closing.
`detail` is JSON; an event that was recorded by mistake is taken back, never removed."""

request_place = Table(
	"request_place",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("place", Text, nullable=False),
	Column("who", Text, nullable=False),
	Column("person_id", ForeignKey("person.id")),
	Column("ask_id", ForeignKey("ask.id")),
	Column("asked_on", Text),
	Column("due", Text),
	Column("looked_for", Text, nullable=False, server_default=""),
	Column("looked_on", Text),
	Column("result", Text),
	Column("note", Text, nullable=False, server_default=""),
	Column("made_at", Text, nullable=False),
)
"""A place outside the archive that was searched, or a member who was asked: who looked, when, with what result.
What a member answered stands with the ask it belongs to."""

request_activity = Table(
	"request_activity",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("on_day", Text, nullable=False),
	Column("activity", Text, nullable=False),
	Column("minutes", Integer, nullable=False),
	Column("estimated", Integer, nullable=False, server_default="0"),
	Column("note", Text, nullable=False, server_default=""),
	Column("made_at", Text, nullable=False),
	CheckConstraint("activity IN ('determine', 'locate', 'retrieve', 'extract')", name="activity"),
)
"""Time that counts towards the cost limit (Fees Regulations 2004, regulation 4(3))."""

request_document = Table(
	"request_document",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("title", Text, nullable=False),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
	Column("added_at", Text, nullable=False),
	Column("taken_back_at", Text),
)
"""The request as it came, a letter from the regulator, anything that belongs to its file."""

request_reason = Table(
	"request_reason",
	metadata,
	Column("request_id", ForeignKey("request.id"), primary_key=True),
	Column("exemption", Text, primary_key=True),
	Column("field", Text, primary_key=True),
	Column("value", Text, nullable=False),
	Column("changed_at", Text, nullable=False),
)
"""What the law asks to be written down for an exemption, filled in once for a request and used by each decision."""

media_decision = Table(
	"media_decision",
	metadata,
	Column("request_id", ForeignKey("request.id"), primary_key=True),
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("sha256", Text, primary_key=True),
	Column("choice", Text, nullable=False),
	Column("exemption", Text),
	Column("reason", Text),
	Column("decided_at", Text, nullable=False),
	CheckConstraint("choice IN ('release', 'withhold', 'not_in_scope')", name="choice"),
)
"""What becomes of one photo or file of a message."""

photo_area = Table(
	"photo_area",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("sha256", Text, nullable=False),
	Column("page", Integer, nullable=False, server_default="0"),
	Column("left", Float, nullable=False),
	Column("top", Float, nullable=False),
	Column("width", Float, nullable=False),
	Column("height", Float, nullable=False),
	Column("exemption", Text, nullable=False),
	Column("reason", Text),
	Column("made_at", Text, nullable=False),
)
"""An area of a photo, or of a page of a document, that is burnt in; in fractions of the upright picture's size."""

decision_step = Table(
	"decision_step",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("message_id", ForeignKey("message.id"), nullable=False),
	Column("words", Text, nullable=False),
	Column("before", Text, nullable=False),
	Column("at", Text, nullable=False),
)
"""Steps of deciding that can be taken back, also after a restart. `before` is JSON: what stood there before."""

second_look = Table(
	"second_look",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("kind", Text, nullable=False),
	Column("by_whom", Text, nullable=False, server_default=""),
	Column("reason", Text, nullable=False, server_default=""),
	Column("seed", Integer, nullable=False),
	Column("numbers", Text, nullable=False, server_default="[]"),
	Column("started_at", Text, nullable=False),
	Column("finished_at", Text),
	CheckConstraint("kind IN ('other_person', 'another_day', 'skipped')", name="kind"),
)
"""A second look before a pack is made: by another person, by the clerk on another day, or skipped with its reason.
`numbers` is JSON: (message id, its number) as the review copy of this look printed them.
"""

second_look_mark = Table(
	"second_look_mark",
	metadata,
	Column("look_id", ForeignKey("second_look.id"), primary_key=True),
	Column("message_id", ForeignKey("message.id"), primary_key=True),
	Column("mark", Text, nullable=False),
	Column("note", Text, nullable=False, server_default=""),
	Column("shown", Text, nullable=False, server_default=""),
	Column("at", Text, nullable=False),
	CheckConstraint("mark IN ('right', 'change')", name="mark"),
)
"""What the second reader said of one message; `shown` is a keyed digest of what was read."""

added_holiday = Table(
	"added_holiday",
	metadata,
	Column("day", Text, primary_key=True),
	Column("why", Text, nullable=False),
	Column("nations", Text, nullable=False),
	Column("added_at", Text, nullable=False),
)
"""A bank holiday that the clerk added to the app's own table; `nations`: any of "E", "W", "S", "N"."""

TABLES = (
	request_event,
	request_place,
	request_activity,
	request_document,
	request_reason,
	media_decision,
	photo_area,
	decision_step,
	second_look,
	second_look_mark,
	added_holiday,
)
NEW_COLUMNS = (
	"redaction ADD COLUMN ticks TEXT NOT NULL DEFAULT ''",
	"request ADD COLUMN kind TEXT NOT NULL DEFAULT 'access'",
	"request ADD COLUMN of_request_id INTEGER REFERENCES request(id)",
	"request ADD COLUMN arrived_by TEXT NOT NULL DEFAULT ''",
	"request ADD COLUMN form_wanted TEXT NOT NULL DEFAULT ''",
	"request ADD COLUMN address TEXT NOT NULL DEFAULT ''",
	"request_message ADD COLUMN search_id INTEGER REFERENCES search_record(id)",
	"search_record ADD COLUMN wanted TEXT NOT NULL DEFAULT '[]'",
	"decision ADD COLUMN more_exemptions TEXT NOT NULL DEFAULT '[]'",
	"pack ADD COLUMN sent_on TEXT",
	"pack ADD COLUMN sent_how TEXT",
	"pack ADD COLUMN withdrawn_on TEXT",
	"pack ADD COLUMN withdrawn_why TEXT",
	"pack ADD COLUMN withdrawn_from TEXT",
	"pack ADD COLUMN sent_to TEXT",
	"pack ADD COLUMN sent_files TEXT",
	"export ADD COLUMN doubtful TEXT NOT NULL DEFAULT '[]'",
)
"""What step 3 adds to older tables, as they stand in `schema`."""
