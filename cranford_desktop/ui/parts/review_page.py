"""An internal review: the first answer to look at, and a fresh decision with its reasons."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from cranford_desktop.domain.disclosure import Candidate, Request
from cranford_desktop.domain.internal_reviews import OUTCOME_WORDS, Review, ReviewOutcome
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.controls import button, labelled, link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, clear, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head, pairs
from cranford_desktop.ui.parts.plain_table import fill, plain_table
from cranford_desktop.ui.parts.request_tasks import back_words
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import count, day_words, short, short_day

CHOICES = {
	None: "Not decided",
	"release": "Released",
	"withhold": "Withheld",
	"not_in_scope": "Not in scope",
	"not_held": "Private: not the council’s record",
}


class ReviewPage(QWidget):
	"""`left`: back to the review; `changed`: something was recorded; `letter(str)`: write this letter; `first(int)`:
	open the request that is reviewed.
	"""

	left = Signal()
	changed = Signal()
	letter = Signal(str)
	first = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self.request: Request | None = None
		self.reasons: QPlainTextEdit | None = None
		self._outer = QVBoxLayout(self)
		self._outer.setContentsMargins(0, 0, 0, 0)
		self._outer.setSpacing(0)

	def show_request(self, request: Request, first: Request, candidates: Sequence[Candidate]) -> None:
		"""Show a review, with the request whose answer it looks at and what was decided there: to read only."""
		self.request = request
		review = self._council.reviews.review(request.id)
		clear(self._outer)
		head = flow_head("Decide afresh", back_words(request, self.window().width()), on_back=self.left.emit)
		self._outer.addWidget(head)
		self._outer.addWidget(rule())
		cards = (self._about(request, review), self._first(first, candidates), self._decision(review))
		self._outer.addWidget(page(*cards, width=980, gap=12, pad=(24, 16, 24, 20)), 1)
		self._outer.addWidget(rule())
		self.go = button("Keep it and write the letter", "primary")
		self.go.clicked.connect(self.keep)
		self._outer.addWidget(flow_foot("What the review decides goes into its letter.", self.go))

	def _about(self, request: Request, review: Review) -> QWidget:
		facts: list[tuple[str, str | QWidget]] = [
			("What they say", request.wording),
			("Who reviews it", review.who),
		]
		if review.same_because:
			facts.append(("Why the same person", review.same_because))
		return card(pairs(facts), gap=4, pad=(20, 10, 20, 10))

	def _first(self, first: Request, candidates: Sequence[Candidate]) -> QWidget:
		go = link(f"Open {first.reference}")
		go.clicked.connect(lambda: self.first.emit(first.id))
		sent = [f"{one.subject}, {day_words(one.sent_on)}" for one in self._council.letters.sent(first.id)]
		answered = f"Answered on {day_words(first.answered_on)}." if first.answered_on else "Not answered."
		items: list[Item] = [
			row((say("The first answer", "head", wrap=True), 1), go),
			say(short(first.wording, 200), wrap=True),
			say(" ".join([answered, *(f"{one}." for one in sent)]), "muted", wrap=True),
		]
		if candidates:
			self.table = plain_table(
				"What was decided first", ("Sent", "Sender", "Message", "Decision", "Why"), wide=(2,)
			)
			fill(self.table, [_row(one) for one in candidates])
			theme.scaled(self.table, "setMinimumHeight", min(320, 70 + 39 * len(candidates)))
			said = f"{count(len(candidates), 'message')}, as decided then. Nothing can be changed here."
			items += [say(said, "muted", wrap=True), self.table]
		else:
			items.append(say("No message of the archive was in it.", "muted", wrap=True))
		return card(*items, gap=6, pad=(20, 14, 20, 14))

	def _decision(self, review: Review) -> QWidget:
		self.outcomes: dict[ReviewOutcome, QRadioButton] = {}
		self._group = QButtonGroup(self)
		items: list[Item] = [say("What does the review decide?", "head", wrap=True)]
		for key, words in OUTCOME_WORDS.items():
			tick = QRadioButton(words)
			tick.setChecked(key == review.outcome)
			self._group.addButton(tick)
			self.outcomes[key] = tick
			items.append(tick)
		self.reasons = lines("Why?", 84)
		self.reasons.setPlainText(review.reasons)
		self.fault = say("", "danger", wrap=True)
		self.fault.hide()
		hint = "A fresh decision, not a look at whether the first was reasonable. The letter gives these reasons."
		return card(*items, labelled("Why?", self.reasons, hint), self.fault, gap=6, pad=(20, 14, 20, 14))

	def keep(self) -> None:
		"""Record the decision and go on to the letter."""
		chosen = next((key for key, tick in self.outcomes.items() if tick.isChecked()), None)
		missing = "Choose what the review decides." if chosen is None else ""
		missing = missing or ("" if self.reasons.toPlainText().strip() else "Say why the review decides so.")
		self.fault.setText(missing)
		self.fault.setVisible(bool(missing))
		if missing:
			(next(iter(self.outcomes.values())) if chosen is None else self.reasons).setFocus()
			return
		try:
			self._council.reviews.decide(self.request.id, chosen, self.reasons.toPlainText())
		except CranfordError as problem:
			self._window.problem(problem)
			return
		self.changed.emit()
		self.letter.emit("internal_review")


def _row(one: Candidate) -> tuple[str, ...]:
	decided = one.decision
	why = ", ".join(part for part in (decided.exemption, decided.reason) if part) if decided is not None else ""
	covered = " (words covered up)" if one.is_covered else ""
	return (
		short_day(one.row.sent_at.date()),
		one.row.sender or "",
		" ".join((one.row.text or "").split()),
		f"{CHOICES[decided.choice if decided is not None else None]}{covered}",
		why,
	)
