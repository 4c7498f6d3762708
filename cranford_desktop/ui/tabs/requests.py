"""FOI & requests: the list, one request as a task list, and the flows that lead from a search to a printed pack."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import PackResult, Request
from cranford_desktop.errors import CranfordError, RefusedByPolicy
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import DayDialog
from cranford_desktop.ui.parts.calendar_saving import CalendarSaving
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.decide_page import DecidePage
from cranford_desktop.ui.parts.gather_news import GatherNews
from cranford_desktop.ui.parts.gather_page import GatherPage
from cranford_desktop.ui.parts.layouts import col, row, rule
from cranford_desktop.ui.parts.letters_page import LettersPage
from cranford_desktop.ui.parts.pack_pages import CheckPage, LookPage, PackPage, last_result
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.request_form import RequestForm
from cranford_desktop.ui.parts.request_list import RequestList
from cranford_desktop.ui.parts.request_page import RequestPage

_MANY = 400
_FOLD = 980
"""Below this width the list steps aside and the request has the room to itself."""


class RequestsTab(QWidget):
	"""The tab. Every flow has a way back to its request; what was done is kept at each step."""

	def __init__(self, council, window) -> None:
		"""Take the open council and the window that holds the tab."""
		super().__init__()
		self._council, self._window = council, window
		self.current: Request | None = None
		self.list = RequestList()
		self.page = RequestPage(council)
		self.gather = GatherPage(council, window)
		self.decide = DecidePage(council, window)
		self.check = CheckPage(council)
		self.pack = PackPage(council, window)
		self.look = LookPage(council)
		self.letters = LettersPage(council, window)
		self.letter: PdfPage | None = None
		self.form: RequestForm | None = None
		self._edge = rule(vertical=True)
		self._details = QStackedWidget()
		self._details.addWidget(self._empty())
		self._details.addWidget(self.page)
		self._home = QWidget()
		self.news = GatherNews(council, window)
		self.news.wanted.connect(self._look_at_news)
		self._home.setLayout(row(self.list, self._edge, (col(self.news, (self._details, 1), gap=0), 1), gap=0))
		self.stack = QStackedWidget()
		for part in (self._home, self.gather, self.decide, self.check, self.pack, self.look, self.letters):
			self.stack.addWidget(part)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self.stack)
		self._wire()
		self.refresh()

	def _wire(self) -> None:
		self.list.picked.connect(self.open_item)
		self.list.wanted.connect(self.start)
		self.list.log.connect(self.ask_log)
		self.page.chosen.connect(self.open_task)
		self.page.left.connect(self.show_list)
		self.page.reminder.connect(self._remind)
		self.page.letter.connect(self.look_at_letter)
		self.page.letter_with_pack.connect(self.look_at_both)
		self.letters.changed.connect(self._window.changed)
		self.letters.task.connect(self.open_task)
		for part in (self.gather, self.decide, self.check, self.pack, self.letters):
			part.left.connect(self.show_request)
		self.look.left.connect(self._leave_look)
		self.look.preview.saving.connect(self._save_from_look)
		self.gather.changed.connect(self._window.changed)
		self.gather.confirmed.connect(lambda: self.open_task("decide"))
		self.decide.changed.connect(self._window.changed)
		self.decide.finished.connect(lambda: self.open_task("pack"))
		self.check.change.connect(lambda _what: self.open_task("decide"))
		self.check.make.connect(self.make_pack)
		for keys, act in (("Ctrl+N", self.start), ("Esc", self._back)):
			key = QShortcut(QKeySequence(keys), self)
			key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			key.activated.connect(act)
		self.pack.look.connect(self._look_at_pack)

	# what the window calls
	def refresh(self) -> None:
		"""Read the requests again and show what is on screen anew."""
		requests = self._council.requests.requests()
		today: date = self._council.clock().date()
		if self.current is not None:
			self.current = next((one for one in requests if one.id == self.current.id), None)
		if self.current is None and self._roomy():
			self.current = min(requests, key=lambda one: (one.status != "open", one.due), default=None)
		self.list.show_requests(requests, today, self.current.id if self.current else None)
		self._any = bool(requests)
		if self.stack.currentWidget() is self._home:
			if self.current is not None:
				self.page.show_request(self.current)
			self._details.setCurrentIndex(1 if self.current is not None else 0)
			self.news.show_request(self.current)
		elif self.stack.currentWidget() is self.gather:
			self.gather.refresh()
		elif self.stack.currentWidget() is self.letters:
			self._refresh_letters()
		self._fold()

	def open_item(self, request_id: int) -> None:
		"""Open a request."""
		self.current = self._council.requests.get(request_id)
		self.show_request()

	def start(self) -> None:
		"""Begin to record a request; one that is being typed goes on."""
		if self.form is not None and self.stack.currentWidget() is self.form and self.form.begun():
			self.form.wording.setFocus()
			return
		if self.form is not None:
			self.stack.removeWidget(self.form)
			self.form.deleteLater()
		self.form = RequestForm(self._council)
		self.form.left.connect(self.show_request)
		self.form.saved.connect(self._saved)
		self.stack.addWidget(self.form)
		self.stack.setCurrentWidget(self.form)
		self.form.wording.setFocus()

	def ask_log(self) -> None:
		"""Ask for a folder and put the disclosure log there, for the council's website."""
		folder = QFileDialog.getExistingDirectory(self, "Choose a folder for the disclosure log", str(Path.home()))
		if folder:
			self.write_log(Path(folder) / f"Disclosure log {self._council.clock():%Y-%m-%d %H.%M}")

	def write_log(self, folder: Path) -> None:
		"""Write the disclosure log into a new folder."""
		self._window.run(
			"Writing the disclosure log",
			lambda _progress, _stopped: self._council.disclosure_log.write(folder),
			lambda files: self._window.toast(
				f"Saved in {folder}: {', '.join(one.suffix[1:].upper() for one in files)}."
			),
			promise="Names of those who asked are never in it.",
		)

	def _remind(self) -> None:
		CalendarSaving(self, self._window).ask(*self._council.reminders.of_request(self.current.id))

	def show_list(self) -> None:
		"""Show the list alone, where it is folded away otherwise."""
		self.current = None
		self.show_request()

	def show_request(self) -> None:
		"""Go back to the request that is open, or to the list."""
		self.look.close_pdf()
		from_elsewhere = self.stack.currentWidget() is not self._home
		self.stack.setCurrentWidget(self._home)
		self.refresh()
		if from_elsewhere and self.current is not None:
			self.page.focus_next()

	def find(self) -> None:
		"""Ctrl+F: search for the request, else in the archive."""
		if self.stack.currentWidget() is self.gather:
			self.gather.show_search()
		else:
			self._window.go("archive")
			self._window.to_tab("find")

	def _look_at_news(self) -> None:
		self.gather.open_request(self._council.requests.get(self.current.id), news=True)
		self.stack.setCurrentWidget(self.gather)

	def open_task(self, task: str) -> None:
		"""Open one task of the current request."""
		request = self.current = self._council.requests.get(self.current.id)
		if task == "search":
			self.gather.open_request(request)
			self.stack.setCurrentWidget(self.gather)
			self.gather.words.setFocus()
		elif task in ("decide", "redact"):
			self.stack.setCurrentWidget(self.decide)
			self.decide.open_request(request)
		elif task == "pack":
			self._check(request)
		elif task == "send":
			self._show_last_pack()
		elif task == "letters":
			self._write(request)
		elif task == "answer":
			self._ask_answered()

	def _check(self, request: Request) -> None:
		"""Show the check page; a large set is fetched in the background."""
		service = self._council.deciding

		def show(candidates) -> None:
			self.check.show_request(request, candidates)
			self.stack.setCurrentWidget(self.check)
			self.check.go.setFocus()

		if request.candidates > _MANY:
			self._window.run(
				"Counting what goes in",
				lambda progress, stopped: service.candidates(request.id),
				show,
				promise="Nothing is changed by looking.",
			)
		else:
			show(service.candidates(request.id))

	def _write(self, request: Request) -> None:
		"""Show the letters; a large set is read through in the background."""
		service = self._council.letters

		def show(situation) -> None:
			self.letters.show_request(request, situation)
			self.stack.setCurrentWidget(self.letters)
			self.letters.which.setFocus()

		if request.candidates > _MANY:
			self._window.run(
				"Reading what was decided",
				lambda progress, stopped: service.situation(request.id),
				show,
				promise="Nothing is changed by looking.",
			)
		else:
			show(service.situation(request.id))

	def _refresh_letters(self) -> None:
		if self.current is not None and self.current.candidates <= _MANY:
			self.letters.show_situation(self._council.letters.situation(self.current.id))

	def look_at_letter(self, letter_id: int) -> None:
		"""Show a letter as it went out."""
		try:
			files = self._council.letters.sent_files(letter_id)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		name = next(one for one in files if one.endswith(".pdf"))
		self._show_letter(files[name], name.removesuffix(".pdf"))

	def look_at_both(self, letter_id: int) -> None:
		"""Show a letter and the pack it went out with as one document, to print them together."""
		try:
			both = self._council.letters.with_pack(letter_id)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._show_letter(both, f"{self.current.reference} letter and pack")

	def _show_letter(self, data: bytes, title: str) -> None:
		self.letter = PdfPage(self._window, data, title, self._leave_letter)
		self.stack.addWidget(self.letter)
		self.stack.setCurrentWidget(self.letter)

	def _leave_letter(self) -> None:
		shown, self.letter = self.letter, None
		self.show_request()
		shown.preview.close_pdf()
		self.stack.removeWidget(shown)
		shown.deleteLater()

	# making and looking
	def make_pack(self) -> None:
		"""Make the pack in the background; it is checked before it counts as made."""
		self.look.close_pdf()
		known, enclosures = self.current.id, tuple(self.check.enclosures.held)
		self._window.run(
			"Making the pack",
			lambda progress, stopped: self._council.disclosing.make_pack(
				known, progress, stopped, enclosures=enclosures
			),
			self._made,
			promise="No pack counts as made until it has passed its check.",
		)

	def _made(self, result: PackResult) -> None:
		self.current = self._council.requests.get(result.request_id)
		self.check.forget_enclosures()
		self.pack.show_pack(self.current, result, self._council.clock())
		self.stack.setCurrentWidget(self.pack)
		self._window.changed()

	def _show_last_pack(self) -> None:
		found = last_result(self._council, self.current)
		if found is None:
			self.open_task("pack")
			return
		self.pack.show_pack(self.current, *found)
		self.stack.setCurrentWidget(self.pack)

	def _look_at_pack(self, path: str = "") -> None:
		try:
			shown = self.look.show_pack(self.current, self.pack.result.pack_number, path)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		if not shown:
			self._window.problem(RefusedByPolicy("This pack holds no PDF.", "Nothing is lost.", "Make the pack again."))
			return
		self.stack.setCurrentWidget(self.look)

	def _save_from_look(self) -> None:
		self._leave_look()
		self.pack.ask_where()

	def _leave_look(self) -> None:
		self.look.close_pdf()
		self.stack.setCurrentWidget(self.pack)

	def _ask_answered(self) -> None:
		asked = DayDialog(
			self,
			"When did you answer?",
			"The request then counts as answered. Its messages stay kept for a while, in case they ask for a review.",
			"Record the day",
			"The day you answered",
			"The day you answered",
			self._council.clock().date(),
		)
		if asked.exec():
			self.mark_answered(asked.day.date())

	def mark_answered(self, on: date) -> None:
		"""Record the day of the answer."""
		try:
			self._council.requests.mark_answered(self.current.id, on)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.show_request()
		self._window.changed()

	# small things
	def _back(self) -> None:
		"""Go one step back; a form that is being filled in stays."""
		here = self.stack.currentWidget()
		if here is self.look:
			self._leave_look()
		elif here is self.letter:
			self._leave_letter()
		elif here is self.letters and not self.letters.editor.isHidden():
			self.letters.leave_wording()
		elif here is self.gather and self.gather.step_back():
			return
		elif here not in (self._home, self.form):
			self.letters.close_page()
			self.show_request()

	def _saved(self, request_id: int) -> None:
		self.open_item(request_id)
		self._window.toast(f"{self.current.reference} is recorded.")
		self._window.changed()

	def _empty(self) -> QWidget:
		record = button("Record a request", "primary", "add")
		record.clicked.connect(self.start)
		which = link("Is this FOI, EIR or subject access? Two questions tell you.")
		which.clicked.connect(self.start)
		return empty("mail_inbox", "No requests open.", record, which)

	def _roomy(self) -> bool:
		return self.width() >= theme.px(_FOLD)

	def _fold(self) -> None:
		roomy = self._roomy()
		alone = self.current is None and self._any
		self.list.setVisible(self._any and (roomy or alone))
		self._edge.setVisible(roomy and self._any)
		self._details.setVisible(roomy or not alone)
		theme.scaled(self.list, "setMaximumWidth", 316 if roomy else 16000)
		self.list.setMinimumWidth(theme.px(316))
		self.page.set_narrow(not roomy)

	def resizeEvent(self, event: QResizeEvent) -> None:
		super().resizeEvent(event)
		if self.current is None and self._any and self._roomy() and self.stack.currentWidget() is self._home:
			self.refresh()
		self._fold()

	def close_down(self) -> None:
		"""Let background helpers go home."""
		if self.letter is not None:
			self.letter.preview.close_pdf()
		self.look.close_pdf()
		self.letters.close_page()
		self.gather.close_page()
		self.decide.close_page()
