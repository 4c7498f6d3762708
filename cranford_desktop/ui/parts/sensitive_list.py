"""The queue of messages that may hold private details: who and when, what it looks like, the words with it marked."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate

from cranford_desktop.domain.finding import Place
from cranford_desktop.domain.sensitive import Detector, FindKind
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.laid import Laid, Mark
from cranford_desktop.ui.parts.wording import short_day

PLACE = Qt.ItemDataRole.UserRole
_PAGE = 100
_KEPT_PAGES = 20
_LEAD = 28
"""Characters of a message shown before the first mark."""


def kind_words(place: Place, kinds: Mapping[Detector, FindKind]) -> list[str]:
	"""Return what a message's suggestions look like, each kind once: "Phone number", "Home address"."""
	named = dict.fromkeys(kinds[one.detector].one for one in place.suggestions)
	return [one[0].upper() + one[1:] for one in named]


def sentence(place: Place, kinds: Mapping[Detector, FindKind]) -> str:
	"""Return a message of the queue as one sentence for a screen reader."""
	when = f"{short_day(place.sent_at.date())}, {place.sent_at:%H:%M}"
	told = f"{place.sender or 'WhatsApp'}, {when}: {', '.join(kind_words(place, kinds))}"
	text = " ".join(place.text.split())
	return f"{told}. {text}" if text else f"{told}."


class QueueModel(QAbstractListModel):
	"""The ids of all messages, the places of those in sight."""

	def __init__(self, kinds: Mapping[Detector, FindKind], parent=None) -> None:
		super().__init__(parent)
		self.kinds = kinds
		self.fetch: Callable[[Sequence[int]], list[Place]] = lambda _ids: []
		self.ids: array[int] = array("q")
		self._pages: OrderedDict[int, dict[int, Place]] = OrderedDict()

	def set_ids(self, ids: "array[int]") -> None:
		"""Show these messages."""
		self.beginResetModel()
		self.ids = ids
		self._pages.clear()
		self.endResetModel()

	def place(self, at: int) -> Place | None:
		"""Return one message; its page is read if need be."""
		if not 0 <= at < len(self.ids):
			return None
		number = at // _PAGE
		if number not in self._pages:
			several = self.fetch(self.ids[number * _PAGE : (number + 1) * _PAGE])
			self._pages[number] = {one.message_id: one for one in several}
			while len(self._pages) > _KEPT_PAGES:
				self._pages.popitem(last=False)
		self._pages.move_to_end(number)
		return self._pages[number].get(self.ids[at])

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self.ids)

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		if not index.isValid():
			return None
		if role == PLACE:
			return self.place(index.row())
		if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
			place = self.place(index.row())
			return sentence(place, self.kinds) if place is not None else ""
		return None


