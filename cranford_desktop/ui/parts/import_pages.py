"""The pages of an import before it is taken: check what we found, whose business it is, check your answers."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cranford_desktop.domain.people import folded_name
from cranford_desktop.ui.parts.controls import Button, button
from cranford_desktop.ui.parts.error_summary import ErrorSummary
from cranford_desktop.ui.parts.export_card import ExportCard
from cranford_desktop.ui.parts.import_answers import answers_page
from cranford_desktop.ui.parts.import_join import JoinCard
from cranford_desktop.ui.parts.import_plan import Plan
from cranford_desktop.ui.parts.import_question import QuestionCard
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Fold, Item, col, page, row, rule
from cranford_desktop.ui.parts.patterns import banner, flow_foot
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words

NOTHING_YET = "Nothing has been added yet."
_PAD = (24, 12, 24, 16)


def import_words(plan: Plan) -> str:
	"""Return the words of the button that imports."""
	new = plan.new()
	if not plan.wanted():
		return "Import nothing"
	if all(plan.looked.found[at].set_aside for one in plan.wanted() for at in one.files):
		return "Bring it back"
	if new == 0:
		phones = {plan.phone_words(at) for one in plan.wanted() for at in one.files}
		return "Add this phone’s copy" if len(phones) == 1 else "Add these phones’ copies"
	return "Import what you chose" if new is None else f"Import {count(new, 'new message')}"


class FlowPage(QWidget):
	"""Title and step on top, verbs in the foot. `went_on`, `went_back`."""

	went_on = Signal()
	went_back = Signal()

	def __init__(self, title: str, step: tuple[int, int], back: str) -> None:
		super().__init__()
		at, of = step
		self._step = say(f"Step {at} of {of}" if of > 1 else "", "muted", wrap=False)
		self._title = row(say(title, "title", wrap=False), None, self._step)
		self.back = button(back)
		self.back.clicked.connect(self.went_back)
		self.on: Button = button("Continue", "primary")
		self.on.clicked.connect(self.went_on)
		self.foot = flow_foot(NOTHING_YET, self.back, 4, self.on)

	def show_parts(self, *items: Item, width: int = 1100) -> None:
		"""Put the page together."""
		area = page(self._title, *items, pad=_PAD, gap=10, width=width)
		self.setLayout(col((Fold(None, area, self.foot), 1), gap=0))
		self.area = area

	def show_step(self, at: int, of: int) -> None:
		"""Say which step this is."""
		self._step.setText(f"Step {at} of {of}" if of > 1 else "")


class CheckPage(FlowPage):
	"""One row a file, and which files are one conversation. `changed`: something was said; `read_again(at, order)`."""

	changed = Signal()
	read_again = Signal(int, str)

	def __init__(self, plan: Plan, reasons: Sequence[str], step: tuple[int, int]) -> None:
		title = "Check what we found" if plan.looked.found else "Nothing to import"
		super().__init__(title, step, "Do not import" if plan.usable else "Back")
		self._plan = plan
		self.cards = [ExportCard(plan, at) for at in range(len(plan.looked.found))]
		rows: list[Item] = []
		for one in self.cards:
			rows += [rule(), one] if rows else [one]
			one.answered.connect(self.changed)
			one.read_again.connect(lambda order, at=one.at: self.read_again.emit(at, order))
		self.joins: list[JoinCard] = []
		for number, talk in enumerate(plan.looked.conversations):
			coverage = plan.coverage(number)
			if coverage is None:
				continue
			known = any(folded_name(one.name) == folded_name(talk.group) for one in plan.looked.groups)
			made = JoinCard(talk, coverage, known=known, apart=number in plan.apart)
			made.decided.connect(lambda apart, number=number: self._decided(number, apart))
			made.number = number
			self.joins.append(made)
		left_out = [banner("warn", "Left out", reason) for reason in reasons]
		self.on.setVisible(bool(plan.usable))
		found = [card(*rows, gap=0, pad=(20, 4, 20, 4))] if rows else []
		self.show_parts(*left_out, *found, *self.joins)
		self.show_verb()

	def _decided(self, number: int, apart: bool) -> None:
		(self._plan.apart.add if apart else self._plan.apart.discard)(number)
		self.changed.emit()

	def show_verb(self) -> None:
		"""Say what the primary button does and whose the phones are, as answered so far."""
		for one in self.joins:
			one.show_coverage(self._plan.coverage(one.number))
		self.on.say("Continue" if self._plan.answers_to_check else import_words(self._plan))

	def check(self) -> bool:
		"""Say what is still to be answered; return whether nothing is."""
		faulty = [one for one in self.cards if not one.check()]
		if faulty:
			faulty[0].question.widget.focusProxy().setFocus(Qt.FocusReason.OtherFocusReason)
			self.area.ensureWidgetVisible(faulty[0])
		return not faulty


class QuestionsPage(FlowPage):
	"""What only she can answer, one card a chat."""

	def __init__(self, plan: Plan, today: date, step: tuple[int, int]) -> None:
		questions = plan.questions()
		title = "Is this council business?" if len(questions) == 1 else "Are these council business?"
		super().__init__(title, step, "Back")
		self.summary = ErrorSummary()
		self.cards = [QuestionCard(plan, one, today) for one in questions]
		self.show_parts(self.summary, *self.cards, width=860)
		self.summary.followed.connect(self.area.ensureWidgetVisible)

	def check(self) -> bool:
		"""Say what is still to be answered; return whether nothing is."""
		faults, fields = {}, []
		for one in self.cards:
			faults |= one.faults()
			fields += one.fields()
		if self.summary.show_faults(faults, tuple(fields)):
			self.area.verticalScrollBar().setValue(0)
			return False
		return True


class AnswersPage(FlowPage):
	"""Everything that will be done, with Change beside each. `change(where)`: "check" or "questions"."""

	change = Signal(str)

	def __init__(self, plan: Plan, step: tuple[int, int]) -> None:
		super().__init__("Check your answers", step, "Back")
		self.on.say(import_words(plan))
		self.show_parts(*answers_page(plan, self.change.emit), width=860)


class NothingNewPage(QWidget):
	"""Everything in the files is held already: nothing to press. `again`, `see`."""

	again = Signal()
	see = Signal()

	def __init__(self, plan: Plan) -> None:
		super().__init__()
		previews = [one.preview for one in plan.looked.found]
		days = [one.nothing_new_since or one.read.last.date() for one in previews]
		title = f"Nothing new since {day_words(max(days), weekday=False)}"
		lines: list[Item] = []
		for at, one in enumerate(previews):
			earlier = one.already_imported
			if earlier is not None and earlier.imported_at is not None:
				said = f"you imported this exact file on {day_words(earlier.imported_at.date(), weekday=False)}."
			else:
				said = f"the archive holds all of it, up to {day_words(one.read.last.date(), weekday=False)}."
			lines.append(say(f"{plan.file_words(at)}: {said}", "muted", wrap=True))
		head = row(
			Glyph("checkmark_circle:filled", "ok", 32),
			(
				col(
					say(title, "title", wrap=True), say("Nothing was added. There is nothing to do.", wrap=True), gap=2
				),
				1,
			),
			gap=14,
		)
		again, see = button("Import another"), button("See the archive")
		again.clicked.connect(self.again)
		see.clicked.connect(self.see)
		self.setLayout(
			col((page(head, col(*lines, gap=2, pad=(46, 0, 0, 0)), row(again, see, None), width=860), 1), gap=0)
		)
