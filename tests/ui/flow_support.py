"""A real window on a real council for the tests of the flows: a chat written as a phone writes it, then imported.

It is 23 November 2026. Everybody is invented; the resident's number is one that is never given out.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from cranford_desktop.policy_tables import load
from cranford_desktop.services.council import Council, create_council
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.settings import WindowSettings
from tests.ingest.writer import Phone, Sent, write_export
from tests.ui.ui_support import CHEAP, CLOCK, doors, inside, let_go

SHAW, BELL, MARSH, AHMED = "Cllr Jean Shaw", "Cllr Ruth Bell", "Helen Marsh", "Cllr Imran Ahmed"
RESIDENT = "Wilhelmina Okonkwo"
NUMBER = "07700 900123"
ADDRESS = "14 Mill Lane"
GROUP = "Councillors"
BANNED = (
	"please",
	"sorry",
	"oops",
	"invalid",
	"error occurred",
	"fixity",
	"residue",
	"tombstone",
	"canonical",
	"dialect",
)


def photo() -> bytes:
	"""Return a small photo."""
	out = io.BytesIO()
	Image.new("RGB", (320, 240), "#8899aa").save(out, "JPEG")
	return out.getvalue()


def story(year: int = 2025) -> list[Sent]:
	"""Return a drainage story with a resident's name, number and address, among other business."""
	at = datetime(year, 4, 3, 8, 12)
	said = [
		(SHAW, f"Morning all. The drain outside {ADDRESS} has backed up again. {RESIDENT} has water in her garden."),
		(BELL, "That is the third time since Christmas. Did the county answer about the Mill Lane culvert?"),
		(MARSH, "No reply yet. I rang Highways on 20 March: reference HW-88213."),
		(AHMED, f"{RESIDENT} rang me about the Mill Lane drain, {NUMBER}. I said the council would cover it."),
		(BELL, "Do not promise money for the drain here. That is for the meeting."),
		(AHMED, "Happy birthday to my wife by the way \U0001f382"),
		(SHAW, "Ring +44 7700 900123 about the Mill Lane drain before noon."),
		(MARSH, "Allotment rents go out on Monday."),
	]
	sent = [Sent(at + timedelta(minutes=7 * n), who, text) for n, (who, text) in enumerate(said)]
	caption = "The drain at Mill Lane this morning."
	picture = Sent(at + timedelta(hours=2), SHAW, caption, file="IMG-20250403-WA0004.jpg", data=photo())
	return [*sent, picture]


def old_business(messages: int = 12) -> list[Sent]:
	"""Return messages of 2019, past their six years in November 2026."""
	at = datetime(2019, 5, 6, 9, 0)
	return [Sent(at + timedelta(days=n), (SHAW, BELL)[n % 2], f"Pavilion keys, note {n}.") for n in range(messages)]


def make_council(folder: Path, entries: Sequence[Sent], *, practice: bool = False) -> Council:
	"""Return a new council whose archive holds these messages in one group."""
	council, _ = create_council(
		folder / "archive", "Test Parish Council", None, practice=practice, clock=CLOCK, tables=load(), cost=CHEAP
	)
	if entries:
		export = write_export(folder / f"WhatsApp Chat with {GROUP}.zip", Phone(), entries)
		council.importing.import_file(export, group=GROUP)
	return council


@contextmanager
def window_on(council: Council, folder: Path, qtbot) -> Iterator[Window]:
	"""Open the real window on a council, at the size of a small laptop."""
	window = Window(doors(folder / "data"), WindowSettings(folder / "window.ini"))
	window.show_council(council)
	window.resize(1366, 768)
	window.show()
	qtbot.waitExposed(window)
	settle(window, qtbot)
	yield window
	settle(window, qtbot)
	window.council = None
	for page in window.tab_pages.values():
		if hasattr(page, "close_down"):
			page.close_down()
	window.close()
	let_go(window)


def settle(window: Window, qtbot) -> None:
	"""Wait until the window has nothing running any more."""
	for _ in range(3):
		QApplication.processEvents()
		qtbot.waitUntil(lambda: not window.busy, timeout=20_000)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Council]:
	made = make_council(tmp_path, [*old_business(), *story()])
	yield made
	made.close()


@pytest.fixture
def town_window(dressed: QApplication, town: Council, tmp_path: Path, qtbot) -> Iterator[Window]:
	with window_on(town, tmp_path, qtbot) as window:
		yield window


def answer(qtbot, name: str, asked: list[str] | None = None) -> None:
	"""Press a button of the next dialog that opens; its heading is noted in `asked`."""

	def press() -> None:
		dialog = QApplication.activeModalWidget()
		if dialog is None:
			QTimer.singleShot(10, press)
			return
		if asked is not None:
			asked.append(dialog.windowTitle())
		[button] = [one for one in inside(dialog, QAbstractButton) if one.accessibleName() == name]
		button.click()

	QTimer.singleShot(10, press)


def words_of(root: QWidget) -> str:
	"""Return every word of labels and buttons that a widget shows."""
	QApplication.processEvents()  # what was put in just now is shown with the next turn of the loop
	parts = [one.text() for one in inside(root, QLabel) if one.isVisibleTo(root)]
	parts += [one.accessibleName() or one.text() for one in inside(root, QAbstractButton) if one.isVisibleTo(root)]
	return "\n".join(parts)


def nameless(root: QWidget) -> list[str]:
	"""Return the controls a keyboard can reach that have no name for a screen reader."""
	found = []
	for widget in inside(root, QWidget):
		reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()
		spoken = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
		if reachable and not spoken and widget.focusProxy() is None and not widget.objectName().startswith("qt_"):
			found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
	return found


def too_small(root: QWidget) -> list[str]:
	"""Return the buttons that are smaller than a finger or an unsteady mouse needs: 24 pixels."""
	return [
		one.accessibleName() or one.text()
		for one in inside(root, QAbstractButton)
		if one.isVisible()
		and (one.height() < 24 or one.width() < 24)
		and not one.objectName().startswith("qt_")
		and not isinstance(one.parentWidget(), QLineEdit)  # the glass in a search field is no control
	]
