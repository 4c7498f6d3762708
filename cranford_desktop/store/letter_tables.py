"""Tables of letters about requests: what the council words itself, what was filled in, and what went out."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from cranford_desktop.store.table_names import metadata

letter_wording = Table(
	"letter_wording",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("kind", Text, nullable=False),
	Column("regime", Text, nullable=False),
	Column("request_id", ForeignKey("request.id")),
	Column("subject", Text, nullable=False),
	Column("body", Text, nullable=False),
	Column("changed_at", Text, nullable=False),
	Index("ix_letter_wording", "kind", "regime", text("coalesce(request_id, 0)"), unique=True),
)
"""The council's own wording of a kind of letter under a law; with a `request_id`, of that one letter only."""

letter_answer = Table(
	"letter_answer",
	metadata,
	Column("request_id", ForeignKey("request.id"), primary_key=True),
	Column("field", Text, primary_key=True),
	Column("value", Text, nullable=False),
	Column("changed_at", Text, nullable=False),
)
"""What the clerk filled in for a request's letters. `field`: a merge field, or "s40(2):why" for a reason in the law."""

letter = Table(
	"letter",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("request_id", ForeignKey("request.id"), nullable=False, index=True),
	Column("number", Integer, nullable=False),
	Column("kind", Text, nullable=False),
	Column("subject", Text, nullable=False),
	Column("sent_on", Text, nullable=False),
	Column("how", Text, nullable=False),
	Column("pack_id", ForeignKey("pack.id")),
	Column("frozen_at", Text, nullable=False),
	UniqueConstraint("request_id", "number"),
	CheckConstraint("how IN ('email', 'post', 'hand')", name="how"),
)
"""A letter that went out, never changed. `pack_id`: the pack it went out with."""

letter_file = Table(
	"letter_file",
	metadata,
	Column("letter_id", ForeignKey("letter.id"), primary_key=True),
	Column("path", Text, primary_key=True),
	Column("file_id", ForeignKey("sealed_file.id"), nullable=False),
)
"""The letter as PDF, Word file and text."""

TABLES = (letter_wording, letter_answer, letter, letter_file)
