"""A subject access request from its arrival to its recorded answer, in the real window, every click counted."""

# ruff: noqa: F401, F811 - pytest finds fixtures by their names in this module

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QScrollArea, QWidget

from cranford_desktop.services.council import Council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.parts.sar_covering import CoverOthersDialog
from tests.ingest.writer import Sent
from tests.ui.conftest import dressed
from tests.ui.flow_support import AHMED, BELL, MARSH, SHAW, make_council, settle, window_on, words_of
from tests.ui.ui_support import button_named

MOST_CLICKS = 35
FILLED = {
	"clerk": "Helen Marsh",
	"office": "Clerk to the council",
	"contact": "clerk@example.org",
	"abroad": "no. We keep these records on the council's own computer.",
	"recipients": "Nobody outside the council",
}
GREEN, HARTLEY = "Mr Tom Green", "Mrs Edna Hartley"


class Hands:
	"""A clerk who uses the mouse for everything but typing and deciding: each click is one."""

	def __init__(self, window: Window, qtbot) -> None:
		self.window, self._qtbot = window, qtbot
		self.clicks = self.keys = 0

	def click(self, words: str, root: QWidget | None = None) -> None:
		"""Click the button, link or option that says this."""
		self.click_on(button_named(root or self.window.tab_pages["requests"], words))

	def click_on(self, target: QWidget, at: QPoint | None = None) -> None:
		"""Click something where it stands, scrolled into sight; then wait until nothing runs."""
		above = target.parentWidget()
		while above is not None and not isinstance(above, QScrollArea):
			above = above.parentWidget()
		if above is not None:
			above.ensureWidgetVisible(target)
			QApplication.processEvents()
		assert target.isVisible(), target.accessibleName()
		self._qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=at or QPoint(12, target.height() // 2))
		self.clicks += 1
		settle(self.window, self._qtbot)

	def type_in(self, target: QWidget, words: str) -> None:
		"""Click into a field and type."""
		self.click_on(target)
		if hasattr(target, "selectAll"):
			target.selectAll()
		self._qtbot.keyClicks(target, words)
		self.keys += len(words)

	def press(self, target: QWidget, key: Qt.Key) -> None:
		"""Press one key."""
		self._qtbot.keyClick(target, key)
		self.keys += 1
		settle(self.window, self._qtbot)

	def click_and_answer(
		self, words: str, kind: type[QDialog], fill: Callable[[QDialog], object] | None = None
	) -> None:
		"""Click what asks a question in a dialog, and click its answer."""

		def answer() -> None:
			dialog = QApplication.activeModalWidget()
			if not isinstance(dialog, kind):
				QTimer.singleShot(20, answer)
				return
			if fill is not None:
				fill(dialog)
			self._qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
			self.clicks += 1

		QTimer.singleShot(20, answer)
		self.click(words)
		settle(self.window, self._qtbot)


def story() -> list[Sent]:
	"""Return a year's messages by, to and about Mr Green, among others."""
	at = datetime(2026, 3, 2, 9, 0)
	said = [
		("+44 7700 900123", "Tom here. The hedge at the allotments is not mine to cut."),
		(SHAW, "Thank you Mr Green, we will look at it."),
		(BELL, "Edna Hartley says Tom Green promised to cut it."),
		("+44 7700 900123", "Mrs Hartley asked me on 1 March. I said no."),
		(MARSH, "I rang Mr Green on 07700 900123 and wrote to Mrs Hartley."),
		(AHMED, "Allotment rents go out on Monday."),
		(SHAW, "Tom Green again about the hedge. And 07700 900456 rang, Edna Hartley."),
		("+44 7700 900456", "I never spoke to Mr Green about it."),
	]
	return [Sent(at + timedelta(days=n), who, text) for n, (who, text) in enumerate(said)]


@pytest.fixture
def green_town(tmp_path: Path):
	council = make_council(tmp_path, story())
	for rendered, name, role in (
		("+44 7700 900123", GREEN, None),
		("+44 7700 900456", HARTLEY, None),
		(SHAW, SHAW, "Councillor"),
		(BELL, BELL, "Councillor"),
		(MARSH, "Helen Marsh", "Clerk"),
		(AHMED, AHMED, "Councillor"),
	):
		council.people.name_sender(rendered, name, role)
	yield council
	council.close()


def test_from_its_arrival_to_its_answer(
	dressed: QApplication, green_town: Council, tmp_path: Path, qtbot, record_property
) -> None:
	with window_on(green_town, tmp_path, qtbot) as window:
		hands = Hands(window, qtbot)
		shots = os.environ.get("CRANFORD_PICTURES")

		def look(name: str) -> None:
			if shots:
				window.grab().save(f"{shots}/{name}.png")
			record_property(name, hands.clicks)

		window.go("requests")
		tab = window.tab_pages["requests"]
		settle(window, qtbot)
		hands.click("Record a request")
		form = tab.form
		qtbot.keyClicks(form.wording, "Everything you hold about me")
		hands.click_on(form.themselves.yes)
		hands.type_in(form.received.box, "23 11 26")
		hands.click_on(form.more)
		hands.type_in(form.requester, "Tom Green")
		hands.type_in(form.extras.address, "tom.green@example.org")
		look("1-form")
		hands.click("Save the request")
		look("2-request")
		request_id = tab.current.id

		hands.click("Search the archive: Not yet started")
		look("3-who")
		who = tab.sar.who
		hands.click_on(who.people.viewport(), who.people.visualItemRect(who.people.item(0)).center())
		hands.click_on(who.known)
		hands.click_on(who.look_button)
		look("4-found")
		assert tab.sar.told.text() == f"7 messages about {GREEN}"
		hands.click_on(tab.sar.add_button)
		hands.click_and_answer("That is everything…", QDialog)
		decide = tab.decide
		look("5-decide")

		ticked = {}
		hands.click_and_answer(
			"Cover everybody else…",
			CoverOthersDialog,
			lambda dialog: ticked.update({one.other.name: one.tick.isChecked() for one in dialog.rows}),
		)
		assert ticked == {HARTLEY: True, SHAW: False, BELL: False, "Helen Marsh": False}
		look("6-covered")
		hands.press(decide.view, Qt.Key.Key_G)
		for _ in range(12):
			if not decide.state.undecided():
				break
			here = decide.state.candidate(decide.view.current_message())
			hands.press(decide.view, Qt.Key.Key_D if here.is_covered else Qt.Key.Key_R)
		assert decide.state.undecided() == []
		look("7-decided")
		hands.click_on(decide.panel.done)
		look("8-check")
		hands.click_on(tab.check.go)
		look("9-pack")

		pack = green_town.disclosing.packs(request_id)[0]
		said = "".join(
			pypdfium2.PdfDocument(data)[page].get_textpage().get_text_bounded()
			for path, data in green_town.disclosing.files(request_id, pack.number).items()
			if path.startswith("DISCLOSURE/") and path.endswith(".pdf")
			for page in range(len(pypdfium2.PdfDocument(data)))
		)
		assert "Tom Green" in said
		assert "Hartley" not in said
		assert "900456" not in said
		assert pack.result.warnings == ()

		record_property("clicks to the pack", hands.clicks)
		tab.pack.place(tmp_path / "stick")
		hands.clicks += 3  # "Save a copy…", the folder, its button: the system's own window
		settle(window, qtbot)
		hands.click("SAR-2026-001 Everything you hold about me")
		hands.click("Write to them: Not yet started")
		look("10-letters")
		letters = tab.letters
		assert letters.kind == "sar_answer"
		for name in [one.field.name for one in letters.draft.questions if one.missing]:
			hands.type_in(letters.fields.field(name).widget, FILLED[name])
		hands.type_in(letters.fields.field("Sch 2 para 16:why").widget, "They did not agree to being named.")
		letters.fields.keep()
		settle(window, qtbot)
		look("11-filled")
		assert [one.words for one in letters.draft.problems if one.stops] == []
		assert "WhatsApp group “Councillors”, exported from members’ phones" in words_of(letters.preview)
		hands.click_on(letters.go)
		look("12-send")
		sent = next(one for one in tab.pack.placed.rglob("*.pdf") if one.parent.name == "DISCLOSURE")
		tab.send.take([sent])
		hands.clicks += 3  # "Choose the file you sent…", the file, its button: the system's own window
		hands.click_on(tab.send.go)
		look("13-answered")
		assert green_town.requests.get(request_id).status == "answered"
		record_property("clicks", hands.clicks)
		assert hands.clicks <= MOST_CLICKS
		assert green_town.disclosure_log.entries() == []
