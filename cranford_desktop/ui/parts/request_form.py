"""Record a request: what they asked, who, when it arrived, and which law it comes under."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from cranford_desktop.domain.requests import ARRIVALS, Regime, Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import ask_discard
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField, status_line
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.request_extras import PatternDialog, RequestExtras
from cranford_desktop.ui.parts.request_tasks import REGIME_NAMES
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import day_words
from cranford_desktop.ui.parts.working_days import WorkingDays

_ENVIRONMENT = [
	"drain",
	"flood",
	"river",
	"stream",
	"ditch",
	"pond",
	"sewage",
	"sewer",
	"water",
	"tree",
	"hedge",
	"wood",
	"verge",
	"footpath",
	"pollution",
	"noise",
	"smell",
	"waste",
	"litter",
	"landfill",
	"air",
	"soil",
	"planning",
	"wildlife",
	"bat",
	"newt",
	"contaminat",
	"fly-tipping",
	"flytipping",
	"spraying",
	"pesticide",
	"erosion",
]
"""Words that make the second question worth thinking about; they only prompt, the clerk answers."""

_BEGAN = ("The clock began again", "The month began")
"""How notes begin that say from which day on it is counted: they stand before the count."""

_BECAUSE: dict[Regime, str] = {
	"sar": "It comes under subject access: one calendar month, in the Data Protection Act.",
	"eir": "It comes under the Environmental Information Regulations: 20 working days.",
	"foi": "It comes under the Freedom of Information Act: 20 working days.",
}


_MORE = "Add who asked, how it arrived, where the answer goes"
_LESS = "Fold this away"


class YesNo(QWidget):
	"""Two radio buttons with no answer given beforehand."""

	changed = Signal()

	def __init__(self, name: str) -> None:
		super().__init__()
		self.yes, self.no = QRadioButton("Yes"), QRadioButton("No")
		self._group = QButtonGroup(self)
		for one in (self.yes, self.no):
			one.setAccessibleName(f"{name} {one.text()}")
			theme.scaled(one, "setMinimumHeight", 28)
			self._group.addButton(one)
			one.toggled.connect(self.changed)
		self.setLayout(row(self.yes, 12, self.no, None))
		self.setFocusProxy(self.yes)

	def answer(self) -> bool | None:
		"""Return the answer; None while there is none."""
		return True if self.yes.isChecked() else (False if self.no.isChecked() else None)

	def set_answer(self, yes: bool) -> None:
		"""Give an answer."""
		(self.yes if yes else self.no).setChecked(True)


class RequestForm(QWidget):
	"""The form page. `saved(int)`: the new request's id; `left`: back to the list."""

	saved = Signal(int)
	left = Signal()

	def __init__(self, council) -> None:
		"""Take the open council."""
		super().__init__()
		self._council = council
		today = council.clock().date()
		firsts = [one.first.date() for one in council.groups.all() if one.first is not None]
		self._oldest: date | None = min(firsts, default=None)
		self.wording = QPlainTextEdit()
		self.wording.setTabChangesFocus(True)
		theme.scaled(self.wording, "setFixedHeight", 84)
		self.themselves = YesNo("Are they asking about themselves?")
		self.environment = YesNo("Is it about the environment?")
		self.extras = RequestExtras()
		self.requester = self.extras.requester
		self.received = DateField("When did it arrive?", today)
		self._about = FormField(
			"Are they asking about themselves?", self.themselves, "For example “everything you hold about me”."
		)
		self._green = FormField(
			"Is it about the environment?",
			self.environment,
			"Land, water, air, drains, floods, trees, noise, waste, or plans and rules that affect them.",
		)
		self._asked = FormField("What did they ask for?", self.wording, "Copy their words.")
		self._when = FormField(
			"When did it arrive?",
			self.received,
			"The day it reached the council, or a member who acts for it, even on a day off. For example 27 3 2026, "
			"or yesterday.",
		)
		self.summary = ErrorSummary()
		self.hint = status_line("muted")
		self.hint.hide()
		self._make_told()
		self.more = link(_MORE)
		self.more.clicked.connect(lambda: self.unfold(self.extras.isHidden()))
		self.extras.hide()
		self.save_button = button("Save the request", "primary")
		cancel = button("Cancel")
		head = flow_head("Record a request", "FOI & requests", on_back=self.leave)
		self.back = head.back
		body = page(
			self.summary,
			self._asked,
			self._about,
			col(self._green, self.hint, gap=2),
			self._when,
			self._told,
			self.more,
			self.extras,
			width=720,
			gap=18,
			pad=(24, 20, 24, 24),
		)
		foot = flow_foot(
			"Saving puts “Keep: do not erase” on the whole archive until you confirm what was found.",
			cancel,
			4,
			self.save_button,
		)
		box = QVBoxLayout(self)
		box.setContentsMargins(0, 0, 0, 0)
		box.setSpacing(0)
		for part in (head, rule(), body, rule(), foot):
			box.addWidget(part, 1 if part is body else 0)
		self._body = body
		self.save_button.clicked.connect(self.save)
		cancel.clicked.connect(self.leave)
		self.summary.followed.connect(body.ensureWidgetVisible)
		self.wording.textChanged.connect(self._prompt)
		self.themselves.changed.connect(self._work_out)
		self.environment.changed.connect(self._work_out)
		self.received.changed.connect(self._work_out)
		self.extras.changed.connect(self._work_out)
		self.setTabOrder(self.back, self.wording)

	def _make_told(self) -> None:
		"""Make the card that says by when the answer is due."""
		self.law = status_line("body")
		self.answer_by = say("", "head", wrap=True)
		self.reference = status_line("muted")
		self.early = status_line("warn")
		self.change_pattern = link("Change how references look")
		self.change_pattern.clicked.connect(self.ask_pattern)
		self.how = link("How we worked this out")
		self.how.setCheckable(True)
		self.strip = WorkingDays()
		self.working = status_line("muted")
		self._told = card(
			self.answer_by,
			self.law,
			self.early,
			self.strip,
			self.how,
			self.working,
			row((self.reference, 1), self.change_pattern),
			gap=6,
			pad=(20, 14, 20, 14),
		)
		self._told.hide()
		self.how.toggled.connect(self._work_out)

	def begun(self) -> bool:
		"""Return whether anything was typed or answered."""
		typed = (self.wording.toPlainText(), self.received.box.text())
		answered = (self.themselves.answer(), self.environment.answer())
		return any(words.strip() for words in typed) or answered != (None, None) or self.extras.begun()

	def fill_from_chat(self, words: str, day: date) -> None:
		"""Fill in a request that was made in the chat: its words, the day it was sent, and how it came."""
		self.wording.setPlainText(words)
		self.received.set_date(day)
		self.extras.arrived.setCurrentIndex(list(ARRIVALS).index("chat") + 1)

	def unfold(self, open_: bool) -> None:
		"""Show or fold away what can be left out."""
		self.extras.setVisible(open_)
		self.more.say(_LESS if open_ else _MORE)
		if open_:
			self._body.widget().adjustSize()
			self._body.ensureWidgetVisible(self.extras.who)

	def ask_pattern(self) -> None:
		"""Ask how references look, and keep it."""
		service = self._council.requests
		asked = PatternDialog(self, service.reference_pattern(), self._example)
		if asked.exec():
			service.set_reference_pattern(asked.pattern.text())
			self._work_out()

	def _example(self, text: str) -> tuple[str, bool]:
		"""Return an example of a pattern; or what is wrong with it, and True."""
		try:
			return self._council.requests.example_reference(text, self.regime() or "foi"), False
		except CranfordError as problem:
			return str(problem), True

	def leave(self) -> None:
		"""Go back; what was typed goes only when she says so."""
		if not self.begun() or ask_discard(self, "This request"):
			self.left.emit()

	def regime(self) -> Regime | None:
		"""Return the law the answers lead to; None while they do not."""
		themselves, green = self.themselves.answer(), self.environment.answer()
		if themselves:
			return "sar"
		if themselves is None or green is None:
			return None
		return "eir" if green else "foi"

	def faults(self) -> dict[FormField, str]:
		"""Return what is wrong with the answers, by field."""
		found: dict[FormField, str] = {}
		if not self.wording.toPlainText().strip():
			found[self._asked] = "Say what they asked for"
		if self.themselves.answer() is None:
			found[self._about] = "Say whether they are asking about themselves"
		elif not self.themselves.answer() and self.environment.answer() is None:
			found[self._green] = "Say whether it is about the environment"
		if problem := self.received.problem("The date it arrived"):
			found[self._when] = problem
		return found | self.extras.faults(self.regime())

	def save(self) -> Request | None:
		"""Record the request, or say what is missing."""
		fields = (self._asked, self._about, self._green, self._when, *self.extras.fields())
		faults = self.faults()
		if any(one in faults for one in self.extras.fields()):
			self.unfold(True)
		if self.summary.show_faults(faults, fields):
			self._body.ensureWidgetVisible(self.summary)
			return None
		try:
			request = self._council.requests.create(
				regime=self.regime(),
				received=self.received.date(),
				requester=self.requester.text().strip(),
				wording=self.wording.toPlainText().strip(),
				reference=self.extras.reference.text().strip() or None,
				arrived_by=self.extras.arrived_by(),
				form_wanted=self.extras.form_wanted(),
				address=self.extras.address.toPlainText().strip(),
			)
		except CranfordError as problem:
			at_fault = self.extras.named if self.extras.reference.text().strip() else self._when
			self.unfold(at_fault is self.extras.named or not self.extras.isHidden())
			self.summary.show_faults({at_fault: str(problem)}, fields)
			return None
		self.saved.emit(request.id)
		return request

	def _prompt(self) -> None:
		words = self.wording.toPlainText().casefold()
		hit = next((word for word in _ENVIRONMENT if word in words), None)
		self.hint.setVisible(hit is not None)
		if hit:
			self.hint.setText("Their words suggest that it may be. You decide.")

	def _work_out(self) -> None:
		self._green.setEnabled(not self.themselves.answer())
		regime, received = self.regime(), self.received.date()
		self.extras.tell(regime)
		ready = regime is not None and received is not None and received <= self._council.clock().date()
		self._told.setVisible(ready)
		if ready:
			self._tell(regime, received)

	def _tell(self, regime: Regime, received: date) -> None:
		self.law.setText(f"{REGIME_NAMES[regime]}. {_BECAUSE[regime]}")
		try:
			deadline = self._council.requests.deadline(regime, received)
		except CranfordError as problem:
			self.answer_by.setText("The last day cannot be worked out")
			self.working.setText(str(problem))
			self.working.show()
			self.strip.hide()
			self.how.hide()
			return
		spoken = regime == "foi" and self.extras.arrived_by() == "spoken"
		self.answer_by.setText("It does not count yet" if spoken else f"Answer by {day_words(deadline.due)}")
		given = self.extras.reference.text().strip()
		self.reference.setText(f"It will be {given or self._council.requests.next_reference(regime)}.")
		oldest = self._oldest
		before = oldest is not None and received < oldest
		self.early.setText(
			f"That is before the oldest message you hold, {day_words(oldest)}. Check the year." if before else ""
		)
		self.early.setVisible(before)
		self.how.show()
		open_ = self.how.isChecked()
		self.how.say("Hide the working" if open_ else "How we worked this out")
		self.working.setText(working_words(regime, received, deadline))
		self.working.setVisible(open_)
		if open_ and regime != "sar":
			not_counted = {one.day: one.why for one in deadline.working}
			self.strip.show_span(received, deadline.due, not_counted, self._council.clock().date())
		else:
			self.strip.hide()


def working_words(regime: Regime, received: date, deadline) -> str:
	"""Return how a deadline was worked out, in sentences."""
	began = [note for note in deadline.notes if note.startswith(_BEGAN)]
	lines = [f"It arrived on {day_words(received)}.", *began]
	if regime != "sar":
		lines.append("Day 1 is the first working day after that. Weekends are not counted.")
	lines += [f"{day_words(one.day)} is not counted: {one.why}." for one in deadline.working]
	if regime != "sar" and any("bank holiday" in one.why.casefold() for one in deadline.working):
		law = "Under the Act" if regime == "foi" else "Under the Regulations, as under the Act,"
		lines.append(f"{law} a bank holiday in any part of the United Kingdom is not a working day.")
	lines += [note if note.endswith(".") else f"{note}." for note in deadline.notes if note not in began]
	lines.append(f"The last day is {day_words(deadline.due)}.")
	return " ".join(lines)
