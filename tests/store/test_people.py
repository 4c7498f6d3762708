"""Naming the people behind renderings."""

import pytest

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.errors import NotFound
from cranford_desktop.store import messages, people
from tests.store.books_support import NOW, bare_archive, export, said, take

NUMBER = "\u202a+44\u00a07700\u00a0900123\u202c"


def test_naming_a_sender_names_its_messages() -> None:
	with bare_archive() as c:
		take(c, export([said("one", sender=NUMBER), said("two", sender="Jane S"), said("three", sender="Tom Reed")]))
		assert [(one.rendered, one.name, one.messages) for one in people.senders(c)] == [
			("+44 7700 900123", None, 1),
			("Jane S", None, 1),
			("Tom Reed", None, 1),
		]
		first = people.name_sender(c, NUMBER, "Cllr Jane Shaw", "Chairman", NOW)
		assert people.name_sender(c, "jane s", "cllr jane shaw ", None, NOW) == first
		rows = messages.rows(c, [1, 2, 3])
		assert [row.sender for row in rows] == ["cllr jane shaw", "cllr jane shaw", "Tom Reed"]
		assert [row.role for row in rows] == ["Chairman", "Chairman", None]
		assert rows[0].sender_as_exported == NUMBER
		(person,) = people.people(c)
		assert person.aliases == ("+44 7700 900123", "Jane S")
		for name in ("Cllr Jane Shaw", "JANE S", "07700 900 123", "+447700900123", "0044 7700 900123"):
			assert people.find_person(c, name) == person
			assert list(messages.message_ids(c, MessageFilter(person=name))) == [1, 2]
		assert people.find_person(c, "Tom Reed") is None
		assert list(messages.message_ids(c, MessageFilter(person="Tom Reed"))) == [3]


def test_another_persons_rendering_is_not_taken_for_their_name() -> None:
	with bare_archive() as c:
		take(c, export([said("one", sender="Rob"), said("two", sender="+44 7700 900456")]))
		robert = people.name_sender(c, "Rob", "Robert Hale", None, NOW)
		other = people.name_sender(c, "+44 7700 900456", "Rob", None, NOW)
		assert other != robert
		assert [one.name for one in people.people(c)] == ["Rob", "Robert Hale"]


def test_renaming_leaves_nobody_without_a_name() -> None:
	with bare_archive() as c:
		take(c, export([said("one", sender="Rob")]))
		people.name_sender(c, "Rob", "Robert Hale", "Clerk", NOW)
		people.name_sender(c, "Rob", "Robin Hall", None, NOW)
		assert [(one.name, one.role) for one in people.people(c)] == [("Robin Hall", None)]


def test_a_name_no_export_shows_cannot_be_named() -> None:
	with bare_archive() as c, pytest.raises(NotFound):
		people.name_sender(c, "Nobody", "Somebody", None, NOW)


def test_renderings_that_differ_in_case_only_keep_their_own_spelling() -> None:
	with bare_archive() as c:
		take(c, export([said("one", sender="sue"), said("two", sender="Sue")]))
		assert [row.sender for row in messages.rows(c, [1, 2])] == ["sue", "Sue"]
		assert [(one.rendered, one.messages) for one in people.senders(c)] == [("Sue", 2)]


def test_the_groups_of_a_sender() -> None:
	with bare_archive() as c:
		take(c, export([said("one", sender="Sue")]), group="B")
		take(c, export([said("two", sender="Sue")], "a"), group="A")
		assert [one.groups for one in people.senders(c)] == [("A", "B")]
