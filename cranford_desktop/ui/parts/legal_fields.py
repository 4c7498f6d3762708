"""What the law asks to be written down for one exemption: filled in once for a request, with words to begin with."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from cranford_desktop.domain.exemption_fields import FieldRule, Wording
from cranford_desktop.services.legal_reasons import Asked
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, box, col, row
from cranford_desktop.ui.parts.wording import count, short

_CHOOSE = "Choose"
Check = Callable[[str, Mapping[str, str]], Mapping[str, str]]
"""(code, answers) → what is missing or wrong, by field key."""


class LegalFields(QWidget):
	"""The fields of one exemption. Complete ones are told in short, with a way to change them. `grown`: needs room."""

	grown = Signal()

	def __init__(self, asked: Asked, check: Check, today: date) -> None:
		"""Take what is asked for, how answers are checked, and today."""
		super().__init__()
		self.asked = asked
		self._check = check
		self._begun: dict[str, str] = {}
		self._fields = {rule.key: self._field(rule, today) for rule in asked.fields}
		for rule in asked.fields:
			self._show(rule, asked.answers.get(rule.key, ""))
		complete = bool(asked.answers) and not asked.missing
		used = f"Used for {count(asked.used, 'place')} in this request. " if asked.used else ""
		self._told = box(self._summary(used))
		self._form = box(col(*self._beginnings(used), *self._fields.values(), gap=14))
		self.setLayout(col(self._told, self._form, gap=0))
		(self._form if complete else self._told).hide()

	# reading
	def answers(self) -> dict[str, str]:
		"""Return what is filled in, by field key."""
		found = {rule.key: self._read(rule) for rule in self.asked.fields}
		return {key: value for key, value in found.items() if value}

	def faults(self) -> dict[FormField, str]:
		"""Return what is missing or wrong; then the fields are shown."""
		found = self._check(self.asked.code, self.answers())
		if found and self._form.isHidden():
			self.open_fields()
		return {self._fields[key]: words for key, words in found.items()}

	def form_fields(self) -> tuple[FormField, ...]:
		"""Return the fields that can be at fault."""
		return tuple(self._fields.values())

	def widget(self, key: str) -> QWidget:
		"""Return the widget that answers a field."""
		return self._fields[key].widget

	def open_fields(self) -> None:
		"""Show the fields instead of what they say in short."""
		self._told.hide()
		self._form.show()
		self.grown.emit()

	def begin_with(self, wording: Wording) -> None:
		"""Fill in a wording, wherever nothing of her own stands."""
		for rule in self.asked.fields:
			here = self._read(rule)
			if not here or here == self._begun.get(rule.key):
				self._show(rule, wording.fields.get(rule.key, ""))
		self._begun = {rule.key: self._read(rule) for rule in self.asked.fields}
		self.grown.emit()

	# building
	def _summary(self, used: str):
		change = link("Change these words", name=f"Change the words for {self.asked.named}")
		change.clicked.connect(self.open_fields)
		told = [
			say(f"{rule.short}: {short(rule.told(self.asked.answers[rule.key]), 160)}", "muted", wrap=True)
			for rule in self.asked.fields
			if self.asked.answers.get(rule.key)
		]
		head = say(f"{used}Written down once, used for each of them.", wrap=True)
		return col(head, *told, row(change, None), gap=4)

	def _beginnings(self, used: str) -> list[Item]:
		items: list[Item] = []
		if used:
			items.append(say(f"{used}A change here counts for all of them.", "muted", wrap=True))
		if self.asked.beginnings:
			links = []
			for wording in self.asked.beginnings:
				one = link(wording.name, name=f"Begin with: {wording.name}")
				one.clicked.connect(lambda _=False, wording=wording: self.begin_with(wording))
				links.append(one)
			told = say("Begin with a usual wording, then change it:", "muted", wrap=True)
			items.append(box(col(told, row(*links, None, gap=14), gap=0)))
		return items

	def _field(self, rule: FieldRule, today: date) -> FormField:
		if rule.kind == "tick":
			tick = QCheckBox(rule.label)
			theme.scaled(tick, "setMinimumHeight", 28)
			return FormField(rule.short, tick, rule.hint)
		made: QWidget
		if rule.kind == "choice":
			made = Choice(_CHOOSE, *(words for _value, words in rule.options), name=rule.label)
		elif rule.kind == "day":
			made = DateField(rule.label, today)
		elif rule.kind == "line":
			made = field(name=rule.label)
		else:
			made = lines(rule.label, 48)
		return FormField(rule.label, made, rule.hint)

	def _read(self, rule: FieldRule) -> str:
		widget = self._fields[rule.key].widget
		if isinstance(widget, QCheckBox):
			return "yes" if widget.isChecked() else ""
		if isinstance(widget, Choice):
			at = widget.currentIndex()
			return rule.options[at - 1][0] if at > 0 else ""
		if isinstance(widget, DateField):
			day = widget.date()
			return day.isoformat() if day else ""
		return (widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()).strip()

	def _show(self, rule: FieldRule, value: str) -> None:
		widget = self._fields[rule.key].widget
		if isinstance(widget, QCheckBox):
			widget.setChecked(value == "yes")
		elif isinstance(widget, Choice):
			values = [one for one, _words in rule.options]
			widget.setCurrentIndex(values.index(value) + 1 if value in values else 0)
		elif isinstance(widget, DateField):
			if value:
				widget.set_date(date.fromisoformat(value))
		elif isinstance(widget, QLineEdit):
			widget.setText(value)
		else:
			widget.setPlainText(value)
