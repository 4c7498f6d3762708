"""While files are dragged over the window: what would happen if they were let go."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.icons import paint_icon
from cranford_desktop.ui.parts.import_files import TAKEN
from cranford_desktop.ui.parts.wording import count

_KNOWN = {
	".pdf": "a PDF document",
	".doc": "a Word document",
	".docx": "a Word document",
	".xls": "an Excel sheet",
	".xlsx": "an Excel sheet",
	".jpg": "a picture",
	".jpeg": "a picture",
	".png": "a picture",
	".heic": "a picture",
	".mp4": "a film",
	".msg": "an e-mail",
	".html": "a web page",
}


def dropped_files(data: QMimeData) -> list[Path]:
	"""Return the local files that are being dragged."""
	return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []


def sort_files(files: list[Path]) -> tuple[list[Path], list[str]]:
	"""Return those files and folders that may be or hold exports, and for each of the others why not, in words."""
	good: list[Path] = []
	reasons: list[str] = []
	for file in files:
		if file.suffix.casefold() in TAKEN or file.is_dir():
			good.append(file)
		else:
			kind = _KNOWN.get(file.suffix.casefold(), "another kind of file")
			reasons.append(f"“{file.name}” is {kind} – only WhatsApp exports (.zip, .txt, .eml) can go here.")
	return good, reasons


class DropOverlay(QWidget):
	"""Dims the window and says what a drop would do, or why it is refused."""

	def __init__(self, window: QWidget) -> None:
		super().__init__(window)
		self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
		self._words = ""
		self._takes = False
		self.hide()

	def show_for(self, files: list[Path], *, can_take: bool) -> bool:
		"""Show what would happen; return whether a drop is taken."""
		good, reasons = sort_files(files)
		if not can_take:
			self._takes, self._words = False, "Open your council's records first, then drop the export again."
		elif good:
			self._takes = True
			folders = any(one.is_dir() for one in good)
			what = "what is in the folder" if folders else count(len(good), "WhatsApp export")
			self._words = f"Drop to import {what}"
		else:
			self._takes = False
			self._words = reasons[0] if reasons else "Only WhatsApp exports (.zip, .txt, .eml) can go here."
		self.setAccessibleName(self._words)
		self.setGeometry(self.parentWidget().rect())
		self.show()
		self.raise_()
		self.update()
		return self._takes

	def paintEvent(self, event):
		painter = QPainter(self)
		painter.setRenderHint(QPainter.RenderHint.Antialiasing)
		painter.fillRect(self.rect(), theme.colour("window", 0.88))
		edge = theme.colour("accent" if self._takes else "warn")
		pen = QPen(edge, 3)
		pen.setStyle(Qt.PenStyle.DashLine)
		painter.setPen(pen)
		painter.setBrush(theme.colour("base"))
		room = QRectF(0, 0, min(self.width() - 80, theme.px(640)), theme.px(200))
		room.moveCenter(QRectF(self.rect()).center())
		painter.drawRoundedRect(room, 8, 8)
		icon = QRectF(0, 0, theme.px(44), theme.px(44))
		icon.moveCenter(room.center())
		icon.moveTop(room.top() + theme.px(36))
		paint_icon(painter, "arrow_import" if self._takes else "dismiss_circle", icon, edge)
		painter.setFont(theme.font("head"))
		painter.setPen(theme.colour("text"))
		words = QRectF(room.left() + 24, icon.bottom() + 8, room.width() - 48, room.bottom() - icon.bottom() - 20)
		flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
		painter.drawText(words, int(flags), self._words)
		painter.end()
