"""Tables of who is who: people, their names, terms of office, and what the council keeps of its members."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from cranford_desktop.store.table_names import metadata

person = Table(
	"person",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("name", Text, nullable=False),
	Column("role", Text),
	Column("created_at", Text, nullable=False),
	Column("by_hand", Integer, nullable=False, server_default="0"),
)
"""`by_hand`: the clerk entered them; they stay though no chat shows them."""

alias = Table(
	"alias",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("person_id", ForeignKey("person.id")),
	Column("rendered", Text, nullable=False),
	Column("folded", Text, nullable=False, unique=True),
)
"""One row for each plain rendering that any export shows; `person_id` is null until the clerk names it."""

term_of_office = Table(
	"term_of_office",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
	Column("role", Text, nullable=False),
	Column("start", Text),
	Column("end", Text),
)
"""A person's roles in time: `end` is the last day, null while it lasts."""

alias_choice = Table(
	"alias_choice",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("key", Text, nullable=False, index=True),
	Column("first", Text, nullable=False),
	Column("second", Text, nullable=False),
	Column("said", Text, nullable=False),
	Column("before", Text, nullable=False, server_default="{}"),
	Column("at", Text, nullable=False),
	Column("taken_back_at", Text),
)
"""What the clerk said of a guess that two names are one person: "same", "different", "later". `before`: JSON, what
taking it back restores."""

person_detail = Table(
	"person_detail",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
	Column("kind", Text, nullable=False),
	Column("value", Text, nullable=False),
	Column("folded", Text, nullable=False),
	Column("source", Text, nullable=False),
	UniqueConstraint("person_id", "kind", "folded"),
	CheckConstraint("kind IN ('nickname', 'phone', 'email', 'address', 'note')", name="kind"),
)
"""What else a person is called or reached by: names that no phone shows for them but people write in messages, numbers,
addresses. `folded`: how it is compared; a number in its international form. `source`: "clerk", "contacts file"."""

person_join = Table(
	"person_join",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("kept_id", Integer, nullable=False),
	Column("gone_id", Integer, nullable=False),
	Column("before", Text, nullable=False),
	Column("at", Text, nullable=False),
	Column("taken_back_at", Text),
)
"""Two people the clerk made one. `before`: JSON, all that parting them again restores."""

acknowledgement = Table(
	"acknowledgement",
	metadata,
	Column("id", Integer, primary_key=True),
	Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
	Column("policy_id", ForeignKey("policy_version.id"), nullable=False),
	Column("on_date", Text, nullable=False),
	Column("how", Text, nullable=False),
	Column("recorded_at", Text, nullable=False),
	UniqueConstraint("person_id", "policy_id"),
)
"""Who said that they have read which version of the policy."""

leaver_step = Table(
	"leaver_step",
	metadata,
	Column("person_id", ForeignKey("person.id"), primary_key=True),
	Column("step", Text, primary_key=True),
	Column("done_on", Text, nullable=False),
	Column("note", Text, nullable=False, server_default=""),
)
"""What was done before and after a member left office; the steps themselves are data in `resources/policy`."""
