"""The chat, painted: calm rows at a readable measure, not bubbles.

One row is laid out once for a width, a text size and a mode, kept as text layouts, then only drawn. Used by the
archive's reading view and by a request's decide page. Meant for up to some hundreds of rows at a time.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import (
	QItemSelection,
	QItemSelectionModel,
	QModelIndex,
	QPersistentModelIndex,
	QPointF,
	Qt,
	QTimer,
	Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleTableModelChangeEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView

from cranford_desktop.ui.parts.chat_lines import ChatLine, source_offset
from cranford_desktop.ui.parts.chat_model import LINE, ChatModel
from cranford_desktop.ui.parts.chat_painting import PHOTO, ChatDelegate, initials
from cranford_desktop.ui.parts.thumbnails import Thumbnails

_BATCH = 600


__all__ = ["PHOTO", "ChatView", "initials"]


class ChatView(QListView):
	"""A list of messages that can be read, arrowed through, and whose words can be selected with the mouse."""

	message_changed = Signal(int)
	"""The current message; 0 for none."""
	message_opened = Signal(int)
	"""Enter on a message."""
	day_picked = Signal(object)
	"""A day heading was clicked, with its date; only where `days_open`."""
	words_chosen = Signal(int, int, int)
	"""Message, start and end in its own words, after a selection with the mouse; start = end: nothing selected."""

	def __init__(
		self,
		thumbnails: Thumbnails | None = None,
		*,
		verdicts: bool = False,
		several: bool = False,
		days_open: bool = False,
		name: str = "Messages",
	) -> None:
		super().__init__()
		self.days_open = days_open
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
		self._model.dataChanged.connect(lambda first, _last: self._delegate.forget([self._model.line(first.row())]))
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
		"""Show a window that moved along: what is read now, and what is selected, stay where they are."""
		top = self.top_message()
		y = self.visualRect(self._model.index(self._model.row_of(top))).top() if top else 0
		known = {line.message_id: line for line in self._model.lines if line.message_id}
		kept = {line.message_id for line in lines}
		self._delegate.forget(line for line in known.values() if line.message_id not in kept)
		self._delegate.forget(line for line in lines if known.get(line.message_id) not in (None, line))
		self._chosen = None
		self._model.splice(lines)
		if top and self._model.row_of(top) >= 0:
			self.executeDelayedItemsLayout()
			where = self.visualRect(self._model.index(self._model.row_of(top))).top()
			bar = self.verticalScrollBar()
			bar.setValue(bar.value() + where - y)

	def top_message(self) -> int:
		"""Return the first message in sight, 0 for none."""
		top = self.indexAt(self.viewport().rect().topLeft())
		while top.isValid() and not top.data(LINE).message_id:
			top = top.siblingAtRow(top.row() + 1)
		return top.data(LINE).message_id if top.isValid() else 0

	def top_day(self) -> date | None:
		"""Return the day that stands at the top."""
		top = self.indexAt(self.viewport().rect().topLeft())
		return top.data(LINE).day if top.isValid() else None

	def replace_line(self, line: ChatLine) -> None:
		"""Show one row anew after a decision or a redaction. Nothing else is laid out anew where it stays as high."""
		index, width = self._model.index(self._model.row_of(line.message_id)), self.viewport().width()
		before = self._delegate.plan(index, width).height
		self._model.put_line(line)
		self._delegate.forget([line])
		if self._delegate.plan(index, width).height != before:
			self._model.dataChanged.emit(index, index)
			self.scheduleDelayedItemsLayout()
			return
		self.viewport().update(self.visualRect(index))
		change = QAccessibleTableModelChangeEvent(self, QAccessibleTableModelChangeEvent.ModelChangeType.DataChanged)
		for place in (change.setFirstRow, change.setLastRow):
			place(index.row())
		QAccessible.updateAccessibility(change)

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
		if at_top:  # with the heading of its day, where that stands right above
			before = self._model.line(at - 1) if at else None
			index = self._model.index(at - 1) if before is not None and before.kind == "day" else index
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

	def choose(self, message_ids: Iterable[int]) -> None:
		"""Select these messages, as far as they are shown; the current one stays."""
		model, flag = self.selectionModel(), QItemSelectionModel.SelectionFlag
		picked = QItemSelection()
		for one in message_ids:
			at = self._model.row_of(one)
			if at >= 0:
				picked.select(self._model.index(at), self._model.index(at))
		model.select(picked, flag.ClearAndSelect)

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
		heading = self._heading(event.position().toPoint())
		if heading is not None and event.button() == Qt.MouseButton.LeftButton:
			self.day_picked.emit(heading.day)
			return
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
		shape = Qt.CursorShape
		plain = shape.PointingHandCursor if self._heading(point) else shape.ArrowCursor
		self.viewport().setCursor(shape.IBeamCursor if over else plain)
		super().mouseMoveEvent(event)

	def _heading(self, point) -> ChatLine | None:
		"""Return the day heading at a place, where headings open something."""
		index = self.indexAt(point)
		line = index.data(LINE) if self.days_open and index.isValid() else None
		return line if line is not None and line.kind == "day" else None

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
