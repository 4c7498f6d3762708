"""Setting up a council: name, pass phrase, policy, check your answers, create, recovery sheet."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QRadioButton, QScrollArea, QStackedWidget, QWidget

from cranford_desktop.errors import CranfordError, ProblemWithFile
from cranford_desktop.services.council import Council
from cranford_desktop.ui.doors import Doors
from cranford_desktop.ui.opening import SecretField
from cranford_desktop.ui.parts.controls import button, field, link
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.help_pages import PolicyDialog, policy_facts, policy_sections
from cranford_desktop.ui.parts.labels import dress, say
from cranford_desktop.ui.parts.layouts import box, card, clear, col, page, row, rule
from cranford_desktop.ui.parts.notices import ProblemDialog
from cranford_desktop.ui.parts.patterns import banner, flow_foot, pairs
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.steps import Steps
from cranford_desktop.ui.parts.strength import LEAST, strength
from cranford_desktop.ui.task import Task

STEPS = ("Your council", "Keep it safe", "Your policy", "Check your answers", "Recovery sheet")
OPEN_RECORDS = (
	"Anyone who can use this computer can read the records, and no document will say that they are encrypted. "
	"You can choose this, and it is recorded that you did."
)


def folder_for(data_folder: Path, council: str) -> Path:
	"""Return a new folder for a council's records, named after it."""
	name = re.sub(r"[^\w \-'’&]+", " ", council).strip(" .") or "Council"
	wanted = data_folder / name[:60].strip()
	free, number = wanted, 2
	while free.exists() and (not free.is_dir() or any(free.iterdir())):
		free = wanted.with_name(f"{wanted.name} {number}")
		number += 1
	return free


