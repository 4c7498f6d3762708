"""The chat, painted: calm rows at a readable measure, not bubbles.

One row is laid out once for a width, a text size and a mode, kept as text layouts, then only drawn. Used by the
archive's reading view and by a request's decide page. Meant for up to some hundreds of rows at a time.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
	QAbstractListModel,
	QModelIndex,
	QPersistentModelIndex,
	QPointF,
	QRect,
	QRectF,
	QSize,
	Qt,
	QTimer,
	Signal,
)
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeySequence, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QStyle, QStyledItemDelegate

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import ChatLine, Media, source_offset
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.laid import Laid
from cranford_desktop.ui.parts.thumbnails import Thumbnails

MEASURE = 640
"""Pixels at 100 %: about 75 letters."""
PHOTO = (176, 118)
LINE = Qt.ItemDataRole.UserRole
_TITLES = ("Cllr", "Mr", "Mrs", "Ms", "Miss", "Dr", "Rev")
_BATCH = 600


class ChatModel(QAbstractListModel):
	"""The rows of a chat view."""

	def __init__(self, parent=None) -> None:
		super().__init__(parent)
		self._lines: list[ChatLine] = []
		self._rows: dict[int, int] = {}

	def set_lines(self, lines: Sequence[ChatLine]) -> None:
		"""Show other rows."""
		self.beginResetModel()
		self._lines = list(lines)
		self._rows = {line.message_id: at for at, line in enumerate(self._lines) if line.message_id}
		self.endResetModel()

	def replace_line(self, line: ChatLine) -> None:
		"""Show a row anew after a decision; its message must be among the rows."""
		at = self._rows[line.message_id]
		self._lines[at] = line
		self.dataChanged.emit(self.index(at), self.index(at))

	def line(self, at: int) -> ChatLine:
		"""Return one row."""
		return self._lines[at]

	def row_of(self, message_id: int) -> int:
		"""Return the row of a message, -1 if it is not shown."""
		return self._rows.get(message_id, -1)

	def message_ids(self) -> list[int]:
		"""Return the messages shown, in order."""
		return list(self._rows)

	def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._lines)

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid() or not 0 <= index.row() < len(self._lines):
			return None
		line = self._lines[index.row()]
		if role == LINE:
			return line
		if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
			return line.spoken
		return None

	def flags(self, index):
		if self._lines[index.row()].kind == "day":
			return Qt.ItemFlag.NoItemFlags
		return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Plan:
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
		self._plans: dict[tuple[int, int, bool, int], _Plan] = {}

	def forget(self, at: int | None = None) -> None:
		"""Forget the plans of one row, or all."""
		if at is None:
			self._plans.clear()
		else:
			for known in [known for known in self._plans if known[0] == at]:
				del self._plans[known]

	def plan(self, index, width: int) -> _Plan:
		"""Return a row's plan for a width."""
		known = (index.row(), width, theme.is_dark(), theme.zoom())
		if known not in self._plans:
			self._plans[known] = self._make(index, width)
		return self._plans[known]

	def _make(self, index, width: int) -> _Plan:
		line: ChatLine = index.data(LINE)
		body, small = theme.font("body"), theme.font("small")
		tall, low = QFontMetricsF(body), QFontMetricsF(small)
		disc = theme.px(28)
		x = 16 + round(low.horizontalAdvance("00:00")) + 12 + disc + 12
		right = theme.px(132) if self._view.with_verdicts else 16
		plan = _Plan(x, max(80.0, min(float(theme.px(MEASURE)), width - x - right)), disc)
		if line.kind == "day":
			plan.height = round(tall.height() + 24)
			return plan
		if line.kind == "system":
			laid = Laid(line.text, small, plan.width, line.marks)
			plan.parts.append(("text", 8.0, laid))
			plan.height = round(laid.height + 16)
			return plan
		before = index.siblingAtRow(index.row() - 1).data(LINE) if index.row() else None
		goes_on = before is not None and before.kind == "message" and before.who == line.who and not line.chips
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
		room = QFontMetricsF(label).horizontalAdvance(words) + 28
		y = where.y() + where.height() / 2 + 2
		painter.setPen(QPen(theme.colour("line"), 1))
		painter.drawLine(QPointF(16, y), QPointF(where.width() / 2 - room / 2, y))
		painter.drawLine(QPointF(where.width() / 2 + room / 2, y), QPointF(where.width() - 16, y))
		painter.setFont(label)
		painter.setPen(theme.colour("muted"))
		middle = QRectF(0, where.y() + 2, where.width(), where.height())
		painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, words)

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

	def _line(self, painter: QPainter, where: QRect, line: ChatLine, plan: _Plan, option) -> None:
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

	def _head(self, painter: QPainter, at: QPointF, line: ChatLine, plan: _Plan, ascent: float, option) -> None:
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
		for words, kind in line.chips:
			room = QFontMetricsF(small).horizontalAdvance(words) + 14
			spot = QRectF(x, at.y(), room, QFontMetricsF(theme.font("body")).height())
			painter.setPen(Qt.PenStyle.NoPen)
			painter.setBrush(theme.colour(f"{kind}-soft"))
			painter.drawRoundedRect(spot, 4, 4)
			painter.setFont(small)
			painter.setPen(theme.colour(kind))
			painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)
			x += room + 6

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


