"""Requests from their arrival to the printed reply, in the real window, every click counted.

With `CRANFORD_PICTURES` naming a folder, a picture of each step is kept there.
"""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox

from cranford_desktop.services.council import Council
from tests.ingest.writer import Sent
from tests.journeys.request_support import Hands
from tests.ui.conftest import dressed
from tests.ui.flow_support import AHMED, BELL, MARSH, SHAW, make_council, photo, window_on, words_of

RESIDENT = "Wilhelmina Okonkwo"
REASONS = (
	"It is what our solicitor advised.",
	"Advice would no longer be asked for freely.",
	"It would show what the council knew.",
	"The council must be able to take advice.",
)
JUSTICE = "Course of justice, legal advice – reg 12(5)(b)"


def small_story() -> list[Sent]:
	"""Return twelve messages about a drain, a resident named in each."""
	at = datetime(2025, 4, 3, 8, 12)
	return [
		Sent(at + timedelta(minutes=n), (SHAW, BELL)[n % 2], f"Mill Lane drain, note {n}, {RESIDENT} rang.")
		for n in range(12)
	]


def long_story() -> list[Sent]:
	"""Return a spring of messages about Mill Lane, its culvert, a resident, a solicitor, and other business."""
	at = datetime(2025, 4, 3, 8, 12)
	said = (
		"The drain in Mill Lane has backed up again.",
		f"{RESIDENT} has water in her garden.",
		"Allotment rents go out on Monday.",
		"The county answered about the culvert.",
		f"Ring {RESIDENT} on 07700 900123 about the drain.",
		"Our solicitor advises not to admit anything about the drain.",
		"Who has the key to the pavilion?",
	)
	people = (SHAW, BELL, MARSH, AHMED)
	sent = [Sent(at + timedelta(hours=5 * n), people[n % 4], f"{said[n % len(said)]} ({n})") for n in range(56)]
	caption = "The drain at Mill Lane this morning."
	return [*sent, Sent(at + timedelta(days=20), SHAW, caption, file="IMG-20250423-WA0004.jpg", data=photo())]


@contextmanager
def clerk(entries: list[Sent], folder: Path, qtbot) -> Iterator[tuple[Hands, Council]]:
	council = make_council(folder, entries)
	for name in sorted({one.sender for one in entries}):
		role = "Clerk" if name == MARSH else "Councillor"
		council.people.name_sender(name, name, role)
	pictures = os.environ.get("CRANFORD_PICTURES")
	with window_on(council, folder, qtbot) as window:
		yield Hands(window, qtbot, Path(pictures) if pictures else None), council
	council.close()


def record_it(hands: Hands, wording: str, day: str) -> None:
	"""From Home to a saved request."""
	hands.click_on_tab("requests")
	hands.click("Record a request")
	hands.type(wording)
	hands.click("Are they asking about themselves? No")
	hands.click("Is it about the environment? Yes")
	hands.picture("the form")
	hands.tab_to(hands.tab.form.received.box.accessibleName())
	hands.type(day)
	hands.click("Save the request")
	hands.picture("the request")


def cover_resident(hands: Hands) -> None:
	"""E, her name, Redact."""

	def cover() -> None:
		hands.type(RESIDENT)
		hands.picture("redact")
		hands.click("Redact")

	hands.answering(cover)
	hands.key(Qt.Key.Key_E, hands.tab.decide.view)
	hands.rest()


def decide_all(hands: Hands) -> None:
	"""One key a message; what the solicitor said is withheld, once with its reasons, then by the same key alone."""
	decide = hands.tab.decide
	for _ in range(len(decide.state.undecided())):
		here = decide.state.candidate(decide.view.current_message())
		if "solicitor" in (here.row.text or ""):
			hands.answering(lambda: withhold(hands))
			hands.key(Qt.Key.Key_W, decide.view)
			hands.rest()
		else:
			if here.row.attachments:
				hands.key(Qt.Key.Key_1, decide.view)
			hands.key(Qt.Key.Key_D if here.is_covered else Qt.Key.Key_R, decide.view)


def withhold(hands: Hands) -> None:
	"""Choose the reason and write down what it asks for; where that stands there already, Enter is enough."""
	dialog = QApplication.activeModalWidget()
	if dialog.choice.currentText() != JUSTICE:
		dialog.choice.setCurrentText(JUSTICE)
		hands.clicks += 2  # open the list, pick
		hands.rest()
		for one in dialog.legal(0).form_fields():
			hands.tab_to(one.widget.accessibleName())
			if isinstance(one.widget, QComboBox):
				hands.key(Qt.Key.Key_Down, one.widget)
			elif isinstance(one.widget, QCheckBox):
				hands.key(Qt.Key.Key_Space, one.widget)
			else:
				hands.type("It is the advice of our solicitor.")
	hands.picture("withhold")
	hands.click("Withhold it")


