"""How a row of the chat is planned and painted: time, disc, name, words, photos, notes, verdict."""

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
	QPointF,
	QRect,
	QRectF,
	QSize,
	Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import ChatLine, Media
from cranford_desktop.ui.parts.chat_model import LINE
from cranford_desktop.ui.parts.chip_painting import draw_chips
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.laid import Laid

if TYPE_CHECKING:
	from cranford_desktop.ui.parts.chat_view import ChatView

MEASURE = 640
"""Pixels at 100 %: about 75 letters."""
PHOTO = (176, 118)
_TITLES = ("Cllr", "Mr", "Mrs", "Ms", "Miss", "Dr", "Rev")


class Plan:
	"""Where the parts of one row go, relative to its top."""

	__slots__ = ("disc", "height", "parts", "width", "x")

	def __init__(self, x: int, width: float, disc: int) -> None:
		self.x, self.width, self.disc = x, width, disc
		self.parts: list[tuple[str, float, object]] = []
		self.height = 0

	def words(self) -> tuple[float, Laid] | None:
		"""Return where the message's own words are."""
		for kind, y, what in self.parts:
			if kind == "text":
				return y, what
		return None


class ChatDelegate(QStyledItemDelegate):
	"""Plans rows, keeps the plans, draws them."""

	def __init__(self, view: "ChatView") -> None:
		super().__init__(view)
		self._view = view
		self._plans: dict[int | str, tuple[tuple[bool, int, bool, int], Plan]] = {}

	def forget(self, lines: Iterable[ChatLine] | None = None) -> None:
		"""Forget the plans of some rows, or all."""
		if lines is None:
			self._plans.clear()
		else:
			for line in lines:
				self._plans.pop(_key(line), None)

	def plan(self, index, width: int) -> Plan:
		"""Return a row's plan for a width; it moves with its row as the window over the conversation moves."""
		line: ChatLine = index.data(LINE)
		before = index.siblingAtRow(index.row() - 1).data(LINE) if index.row() else None
		goes_on = before is not None and before.kind == "message" and before.who == line.who and not line.chips
		made_for = (goes_on, width, theme.is_dark(), theme.zoom())
		known = self._plans.get(_key(line))
		if known is None or known[0] != made_for:
			known = self._plans[_key(line)] = (made_for, self._make(line, width, goes_on=goes_on))
		return known[1]

	def _make(self, line: ChatLine, width: int, *, goes_on: bool) -> Plan:
		body, small = theme.font("body"), theme.font("small")
		tall, low = QFontMetricsF(body), QFontMetricsF(small)
		disc = theme.px(28)
		x = 16 + round(low.horizontalAdvance("00:00")) + 12 + disc + 12
		right = theme.px(132) if self._view.with_verdicts else 16
		plan = Plan(x, max(80.0, min(float(theme.px(MEASURE)), width - x - right)), disc)
		if line.kind == "day":
			plan.height = round(tall.height() + 24)
			return plan
		if line.kind == "system":
			laid = Laid(line.text, small, plan.width, line.marks)
			plan.parts.append(("text", 8.0, laid))
			plan.height = round(laid.height + 16)
			return plan
		y = 4.0 if goes_on else 12.0
		if not goes_on:
			plan.parts.append(("head", y, None))
			y += tall.height() + 1
		if line.quote:
			quote = Laid(line.quote, small, plan.width - 14, lines=2)
			plan.parts.append(("quote", y + 2, quote))
			y += quote.height + 6
		if line.text:
			words = Laid(line.text, body, plan.width, line.marks)
			plan.parts.append(("text", y, words))
			y += words.height
		for which, other in line.earlier:
			told = f"{which}: {other}"
			quote = Laid(told, small, plan.width - 14)
			plan.parts.append(("quote", y + 4, quote))
			y += quote.height + 8
		for one in line.media:
			if one.photo and one.attachment_id is not None:
				plan.parts.append(("photo", y + 6, one))
				y += theme.px(PHOTO[1]) + 10
			else:
				plan.parts.append(("file", y + 3, one))
				y += low.height() + 6
		if line.notes:
			plan.parts.append(("notes", y + 2, line.notes))
			y += low.height() + 4
		plan.height = round(y + (6 if self._view.with_verdicts else 4))
		return plan

	def sizeHint(self, option, index):
		width = self._view.viewport().width()
		return QSize(width, self.plan(index, width).height)

	def paint(self, painter: QPainter, option, index):
		line: ChatLine = index.data(LINE)
		where: QRect = option.rect
		plan = self.plan(index, where.width())
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if line.kind == "day":
			self._day(painter, where, line.text)
		else:
			self._ground(painter, where, option)
			self._line(painter, where, line, plan, option)
		painter.restore()

	def _day(self, painter: QPainter, where: QRect, words: str) -> None:
		label = theme.font("label")
		room = QFontMetricsF(label).horizontalAdvance(words) + (46 if self._view.days_open else 28)
		y = where.y() + where.height() / 2 + 2
		painter.setPen(QPen(theme.colour("line"), 1))
		painter.drawLine(QPointF(16, y), QPointF(where.width() / 2 - room / 2, y))
		painter.drawLine(QPointF(where.width() / 2 + room / 2, y), QPointF(where.width() - 16, y))
		painter.setFont(label)
		painter.setPen(theme.colour("muted"))
		middle = QRectF(0, where.y() + 2, where.width(), where.height())
		if self._view.days_open:
			middle.translate(-9, 0)
		painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, words)
		if self._view.days_open:
			paint_icon(
				painter, "calendar_ltr", QRectF(where.width() / 2 + room / 2 - 20, y - 8, 16, 16), theme.colour("muted")
			)

	def _ground(self, painter: QPainter, where: QRect, option) -> None:
		state = QStyle.StateFlag
		pill = QRectF(where).adjusted(6, 2, -6, -1)
		painter.setPen(Qt.PenStyle.NoPen)
		if option.state & state.State_Selected:
			painter.setBrush(theme.colour("selected"))
			painter.drawRoundedRect(pill, 6, 6)
			painter.setBrush(theme.colour("accent"))
			painter.drawRoundedRect(QRectF(6, where.y() + 2, 4, where.height() - 3), 2, 2)
		elif option.state & state.State_MouseOver:
			painter.setBrush(theme.colour("hover", 0.6))
			painter.drawRoundedRect(pill, 6, 6)
		if option.state & state.State_HasFocus and self._view.by_keyboard:
			painter.setPen(QPen(theme.colour("focus"), 2))
			painter.setBrush(Qt.BrushStyle.NoBrush)
			painter.drawRoundedRect(pill.adjusted(1, 1, -1, -1), 6, 6)

	def _line(self, painter: QPainter, where: QRect, line: ChatLine, plan: Plan, option) -> None:
		system = line.kind == "system"
		ink = theme.colour("muted" if line.quiet or system else "text")
		small = theme.font("small")
		ascent = QFontMetricsF(small if system else theme.font("body")).ascent()
		kind, y, what = plan.parts[0] if plan.parts else ("head", 12.0, None)
		baseline = where.y() + y + (what.first_line if kind == "text" else 0) + ascent
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		painter.drawText(QPointF(16, baseline), line.time)
		if system:
			spot = QRectF(plan.x - 12 - plan.disc / 2 - 8, baseline - ascent / 2 - 9, 16, 16)
			paint_icon(painter, "info", spot, theme.colour("muted"))
		chosen = self._view.chosen_in(line.message_id)
		for kind, offset, what in plan.parts:
			at = QPointF(plan.x, where.y() + offset)
			if kind == "head":
				self._head(painter, at, line, plan, ascent, option)
			elif kind == "quote":
				painter.fillRect(QRectF(at.x(), at.y(), 3, what.height), theme.colour("edge"))
				what.draw(painter, at + QPointF(12, 0), theme.colour("muted"))
			elif kind == "text":
				what.draw(painter, at, ink, chosen)
			elif kind == "photo":
				self._photo(painter, at, what, where.width() - plan.x - 16)
			elif kind == "file":
				self._file(painter, at, what, plan.width)
			else:
				self._notes(painter, at, what)
		if line.verdict is not None:
			words, name, token = line.verdict
			left = min(where.right() - theme.px(128), plan.x + plan.width + 32)
			paint_icon(painter, name, QRectF(left, baseline - 13, 16, 16), theme.colour(token))
			painter.setFont(small)
			painter.setPen(theme.colour(token))
			painter.drawText(QPointF(left + 22, baseline), words)

	def _head(self, painter: QPainter, at: QPointF, line: ChatLine, plan: Plan, ascent: float, option) -> None:
		lit = bool(option.state & QStyle.StateFlag.State_Selected)
		disc = QRectF(at.x() - 12 - plan.disc, at.y() + 1, plan.disc, plan.disc)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(theme.colour("base" if lit else "plain-soft"))
		painter.drawEllipse(disc)
		painter.setPen(theme.colour("plain"))
		painter.setFont(theme.font("label"))
		painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(line.who))
		strong, small = theme.font("strong"), theme.font("small")
		painter.setFont(strong)
		painter.setPen(theme.colour("muted" if line.quiet else "text"))
		name = QFontMetricsF(strong).elidedText(line.who, Qt.TextElideMode.ElideRight, plan.width)
		painter.drawText(QPointF(at.x(), at.y() + ascent), name)
		x = at.x() + QFontMetricsF(strong).horizontalAdvance(name) + 8
		if line.role:
			painter.setFont(small)
			painter.setPen(theme.colour("muted"))
			painter.drawText(QPointF(x, at.y() + ascent), line.role)
			x += QFontMetricsF(small).horizontalAdvance(line.role) + 12
		draw_chips(painter, QPointF(x, at.y()), math.inf, line.chips)

	def _photo(self, painter: QPainter, at: QPointF, one: Media, room: float) -> None:
		spot = QRectF(at.x(), at.y(), theme.px(PHOTO[0]), theme.px(PHOTO[1]))
		source = self._view.thumbnails
		picture = source.get(one.attachment_id) if source is not None else None
		path = QPainterPath()
		path.addRoundedRect(spot, 6, 6)
		painter.save()
		painter.setClipPath(path)
		painter.fillRect(spot, theme.colour("plain-soft"))
		if picture is not None:
			grown = picture.size().scaled(spot.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
			target = QRectF(0, 0, grown.width(), grown.height())
			target.moveCenter(spot.center())
			painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
			painter.drawPixmap(target, picture, QRectF(picture.rect()))
		else:
			middle = QRectF(0, 0, 32, 32)
			middle.moveCenter(spot.center())
			paint_icon(painter, "image", middle, theme.colour("muted"))
		painter.restore()
		small = theme.font("small")
		low = QFontMetricsF(small)
		left = spot.right() + 12
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		title = low.elidedText(one.title, Qt.TextElideMode.ElideMiddle, max(40.0, at.x() + room - left))
		painter.drawText(QPointF(left, at.y() + low.ascent()), title)
		broken = source is not None and source.failed(one.attachment_id)
		note = "This photo cannot be shown" if broken else one.note
		painter.drawText(QPointF(left, at.y() + low.ascent() + low.height() + 1), note)

	def _file(self, painter: QPainter, at: QPointF, one: Media, room: float) -> None:
		small = theme.font("small")
		low = QFontMetricsF(small)
		name = "document_text" if one.attachment_id is not None else "image"
		paint_icon(painter, name, QRectF(at.x(), at.y() + (low.height() - 16) / 2, 16, 16), theme.colour("muted"))
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		words = f"{one.title} – {one.note}" if one.note else one.title
		words = low.elidedText(words, Qt.TextElideMode.ElideMiddle, room - 22)
		painter.drawText(QPointF(at.x() + 22, at.y() + low.ascent()), words)

	def _notes(self, painter: QPainter, at: QPointF, notes: Sequence[tuple[str, str, str]]) -> None:
		small = theme.font("small")
		low = QFontMetricsF(small)
		x = at.x()
		painter.setFont(small)
		for name, words, token in notes:
			paint_icon(painter, name, QRectF(x, at.y() + (low.height() - 16) / 2, 16, 16), theme.colour(token))
			painter.setPen(theme.colour(token))
			painter.drawText(QPointF(x + 22, at.y() + low.ascent()), words)
			x += 22 + low.horizontalAdvance(words) + 18


def _key(line: ChatLine) -> int | str:
	return line.message_id or line.text


def initials(who: str) -> str:
	"""Return up to two letters for a disc: of the name without its title, or of the number's end."""
	names = [part for part in who.replace("~", " ").split() if part not in _TITLES]
	letters = [part[0] for part in names if part[0].isalpha()]
	if letters:
		return "".join((letters[0], letters[-1]) if len(letters) > 1 else letters).upper()
	digits = [char for char in who if char.isdigit()]
	return "".join(digits[-2:]) or "?"
