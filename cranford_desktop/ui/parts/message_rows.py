"""How rows of the message list are painted: as cards in a narrow list, as lines under column heads in a wide table."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from cranford_desktop.domain.days import DayCount
from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import hits, kind_chips, shown_text
from cranford_desktop.ui.parts.chip_painting import draw_chips
from cranford_desktop.ui.parts.laid import Laid, Mark
from cranford_desktop.ui.parts.message_model import ROW
from cranford_desktop.ui.parts.wording import count, day_words, short_day

if TYPE_CHECKING:
	from cranford_desktop.ui.parts.message_table import MessageList

_LEFT, _RIGHT = 16, 14
_WORDS = 380
"""Least width the message keeps in the table, at 100 %."""


class Column(NamedTuple):
	"""A column of the table."""

	words: str
	x: float
	width: float


def columns(width: float, *, with_groups: bool) -> list[Column]:
	"""Return the columns of the table for its width: the message takes what the others leave."""
	fixed = [("Time", 52), ("From", 170), ("Role", 110), ("Message", 0), ("Holds", 170)]
	if with_groups:
		fixed.append(("Group", 130))
	gap = 14

	def left() -> float:
		return width - sum(theme.px(room) for _, room in fixed) - gap * (len(fixed) - 1) - _LEFT - _RIGHT

	for spare in ("Role", "Group", "Holds"):  # the words come first
		if left() < theme.px(_WORDS):
			fixed = [one for one in fixed if one[0] != spare]
	out, x = [], float(_LEFT)
	for words, room in fixed:
		wide = float(theme.px(room)) if room else max(80.0, left())
		out.append(Column(words, x, wide))
		x += wide + gap
	return out


def holds_words(row: MessageRow) -> str:
	"""Return what a message holds beside words, in short: "Photo, edited"."""
	parts = []
	for one in row.attachments:
		what = "Photo" if one.media_type and one.media_type.startswith("image/") else "File"
		parts.append(what if one.present else f"{what} left out")
	parts += [words for words, _ in kind_chips(row)]
	parts += ["Edited"] if row.edited else []
	parts += ["Deleted"] if row.deleted or row.kind == "deleted" else []
	return ", ".join(dict.fromkeys(parts))


class MessageDelegate(QStyledItemDelegate):
	"""Paints headings, and messages as the list wants them: two lines of words, or one line in columns."""

	def __init__(self, view: "MessageList") -> None:
		super().__init__(view)
		self._view = view

	def paint(self, painter: QPainter, option, index):
		what = index.data(ROW)
		where = QRectF(option.rect)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if isinstance(what, DayCount):
			self._heading(painter, where, what)
		else:
			self._ground(painter, where, option)
			if what is not None and self._view.as_table:
				self._columns(painter, where, what)
			elif what is not None:
				self._words(painter, where.adjusted(_LEFT, 7, -_RIGHT, -7), what)
		painter.restore()

	def _heading(self, painter: QPainter, where: QRectF, day: DayCount) -> None:
		painter.fillRect(where, theme.colour("sunken"))
		label, small = theme.font("label"), theme.font("small")
		told = count(day.messages, self._view.unit)
		room = QFontMetricsF(small).horizontalAdvance(told) + 10
		inner = where.adjusted(_LEFT, 0, -_RIGHT, 0)
		middle = Qt.AlignmentFlag.AlignVCenter
		painter.setPen(theme.colour("muted"))
		painter.setFont(label)
		full = day_words(day.day)
		metrics = QFontMetricsF(label)
		words = full if metrics.horizontalAdvance(full) <= inner.width() - room else short_day(day.day)
		painter.drawText(inner.adjusted(0, 0, -room, 0), middle | Qt.AlignmentFlag.AlignLeft, words)
		painter.setFont(small)
		painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, told)

	def _ground(self, painter: QPainter, where: QRectF, option) -> None:
		state = QStyle.StateFlag
		chosen = bool(option.state & state.State_Selected)
		if chosen or option.state & state.State_MouseOver:
			painter.fillRect(where, theme.colour("selected" if chosen else "hover"))
		if chosen:
			painter.fillRect(QRectF(where.x(), where.y(), 4, where.height()), theme.colour("accent"))
		else:
			line = QRectF(where.x() + 16, where.bottom() - 1, where.width() - 32, 1)
			painter.fillRect(line, theme.colour("line"))
		if option.state & state.State_HasFocus and self._view.by_keyboard:
			painter.setPen(QPen(theme.colour("focus"), 2))
			painter.drawRoundedRect(where.adjusted(2, 2, -2, -3), 5, 5)

	def _words(self, painter: QPainter, room: QRectF, row: MessageRow) -> None:
		strong, small, body = theme.font("strong"), theme.font("small"), theme.font("body")
		bold, low = QFontMetricsF(strong), QFontMetricsF(small)
		grouped = self._view.grouped
		when = f"{row.sent_at:%H:%M}" if grouped else f"{short_day(row.sent_at.date())} {row.sent_at:%H:%M}"
		wide = low.horizontalAdvance(when)
		y = room.y() + bold.ascent()
		system = row.kind == "system"
		who = "WhatsApp" if system else row.sender or ""
		painter.setFont(strong)
		painter.setPen(theme.colour("muted" if system else "text"))
		left = max(60.0, room.width() - wide - 12)
		name = bold.elidedText(who, Qt.TextElideMode.ElideRight, left)
		painter.drawText(QPointF(room.x(), y), name)
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		x = room.x() + bold.horizontalAdvance(name) + 8
		x += draw_chips(painter, QPointF(x, room.y()), room.x() + left - x, kind_chips(row))
		painter.setPen(theme.colour("muted"))
		spare = room.x() + left - x
		if self._view.name_groups and spare > theme.px(56):
			group = low.elidedText(row.group, Qt.TextElideMode.ElideRight, spare)
			painter.drawText(QPointF(x, y), group)
		painter.drawText(QPointF(room.right() - wide, y), when)
		text, marks = self._cut(row, 400)
		words = Laid(text, body, room.width(), marks, lines=2)
		words.draw(painter, QPointF(room.x(), room.y() + bold.height() + 1), theme.colour(_ink(row)))

	def _columns(self, painter: QPainter, where: QRectF, row: MessageRow) -> None:
		body, small, strong = theme.font("body"), theme.font("small"), theme.font("strong")
		system = row.kind == "system"
		shown = {
			"Time": (f"{row.sent_at:%H:%M}", small, "muted"),
			"From": ("WhatsApp" if system else row.sender or "", strong, "muted" if system else "text"),
			"Role": (row.role or "", small, "muted"),
			"Holds": (holds_words(row), small, "muted"),
			"Group": (row.group, small, "muted"),
		}
		for column in columns(where.width(), with_groups=self._view.name_groups):
			spot = QRectF(where.x() + column.x, where.y(), column.width, where.height())
			if column.words == "Message":
				self._one_line(painter, spot, row)
				continue
			words, font, ink = shown[column.words]
			painter.setFont(font)
			painter.setPen(theme.colour(ink))
			cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, column.width)
			painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
		painter.setFont(body)

	def _one_line(self, painter: QPainter, spot: QRectF, row: MessageRow) -> None:
		text, marks = self._cut(row, 300)
		body = theme.font("body")
		metrics = QFontMetricsF(body)
		if metrics.horizontalAdvance(text) > spot.width():
			text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, spot.width())
			marks = tuple(Mark(one.start, min(one.end, len(text)), one.kind) for one in marks if one.start < len(text))
		words = Laid(text, body, spot.width() + 4, marks, lines=1)
		words.draw(painter, QPointF(spot.x(), spot.y() + (spot.height() - words.height) / 2), theme.colour(_ink(row)))

	def _cut(self, row: MessageRow, most: int) -> tuple[str, tuple[Mark, ...]]:
		"""Return the words as one line with the first hit in sight, and where the hits are."""
		text = self._view.elsewhere.get(row.id) or " ".join(shown_text(row).split()) or _media_words(row)
		spans = self._view.spans(text)
		start = 0
		if spans and spans[0][0] > 60:  # the first hit has to be in sight
			start = text.rfind(" ", 0, spans[0][0] - 24) + 1
		cut = ("…" if start else "") + text[start : start + most]
		shift = start - (1 if start else 0)
		return cut, hits((a - shift, min(b - shift, len(cut))) for a, b in spans if a >= start and a - shift < len(cut))

	def sizeHint(self, option, index):
		return QSize(100, self._view.row_height())


class ColumnHeads(QWidget):
	"""The words over the table's columns. Screen readers hear each row whole, so they pass it by."""

	def __init__(self, view: "MessageList") -> None:
		super().__init__()
		self._view = view
		self.rescale()

	def rescale(self) -> None:
		"""Follow the text size."""
		self.setFixedHeight(theme.px(30))

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.fillRect(self.rect(), theme.colour("base"))
		painter.setFont(theme.font("label"))
		painter.setPen(theme.colour("muted"))
		width = float(self._view.viewport().width())
		for column in columns(width, with_groups=self._view.name_groups):
			spot = QRectF(column.x, 0, column.width, self.height())
			painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, column.words)
		painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.colour("edge"))
		painter.end()


def _ink(row: MessageRow) -> str:
	return "muted" if row.kind == "system" or (row.text is None and not row.attachments) else "text"


def _media_words(row: MessageRow) -> str:
	if not row.attachments:
		return ""
	one = row.attachments[0]
	what = "Photo" if one.media_type and one.media_type.startswith("image/") else "File"
	name = f": {one.name}" if one.name else ""
	return f"{what}{name}" if one.present else f"{what}{name} – not in the export"
