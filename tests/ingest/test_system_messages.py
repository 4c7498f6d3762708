"""The app's own lines: recognised whole, in every wording of the data, and never in what people write."""

import itertools
import re

import pytest

from cranford_desktop.ingest import system_messages
from cranford_desktop.ingest.chat_words import languages

NUMBERS = ("+44 7700 900123", "\u202a+44\u00a07700\u00a0900124\u202c")


def wordings():
	for language in languages():
		for line in language.lines:
			pieces = re.split(r"(\{[^{}]*\})", line.text)
			choices = []
			for piece in pieces:
				if piece.startswith("{o:"):
					choices.append(piece[3:-1].split("|"))
				elif piece.startswith("{You:"):
					choices.append([piece[5:-1]])
				else:
					choices.append([{"{n}": "Ann", "{m}": "Bob", "{q}": "“Hedge: café”", "{x}": ""}.get(piece, piece)])
			for chosen in itertools.product(*choices):
				yield language.code, line.event, "".join(chosen)


@pytest.mark.parametrize("code", [language.code for language in languages()])
def test_every_wording_is_recognised(code: str):
	said = [(event, text) for language, event, text in wordings() if language == code]
	assert len(said) > 20
	for event, text in said:
		for line in (
			text,
			f"{text}.",
			f"\u200e{text}",
			text.replace("'", "’"),
			text.replace("“", '"').replace("”", '"'),
		):
			found = system_messages.match(line)
			assert found is not None, line
			assert found.event == event, line


@pytest.mark.parametrize(
	("line", "event", "names"),
	[
		("Tom added Bob, Carol and Dave", "added", ("Tom", "Bob", "Carol", "Dave")),
		("Tom added Bob, Carol, and Dave", "added", ("Tom", "Bob", "Carol", "Dave")),
		("Tom added you", "added", ("Tom", "You")),
		("You were added", "added", ("You",)),
		("Bob, Carol were added", "added", ("Bob", "Carol")),
		("You removed Bob", "removed", ("You", "Bob")),
		("You left", "left", ("You",)),
		("~\u202fDave joined using this group's invite link", "joined", ("~\u202fDave",)),
		("Bob joined using an invite from Tom", "joined", ("Bob", "Tom")),
		("Bob requested to join.", "join_request", ("Bob",)),
		("You're now an admin", "admin", ("You",)),
		("You’re no longer an admin", "admin_lost", ("You",)),
		(f"{NUMBERS[0]} changed to {NUMBERS[1]}", "number", NUMBERS),
		("Tom changed their phone number to a new number. Tap to message or add the new number.", "number", ("Tom",)),
		("Your security code with Bob changed. Tap to learn more.", "code", ("Bob",)),
		("Tom added this group to the community: The Parish", "community", ("Tom",)),
		("Tom added you to a group in the community: The Parish", "added", ("Tom", "You")),
		("Tom removed the group description", "description", ("Tom",)),
		("Tom turned on admin approval to join this group. Tap to change.", "settings", ("Tom",)),
		("Tom turned off advanced chat privacy.", "privacy_off", ("Tom",)),
		(
			"Tom updated the message timer. New messages will disappear from this chat 24 hours after they're sent, "
			"except when kept. Tap to change.",
			"disappearing_on",
			("Tom",),
		),
		("Du hast Bob und Carl hinzugefügt.", "added", ("You", "Bob", "Carl")),
		("Tom hat dich entfernt.", "removed", ("Tom", "You")),
		("Deine Sicherheitsnummer für Bob hat sich geändert. Tippe, um mehr zu erfahren.", "code", ("Bob",)),
		("U hebt de groep verlaten", "left", ("You",)),
		("Bob neemt deel via uw uitnodiging", "joined", ("Bob", "You")),
		("Vous avez été ajouté(e)", "added", ("You",)),
		("Tom vous a retiré(e)", "removed", ("Tom", "You")),
		("Ana añadió a Bob, Carla y a Dani.", "added", ("Ana", "Bob", "Carla", "Dani")),
		("Ana te añadió.", "added", ("Ana", "You")),
		("Saliste del grupo.", "left", ("You",)),
		("Hai aggiunto Bob e Carla", "added", ("You", "Bob", "Carla")),
		("Bob adicionou você", "added", ("Bob", "You")),
		("Você saiu", "left", ("You",)),
	],
)
def test_who_is_named(line: str, event: str, names: tuple[str, ...]):
	found = system_messages.match(line)
	assert found is not None
	assert (found.event, found.names) == (event, names)


def test_names_in_quotes():
	for line in (
		'Tom changed the subject from "A" to "Planning: “hedge”"',
		"Tom changed the group name from “A” to “Planning: “hedge””.",
		"Tom hat den Betreff von „A“ zu „Planning: “hedge”“ geändert.",
	):
		found = system_messages.match(line)
		assert found is not None
		assert found.quoted == ("A", "Planning: “hedge”")
	found = system_messages.match("Tom a remplacé le sujet par «\u00a0La haie\u00a0»")
	assert found is not None
	assert found.quoted == ("La haie",)


def test_a_list_that_is_one_contact():
	found = system_messages.match("Tom added Mum and Dad and Bob")
	assert found is not None
	assert system_messages.named(found) == ("Tom", "Mum", "Dad", "Bob")
	found = system_messages.match("Tom added Mum and Dad")
	assert found is not None
	assert system_messages.named(found, {"Mum and Dad"}) == ("Tom", "Mum and Dad")
	assert system_messages.named(found, {"Tom"}) == ("Tom", "Mum", "Dad")


@pytest.mark.parametrize(
	"text",
	[
		"",
		"Bob left early, I think",
		"I changed the group description, see above",
		"Messages are end-to-end encrypted, I hear",
		"This message was removed",
		"Tom: added Bob",
		"Er hat gesagt, dass er die Gruppe verlassen hat, weil es zu viel war",
		"Dit bericht is verwijderd",
		"Ce message a été supprimé",
		"a" * 5000 + " left",
	],
)
def test_what_is_no_line_of_the_app(text: str):
	assert system_messages.match(text) is None


def test_lines_made_to_be_slow_are_not():
	for text in ("a allowed " + "this group " * 150, "a changed from " + " to " * 400, "a, " * 600 + "were added x"):
		assert system_messages.match(text) is None or len(text) < 2000
