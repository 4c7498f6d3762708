"""The yearly review, page by page. What it knows lies in a `ReviewState`; every page is saved as it is left."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
	QWizard,
)

from cranford_desktop.domain.retention import REVIEW_PAGES, RetentionPosition, ReviewReport, ReviewState
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.wording import MONTHS
from cranford_desktop.ui.wizards.review_pages import (
	NUMBER,
	BeforePage,
	CheckAnswers,
	DuePage,
	HeldPage,
	ReportPage,
	StepList,
)


class RetentionReview(QWizard):
	"""The wizard; it lives inside the Retention tab. `closed`: later or done; `saving`: Save PDF and Excel…."""

	closed = Signal()
	saving = Signal()

	def __init__(self, council, window, state: ReviewState) -> None:
		"""Take the open council, the window, and a review that was started or is taken up again."""
		super().__init__()
		self.council, self.window_, self.state = council, window, state
		self.position: RetentionPosition = council.retention.position(state.on)
		self.report: ReviewReport | None = None
		self.files: dict[str, bytes] = {}
		self.setWindowFlags(Qt.WindowType.Widget)
		self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
		options = QWizard.WizardOption
		self.setOptions(
			options.NoBackButtonOnStartPage | options.NoBackButtonOnLastPage | options.NoCancelButtonOnLastPage
		)
		buttons = QWizard.WizardButton
		self._buttons = {
			buttons.NextButton: button("Next", "primary"),
			buttons.CommitButton: button("Make the schedule", "primary"),
			buttons.FinishButton: button("Done", "primary"),
			buttons.BackButton: button("Back"),
			buttons.CancelButton: button("Close and finish later"),
		}
		for which, one in self._buttons.items():
			self.setButton(which, one)
			self.setButtonText(which, one.text())
		self.setButtonLayout(
			[buttons.Stretch, buttons.CancelButton, *list(self._buttons)[3:4], *list(self._buttons)[:3]]
		)
		self.steps = StepList(f"Yearly review – {MONTHS[state.on.month - 1]} {state.on.year}")
		self.setSideWidget(self.steps)
		self.check = CheckAnswers(self)
		self.last = ReportPage(self)
		self.pages_ = (BeforePage(self), DuePage(self), HeldPage(self), self.check, self.last)
		for at, one in enumerate(self.pages_):
			self.setPage(at, one)
		self.currentIdChanged.connect(self._turned)
		self.setAccessibleName("Yearly review")
		self.restart()
		for _ in range(min(NUMBER[state.page], NUMBER["check"])):
			self.next()

	def resizeEvent(self, event: QResizeEvent) -> None:
		super().resizeEvent(event)
		self._fold()

	def _fold(self) -> None:
		"""Let the list of steps step aside where there is no room: each page says which step it is."""
		roomy = self.width() >= theme.px(860)
		self.steps.setVisible(roomy)
		if (side := self.steps.parentWidget()) is not None and side is not self:
			side.setVisible(roomy)

	def showEvent(self, event: QShowEvent) -> None:
		super().showEvent(event)
		# ModernStyle leaves a margin round its side and paints its pages white
		if (side := self.steps.parentWidget()) is not None and side.layout() is not None:
			side.layout().setContentsMargins(0, 0, 0, 0)
		if (frame_ := self.pages_[0].parentWidget()) is not None:
			frame_.setAutoFillBackground(False)
		self._fold()

	def keep(self) -> None:
		"""Save where she is and what she answered."""
		if self.report is not None or self.currentId() < 0:
			return
		key = REVIEW_PAGES[self.currentId()]
		self.state = replace(self.check.answers(self.state), page=key)
		try:
			self.council.retention.save_review(self.state)
		except CranfordError as problem:
			self.window_.problem(problem)

	def finish(self) -> None:
		"""Make the report in the background, then turn to it."""
		self.state = replace(self.check.answers(self.state), page="check")
		state = self.state

		def call(progress, stopped):
			report = self.council.retention.finish_review(state)
			return report, self.council.retention.review_files(state.id)

		self.window_.run("Making the report", call, self._finished, promise="Nothing is erased.")

	def _finished(self, made: tuple[ReviewReport, dict[str, bytes]]) -> None:
		self.report, self.files = made
		self.next()
		self.window_.changed()

	def _turned(self, at: int) -> None:
		if at < 0:
			return
		self.steps.show_step(at)
		self.keep()

	def done(self, result: int) -> None:
		"""Leave: saved, to be taken up again, or finished."""
		self.keep()
		self.last.preview.close_pdf()
		super().done(result)
		self.closed.emit()
