"""Painted parts of the window's frame: the seven tabs, the council's mark, the practice band."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.wording import count as counted

TABS: tuple[tuple[str, str, str], ...] = (
	("home", "Home", "home"),
	("import", "Import", "arrow_import"),
	("archive", "Archive", "chat_multiple"),
	("people", "People", "people"),
	("requests", "FOI & requests", "mail_inbox"),
	("cases", "Disputes & breaches", "scales"),
	("retention", "Retention", "calendar_clock"),
)
"""(key, words, icon), in order: Ctrl+1 to Ctrl+7."""

# (with icons, padding left and right): what gives way first where there is little room
_DENSITIES = ((True, 12), (True, 8), (False, 12), (False, 7))


class Tabs(QTabBar):
	"""Painted here: Qt's own tabs lose their edge in dark mode and jump when bold. Words never give way, icons do."""

	def __init__(self) -> None:
		super().__init__()
		self.setDocumentMode(True)
		self.setDrawBase(False)
		self.setExpanding(False)
		self.setMouseTracking(True)
		self.setElideMode(Qt.TextElideMode.ElideNone)
		self.setUsesScrollButtons(True)
		self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
		self.setAccessibleName("Areas")
		self._counts: dict[int, int] = {}
		self._density = 0
		self._by_keyboard = False
		for _, words, _ in TABS:
			self.addTab(words.replace("&", "&&"))

	def badge(self, at: int, count: int) -> None:
		"""Say how many things on a tab need her; 0 takes the disc away."""
		if self._counts.get(at, 0) != count:
			self._counts[at] = count
			self.setTabToolTip(at, f"{counted(count, 'thing needs', 'things need')} you" if count else "")
			self.rescale()

	def _width(self, at: int, density: int) -> int:
		with_icon, pad = _DENSITIES[density]
		words = QFontMetrics(theme.font("strong")).horizontalAdvance(TABS[at][1])  # measured bold, so nothing moves
		icon = theme.px(20) + 8 if with_icon else 0
		return pad * 2 + icon + words + (theme.px(18) + 8 if self._counts.get(at) else 0)

	def rescale(self) -> None:
		"""Find the densest look that the room asks for, and lay out again."""
		room = self.width()
		for density in range(len(_DENSITIES)):
			self._density = density
			if sum(self._width(at, density) for at in range(len(TABS))) <= room:
				break
		self.setTabText(0, self.tabText(0))  # the only public way to have the tabs laid out again
		self.updateGeometry()
		self.update()

	def resizeEvent(self, event):
		if event.size().width() != event.oldSize().width():
			self.rescale()
		super().resizeEvent(event)

	def tabSizeHint(self, at):
		return QSize(self._width(at, self._density), QFontMetrics(theme.font("strong")).height() + 20)

	def minimumTabSizeHint(self, at):
		return self.tabSizeHint(at)

	def minimumSizeHint(self):
		return QSize(200, self.tabSizeHint(0).height())

	def focusInEvent(self, event):
		reason = Qt.FocusReason
		self._by_keyboard = event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason)
		super().focusInEvent(event)

	def keyPressEvent(self, event):
		self._by_keyboard = True
		super().keyPressEvent(event)

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		under = self.mapFromGlobal(self.cursor().pos())
		for at in range(self.count()):
			self._paint(painter, at, hovered=self.tabRect(at).contains(under))
		painter.end()

	def _paint(self, painter: QPainter, at: int, *, hovered: bool) -> None:
		with_icon, pad = _DENSITIES[self._density]
		spot, here = self.tabRect(at), at == self.currentIndex()
		if here or hovered:
			painter.setPen(Qt.PenStyle.NoPen)
			painter.setBrush(theme.colour("selected" if here else "hover"))
			painter.drawRoundedRect(spot.adjusted(0, 2, 0, 6), 6, 6)
		if here:
			painter.fillRect(spot.x(), spot.bottom() - 2, spot.width(), 3, theme.colour("accent"))
		if here and self.hasFocus() and self._by_keyboard:
			painter.setPen(QPen(theme.colour("focus"), 2))
			painter.setBrush(Qt.BrushStyle.NoBrush)
			painter.drawRoundedRect(QRectF(spot).adjusted(2, 4, -2, -5), 5, 5)
		x = spot.x() + pad
		if with_icon:
			size = theme.px(20)
			place = QRectF(x, spot.center().y() - size / 2 + 1, size, size)
			name = TABS[at][2] + (":filled" if here else "")
			paint_icon(painter, name, place, theme.colour("accent" if here else "muted"))
			x += size + 8
		painter.setFont(theme.font("strong" if here else "body"))
		painter.setPen(theme.colour("text" if here else "muted"))
		painter.drawText(spot.adjusted(x - spot.x(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, TABS[at][1])
		if self._counts.get(at):
			size = theme.px(18)
			disc = QRectF(spot.right() - pad - size + 1, spot.center().y() - size / 2 + 1, size, size)
			painter.setPen(Qt.PenStyle.NoPen)
			painter.setBrush(theme.colour("accent"))
			painter.drawEllipse(disc)
			painter.setPen(theme.colour("on-accent"))
			painter.setFont(theme.font("label"))
			painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(min(99, self._counts[at])))


class CouncilMark(QWidget):
	"""The council's first letter on the accent; amber for a practice council."""

	def __init__(self, letter: str, *, practice: bool = False) -> None:
		super().__init__()
		self._letter, self._practice = letter, practice
		theme.scaled(self, "setFixedWidth", 26)
		theme.scaled(self, "setFixedHeight", 26)

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.setPen(Qt.PenStyle.NoPen)
		painter.setBrush(theme.colour("warn" if self._practice else "accent"))
		painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
		painter.setPen(theme.colour("on-accent"))
		painter.setFont(theme.font("strong"))
		painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
		painter.end()


class PracticeBand(QWidget):
	"""The striped band of a practice council: it is practice, and which day it is there."""

	def __init__(self, words: str) -> None:
		super().__init__()
		self._words = words
		self.setAccessibleName(f"Practice. {words}")
		self.rescale()

	def rescale(self) -> None:
		"""Follow the text size."""
		self.setFixedHeight(QFontMetrics(theme.font("label")).height() + 6)

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.fillRect(self.rect(), theme.colour("warn-soft"))
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.setPen(QPen(theme.colour("warn-line"), 5))
		high = self.height()
		for x in range(-high - 10, self.width() + 20, 18):
			painter.drawLine(x, high + 4, x + high + 8, -4)
		strong = theme.font("label")
		metrics = QFontMetrics(strong)
		head = "PRACTICE"
		room = metrics.horizontalAdvance(f"{head}   {self._words}") + 40
		plate = QRectF((self.width() - room) / 2, 0, room, high)
		painter.fillRect(plate, theme.colour("warn-soft"))
		painter.setPen(theme.colour("hold"))
		painter.setFont(strong)
		painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, f"{head}   {self._words}")
		painter.end()
