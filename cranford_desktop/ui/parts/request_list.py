"""The list of requests: reference, subject, due in words, how far off it is, status."""

from datetime import date

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
	QFrame,
	QListWidget,
	QListWidgetItem,
	QStyle,
	QStyledItemDelegate,
	QStyleOptionViewItem,
	QVBoxLayout,
)

from cranford_desktop.domain.disclosure import Request
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.request_tasks import due_words, status_words, summary
from cranford_desktop.ui.parts.wording import short


class _RequestDelegate(QStyledItemDelegate):
	"""Three lines: reference and chip, subject, due."""

	def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
		small, body = QFontMetricsF(theme.font("small")), QFontMetricsF(theme.font("body"))
		return QSize(theme.px(200), round(max(small.height(), theme.px(20)) + 2 * body.height() + 28))

	def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
		request, today = index.data(Qt.ItemDataRole.UserRole)
		box = QRectF(option.rect)
		painter.save()
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		picked = bool(option.state & QStyle.StateFlag.State_Selected)
		if picked or option.state & QStyle.StateFlag.State_MouseOver:
			painter.fillRect(box, theme.colour("selected" if picked else "hover"))
		if picked:
			painter.fillRect(QRectF(box.x(), box.y(), 4, box.height()), theme.colour("accent"))
		painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.colour("line"))
		inner = box.adjusted(16, 10, -14, -10)
		words, kind = status_words(request, today)
		small = QFontMetricsF(theme.font("small"))
		wide, high = small.horizontalAdvance(words) + 14, small.height() + 2
		where = QRectF(inner.right() - wide, inner.y(), wide, high)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(theme.colour("base" if picked else f"{kind}-soft"))
		painter.drawRoundedRect(where, 4, 4)
		painter.setFont(theme.font("small"))
		painter.setPen(theme.colour(kind))
		painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
		painter.setPen(theme.colour("muted"))
		painter.drawText(
			QRectF(inner.x(), inner.y(), inner.width() - wide - 8, high),
			Qt.AlignmentFlag.AlignVCenter,
			request.reference,
		)
		y = inner.y() + high + 2
		for text, role, ink in (
			(short(request.wording, 90), "strong", "text"),
			(due_words(request), "body", "muted"),
		):
			painter.setFont(theme.font(role))
			metrics = QFontMetricsF(painter.font())
			painter.setPen(theme.colour(ink))
			line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
			painter.drawText(QRectF(inner.x(), y, inner.width(), metrics.height()), Qt.AlignmentFlag.AlignVCenter, line)
			y += metrics.height() + 1
		if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
			painter.setPen(theme.colour("focus"))
			painter.setBrush(Qt.BrushStyle.NoBrush)
			painter.drawRoundedRect(box.adjusted(5, 2, -2, -3), 5, 5)
		painter.restore()


class RequestList(QFrame):
	"""The pane on the left. `picked(int)`: a request's id; `wanted`: Record a request was pressed; `log`: the
	disclosure log is wanted; `figures`: the figures of the year.
	"""

	picked = Signal(int)
	wanted = Signal()
	log = Signal()
	figures = Signal()

	def __init__(self) -> None:
		super().__init__()
		self.setProperty("kind", "pane")
		self.record = button("Record a request", ic="add")
		self.record.clicked.connect(self.wanted)
		self._summary = say("", "muted", wrap=False)
		self.log_link = link("Disclosure log…")
		self.log_link.setToolTip("Answered requests for the council’s website, without who asked")
		self.log_link.clicked.connect(self.log)
		self.figures_link = link("Figures of the year")
		self.figures_link.clicked.connect(self.figures)
		self.list = QListWidget()
		self.list.setAccessibleName("Requests")
		self.list.setItemDelegate(_RequestDelegate(self.list))
		self.list.setMouseTracking(True)
		self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.list.setFrameShape(QFrame.Shape.NoFrame)
		self.list.currentItemChanged.connect(self._changed)
		self.list.itemClicked.connect(self._tell)
		self.list.itemActivated.connect(self._tell)
		head = frame(
			col(
				row(say("Requests", "head", wrap=False), None, self.record),
				row(self._summary, None, self.log_link),
				self.figures_link,
				gap=6,
				pad=(16, 12, 12, 8),
			)
		)
		box = QVBoxLayout(self)
		box.setContentsMargins(0, 0, 0, 0)
		box.setSpacing(0)
		box.addWidget(head)
		box.addWidget(rule())
		box.addWidget(self.list, 1)

	def show_requests(self, requests: list[Request], today: date, current: int | None) -> None:
		"""Fill the list, the open ones by deadline first; `current` stays picked."""
		ordered = sorted(
			requests,
			key=lambda one: (
				one.status != "open",
				one.due if one.status == "open" else date.max - (one.due - date.min),
			),
		)
		self._summary.setText(summary(requests))
		self.log_link.setVisible(any(one.status != "open" and one.regime != "sar" for one in requests))
		self.list.blockSignals(True)
		self.list.clear()
		for request in ordered:
			item = QListWidgetItem()
			item.setData(Qt.ItemDataRole.UserRole, (request, today))
			words, _kind = status_words(request, today)
			item.setData(
				Qt.ItemDataRole.AccessibleTextRole,
				f"{request.reference}, {short(request.wording)}. {due_words(request, year=True)}, {words}.",
			)
			self.list.addItem(item)
			if request.id == current:
				self.list.setCurrentItem(item)
		self.list.blockSignals(False)

	def _changed(self, item: QListWidgetItem | None) -> None:
		if item is not None and self.list.hasFocus():
			self._tell(item)

	def _tell(self, item: QListWidgetItem) -> None:
		self.picked.emit(item.data(Qt.ItemDataRole.UserRole)[0].id)
