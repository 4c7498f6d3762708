"""The ways in: the start page without a council, and the page that asks for the pass phrase."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Button, button, field, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Columns, Item, box, card, clear, col, page, row
from cranford_desktop.ui.parts.patterns import banner
from cranford_desktop.ui.task import Task


def _choice(ic: str, head: str, body: str, act: Button) -> QFrame:
	return card(
		row(
			Glyph(ic, "accent", 28),
			(col(say(head, "head", wrap=True), say(body, "muted", wrap=True), gap=2), 1),
			gap=14,
		),
		4,
		row(None, act),
		gap=8,
		pad=20,
	)


class StartPage(QWidget):
	"""Set up, look at the practice council, or open."""

	def __init__(
		self,
		recent: Sequence[Path],
		*,
		set_up: Callable[[], object],
		practise: Callable[[], object],
		open_folder: Callable[[], object],
		open_recent: Callable[[Path], object],
		bring_back: Callable[[], object],
	) -> None:
		super().__init__()
		first = button("Set up my council", None if recent else "primary")
		first.clicked.connect(set_up)
		try_it = button("Look at the practice council")
		try_it.clicked.connect(practise)
		other = button("Open…", ic="folder_open")
		other.clicked.connect(open_folder)
		back = link("Bring back a back-up…")
		back.clicked.connect(bring_back)
		items: list[Item] = [
			say("Your council’s WhatsApp records", "title", wrap=True),
			say(
				"Kept on this computer, and nowhere else. Nothing here ever connects to the internet.",
				"muted",
				wrap=True,
			),
			4,
		]
		if recent:
			items.append(self._recent(recent, open_recent))
		items += [
			Columns(
				(
					_choice(
						"archive",
						"Set up my council",
						"Name, pass phrase, recovery sheet. About five minutes.",
						first,
					),
					1,
				),
				(
					_choice(
						"book_open",
						"Look at the practice council",
						"An invented council with two years of messages. Nothing in it is real.",
						try_it,
					),
					1,
				),
				gap=16,
				fold=720,
			),
			row(other, 8, back, None),
		]
		self.setLayout(col(page(*items, width=860, pad=(24, 40, 24, 24)), gap=0))

	def _recent(self, recent: Sequence[Path], open_recent: Callable[[Path], object]) -> QWidget:
		rows: list[Item] = [say("Opened before", "head", wrap=False), 2]
		for at, folder in enumerate(recent):
			go = button("Open", "primary" if at == 0 else None, name=f"Open {folder.name}")
			go.setAccessibleName(f"Open {folder.name}")
			go.clicked.connect(lambda _=False, folder=folder: open_recent(folder))
			words = col(say(folder.name, "strong", wrap=True), say(str(folder.parent), "small", wrap=True), gap=0)
			rows.append(row(Glyph("archive"), (words, 1), go, gap=12))
		return card(*rows, gap=10, pad=20)


class SecretField(QWidget):
	"""A field for a pass phrase, with Show."""

	def __init__(self, name: str) -> None:
		super().__init__()
		self.box = field(name=name)
		self.box.setEchoMode(QLineEdit.EchoMode.Password)
		self.show_it = button("Show", name=f"Show: {name}")
		self.show_it.setAccessibleName(f"Show: {name}")
		self.show_it.setCheckable(True)
		self.show_it.setMinimumWidth(theme.px(72))
		self.show_it.toggled.connect(self._toggle)
		self.setLayout(row((self.box, 1), self.show_it))
		self.setFocusProxy(self.box)
		self.setAccessibleName(name)

	def _toggle(self, on: bool) -> None:
		mode = QLineEdit.EchoMode
		self.box.setEchoMode(mode.Normal if on else mode.Password)
		self.show_it.setText("Hide" if on else "Show")

	def text(self) -> str:
		"""Return what was typed."""
		return self.box.text()


class UnlockPage(QWidget):
	"""Opens one folder: asks for the pass phrase or recovery key where it needs one."""

	def __init__(
		self,
		folder: Path,
		*,
		needs_secret: bool,
		open_it: Callable[[str | None], object],
		opened: Callable[[object], object],
		back: Callable[[], object],
		note: str = "",
		verb: str = "Open the records",
	) -> None:
		super().__init__()
		self._open, self._opened = open_it, opened
		self._task: Task | None = None
		self._secret = SecretField("Pass phrase or recovery key")
		self._secret.box.returnPressed.connect(self.open)
		self._field = FormField("Pass phrase", self._secret, "Or the recovery key from your recovery sheet.")
		self._go = button(verb, "primary", "key" if needs_secret else None)
		self._go.clicked.connect(self.open)
		other = button("Another council…", "quiet")
		other.clicked.connect(back)
		self._problem = col(gap=0)
		self._busy = say("", "muted", wrap=False)
		items: list[Item] = [
			say(folder.name, "title", wrap=True),
			say(str(folder), "small", wrap=True),
		]
		if note:
			items.append(say(note, "muted", wrap=True))
		items.append(box(self._problem))
		if needs_secret:
			items += [4, self._field]
		items += [4, row(self._go, 8, self._busy, None, other)]
		inside = card(*items, gap=8, pad=24)
		self.setLayout(col(page(inside, width=560, pad=(24, 56, 24, 24)), gap=0))
		self._needs = needs_secret

	def showEvent(self, event):
		super().showEvent(event)
		(self._secret.box if self._needs else self._go).setFocus(Qt.FocusReason.OtherFocusReason)

	def open(self) -> None:
		"""Try it with what was typed."""
		if self._task is not None:
			return
		typed = self._secret.text().strip()
		if self._needs and not typed:
			self._field.set_error("Type the pass phrase, or the recovery key")
			self._secret.box.setFocus()
			return
		self._field.set_error(None)
		clear(self._problem)
		self._busy.setText("Opening…")
		self._go.setEnabled(False)
		secret = typed if self._needs else None
		self._task = Task(lambda _progress, _stopped: self._open(secret), self)
		self._task.finished.connect(self._opened)
		self._task.failed.connect(self._failed)

	def _failed(self, problem: CranfordError) -> None:
		self._task = None
		self._busy.setText("")
		self._go.setEnabled(True)
		body = " ".join(part for part in (problem.safe, problem.do) if part)
		self._problem.addWidget(banner("danger", problem.what, body))
		self._secret.box.selectAll()
		self._secret.box.setFocus()
