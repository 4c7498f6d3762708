"""Names that are hard to tell, lines of the app, and prose that sounds like them."""

from .hostile import END, HYPHENS, IPHONE_END, IPHONE_TAIL, NL, PHONE, SUBJECT, A, L, P, Row, m, s
from .writer import ENCRYPTED

TIMER = (
	"updated the message timer. New messages will disappear from this chat 24 hours after they're sent, except when "
	"kept. Tap to change."
)
NAMES = [
	Row(
		"colon in a name that the app gave",
		f"{A}Tom added Allotments: Bob\n{A}Allotments: Bob: hello: all\n{A}Tom: hi\n",
		[s("Tom added Allotments: Bob"), m("Allotments: Bob", "hello: all"), m("Tom", "hi")],
	),
	Row(
		"colon in a name that comes again",
		f"{A}Allotments: Bob: one\n{A}Allotments: Bob: two\n{A}Allotments: Bob: three: four\n{END}",
		[*(m("Allotments: Bob", text) for text in ("one", "two", "three: four")), m("Bob", "end")],
	),
	Row(
		"a bold heading that comes again",
		f"{A}Ann: *Agenda*: one\n{A}Ann: *Agenda*: two\n{END}",
		[m("Ann", "*Agenda*: one"), m("Ann", "*Agenda*: two"), m("Bob", "end")],
	),
	Row(
		"somebody who sent nothing but photos",
		f"{P}Ann: {L}<attached: 00000011-PHOTO-2024-03-13-19-05-11.jpg>{NL}"
		f"{P}Ann: {L}<attached: 00000012-PHOTO-2024-03-13-19-05-11.jpg>{NL}{IPHONE_END}",
		[("Ann", "media", None), ("Ann", "media", None), *IPHONE_TAIL],
	),
	Row(
		"somebody who sent nothing but places",
		f"{A}Ann: Standort: https://maps.google.com/?q=51.5,-0.12\n"
		f"{A}Ann: Standort: https://maps.google.com/?q=51.6,-0.13\n{END}",
		[
			("Ann", "location", "Standort: https://maps.google.com/?q=51.5,-0.12"),
			("Ann", "location", "Standort: https://maps.google.com/?q=51.6,-0.13"),
			m("Bob", "end"),
		],
	),
	Row(
		"times that come again",
		f"{A}Ann: 19:30: start\n{A}Ann: 19:30: end\n{END}",
		[m("Ann", "19:30: start"), m("Ann", "19:30: end"), m("Bob", "end")],
	),
	Row(
		"a heading that comes again",
		f"{A}Ann: Apologies: Cy\n{A}Ann: Apologies: Dee\n{A}Ann: Item 3: hedge\n{A}Ann: Item 3: ditch\n{END}",
		[
			*(m("Ann", text) for text in ("Apologies: Cy", "Apologies: Dee", "Item 3: hedge", "Item 3: ditch")),
			m("Bob", "end"),
		],
	),
	Row(
		"two names of which one begins the other",
		f"{A}Tom added Allotments and Allotments: Bob\n"
		f"{A}Allotments: one\n{A}Allotments: Bob: two\n{A}Allotments: x: y\n",
		[
			s("Tom added Allotments and Allotments: Bob"),
			m("Allotments", "one"),
			m("Allotments: Bob", "two"),
			m("Allotments", "x: y"),
		],
	),
	Row(
		"dash in a name", f"{A}Clerk - Susan: hello - all\n{END}", [m("Clerk - Susan", "hello - all"), m("Bob", "end")]
	),
	Row(
		"dash and time in a name",
		f"{A}Susan 10:30 - 11:00 Clerk: hello\n{END}",
		[m("Susan 10:30 - 11:00 Clerk", "hello"), m("Bob", "end")],
	),
	Row("a name of one emoji", f"{A}👩‍🌾: hello\n{END}", [m("👩‍🌾", "hello"), m("Bob", "end")]),
	Row("a heart with its selector", f"{A}❤️: 💚\n{END}", [m("❤️", "💚"), m("Bob", "end")]),
	Row("a name of one letter", f"{A}x: y\n{END}", [m("x", "y"), m("Bob", "end")]),
	Row(
		"a nickname in quotes beside its namesake",
		f'{A}Tom: hi\n{A}Tom "Tommy" Smith: hello\n{END}',
		[m("Tom", "hi"), m('Tom "Tommy" Smith', "hello"), m("Bob", "end")],
	),
	Row("a number with no-break spaces", f"{A}{PHONE}: hi\n{END}", [m(PHONE, "hi"), m("Bob", "end")]),
	Row("a number with no-break hyphens", f"{P}{HYPHENS}: hi{NL}{IPHONE_END}", [m(HYPHENS, "hi"), *IPHONE_TAIL]),
	Row("an unsaved contact", f"{P}~\u202fDave: hi{NL}{IPHONE_END}", [m("~\u202fDave", "hi"), *IPHONE_TAIL]),
	Row("a tilde without a space", f"{A}~Dave: hi\n{END}", [m("~Dave", "hi"), m("Bob", "end")]),
	Row(
		"a contact called You",
		f"{A}You: hi\n{A}You: there\n{END}",
		[m("You", "hi"), m("You", "there"), m("Bob", "end")],
	),
	Row(
		"a member called like the group",
		f"{P}Planning: {L}{ENCRYPTED}{NL}{P}Planning: I am a person{NL}{IPHONE_END}",
		[s(ENCRYPTED, "Planning"), m("Planning", "I am a person"), *IPHONE_TAIL],
	),
	Row(
		"a member called like the group on Android",
		f"{A}{ENCRYPTED}\n{A}Planning: I am a person\n{END}",
		[s(ENCRYPTED), m("Planning", "I am a person"), m("Bob", "end")],
	),
	Row(
		"a right-to-left mark in a name",
		f"{A}\u200fDalia\u202e: hi\n{END}",
		[m("\u200fDalia\u202e", "hi"), m("Bob", "end")],
	),
	Row(
		"a title and a bracket",
		f"{A}Cllr. J. O'Brien (Chair): hi\n{END}",
		[m("Cllr. J. O'Brien (Chair)", "hi"), m("Bob", "end")],
	),
	Row("a name in brackets", f"{P}[Clerk] Susan: hi{NL}{IPHONE_END}", [m("[Clerk] Susan", "hi"), *IPHONE_TAIL]),
	Row("a name with a comma", f"{A}Smith, John: hi\n{END}", [m("Smith, John", "hi"), m("Bob", "end")]),
	Row(
		"a name that looks like a date",
		f"{A}13/03: hi\n{A}13/03: ho\n{END}",
		[m("13/03", "hi"), m("13/03", "ho"), m("Bob", "end")],
	),
]

