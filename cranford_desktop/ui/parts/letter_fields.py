"""What a letter asks the clerk: its fields, and the reasons in the law in words for the requester."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from cranford_desktop.domain.letters import Ground
from cranford_desktop.services.letter_drafts import Draft, Question
from cranford_desktop.ui.parts.ask import lines
from cranford_desktop.ui.parts.controls import Choice, field, link
from cranford_desktop.ui.parts.date_field import DateField
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import Item, box, clear, col, frame, rule
from cranford_desktop.ui.within import widgets_within

_WAIT_MS = 600
"""After so long without a key what was typed is kept and the letter shown anew."""
_PARTS = {
	"why": ("Why does it apply here?", "For the requester. Do not name what is withheld."),
	"harm": ("What harm would it do to give it out?", ""),
	"public_interest": ("What speaks for giving it out?", "The public interest in it."),
	"balance": ("Why does keeping it back weigh more?", ""),
}


class LetterFields(QWidget):
	"""The form beside a letter. `typed(dict)`: fields and their new values, to be kept."""

	typed = Signal(object)

	def __init__(self, today: date) -> None:
		"""Take the council's own today."""
		super().__init__()
		self._today = today
		self._shape: tuple[object, ...] = ()
		self._fields: dict[str, FormField] = {}
		self._waiting: dict[str, str] = {}
		self._others_open = False
		self.stops: list[QWidget] = []
		"""What the Tab key stops at, in reading order."""
		self._box = QVBoxLayout(self)
		self._box.setContentsMargins(0, 0, 0, 0)
		self._box.setSpacing(12)
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.setInterval(_WAIT_MS)
		self._timer.timeout.connect(self.keep)

	def show_draft(self, draft: Draft, *, anew: bool = False) -> None:
		"""Show what a letter asks. While the questions stay the same, the boxes stay too, with what is being typed."""
		shape = (
			draft.template.kind,
			tuple(one.field.name for one in draft.questions),
			tuple(one.code for one in draft.grounds),
		)
		if anew or shape != self._shape:
			held = next(
				(name for name, one in self._fields.items() if one.isAncestorOf(self.focusWidget() or self)), None
			)
			self._build(draft)
			self._shape = shape
			if held in self._fields and not anew:
				self.lead_to(held)

	def keep(self) -> None:
		"""Hand on what was typed since the last time."""
		self._timer.stop()
		if self._waiting:
			waiting, self._waiting = self._waiting, {}
			self.typed.emit(waiting)

	def lead_to(self, name: str) -> bool:
		"""Put the keyboard into a field; return whether it is here."""
		found = self._fields.get(name) or next(
			(one for key, one in self._fields.items() if key.startswith(f"{name}:")), None
		)
		if found is None:
			return False
		if self._others.isAncestorOf(found):
			self._open_others(open_=True)
		inner = found.widget.focusProxy() or found.widget
		inner.setFocus()
		return True

	def field(self, name: str) -> FormField:
		"""Return a field by its name."""
		return self._fields[name]

	def write(self, name: str, value: str) -> None:
		"""Type a value into a box, in place of what stands there."""
		widget = self._fields[name].widget
		if isinstance(widget, QPlainTextEdit):
			widget.setPlainText(value)
		elif isinstance(widget, QLineEdit):
			widget.setText(value)
		elif isinstance(widget, DateField):
			widget.set_text(value)

	def _build(self, draft: Draft) -> None:
		clear(self._box)
		self._fields, self._waiting, self.stops = {}, {}, []
		asked = [one for one in draft.questions if one.missing or (one.own and one.field.scope == "letter")]
		others = [one for one in draft.questions if one not in asked]
		if asked:
			self._box.addWidget(say("Fill in", "head", wrap=False))
		for one in asked:
			self._box.addWidget(self._question(one))
		if draft.grounds and draft.template.kind != "extension":
			self._box.addWidget(say("Reasons, in words for them", "head", wrap=True))
			for ground in draft.grounds:
				self._box.addWidget(self._ground(ground))
		self._fold = link("")
		self.stops.append(self._fold)
		self._others = box(col(*(self._question(one) for one in others), gap=12))
		self._fold.clicked.connect(lambda: self._open_others(open_=not self._others_open))
		self._box.addWidget(self._fold)
		self._fold.setHidden(not others)
		self._box.addWidget(self._others)
		self._count = len(others)
		self._open_others(open_=self._others_open and bool(others))

	def _open_others(self, *, open_: bool) -> None:
		self._others_open = open_
		self._others.setVisible(open_)
		self._fold.say("Hide the rest" if open_ else f"Change the rest ({self._count})")

	def _question(self, one: Question) -> FormField:
		name, optional = one.field.name, one.field.optional
		widget: QWidget
		if one.field.shape == "date":
			widget = DateField(one.field.label, self._today, date.fromisoformat(one.value) if one.value else None)
			widget.changed.connect(lambda day: self._changed(name, day.isoformat() if day else ""))
		elif one.field.shape == "choice":
			widget = Choice("Choose…", *(words for _, words in one.options), name=one.field.label)
			keys = [key for key, _ in one.options]
			widget.setCurrentIndex(keys.index(one.value) + 1 if one.value in keys else 0)
			widget.currentIndexChanged.connect(lambda at: self._chosen(name, keys[at - 1] if at else ""))
			widget.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		elif one.field.shape == "lines":
			widget = lines(one.field.label, 76)
			widget.setPlainText(one.value)
			widget.textChanged.connect(lambda: self._changed(name, widget.toPlainText()))
		else:
			widget = field(one.value, name=one.field.label)
			widget.textChanged.connect(lambda words: self._changed(name, words))
		return self._keep_field(name, FormField(one.field.label, widget, one.field.hint, optional=optional))

	def _ground(self, ground: Ground) -> QWidget:
		items: list[Item] = [say(f"{ground.title} – {ground.code}", "strong", wrap=True)]
		if ground.recorded:
			told = " ".join(f"“{one}”" for one in ground.recorded)
			items.append(
				say(f"You noted with your decisions: {told} The letter does not say this.", "muted", wrap=True)
			)
		if ground.begin and not ground.why:
			begin = link("Begin with standard words", name=f"Begin with standard words: {ground.title}")
			begin.clicked.connect(lambda: self.write(f"{ground.code}:why", ground.begin))
			items.append(begin)
			self.stops.append(begin)
		asked = ["why"] + (["harm"] if ground.needs_harm else [])
		asked += ["public_interest", "balance"] if ground.needs_public_interest else []
		for part in asked:
			label, hint = _PARTS[part]
			name = f"{ground.code}:{part}"
			words = lines(f"{label} {ground.title}", 92 if part == "why" else 62)
			words.setPlainText(getattr(ground, part))
			words.textChanged.connect(lambda name=name, words=words: self._changed(name, words.toPlainText()))
			items.append(self._keep_field(name, FormField(label, words, hint)))
		return frame(col(*items, 2, rule(), gap=8))

	def _keep_field(self, name: str, made: FormField) -> FormField:
		self._fields[name] = made
		self.stops.append(made.widget.focusProxy() or made.widget)
		self.stops += [one for one in widgets_within(made.widget) if isinstance(one, QAbstractButton)]
		return made

	def _changed(self, name: str, value: str) -> None:
		self._waiting[name] = value
		self._timer.start()

	def _chosen(self, name: str, value: str) -> None:
		self._waiting[name] = value
		self.keep()

	def names(self) -> Iterable[str]:
		"""Return the names of the fields that are asked, in order."""
		return tuple(self._fields)
