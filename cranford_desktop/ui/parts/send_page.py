"""Record as sent: how a pack went out, when, to whom, and the very file; with its letter, in one step."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QFrame, QRadioButton, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.letters import SentHow
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.disclosure_log import may_be_listed
from cranford_desktop.services.letters import ANSWERING
from cranford_desktop.services.sending import Given, WithLetter
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.bare_page import BarePage
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.drop_overlay import dropped_files
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Fold, box, col, page, row
from cranford_desktop.ui.parts.letter_dialogs import HOW_WORDS, HOWS
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.wording import count, day_words


class Ways(QWidget):
	"""How it went out. `changed`: another one is chosen."""

	changed = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.buttons: dict[SentHow, QRadioButton] = {}
		self._group = QButtonGroup(self)
		for how, words in HOWS:
			one = self.buttons[how] = QRadioButton(words)
			one.setAccessibleName(f"How did it go out? {words}")
			theme.scaled(one, "setMinimumHeight", 28)
			self._group.addButton(one)
			one.toggled.connect(self.changed)
		self.setLayout(row(*(part for one in self.buttons.values() for part in (one, 12)), None))
		self.setFocusProxy(self.buttons["email"])

	def how(self) -> SentHow:
		"""Return the way that is chosen."""
		return next((how for how, one in self.buttons.items() if one.isChecked()), "email")


class DropZone(QFrame):
	"""A place for the file that went out: drop it, or choose it. `given(list)`: the files."""

	given = Signal(object)

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "drop")
		self.setAcceptDrops(True)
		self.start = str(Path.home())
		self.words = say("Drop the file here, or", "muted", wrap=True)
		self.icon = Glyph("document_pdf", "muted")
		self.choose = button("Choose the file you sent…")
		self.choose.clicked.connect(self.ask)
		self.setLayout(row(self.icon, (self.words, 1), self.choose, gap=12, pad=(14, 12, 14, 12)))
		self.setFocusProxy(self.choose)

	def ask(self) -> None:
		"""Ask for the file."""
		names, _ = QFileDialog.getOpenFileNames(self, "Choose the file you sent", self.start)
		if names:
			self.given.emit([Path(one) for one in names])

	def show_files(self, words: str) -> None:
		"""Say which files were known again; empty: none yet."""
		self.words.setText(words or "Drop the file here, or")
		self.icon.show_icon(*(("checkmark_circle", "ok") if words else ("document_pdf", "muted")))
		self.choose.say("Choose another…" if words else "Choose the file you sent…")

	def dragEnterEvent(self, event: QDragEnterEvent) -> None:
		if dropped_files(event.mimeData()):
			event.acceptProposedAction()

	def dropEvent(self, event: QDropEvent) -> None:
		event.acceptProposedAction()
		self.given.emit(dropped_files(event.mimeData()))


class SendPage(BarePage):
	"""`recorded`: it is recorded; `write`: the letter has to be written first."""

	recorded = Signal()
	write = Signal()

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window, self._service = council, window, council.sending
		self.request: Request | None = None
		self.pack: PackRecord | None = None
		self._letter: WithLetter | None = None
		self._files: tuple[str, ...] = ()

	def show_request(self, request: Request, pack: PackRecord, situation, kind: str | None = None) -> None:
		"""Ask how a pack went out; `situation` of its letters, and the letter it went with, if that is known."""
		self.request, self.pack, self._files = request, pack, ()
		today = self._council.clock().date()
		address = self._service.address(request.id)
		self.ways, self.drop, self.day = Ways(), DropZone(), DateField("When did it go out?", today, today)
		self.to = field(address)
		self.drop.start = pack.placed_at or str(Path.home())
		self._to = FormField("To what address?", self.to, "E-mail or postal address, as you used it.")
		self._file = FormField("Which file went out?", self.drop, "It is compared with the pack, byte for byte.")
		self._day = FormField("When did it go out?", self.day)
		self._ways = FormField("How did it go out?", self.ways)
		self.summary = ErrorSummary()
		self.back = say("", "strong", wrap=True)
		self.go = button("Record as sent", "primary")
		self.go.clicked.connect(self.record)
		cancel = button("Cancel")
		cancel.clicked.connect(self.left)
		ticks = self._ticks(request, situation, kind)
		self.ways.buttons["email" if "@" in address or not address else "post"].setChecked(True)
		self._body = page(
			say(f"How did pack {pack.number} go out?", "title", wrap=True),
			self.summary,
			self._ways,
			self._to,
			self._file,
			self._day,
			ticks,
			width=720,
			gap=14,
			pad=(24, 14, 24, 14),
		)
		foot = flow_foot("", cancel, 4, self.go)
		self.note = foot.note
		self.put(
			Fold(
				flow_head("Record as sent", back_words(request, self.window().width()), on_back=self.left.emit),
				self._body,
				foot,
			)
		)
		self.ways.changed.connect(self._tell)
		self.to.textChanged.connect(self._tell)
		self.day.changed.connect(self._tell)
		self.drop.given.connect(self.take)
		self.summary.followed.connect(self._body.ensureWidgetVisible)
		self._tell()
		(self.to if not address else self.drop.choose).setFocus()

	def _ticks(self, request: Request, situation, kind: str | None) -> QWidget:
		"""Return the ticks: its letter, whether it is the answer, the disclosure log."""
		self._letter = None
		self.with_letter, self.answers, self.listed = QCheckBox(), QCheckBox(), QCheckBox()
		shown: list[QWidget] = []
		is_open = request.status == "open"
		gone = any(one.pack_number == self.pack.number for one in situation.sent)
		offer = next(
			(one for one in self._council.letters.offers(situation) if one.kind == kind or (kind is None and one.next)),
			None,
		)
		if offer is not None and offer.kind in ANSWERING and not gone:
			draft = self._council.letters.draft(situation, offer.kind)
			if draft.ready:
				self._letter = WithLetter(situation, offer.kind)
				self.with_letter.setText(f"With the letter: {offer.title}")
				self.with_letter.setChecked(True)
				shown.append(self.with_letter)
			else:
				missing = sum(one.stops for one in draft.problems)
				told = f"The letter “{offer.title}” still needs {count(missing, 'thing', 'things')}."
				write = link("Write it first")
				write.clicked.connect(self.write)
				shown.append(box(row(say(told, "muted", wrap=False), write, None, gap=8)))
		self.answers.setText("This is our answer: the request then counts as answered")
		self.answers.setChecked(is_open)
		if is_open:
			shown.append(self.answers)
		self.listed.setText("List it in the disclosure log, without who asked")
		self.listed.setChecked(True)
		if may_be_listed(request.regime) and is_open:
			shown.append(self.listed)
		for one in (self.with_letter, self.answers, self.listed):
			theme.scaled(one, "setMinimumHeight", 28)
			one.toggled.connect(self._tell)
		return box(col(*shown, gap=4))

	def take(self, files: list[Path]) -> None:
		"""Take the file she really sent, if it is one of the pack's."""
		try:
			self._files = self._service.recognise(self.request.id, self.pack.number, files)
		except CranfordError as problem:
			self._files = ()
			self.drop.show_files("")
			self.summary.show_faults({self._file: " ".join((problem.what, problem.do))}, self._fields())
			self._body.ensureWidgetVisible(self.summary)
			self._tell()
			return
		self.summary.show_faults({}, self._fields())
		names = ", ".join(one.rpartition("/")[2] for one in self._files)
		self.drop.show_files(f"{names}: the same as in pack {self.pack.number}")
		self._tell()
		self.go.setFocus()

	def _fields(self) -> tuple[FormField, ...]:
		return (self._ways, self._to, self._file, self._day)

	def faults(self) -> dict[FormField, str]:
		"""Return what is wrong with the answers."""
		found: dict[FormField, str] = {}
		how = self.ways.how()
		if how != "hand" and not self.to.text().strip():
			found[self._to] = "Say where it went to"
		if how == "email" and not self._files:
			found[self._file] = "Choose the file that you attached"
		if words := self.day.problem("The day it went out"):
			found[self._day] = words
		return found

	def record(self) -> None:
		"""Record it, or say what is missing."""
		if self.summary.show_faults(self.faults(), self._fields()):
			self._body.ensureWidgetVisible(self.summary)
			return
		given = Given(self.day.date(), self.ways.how(), self.to.text(), self._files)
		letter = self._letter if self._letter is not None and self.with_letter.isChecked() else None
		answers = self.request.status == "open" and (letter is not None or self.answers.isChecked())
		try:
			self._service.record_sent(self.request.id, self.pack.number, given, letter=letter, answers=answers)
			if answers and may_be_listed(self.request.regime) and not self.listed.isChecked():
				self._council.disclosure_log.choose(self.request.id, listed=False)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.recorded.emit()

	def _tell(self, *_: object) -> None:
		"""Read back what would be recorded."""
		how, day = self.ways.how(), self.day.date()
		with_letter = self._letter is not None and self.with_letter.isChecked()
		self.answers.setEnabled(not with_letter)
		if with_letter:
			self.answers.setChecked(True)
		printed = "" if self._files or how == "email" else ", printed"
		to = self.to.text().strip()
		told = f"Pack {self.pack.number}{' with its letter' if with_letter else ''}{printed}, {HOW_WORDS[how]}"
		told += f" to {to}" if to else ""
		told += f", on {day_words(day)}." if day is not None else "."
		if self.request.status == "open" and self.answers.isChecked():
			told += " The request is then answered."
		self.note.setText(told)
		self._file.setVisible(True)
		self._file.label.setText(
			"Which file went out?"
			if how == "email"
			else "Did a file go out, on a stick or disc? If you printed it: none"
		)