APP_LINES = [
	Row("subject with a colon", f"{A}{SUBJECT}\n{A}Tom: hi\n", [s(SUBJECT), m("Tom", "hi")]),
	Row(
		"subject with a colon in curly quotes",
		f"{A}Tom changed the subject from “A: b” to “Planning: hedge”\n{A}Tom: hi\n",
		[s("Tom changed the subject from “A: b” to “Planning: hedge”"), m("Tom", "hi")],
	),
	Row(
		"group name with a colon in the newer wording",
		f"{A}~\u202fTom changed the group name to “Planning: hedge”.\n{A}Tom: hi\n",
		[s("~\u202fTom changed the group name to “Planning: hedge”."), m("Tom", "hi")],
	),
	Row(
		"group made with a colon",
		f'{A}Tom created group "A: b"\n{A}Tom: hi\n',
		[s('Tom created group "A: b"'), m("Tom", "hi")],
	),
	Row(
		"subject in the words of a person",
		f"{A}Ann: {SUBJECT}\n{A}Tom: hi\n{END}",
		[m("Ann", SUBJECT), m("Tom", "hi"), m("Bob", "end")],
	),
	Row(
		"subject without its actor in the words of a person",
		f'{A}Tom: changed the subject from "A" to "B: c"\n{END}',
		[m("Tom", 'changed the subject from "A" to "B: c"'), m("Bob", "end")],
	),
	Row(
		"number changed",
		f"{A}{PHONE} changed to {HYPHENS}\n{END}",
		[s(f"{PHONE} changed to {HYPHENS}"), m("Bob", "end")],
	),
	Row(
		"security code of a name with a colon",
		f"{A}Your security code with Allotments: Bob changed. Tap to learn more.\n{A}Allotments: Bob: hi\n{END}",
		[
			s("Your security code with Allotments: Bob changed. Tap to learn more."),
			m("Allotments: Bob", "hi"),
			m("Bob", "end"),
		],
	),
	Row(
		"a line of the app that nobody knows",
		f"{A}Tom did something new with this group\n{END}",
		[s("Tom did something new with this group"), m("Bob", "end")],
		{0: frozenset({"unknown_system"})},
	),
	Row(
		"an iPhone's line under the group's name",
		f"{P}Planning: {L}{ENCRYPTED}{NL}{P}Planning: {L}You were added{NL}"
		f"{P}Planning: {L}Something new{NL}{IPHONE_END}",
		[s(ENCRYPTED, "Planning"), s("You were added", "Planning"), s("Something new", "Planning"), *IPHONE_TAIL],
		{2: frozenset({"unknown_system"})},
	),
	Row(
		"an iPhone's group with a colon in its name",
		f"{P}Works: drains: {L}{ENCRYPTED}{NL}{P}Works: drains: {L}You were added{NL}"
		f"{P}Works: drains: {L}Something new{NL}{IPHONE_END}",
		[
			s(ENCRYPTED, "Works: drains"),
			s("You were added", "Works: drains"),
			s("Something new", "Works: drains"),
			*IPHONE_TAIL,
		],
		{2: frozenset({"unknown_system"})},
	),
	Row(
		"somebody of oneself, on Android",
		f"{A}Tom: hi\n{A}Tom: {SUBJECT}\n{A}Tom: Tom left\n{END}",
		[m("Tom", "hi"), m("Tom", SUBJECT), m("Tom", "Tom left"), m("Bob", "end")],
	),
	Row(
		"who set the timer, named as its sender on Android",
		f"{A}{PHONE}: hi\n{A}{PHONE}: {PHONE} {TIMER}\n{A}Ann: Ann {TIMER.partition(' Tap')[0]}\n{END}",
		[m(PHONE, "hi"), s(f"{PHONE} {TIMER}", PHONE), m("Ann", f"Ann {TIMER.partition(' Tap')[0]}"), m("Bob", "end")],
	),
	Row(
		"a line that nobody knows with a colon in quotes, of somebody who never writes",
		f'{A}Tom put the words of this group to "Rules: be kind"\n{A}Ann: hi\n{END}',
		[s('Tom put the words of this group to "Rules: be kind"'), m("Ann", "hi"), m("Bob", "end")],
		{0: frozenset({"unknown_system"})},
	),
	Row(
		"an iPhone's line with its actor twice",
		f"{P}Tom: {L}Tom left{NL}{P}~\u202fAnn: {L}~\u202fAnn added Bob{NL}{IPHONE_END}",
		[s("Tom left", "Tom"), s("~\u202fAnn added Bob", "~\u202fAnn"), *IPHONE_TAIL],
	),
	Row(
		"an older iPhone's line without a sender",
		f"{P}Tom left{NL}{L}{P}{SUBJECT}{NL}{P}Tom: hi{NL}{IPHONE_END}",
		[s("Tom left"), s(SUBJECT), m("Tom", "hi"), *IPHONE_TAIL],
	),
	Row(
		"the same words typed on an iPhone",
		f"{P}Tom: Tom left{NL}{P}Tom: {ENCRYPTED}{NL}{P}Tom: You were added{NL}{IPHONE_END}",
		[m("Tom", "Tom left"), m("Tom", ENCRYPTED), m("Tom", "You were added"), *IPHONE_TAIL],
	),
	Row(
		"a person's words behind the mark",
		f"{P}Tom: {L}I think she left{NL}{P}Tom: {L}Ann added to the agenda, then left{NL}{IPHONE_END}",
		[m("Tom", f"{L}I think she left"), m("Tom", f"{L}Ann added to the agenda, then left"), *IPHONE_TAIL],
	),
]

PROSE = [
	Row(
		f"words of the app in prose: {text[:30]}",
		f"{A}Ann: hi\n{A}Ann: {text}\n{A}Bob: {text}\n",
		[m("Ann", "hi"), m("Ann", text), m("Bob", text)],
	)
	for text in (
		"I added Carol to the list",
		"Bob left",
		"She left the keys, then Bob removed them",
		"the image omitted the hedge",
		"image omitted",
		"I deleted this message from my notes",
		"This message was deleted by mistake",
		"he changed the subject from hedges to ditches",
		"security code changed: see above",
		"You're now an admin",
		"Missed voice call from the clerk",
		"POLL: shall we?",
		"POLL:\nno options here",
		"location: the village hall",
		"live location shared with Ann",
		"See plan (file attached)",
		"I said <Media omitted> there",
		"it says <This message was edited> below it",
		"null and void",
		"Waiting for this message to arrive",
		"joined using this group's invite link",
		"https://maps.google.com/?q=51.5,-0.12",
	)
]
