"""Small dialogs that record what happened to a request: a day, a line, and what the law asks for."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.domain.request_events import EventKind, RequestEvent
from cranford_desktop.domain.requests import REGIMES, Regime, Request
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.changing_law import InUse
from cranford_desktop.ui.parts.ask import Ask, lines
from cranford_desktop.ui.parts.controls import Choice
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField, status_line
from cranford_desktop.ui.parts.event_words import EVENTS, LAWS
from cranford_desktop.ui.parts.layouts import Item
from cranford_desktop.ui.parts.wording import count, day_words

_LATER = "Give a reason later"


class EventDialog(Ask):
	"""A day and at most a line. `record` keeps it."""

	def __init__(
		self,
		parent: QWidget,
		kind: EventKind,
		council,
		request: Request,
		*,
		needs: str = "",
		first: tuple[Item, ...] = (),
	) -> None:
		"""Take what happened, the open council, and the request it happened to; `needs`: what is said where the line is
		left empty, nothing where it may be; `first`: fields that stand before the day.
		"""
		self.words = EVENTS[kind]
		super().__init__(parent, self.words.head, self.words.body, self.words.verb, width=520)
		self.kind, self._council, self.request = kind, council, request
		today: date = council.clock().date()
		self.day = DateField(self.words.day, today, today)
		self._day = FormField(self.words.day, self.day)
		self.line = lines(self.words.line, 56)
		self._needs = needs
		self._line = FormField(self.words.line, self.line, optional=not needs)
		self.add(*first, *((self._line, self._day) if kind == "note" else (self._day, self._line)))
		if kind == "note":
			self.line.setFocus()

	def note(self) -> str:
		"""Return the line."""
		return self.line.toPlainText().strip()

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		if problem := self.day.problem(self.words.day):
			found[self._day] = problem
		if self._needs and not self.note():
			found[self._line] = self._needs
		return found

	def fields(self) -> tuple[FormField, ...]:
		return (self._day, self._line)

	def accept(self) -> None:
		found = self.faults()
		if not found:
			try:
				self.record()
			except CranfordError as problem:
				found = {self._day: str(problem)}
		if self.summary.show_faults(found, self.fields()):
			self.fit()
			return
		QDialog.accept(self)

	def record(self) -> None:
		"""Keep it; raises `CranfordError` where the days do not allow it."""
		self._council.request_events.record(self.request.id, self.kind, self.day.date(), self.note())


class CloseDialog(EventDialog):
	"""Close a request; sooner than its time for a review takes a reason."""

	def __init__(self, parent: QWidget, council, request: Request) -> None:
		early = request.keeps(council.clock().date())
		super().__init__(parent, "closed", council, request, needs="Say why it is closed so soon" if early else "")
		if early:
			until = (
				f"It would be kept until {day_words(request.kept_until)}" if request.kept_until else "It has no answer"
			)
			told = status_line("warn")
			told.setText(f"{until}. Once it is closed, its messages may be erased in a yearly review.")
			self.add(told)

	def record(self) -> None:
		self._council.request_events.close(self.request.id, self.day.date(), self.note())


class ExtendDialog(EventDialog):
	"""More time, with its ground in the law."""

	def __init__(self, parent: QWidget, council, request: Request, exemptions: list[Exemption]) -> None:
		"""Take the exemptions of the request's law."""
		needs = "Say what makes this review exceptional" if request.kind == "review" else ""
		super().__init__(parent, "extended", council, request, needs=needs)
		standing = council.requests.standing(request.id)
		self._fields: list[FormField] = [self._day, self._line]
		self._weighed = [one for one in exemptions if one.needs_public_interest]
		self.ground = Choice()
		self.until = DateField("The day you promised", council.clock().date(), standing.latest)
		self.complex, self.voluminous = QCheckBox("It is complex"), QCheckBox("It is voluminous: very much to look at")
		personal = request.regime == "sar" or request.kind in ("erasure", "rectification", "objection")
		self._law = "review" if request.kind == "review" else ("sar" if personal else request.regime)
		if self._law == "foi":
			self.ground.addItems([f"{one.title} – {one.code}" for one in self._weighed])
			self._ask("Which exemption’s public interest are you weighing?", self.ground)
			self._until = self._ask("By when did you promise the answer?", self.until)
		elif self._law == "eir":
			self._both = self._ask("The Regulations ask for both.", self.complex)
			self.add(self.voluminous)
		elif self._law == "sar":
			self.ground.addItems(["The request is complex", "This person made many requests"])
			self._ask("Why may it take longer?", self.ground)
		if standing.first_due is not None:
			told = status_line()
			told.setText(f"They have to be told by {day_words(standing.first_due)}.")
			self.add(told)

	def _ask(self, label: str, widget: QWidget) -> FormField:
		made = FormField(label, widget)
		self._fields.append(made)
		self.add(made)
		return made

	def fields(self) -> tuple[FormField, ...]:
		return tuple(self._fields)

	def faults(self) -> dict[FormField, str]:
		found = super().faults()
		if self._law == "eir" and not (self.complex.isChecked() and self.voluminous.isChecked()):
			found[self._both] = "Tick both, or answer in time: one alone gives no more time"
		if self._law == "foi" and (problem := self.until.problem("The day you promised", past=False)):
			found[self._until] = problem
		return found

	def record(self) -> None:
		at = max(0, self.ground.currentIndex())
		ground = {"foi": lambda: self._weighed[at].code, "sar": lambda: ("complex", "many")[at]}.get(self._law)
		self._council.request_events.extend(
			self.request.id,
			self.day.date(),
			ground=ground() if ground is not None else "",
			until=self.until.date() if self._law == "foi" else None,
			complex_=self.complex.isChecked(),
			voluminous=self.voluminous.isChecked(),
			note=self.note(),
		)


