"""Letters about a request: which one, what it still needs, how it will look; saved, copied, or frozen as sent."""

from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.domain.letter_rules import WITH_PACK
from cranford_desktop.domain.letters import LetterKind, SentHow, Wording
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.letter_drafts import Draft
from cranford_desktop.services.letters import ANSWERING, Form
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import ask_discard
from cranford_desktop.ui.parts.controls import Choice, button, labelled, link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, row, rule
from cranford_desktop.ui.parts.letter_dialogs import MEANS, SentDialog
from cranford_desktop.ui.parts.letter_fields import LetterFields
from cranford_desktop.ui.parts.letter_preview import LetterPreview
from cranford_desktop.ui.parts.letter_problems import LetterProblems, step_words
from cranford_desktop.ui.parts.letter_wording import WHOSE, WordingEditor
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head, side_panel
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.wording import count, day_words

_SIDE = 404
_FOLD = 860
"""Below this width the form and the letter take turns."""
_FILTERS: dict[Form, tuple[str, str]] = {
	"pdf": ("Save as PDF", "PDF (*.pdf)"),
	"docx": ("Save for Word", "Word (*.docx)"),
}


class LettersPage(QWidget):
	"""`left`: back to the request; `task(str)`: a task of the request; `changed`: something was recorded;
	`sending(str)`: a letter that answers goes out with the pack, so both are recorded as sent together.
	"""

	left = Signal()
	task = Signal(str)
	changed = Signal()
	sending = Signal(str)

	def __init__(self, council, window) -> None:
		"""Take the open council and the window."""
		super().__init__()
		self._council, self._window, self._service = council, window, council.letters
		self.draft: Draft | None = None
		self._situation = None
		self._trial: Wording | None = None
		self._show_form = True
		self.which = Choice(name="Which letter?")
		self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		self.purpose = say("", "muted", wrap=True)
		self.whose = say("", "muted", wrap=True)
		self.edit = link("Change the wording")
		self.members = link("Ask members for their exports")
		self.fields = LetterFields(council.clock().date())
		self.problems = LetterProblems()
		self.editor = WordingEditor()
		self.preview = LetterPreview()
		self._form = QWidget()
		self._form.setLayout(col(self.fields, rule(), col(self.whose, self.edit, gap=0), self.members, gap=12))
		self._side = side_panel(
			col(
				labelled("Which letter?", self.which),
				self.purpose,
				rule(),
				self.editor,
				self.problems,
				self._form,
				None,
				gap=12,
				pad=(20, 14, 20, 18),
			)
		)
		self._turn = button("See the letter", "seg")
		self._body = QWidget()
		self._body.setLayout(row(self._side, (self.preview, 1), gap=0))
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.setSpacing(0)
		self._head: QWidget | None = None
		self._outer.addWidget(rule())
		self._outer.addWidget(self._body, 1)
		self._outer.addWidget(rule())
		self._outer.addWidget(self._foot())
		self._wire()

	def _foot(self) -> QWidget:
		self.pdf, self.word = button("Save as PDF"), button("Save as Word")
		self.copy = button("Copy text")
		self.go = button("Mark as sent", "primary")
		made = flow_foot("", self.pdf, self.word, self.copy, self.go)
		self.note = made.note
		return made

	def _wire(self) -> None:
		self.which.currentIndexChanged.connect(lambda _at: self._chosen())
		self.fields.typed.connect(self._typed)
		self.problems.followed.connect(self.follow)
		self.edit.clicked.connect(self.begin_wording)
		self.members.clicked.connect(self._ask_members)
		self.editor.changed.connect(self._try)
		self.editor.kept.connect(self.keep_wording)
		self.editor.reset.connect(self.reset_wording)
		self.editor.left.connect(self.leave_wording)
		self.pdf.clicked.connect(lambda: self._ask_where("pdf"))
		self.word.clicked.connect(lambda: self._ask_where("docx"))
		self.copy.clicked.connect(self.copy_text)
		self.go.clicked.connect(self._go)
		self._turn.clicked.connect(lambda: self._turn_to(form=not self._show_form))

	# opening
	def show_request(self, request: Request, situation) -> None:
		"""Show the letters of a request, the one that comes next first."""
		self._situation, self._trial, self._show_form = situation, None, True
		if self._head is not None:
			self._outer.removeWidget(self._head)
			self._head.hide()
			self._head.deleteLater()
		self._head = flow_head(
			"Write to them", back_words(request, self.window().width()), self._turn, on_back=self._leave
		)
		self._outer.insertWidget(0, self._head)
		self._offer()
		self.editor.hide()
		self._form.show()
		self._show(anew=True)
		self._fold()

	def show_situation(self, situation) -> None:
		"""Show the same letter as things stand now; while it is worded, nothing is disturbed."""
		if situation != self._situation and self.editor.isHidden():
			kind, self._situation = self.kind, situation
			self._offer(kind)
			self._show()

	def _offer(self, keep: LetterKind | None = None) -> None:
		self._offers = self._service.offers(self._situation)
		self.which.blockSignals(True)
		self.which.clear()
		for one in self._offers:
			told = f"sent {day_words(one.sent_on, weekday=False)}" if one.sent_on else "comes next" if one.next else ""
			self.which.addItem(f"{one.title} – {told}" if told else one.title, one.kind)
		self.which.setCurrentIndex(max(0, self.which.findData(keep)) if keep else 0)
		self.which.blockSignals(False)

	@property
	def kind(self) -> LetterKind:
		"""Return the letter that is shown."""
		return self.which.currentData()

	def choose(self, kind: LetterKind) -> None:
		"""Show another letter."""
		self.which.setCurrentIndex(max(0, self.which.findData(kind)))

	def _chosen(self) -> None:
		if not self._may_let_go():
			self.which.blockSignals(True)
			self.which.setCurrentIndex(self.which.findData(self.draft.template.kind))
			self.which.blockSignals(False)
			return
		self.fields.keep()
		self.end_wording()
		self._show(anew=True)
		self._side.verticalScrollBar().setValue(0)

	def _show(self, *, anew: bool = False) -> None:
		"""Fill the letter and show it, with what it lacks."""
		try:
			draft = self._service.draft(self._situation, self.kind, self._trial)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.draft = draft
		offer = self._offers[self.which.currentIndex()]
		self.purpose.setText(" ".join(part for part in (offer.why, offer.purpose) if part))
		self.whose.setText(WHOSE[draft.whose])
		self.preview.show_letter(draft.letter, self._council.name)
		self.problems.show_problems(draft.problems)
		self.fields.show_draft(draft, anew=anew)
		self._tell()
		self._order()

	def _order(self) -> None:
		"""Let the Tab key go as she reads: what is built anew would else come last."""
		stops = [self._head.back, self._turn, self.which, *self.editor.stops, *self.problems.stops, *self.fields.stops]
		stops += [self.edit, self.members, self.preview.area, self.pdf, self.word, self.copy, self.go]
		for before, after in pairwise(stops):
			self.setTabOrder(before, after)

	def _tell(self) -> None:
		stopping = [one for one in self.draft.problems if one.stops]
		ready = not stopping and self._trial is None
		for one in (self.pdf, self.word, self.copy):
			one.setEnabled(ready)
		if self._trial is not None:
			self.note.setText("The wording is not kept yet.")
			self.go.say("Use for this letter")
		elif stopping:
			self.note.setText(
				f"{count(len(stopping), 'thing is', 'things are')} missing. Then it can be saved and sent."
			)
			self.go.say(step_words(stopping[0].where))
		else:
			self.note.setText("Nothing is sent from here: print it, attach it, or paste it into your e-mail.")
			self.go.say("Mark as sent")

	# typing
	def _typed(self, values: dict[str, str]) -> None:
		try:
			self._service.answer(self._situation.request.id, values)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._show()

	def follow(self, where: str) -> None:
		"""Go where a problem is mended."""
		kind, _, rest = where.partition(":")
		if kind == "task":
			self.fields.keep()
			self.task.emit(rest)
		elif kind == "letter":
			self.choose(rest)
		elif self._trial is not None:
			self.editor.body.setFocus()
		elif kind == "wording":
			self.begin_wording()
		else:
			self._lead_to(rest)
		self._turn_to(form=True)
		self._see()

	def _lead_to(self, name: str) -> None:
		"""Go to a field of the form; where the wording does not ask for it, to the wording."""
		if not self.editor.isHidden() and not self.leave_wording():
			return
		if not self.fields.lead_to(name):
			self.begin_wording()

	def _see(self) -> None:
		"""Bring what has the keyboard into sight, once it has its place."""
		QTimer.singleShot(0, self, self._scroll_to_focus)

	def _scroll_to_focus(self) -> None:
		here = self._side.focusWidget()
		if here is not None and self._side.widget().isAncestorOf(here):
			self._side.ensureWidgetVisible(here, 0, theme.px(60))

	# wording
	def begin_wording(self) -> None:
		"""Show the words with their braces, to be changed."""
		if not self.editor.isHidden():
			self.editor.body.setFocus()
			return
		self.fields.keep()
		self.editor.show_wording(self.draft.wording, self.draft.whose, self._service.fields())
		self._form.hide()
		self.editor.show()
		self.editor.body.setFocus()
		self._see()

	def _try(self, wording: Wording) -> None:
		if self.editor.isHidden():
			return
		self._trial = wording if wording != self._kept() else None
		self._show()

	def _kept(self) -> Wording:
		return self._service.draft(self._situation, self.kind).wording

	def keep_wording(self, wording: Wording, everywhere: bool) -> None:
		"""Keep the words: for this letter, or for every such letter."""
		try:
			self._service.keep_wording(self._situation, self.kind, wording, everywhere=everywhere)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.end_wording()
		every = "every such letter" if everywhere else "this letter"
		self._window.toast(f"The wording is kept for {every}.")

	def reset_wording(self, everywhere: bool) -> None:
		"""Go back to the wording behind the one that is used."""
		self._service.reset_wording(self._situation, self.kind, everywhere=everywhere)
		self.end_wording()
		self._window.toast("The letter is worded as before.")

	def leave_wording(self) -> bool:
		"""Leave the editor, once she let go of what is not kept; return whether she did."""
		if not self._may_let_go():
			return False
		self.end_wording()
		return True

	def _may_let_go(self) -> bool:
		"""Ask before a wording that is not kept goes."""
		typed = not self.editor.isHidden() and self.editor.wording() != self._kept()
		return not typed or ask_discard(self, "This wording")

	def end_wording(self) -> None:
		"""Close the editor; what was not kept goes."""
		self._trial = None
		self.editor.hide()
		self._form.show()
		if self.draft is not None:
			self._show(anew=True)

	# out
	def _go(self) -> None:
		self.fields.keep()
		stopping = [one for one in self.draft.problems if one.stops]
		if self._trial is not None:
			self.keep_wording(self.editor.wording(), False)
		elif stopping:
			self.follow(stopping[0].where)
		else:
			self._ask_sent()

	def copy_text(self) -> None:
		"""Put the letter on the clipboard, the subject first."""
		self.fields.keep()
		try:
			data = self._service.render(self._situation, self.kind, "txt")
		except CranfordError as problem:
			self._window.problem(problem)
			return
		QGuiApplication.clipboard().setText(data.decode())
		self._window.toast("Copied. Paste it into your e-mail.")

	def _ask_where(self, form: Form) -> None:
		self.fields.keep()
		title, kinds = _FILTERS[form]
		name = str(Path.home() / self._service.file_name(self._situation, self.kind, form))
		place, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
		if place:
			self.save(form, Path(place))

	def save(self, form: Form, place: Path) -> None:
		"""Save the letter where she said."""
		try:
			self._service.save(self._situation, self.kind, form, place)
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self._window.toast(f"Saved as {place.name} in {place.parent}.")

	def _ask_sent(self) -> None:
		request, answers = self._situation.request, self.kind in ANSWERING
		if answers and self.kind in WITH_PACK and self._council.sending.unsent(request.id):
			self.sending.emit(self.kind)
			return
		pack = self._situation.pack.pack_number if answers and self._situation.pack is not None else None
		asked = SentDialog(
			self,
			self.draft.template.title,
			self._council.clock().date(),
			answers=answers and request.status == "open",
			pack=pack,
			means=MEANS.get(self.kind, ""),
		)
		if asked.exec():
			self.mark_sent(asked.day.date(), asked.sent_how())

	def mark_sent(self, on: date, how: SentHow) -> None:
		"""Freeze the letter as it was sent."""
		try:
			self._service.mark_sent(self._situation, self.kind, on=on, how=how)
		except CranfordError as problem:
			self._window.problem(problem)
			self.show_situation(self._service.situation(self._situation.request.id))
			return
		self.changed.emit()
		self.left.emit()
		self._window.toast("The letter is kept as it was sent.")

	# small things
	def _leave(self) -> None:
		if self._may_let_go():
			self.close_page()
			self.editor.hide()
			self._trial = None
			self.left.emit()

	def _ask_members(self) -> None:
		self._leave()
		self._window.go("import:asks")

	def close_page(self) -> None:
		"""Keep what was typed last."""
		if self._situation is not None:
			self.fields.keep()

	def _turn_to(self, *, form: bool) -> None:
		self._show_form = form
		self._turn.say("See the letter" if form else "Fill it in")
		self._fold()

	def _fold(self) -> None:
		roomy = self.width() >= theme.px(_FOLD)
		self._turn.setVisible(not roomy and self._head is not None)
		self._side.setVisible(roomy or self._show_form)
		self.preview.setVisible(roomy or not self._show_form)
		theme.scaled(self._side, "setMaximumWidth", _SIDE if roomy else 16000)
		self._side.setMinimumWidth(theme.px(_SIDE) if roomy else 0)

	def resizeEvent(self, event: QResizeEvent) -> None:
		super().resizeEvent(event)
		self._fold()
