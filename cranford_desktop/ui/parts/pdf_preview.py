"""A PDF on the screen: a list of its pages, the pages themselves, zoom, and Print…."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
	QColor,
	QHideEvent,
	QIcon,
	QImage,
	QKeyEvent,
	QKeySequence,
	QPainter,
	QPaintEvent,
	QPalette,
	QPen,
	QPixmap,
	QResizeEvent,
	QShortcut,
	QShowEvent,
	QWheelEvent,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QListWidget, QListWidgetItem, QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.pdf_pages import PdfPages
from cranford_desktop.ui.parts.pdf_printing import Printed, PrintJob, ask_printer

ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_GAP = 14
_PAPER = QColor("#FFFFFF")  # paper is white in dark mode too


class PagesView(QAbstractScrollArea):
	"""The pages under each other; only those in sight are rendered. `moved(int)`: the page in view, from 0."""

	moved = Signal(int)
	zoomed = Signal()

	def __init__(self) -> None:
		super().__init__()
		self._pages: PdfPages | None = None
		self._zoom: int | None = None
		self._at_most = 1.0
		self._at = 0
		self.setFrameShape(QFrame.Shape.NoFrame)
		self.setAccessibleName("Pages")
		self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
		self.setMinimumWidth(theme.px(260))
		self.verticalScrollBar().valueChanged.connect(self._scrolled)

	def show_pages(self, pages: PdfPages) -> None:
		"""Show a document from its first page: at its own size, or smaller where it would not fit."""
		self._pages = pages
		self._zoom, self._at_most = None, 96 / 72
		self._at = 0
		self._measure()
		self.verticalScrollBar().setValue(0)
		self._tell()
		self.viewport().update()

	def clear(self) -> None:
		"""Show nothing."""
		self._pages = None
		self.viewport().update()

	def page(self) -> int:
		"""Return the page in view, from 0."""
		return self._at

	def go_to(self, number: int) -> None:
		"""Bring a page into view."""
		if self._pages is not None and 0 <= number < len(self._pages):
			self.verticalScrollBar().setValue(round(self._tops[number]) - _GAP)

	def percent(self) -> int:
		"""Return the zoom in per cent."""
		return round(self._scale() * 75)

	def fits(self) -> bool:
		"""Return whether the page is as wide as its place."""
		return self._zoom is None

	def set_zoom(self, percent: int | None) -> None:
		"""Set the zoom in per cent; None: as wide as fits."""
		share = self._share()
		self._zoom, self._at_most = percent, 2.4
		self._measure()
		self.verticalScrollBar().setValue(round(share * max(1, self._total)))
		self.viewport().update()
		self.zoomed.emit()

	def step(self, up: bool) -> None:
		"""Zoom one step in or out."""
		now = self.percent()
		wanted = [z for z in ZOOMS if (z > now if up else z < now)]
		if wanted:
			self.set_zoom(wanted[0] if up else wanted[-1])

	def _share(self) -> float:
		return self.verticalScrollBar().value() / max(1, getattr(self, "_total", 1))

	def _scale(self) -> float:
		if self._pages is None:
			return 1.0
		if self._zoom is not None:
			return self._zoom / 75  # 100 % is 96 dots an inch: 4/3 of a pixel for each point
		widest = max(self._pages.size(n).width() for n in range(len(self._pages)))
		return max(0.3, min(self._at_most, (self.viewport().width() - 2 * _GAP) / widest))

	def _measure(self) -> None:
		if self._pages is None:
			return
		scale, y, self._tops = self._scale(), float(_GAP), []
		for n in range(len(self._pages)):
			self._tops.append(y)
			y += self._pages.size(n).height() * scale + _GAP
		self._total = round(y)
		bar = self.verticalScrollBar()
		bar.setRange(0, max(0, self._total - self.viewport().height()))
		bar.setPageStep(max(1, self.viewport().height() - 40))
		bar.setSingleStep(40)
		widest = max(self._pages.size(n).width() for n in range(len(self._pages))) * scale + 2 * _GAP
		self.horizontalScrollBar().setRange(0, max(0, round(widest) - self.viewport().width()))

	def _scrolled(self) -> None:
		self._tell()
		self.viewport().update()

	def _tell(self) -> None:
		if self._pages is None:
			return
		middle = self.verticalScrollBar().value() + self.viewport().height() / 3
		bar = self.verticalScrollBar()
		at = sum(top <= middle for top in self._tops) - 1
		if bar.maximum() and bar.value() == bar.maximum():
			at = len(self._pages) - 1
		self._at = max(0, at)
		self.setAccessibleDescription(f"Page {self._at + 1} of {len(self._pages)}")
		self.moved.emit(self._at)

	def resizeEvent(self, event: QResizeEvent) -> None:
		share = self._share()
		super().resizeEvent(event)
		self._measure()
		self.verticalScrollBar().setValue(round(share * getattr(self, "_total", 0)))
		self.zoomed.emit()

	def wheelEvent(self, event: QWheelEvent) -> None:
		if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
			self.step(event.angleDelta().y() > 0)
			event.accept()
			return
		super().wheelEvent(event)

	def keyPressEvent(self, event: QKeyEvent) -> None:
		if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Left):
			forward = event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Right)
			self.go_to(self._at + (1 if forward else -1))
		elif event.key() == Qt.Key.Key_Home:
			self.verticalScrollBar().setValue(0)
		elif event.key() == Qt.Key.Key_End:
			self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
		elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
			self.step(event.key() == Qt.Key.Key_Plus)
		else:
			super().keyPressEvent(event)

	def paintEvent(self, event: QPaintEvent) -> None:
		painter = QPainter(self.viewport())
		painter.fillRect(event.rect(), theme.colour("window"))
		if self._pages is None:
			return
		scale, ratio = self._scale(), self.devicePixelRatioF()
		painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
		offset = self.verticalScrollBar().value()
		for n, top in enumerate(self._tops):
			size = self._pages.size(n) * scale
			y = top - offset
			if y > self.viewport().height() or y + size.height() < 0:
				continue
			x = max(float(_GAP), (self.viewport().width() - size.width()) / 2) - self.horizontalScrollBar().value()
			where = QRectF(QPointF(round(x), round(y)), size)
			painter.fillRect(where, _PAPER)
			painter.drawImage(where, self._pages.image(n, scale * ratio))
			painter.setPen(QPen(theme.colour("edge"), 1))
			painter.drawRect(where.adjusted(-0.5, -0.5, 0.5, 0.5))


class PdfPreview(QWidget):
	"""Page list on the left, pages on the right, tools above. Takes bytes. `saving`: Save a copy… was pressed."""

	saving = Signal()

	def __init__(self, *, primary_print: bool = False, save: str = "Save a copy…") -> None:
		"""Take whether Print… is the page's own next step, and the words of the save button (none: no such button)."""
		super().__init__()
		self._pages: PdfPages | None = None
		self._title = ""
		self._job: PrintJob | None = None
		self.view = PagesView()
		self._where = say("", "muted", wrap=False)
		self._zoom = say("", "muted", wrap=False)
		back = button("", "quiet", "chevron_left", name="Previous page")
		on = button("", "quiet", "chevron_right", name="Next page")
		less, more = button("−", "quiet", name="Smaller"), button("+", "quiet", name="Larger")
		back.clicked.connect(lambda: self.view.go_to(self.view.page() - 1))
		on.clicked.connect(lambda: self.view.go_to(self.view.page() + 1))
		less.clicked.connect(lambda: self.view.step(False))
		more.clicked.connect(lambda: self.view.step(True))
		fit = button("Fit the width", "quiet")
		fit.clicked.connect(lambda: self.view.set_zoom(None))
		self.print_button = button("Print…", "primary" if primary_print else None, "print")
		self.print_button.clicked.connect(self.print)
		tools: list[object] = [back, self._where, on, 8, less, self._zoom, more, fit, None]
		if save:
			self.save_button = button(save)
			self.save_button.clicked.connect(self.saving)
			tools.append(self.save_button)
		tools.append(self.print_button)
		self.told = say("", wrap=True)
		self._told_icon = Glyph("info", "muted")
		self._notice = frame(row(self._told_icon, (self.told, 1), gap=10, pad=(16, 6, 16, 6)), "header")
		self._notice.hide()
		self._list = QListWidget()
		self._list.setAccessibleName("Page list")
		self._list.setProperty("kind", "side")
		theme.scaled(self._list, "setFixedWidth", 132)
		self._list.setIconSize(QSize(theme.px(76), theme.px(104)))
		self._list.setSpacing(2)
		self._list.setFrameShape(QFrame.Shape.NoFrame)
		self._list.currentRowChanged.connect(self._picked)
		self._list.verticalScrollBar().valueChanged.connect(self._thumbs)
		self.view.moved.connect(self._moved)
		self.view.zoomed.connect(self._say_zoom)
		printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
		printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
		printing.activated.connect(self.print)
		self.setLayout(
			col(
				frame(row(*tools, gap=4, pad=(12, 6, 16, 6)), "header"),
				self._notice,
				rule(),
				(row(self._list, rule(True), (self.view, 1), gap=0), 1),
				gap=0,
			)
		)

	def showEvent(self, event: QShowEvent) -> None:
		super().showEvent(event)
		self._tint()

	def hideEvent(self, event: QHideEvent) -> None:
		super().hideEvent(event)
		if not event.spontaneous():  # left, not merely minimised
			self._stop_printing()

	def show_pdf(self, data: bytes, title: str) -> None:
		"""Show a document; `title` names it to the printer."""
		self.close_pdf()
		self._title = title
		self._pages = PdfPages(data)
		for n in range(len(self._pages)):
			item = QListWidgetItem(f"{n + 1}")
			item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Page {n + 1} of {len(self._pages)}")
			item.setSizeHint(QSize(theme.px(112), theme.px(112)))
			self._list.addItem(item)
		self.view.show_pages(self._pages)
		QTimer.singleShot(0, self, self._thumbs)

	def close_pdf(self) -> None:
		"""Let the document go; the view is empty afterwards, and a print that runs stops."""
		self._stop_printing()
		self._notice.hide()
		self.view.clear()
		self._list.blockSignals(True)
		self._list.clear()
		self._list.blockSignals(False)
		if self._pages is not None:
			self._pages.close()
			self._pages = None

	def pages(self) -> int:
		"""Return how many pages the document has."""
		return len(self._pages) if self._pages is not None else 0

	def print(self) -> None:
		"""Ask for a printer and print."""
		if self._pages is None or self._job is not None:
			return
		printer = ask_printer(len(self._pages), self._title, self)
		if printer is not None and self._pages is not None:
			self.print_on(printer)

	def print_on(self, printer: QPrinter) -> PrintJob | None:
		"""Print on a printer that knows its pages, in the background; what became of it is said above the pages."""
		if self._pages is None or self._job is not None:
			return None
		self._notice.hide()
		job = self._job = PrintJob(self._pages.data, printer, self)
		job.ended.connect(self._printed)
		job.start()
		return job

	def _printed(self, how: Printed) -> None:
		job, self._job = self._job, None
		if job is not None:
			job.deleteLater()
		self._told_icon.show_icon("checkmark_circle" if how.whole else "warning", "ok" if how.whole else "warn")
		self.told.setText(how.told)
		self._notice.show()

	def _stop_printing(self) -> None:
		if self._job is not None:
			self._job.stop()

	def where(self) -> str:
		"""Return "Page 3 of 14"."""
		return self._where.text()

	def resizeEvent(self, event: QResizeEvent) -> None:
		super().resizeEvent(event)
		self._list.setVisible(self.width() >= theme.px(680))
		QTimer.singleShot(0, self, self._thumbs)

	def changeEvent(self, event: QEvent) -> None:
		super().changeEvent(event)
		if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
			self._tint()

	def _tint(self) -> None:
		"""Give the picked page the house's own tint, so that its small picture stays readable."""
		look = QPalette(self._list.palette())
		look.setColor(QPalette.ColorRole.Highlight, theme.colour("selected"))
		look.setColor(QPalette.ColorRole.HighlightedText, theme.colour("text"))
		if look != self._list.palette():
			self._list.setPalette(look)

	def _thumbs(self) -> None:
		"""Render the small pictures that are in sight and still missing."""
		if self._pages is None:
			return
		seen = self._list.viewport().rect()
		for n in range(self._list.count()):
			item = self._list.item(n)
			if item.icon().isNull() and self._list.visualItemRect(item).intersects(seen):
				size = self._pages.size(n)
				scale = min(
					self._list.iconSize().width() / size.width(), self._list.iconSize().height() / size.height()
				)
				picture = _edged(self._pages.render(n, scale * self.devicePixelRatioF()))
				shown = QIcon(picture)
				shown.addPixmap(picture, QIcon.Mode.Selected)
				item.setIcon(shown)

	def _picked(self, number: int) -> None:
		if number >= 0 and number != self.view.page():
			self.view.go_to(number)

	def _moved(self, number: int) -> None:
		self._where.setText(f"Page {number + 1} of {self.pages()}")
		self._list.blockSignals(True)
		self._list.setCurrentRow(number)
		self._list.blockSignals(False)

	def _say_zoom(self) -> None:
		self._zoom.setText(f"{self.view.percent()} %")


def _edged(image: QImage) -> QPixmap:
	picture = QPixmap.fromImage(image)
	painter = QPainter(picture)
	painter.setPen(QPen(QColor("#BCC4CE"), 1))
	painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
	painter.end()
	return picture
