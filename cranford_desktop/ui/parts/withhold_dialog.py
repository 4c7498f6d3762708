"""Why a message or a file is withheld: one or several reasons in the law, and what each asks to be written down."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from cranford_desktop.domain.disclosure import Exemption
from cranford_desktop.services.legal_reasons import Asked
from cranford_desktop.ui.parts.ask import Ask, lines, reason_in_law, usual
from cranford_desktop.ui.parts.controls import Choice, link
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, clear, col, row, rule
from cranford_desktop.ui.parts.legal_fields import Check, LegalFields


class _Reason(QWidget):
	"""One exemption with its fields. `grown`: needs room; `removed`: not this one after all."""

	grown = Signal()
	removed = Signal()

	def __init__(
		self,
		exemptions: Sequence[Exemption],
		asked: Callable[[str], Asked],
		check: Check,
		today: date,
		code: str | None,
	) -> None:
		super().__init__()
		self._exemptions, self._asked, self._check, self._today = exemptions, asked, check, today
		self.choice = Choice(*(f"{one.title} – {one.code}" for one in exemptions))
		self.which = FormField("Which reason?", self.choice, reason_in_law(exemptions))
		self._note = say("", "muted", wrap=True)
		self._off = link("Not this reason")
		self._off.clicked.connect(self.removed)
		self._place = col(gap=0)
		codes = [one.code for one in exemptions]
		self.choice.setCurrentIndex(codes.index(code) if code in codes else usual(exemptions))
		self.choice.currentIndexChanged.connect(self._chosen)
		self.setLayout(col(self.which, self._note, self._place, row(self._off, None), gap=10))
		self.fields: LegalFields
		self._chosen()

	def exemption(self) -> Exemption:
		"""Return the exemption that is chosen."""
		return self._exemptions[max(0, self.choice.currentIndex())]

	def set_alone(self, alone: bool) -> None:
		"""Offer to take this reason off where it is not the only one."""
		self._off.setVisible(not alone)

	def _chosen(self) -> None:
		clear(self._place)
		chosen = self.exemption()
		self._note.setText(chosen.note)
		self._note.setVisible(bool(chosen.note))
		self.fields = LegalFields(self._asked(chosen.code), self._check, self._today)
		self.fields.grown.connect(self.grown)
		self._place.addWidget(self.fields)
		self.grown.emit()


class WithholdDialog(Ask):
	"""Asks for the reasons; what they ask for is kept with the request, words about this message alone with it."""

	def __init__(
		self,
		parent: QWidget,
		exemptions: Sequence[Exemption],
		messages: int,
		asked: Callable[[str], Asked],
		check: Check,
		today: date,
		before: Sequence[str] = (),
		what: str = "message",
	) -> None:
		"""Take the exemptions of the request's law, how many messages, what an exemption asks for and how answers are
		checked, the codes to begin with, and what is withheld: "message", or "photo or file".
		"""
		these = f"is this {what}" if messages == 1 else f"are these {messages:,} {what}s"
		super().__init__(
			parent,
			f"Why {these} withheld?",
			"The pack shows one label in its place. What you write here stays in the internal log.",
			"Withhold it" if messages == 1 else f"Withhold {messages:,} {what}s",
			width=600,
		)
		self._exemptions = [one for one in exemptions if one.whole_message]
		self._asked, self._check, self._today = asked, check, today
		self._several = what == "message"
		self._reasons: list[_Reason] = []
		self._list = col(gap=14)
		self._more = link("Add another reason")
		self._more.clicked.connect(lambda _checked: self.add_reason())
		self._own = lines(f"Words about this {what} alone")
		self._own_field = FormField(f"Words about this {what} alone", self._own, optional=True)
		self._say_own = link(f"Add words about this {what} alone")
		self._say_own.clicked.connect(self._open_own)
		self._own_field.hide()
		self.add(box(self._list), row(self._more, self._say_own, None, gap=16), self._own_field)
		self._more.setHidden(not self._several)
		codes = [one.code for one in self._exemptions]
		for code in [one for one in before if one in codes] or [None]:
			self.add_reason(code)
		self._reasons[0].choice.setFocus()

	@property
	def choice(self) -> Choice:
		"""The box of the first reason."""
		return self._reasons[0].choice

	@property
	def reason(self) -> QPlainTextEdit:
		"""The field for why the first reason applies."""
		return self.legal(0).widget("reason")

	def legal(self, at: int) -> LegalFields:
		"""Return the fields of one of the reasons."""
		return self._reasons[at].fields

	def add_reason(self, code: str | None = None) -> None:
		"""Ask for one more reason."""
		if code is None and self._reasons:
			taken = {one.exemption().code for one in self._reasons}
			code = next((one.code for one in self._exemptions if one.code not in taken), None)
		made = _Reason(self._exemptions, self._asked, self._check, self._today, code)
		made.grown.connect(self.fit)
		made.removed.connect(lambda: self._remove(made))
		if self._reasons:
			self._list.addWidget(rule())
		self._reasons.append(made)
		self._list.addWidget(made)
		self._alone()
		made.choice.setFocus()
		self.fit()
		QTimer.singleShot(0, made, lambda: self._area.ensureWidgetVisible(made.choice, 0, 120))

	def _remove(self, reason: _Reason) -> None:
		at = self._list.indexOf(reason)
		for place in sorted({at, max(0, at - 1) if at else 1}, reverse=True):
			item = self._list.takeAt(place)
			item.widget().hide()
			item.widget().deleteLater()
		self._reasons.remove(reason)
		self._alone()
		self.fit()

	def _alone(self) -> None:
		for one in self._reasons:
			one.set_alone(len(self._reasons) == 1)

	def _open_own(self) -> None:
		self._say_own.hide()
		self._own_field.show()
		self._own.setFocus()
		self.fit()

	# what was answered
	def answers(self) -> dict[str, object]:
		"""Return the answers as `Deciding.decide` takes them."""
		codes = list(dict.fromkeys(one.exemption().code for one in self._reasons))
		found: dict[str, object] = {"exemption": codes[0]}
		if codes[1:]:
			found["more_exemptions"] = tuple(codes[1:])
		if self._own.toPlainText().strip():
			found["reason"] = self._own.toPlainText().strip()
		return found

	def written(self) -> dict[str, dict[str, str]]:
		"""Return what is to be kept with the request, by exemption: only what differs from what is kept."""
		return {
			one.fields.asked.code: one.fields.answers()
			for one in self._reasons
			if one.fields.answers() != dict(one.fields.asked.answers)
		}

	def faults(self) -> dict[FormField, str]:
		found: dict[FormField, str] = {}
		codes = [one.exemption().code for one in self._reasons]
		for at, one in enumerate(self._reasons):
			if codes.index(codes[at]) != at:
				found[one.which] = "This reason is there already. Choose another one, or take it off"
			else:
				found |= one.fields.faults()
		return found

	def fields(self) -> tuple[FormField, ...]:
		return tuple(field for one in self._reasons for field in (one.which, *one.fields.form_fields()))


class ReasonDialog(Ask):
	"""What one exemption of a request asks for, in one place."""

	def __init__(self, parent: QWidget, asked: Asked, check: Check, today: date) -> None:
		"""Take what is asked for, how answers are checked, and today."""
		super().__init__(
			parent,
			asked.named,
			"Written down once for this request. It stays in the internal log.",
			"Keep these words",
			width=600,
		)
		self.legal = LegalFields(asked, check, today)
		self.legal.open_fields()
		self.legal.grown.connect(self.fit)
		self.add(self.legal)

	def faults(self) -> dict[FormField, str]:
		return self.legal.faults()

	def fields(self) -> tuple[FormField, ...]:
		return self.legal.form_fields()
