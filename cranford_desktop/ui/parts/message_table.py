"""A list over any number of messages: the ids of all of them, the rows of those in sight."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from cranford_desktop.domain.messages import MessageRow
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.chat_lines import hits, message_line, shown_text
from cranford_desktop.ui.parts.laid import Laid
from cranford_desktop.ui.parts.wording import short_day

PAGE = 100
KEPT_PAGES = 100
ROW = Qt.ItemDataRole.UserRole
Spans = list[tuple[int, int]]


class MessageModel(QAbstractTableModel):
	"""Ids for the whole result, pages of rows on demand; never more than some thousand rows in memory."""

	def __init__(self, fetch: Callable[[Sequence[int]], list[MessageRow]], parent=None) -> None:
		super().__init__(parent)
		self._fetch = fetch
		self._ids: array[int] = array("q")
		self._rows: dict[int, int] | None = None
		self._pages: OrderedDict[int, list[MessageRow]] = OrderedDict()

	def set_ids(self, ids: "array[int]") -> None:
		"""Show these messages."""
		self.beginResetModel()
		self._ids = ids
		self._rows = None
		self._pages.clear()
		self.endResetModel()

	def forget(self) -> None:
		"""Read rows again when they are looked at next: names or texts may have changed."""
		self._pages.clear()
		if self._ids:
			self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

	@property
	def ids(self) -> "array[int]":
		"""All ids, in order."""
		return self._ids

	def row_of(self, message_id: int) -> int:
		"""Return where a message stands, -1 if it is not in the list."""
		if self._rows is None:
			self._rows = {known: at for at, known in enumerate(self._ids)}
		return self._rows.get(message_id, -1)

	def row(self, at: int) -> MessageRow | None:
		"""Return one message; its page is read if need be."""
		number = at // PAGE
		if number not in self._pages:
			first = number * PAGE
			self._pages[number] = self._fetch(self._ids[first : first + PAGE])
			while len(self._pages) > KEPT_PAGES:
				self._pages.popitem(last=False)
		self._pages.move_to_end(number)
		page = self._pages[number]
		return page[at % PAGE] if at % PAGE < len(page) else None

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._ids)

	def columnCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else 1

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid() or role not in (
			ROW,
			Qt.ItemDataRole.DisplayRole,
			Qt.ItemDataRole.AccessibleTextRole,
		):
			return None
		row = self.row(index.row())
		if row is None or role == ROW:
			return row
		return f"{short_day(row.sent_at.date())}, {message_line(row).spoken}"

	def flags(self, index):
		return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class MessageDelegate(QStyledItemDelegate):
	"""Who and when, then two lines of words with the hits marked."""

	def __init__(self, view: "MessageList") -> None:
		super().__init__(view)
		self._view = view

	def paint(self, painter: QPainter, option, index):
		row: MessageRow | None = index.data(ROW)
		where = QRectF(option.rect)
		state = QStyle.StateFlag
		chosen = bool(option.state & state.State_Selected)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
		if row is not None:
			self._words(painter, where.adjusted(16, 7, -14, -7), row)
		painter.restore()

	def _words(self, painter: QPainter, room: QRectF, row: MessageRow) -> None:
		strong, small, body = theme.font("strong"), theme.font("small"), theme.font("body")
		bold, low = QFontMetricsF(strong), QFontMetricsF(small)
		when = f"{short_day(row.sent_at.date())} {row.sent_at:%H:%M}"
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
		spare = left - bold.horizontalAdvance(name) - 8
		if self._view.name_groups and spare > theme.px(56):
			group = low.elidedText(row.group, Qt.TextElideMode.ElideRight, spare)
			painter.drawText(QPointF(room.x() + bold.horizontalAdvance(name) + 8, y), group)
		painter.drawText(QPointF(room.right() - wide, y), when)
		text = " ".join(shown_text(row).split()) or _media_words(row)
		spans = self._view.spans(text)
		start = 0
		if spans and spans[0][0] > 60:  # the first hit has to be in sight
			start = text.rfind(" ", 0, spans[0][0] - 24) + 1
		cut = ("…" if start else "") + text[start : start + 400]
		shift = start - (1 if start else 0)
		marks = hits((a - shift, min(b - shift, len(cut))) for a, b in spans if a >= start and a - shift < len(cut))
		quiet = system or (row.text is None and not row.attachments)
		words = Laid(cut, body, room.width(), marks, lines=2)
		words.draw(painter, QPointF(room.x(), room.y() + bold.height() + 1), theme.colour("muted" if quiet else "text"))

	def sizeHint(self, option, index):
		return QSize(100, self._view.row_height())


def _media_words(row: MessageRow) -> str:
	if not row.attachments:
		return ""
	one = row.attachments[0]
	what = "Photo" if one.media_type and one.media_type.startswith("image/") else "File"
	name = f": {one.name}" if one.name else ""
	return f"{what}{name}" if one.present else f"{what}{name} – not in the export"


class MessageList(QTableView):
	"""The list. `picked(id)` when another message becomes the current one (0: none), `opened(id)` on Enter."""

	picked = Signal(int)
	opened = Signal(int)

	def __init__(
		self, fetch: Callable[[Sequence[int]], list[MessageRow]], *, several: bool = True, name: str = "Messages found"
	) -> None:
		super().__init__()
		self.by_keyboard = False
		self.name_groups = False
		self.spans: Callable[[str], Spans] = lambda _text: []
		self._model = MessageModel(fetch, self)
		self.setModel(self._model)
		self.setItemDelegate(MessageDelegate(self))
		self.horizontalHeader().hide()
		self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
		self.verticalHeader().hide()
		self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
		self.setShowGrid(False)
		self.setWordWrap(False)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setMouseTracking(True)
		self.setTabKeyNavigation(False)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
		mode = QAbstractItemView.SelectionMode
		self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
		self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
		self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.setAccessibleName(name)
		self.selectionModel().currentChanged.connect(self._moved)
		self.rescale()

	def row_height(self) -> int:
		"""Return the one height of all rows."""
		bold, body = QFontMetricsF(theme.font("strong")), QFontMetricsF(theme.font("body"))
		return round(bold.height() + 2 * body.height() * 1.14 + 16)

	def rescale(self) -> None:
		"""Follow the text size."""
		self.verticalHeader().setDefaultSectionSize(self.row_height())

	def set_ids(self, ids: "array[int]") -> None:
		"""Show these messages, from the top."""
		self._model.set_ids(ids)
		self.scrollToTop()

	def forget(self) -> None:
		"""Read rows again when they are looked at next."""
		self._model.forget()

	@property
	def ids(self) -> "array[int]":
		"""All ids, in order."""
		return self._model.ids

	def current(self) -> int:
		"""Return the current message, 0 for none."""
		at = self.currentIndex().row()
		return self._model.ids[at] if 0 <= at < len(self._model.ids) else 0

	def position(self) -> int:
		"""Return where the current message stands, from 1; 0 for none."""
		return self.currentIndex().row() + 1

	def chosen(self) -> list[int]:
		"""Return the selected messages, in order."""
		return [self._model.ids[index.row()] for index in sorted(self.selectionModel().selectedRows())]

	def show_message(self, message_id: int) -> bool:
		"""Make a message the current one; return whether it is in the list."""
		at = self._model.row_of(message_id)
		if at >= 0:
			self.go_to(at)
		return at >= 0

	def go_to(self, at: int) -> None:
		"""Make a row the current one."""
		index = self._model.index(at, 0)
		self.setCurrentIndex(index)
		self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

	def step(self, by: int) -> None:
		"""Move to the next (1) or previous (-1) message; at the ends it stays."""
		if self._model.ids:
			self.go_to(min(max(0, self.currentIndex().row() + by), len(self._model.ids) - 1))

	def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
		self.picked.emit(self._model.ids[current.row()] if current.isValid() else 0)

	def mousePressEvent(self, event):
		self.by_keyboard = False
		super().mousePressEvent(event)

	def keyPressEvent(self, event):
		self.by_keyboard = True
		if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
			self.opened.emit(self.current())
			return
		super().keyPressEvent(event)

	def focusInEvent(self, event):
		reason = Qt.FocusReason
		self.by_keyboard = event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason)
		if not self.currentIndex().isValid() and self._model.ids:
			self.go_to(0)
		super().focusInEvent(event)

	def keyboardSearch(self, search):
		"""Letters never jump: that would read every message."""
