"""Files on screen: photos as a grid of small pictures, everything else as rows. One list, painted in two ways."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate

from cranford_desktop.domain.files import HeldFile, HeldLink
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.file_model import (
	FILE,
	ICONS,
	SHOWS_ROLE,
	FileModel,
	Shown,
	right_words,
	sort_of,
	title_of,
	who_and_when,
)
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import short_day

TILE = (168, 112)
"""Pixels of a photo in the grid at 100 %."""
_GAP = 8
_ROW = 52


class FileView(QListView):
	"""The files or links of one sort, one or several of them chosen.

	`chosen`: the current one, or None; `opened`: Enter, or two clicks; `selected`: others are chosen.
	"""

	chosen = Signal(object)
	opened = Signal(object)
	selected = Signal()

	def __init__(self, thumbnails: Thumbnails) -> None:
		super().__init__()
		self.thumbnails = thumbnails
		self.by_keyboard = False
		self.grid = False
		self._model = FileModel(self)
		self.setModel(self._model)
		self.setItemDelegate(_Delegate(self))
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setResizeMode(QListView.ResizeMode.Adjust)
		self.setUniformItemSizes(True)
		self.setMouseTracking(True)
		self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
		self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
		self.setMovement(QListView.Movement.Static)
		self.setTabKeyNavigation(False)
		self.setAccessibleName("Photos")
		self.selectionModel().currentChanged.connect(lambda now, _before: self.chosen.emit(now.data(FILE)))
		self.selectionModel().selectionChanged.connect(lambda *_: self.selected.emit())
		self.doubleClicked.connect(lambda at: self.opened.emit(at.data(FILE)))
		thumbnails.arrived.connect(lambda _id: self.viewport().update())

	def show_items(self, items, shown: Shown, *, grid: bool, name: str) -> None:
		"""Show these, as a grid of small pictures or as rows; `shown`: what they show."""
		self.grid = grid
		self.setAccessibleName(name)
		self.setViewMode(QListView.ViewMode.IconMode if grid else QListView.ViewMode.ListMode)
		self.setMovement(QListView.Movement.Static)
		self.setSpacing(0)
		self.setWrapping(grid)
		self._model.set_items(items, shown)
		self.scrollToTop()

	def current(self) -> HeldFile | HeldLink | None:
		"""Return the current one."""
		return self._model.item(self.currentIndex().row())

	def chosen_items(self) -> list[HeldFile | HeldLink]:
		"""Return those that are chosen, in the order of the list."""
		rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
		return [one for one in map(self._model.item, rows) if one is not None]

	def choose(self, file_ids: Sequence[int]) -> None:
		"""Choose files beside the current one; those that are not here are passed by."""
		for at in map(self._model.row_of, file_ids):
			if at >= 0:
				self.selectionModel().select(self._model.index(at), QItemSelectionModel.SelectionFlag.Select)

	def go_to(self, at: int) -> None:
		"""Make one the current one."""
		index = self._model.index(at)
		self.setCurrentIndex(index)
		self.scrollTo(index)

	def show_file(self, file_id: int) -> bool:
		"""Make a file the current one; return whether it is here."""
		at = self._model.row_of(file_id)
		if at >= 0:
			self.go_to(at)
		return at >= 0

	def step(self, by: int) -> None:
		"""Move to the next or previous one; at the ends it stays."""
		if self._model.rowCount():
			self.go_to(min(max(0, self.currentIndex().row() + by), self._model.rowCount() - 1))

	def keyPressEvent(self, event):
		self.by_keyboard = True
		if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
			self.opened.emit(self.current())
			return
		super().keyPressEvent(event)

	def keyboardSearch(self, search):
		"""Letters never jump."""

	def mousePressEvent(self, event):
		self.by_keyboard = False
		super().mousePressEvent(event)

	def focusInEvent(self, event):
		self.by_keyboard = event.reason() in (
			Qt.FocusReason.TabFocusReason,
			Qt.FocusReason.BacktabFocusReason,
			Qt.FocusReason.ShortcutFocusReason,
		)
		if not self.currentIndex().isValid() and self._model.rowCount():
			self.go_to(0)
		super().focusInEvent(event)

	def rescale(self) -> None:
		"""Follow the text size."""
		self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
	"""Paints a small picture with two lines below it, or a row."""

	def __init__(self, view: FileView) -> None:
		super().__init__(view)
		self._view = view

	def sizeHint(self, _option, _index: QModelIndex) -> QSize:
		if not self._view.grid:
			return QSize(100, theme.px(_ROW))
		small = QFontMetricsF(theme.font("small")).lineSpacing()
		wide = self._view.viewport().width()
		least = theme.px(TILE[0] + 2 * _GAP)
		across = max(1, wide // least)
		return QSize(max(least, (wide - 1) // across), int(theme.px(TILE[1] + 2 * _GAP + 6) + 2 * small))

	def paint(self, painter: QPainter, option, index):
		one = index.data(FILE)
		if one is None:
			return
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		where = QRectF(option.rect)
		state = QStyle.StateFlag
		picked = bool(option.state & state.State_Selected)
		if picked or option.state & state.State_MouseOver:
			ground = theme.colour("selected" if picked else "hover")
			if self._view.grid:
				path = QPainterPath()
				path.addRoundedRect(where.adjusted(2, 2, -2, -2), 6, 6)
				painter.fillPath(path, ground)
			else:
				painter.fillRect(where, ground)
		if picked:
			edge = where.adjusted(2, 6, 0, -6) if self._view.grid else where
			painter.fillRect(QRectF(edge.x(), edge.y(), 4, edge.height()), theme.colour("accent"))
		(self._tile if self._view.grid else self._line)(painter, where, one, index.data(SHOWS_ROLE))
		if option.state & state.State_HasFocus and self._view.by_keyboard:
			painter.setPen(QPen(theme.colour("focus"), 2))
			painter.setBrush(Qt.BrushStyle.NoBrush)
			painter.drawRoundedRect(where.adjusted(3, 3, -3, -3), 5, 5)
		painter.restore()

	def _tile(self, painter: QPainter, where: QRectF, one: HeldFile, shows: Sequence[str]) -> None:
		gap = theme.px(_GAP)
		room = QRectF(where.x() + gap, where.y() + gap, where.width() - 2 * gap, theme.px(TILE[1]))
		path = QPainterPath()
		path.addRoundedRect(room, 6, 6)
		painter.fillPath(path, theme.colour("sunken"))
		small_picture = self._view.thumbnails.get(one.id)
		if small_picture is not None:
			size = small_picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
			spot = QRectF(0, 0, size.width(), size.height())
			spot.moveCenter(room.center())
			painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
			painter.setClipPath(path)
			painter.drawPixmap(spot, small_picture, QRectF(small_picture.rect()))
			painter.setClipping(False)
		else:
			spot = QRectF(0, 0, theme.px(28), theme.px(28))
			spot.moveCenter(room.center())
			broken = self._view.thumbnails.failed(one.id)
			paint_icon(painter, "error_circle" if broken else "image", spot, theme.colour("muted"))
		font = theme.font("small")
		low = QFontMetricsF(font)
		painter.setFont(font)
		y = room.bottom() + 5 + low.ascent()
		for words, ink in (
			(title_of(one), "text"),
			(" · ".join((*shows, short_day(one.sent_at.date()), one.sender or "")), "muted"),
		):
			painter.setPen(theme.colour(ink))
			painter.drawText(QPointF(room.x(), y), low.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
			y += low.lineSpacing()

	def _line(self, painter: QPainter, where: QRectF, one: HeldFile | HeldLink, shows: Sequence[str]) -> None:
		painter.fillRect(QRectF(where.x() + 16, where.bottom() - 1, where.width() - 32, 1), theme.colour("line"))
		side = theme.px(20)
		spot = QRectF(where.x() + theme.px(16), where.center().y() - side / 2, side, side)
		paint_icon(painter, ICONS[sort_of(one)], spot, theme.colour("muted"))
		strong, small = theme.font("strong"), theme.font("small")
		bold, low = QFontMetricsF(strong), QFontMetricsF(small)
		right = right_words(one)
		wide = low.horizontalAdvance(right) + (16 if right else 0)
		x = spot.right() + theme.px(12)
		room = where.right() - theme.px(16) - x - wide
		top = where.center().y() - (bold.lineSpacing() + low.lineSpacing()) / 2
		painter.setFont(strong)
		painter.setPen(theme.colour("text"))
		painter.drawText(
			QPointF(x, top + bold.ascent()), bold.elidedText(title_of(one), Qt.TextElideMode.ElideMiddle, room)
		)
		painter.setFont(small)
		painter.setPen(theme.colour("muted"))
		below = top + bold.lineSpacing() + low.ascent()
		painter.drawText(
			QPointF(x, below),
			low.elidedText(" · ".join((*shows, who_and_when(one))), Qt.TextElideMode.ElideRight, room),
		)
		if right:
			painter.drawText(
				QPointF(where.right() - theme.px(16) - wide + 16, where.center().y() + low.ascent() / 2), right
			)
