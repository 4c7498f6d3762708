"""The app's own lines in a chat, as data: who was added, who left, what was changed.

Each template is matched against a whole line, never against a part of it: "she left early" is a message. Names of
places: {n} one name, {m} one or more names, {q} a quoted name, {x} anything. A full stop at the end and an invitation
to tap are optional everywhere, straight and typographic quotes and apostrophes are the same.
"""

import re
from typing import NamedTuple

_TEMPLATES: tuple[tuple[str, str], ...] = (
	# Encryption
	(
		"encryption",
		"Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or "
		"listen to them",
	),
	(
		"encryption",
		"Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them",
	),
	("encryption", "Messages and calls are end-to-end encrypted{x}"),
	("encryption", "Messages to this {o:group|chat|community} and calls are now secured with end-to-end encryption"),
	("encryption", "Messages to this {o:group|chat} are now secured with end-to-end encryption"),
	("encryption", "Messages you send to this {o:group|chat}{x}are {o:now |}secured with end-to-end encryption"),
	("encryption", "Messages to this {o:group|chat}{x}are {o:now |}end-to-end encrypted"),
	# Creation
	("created", "{n} created group {q}"),
	("created", "{n} created the group {q}"),
	("created", "{n} created this group"),
	("created", "{n} created group"),
	("created", "Group creation{x}"),
	# People come and go
	("added", "{n} added {m}"),
	("added", "{n} added you to a group in the community: {x}"),
	("added", "{m} was added"),
	("added", "{m} were added"),
	("removed", "{n} removed {m}"),
	("removed", "{m} was removed"),
	("removed", "{m} were removed"),
	("joined", "{m} joined using this group's invite link"),
	("joined", "{m} joined using your invite"),
	("joined", "{m} joined using an invite from {n}"),
	("joined", "{m} joined using a group link"),
	("joined", "{m} joined from the community"),
	("joined", "{m} joined via {x}"),
	("joined", "{m} joined"),
	("joined", "{m} requested to join"),
	("joined", "{n} approved {x} to join"),
	("left", "{m} left"),
	("left", "{m} left the group"),
	("contact", "{n} is a contact"),
	("contact", "{n} is not in your contacts{x}"),
	("contact", "You blocked this contact"),
	("contact", "You unblocked this contact"),
	("contact", "This chat is with a business account{x}"),
	("contact", "This business {x}"),
	("contact", "{n} {o:may have |}registered as a business account{x}"),
	# Subject, icon, description
	("subject", "{n} changed the subject from {q} to {q}"),
	("subject", "{n} changed the subject to {q}"),
	("subject", "{n} changed the group name from {q} to {q}"),
	("subject", "{n} changed the group name to {q}"),
	("subject", "The group name was changed{x}to {q}"),
	("icon", "{n} changed this group's icon"),
	("icon", "{n} deleted this group's icon"),
	("icon", "{n} changed the group {o:icon|photo|picture}"),
	("icon", "{n} {o:removed|deleted} the group {o:icon|photo|picture}"),
	("description", "{n} changed the group description"),
	("description", "{n} changed the description{x}"),
	("description", "{n} deleted the group description"),
	("description", "{n} removed the group description"),
	# Rights and settings
	("admin", "You're now an admin"),
	("admin", "You're no longer an admin"),
	("admin", "You are now an admin"),
	("admin", "You are no longer an admin"),
	("admin", "{n} is now an admin"),
	("admin", "{n} is no longer an admin"),
	("admin", "{n} made {m} an admin"),
	("admin", "{n} dismissed {m} as {o:an |}admin"),
	("settings", "{n} changed this group's settings to allow {x}"),
	("settings", "{n} changed this group's settings{x}"),
	("settings", "{n} changed the group settings{x}"),
	("settings", "{n} changed the settings so {x}"),
	("settings", "{n} allowed {x} to {x} this group{x}"),
	("settings", "{n} turned on admin approval to join this group"),
	("settings", "{n} turned off admin approval to join this group"),
	("settings", "{n} turned {o:on|off} {x}for new members"),
	("settings", "{n} reset this group's invite link"),
	("settings", "{n} revoked this group's invite link"),
	("settings", "This group has over {x} participants{x}"),
	("settings", "This group is now {x}"),
	# Disappearing messages
	("disappearing_on", "{n} turned on disappearing messages. {x}"),
	("disappearing_on", "{n} turned on disappearing messages"),
	("disappearing_on", "{n} updated the message timer. {x}"),
	("disappearing_on", "{n} changed the message timer{x}"),
	("disappearing_on", "{n} set messages to disappear{x}"),
	("disappearing_on", "{n} {o:uses|use} a default timer for disappearing messages in new chats{x}"),
	("disappearing_on", "Disappearing messages were turned on{x}"),
	("disappearing_off", "{n} turned off disappearing messages{x}"),
	("disappearing_off", "Disappearing messages were turned off{x}"),
	# Pins
	("pin", "{n} pinned a message"),
	("pin", "{n} unpinned a message"),
	("pin", "{n} kept this message"),
	("pin", "{n} kept a message"),
	# Numbers and codes
	("number", "{n} changed their phone number to a new number"),
	("number", "{n} changed their phone number{x}"),
	("number", "{n} changed {o:his|her} phone number{x}"),
	("number", "{n} changed from {n} to {n}"),
	("number", "{n} changed to {n}"),
	("number", "Your phone number changed{x}"),
	("code", "Your security code with {n} changed"),
	("code", "{n}'s security code changed"),
	("code", "Your security code{x}changed"),
	# Communities
	("community", "{n} added this group to the community{x}"),
	("community", "{n} removed this group from the community{x}"),
	("community", "This group was added to the community{x}"),
	("community", "This group was removed from the community{x}"),
	("community", "{n} created {o:the|this} community{x}"),
	("community", "{n} deactivated {o:the|this} community{x}"),
	("community", "Welcome to {o:your|the} community{x}"),
	("community", "This group is {o:part of|in} the community{x}"),
	("community", "Anyone in the community {x}"),
	# Privacy, Meta AI
	("privacy_on", "{n} turned on advanced chat privacy{x}"),
	("privacy_off", "{n} turned off advanced chat privacy{x}"),
	("other", "Messages are generated by AI{x}"),
	("other", "Meta AI {x}"),
	("other", "This chat can now {x}"),
	("other", "{n} started a poll"),
	("other", "This message can't be displayed here{x}"),
)
"""Event and text. Facts about the English app, 2016 to 2026."""

