"""From the last decision to the answer that is on record: second look, check, pack, sent, withdrawn, disclosure log.

Part of the requests' tab: it leads from page to page and knows the way back.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from cranford_desktop.domain.disclosure import PackResult, Request
from cranford_desktop.domain.packs import PackRecord
from cranford_desktop.errors import CranfordError, RefusedByPolicy
from cranford_desktop.ui.parts.ask import DayDialog
from cranford_desktop.ui.parts.check_page import CheckPage
from cranford_desktop.ui.parts.log_page import LogPage
from cranford_desktop.ui.parts.look_page import LookPage
from cranford_desktop.ui.parts.pack_page import PackPage
from cranford_desktop.ui.parts.pdf_page import PdfPage
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.second_look_page import SecondLookPage
from cranford_desktop.ui.parts.send_page import SendPage
from cranford_desktop.ui.parts.withdraw_dialog import WithdrawDialog, breach_of

LOOKING_ONLY = "Nothing is changed by looking."
TASKS = ("second_look", "pack", "send", "answer")
"""Tasks of a request that lead here."""


class AnswerFlow:
	"""Mixed into the tab, which has `stack`, `current`, `show_request`, `open_task`, `decide`, council and window."""

	def _make_answer_pages(self) -> None:
		council, window = self._council, self._window
		self.second_look = SecondLookPage(council, window)
		self.check = CheckPage(council)
		self.pack = PackPage(council, window)
		self.look = LookPage(council)
		self.send = SendPage(council, window)
		self.log = LogPage(council, window)
		self.review_copy: PdfPage | None = None
		self._look_from = self.pack
		self._decide_from: SecondLookPage | None = None
		self._answer_pages = (self.second_look, self.check, self.pack, self.look, self.send, self.log)
		for part in self._answer_pages:
			self.stack.addWidget(part)

	def _wire_answer(self) -> None:
		for part in (self.second_look, self.check, self.pack, self.send, self.log):
			part.left.connect(self.show_request)
		self.second_look.changed.connect(self._window.changed)
		self.second_look.decide.connect(self._decide_again)
		self.second_look.copy.connect(self._show_copy)
		self.second_look.go_on.connect(lambda: self.open_task("pack"))
		self.check.decide.connect(self._decide_at)
		self.check.second_look.connect(lambda: self.open_task("second_look"))
		self.check.make.connect(self.make_pack)
		self.pack.look.connect(self._look_at_pack)
		self.pack.send.connect(self.open_send)
		self.pack.wrong.connect(self.ask_withdraw)
		self.pack.breach.connect(self.log_breach)
		self.pack.again.connect(lambda: self.open_task("pack"))
		self.look.left.connect(self._leave_look)
		self.look.preview.saving.connect(self._save_from_look)
		self.send.recorded.connect(self._sent)
		self.send.write.connect(lambda: self.open_task("letters"))
		self.letters.sending.connect(self.open_send)
		self.log.save.connect(self.ask_log)
		self.log.changed.connect(self._window.changed)

	def _open_answer(self, task: str, request: Request) -> None:
		if task == "second_look":
			self.stack.setCurrentWidget(self.second_look)
			self.second_look.open_request(request)
		elif task == "pack":
			self._check(request)
		elif task == "send":
			self._show_last_pack()
		else:
			self.open_send()

	# deciding, and back
	def _decide_at(self, message_id: int) -> None:
		self.open_task("decide", message_id)

	def _decide_again(self, message_id: int) -> None:
		self._decide_from = self.second_look
		self.open_task("decide", message_id)

	def _leave_decide(self) -> None:
		"""Go back to the second look that led to deciding, else to the request."""
		came, self._decide_from = self._decide_from, None
		if came is None:
			self.show_request()
		else:
			self.open_task("second_look")

	def _show_copy(self, data: bytes) -> None:
		self.review_copy = PdfPage(
			self._window, data, f"INTERNAL {self.current.reference} review copy", self._leave_copy
		)
		self.stack.addWidget(self.review_copy)
		self.stack.setCurrentWidget(self.review_copy)

	def _leave_copy(self) -> None:
		shown, self.review_copy = self.review_copy, None
		self.open_task("second_look")
		shown.preview.close_pdf()
		self.stack.removeWidget(shown)
		shown.deleteLater()

	# making and looking
	def _check(self, request: Request, problem: CranfordError | None = None) -> None:
		"""Show the check page; the set is fetched in the background."""
		service = self._council.second_look

		def show(read) -> None:
			if self.current is not None and self.current.id == request.id:
				self.check.show_request(request, read, problem)
				self.stack.setCurrentWidget(self.check)
				self.check.go.setFocus()

		if request.candidates > _MANY:
			self._window.run(
				"Counting what goes in",
				lambda _progress, _stopped: service.read(request.id),
				show,
				promise=LOOKING_ONLY,
			)
		else:
			show(service.read(request.id))

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
			failed=lambda problem: self._not_made(known, problem),
			promise="No pack counts as made until it has passed its check.",
		)

	def _made(self, result: PackResult) -> None:
		self.current = self._council.requests.get(result.request_id)
		self.check.forget_enclosures()
		self._show_last_pack()
		self._window.changed()

	def _not_made(self, request_id: int, problem: CranfordError) -> None:
		"""Say on the check page why no pack was made; what changed meanwhile is counted anew."""
		if self.current is None or self.current.id != request_id or self.stack.currentWidget() is not self.check:
			self._window.problem(problem)
			return
		self.current = self._council.requests.get(request_id)
		self._check(self.current, problem)

	def _packs(self) -> list[PackRecord]:
		return self._council.disclosing.packs(self.current.id)

	def _show_last_pack(self) -> None:
		packs = self._packs()
		if not packs:
			self.open_task("pack")
			return
		self.pack.show_packs(self.current, [self._with_warnings(packs[0]), *packs[1:]])
		self.stack.setCurrentWidget(self.pack)

	def _with_warnings(self, pack: PackRecord) -> PackRecord:
		"""Add what a subject access request is checked for the other way round: their own name is there to read."""
		more = self._council.subject_access.warnings(pack.request_id)
		if not more:
			return pack
		return replace(pack, result=replace(pack.result, warnings=(*pack.result.warnings, *more)))

	def _look_at_pack(self, number: int, path: str = "") -> None:
		came = self.stack.currentWidget()
		back = f"Pack {self._packs()[0].number}" if came is self.pack else back_words(self.current, self.width())
		try:
			shown = self.look.show_pack(self.current, number, path, back)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		if not shown:
			self._window.problem(RefusedByPolicy("This pack holds no PDF.", "Nothing is lost.", "Make the pack again."))
			return
		self._look_from = came
		self.stack.setCurrentWidget(self.look)

	def _save_from_look(self) -> None:
		self.look.close_pdf()
		self._show_last_pack()
		self.pack.ask_where()

	def _leave_look(self) -> None:
		self.look.close_pdf()
		self.stack.setCurrentWidget(self._look_from)

	# sending
	def open_send(self, kind: str | None = None) -> None:
		"""Ask how the newest pack went out; without one, on which day the answer went."""
		newest = next(iter(self._packs()), None)
		if newest is None or not self._council.sending.unsent(self.current.id):
			self._ask_answered()
			return
		request, service = self.current, self._council.letters

		def show(situation) -> None:
			if self.current is not None and self.current.id == request.id:
				self.stack.setCurrentWidget(self.send)
				self.send.show_request(request, newest, situation, kind)

		if request.candidates > _MANY:
			self._window.run(
				"Reading what was decided",
				lambda _progress, _stopped: service.situation(request.id),
				show,
				promise=LOOKING_ONLY,
			)
		else:
			show(service.situation(request.id))

	def _sent(self) -> None:
		self.show_request()
		self._window.toast("It is on record as sent.")
		self._window.changed()

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

	# it should not have gone out
	def ask_withdraw(self, pack: PackRecord) -> None:
		"""Ask what is wrong with a pack, and withdraw it."""
		asked = WithdrawDialog(self, pack)
		if asked.exec():
			self.withdraw(pack, asked.why.toPlainText(), asked.who.text())

	def withdraw(self, pack: PackRecord, why: str, who: str) -> None:
		"""Withdraw a pack; the page says what to do now."""
		try:
			self._council.sending.withdraw(pack.request_id, pack.number, why=why, who_has_it=who)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._show_last_pack()
		self._window.changed()

	def log_breach(self, pack: PackRecord) -> None:
		"""Begin to log a data breach from a pack that was withdrawn, with what could be read in it as evidence."""
		evidence = self._council.sending.readable(pack.request_id, pack.number)
		self._window.go("cases:data_breach", message_ids=evidence, known=breach_of(self.current, pack))

	# the disclosure log
	def show_log(self) -> None:
		"""Show the disclosure log as it would be published."""
		self.log.show_log()
		self.stack.setCurrentWidget(self.log)

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

	def _close_answer(self) -> None:
		self.look.close_pdf()
		self.second_look.close_page()
		if self.review_copy is not None:
			self.review_copy.preview.close_pdf()


_MANY = 400
"""Messages from which a set is read in the background."""
