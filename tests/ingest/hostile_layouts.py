"""Lines, characters and markers that are hard to read."""

from .hostile import END, IPHONE_END, IPHONE_TAIL, NL, TRANSCRIPT, A, B, L, P, Q, Row, m, s
from .writer import ENCRYPTED

LAYOUT = [
	Row("blank lines", f"{A}Ann: one\n\n  two\n\n{END}", [m("Ann", "one\n\n  two\n"), m("Bob", "end")]),
	Row("blank lines at the start", f"{A}Ann: \n\none\n{END}", [m("Ann", "\n\none"), m("Bob", "end")]),
	Row(
		"a date in a line",
		f"{A}Ann: on\n12/06/2024 19:30 Full council\n12/06/2024\n{END}",
		[m("Ann", "on\n12/06/2024 19:30 Full council\n12/06/2024"), m("Bob", "end")],
	),
	Row(
		"a date with a dash in another form",
		f"{A}Ann: on\n12.06.24, 19:30 - Full council\n{END}{END}",
		[m("Ann", "on\n12.06.24, 19:30 - Full council"), m("Bob", "end"), m("Bob", "end")],
	),
	Row(
		"a list of dates",
		f"{A}Ann: dates:\n1/6 - hedges\n2/6 - ditches\n{END}",
		[m("Ann", "dates:\n1/6 - hedges\n2/6 - ditches"), m("Bob", "end")],
	),
	Row(
		"an iPhone's header on Android",
		f"{A}Ann: see\n{P}Zoe: quoted\n{END}{END}",
		[m("Ann", f"see\n{P}Zoe: quoted"), m("Bob", "end"), m("Bob", "end")],
	),
	Row(
		"an Android header on an iPhone",
		f"{P}Ann: see\n{A}Zoe: quoted{NL}{IPHONE_END}",
		[m("Ann", f"see\n{A}Zoe: quoted"), *IPHONE_TAIL],
	),
	Row(
		"a pasted iPhone transcript on an iPhone",
		f"{Q}Ann: see\n{P}Zoe: one\n{P}Yan: two{NL}{Q}Bob: end{NL}",
		[m("Ann", f"see\n{P}Zoe: one\n{P}Yan: two"), m("Bob", "end")],
	),
	Row(
		"a pasted transcript on Android cannot be told, and is flagged",
		f"{A}Ann: hi\n" * 5 + f"{A}Ann: see\n{TRANSCRIPT}{END}{END}",
		[
			*[m("Ann", "hi")] * 5,
			m("Ann", "see"),
			*(m("Zoe Stranger", f"old {day}") for day in range(1, 4)),
			*[m("Bob", "end")] * 2,
		],
		{number: frozenset({"out_of_sequence"}) for number in (6, 7, 8)},
	),
	Row(
		"a pasted transcript of the same day",
		f"{A}Ann: hi\n" * 8 + f"{B}Ann: see\n13/03/2024, 18:00 - Zoe: one\n13/03/2024, 18:01 - Yan: two\n{END}",
		[*[m("Ann", "hi")] * 8, m("Ann", "see"), m("Zoe", "one"), m("Yan", "two"), m("Bob", "end")],
		{9: frozenset({"out_of_sequence"}), 10: frozenset({"out_of_sequence"})},
	),
	Row(
		"a member who was without a signal",
		f"{A}Ann: hi\n" * 4 + f"{B}Ann: see\n{A}Bob: late\n{END}{END}{END}{END}",
		[*[m("Ann", "hi")] * 4, m("Ann", "see"), m("Bob", "late"), *[m("Bob", "end")] * 4],
	),
	Row(
		"another clock",
		f"{A}Ann: one\n13/03/2024, 7:05 pm - Bob: two\n{END}",
		[m("Ann", "one"), m("Bob", "two"), m("Bob", "end")],
		{1: frozenset({"other_clock"})},
	),
	Row(
		"another export's dates, pasted by a stranger to this chat",
		f"{A}Ann: see\n3/14/24, 9:00 AM - Zoe: quoted\n{END}{A}Ann: x\n{END}",
		[m("Ann", "see\n3/14/24, 9:00 AM - Zoe: quoted"), m("Bob", "end"), m("Ann", "x"), m("Bob", "end")],
	),
	Row(
		"another export's dates, older than the message that quotes them",
		f"{A}Ann: hi\n{A}Bob: yes?\n{A}Ann: see\n2024-03-13, 18:00 - Bob: one\n2024-03-13, 18:01 - Ann: two\n{END}",
		[
			m("Ann", "hi"),
			m("Bob", "yes?"),
			m("Ann", "see\n2024-03-13, 18:00 - Bob: one\n2024-03-13, 18:01 - Ann: two"),
			m("Bob", "end"),
		],
	),
	Row(
		"years that stand first, pasted at the end",
		f"{A}Ann: hi\n{A}Bob: yes?\n{A}Ann: see\n2024/03/12, 09:00 - Zoe: quoted\n",
		[m("Ann", "hi"), m("Bob", "yes?"), m("Ann", "see\n2024/03/12, 09:00 - Zoe: quoted")],
	),
	Row(
		"two exports put together by hand",
		f"{A}Ann: one\n{B}Bob: two\n14.03.24, 09:00 - Ann: three\n14.03.24, 09:01 - Bob: four\n",
		[m("Ann", "one"), m("Bob", "two"), m("Ann", "three"), m("Bob", "four")],
		{2: frozenset({"other_clock"}), 3: frozenset({"other_clock"})},
	),
	Row(
		"years of two digits, then of four",
		"13/03/24, 19:05 - Ann: one\n13/03/24, 19:06 - Bob: two\n14/03/2024, 19:05 - Ann: three\n",
		[m("Ann", "one"), m("Bob", "two"), m("Ann", "three")],
		{2: frozenset({"other_clock"})},
	),
	Row(
		"one old line near the start",
		f"{A}Ann: see\n01/02/2020, 09:00 - Ann: old\n{B}Ann: x\n{END}",
		[m("Ann", "see"), m("Ann", "old"), m("Ann", "x"), m("Bob", "end")],
		{1: frozenset({"out_of_sequence"})},
	),
	Row(
		"a stranger's line of a minute before",
		f"{A}Ann: hi\n{B}Bob: yes?\n{B}Ann: see\n{A}Zoe: quoted\n{END}{B}Ann: x\n",
		[m("Ann", "hi"), m("Bob", "yes?"), m("Ann", "see"), m("Zoe", "quoted"), m("Bob", "end"), m("Ann", "x")],
		{3: frozenset({"out_of_sequence"})},
	),
	Row(
		"an hour that is none, on the last line",
		f"{A}Ann: x\n{END}13/03/2024, 25:10 - Bob: y\n13/03/2024, 13:10 am - Bob: z\n",
		[m("Ann", "x"), m("Bob", "end\n13/03/2024, 25:10 - Bob: y\n13/03/2024, 13:10 am - Bob: z")],
	),
	Row(
		"an hour that is none",
		f"{A}Ann: x\n13/03/2024, 24:10 - Bob: y\n{END}",
		[m("Ann", "x\n13/03/2024, 24:10 - Bob: y"), m("Bob", "end")],
	),
	Row(
		"a day that is none",
		f"{A}Ann: x\n31/02/2024, 10:00 - Bob: y\n{END}",
		[m("Ann", "x\n31/02/2024, 10:00 - Bob: y"), m("Bob", "end")],
	),
	Row(
		"a last line cut in its header",
		f"{A}Ann: x\n{END}13/03/2024, 19:",
		[m("Ann", "x"), m("Bob", "end\n13/03/2024, 19:")],
	),
	Row("a last line cut in its words", f"{A}Ann: x\n{B}Bob: en", [m("Ann", "x"), m("Bob", "en")]),
	Row(
		"a last line cut in its name",
		f"{A}Ann: x\n{A}Bob: y\n{B}Bo",
		[m("Ann", "x"), m("Bob", "y"), s("Bo")],
		{2: frozenset({"unknown_system"})},
	),
	Row("empty bodies", f"{A}Ann: \n{A}Ann:\n{A}Bob: x\n", [m("Ann", ""), m("Ann", ""), m("Bob", "x")]),
	Row("a body that begins with a colon", f"{A}Ann: : x\n{END}", [m("Ann", ": x"), m("Bob", "end")]),
	Row("trailing blanks", f"{A}Ann: x  \n{A}Ann:   \n{END}", [m("Ann", "x  "), m("Ann", "  "), m("Bob", "end")]),
	Row("one message", f"{A}Ann: x", [m("Ann", "x")]),
	Row("minutes out of order", f"{B}Ann: x\n{A}Bob: y\n{B}Ann: z\n", [m("Ann", "x"), m("Bob", "y"), m("Ann", "z")]),
	Row(
		"the hour that comes twice",
		"27/10/2024, 01:30 - Ann: x\n27/10/2024, 01:10 - Bob: y\n",
		[m("Ann", "x"), m("Bob", "y")],
		{0: frozenset({"clock_change"}), 1: frozenset({"clock_change"})},
	),
	Row(
		"a narrow space before am",
		"13/03/2024, 7:05\u202fam - Ann: x\n13/03/2024, 7:06\u202fam - Bob: y\n",
		[m("Ann", "x"), m("Bob", "y")],
	),
	Row(
		"old iPhones",
		"09/12/2012 17:03:48: Ann: x: y\n09/12/2012 17:03:49: Bob: z\n",
		[m("Ann", "x: y"), m("Bob", "z")],
	),
]

