"""Logging a case: which kind it is, then one form, from a message or by hand."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCompleter, QFrame, QPushButton, QVBoxLayout, QWidget

from cranford_desktop.domain.cases import Case, CaseDraft, CaseKind, CaseStart
from cranford_desktop.domain.clocks import data_breach_due
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui.parts.ask import ask_discard, lines
from cranford_desktop.ui.parts.case_words import KINDS
from cranford_desktop.ui.parts.controls import Choice, button, field
from cranford_desktop.ui.parts.date_field import DateField, TimeField, at
from cranford_desktop.ui.parts.error_summary import ErrorSummary, FormField, status_line
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import box, col, frame, page, row, rule
from cranford_desktop.ui.parts.patterns import flow_foot, flow_head
from cranford_desktop.ui.parts.roomy import card
from cranford_desktop.ui.parts.wording import day_words, moment_words, short, short_day

BACK = "Disputes & breaches"
_QUOTED = 5
"""So many messages are shown above the questions; the form must not begin below them."""


class KindButton(QPushButton):
	"""One of the three answers: a large button with what she would say and examples."""

	def __init__(self, kind: CaseKind) -> None:
		super().__init__()
		words = KINDS[kind]
		self.setProperty("kind", "row")
		self.setAccessibleName(f"{words.question}: {words.name}")
		self.setAccessibleDescription(words.examples)
		inner = row(
			col(Glyph(words.icon, words.ink, 24), None, gap=0),
			(
				col(
					say(words.question, "head", wrap=True),
					say(words.name, "muted", wrap=False),
					say(words.examples, wrap=True),
					gap=3,
				),
				1,
			),
			Glyph("chevron_right", "muted"),
			gap=14,
			pad=(20, 16, 16, 16),
		)
		self.setLayout(inner)

	def sizeHint(self):
		return self.layout().sizeHint()

	def minimumSizeHint(self):
		return self.layout().minimumSize()

	def hasHeightForWidth(self):
		return True

	def heightForWidth(self, width):
		return self.layout().heightForWidth(width)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self.setMinimumHeight(self.layout().heightForWidth(self.width()))


class WhichIsIt(QWidget):
	"""The chooser. `chosen(str)`: a kind; `left`: back."""

	chosen = Signal(str)
	left = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.buttons: dict[CaseKind, KindButton] = {}
		items: list = []
		for kind in ("policy_breach", "data_breach", "dispute"):
			one = KindButton(kind)
			one.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
			self.buttons[kind] = one
			items.append(one)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.setSpacing(0)
		outer.addWidget(flow_head("Log something", BACK, on_back=self.left.emit))
		outer.addWidget(rule())
		outer.addWidget(
			page(
				say("Which is it?", "title", wrap=False),
				*items,
				say("If it is two of these at once, log the data breach first: it has 72 hours.", "muted", wrap=True),
				width=760,
				gap=12,
			),
			1,
		)


class MessageQuote(QFrame):
	"""A message as evidence is shown: who, when, words."""

	def __init__(self, who: str, when: datetime, group: str, text: str) -> None:
		super().__init__()
		self.setProperty("kind", "quote")
		self.setLayout(
			col(
				say(f"{who}, {short_day(when.date())}, {when:%H:%M}", "strong", wrap=True),
				say(text, wrap=True),
				say(group, "small", wrap=True),
				gap=1,
				pad=(12, 2, 0, 2),
			)
		)


def quote_of(message: MessageRow) -> MessageQuote:
	"""Return a message of the archive as a quotation."""
	text = message.text or ("Deleted: the words are not known" if message.deleted else message.raw)
	return MessageQuote(message.sender or "WhatsApp", message.sent_at, message.group, text)


class CaseForm(QWidget):
	"""The form of one kind. `logged(int)`: the new case's id; `left`: back; `again`: another kind."""

	logged = Signal(int)
	left = Signal()
	again = Signal()

	def __init__(
		self,
		council,
		kind: CaseKind,
		messages: Sequence[MessageRow] = (),
		clause: str = "",
		known: CaseStart | None = None,
	) -> None:
		"""Take the open council, the kind, and the messages it is about, if it begins with any.

		`clause`: the key of the policy's sentence that is chosen at first; `known`: what else is known already.
		"""
		super().__init__()
		self._council, self.kind, self._messages = council, kind, tuple(messages)
		words = KINDS[kind]
		today = council.clock().date()
		self.title, self.people, self.reported_by = field(), field(), field()
		self.facts, self.own_view = lines("What happened?", 84), lines("My view", 56)
		self.happened = DateField("When did it happen?", today, messages[0].sent_at.date() if messages else None)
		self._title = FormField(
			"What do you call it?", self.title, f"A few words for the list, for example “{words.example}”."
		)
		who = "Who fell out?" if kind == "dispute" else "Who is it about?"
		self._people = FormField(who, self.people, "Names, with a comma between them.", optional=kind == "data_breach")
		self._happened = FormField(
			"Since when?" if kind == "dispute" else "When did it happen?",
			self.happened,
			"For example 27 3 2026, or yesterday.",
		)
		self._facts = FormField("What happened?", self.facts, "Only what can be shown: who did what, when, where.")
		self._view = FormField("My view", self.own_view, "Kept apart from the facts.", optional=True)
		self._told = FormField("Who told you?", self.reported_by, optional=True)
		self.clause = Choice(*(f"{c.cite[0].upper()}{c.cite[1:]} – {short(c.text, 64)}" for c in self._clauses()))
		self.clause.setMinimumContentsLength(30)
		self.clause.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		self._sentence = status_line("body")
		self._clause = FormField(
			"Which sentence of the policy?",
			box(col(self.clause, frame(col(self._sentence, pad=(12, 2, 0, 2)), "quote"), gap=8)),
		)
		self._clause.label.setBuddy(self.clause)
		self.clause.setAccessibleName("Which sentence of the policy?")
		self.clause.currentIndexChanged.connect(self._show_sentence)
		self._show_sentence(clause)
		now = council.clock()
		self.noticed_day = DateField("The day it was noticed", today, today if kind == "data_breach" else None)
		self.noticed_time = TimeField("The time it was noticed", now.time() if kind == "data_breach" else None)
		self.until = say("", "strong", wrap=True)
		self._noticed = FormField(
			"When did anyone acting for the council first notice it?",
			box(
				col(
					row(self.noticed_day, col(self.noticed_time, None, gap=0), None, gap=8),
					self.until,
					gap=4,
				)
			),
			"Day and time. The 72 hours run from then, nights and weekends included.",
		)
		self._noticed.widget.setFocusProxy(self.noticed_day.box)
		self.noticed_day.changed.connect(self._work_out)
		self.noticed_time.changed.connect(self._work_out)
		self._work_out()
		self._suggest_people()
		self._begin_with(known)
		self.summary = ErrorSummary()
		self.save_button = button("Log it", "primary")
		other = button("It is something else…")
		cancel = button("Cancel")
		cancel.clicked.connect(self.leave)
		self._body = page(
			self.summary,
			*([self._evidence()] if messages else []),
			*self.fields(),
			width=720,
			gap=18,
		)
		foot = flow_foot(
			"Once it is logged, its messages are kept until the case is closed.",
			other,
			cancel,
			4,
			self.save_button,
		)
		outer = QVBoxLayout(self)
		outer.setContentsMargins(0, 0, 0, 0)
		outer.setSpacing(0)
		for part in (flow_head(words.heading, BACK, on_back=self.leave), rule(), self._body, rule(), foot):
			outer.addWidget(part, 1 if part is self._body else 0)
		self.save_button.clicked.connect(self.save)
		other.clicked.connect(self._something_else)
		self.summary.followed.connect(self._body.ensureWidgetVisible)
		self._untouched = self._typed()

	def _begin_with(self, known: CaseStart | None) -> None:
		if known is not None:
			self.title.setText(known.title)
			self.happened.set_date(known.happened_on)
			self.facts.setPlainText(known.facts)
			self.people.clear()  # who wrote the messages is not who it is about

	def begun(self) -> bool:
		"""Return whether anything was typed or chosen beyond what stood there at first."""
		return self._typed() != self._untouched

	def leave(self) -> None:
		"""Go back; what was typed goes only when she says so."""
		if self.may_go():
			self.left.emit()

	def may_go(self) -> bool:
		"""Return whether the form may be put away: nothing was typed, or she says that it may go."""
		return not self.begun() or ask_discard(self, "This case")

	def _something_else(self) -> None:
		if self.may_go():
			self.again.emit()

	def _typed(self) -> tuple[object, ...]:
		boxes = (self.title, self.people, self.reported_by)
		days = (self.happened.box, self.noticed_day.box, self.noticed_time.box)
		return (
			*(one.text().strip() for one in (*boxes, *days)),
			self.facts.toPlainText().strip(),
			self.own_view.toPlainText().strip(),
			self.clause.currentIndex(),
		)

	def fields(self) -> tuple[FormField, ...]:
		"""Return the questions of this kind, in order."""
		if self.kind == "policy_breach":
			return (self._title, self._clause, self._people, self._happened, self._facts, self._view, self._told)
		if self.kind == "data_breach":
			return (self._noticed, self._title, self._happened, self._facts, self._people, self._view, self._told)
		return (self._title, self._people, self._happened, self._facts, self._view, self._told)

	def faults(self) -> dict[FormField, str]:
		"""Return what is wrong with the answers, in the order of the questions."""
		found: dict[FormField, str] = {}
		noticed = self.noticed_at()
		names = self._names()
		for one in self.fields():
			words: str | None = None
			if one is self._title and not self.title.text().strip():
				words = "Say what you call it"
			elif (
				one is self._people and self.kind != "data_breach" and len(names) < (2 if self.kind == "dispute" else 1)
			):
				words = "Name the two people, or more" if self.kind == "dispute" else "Say who it is about"
			elif one is self._happened:
				words = self.happened.problem("The day it happened" if self.kind != "dispute" else "The day it began")
			elif one is self._facts and not self.facts.toPlainText().strip():
				words = "Say what happened"
			elif one is self._noticed:
				words = self.noticed_day.problem("The day it was noticed")
				if words is None and noticed is None:
					words = "Enter the time it was noticed, for example 16:10"
				elif words is None and noticed > self._now():
					words = "The time it was noticed must be now or in the past"
				elif words is None and (began := self.happened.date()) is not None and noticed.date() < began:
					words = f"It cannot have been noticed before it happened, on {day_words(began)}"
			if words:
				found[one] = words
		return found

	def noticed_at(self) -> datetime | None:
		"""Return when it was first noticed, as UK wall time."""
		return at(self.noticed_day.date(), self.noticed_time.time())

	def save(self) -> Case | None:
		"""Log the case, or say what is missing."""
		if self.summary.show_faults(self.faults(), self.fields()):
			self._body.ensureWidgetVisible(self.summary)
			return None
		clauses = self._clauses()
		draft = CaseDraft(
			kind=self.kind,
			title=self.title.text().strip(),
			happened_on=self.happened.date(),
			noticed_at=self.noticed_at() if self.kind == "data_breach" else None,
			people=self._names(),
			facts=self.facts.toPlainText().strip(),
			own_view=self.own_view.toPlainText().strip(),
			clause=clauses[self.clause.currentIndex()].cite if self.kind == "policy_breach" and clauses else None,
			reported_by=self.reported_by.text().strip(),
			message_ids=tuple(message.id for message in self._messages),
		)
		try:
			case = self._council.casework.log(draft)
		except CranfordError as problem:
			self.summary.show_faults({self._title: str(problem)}, self.fields())
			return None
		self.logged.emit(case.id)
		return case

	def _clauses(self):
		return [clause for clause in self._council.tables.policy.clauses if clause.section > 0]

	def _now(self) -> datetime:
		return self._council.clock().replace(tzinfo=None)

	def _names(self) -> tuple[str, ...]:
		return tuple(name.strip() for name in self.people.text().replace(";", ",").split(",") if name.strip())

	def _suggest_people(self) -> None:
		if self._messages:
			senders = dict.fromkeys(message.sender for message in self._messages if message.sender)
			self.people.setText(", ".join(senders))
		names = sorted({sender.name or sender.rendered for sender in self._council.people.senders()})
		completer = QCompleter(names, self)
		completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
		self.people.setCompleter(completer)

	def _evidence(self) -> QWidget:
		head = (
			"The message it is about" if len(self._messages) == 1 else f"The {len(self._messages)} messages it is about"
		)
		shown = [quote_of(one) for one in self._messages[:_QUOTED]]
		left = len(self._messages) - len(shown)
		more = [say(f"and {left:,} more, kept as evidence like these", "muted", wrap=True)] if left else []
		return card(say(head, "head"), *shown, *more, gap=8, pad=(20, 14, 20, 14))

	def _show_sentence(self, first: object = None) -> None:
		clauses = self._clauses()
		keys = [one.key for one in clauses]
		if first in keys:
			self.clause.setCurrentIndex(keys.index(first))
		at_ = self.clause.currentIndex()
		self._sentence.setText(clauses[at_].text if 0 <= at_ < len(clauses) else "")

	def _work_out(self) -> None:
		noticed = self.noticed_at()
		self.until.setText(f"72 hours end on {moment_words(data_breach_due(noticed))}" if noticed else "")
