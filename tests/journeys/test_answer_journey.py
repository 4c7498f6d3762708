"""From the last decision to the answer on record, every click counted; then it went wrong, and the next goes out."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.ui.parts.withdraw_dialog import WithdrawDialog
from tests.ingest.writer import Sent
from tests.journeys.test_foi_journey import in_dialog
from tests.ui.conftest import dressed
from tests.ui.flow_support import BELL, SHAW, make_council, settle, window_on, words_of
from tests.ui.ui_support import button_named

RESIDENT = "Wilhelmina Okonkwo"


class Hand:
	"""Clicks with the mouse and counts."""

	def __init__(self, window, qtbot) -> None:
		self._window, self._qtbot = window, qtbot
		self.clicks = 0

	def on(self, button: QAbstractButton) -> None:
		self.clicks += 1
		self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
		settle(self._window, self._qtbot)

	def named(self, words: str) -> None:
		self.on(button_named(self._window, words))


@pytest.fixture
def council(tmp_path):
	at = datetime(2025, 4, 3, 8, 12)
	entries = [
		Sent(at + timedelta(minutes=n), (SHAW, BELL)[n % 2], f"Mill Lane drain, note {n}, {RESIDENT} rang.")
		for n in range(12)
	]
	made = make_council(tmp_path, entries)
	yield made
	made.close()


@pytest.fixture
def window(dressed, council, tmp_path, qtbot):
	with window_on(council, tmp_path, qtbot) as shown:
		yield shown


def test_twelve_messages_from_the_last_decision_to_the_record(council, window, tmp_path, qtbot):
	request = council.requests.create(regime="foi", received=date(2026, 11, 20), requester="A Green", wording="Drain")
	council.gathering.gather(request.id, MessageFilter(search="drain"))
	council.gathering.confirm_set(request.id)
	council.redacting.redact(request.id, "text", RESIDENT, "s40(2)", reason="A resident")
	answers = {"contact": "clerk@example.org", "clerk": "H Marsh", "s40(2):why": "It is about a resident."}
	council.letters.answer(request.id, answers)
	window.go(f"requests:{request.id}")
	tab = window.tab_pages["requests"]
	tab.open_task("decide")
	settle(window, qtbot)
	for _ in range(12):
		qtbot.keyClick(tab.decide.view, Qt.Key.Key_R)

	hand = Hand(window, qtbot)
	hand.named("Check your answers")
	assert "A second look is worth it" not in words_of(tab.check), "a small request stays small"
	hand.named("Make the pack")
	hand.named("Look at the pack")
	assert tab.look.preview.pages() >= 1
	hand.named("Pack 1")
	hand.named("Record as sent…")
	hand.on(tab.send.ways.buttons["post"])
	qtbot.keyClicks(tab.send.to, "1 High Street")
	assert tab.send.note.text() == (
		"Pack 1 with its letter, printed, by post to 1 High Street, on Monday 23 November 2026. "
		"The request is then answered."
	)
	hand.named("Record as sent")
	assert hand.clicks == 7
	assert tab.current.status == "answered"
	[letter] = council.letters.sent(request.id)
	assert (letter.kind, letter.pack_number) == ("part_refusal", 1)

	# it should not have gone out: withdrawn, mended, made again, and sent by e-mail with its own file
	hand.clicks = 0
	hand.named("Print it, or save a copy: Completed")
	in_dialog(WithdrawDialog, lambda dialog: dialog.why.setPlainText("The number of a house can be told."))
	hand.named("This should not have gone out: pack 1")
	assert "This pack was withdrawn" in words_of(tab.pack)
	hand.named("Make the pack again")
	hand.named("Make the pack")
	assert "Pack 2" in words_of(tab.pack)
	assert "withdrawn on 23 November 2026" in words_of(tab.pack)
	tab.show_request()
	[row] = [one for one in tab.page.rows if one.task.key == "answer"]
	assert (row.task.name, row.task.state) == ("Record it as sent", "Not yet started"), (
		"the new one is not on record yet"
	)
	tab.open_task("send")
	tab.pack.place(tmp_path / "stick")
	settle(window, qtbot)
	hand.named("Record as sent…")
	hand.on(tab.send.ways.buttons["email"])
	tab.send.to.setText("a.green@example.org")
	tab.send.take([tab.pack.placed / "DISCLOSURE" / "FOI-2026-001.pdf"])
	hand.named("Record as sent")
	assert hand.clicks == 7
	newest, first = council.disclosing.packs(request.id)
	assert (newest.sent.to, newest.sent.files) == ("a.green@example.org", ("DISCLOSURE/FOI-2026-001.pdf",))
	assert first.superseded
	assert first.withdrawn.who_has_it == "1 High Street"
	assert newest.result.numbers == first.result.numbers, "numbers are given once"