CHARACTERS = [
	Row("a mark at the start", f"\ufeff{A}Ann: é\n{END}", [m("Ann", "é"), m("Bob", "end")]),
	Row("a mark inside", f"{A}Ann: x\n\ufeff{B}Bob: end\n", [m("Ann", "x"), m("Bob", "end")]),
	Row(
		"UTF-16 LE with a mark",
		f"\ufeff{A}Ann: é 👩‍🌾\n{END}".encode("utf-16-le"),
		[m("Ann", "é 👩‍🌾"), m("Bob", "end")],
	),
	Row(
		"UTF-16 BE with a mark",
		f"\ufeff{A}Ann: é 👩‍🌾\n{END}".encode("utf-16-be"),
		[m("Ann", "é 👩‍🌾"), m("Bob", "end")],
	),
	Row("UTF-16 LE without a mark", f"{A}Ann: é\n{END}".encode("utf-16-le"), [m("Ann", "é"), m("Bob", "end")]),
	Row("UTF-16 BE without a mark", f"{A}Ann: é\n{END}".encode("utf-16-be"), [m("Ann", "é"), m("Bob", "end")]),
	Row(
		"Windows characters",
		f"{A}Ann: café – £5 “now”\n{END}".encode("cp1252"),
		[m("Ann", "café – £5 “now”"), m("Bob", "end")],
	),
	Row(
		"line and paragraph separators",
		f"{A}Ann: a\u2028b\u2029{A}c\n{END}",
		[m("Ann", f"a\u2028b\u2029{A}c"), m("Bob", "end")],
	),
	Row(
		"VT, FF, NEL, separators",
		f"{A}Ann: a\x0bb\x0cc\x85d\x1ce\x1d{A}f\n{END}",
		[m("Ann", f"a\x0bb\x0cc\x85d\x1ce\x1d{A}f"), m("Bob", "end")],
	),
	Row("a lone CR", f"{A}Ann: a\rb\r{A}c\n{END}", [m("Ann", f"a\rb\r{A}c"), m("Bob", "end")]),
	Row("a CR at the end of a text", f"{A}Ann: a\r\n{END}", [m("Ann", "a\r"), m("Bob", "end")]),
	Row("NUL", f"{A}Ann: a\x00b\n{END}", [m("Ann", "a\x00b"), m("Bob", "end")]),
	Row("tabs", f"{A}Ann: a\tb\n\tc\n{END}", [m("Ann", "a\tb\n\tc"), m("Bob", "end")]),
	Row("ligatures and fractions", f"{A}Ann: ½ ﬁ ™ e\u0301\n{END}", [m("Ann", "½ ﬁ ™ e\u0301"), m("Bob", "end")]),
	Row("CRLF everywhere", f"{A}Ann: one\r\ntwo\r\n{A}Bob: x\r\n", [m("Ann", "one\ntwo"), m("Bob", "x")]),
	Row("an iPhone's file with LF only", f"{P}Ann: one\ntwo\n{P}Bob: x\n", [m("Ann", "one\ntwo"), m("Bob", "x")]),
	Row(
		"pasted CRLF on Android",
		f"{A}Ann: one\r\ntwo\n{A}Bob: x\n{A}Bob: y\n",
		[m("Ann", "one\r\ntwo"), m("Bob", "x"), m("Bob", "y")],
	),
]

