"""The pages of the yearly review: what each shows, and what it asks. The wizard turns them and keeps the state."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
	QCheckBox,
	QFrame,
	QHeaderView,
	QTreeWidget,
	QTreeWidgetItem,
	QVBoxLayout,
	QWidget,
	QWizard,
	QWizardPage,
)

from cranford_desktop.domain.retention import REVIEW_PAGES, RetentionPosition, ReviewState
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.controls import button, field
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField
from cranford_desktop.ui.parts.labels import Glyph, fact, say
from cranford_desktop.ui.parts.layouts import clear, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import pairs
from cranford_desktop.ui.parts.pdf_preview import PdfPreview
from cranford_desktop.ui.parts.retention_words import ERASING_LATER, held_count
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import MONTHS, count, day_words, local

STEPS = {
	"before": "Before you start",
	"due": "What is due",
	"held": "What is held",
	"check": "Check your answers",
	"report": "The report",
}
NUMBER = {key: at for at, key in enumerate(REVIEW_PAGES)}


class StepList(QFrame):
	"""The names of the steps, with where she is."""

	def __init__(self, head: str) -> None:
		super().__init__()
		self.setProperty("kind", "side")
		theme.scaled(self, "setFixedWidth", 222)
		self._head = head
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(20, 20, 14, 16)
		self._box.setSpacing(11)

	def show_step(self, here: int) -> None:
		"""Mark the step."""
		clear(self._box)
		self._box.addWidget(say(self._head, "label", wrap=True))
		for at, words in enumerate(STEPS.values()):
			done, now = at < here, at == here
			icon = "checkmark_circle" if done else ("record" if now else "circle")
			label = say(words, "strong" if now else ("body" if done else "muted"), wrap=True)
			label.setAccessibleName(f"{words}, {'done' if done else 'you are here' if now else 'to come'}")
			mark = Glyph(icon, "accent" if at <= here else "border", 18)
			self._box.addLayout(row(col(mark, None, gap=0, pad=(0, 2, 0, 0)), (label, 1), gap=10))
		self._box.addStretch(1)


class ReviewPage(QWizardPage):
	"""One page: title, where she is, content that scrolls."""

	key = "before"

	def __init__(self, wizard) -> None:
		super().__init__()
		self.review = wizard
		self.title_label = say(STEPS[self.key], "title", wrap=True)
		self._at = say("", "muted", wrap=False)
		self._lead = say("", wrap=True)
		self._body = QVBoxLayout()
		self._body.setSpacing(12)
		top = frame(col(row((self.title_label, 1), self._at), self._lead, gap=4, pad=(24, 16, 24, 12)), "header")
		self._area = page(self._body, width=860, gap=12, pad=(24, 16, 24, 16))
		box = QVBoxLayout(self)
		box.setContentsMargins(0, 0, 0, 0)
		box.setSpacing(0)
		for part in (top, rule(), self._area):
			box.addWidget(part, 1 if part is self._area else 0)

	def initializePage(self) -> None:
		self.fill()
		self.say_where()

	def say_where(self) -> None:
		"""Say which step this is and when it was saved."""
		now = self.review.council.clock()
		self._at.setText(f"Step {NUMBER[self.key] + 1} of {len(STEPS)} – saved {now:%H:%M}")

	def fill(self) -> None:
		"""Show what is known now."""

	def put(self, title: str, lead: str, *items: QWidget) -> None:
		"""Show a title, a sentence and some cards."""
		self.title_label.setText(title)
		self._lead.setText(lead)
		self._lead.setVisible(bool(lead))
		clear(self._body)
		for item in items:
			self._body.addWidget(item)


class BeforePage(ReviewPage):
	"""Last review, schedule in force, back-up, what is open."""

	key = "before"

	def fill(self) -> None:
		council = self.review.council
		done = [one for one in council.retention.reviews() if one.outcome != "open"]
		last = max((one.on for one in done), default=None)
		backup = council.safekeeping.last_backup()
		today = council.clock().date()
		open_requests = [one.reference for one in council.requests.requests() if one.status == "open"]
		open_cases = [one.reference for one in council.casework.cases() if one.stage != "Closed"]
		policy = council.tables.policy
		fresh = backup is not None and (today - local(backup[0]).date()).days <= 8
		items = [
			fact(
				"calendar_checkmark",
				f"Last review: {day_words(last)}." if last else "This is the first yearly review.",
			),
			fact(
				"book_open",
				f"In force: {policy.title}, adopted {day_words(policy.adopted, weekday=False)}, "
				f"minute {policy.minute}. Section 5 asks for this review every year.",
			),
			fact(
				"shield_checkmark" if fresh else "warning",
				f"Last back-up: {day_words(local(backup[0]).date())}." if backup else "No back-up has been made yet.",
				ink="ok" if fresh else "warn",
			),
			fact(
				"mail_inbox",
				f"Open requests: {', '.join(open_requests)}." if open_requests else "No request is open.",
			),
			fact("scales", f"Open cases: {', '.join(open_cases)}." if open_cases else "No case is open."),
		]
		made = card(*items, gap=10, pad=(20, 16, 20, 16))
		backup_button = button("Back up now…")
		backup_button.clicked.connect(lambda: self.review.window_.go("act:backup"))
		self.put(
			"Before you start",
			f"The review looks at the archive as it stands on {day_words(self.review.state.on)}. It erases nothing.",
			made,
			frame(row(backup_button, None)),
		)


class DuePage(ReviewPage):
	"""What is past its time: by kind, and month by month."""

	key = "due"

	def fill(self) -> None:
		position = self.review.position
		rows = [
			(
				one.title,
				f"{count(one.messages, 'message')} here"
				+ (f", the first due {day_words(one.first_due, weekday=False)}" if one.first_due else ""),
			)
			for one in position.classes
		]
		cards = [card(say("By kind", "head"), 2, pairs(rows, 230), gap=2, pad=(20, 14, 20, 10))] if rows else []
		if position.months:
			cards.insert(0, card(say("Where they are", "head"), 4, self._table(position), gap=2, pad=(20, 14, 20, 14)))
		if position.due:
			title = f"{count(position.due, 'message is', 'messages are')} due"
			lead = "They were sent six years ago or more, and nothing open needs them."
		else:
			until = f" The first is due on {day_words(position.first_due)}." if position.first_due else ""
			title, lead = (
				"Nothing is due",
				f"No message is past its time.{'' if held_count(position) else until}",
			)
		self.put(title, lead, *cards)

	def _table(self, position: RetentionPosition) -> QWidget:
		tree = QTreeWidget()
		tree.setAccessibleName("Messages that are due, by group and month")
		tree.setRootIsDecorated(False)
		tree.setHeaderLabels(["Group", "Month", "Messages", "Of them held"])
		tree.setFrameShape(QFrame.Shape.NoFrame)
		tree.setUniformRowHeights(True)
		right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
		for one in position.months:
			month = f"{MONTHS[one.month - 1]} {one.year}"
			item = QTreeWidgetItem([one.group, month, f"{one.messages:,}", f"{one.held:,}" if one.held else "–"])
			item.setTextAlignment(2, right)
			item.setTextAlignment(3, right)
			item.setData(
				0, Qt.ItemDataRole.AccessibleTextRole, f"{one.group}, {month}: {one.messages} messages, {one.held} held"
			)
			tree.addTopLevelItem(item)
		head = tree.header()
		head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
		for column in (1, 2, 3):
			head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
		head.setStretchLastSection(False)
		tree.headerItem().setTextAlignment(2, right)
		tree.headerItem().setTextAlignment(3, right)
		theme.scaled(tree, "setFixedHeight", 48 + 40 * min(6, max(1, len(position.months))))
		return tree


class HeldPage(ReviewPage):
	"""What is due but kept, and why; read only."""

	key = "held"

	def fill(self) -> None:
		position = self.review.position
		held = held_count(position)
		if not held:
			self.put(
				"Nothing that is due is held",
				"No open request or case needs a message that is past its time.",
				card(
					say(
						"Had an open request or case needed one, it would stay, whatever its age: "
						"the Freedom of Information Act, section 77, makes erasing it an offence.",
						"muted",
						wrap=True,
					),
					pad=(20, 14, 20, 14),
				),
			)
			return
		rows = [(one.reference or "Kept", f"{one.reason}. {count(one.messages, 'message')}.") for one in position.held]
		self.put(
			f"{count(held, 'message is', 'messages are')} held",
			"They are past their time, but something open needs them, so they stay.",
			card(
				pairs(rows, 200),
				6,
				say(
					"Erasing what a request asks for can be an offence (Freedom of Information Act, section 77).",
					"small",
				),
				gap=2,
				pad=(20, 10, 20, 12),
			),
		)


class CheckAnswers(ReviewPage):
	"""The minute, and what finishing does. Nothing is done before the button."""

	key = "check"

	def __init__(self, wizard) -> None:
		super().__init__(wizard)
		self.setCommitPage(True)
		self.summary = ErrorSummary()
		self.minute = field(width=220)
		self.pending = QCheckBox("It is not minuted yet: the report says “awaiting minute”")
		theme.scaled(self.pending, "setMinimumHeight", 28)
		self.note = lines("Anything to add?", 62)
		self._minute = FormField(
			"Which minute gives the authority?",
			self.minute,
			"The reference in the council’s minutes, for example 26/121.",
		)
		self._note = FormField("Anything to add?", self.note, "Printed in the report.", optional=True)
		state = wizard.state
		self.minute.setText(state.minute)
		self.pending.setChecked(state.minute_pending)
		self.note.setPlainText(state.note)
		self._answers = QVBoxLayout()
		self._form = card(self.summary, self._minute, self.pending, self._note, gap=12, pad=(20, 16, 20, 16))
		self._told = QVBoxLayout()
		self._body.addLayout(self._told)
		self._body.addWidget(self._form)
		self.minute.textChanged.connect(lambda words: self.pending.setChecked(False) if words.strip() else None)

	def fill(self) -> None:
		position = self.review.position
		nil = not position.due
		self.title_label.setText("Check your answers")
		self._lead.setText(
			"Nothing is due, so the review ends in a nil certificate."
			if nil
			else f"The review ends in a schedule of {count(position.due, 'message')}. {ERASING_LATER}"
		)
		clear(self._told)
		rows = [
			("As of", day_words(self.review.state.on)),
			("Due", count(position.due, "message") if position.due else "None"),
			("Held", count(held_count(position), "message") if held_count(position) else "None"),
			("Messages looked at", f"{position.total:,}"),
			("What finishing does", "Makes a report and seals it in the archive. It erases nothing."),
		]
		self._told.addWidget(card(pairs(rows, 200), gap=2, pad=(20, 8, 20, 8)))
		self.setButtonText(
			QWizard.WizardButton.CommitButton, "Make the nil certificate" if nil else "Make the schedule"
		)

	def answers(self, state: ReviewState) -> ReviewState:
		"""Return the state with what stands on this page."""
		return replace(
			state,
			minute=self.minute.text().strip(),
			minute_pending=self.pending.isChecked(),
			note=self.note.toPlainText().strip(),
		)

	def validatePage(self) -> bool:
		if self.review.report is not None:
			return True
		missing = not self.minute.text().strip() and not self.pending.isChecked()
		faults = {self._minute: "Enter the minute’s reference, or tick that it is not minuted yet"} if missing else {}
		if self.summary.show_faults(faults, (self._minute,)):
			return False
		self.review.finish()
		return False


class ReportPage(ReviewPage):
	"""What was made: the schedule or the nil certificate, with Print…."""

	key = "report"

	def __init__(self, wizard) -> None:
		super().__init__(wizard)
		self.preview = PdfPreview(save="Save PDF and Excel…")
		self.preview.saving.connect(wizard.saving)
		self._area.hide()
		self.layout().addWidget(self.preview, 1)

	def fill(self) -> None:
		report = self.review.report
		if report is None:
			return
		if report.outcome == "nil":
			self.title_label.setText("The nil certificate is made: nothing was due")
			self._lead.setText("It is sealed in the archive. Print it for the minutes.")
		else:
			self.title_label.setText(f"The schedule is made: {count(report.position.due, 'message')}, nothing erased")
			self._lead.setText(f"{ERASING_LATER} The schedule is sealed in the archive. Print it for the minutes.")
		pdf = next((data for name, data in sorted(self.review.files.items()) if name.endswith(".pdf")), None)
		if pdf is not None:
			self.preview.show_pdf(pdf, f"Yearly review {report.reference}")
