"""Every place where a person is named: grouped by name, with a tick for each name and each place that may mean another.

It keeps what is ticked; the dialog around it looks the places up anew when a name is ticked or unticked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionButton

from cranford_desktop.domain.covering import ALL_TICKED, NameForm, PersonPlace, PersonPlaces, Spared
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.laid import Laid, Mark
from cranford_desktop.ui.parts.wording import count, short

_BESIDE: dict[str, str] = {
	"sender": "as sender",
	"file": "name of a file",
	"earlier": "another version of it",
	"group": "name of the group",
	"wording": "the request’s own words",
}
_EVERYWHERE = "This name stands nowhere in this request now"


class Line(NamedTuple):
	"""A row of the list; `tick` None: it goes with the row above it."""

	level: int
	head: str
	pieces: tuple[tuple[str, bool], ...]
	tick: bool | None
	form: NameForm
	phrase: str = ""
	place: PersonPlace | None = None

	@property
	def spoken(self) -> str:
		"""What a screen reader says."""
		state = "" if self.tick is None else (", covered" if self.tick else ", left readable")
		words = "".join(words for words, _ in self.pieces)
		return f"{self.head}{state}" + (f": {words}" if words else "")


class _Delegate(QStyledItemDelegate):
	"""A tick where there is one, a name in bold or a place in small, and the words with the covered ones marked."""

	def sizeHint(self, option, index) -> QSize:
		line: Line = index.data(Qt.ItemDataRole.UserRole)
		head = QFontMetricsF(theme.font("small" if line.pieces else "strong")).height()
		words = QFontMetricsF(theme.font("body")).height() * 1.14 if line.pieces else 0
		return QSize(theme.px(200), round(head + words + 12))

	def paint(self, painter: QPainter, option, index) -> None:
		line: Line = index.data(Qt.ItemDataRole.UserRole)
		frame = QRectF(option.rect)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if option.state & QStyle.StateFlag.State_Selected:
			painter.fillRect(frame, theme.colour("selected"))
		painter.fillRect(QRectF(frame.x(), frame.bottom() - 1, frame.width(), 1), theme.colour("line"))
		left = frame.x() + 10 + line.level * theme.px(24)
		if line.tick is not None:
			side = theme.px(18)
			tick = QStyleOptionButton()
			tick.rect = QRectF(left, frame.y() + (frame.height() - side) / 2, side, side).toRect()
			tick.state = QStyle.StateFlag.State_Enabled
			tick.state |= QStyle.StateFlag.State_On if line.tick else QStyle.StateFlag.State_Off
			tick.palette = option.palette
			option.widget.style().drawPrimitive(
				QStyle.PrimitiveElement.PE_IndicatorCheckBox, tick, painter, option.widget
			)
		left += theme.px(26)
		room = frame.right() - left - 8
		font = theme.font("small" if line.pieces else "strong")
		metrics = QFontMetricsF(font)
		painter.setFont(font)
		painter.setPen(theme.colour("muted" if line.pieces else "text"))
		head = metrics.elidedText(line.head, Qt.TextElideMode.ElideRight, room)
		painter.drawText(QRectF(left, frame.y() + 5, room, metrics.height()), 0, head)
		if line.pieces:
			self._words(painter, line, QRectF(left, frame.y() + 5 + metrics.height(), room, 1))
		painter.restore()

	def _words(self, painter: QPainter, line: Line, where: QRectF) -> None:
		text, marks = "", []
		for words, covered in line.pieces:
			if covered and line.tick is not False:
				marks.append(Mark(len(text), len(text) + len(words), "redact"))
			text += words
		laid = Laid(" ".join(text.split("\n")), theme.font("body"), where.width(), marks, lines=1)
		laid.draw(painter, where.topLeft(), theme.colour("text"))


class PersonPlacesList(QListWidget):
	"""The list. `changed`: something was ticked; `renamed`: a name was, so the places have to be looked up anew."""

	changed = Signal()
	renamed = Signal()

	def __init__(self, least: int) -> None:
		"""Take the least height in pixels at 100 %."""
		super().__init__()
		self._least = least
		self.found = PersonPlaces("", ())
		self.ticks = ALL_TICKED
		self._whose: Callable[[Sequence[int]], Sequence[str]] = lambda ids: [""] * len(ids)
		self.setAccessibleName("Places where this person is named")
		self.setItemDelegate(_Delegate(self))
		self.setFrameShape(QFrame.Shape.StyledPanel)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
		self.itemClicked.connect(lambda _item: self.toggle(self.currentRow()))

	def show_places(self, found: PersonPlaces, whose: Callable[[Sequence[int]], Sequence[str]], *, fresh: bool) -> None:
		"""Show what was found; `fresh`: of another person, so the ticks begin anew."""
		self.found, self._whose = found, whose
		if fresh:
			self.ticks = found.first_ticks()
		self._fill()

	def line(self, row: int) -> Line:
		"""Return what a row says."""
		line: Line = self.item(row).data(Qt.ItemDataRole.UserRole)
		return line

	def toggle(self, row: int) -> None:
		"""Tick or untick a row; a place without a tick of its own goes with its name."""
		if not 0 <= row < self.count():
			return
		line = self.line(row)
		if line.tick is None:
			return
		at = self.ticks
		if line.place is not None:
			spot = Spared(line.place.message_id, line.place.start, line.place.end, line.place.words)
			self.ticks = replace(at, spared=_other(at.spared, spot))
		elif line.phrase:
			self.ticks = replace(at, phrases=_other(at.phrases, line.phrase))
		elif line.form.offered:
			self.ticks = replace(at, also=_other(at.also, line.form.name))
		else:
			self.ticks = replace(at, left=_other(at.left, line.form.name))
		self._fill()
		self.setCurrentRow(row)
		self.changed.emit()
		if line.place is None and not line.phrase:
			self.renamed.emit()

	def covered(self) -> int:
		"""Return how many places are covered as it is ticked."""
		return self.found.count(self.ticks)

	def keyPressEvent(self, event: QKeyEvent) -> None:
		if event.key() == Qt.Key.Key_Space:
			self.toggle(self.currentRow())
			event.accept()
			return
		super().keyPressEvent(event)

	def sizeHint(self) -> QSize:
		return QSize(theme.px(300), theme.px(self._least))

	def minimumSizeHint(self) -> QSize:
		return self.sizeHint()

	def _fill(self) -> None:
		at = self.verticalScrollBar().value()
		self.clear()
		for line in self._lines():
			item = QListWidgetItem()
			item.setData(Qt.ItemDataRole.UserRole, line)
			item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
			self.addItem(item)
		self.verticalScrollBar().setValue(at)

	def _lines(self) -> Iterator[Line]:
		for form in self.found.forms:
			ticked = form.name in self.ticks.also if form.offered else form.name not in self.ticks.left
			number = count(len(form.places), "place") if form.places else _EVERYWHERE
			kind = f"only {form.kind}" if form.offered else form.kind
			yield Line(0, f"{form.name} – {kind}: {number}", (), ticked, form)
			plain = [one for one in form.places if not one.phrase]
			yield from self._places(form, plain, 1, ticked=ticked)
			for phrase in dict.fromkeys(one.phrase for one in form.places if one.phrase):
				within = [one for one in form.places if one.phrase == phrase]
				on = phrase not in self.ticks.phrases
				told = f"“{short(form.name, 30)}” also matches {within[0].other} in {count(len(within), 'place')}"
				yield Line(1, told if on else f"{told} – left unticked", (), on and ticked, form, phrase)
				yield from self._places(form, within, 2, ticked=on and ticked)

	def _places(self, form: NameForm, places: Sequence[PersonPlace], level: int, *, ticked: bool) -> Iterator[Line]:
		names = self._whose([one.message_id for one in places])
		for one, name in zip(places, names, strict=True):
			where = " – ".join(filter(None, (name if one.message_id else "", _BESIDE.get(one.where, ""))))
			where += f" – perhaps {one.other}" if one.other and not one.phrase else ""
			spot = Spared(one.message_id, one.start, one.end, one.words)
			own = one.where == "text" and not one.phrase and ticked
			pieces = one.around if ticked else tuple((words, False) for words, _ in one.around)
			yield Line(level, where, pieces, spot not in self.ticks.spared if own else None, form, "", one)


def _other(held: tuple, one: object) -> tuple:
	"""Return a tuple with something in it that was not, or without something that was."""
	return tuple(known for known in held if known != one) if one in held else (*held, one)