_TAP = r"(?:[.!]? ?(?:(?:Tap|Click) (?:to|for|here)[^\n]{0,80}|Learn more|See options))?[.!]?"
_QUOTE = "[\"“”„«»‘’']"
_PLACES = {
	"n": "(?P<n{0}>.{{1,200}}?)",
	"m": "(?P<m{0}>.{{1,1000}}?)",
	"q": f"{_QUOTE}(?P<q{{0}}>.{{{{0,200}}}}?){_QUOTE}",
	"x": ".{{0,1000}}?",
}
_STRONG = 24
"""Letters of fixed wording from which nobody would write the line by hand."""


class Event(NamedTuple):
	"""A line that the app itself wrote."""

	event: str
	actor: str
	"""The first name of the line: who did it, or whom it is about; "" where it names nobody."""
	names: tuple[str, ...]
	"""Everybody the line names."""
	quoted: tuple[str, ...]
	"""Names in quotes: of the group, old and new."""
	strong: bool
	"""The fixed wording is long enough that nobody would type it."""


class _Template(NamedTuple):
	event: str
	literal: str
	letters: int
	pattern: re.Pattern[str]


def _compile(event: str, text: str) -> _Template:
	"""Make a template of the table above ready to match."""
	pattern = ""
	literals: list[str] = []
	for number, piece in enumerate(re.split(r"(\{[^}]*\})", text)):
		if piece.startswith("{o:"):
			pattern += "(?:" + "|".join(map(re.escape, piece[3:-1].split("|"))) + ")"
		elif piece.startswith("{"):
			pattern += _PLACES[piece[1]].format(number)
		else:
			literals.extend(piece.split("'"))
			pattern += re.escape(piece).replace("'", "['’]")
	letters = sum(map(len, literals))
	return _Template(event, max(literals, key=len), letters, re.compile(rf"{pattern}{_TAP}\s{{0,20}}", re.DOTALL))


_COMPILED = tuple(_compile(event, text) for event, text in _TEMPLATES)
_LISTED = re.compile(r", | and | & ")
_LEADING = "\u200e\u200f\ufeff"
_LONGEST = 2000


def match(line: str) -> Event | None:
	"""Return what the app says in this line; None where the whole line is none of its own."""
	line = line.lstrip(_LEADING)
	if len(line) > _LONGEST:
		return None
	for template in _COMPILED:
		if template.literal not in line:
			continue
		found = template.pattern.fullmatch(line)
		if found is None:
			continue
		actor, names, quoted = "", [], []
		for group, value in found.groupdict().items():
			if group[0] == "q":
				quoted.append(value)
				continue
			# The first name stands at the line's start: what goes before it there decides whether it is a name.
			actor = actor or value
			names.append(value)
			if group[0] == "m" and _LISTED.search(value):
				names.extend(_LISTED.split(value))
		if not _plausible(actor):
			continue
		return Event(template.event, actor, tuple(names), tuple(quoted), template.letters >= _STRONG)
	return None


def _plausible(actor: str) -> bool:
	"""Say whether the first name of a line can be a name: "Tom:" is the sender of a message instead."""
	return not actor.endswith(":") and "\n" not in actor
