"""One file looked at: the photo itself, or what can be done with it here; who sent it, and the way to its place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from cranford_desktop.domain.files import HeldFile, HeldLink
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import button, link
from cranford_desktop.ui.parts.copy_dialogs import SaveCopyDialog
from cranford_desktop.ui.parts.file_model import ICONS, SORT_WORDS, sentence, size_words, sort_of, title_of
from cranford_desktop.ui.parts.file_shows import FileShows
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.labels import Glyph, say
from cranford_desktop.ui.parts.layouts import Tall, box, col, frame, page, row, rule, scroller
from cranford_desktop.ui.parts.listen_panel import ListenPanel
from cranford_desktop.ui.parts.photo_view import PhotoView
from cranford_desktop.ui.parts.wording import day_words
from cranford_desktop.ui.task import Task

_COPY_WORDS = {
	"photo": "Save a copy…",
	"video": "Save a copy to look at…",
	"voice": "Save a copy to listen to…",
	"document": "Save a copy to look at…",
	"contact": "Save a copy to look at…",
}
_WHY_OUTSIDE = {
	"video": "A video is looked at in another program. Cranford Desktop shows photos and plays voice notes itself.",
	"document": "A document is looked at in another program. Its words are searched here.",
	"contact": "A contact card holds somebody’s name and numbers. It is looked at in another program.",
}

_LEAST = 130
"""Pixels at 100 % that a photo has at least; where that leaves no room for the rest, all of it scrolls."""


class FilePane(QWidget):
	"""`message_wanted`: show a message in its conversation; `closed`: back to the list; `stepped`: to the next."""

	message_wanted = Signal(int)
	closed = Signal()
	stepped = Signal(int)
	kept = Signal()

	def __init__(self, council: Council, window, shows: FileShows) -> None:
		"""Take the ticks for what files show: they stand below the file."""
		super().__init__()
		self._council, self._window = council, window
		self._shown: HeldFile | HeldLink | None = None
		self._task: Task | None = None
		self.photo = PhotoView()
		self.listen = ListenPanel(council, window)
		self.listen.kept.connect(self.kept.emit)
		self._title = say("", "strong", wrap=True)
		self._facts = say("", "muted", wrap=True)
		self._why = say("", wrap=True)
		self._glyph = Glyph("document_text", "muted", 40)
		self.back = button("Back to the list", "quiet", "arrow_left")
		self.back.clicked.connect(self.closed.emit)
		self._previous = button("", "quiet", "chevron_left", name="Previous")
		self._next = button("", "quiet", "chevron_right", name="Next")
		self._previous.clicked.connect(lambda: self.stepped.emit(-1))
		self._next.clicked.connect(lambda: self.stepped.emit(1))
		self._tools = box(
			row(
				*(
					self._tool(words, act)
					for words, act in (
						("Larger", self.photo.larger),
						("Smaller", self.photo.smaller),
						("Fit", self.photo.fit),
						("Turn", self.photo.turn),
					)
				),
				None,
				gap=2,
			)
		)
		self._top = frame(row(self.back, self._previous, self._next, None, gap=4, pad=(10, 6, 10, 6)), "header")
		self.place = link("See it in its conversation")
		self.place.clicked.connect(self._to_message)
		self.save = button("Save a copy…")
		self.save.clicked.connect(self._save)
		self._middle = QStackedWidget()
		self._loading = say("Fetching the photo…", "muted", wrap=True)
		self._loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
		for one in (
			self.photo,
			page(row(self._glyph, None), self._why, width=520, gap=10, pad=(20, 20, 20, 20)),
			page(self.listen, width=520, pad=(20, 16, 20, 16)),
			self._loading,
		):
			self._middle.addWidget(one)
		facts = frame(
			col(
				self._title,
				self._facts,
				shows,
				Flow(self.place, self.save, gap=12),
				gap=4,
				pad=(20, 10, 16, 10),
			),
			"pane",
		)
		theme.scaled(self._middle, "setMinimumHeight", _LEAST)
		sheet = self._sheet = Tall(yielding=True)
		tools = box(col(self._tools, pad=(14, 4, 14, 0)))
		sheet.setLayout(col((self._middle, 1), rule(), tools, facts, gap=0))
		self._area = scroller(sheet)
		self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
		self.setLayout(col(self._top, rule(), (self._area, 1), gap=0))
		self.setMinimumWidth(280)

	def _tool(self, words: str, act):
		made = button(words, "quiet")
		made.clicked.connect(lambda _=False: act())
		return made

	def set_alone(self, alone: bool) -> None:
		"""Take the whole page, with a way back to the list, or stand beside it."""
		self._top.setVisible(alone)

	def show_item(self, one: HeldFile | HeldLink | None) -> None:
		"""Show a file or link."""
		self.listen.leave()
		same, self._shown = one is not None and one == self._shown, one
		if one is None:
			self.setVisible(False)
			return
		self.setVisible(True)
		sort = sort_of(one)
		self._title.setText(title_of(one))
		when = f"{day_words(one.sent_at.date())}, {one.sent_at:%H:%M}"
		told = [SORT_WORDS[sort], one.sender or "WhatsApp", when, one.group]
		if isinstance(one, HeldFile):
			told += [one.name, size_words(one.size)]
		self._facts.setText(" · ".join(told))
		self._tools.setVisible(sort == "photo")
		self.save.say(_COPY_WORDS.get(sort, "Copy the address"))
		self._glyph.show_icon(ICONS[sort], "muted")
		self._why.setText(
			_WHY_OUTSIDE.get(sort, "Nothing is opened from here: this computer stays offline. Copy the address.")
		)
		if sort == "photo":
			if not same or self._middle.currentIndex() != 0:
				self._fetch(one)
		elif sort in ("voice", "video"):
			self.listen.show_file(one)
			self._middle.setCurrentIndex(2)
		else:
			self._middle.setCurrentIndex(1)
		least = self._sheet.minimumSizeHint().width()
		self._area.setMinimumWidth(least + self._area.verticalScrollBar().sizeHint().width())

	def _fetch(self, one: HeldFile) -> None:
		self._loading.setText("Fetching the photo…")
		self._middle.setCurrentIndex(3)
		if self._task is not None:
			self._task.abandon()
		task = self._task = Task(lambda _progress, _stopped: self._council.files.picture(one.id), self)
		task.finished.connect(lambda jpeg: self._came(one, jpeg))
		task.failed.connect(lambda problem: self._failed(one, problem))
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def _came(self, one: HeldFile, jpeg: bytes) -> None:
		self._task = None
		if self._shown is one and self.photo.show_photo(jpeg, sentence(one)):
			self._middle.setCurrentIndex(0)
			self.photo.fit()

	def _failed(self, one: HeldFile, problem) -> None:
		self._task = None
		if self._shown is one:
			self._loading.setText(str(problem))
			self._tools.hide()

	def _to_message(self) -> None:
		if self._shown is not None:
			self.message_wanted.emit(self._shown.message_id)

	def _save(self) -> None:
		if isinstance(self._shown, HeldLink):
			QGuiApplication.clipboard().setText(self._shown.address)
			self._window.toast("The address is copied.")
		elif self._shown is not None:
			SaveCopyDialog(self._council, self._window, self._shown).open()
