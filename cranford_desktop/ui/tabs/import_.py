"""Import: drop or choose, check what was found before anything is written, answer what only she can, a receipt."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.messages import DateOrder, MessageFilter, Receipt
from cranford_desktop.errors import CranfordError, NotBuiltYet
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.drop_overlay import dropped_files, sort_files
from cranford_desktop.ui.parts.export_card import ExportCard
from cranford_desktop.ui.parts.focus_keeper import first_stop
from cranford_desktop.ui.parts.holdings_page import holdings_page
from cranford_desktop.ui.parts.import_files import look_in, unfold
from cranford_desktop.ui.parts.import_pages import (
	AnswersPage,
	CheckPage,
	FlowPage,
	NothingNewPage,
	QuestionsPage,
)
from cranford_desktop.ui.parts.import_plan import Found, Holder, Looked, Plan
from cranford_desktop.ui.parts.import_reading import look_at
from cranford_desktop.ui.parts.import_start import DownloadsPage, StartPage
from cranford_desktop.ui.parts.import_taking import Taken, settle
from cranford_desktop.ui.parts.receipt_desk import ReceiptDesk
from cranford_desktop.ui.parts.receipt_page import ReceiptPage
from cranford_desktop.ui.parts.sensitive_page import LOOKING
from cranford_desktop.ui.parts.wording import count
from cranford_desktop.ui.tabs.people import WHO

_FILTER = "WhatsApp exports (*.zip *.txt *.eml);;All files (*)"
_BY_READING = "Nothing is added by reading."


class ImportTab(QWidget):
	"""One page at a time: the place to drop, the steps of an import, receipts."""

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.downloads = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation))
		self._stack = QStackedWidget()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self._stack)
		self._desk = ReceiptDesk(council, window, self, self._look_at_names)
		self.plan: Plan | None = None
		self._reasons: tuple[str, ...] = ()
		self._busy = self._stale = False
		paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
		paste.activated.connect(self.paste)
		self.start_again()

	@property
	def page(self) -> QWidget:
		"""Return the page that is shown."""
		return self._stack.currentWidget()

	@property
	def cards(self) -> list[ExportCard]:
		"""Return the files on the check page; none on any other page."""
		return self.page.cards if isinstance(self.page, CheckPage) else []

	def show_page(self, widget: QWidget) -> None:
		"""Show a page in the place of the one before."""
		while self._stack.count():
			old = self._stack.widget(0)
			self._stack.removeWidget(old)
			old.deleteLater()
		self._stack.addWidget(widget)

	def stand(self, where: QWidget | None = None) -> None:
		"""Put the keys on the next step."""
		where = where or first_stop(self.page)
		if where is not None and self.isVisible():
			where.setFocus(Qt.FocusReason.OtherFocusReason)

	# the place to drop
	def start_again(self) -> None:
		"""Go back to the place to drop; nothing of what was looked at is kept."""
		self.plan = None
		start = StartPage(first=not self._council.importing.receipts())
		start.choose.connect(self.choose_files)
		start.downloads.connect(self.look_in_downloads)
		start.receipt.connect(lambda receipt: self._desk.show([receipt], old=True))
		start.picked.connect(self.open_archive_at)
		start.missing.connect(lambda: self.show_missing("missing"))
		self.show_page(start)
		self._fill()
		self.stand()

	def _fill(self) -> None:
		"""Read past imports into the first page, and what is held once it is seen."""
		self.page.show_past(self._council.importing.receipts())
		self._stale = not self.isVisible()
		if not self._stale:
			self._fill_held()

	def _fill_held(self) -> None:
		start = self.page

		def show(coverage) -> None:
			if self.page is start:
				start.show_held(coverage)

		self._window.run(
			"Reading what is held",
			lambda _progress, _stopped: self._council.holdings.coverage(),
			show,
			failed=self._unless_unbuilt,
			cancelled=lambda: None,
			promise="",
		)

	def _unless_unbuilt(self, problem: CranfordError) -> None:
		if not isinstance(problem, NotBuiltYet):
			self._window.problem(problem)

	def refresh(self) -> None:
		"""Read past imports and coverage again, or how many names are left to answer; a check stays as it is."""
		if isinstance(self.page, StartPage):
			self._fill()
		elif isinstance(self.page, ReceiptPage) and self.page.names[0]:
			self._stale = not self.isVisible()
			if not self._stale:
				self._desk.count_names()

	def showEvent(self, event):
		super().showEvent(event)
		if not self._stale:
			return
		self._stale = False
		if isinstance(self.page, StartPage):
			self._fill_held()
		elif isinstance(self.page, ReceiptPage):
			self._desk.count_names()

	def open_archive_at(self, group: str, day) -> None:
		"""Show a group's conversation from a day on."""
		browsing = self._council.browsing

		def find(_progress, _stopped):
			later = browsing.ids(MessageFilter(group=group, start=day))
			return later[0] if later else next(iter(browsing.ids(MessageFilter(group=group))[-1:]), None)

		def show(message_id) -> None:
			if message_id is not None:
				self._window.go(f"archive:{message_id}")

		self._window.run("Looking for that day", find, show, promise="")

	def _look_at_names(self) -> None:
		people = self._window.tab_pages["people"]
		self._window.go("people")
		people.show_view(WHO)

	def show_missing(self, part: str = "missing") -> None:
		"""Show what is not held, or a page beside it: who was asked, the yearly return, the transfer register."""
		shown = holdings_page(self._council, self._window, part)
		shown.left.connect(self.start_again)
		self.show_page(shown)
		self.stand()

	# ways in
	def choose_files(self) -> None:
		"""Ask for files."""
		names, _ = QFileDialog.getOpenFileNames(self, "Choose WhatsApp exports", "", _FILTER)
		if names:
			self.take_files([Path(name) for name in names])

	def paste(self) -> None:
		"""Take files that were copied in the system's own file window."""
		files, reasons = sort_files(dropped_files(QGuiApplication.clipboard().mimeData()))
		if files:
			self.take_files(files, reasons)
		else:
			self._window.toast(reasons[0] if reasons else "Copy the export files first, then paste them.", done=False)

	def look_in_downloads(self) -> None:
		"""List what is called like an export in Downloads; nothing is opened until it is ticked."""
		today = self._council.clock().date()

		def show(found) -> None:
			listed = DownloadsPage(self.downloads, found, today)
			listed.chosen.connect(self.take_files)
			listed.left.connect(self.start_again)
			self.show_page(listed)
			self.stand(next(iter(listed.ticks.values()), None))

		self._window.run(
			f"Looking in {self.downloads.name}",
			lambda _progress, _stopped: look_in(self.downloads),
			show,
			promise="Only names are looked at.",
		)

	def take_files(self, files: Sequence[Path], reasons: Sequence[str] = ()) -> None:
		"""Read files and show what they are; `reasons` say why other dropped files were left out."""
		if self._busy:
			self._window.toast("One import at a time. This one has to finish first.", done=False)
			return
		before = [one.path for one in self.plan.looked.found] if self.plan is not None else []
		self._reasons = tuple(reasons)
		self._read([*before, *files], {})

	def _read(self, files: Sequence[Path], orders: dict[Path, DateOrder]) -> None:
		"""Read what was not read before, or is to be read with another order of its dates."""
		self._busy = True
		plan = self.plan
		orders = {**(plan.orders if plan is not None else {}), **orders}
		held = {one.path: one for one in plan.looked.found} if plan is not None else {}
		known = {path: one for path, one in held.items() if plan.orders.get(path) == orders.get(path)}
		wanted = list(files)

		def read(progress, stopped) -> tuple[Looked, list[str]]:
			paths, empty = unfold(wanted)
			return look_at(self._council, paths, orders, known, progress, stopped), empty

		title = f"Reading {wanted[0].name}" if len(wanted) == 1 else f"Reading {count(len(wanted), 'file')}"
		self._window.run(
			title,
			read,
			lambda result: self._read_done(*result, orders, held),
			failed=self._not_read,
			cancelled=self._stopped,
			promise=_BY_READING,
		)

	def _not_read(self, problem: CranfordError) -> None:
		self._busy = False
		self._window.problem(problem)
		if self.plan is not None:
			self._check()

	def _stopped(self) -> None:
		self._busy = False
		self._window.toast("Stopped. Nothing was added.", done=False)
		if self.plan is not None:
			self._check()

	def _read_done(
		self, looked: Looked, empty: Sequence[str], orders: dict[Path, DateOrder], held: dict[Path, Found]
	) -> None:
		self._busy = False
		self._reasons = (*self._reasons, *empty)
		refused = next(
			(one for one in looked.found if one.preview is None and one.path in held and held[one.path].usable), None
		)
		if refused is not None:  # the file disproves the order she asked for: the reading that holds stays
			self._window.problem(refused.problem)
			self._check()
			return
		if self.plan is None:
			self.plan = Plan(looked)
		self.plan.looked_again(looked)
		self.plan.orders = orders
		found = looked.found
		if found and all(one.nothing_new for one in found) and not self._reasons:
			self._nothing_new()
		else:
			self._check()
		if self._window.council is not None:
			self._window.go("import")

	def _nothing_new(self) -> None:
		shown = NothingNewPage(self.plan)
		shown.again.connect(self.start_again)
		shown.see.connect(lambda: self._window.go("archive"))
		self.plan = None
		self.show_page(shown)
		self.stand()

	# the steps
	def _steps(self) -> list[str]:
		plan = self.plan
		return ["check", *(["questions"] if plan.questions() else []), *(["answers"] if plan.answers_to_check else [])]

	def _step(self, name: str) -> tuple[int, int]:
		steps = self._steps()
		return steps.index(name) + 1, len(steps)

	def _check(self) -> None:
		shown = CheckPage(self.plan, self._reasons, self._step("check"))
		shown.changed.connect(self._said)
		shown.read_again.connect(self._read_again)
		shown.went_back.connect(self.start_again)
		shown.went_on.connect(self._leave_check)
		self.show_page(shown)
		open_question = next(
			(one.question for one in shown.cards if one.question and one.at in self.plan.undated), None
		)
		self.stand(open_question.widget.focusProxy() if open_question else shown.on if self.plan.usable else shown.back)

	def _said(self) -> None:
		if isinstance(self.page, CheckPage):
			self.page.show_verb()
			self.page.show_step(*self._step("check"))

	def _read_again(self, at: int, order: DateOrder) -> None:
		if not self._busy:
			found = self.plan.looked.found
			self.plan.dates.add(at)
			self._read([one.path for one in found], {found[at].path: order})

	def _leave_check(self) -> None:
		if self.page.check():
			self._go_on("check")

	def _go_on(self, done: str) -> None:
		steps = self._steps()
		following = steps[steps.index(done) + 1 :]
		if not following:
			self.import_all()
		else:
			{"questions": self._ask, "answers": self._show_answers}[following[0]]()

	def _ask(self) -> None:
		shown = QuestionsPage(self.plan, self._council.clock().date(), self._step("questions"))
		shown.went_back.connect(self._check)
		shown.went_on.connect(lambda: self._go_on("questions") if shown.check() else None)
		self.show_page(shown)
		self.stand(next(iter(shown.cards[0].options.values())))

	def _show_answers(self) -> None:
		shown = AnswersPage(self.plan, self._step("answers"))
		shown.change.connect(lambda where: self._ask() if where == "questions" else self._check())
		shown.went_back.connect(lambda: self._ask() if self.plan.questions() else self._check())
		shown.went_on.connect(self.import_all)
		self.show_page(shown)
		self.stand(shown.on)

	# importing
	def import_all(self) -> None:
		"""Import what is wanted, one file after the other; each succeeds or leaves nothing."""
		if self._busy:
			return
		self._queue = self.plan.jobs()
		self._taken = Taken()
		self._total = len(self._queue)
		self._busy = True
		self._hold_still()
		self._next()

	def _hold_still(self) -> None:
		shown = self.page
		if isinstance(shown, FlowPage):
			shown.area.setEnabled(False)
			for one in (shown.back, shown.on):
				one.setEnabled(False)
			shown.foot.note.setText("Nothing of a file is added until it is finished.")

	def _next(self) -> None:
		if not self._queue:
			self._finish()
			return
		at, answers = self._queue.pop(0)
		preview = self.plan.looked.found[at].preview
		holder: Holder | None = self.plan.holder(at) if answers.phone is not None else None
		number = self._total - len(self._queue)
		many = f" {number} of {self._total}" if self._total > 1 else ""
		name = preview.path.name

		def done(receipt: Receipt) -> None:
			if answers.keep != "none":
				self._taken.receipts.append(receipt)
			if holder is not None:
				self._taken.holders.append((receipt, holder))
			self._next()

		def failed(problem: CranfordError) -> None:
			self._taken.troubles.append((name, problem))
			self._next()

		def cancelled() -> None:
			self._queue = []
			stopped = CranfordError("Stopped. Nothing of this file was added.", self._others_stay())
			self._taken.troubles.append((name, stopped))
			self._finish()

		self._window.run(
			f"Importing{many} – {name}",
			lambda progress, stopped: self._council.importing.take(
				preview, answers, progress=progress, stopped=stopped
			),
			done,
			failed=failed,
			cancelled=cancelled,
		)

	def _others_stay(self) -> str:
		done = len(self._taken.receipts)
		return f"What was imported before it stays: {count(done, 'file')}." if done else "The archive is as it was."

	def _finish(self) -> None:
		plan, taken = self.plan, self._taken
		self.plan = None
		self._busy = False
		if not taken.receipts and not taken.troubles:  # none of it is council business
			self.start_again()
			self._window.toast("Nothing was imported.", done=False)
			self._window.changed()
			return
		shown = self._desk.show(taken.receipts, taken.troubles)
		self._window.changed()
		if not taken.receipts:
			return

		def told(names: tuple[int, int]) -> None:
			if taken.holders or plan.listed:
				self._window.changed()
			if self.page is shown:
				shown.show_names(*names)

		self._window.run(
			"Looking at the names",
			lambda _progress, _stopped: settle(self._council, taken, plan),
			told,
			failed=self._unless_unbuilt,
			cancelled=lambda: None,
			promise="The import is finished.",
		)
		self._window.run(
			LOOKING,
			self._council.finding.scan,
			lambda scanned: self._window.changed() if scanned.found else None,
			cancelled=lambda: None,
			promise="The import is finished.",
		)