MARKERS = [
	Row(
		"deleted",
		f"{A}Ann: This message was deleted\n{A}Ann: You deleted this message as admin\n"
		f"{A}Ann: This message was deleted by admin Tom: clerk\n{END}",
		[*[("Ann", "deleted", None)] * 3, m("Bob", "end")],
	),
	Row(
		"deleted, typed on an iPhone",
		f"{P}Ann: This message was deleted.{NL}{P}Ann: {L}This message was deleted.{NL}{IPHONE_END}",
		[m("Ann", "This message was deleted."), ("Ann", "deleted", None), *IPHONE_TAIL],
	),
	Row(
		"edited, typed on an iPhone",
		f"{P}Ann: x <This message was edited>{NL}{P}Ann: x {L}<This message was edited>{NL}{IPHONE_END}",
		[m("Ann", "x <This message was edited>"), m("Ann", "x"), *IPHONE_TAIL],
	),
	Row(
		"a document with brackets in its name",
		f"{A}Ann: Plan (final) (2).pdf (file attached)\nPlan (final) (2)\nfor Tuesday\n{END}",
		[("Ann", "media", "for Tuesday"), m("Bob", "end")],
	),
	Row(
		"a caption that looks like a header's date",
		f"{A}Ann: IMG-20240313-WA0001.jpg (file attached)\n12/06/2024 at 19:30\n{END}",
		[("Ann", "media", "12/06/2024 at 19:30"), m("Bob", "end")],
	),
	Row(
		"a lost extension",
		f"{A}Ann: DOC-20220502-WA0006. (file attached)\n{END}",
		[("Ann", "media", None), m("Bob", "end")],
	),
	Row(
		"a negative number",
		f"{L}{P}Ann: {L}<attached: -0000013-AUDIO-2024-03-13-19-05-11.opus>{NL}{IPHONE_END}",
		[("Ann", "media", None), *IPHONE_TAIL],
	),
	Row(
		"the oldest iPhone attachments",
		f"{P}Ann: 2015-08-04-PHOTO-00004762.jpg <{L}attached>{NL}{IPHONE_END}",
		[("Ann", "media", None), *IPHONE_TAIL],
	),
	Row(
		"pages of a document",
		f"{P}Ann: Plan: hedge.pdf • {L}12 pages {L}<attached: 00000047-Plan- hedge.pdf>{NL}"
		f"{P}Ann: Plan.pdf • {L}1 page {L}document omitted{NL}{IPHONE_END}",
		[("Ann", "media", None), ("Ann", "media", None), *IPHONE_TAIL],
	),
	Row(
		"contacts",
		f"{A}Ann: John Doe.vcf (file attached)\n{A}Ann: 3 contacts.vcf (file attached)\n{END}",
		[("Ann", "contact", None), ("Ann", "contact", None), m("Bob", "end")],
	),
	Row(
		"a place",
		f"{A}Ann: Village Hall\nMill Lane\nlocation: https://maps.google.com/?q=51.5,-0.12\n{END}",
		[
			("Ann", "location", "Village Hall\nMill Lane\nlocation: https://maps.google.com/?q=51.5,-0.12"),
			m("Bob", "end"),
		],
	),
	Row(
		"calls",
		f"{P}Ann: {L}Voice call, {L}28 min • {L}4 joined{NL}"
		f"{P}Ann: {L}Missed voice call. Tap to call back{NL}{P}Ann: Voice call, 7 pm tonight?{NL}{IPHONE_END}",
		[("Ann", "call", None), ("Ann", "call", None), m("Ann", "Voice call, 7 pm tonight?"), *IPHONE_TAIL],
	),
	Row(
		"calls on Android",
		f"{A}Missed group video call\n{A}Ann started a video call\n{END}",
		[(None, "call", None), (None, "call", None), m("Bob", "end")],
	),
	Row(
		"seen once",
		f"{A}Ann: null\n{A}Ann: <View once text omitted>\n{A}Ann: <Video note omitted>\n{END}",
		[*[("Ann", "media", None)] * 3, m("Bob", "end")],
	),
	Row(
		"a poll with blank lines",
		f"{P}Ann: {L}POLL:{NL}When?{NL}{L}OPTION: Mon: eve ({L}3 votes)"
		f"{NL}{L}OPTION: Tue (1 vote) ({L}0 votes){NL}{NL}{IPHONE_END}",
		[("Ann", "poll", "When?\nMon: eve\nTue (1 vote)"), *IPHONE_TAIL],
	),
	Row(
		"typed, in a file in which only the app's lines have their marks",
		f"{P}Planning: {L}{ENCRYPTED}{NL}{P}Ann: image omitted{NL}{P}Ann: This message was deleted.{NL}"
		f"{P}Ann: one\ntwo{NL}",
		[
			s(ENCRYPTED, "Planning"),
			m("Ann", "image omitted"),
			m("Ann", "This message was deleted."),
			m("Ann", "one\ntwo"),
		],
	),
	Row(
		"an iPhone's file without its marks",
		f"{P}Planning: {ENCRYPTED}\n{P}Ann: image omitted\n"
		f"{P}Ann: Plan.pdf • 2 pages document omitted\n{P}Ann: This message was deleted.\n{P}Ann: x\n",
		[
			s(ENCRYPTED, "Planning"),
			("Ann", "media", None),
			("Ann", "media", None),
			("Ann", "deleted", None),
			m("Ann", "x"),
		],
	),
]