class _QueueDelegate(QStyledItemDelegate):
	"""Three lines: who and when, what it looks like, the words."""

	def __init__(self, view: "QueueList") -> None:
		super().__init__(view)
		self._view = view

	def sizeHint(self, option, index) -> QSize:
		strong, small, body = (QFontMetricsF(theme.font(role)).height() for role in ("strong", "small", "body"))
		return QSize(theme.px(200), round(strong + small + body * 1.14 + 20))

	def paint(self, painter: QPainter, option, index) -> None:
		place: Place | None = index.data(PLACE)
		where, state = QRectF(option.rect), QStyle.StateFlag
		chosen = bool(option.state & state.State_Selected)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		if chosen or option.state & state.State_MouseOver:
			painter.fillRect(where, theme.colour("selected" if chosen else "hover"))
		if chosen:
			painter.fillRect(QRectF(where.x(), where.y(), 4, where.height()), theme.colour("accent"))
		else:
			painter.fillRect(QRectF(where.x() + 16, where.bottom() - 1, where.width() - 32, 1), theme.colour("line"))
		if option.state & state.State_HasFocus and self._view.by_keyboard:
			painter.setPen(QPen(theme.colour("focus"), 2))
			painter.drawRoundedRect(where.adjusted(2, 2, -2, -3), 5, 5)
		if place is not None:
			self._words(painter, where.adjusted(16, 8, -14, -8), place)
		painter.restore()

	def _words(self, painter: QPainter, room: QRectF, place: Place) -> None:
		strong, small, body = theme.font("strong"), theme.font("small"), theme.font("body")
		bold, low = QFontMetricsF(strong), QFontMetricsF(small)
		when = f"{short_day(place.sent_at.date())} {place.sent_at:%H:%M}"
		wide = low.horizontalAdvance(when)
		end = Qt.TextElideMode.ElideRight
		y = room.y() + bold.ascent()
		painter.setFont(strong)
		painter.setPen(theme.colour("text"))
		painter.drawText(
			QPointF(room.x(), y), bold.elidedText(place.sender or "WhatsApp", end, max(60.0, room.width() - wide - 12))
		)
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		painter.drawText(QPointF(room.right() - wide, y), when)
		painter.setPen(theme.colour("sensitive"))
		kinds = " · ".join(kind_words(place, self._view.kinds))
		y = room.y() + bold.height() + low.ascent() + 1
		painter.drawText(QPointF(room.x(), y), low.elidedText(kinds, end, room.width()))
		text, marks = excerpt(place)
		laid = Laid(text or "A contact card", body, room.width(), marks, lines=1)
		laid.draw(
			painter,
			QPointF(room.x(), room.y() + bold.height() + low.height() + 3),
			theme.colour("text" if text else "muted"),
		)


def excerpt(place: Place) -> tuple[str, list[Mark]]:
	"""Return the words of a message in one line from shortly before the first mark on, with the marks in it."""
	spans = sorted(span for one in place.suggestions for span in one.places)
	start = 0
	if spans and spans[0][0] > _LEAD:
		start = place.text.rfind(" ", 0, spans[0][0] - _LEAD // 2) + 1
	lead = "…" if start else ""
	shift = start - len(lead)
	line = "".join(" " if one.isspace() else one for one in place.text[start : start + 240])
	return lead + line, [Mark(a - shift, b - shift, "sensitive") for a, b in spans if a >= start and b <= start + 240]


class QueueList(QListView):
	"""`picked(object)`: the message that is current, None for none."""

	picked = Signal(object)

	def __init__(self, kinds: Mapping[Detector, FindKind]) -> None:
		super().__init__()
		self.kinds = kinds
		self.by_keyboard = False
		self._model = QueueModel(kinds, self)
		self.setModel(self._model)
		self.setItemDelegate(_QueueDelegate(self))
		self.setUniformItemSizes(True)
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setMouseTracking(True)
		self.setTabKeyNavigation(False)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
		self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
		self.setAccessibleName("Messages that may hold private details")
		self.selectionModel().currentChanged.connect(lambda now, _before: self.picked.emit(now.data(PLACE)))

	def show_ids(self, ids: "array[int]", fetch: Callable[[Sequence[int]], list[Place]]) -> None:
		"""Show these messages; the one that was current stays so, else the one that took its place."""
		before, at = self.current(), self.currentIndex().row()
		self._model.fetch = fetch
		self._model.set_ids(ids)
		if not ids:
			self.picked.emit(None)
			return
		kept = ids.index(before.message_id) if before is not None and before.message_id in ids else max(0, at)
		self.setCurrentIndex(self._model.index(min(kept, len(ids) - 1)))

	def current(self) -> Place | None:
		"""Return the current message."""
		return self.currentIndex().data(PLACE) if self.currentIndex().isValid() else None

	def rescale(self) -> None:
		"""Follow the text size."""
		self.scheduleDelayedItemsLayout()

	def mousePressEvent(self, event):
		self.by_keyboard = False
		super().mousePressEvent(event)

	def keyPressEvent(self, event):
		self.by_keyboard = True
		super().keyPressEvent(event)

	def keyboardSearch(self, search):
		"""Letters are the page's own keys."""

	def focusInEvent(self, event):
		reason = Qt.FocusReason
		self.by_keyboard = event.reason() in (
			reason.TabFocusReason,
			reason.BacktabFocusReason,
			reason.ShortcutFocusReason,
		)
		super().focusInEvent(event)