def initials(who: str) -> str:
	"""Return up to two letters for a disc: of the name without its title, or of the number's end."""
	names = [part for part in who.replace("~", " ").split() if part not in _TITLES]
	letters = [part[0] for part in names if part[0].isalpha()]
	if letters:
		return "".join((letters[0], letters[-1]) if len(letters) > 1 else letters).upper()
	digits = [char for char in who if char.isdigit()]
	return "".join(digits[-2:]) or "?"


class ChatView(QListView):
	"""A list of messages that can be read, arrowed through, and whose words can be selected with the mouse."""

	message_changed = Signal(int)
	"""The current message; 0 for none."""
	message_opened = Signal(int)
	"""Enter on a message."""
	words_chosen = Signal(int, int, int)
	"""Message, start and end in its own words, after a selection with the mouse; start = end: nothing selected."""

	def __init__(
		self,
		thumbnails: Thumbnails | None = None,
		*,
		verdicts: bool = False,
		several: bool = False,
		name: str = "Messages",
	) -> None:
		super().__init__()
		self.thumbnails = thumbnails
		self.with_verdicts = verdicts
		self.by_keyboard = False
		self._chosen: tuple[int, int, int] | None = None
		self._anchor: tuple[QPersistentModelIndex, int] | None = None
		self._model = ChatModel(self)
		self._delegate = ChatDelegate(self)
		self.setModel(self._model)
		self.setItemDelegate(self._delegate)
		self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
		self.setResizeMode(QListView.ResizeMode.Adjust)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		mode = QAbstractItemView.SelectionMode
		self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
		self.setBatchSize(_BATCH // 3)
		self.setMouseTracking(True)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setAccessibleName(name)
		self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.setTabKeyNavigation(False)
		self.verticalScrollBar().setSingleStep(24)
		self._model.dataChanged.connect(lambda first, _last: self._delegate.forget(first.row()))
		self.selectionModel().currentChanged.connect(self._moved)
		if thumbnails is not None:
			thumbnails.arrived.connect(lambda _id: self.viewport().update())

	# what is shown
	def set_lines(self, lines: Sequence[ChatLine]) -> None:
		"""Show these rows, from the top."""
		self._delegate.forget()
		self._chosen = None
		mode = QListView.LayoutMode
		self.setLayoutMode(mode.Batched if len(lines) > _BATCH else mode.SinglePass)
		self._model.set_lines(lines)

	def set_lines_in_place(self, lines: Sequence[ChatLine]) -> None:
		"""Show more rows round those shown: what is read now, and what is current, stay where they are."""
		current = self.current_message()
		top = self.indexAt(self.viewport().rect().topLeft())
		while top.isValid() and not top.data(LINE).message_id:
			top = top.siblingAtRow(top.row() + 1)
		anchor = top.data(LINE).message_id if top.isValid() else 0
		y = self.visualRect(top).top() if top.isValid() else 0
		self.set_lines(lines)
		if current and self._model.row_of(current) >= 0:
			self.selectionModel().blockSignals(True)
			self.setCurrentIndex(self._model.index(self._model.row_of(current)))
			self.selectionModel().blockSignals(False)
		if anchor and self._model.row_of(anchor) >= 0:
			self.executeDelayedItemsLayout()
			where = self.visualRect(self._model.index(self._model.row_of(anchor))).top()
			bar = self.verticalScrollBar()
			bar.setValue(bar.value() + where - y)

	def replace_line(self, line: ChatLine) -> None:
		"""Show one row anew after a decision or a redaction."""
		self._model.replace_line(line)
		self.scheduleDelayedItemsLayout()

	def line_of(self, message_id: int) -> ChatLine | None:
		"""Return the row of a message, None if it is not shown."""
		at = self._model.row_of(message_id)
		return self._model.line(at) if at >= 0 else None

	def message_ids(self) -> list[int]:
		"""Return the messages shown, in order."""
		return self._model.message_ids()

	def show_message(self, message_id: int, *, at_top: bool = False) -> bool:
		"""Make a message the current one and bring it into view; return whether it is shown."""
		at = self._model.row_of(message_id)
		if at < 0:
			return False
		index = self._model.index(at)
		self.setCurrentIndex(index)
		hint = QAbstractItemView.ScrollHint
		self.executeDelayedItemsLayout()
		self.scrollTo(index, hint.PositionAtTop if at_top else hint.PositionAtCenter)
		return True

	def current_message(self) -> int:
		"""Return the current message, 0 for none."""
		line = self.currentIndex().data(LINE)
		return line.message_id if line is not None else 0

	def chosen_messages(self) -> list[int]:
		"""Return the selected messages, in order."""
		rows = sorted(index.row() for index in self.selectionModel().selectedRows())
		return [self._model.line(at).message_id for at in rows]

	def step(self, by: int) -> bool:
		"""Move to the next (1) or previous (-1) message; return whether there was one."""
		at = self.currentIndex().row() + by
		while 0 <= at < self._model.rowCount():
			if self._model.line(at).kind != "day":
				self.setCurrentIndex(self._model.index(at))
				self.scrollTo(self._model.index(at))
				return True
			at += by
		return False

	# selected words
	def chosen_words(self) -> tuple[int, int, int] | None:
		"""Return (message, start, end) of the selected words in the message's own text, None for none."""
		if self._chosen is None or self._chosen[1] == self._chosen[2]:
			return None
		message_id, start, end = self._chosen
		line = self.line_of(message_id)
		if line is None:
			return None
		return message_id, source_offset(line, start), source_offset(line, end)

	def clear_words(self) -> None:
		"""Drop the selection of words."""
		self._chosen = None
		self.viewport().update()

	def chosen_in(self, message_id: int) -> tuple[int, int] | None:
		"""Return the selected stretch of a shown row, for painting."""
		if self._chosen is None or not message_id or self._chosen[0] != message_id:
			return None
		return self._chosen[1], self._chosen[2]

	def _place(self, point) -> tuple[QModelIndex, int, bool] | None:
		index = self.indexAt(point)
		if not index.isValid():
			return None
		plan = self._delegate.plan(index, self.viewport().width())
		words = plan.words()
		if words is None:
			return None
		y, laid = words
		where = self.visualRect(index)
		local = QPointF(point.x() - plan.x, point.y() - where.y() - y)
		inside = 0 <= local.y() < laid.height and -4 <= local.x() <= plan.width + 8
		return index, laid.character_at(local), inside

	def mousePressEvent(self, event):
		self.by_keyboard = False
		self._anchor = None
		if self._chosen is not None:
			self._chosen = None
			self.viewport().update()
		super().mousePressEvent(event)
		if event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
			place = self._place(event.position().toPoint())
			if place is not None and place[2]:
				self._anchor = (QPersistentModelIndex(place[0]), place[1])

	def mouseMoveEvent(self, event):
		point = event.position().toPoint()
		if self._anchor is not None and event.buttons() & Qt.MouseButton.LeftButton:
			self._stretch(point)
			return
		place = self._place(point)
		over = place is not None and place[2]
		self.viewport().setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)
		super().mouseMoveEvent(event)

	def _stretch(self, point) -> None:
		index, start = self._anchor
		line = index.data(LINE)
		where = self.visualRect(QModelIndex(index))
		y = min(max(point.y(), where.top()), where.bottom())
		point.setY(y)
		place = self._place(point)
		if line is not None and place is not None:
			first, last = sorted((start, place[1]))
			self._chosen = (line.message_id, first, last)
			self.viewport().update(where)

	def mouseReleaseEvent(self, event):
		super().mouseReleaseEvent(event)
		if self._anchor is not None:
			self._anchor = None
			self._tell()

	def mouseDoubleClickEvent(self, event):
		place = self._place(event.position().toPoint())
		if place is None or not place[2]:
			super().mouseDoubleClickEvent(event)
			return
		line: ChatLine = place[0].data(LINE)
		start = end = min(place[1], len(line.text))
		while start > 0 and line.text[start - 1].isalnum():
			start -= 1
		while end < len(line.text) and line.text[end].isalnum():
			end += 1
		self._chosen = (line.message_id, start, end)
		self.viewport().update()
		self._tell()

	def _tell(self) -> None:
		chosen = self.chosen_words()
		if chosen is not None:
			self.words_chosen.emit(*chosen)

	# keys, size, focus
	def keyPressEvent(self, event):
		self.by_keyboard = True
		if event.matches(QKeySequence.StandardKey.Copy):
			self._copy()
		elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_message():
			self.message_opened.emit(self.current_message())
		else:
			super().keyPressEvent(event)

	def keyboardSearch(self, search):
		"""Letters are for the page's own keys, never for jumping."""

	def _copy(self) -> None:
		line: ChatLine | None = self.currentIndex().data(LINE)
		if self._chosen is not None:
			shown = self.line_of(self._chosen[0])
			QGuiApplication.clipboard().setText(shown.text[self._chosen[1] : self._chosen[2]] if shown else "")
		elif line is not None:
			QGuiApplication.clipboard().setText(line.text)

	def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
		line = current.data(LINE)
		self.message_changed.emit(line.message_id if line is not None else 0)

	def focusInEvent(self, event):
		reason = Qt.FocusReason
		self.by_keyboard = event.reason() in (
			reason.TabFocusReason,
			reason.BacktabFocusReason,
			reason.ShortcutFocusReason,
		)
		if not self.currentIndex().isValid():
			self.step(1)
		super().focusInEvent(event)

	def rescale(self) -> None:
		"""Follow the text size; the message being read stays in sight."""
		reading = self.currentIndex()
		if not self.viewport().rect().intersects(self.visualRect(reading)):
			reading = self.indexAt(self.viewport().rect().topLeft())
		self._delegate.forget()
		self.scheduleDelayedItemsLayout()
		keep = QPersistentModelIndex(reading)
		QTimer.singleShot(0, self, lambda: self._bring_back(keep))

	def _bring_back(self, keep: QPersistentModelIndex) -> None:
		if keep.isValid():
			self.executeDelayedItemsLayout()
			self.scrollTo(QModelIndex(keep), QAbstractItemView.ScrollHint.PositionAtCenter)

	def changeEvent(self, event):
		super().changeEvent(event)
		if event.type() in (event.Type.FontChange, event.Type.StyleChange) and QApplication.instance() is not None:
			self.scheduleDelayedItemsLayout()

	def resizeEvent(self, event):
		top = QPersistentModelIndex(self.indexAt(self.viewport().rect().topLeft()))
		super().resizeEvent(event)
		if event.oldSize().width() != event.size().width():
			self._delegate.forget()
			self.scheduleDelayedItemsLayout()
			if top.isValid() and top.row() > 0:
				self.executeDelayedItemsLayout()
				self.scrollTo(QModelIndex(top), QAbstractItemView.ScrollHint.PositionAtTop)