class _Reasons:
	"""One choice for each exemption that another law does not have."""

	def __init__(self, used: list[InUse], exemptions: list[Exemption]) -> None:
		self.choices: dict[str, Choice] = {}
		self.fields: list[FormField] = []
		self._codes = [one.code for one in exemptions]
		for one in used:
			choice = Choice(_LATER, *(f"{each.title} – {each.code}" for each in exemptions))
			if one.counterpart in self._codes:
				choice.setCurrentIndex(self._codes.index(one.counterpart) + 1)
			parts = [count(one.decisions, "decision")] if one.decisions else []
			parts += [count(one.redactions, "redaction")] if one.redactions else []
			hint = " and ".join(parts) + (". Nothing in the new law answers to it." if not one.counterpart else ".")
			self.choices[one.code] = choice
			self.fields.append(FormField(f"{one.title} – {one.code}", choice, hint))

	def given(self) -> dict[str, str]:
		"""Return what stands in place of each exemption that has got something."""
		return {
			code: self._codes[choice.currentIndex() - 1]
			for code, choice in self.choices.items()
			if choice.currentIndex() > 0
		}


class LawDialog(EventDialog):
	"""Another law: what the last day becomes, and what stands in place of the exemptions used so far."""

	def __init__(self, parent: QWidget, council, request: Request) -> None:
		self._laws: list[Regime] = [one for one in REGIMES if one != request.regime]
		self.law = Choice(*(LAWS[one] for one in self._laws), name=EVENTS["law_changed"].head)
		self.told = status_line()
		super().__init__(parent, "law_changed", council, request, first=(self.law, self.told))
		self._reasons: dict[Regime, _Reasons] = {}
		for one in self._laws:
			used = council.changing_law.in_use(request.id, one)
			self._reasons[one] = _Reasons(used, council.changing_law.exemptions(one))
			self.add(*self._reasons[one].fields)
		self.law.currentIndexChanged.connect(self._show)
		self._show()
		self.law.setFocus()

	def chosen(self) -> Regime:
		"""Return the law that is chosen."""
		return self._laws[max(0, self.law.currentIndex())]

	def _show(self) -> None:
		due = self._council.changing_law.due_under(self.request.id, self.chosen())
		self.told.setText(
			f"The last day becomes {day_words(due)}. The messages found, the decisions and what is covered up stay."
		)
		for law, reasons in self._reasons.items():
			for one in reasons.fields:
				one.setVisible(law == self.chosen())
		self.fit()

	def record(self) -> None:
		law = self.chosen()
		self._council.changing_law.change(
			self.request.id, law, self.day.date(), self.note(), self._reasons[law].given()
		)


class ReasonsDialog(Ask):
	"""What still rests on another law gets a reason of the request's own."""

	def __init__(self, parent: QWidget, council, request: Request) -> None:
		super().__init__(
			parent,
			"Give reasons under the new law",
			"What was decided and covered up under the old law stays. No pack is made until each has its reason.",
			"Use these reasons",
			width=520,
		)
		self._council, self._request = council, request
		law = council.changing_law
		self.reasons = _Reasons(law.without_reason(request.id), law.exemptions(request.regime))
		self.add(*self.reasons.fields)

	def record(self) -> None:
		"""Keep what was chosen."""
		self._council.changing_law.give_reasons(self._request.id, self.reasons.given())


def dialog_for(parent: QWidget, kind: EventKind, council, request: Request) -> EventDialog:
	"""Return the dialog that records this."""
	if kind == "closed":
		return CloseDialog(parent, council, request)
	if kind == "extended":
		return ExtendDialog(parent, council, request, council.changing_law.exemptions(request.regime))
	if kind == "law_changed":
		return LawDialog(parent, council, request)
	return EventDialog(parent, kind, council, request, needs="Say what happened" if kind == "note" else "")


def undo_words(event: RequestEvent) -> str:
	"""Return what taking an event back is called for a screen reader."""
	return f"Take back: {EVENTS[event.kind].told}, {day_words(event.on)}"
