"""Small things side by side, as many to a line as there is room for."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
	"""Lines of widgets that break like words."""

	def __init__(self, *widgets: QWidget, gap: int = 6) -> None:
		super().__init__()
		self._items: list[QLayoutItem] = []
		self._gap = gap
		self.setContentsMargins(0, 0, 0, 0)
		for one in widgets:
			self.addWidget(one)

	def addItem(self, item):
		self._items.append(item)

	def count(self):
		return len(self._items)

	def itemAt(self, index):
		return self._items[index] if 0 <= index < len(self._items) else None

	def takeAt(self, index):
		return self._items.pop(index) if 0 <= index < len(self._items) else None

	def expandingDirections(self):
		return Qt.Orientation(0)

	def hasHeightForWidth(self):
		return True

	def heightForWidth(self, width):
		return self._place(QRect(0, 0, width, 0), move=False)

	def setGeometry(self, rect):
		super().setGeometry(rect)
		self._place(rect, move=True)

	def sizeHint(self):
		shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
		wide = sum(one.width() + self._gap for one in shown)
		return QSize(wide, max((one.height() for one in shown), default=0))

	def minimumSize(self):
		size = QSize()
		for item in self._items:
			if not item.isEmpty():
				size = size.expandedTo(item.minimumSize())
		return size

	def _place(self, rect: QRect, *, move: bool) -> int:
		"""Place the items, each in the middle of its line; return the height of all lines."""
		y, line, x = rect.y(), [], rect.x()
		for item in self._items:
			if item.isEmpty():
				continue
			hint = item.sizeHint()
			wide = min(hint.width(), rect.width())
			if line and x + wide > rect.right() + 1:
				y += self._set_line(line, y, move=move) + self._gap
				line, x = [], rect.x()
			line.append((item, x, QSize(wide, hint.height())))
			x += wide + self._gap
		return y + self._set_line(line, y, move=move) - rect.y()

	@staticmethod
	def _set_line(line: list[tuple[QLayoutItem, int, QSize]], y: int, *, move: bool) -> int:
		tall = max((size.height() for _, _, size in line), default=0)
		if move:
			for item, x, size in line:
				item.setGeometry(QRect(QPoint(x, y + (tall - size.height()) // 2), size))
		return tall
