"""A window to test on: a real archive with a cheap pass-phrase cost, real exports, the clock of a fixed day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QScrollArea, QWidget

from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.policy_tables import load
from cranford_desktop.services.clock import standing_clock
from cranford_desktop.services.council import Council, create_council, needs_secret, open_council
from cranford_desktop.services.safekeeping import restore
from cranford_desktop.store.keys import Argon2Cost
from cranford_desktop.ui.doors import Doors
from cranford_desktop.ui.parts.labels import Elided
from cranford_desktop.ui.within import widgets_within
from tests.ingest.writer import AppLine, Entry, Phone, Sent, write_export

Kind = TypeVar("Kind", bound=QWidget)
NOW = datetime(2026, 11, 23, 11, 4)
CHEAP = Argon2Cost(1, 8192, 1)
CLOCK = standing_clock(NOW)
GROUP = "Example Councillors"

TALK = (
	("Ann Example", "The drain outside 14 Mill Lane has backed up again."),
	("Ben Sample", "That is the third time since Christmas."),
	("Ann Example", "Mrs Potter rang me, 07700 900123."),
	("Cara Test", "Drainage is on the agenda."),
	("Ben Sample", "Who brings the cake? \U0001f382"),
)


def talk(messages: int = 40) -> list[Entry]:
	"""Return an invented conversation: one message every seven hours."""
	start = datetime(2025, 4, 3, 8, 12)
	entries: list[Entry] = [AppLine(start, 'You created group "Example Councillors"')]
	for number in range(messages):
		who, words = TALK[number % len(TALK)]
		entries.append(Sent(start + timedelta(hours=7 * number + 1), who, f"{words} ({number})"))
	return entries


def export(folder: Path, messages: int = 40, name: str = f"WhatsApp Chat with {GROUP}.txt") -> Path:
	"""Write an Android export and return its path."""
	path = folder / name
	write_export(path, Phone("android"), talk(messages))
	return path


def new_council(folder: Path, passphrase: str | None = None, *, practice: bool = False) -> Council:
	"""Return an empty council in a new folder."""
	council, _ = create_council(
		folder, "Example Parish Council", passphrase, practice=practice, clock=CLOCK, tables=load(), cost=CHEAP
	)
	return council


def doors(data: Path) -> Doors:
	"""Return the ways in that the composition root would hand over."""
	tables = load()

	def practise(folder: Path, _progress: Progress, _stopped: Stopped) -> Council:
		return create_council(
			folder, "Practice Parish Council", None, practice=True, clock=CLOCK, tables=tables, cost=CHEAP
		)[0]

	return Doors(
		create_council=lambda folder, name, secret: create_council(
			folder, name, secret, practice=False, clock=CLOCK, tables=tables, cost=CHEAP
		),
		open_council=lambda folder, secret: open_council(folder, secret, clock=CLOCK, tables=tables),
		practice_council=practise,
		restore=lambda backup, folder, secret: restore(backup, folder, secret, CLOCK()).messages,
		needs_secret=needs_secret,
		data_folder=data,
		tables=tables,
		clock=CLOCK,
	)


def let_go(window: QWidget) -> None:
	"""Let a window really go, and what was made for it and never got a place in it: each new window is dressed with
	all that is left, and deferred deletion waits for an event loop that a test does not have.
	"""
	window.deleteLater()
	for one in QApplication.topLevelWidgets():
		if one is not window and one.isHidden() and not isinstance(one, QMenu):
			one.deleteLater()
	QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def inside(root: QWidget, kind: type[Kind]) -> list[Kind]:
	"""Return the widgets of a kind inside another, as they are read: from the top, then from the left.

	`findChildren` would hold on to what Qt makes for itself and deletes again: see `cranford_desktop.ui.within`.
	"""
	found = [one for one in widgets_within(root) if isinstance(one, kind)]
	return sorted(found, key=lambda one: (one.mapTo(root, QPoint()).y(), one.mapTo(root, QPoint()).x()))


def clipped(window: QWidget) -> list[str]:
	"""Return every label, button or page that has less room than its words need."""
	out = []
	for label in inside(window, QLabel):
		if not label.isVisible() or not label.text() or isinstance(label, Elided):
			continue
		if label.wordWrap():
			room = label.contentsMargins()
			short = label.heightForWidth(label.width()) - label.height() - room.top() - room.bottom()
		else:
			short = label.sizeHint().width() - label.width()
		if short > 1:
			out.append(f"label {label.text()[:40]!r} short by {short}px")
	for one in inside(window, QPushButton):
		if one.isVisible() and one.sizeHint().width() - one.width() > 1:
			out.append(f"button {one.text()!r} short by {one.sizeHint().width() - one.width()}px")
	for area in inside(window, QScrollArea):
		if not area.isVisible() or not area.widget():
			continue
		room = area.viewport().width()
		if area.widget().width() > room + 1:
			out.append(f"scrolls sideways by {area.widget().width() - room}px")
		for one in inside(area.widget(), QWidget):
			if one.isVisible() and one.width() > room + 1:
				out.append(f"{type(one).__name__} {one.accessibleName()!r} too wide by {one.width() - room}px")
	return out


def primaries(window: QWidget) -> list[str]:
	"""Return the words of the primary buttons on screen."""
	return [one.text() for one in inside(window, QPushButton) if one.isVisible() and one.property("kind") == "primary"]


def button_named(root: QWidget, words: str) -> QAbstractButton:
	"""Return the visible button that says or is called this."""
	for one in inside(root, QAbstractButton):
		if one.isVisible() and words in (one.text().strip("\u2009"), one.accessibleName()):
			return one
	raise AssertionError(f"no button says {words!r}")


def until(qtbot, done: Callable[[], bool]) -> None:
	"""Let the window work until something is true."""
	qtbot.waitUntil(done, timeout=20_000)
