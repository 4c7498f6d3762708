"""Covering words up: only here, or everywhere in the request, with every place shown before it happens."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QRadioButton, QStyle, QStyledItemDelegate, QWidget

from cranford_desktop.domain.disclosure import Exemption, PatternName, Piece
from cranford_desktop.domain.redacting import LONGEST_STAND_IN, matches_anything
from cranford_desktop.errors import CranfordError
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.ask import Ask, reason_in_law, usual
from cranford_desktop.ui.parts.controls import Choice, field
from cranford_desktop.ui.parts.error_summary import FormField
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.laid import Laid, Mark
from cranford_desktop.ui.parts.layouts import Columns, box, col, row
from cranford_desktop.ui.parts.wording import count

PATTERN_NAMES: dict[PatternName, tuple[str, str]] = {
	"phone": ("phone number", "phone numbers"),
	"email": ("e-mail address", "e-mail addresses"),
	"postcode": ("postcode", "postcodes"),
	"nino": ("National Insurance number", "National Insurance numbers"),
	"bank": ("bank account", "bank accounts"),
	"card": ("card number", "card numbers"),
	"vehicle": ("number plate", "number plates"),
	"date_of_birth": ("date of birth", "dates of birth"),
}
"""One, many."""


class Asked(NamedTuple):
	"""What the clerk decided to cover up, as `Requests.redact` takes it."""

	kind: str
	value: str
	exemption: str
	stand_in: str | None
	here: bool


class Whom(NamedTuple):
	"""The people who can be covered up with all that is known of them."""

	people: Sequence[str] = ()
	names: Callable[[str], Sequence[str]] = lambda _person: ()
	"""Every name, number and address of one of them."""
	clashes: Callable[[str], Sequence[str]] = lambda _person: ()
	"""Who else bears a name that would be covered with them."""
	maybe: Callable[[str], Sequence[str]] = lambda _person: ()
	"""Who may be the same person, and is not covered with them."""
	left_readable: Callable[[str], Sequence[tuple[str, int]]] = lambda _person: ()
	"""Words of their names that stay readable by themselves, and in how many messages."""


_WIDTH, _BESIDE = 820, 640
"""How wide the dialog likes to be, and from where the two halves stand side by side; pixels at 100 %."""
_LEAST, _USUAL = 56, 190
"""Height of the list of places where there is little room, and where there is enough."""

_PERSON = "A person, with all their names and numbers"
_NOBODY = Whom()
Place = tuple[int, Sequence[Piece]]
"""A message and the words around one place in it."""


class _PlaceDelegate(QStyledItemDelegate):
	"""One place: who and when in small, then the words with the covered ones marked."""

	def sizeHint(self, option, index) -> QSize:
		small, body = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("body"))
		return QSize(theme.px(200), round(small.height() + body.height() * 1.14 + 14))

	def paint(self, painter: QPainter, option, index) -> None:
		where, pieces = index.data(Qt.ItemDataRole.UserRole)
		frame = QRectF(option.rect)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if option.state & QStyle.StateFlag.State_Selected:
			painter.fillRect(frame, theme.colour("selected"))
		painter.fillRect(QRectF(frame.x(), frame.bottom() - 1, frame.width(), 1), theme.colour("line"))
		small = theme.font("small")
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		y = frame.y() + 5
		painter.drawText(QRectF(frame.x() + 12, y, frame.width() - 20, QFontMetricsF(small).height()), 0, where)
		text, marks = "", []
		for words, is_label, *_ in pieces:
			if is_label:
				marks.append(Mark(len(text), len(text) + len(words), "redact"))
			text += words
		laid = Laid(" ".join(text.split("\n")), theme.font("body"), frame.width() - 24, marks, lines=1)
		laid.draw(
			painter, QRectF(frame.x() + 12, y + QFontMetricsF(small).height(), 1, 1).topLeft(), theme.colour("text")
		)
		painter.restore()


class _Places(QListWidget):
	"""The places: it takes what room there is and scrolls, so that nothing else has to."""

	def sizeHint(self) -> QSize:
		return QSize(theme.px(300), theme.px(_LEAST))

	def minimumSizeHint(self) -> QSize:
		return self.sizeHint()


class RedactDialog(Ask):
	"""Asks what to cover up, shows where it stands, asks for the reason."""

	def __init__(
		self,
		parent: QWidget,
		exemptions: Sequence[Exemption],
		places: Callable[[str, str], Sequence[Place]],
		whose: Callable[[Sequence[int]], Sequence[str]],
		whom: Whom = _NOBODY,
		*,
		words: str = "",
		pattern: PatternName | None = None,
		here: bool = False,
		exemption: str | None = None,
	) -> None:
		"""Take the regime's exemptions; `places(kind, value)` lists what would be covered; `whose(ids)` names messages.

		`whom`: people to choose from; `words`: to begin with; `here`: they were selected in a message, so
		covering them only there is possible.
		"""
		super().__init__(
			parent,
			"Redact a word, number or person",
			"It is covered up for good in the pack. In the archive nothing changes, and you can uncover it again.",
			"Redact",
			width=600,
		)
		self._exemptions, self._places, self._whose, self._whom = list(exemptions), places, whose, whom
		self._kinds: list[tuple[str, str]] = [("text", ""), *((("person", ""),) if whom.people else ())]
		self._kinds += [("pattern", name) for name in PATTERN_NAMES]
		self._found: Sequence[Place] = ()
		self._selected = words
		self.kind = Choice(
			"A name, word or number",
			*((_PERSON,) if whom.people else ()),
			*(many[0].upper() + many[1:] for _, many in PATTERN_NAMES.values()),
		)
		self.person = Choice(*whom.people)
		self.words = field(words)
		self.words.setMaxLength(500)
		self.everywhere = QRadioButton("Everywhere in this request")
		self.only_here = QRadioButton("Only the words I selected")
		for one in (self.everywhere, self.only_here):
			theme.scaled(one, "setMinimumHeight", 28)
			one.toggled.connect(self._later)
		self.choice = Choice(*(f"{one.title} – {one.code}" for one in self._exemptions))
		for one in (self.kind, self.person, self.choice):
			one.setMinimumContentsLength(20)
			one.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
			one.view().setMinimumWidth(one.view().sizeHintForColumn(0) + theme.px(32))
		self.stand_in = field(width=280)
		self.stand_in.setMaxLength(LONGEST_STAND_IN)
		self._kind = FormField("What is it?", self.kind)
		self._words = FormField(
			"Which words or number?",
			self.words,
			"Found whatever the case, the accents or the spaces: a phone number in any way it is written.",
		)
		self._person = FormField(
			"Which person?", self.person, "Every name, number and address known of them, as whole words."
		)
		self._where = FormField("Where?", box(row(self.everywhere, 12, self.only_here, None)))
		self._choice = FormField("Why?", self.choice, reason_in_law(self._exemptions))
		self._stand = FormField(
			"A stand-in",
			self.stand_in,
			f"Shown in place of the label, for example “Resident A”. At most {LONGEST_STAND_IN} letters.",
			optional=True,
		)
		self.told = say("", "strong", wrap=True)
		self.also = say("", wrap=True)
		self.list = _Places()
		self.list.setAccessibleName("Places")
		self.list.setItemDelegate(_PlaceDelegate(self.list))
		self.list.setFrameShape(QFrame.Shape.StyledPanel)
		self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		what = col(self._kind, self._words, self._person, *([self._where] if here else []), None, gap=12)
		why = col(self._choice, self._stand, None, gap=12)
		self.add(
			Columns((what, 1), (why, 1), gap=24, fold=_BESIDE),
			(box(col(self.told, self.also, (self.list, 1), gap=6)), 1),
		)
		self.everywhere.setChecked(True)
		self.choice.setCurrentIndex(usual(self._exemptions))
		if exemption is not None:
			codes = [one.code for one in self._exemptions]
			self.choice.setCurrentIndex(codes.index(exemption) if exemption in codes else 0)
		if pattern is not None:
			self.kind.setCurrentIndex(self._kinds.index(("pattern", pattern)))
		self._listen()
		(self.words if pattern is None else self.choice).setFocus()
		self.look()

	def _listen(self) -> None:
		self._timer = QTimer(self)
		self._timer.setSingleShot(True)
		self._timer.setInterval(250)
		self._timer.timeout.connect(self.look)
		self.kind.currentIndexChanged.connect(self.look)
		self.person.currentIndexChanged.connect(self.look)
		self.words.textChanged.connect(self._later)

	def asked(self) -> Asked:
		"""Return what was decided."""
		kind, value = self._what()
		return Asked(
			kind,
			value,
			self._exemptions[max(0, self.choice.currentIndex())].code,
			self.stand_in.text().strip() or None,
			self.only_here.isChecked(),
		)

	def places(self) -> int:
		"""Return how many places would be covered."""
		return 1 if self.only_here.isChecked() else len(self._found)

	def look(self) -> None:
		"""List the places anew."""
		self._timer.stop()
		kind, value = self._what()
		here = self.only_here.isChecked()
		self._words.setVisible(kind == "text")
		self._person.setVisible(kind == "person")
		self.words.setReadOnly(here)
		if here:
			self.words.setText(self._selected)
		try:
			self._found = self._places(kind, value) if not here and (kind != "text" or matches_anything(value)) else ()
			problem = ""
		except CranfordError as trouble:
			self._found, problem = (), str(trouble)
		self.list.clear()
		for place, name in zip(self._found, self._whose([one[0] for one in self._found]), strict=True):
			item = QListWidgetItem()
			item.setData(Qt.ItemDataRole.UserRole, (name, place[1]))
			words = "".join(piece.text for piece in place[1])
			item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {words}")
			self.list.addItem(item)
		self.list.setVisible(bool(self._found))
		self.told.setText(problem or self._summary(kind, value, here))
		self.also.setText(self._about(value) if kind == "person" and not here else "")
		self.also.setVisible(bool(self.also.text()))
		self.go.say(f"Redact {count(self.places(), 'place')}" if self.places() else "Redact")
		if self.isVisible():
			self.fit()

	def faults(self) -> dict[FormField, str]:
		kind, value = self._what()
		if kind == "text" and not matches_anything(value):
			return {self._words: "Type the words or the number to cover up"}
		if self._timer.isActive():
			self.look()
		return {}

	def fields(self) -> tuple[FormField, ...]:
		return (self._kind, self._words, self._person, self._choice, self._stand)

	def fit(self) -> None:
		"""Be as wide as the screen allows; give the list of places what height is left."""
		wide = min(theme.px(_WIDTH), self.screen().availableGeometry().width() - 40)
		self.resize(max(wide, self.minimumWidth()), self.height())
		super().fit()
		if not self.list.isHidden():
			more = theme.px(_USUAL - _LEAST)
			self.resize(self.width(), min(self.room(), self.height() + more))

	def _what(self) -> tuple[str, str]:
		kind, value = self._kinds[max(0, self.kind.currentIndex())]
		if kind == "text":
			return kind, self.words.text().strip()
		return kind, self.person.currentText() if kind == "person" else value

	def _about(self, person: str) -> str:
		"""Return what covering a person covers, and whose name it touches as well."""
		told = f"Covers {', '.join(self._whom.names(person))}."
		clashes = self._whom.clashes(person)
		if clashes:
			told += f" Look twice: part of another name is covered too, in {', '.join(clashes)}."
		if maybe := self._whom.maybe(person):
			told += f" Not covered, but perhaps the same person: {', '.join(maybe)}. Say so in People first."
		if words := self._whom.left_readable(person):
			alone = ", ".join(f"“{word}” in {count(number, 'message')}" for word, number in words)
			told += f" By itself it stays readable: {alone}."
		return told

	def _summary(self, kind: str, value: str, here: bool) -> str:
		if here:
			return "One place: the words you selected."
		if kind == "text" and not value:
			return ""
		if not self._found:
			return "It stands nowhere in this request now. It will be covered up if it comes in later."
		messages = len({message_id for message_id, _ in self._found})
		return f"{count(len(self._found), 'place')} in {count(messages, 'message')}"

	def _later(self) -> None:
		if hasattr(self, "_timer"):
			self._timer.start()