def print_shown(hands: Hands) -> None:
	"""The print button, and the one of the system's own window, which is counted and not made."""
	assert hands.button("Print…").isEnabled()
	hands.clicks += 2


def fill_letter(hands: Hands, name: str, clerk_known: bool) -> None:
	"""Fill in what a letter lacks; the council's own fields once for all letters."""
	hands.click("Fill it in: Not filled in: How you address them")
	hands.type(name)
	if not clerk_known:
		hands.tab_to("Where the council can be reached")
		hands.type("clerk@example.org")
		hands.tab_to("Who signs")
		hands.type("Helen Marsh")
	hands.key(Qt.Key.Key_Tab)


def test_twelve_messages_from_arrival_to_the_printed_reply(dressed, tmp_path, qtbot) -> None:
	with clerk(small_story(), tmp_path, qtbot) as (hands, council):
		tab = hands.tab
		record_it(hands, "All messages about the drain in Mill Lane.", "20 11 2026")
		hands.click("Search the archive: Not yet started")
		hands.type("drain", enter=True)
		hands.click("Add 12 to this request")
		hands.picture("gathered")
		hands.click("See what is in it, then confirm")
		hands.picture("what is in it")
		hands.click("Confirm: these 12 messages are everything")
		cover_resident(hands)
		for _ in range(12):
			hands.key(Qt.Key.Key_D, tab.decide.view)
		hands.picture("decided")
		hands.click("Check your answers")
		hands.picture("check your answers")
		hands.click("Make the pack")
		hands.picture("the pack")
		hands.click("Record as sent…")
		hands.click("Write it first")
		hands.click("Begin with standard words")
		fill_letter(hands, "Mrs Green", clerk_known=False)
		hands.picture("the letter")
		hands.click("Mark as sent")
		hands.click("How did it go out? By post")
		hands.tab_to(tab.send.to.accessibleName())
		hands.type("1 High Street, Testham")
		hands.picture("record as sent")
		hands.click("Record as sent")
		hands.picture("answered")
		hands.click("Print the letter with its pack")
		hands.picture("letter and pack")
		print_shown(hands)
		assert council.requests.requests()[0].status == "answered"
		assert hands.clicks <= 25, hands.told


def test_everything_about_mill_lane(dressed, tmp_path, qtbot) -> None:
	with clerk(long_story(), tmp_path, qtbot) as (hands, council):
		tab = hands.tab
		record_it(hands, "Everything about the drainage of Mill Lane since April 2025.", "23 11 2026")

		hands.click("Write to them: Not yet started")
		fill_letter(hands, "Mr Green", clerk_known=False)
		hands.picture("acknowledgement")
		hands.answering(lambda: hands.click("Mark as sent"))
		hands.click("Mark as sent")

		hands.click("Say where else you looked")
		hands.click("Ask members…")
		hands.picture("ask members")
		hands.click("Mark as asked")
		hands.click("Nothing there: Minutes and agendas")
		hands.picture("where else")
		hands.click(council.requests.requests()[0].reference)

		hands.click("Search the archive: Not yet started")
		hands.type("drain", enter=True)
		hands.click("Add ")
		qtbot.keyClick(hands.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
		hands.type("culvert OR okonkwo", enter=True)
		hands.click("Add ")
		hands.picture("gathered")
		hands.click("See what is in it, then confirm")
		hands.picture("what is in it")
		hands.click("Confirm: ")
		hands.picture("decide")
		cover_resident(hands)
		decide_all(hands)
		hands.picture("decided")
		hands.key(Qt.Key.Key_F9)
		hands.picture("as they will see it")
		hands.key(Qt.Key.Key_F9)
		hands.click("Check your answers")
		hands.picture("check your answers")
		hands.click("Make the pack")
		hands.picture("the pack")
		hands.click("Look at the pack")
		hands.picture("its pages")
		hands.click("Pack 1")
		hands.click("Record as sent…")
		hands.click("Write it first")
		hands.picture("the letter")
		hands.click("Begin with standard words: Someone else's personal data")
		hands.click("Write it: Say why regulation 12(5)(b) applies.")
		for words in REASONS:
			hands.type(words)
			hands.key(Qt.Key.Key_Tab)
		hands.picture("the letter, filled in")
		hands.click("Mark as sent")
		hands.click("How did it go out? By post")
		hands.tab_to(tab.send.to.accessibleName())
		hands.type("1 High Street, Testham")
		hands.click("Record as sent")
		hands.picture("answered")
		hands.click("Print the letter with its pack")
		print_shown(hands)
		assert council.requests.requests()[0].status == "answered"
		assert hands.clicks <= 45, hands.told