class FirstRun(QWidget):
	"""The set-up flow; `finished` gets the council, `left` is called if she goes back to the start."""

	def __init__(
		self,
		doors: Doors,
		*,
		finished: Callable[[Council, str | None], object],
		left: Callable[[], object],
		folder: Path | None = None,
	) -> None:
		super().__init__()
		self._doors, self._finished, self._left, self._folder = doors, finished, left, folder
		self._council: Council | None = None
		self._key: str | None = None
		self._saved = False
		self._task: Task | None = None
		self._steps = Steps("Set up my council", STEPS)
		self._pages = QStackedWidget()
		for build in (self._name_page, self._safe_page, self._policy_page, self._check_page, self._sheet_page):
			self._pages.addWidget(build())
		self._back = button("Back")
		self._back.clicked.connect(self.go_back)
		self._next = button("Next", "primary")
		self._next.setDefault(True)
		self._next.clicked.connect(self.go_on)
		self._foot = flow_foot("Nothing has been made yet.", self._back, 4, self._next)
		side = self._steps.frame
		right = col((self._pages, 1), rule(), self._foot, gap=0)
		self.setLayout(row(side, rule(vertical=True), (right, 1), gap=0))
		self._show(0)

	# pages
	def _name_page(self) -> QScrollArea:
		self.name = field(name="Name of the council")
		self.name.returnPressed.connect(self.go_on)
		self._name_field = FormField(
			"What is your council called?",
			self.name,
			"As it stands on your letters, for example Cranford Parish Council.",
		)
		self._name_faults = ErrorSummary()
		return page(
			say("Your council", "title", wrap=False),
			self._name_faults,
			self._name_field,
			width=620,
			pad=(28, 24, 28, 24),
		)

	def _safe_page(self) -> QScrollArea:
		self.with_phrase = QRadioButton("Protect the records with a pass phrase (recommended)")
		self.without = QRadioButton("No pass phrase")
		self.with_phrase.setChecked(True)
		group = QButtonGroup(self)
		for one in (self.with_phrase, self.without):
			group.addButton(one)
			one.setAccessibleName(one.text())
		self.phrase = SecretField("Pass phrase")
		self.again = SecretField("The same again")
		self.again.box.returnPressed.connect(self.go_on)
		self._phrase_field = FormField(
			"Pass phrase", self.phrase, f"Three or four odd words are easy to remember. At least {LEAST} characters."
		)
		self._again_field = FormField("The same again", self.again)
		self._strength = say(" ", "muted", wrap=True)
		self.phrase.box.textChanged.connect(self._weigh)
		self._phrases = box(col(self._phrase_field, self._strength, self._again_field, gap=10, pad=(26, 0, 0, 0)))
		self._consequence = banner("warn", "Without a pass phrase the records are open.", OPEN_RECORDS)
		self._consequence.hide()
		self.without.toggled.connect(self._without)
		self._safe_faults = ErrorSummary()
		return page(
			say("Keep it safe", "title", wrap=False),
			say("The records hold what people wrote in confidence. They are encrypted on this computer.", wrap=True),
			self._safe_faults,
			self.with_phrase,
			self._phrases,
			self.without,
			self._consequence,
			width=620,
			gap=12,
			pad=(28, 24, 28, 24),
		)

	def _without(self, on: bool) -> None:
		self._consequence.setVisible(on)
		self._phrases.setVisible(not on)
		self._safe_faults.show_faults({}, (self._phrase_field, self._again_field))

	def _weigh(self, typed: str) -> None:
		level, words = strength(typed, self.name.text()) if typed else ("", " ")
		self._strength.setText(words)
		dress(self._strength, "role", {"weak": "warn", "fair": "muted", "strong": "ok"}.get(level, "muted"))

	def _policy_page(self) -> QWidget:
		policy = self._doors.tables.policy
		text = policy_sections(policy)
		whole = link("Read it as it was adopted, with its list of contents")
		whole.clicked.connect(lambda: PolicyDialog(policy, self).open())
		head = col(
			say(policy.title, "title", wrap=True),
			say("Cranford Desktop works after this policy. It is kept with your records.", wrap=True),
			policy_facts(policy),
			gap=8,
		)
		inside = col(head, (text, 1), row(whole, None), gap=12, pad=(28, 24, 28, 20))
		return box(inside)

	def _check_page(self) -> QScrollArea:
		self._answers = col(gap=0)
		return page(
			say("Check your answers", "title", wrap=False),
			card(box(self._answers), pad=(20, 8, 20, 8)),
			width=720,
			pad=(28, 24, 28, 24),
		)

	def _sheet_page(self) -> QWidget:
		self._sheet = PdfPreview(primary_print=False)
		self._sheet.saving.connect(self.save_sheet)
		head = col(
			say("Print the recovery sheet", "title", wrap=True),
			say(
				"It opens the records if the pass phrase is forgotten. Keep it away from this computer, "
				"for example in the council’s safe. You can print or save it until these records are closed; "
				"then its key is forgotten for good.",
				wrap=True,
			),
			gap=4,
		)
		return box(col(box(col(head, pad=(28, 18, 28, 6))), (self._sheet, 1), gap=0))

	# moving
	@property
	def step(self) -> int:
		"""Return the number of the page shown, from 0."""
		return self._pages.currentIndex()

	def _show(self, step: int) -> None:
		self._pages.setCurrentIndex(step)
		self._steps.show(step)
		self._back.say("Back")
		self._back.setVisible(step < 4)
		self._next.say({3: "Create the records", 4: "I have printed or saved it"}.get(step, "Next"))
		notes = {2: "You can read it at any time under Help.", 4: "The records are made."}
		self._foot.note.setText(notes.get(step, "Nothing has been made yet."))
		if step == 3:
			self._fill_answers()
		if step == 4:
			self._back.say("I’ll do it later")
			self._back.setVisible(True)
		first = {0: self.name, 1: self.phrase.box}.get(step, self._next)
		first.setFocus(Qt.FocusReason.OtherFocusReason)

	def go_back(self) -> None:
		"""Go back one page; from the first to the start; on the recovery sheet: later."""
		if self._task is not None:
			return
		if self.step == 4:
			self._done(sheet=False)
		elif self.step == 0:
			self._left()
		else:
			self._show(self.step - 1)

	def go_on(self) -> None:
		"""Check this page and go on; what is wrong is said, what was typed stays."""
		if self._task is not None:
			return
		if self.step == 4:
			self._done(sheet=True)
		elif self.step == 3:
			self._create()
		elif self._is_right():
			self._show(self.step + 1)

	def _is_right(self) -> bool:
		faults: dict[FormField, str] = {}
		if self.step == 0:
			if not self.name.text().strip():
				faults[self._name_field] = "Say what your council is called"
			return not self._name_faults.show_faults(faults, (self._name_field,))
		if self.step == 1 and self.with_phrase.isChecked():
			if len(self.phrase.text()) < LEAST:
				faults[self._phrase_field] = f"The pass phrase needs at least {LEAST} characters"
			elif self.phrase.text() != self.again.text():
				faults[self._again_field] = "The two pass phrases differ. Type the same one twice"
		return not self._safe_faults.show_faults(faults, (self._phrase_field, self._again_field))

	def _place(self) -> Path:
		return self._folder or folder_for(self._doors.data_folder, self.name.text())

	def _fill_answers(self) -> None:
		clear(self._answers)
		phrase = (
			"Set" if self.with_phrase.isChecked() else "None: anyone who can use this computer can read the records"
		)
		policy = self._doors.tables.policy
		rows: list[tuple[str, str | QWidget]] = [
			("Council", self.name.text().strip()),
			("Pass phrase", phrase),
			("Policy", f"{policy.title}, minute {policy.minute}"),
		]
		self._answers.addWidget(pairs(rows, 160, change=self._show))
		self._answers.addWidget(rule())
		self._answers.addWidget(pairs([("Where", str(self._place()))], 160))

	# making
	def _create(self) -> None:
		phrase = self.phrase.text() if self.with_phrase.isChecked() else None
		folder, name = self._place(), self.name.text().strip()
		self._next.setEnabled(False)
		self._back.setEnabled(False)
		self._foot.note.setText("Making the records…")
		self._task = Task(lambda _progress, _stopped: self._doors.create_council(folder, name, phrase), self)
		self._task.finished.connect(self._created)
		self._task.failed.connect(self._failed)

	def _failed(self, problem: CranfordError) -> None:
		self._task = None
		self._next.setEnabled(True)
		self._back.setEnabled(True)
		self._foot.note.setText("Nothing has been made yet.")
		ProblemDialog(problem, self).open()

	def _created(self, made: tuple[Council, str | None]) -> None:
		self._task = None
		self._next.setEnabled(True)
		self._back.setEnabled(True)
		self._council, self._key = made
		for one in (self.phrase.box, self.again.box):
			one.clear()
		if self._key is None:
			self._finished(self._council, None)
			return
		self._sheet.show_pdf(self._council.safekeeping.recovery_sheet(self._key), "Recovery sheet")
		self._show(4)

	def save_sheet(self) -> None:
		"""Ask where the sheet is to be saved, and save it."""
		name, _ = QFileDialog.getSaveFileName(self, "Save the recovery sheet", "Recovery sheet.pdf", "PDF (*.pdf)")
		if name:
			self.save_sheet_to(Path(name))

	def save_sheet_to(self, file: Path) -> None:
		"""Save the sheet as a PDF."""
		try:
			file.write_bytes(self._council.safekeeping.recovery_sheet(self._key))
		except OSError as problem:
			told = ProblemWithFile(
				"The recovery sheet could not be saved there.",
				"Your records are safe.",
				"The stick may be full or write-protected. Choose another place, or print the sheet.",
				type(problem).__name__,
			)
			ProblemDialog(told, self).open()
			return
		self._saved = True
		self._foot.note.setText(f"Saved as {file.name}. Do not leave it on this computer.")

	@property
	def key_unsaved(self) -> bool:
		"""Whether a recovery key is shown that would be lost if the window closed now."""
		return self._key is not None and not self._saved

	def _done(self, *, sheet: bool) -> None:
		council = self._council
		sheet = sheet or self._saved
		if sheet:
			council.safekeeping.recovery_sheet_done(done=True)
		self._sheet.close_pdf()
		key, self._key = self._key, None
		self._council = None
		self._finished(council, None if sheet else key)

	def close_down(self) -> None:
		"""Close the records again if the window goes while the sheet is shown."""
		if self._council is not None:
			self._council.close()
			self._council = None
