"""FOI & requests: the list, one request as a task list, and the flows that lead from a search to a printed pack."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.answer_flow import TASKS as ANSWER_TASKS
from cranford_desktop.ui.parts.answer_flow import AnswerFlow
from cranford_desktop.ui.parts.calendar_saving import CalendarSaving
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.decide_page import DecidePage
from cranford_desktop.ui.parts.gather_news import GatherNews
from cranford_desktop.ui.parts.gather_page import GatherPage
from cranford_desktop.ui.parts.layouts import col, row, rule
from cranford_desktop.ui.parts.letters_page import LettersPage
from cranford_desktop.ui.parts.patterns import empty
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.request_form import RequestForm
from cranford_desktop.ui.parts.request_happenings import Happenings
from cranford_desktop.ui.parts.request_list import RequestList
from cranford_desktop.ui.parts.request_more import RequestMore
from cranford_desktop.ui.parts.request_page import RequestPage
from cranford_desktop.ui.parts.sar_page import HELD_TITLE, SarPage

_MANY = 400
_FOLD = 980
"""Below this width the list steps aside and the request has the room to itself."""


class RequestsTab(AnswerFlow, QWidget):
	"""The tab. Every flow has a way back to its request; what was done is kept at each step."""

	def __init__(self, council, window) -> None:
		"""Take the open council and the window that holds the tab."""
		super().__init__()
		self._council, self._window = council, window
		self.current: Request | None = None
		self.list = RequestList()
		self.page = RequestPage(council)
		self.happenings = Happenings(self, council, window, self._happened)
		self.gather = GatherPage(council, window)
		self.sar = SarPage(council, window)
		self.decide = DecidePage(council, window)
		self.letters = LettersPage(council, window)
		self.letter: PdfPage | None = None
		self.form: RequestForm | None = None
		self._edge = rule(vertical=True)
		self._details = QStackedWidget()
		self._details.addWidget(self._empty())
		self._details.addWidget(self.page)
		self._home = QWidget()
		self.news = GatherNews(council, window)
		self._home.setLayout(row(self.list, self._edge, (col(self.news, (self._details, 1), gap=0), 1), gap=0))
		self.stack = QStackedWidget()
		for part in (self._home, self.gather, self.sar, self.decide, self.letters):
			self.stack.addWidget(part)
		self.more = RequestMore(council, window, self)
		self._make_answer_pages()
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.addWidget(self.stack)
		self._wire()
		self.refresh()

	def _wire(self) -> None:
		self.list.picked.connect(self.open_item)
		self.list.wanted.connect(self.start)
		self.list.log.connect(self.show_log)
		self.page.chosen.connect(self.open_task)
		self.page.left.connect(self.show_list)
		self.page.reminder.connect(self._remind)
		self.page.happened.connect(lambda kind: self.happenings.record(self.current, kind))
		self.page.undone.connect(self.happenings.take_back)
		self.page.wanted.connect(lambda what: self.happenings.follow(self.current, what))
		self.page.changed.connect(self._happened)
		self.page.problem.connect(self._window.problem)
		self.page.opened.connect(self._show_letter)
		self.page.letter.connect(self.look_at_letter)
		self.page.letter_with_pack.connect(self.look_at_both)
		self.letters.task.connect(self.open_task)
		for part in (self.gather, self.sar, self.letters):
			part.left.connect(self.show_request)
		self.decide.left.connect(self._leave_decide)
		self._wire_answer()
		for part in (self.gather, self.sar, self.decide, self.letters):
			part.changed.connect(self._window.changed)
		self.news.wanted.connect(self._look_at_news)
		for part in (self.gather, self.sar):
			part.confirmed.connect(lambda: self.open_task("decide"))
		self.sar.by_hand.connect(lambda: self.open_task("search by hand"))
		self.sar.paper.connect(lambda data: self._show_letter(data, HELD_TITLE, back=self.sar))
		self.decide.finished.connect(lambda: self.open_task("pack"))
		for keys, act in (("Ctrl+N", self.start), ("Esc", self._back)):
			key = QShortcut(QKeySequence(keys), self)
			key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
			key.activated.connect(act)

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

	def show_page(self, _what: str) -> None:
		"""Show the bank holidays that were added: the one page beside the requests."""
		self.happenings.holidays()

	def start(self, message_ids: Sequence[int] = ()) -> None:
		"""Begin to record a request, from messages in which it was made; one that is being typed goes on."""
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
		if rows := self._council.browsing.rows(message_ids) if message_ids else []:
			words = "\n\n".join(one.text for one in rows if one.text)
			self.form.fill_from_chat(words, min(one.sent_at.date() for one in rows))

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

	def open_task(self, task: str, at: int = 0) -> None:
		"""Open one task of the current request; deciding, at a message if one is named."""
		request = self.current = self._council.requests.get(self.current.id)
		if task not in ("decide", "redact"):
			self._decide_from = None
		if task == "search" and request.regime == "sar":
			self.stack.setCurrentWidget(self.sar)
			self.sar.open_request(request)
		elif task in ("search", "search by hand"):
			self.gather.open_request(request)
			self.stack.setCurrentWidget(self.gather)
			self.gather.words.setFocus()
		elif task in ("decide", "redact"):
			self.stack.setCurrentWidget(self.decide)
			self.decide.open_request(request, at)
		elif task == "letters":
			self._write(request)
		elif task in ANSWER_TASKS:
			self._open_answer(task, request)
		else:
			self.more.open(task, request)

	def write(self, kind: str = "") -> None:
		"""Show the letters of the current request: the one that comes next, or one of a kind."""
		self._write(self._council.requests.get(self.current.id), kind)

	def _write(self, request: Request, kind: str = "") -> None:
		"""Show the letters; a large set is read through in the background."""
		self.current = request
		service = self._council.letters

		def show(situation) -> None:
			self.letters.show_request(request, situation)
			if kind:
				self.letters.choose(kind)
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

	def _show_letter(self, data: bytes, title: str, back: QWidget | None = None) -> None:
		self.letter = PdfPage(self._window, data, title, lambda: self._leave_letter(back))
		self.stack.addWidget(self.letter)
		self.stack.setCurrentWidget(self.letter)

	def _leave_letter(self, back: QWidget | None = None) -> None:
		shown, self.letter = self.letter, None
		if back is None:
			self.show_request()
		else:
			self.stack.setCurrentWidget(back)
		shown.preview.close_pdf()
		self.stack.removeWidget(shown)
		shown.deleteLater()

	def _happened(self) -> None:
		"""Show the change here, and let the rest of the window know."""
		self._window.changed()
		self.refresh()

	# small things
	def _back(self) -> None:
		"""Go one step back; a form that is being filled in stays."""
		here = self.stack.currentWidget()
		if here is self.look:
			self._leave_look()
		elif here is self.letter:
			self._leave_letter()
		elif here is self.review_copy:
			self._leave_copy()
		elif here is self.decide:
			self._leave_decide()
		elif here is self.letters and not self.letters.editor.isHidden():
			self.letters.leave_wording()
		elif here is self.gather and self.gather.step_back():
			return
		elif not self.more.back() and here not in (self._home, self.form):
			self.letters.close_page()
			self.show_request()

	def _saved(self, request_id: int) -> None:
		self.open_item(request_id)
		self._window.toast(f"{self.current.reference} is recorded.")
		self._window.changed()

	def _empty(self) -> QWidget:
		record = button("Record a request", "primary", "add")
		record.clicked.connect(lambda _=False: self.start())
		which = link("Is this FOI, EIR or subject access? Two questions tell you.")
		which.clicked.connect(lambda _=False: self.start())
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
		self._close_answer()
		self.letters.close_page()
		self.gather.close_page()
		self.sar.close_page()
		self.decide.close_page()
