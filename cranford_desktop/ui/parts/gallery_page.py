"""Photos and files: everything that was sent beside words, by sort, and one of it looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QStackedWidget, QWidget

from cranford_desktop.domain.files import FileCounts, HeldFile, HeldLink
from cranford_desktop.domain.messages import MessageFilter
from cranford_desktop.domain.sorting import TagRef
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import Choice, button, find_box, link
from cranford_desktop.ui.parts.copy_dialogs import CopiesDialog
from cranford_desktop.ui.parts.file_model import Shown, title_of
from cranford_desktop.ui.parts.file_pane import FilePane
from cranford_desktop.ui.parts.file_shows import FileShows
from cranford_desktop.ui.parts.file_view import TILE, FileView
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import ANY_WIDTH, box, col, frame, row, rule
from cranford_desktop.ui.parts.patterns import empty, flow_head
from cranford_desktop.ui.parts.sorting_verbs import SortingVerbs
from cranford_desktop.ui.parts.thumbnails import Thumbnails
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.task import Task

SORTS = (
	("photo", "Photos"),
	("document", "Documents"),
	("voice", "Voice notes"),
	("video", "Videos"),
	("contact", "Contact cards"),
	("link", "Links"),
)
_ALL = "All groups"
_TYPING_MS = 250
_BESIDE = 980
"""Pixels at 100 % from which on one file is shown beside the list."""
_SHORT = 400
"""Pixels at 100 %: in a lower window the small pictures need the room of what is said above them."""


class GalleryPage(QWidget):
	"""`closed`: back to the archive; `message_wanted(int)`: show a message in its conversation."""

	closed = Signal()
	message_wanted = Signal(int)

	def __init__(self, council: Council, window) -> None:
		super().__init__()
		self._council, self._window = council, window
		self._task: Task | None = None
		self._items: list[HeldFile] | list[HeldLink] = []
		self._shows: Shown = {}
		self._alone = False
		self._sort = "photo"
		self._thumbnails = Thumbnails(council.files.thumbnail, TILE[0] * 2, self)
		top = self._top()
		self.view = FileView(self._thumbnails)
		self.view.chosen.connect(self._chosen)
		self.view.opened.connect(self._opened)
		self.view.selected.connect(self._several)
		self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
		self.view.customContextMenuRequested.connect(self._menu)
		sorting = SortingVerbs(council, window, self)
		sorting.changed.connect(lambda _ids: self.refresh())
		self.shows = FileShows(sorting)
		self._none = QWidget()
		self._none.setLayout(col(gap=0))
		self._stack = QStackedWidget()
		self._stack.addWidget(self.view)
		self._stack.addWidget(self._none)
		self._left = frame(col(top, rule(), (self._stack, 1), gap=0), "pane")
		self.pane = FilePane(council, window, self.shows)
		self.pane.message_wanted.connect(self.message_wanted.emit)
		self.pane.closed.connect(self.to_list)
		self.pane.stepped.connect(self.view.step)
		self.pane.kept.connect(self.refresh)
		self._edge = rule(vertical=True)
		self.setLayout(col(self.head, rule(), (box_row(self._left, self._edge, self.pane), 1), gap=0))
		self.pane.show_item(None)
		self._fit()

	def _top(self) -> QFrame:
		self.group = Choice(_ALL, name="Group")
		self.group.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
		self.group.setMinimumContentsLength(14)
		self.group.currentIndexChanged.connect(lambda _at: self.refresh())
		self.words = find_box("Caption, name or date", name="Search captions, file names, senders and dates")
		theme.scaled(self.words, "setMinimumWidth", 180)
		theme.scaled(self.words, "setMaximumWidth", 280)
		self._typing = QTimer(self)
		self._typing.setSingleShot(True)
		self._typing.setInterval(_TYPING_MS)
		self._typing.timeout.connect(self._narrow)
		self.words.textChanged.connect(lambda _words: self._typing.start())
		self._copies = link("Copies outside")
		self._copies.clicked.connect(self._show_copies)
		self.head = flow_head("Photos and files", "Archive", self._copies, on_back=self.closed.emit)
		self._buttons = QButtonGroup(self)
		self.segments = {}
		for at, (sort, words) in enumerate(SORTS):
			one = button(words, "seg")
			one.setCheckable(True)
			one.setChecked(at == 0)
			one.clicked.connect(lambda _=False, sort=sort: self.show_sort(sort))
			self._buttons.addButton(one)
			self.segments[sort] = one
		self.sort_choice = Choice(*(words for _, words in SORTS), name="What is shown")
		self.sort_choice.activated.connect(lambda at: self.show_sort(SORTS[at][0]))
		self._said = say("", "muted", wrap=True)
		self._missing = link("See what is missing")
		self._missing.clicked.connect(lambda: self._window.go("import:missing"))
		self._segments = box(row(*self.segments.values(), None, gap=4))
		return frame(
			col(
				self._segments,
				row(self.sort_choice, self.group, (self.words, 1), None, gap=8),
				self._said,
				self._missing,
				gap=8,
				pad=(20, 10, 16, 8),
			),
			"pane",
		)

	# what is shown
	def show_sort(self, sort: str) -> None:
		"""Show one of `SORTS`."""
		self._sort = sort
		self.segments[sort].setChecked(True)
		self.sort_choice.setCurrentIndex([key for key, _ in SORTS].index(sort))
		self.pane.show_item(None)
		self.refresh()

	def show_file(self, file_id: int) -> None:
		"""Show one file among its kind, once the list is there."""
		self._wanted = file_id
		self.refresh()

	_wanted = 0

	def filter(self) -> MessageFilter:
		"""Return whose files are meant: those of ordinary browsing, in one group or all."""
		group = self.group.currentText() if self.group.currentIndex() > 0 else None
		return MessageFilter(group=group, without_personal=True)

	def refresh(self) -> None:
		"""Read the list again; what is looked at stays in sight."""
		wanted, sort, files = self.filter(), self._sort, self._council.files
		now = self.view.current()
		keep = self._wanted or (now.id if isinstance(now, HeldFile) else 0)
		chosen = [one.id for one in self.view.chosen_items() if isinstance(one, HeldFile)]

		def look(_progress: object, _stopped: object):
			items = files.links(wanted) if sort == "link" else files.files(wanted, sort)
			groups = [one.name for one in self._council.browsing.groups()]
			outside = sum(one.gone_on is None for one in files.copies())
			tags = self._council.sorting.tags_of([one.message_id for one in items])
			shows = {number: names for number, held in tags.items() if (names := _named(held))}
			return groups, files.counts(wanted), items, shows, outside

		if self._task is not None:
			self._task.abandon()
		task = self._task = Task(look, self)
		task.finished.connect(lambda found: self._loaded(keep, chosen, *found))
		task.failed.connect(self._window.problem)
		for end in (task.finished, task.failed, task.cancelled):
			end.connect(task.deleteLater)

	def _loaded(
		self,
		keep: int,
		chosen: Sequence[int],
		groups: Sequence[str],
		counts: FileCounts,
		items: list,
		shows: Shown,
		outside: int,
	) -> None:
		self._task = None
		self._wanted = 0
		group = self.group.currentText()
		self.group.blockSignals(True)
		self.group.clear()
		self.group.addItems([_ALL, *groups])
		self.group.setCurrentText(group if group in groups else _ALL)
		self.group.blockSignals(False)
		for at, (name, words) in enumerate(SORTS):
			held = getattr(counts, name)
			self.segments[name].say(f"{words} {held:,}" if held else words)
			self.segments[name].rescale()
			self.sort_choice.setItemText(at, self.segments[name].text())
		self._missing_count = counts.missing
		self._fit()
		self._copies.setVisible(outside > 0)
		self._copies.say(f"{count(outside, 'copy', 'copies')} outside")
		self._items, self._shows = items, shows
		self._narrow(keep)
		if len(chosen) > 1:
			self.view.choose(chosen)

	_missing_count = 0

	def _narrow(self, keep: int = 0) -> None:
		words = self.words.text().casefold().split()
		shown = [one for one in self._items if all(word in self._spoken(one) for word in words)]
		name = dict(SORTS)[self._sort]
		self.view.show_items(shown, self._shows, grid=self._sort == "photo", name=name)
		total = len(self._items)
		told = f"{len(shown):,} of {total:,} shown." if len(shown) < total else f"{total:,} held, newest first."
		if self._missing_count:
			verb = "shows" if self._missing_count == 1 else "show"
			told += f" {count(self._missing_count, 'message')} {verb} a file that no phone handed in."
		self._said.setText(told)
		self._say_nothing(bool(shown), total)
		if not shown:
			self.pane.show_item(None)
		elif not (keep and self.view.show_file(keep)) and not self._alone and self._roomy():
			self.view.go_to(0)

	def _spoken(self, one: HeldFile | HeldLink) -> str:
		"""Return what the words of the search box are looked for in."""
		name = one.name if isinstance(one, HeldFile) else ""
		shows = " ".join(self._shows.get(one.message_id, ()))
		day = day_words(one.sent_at.date())
		return f"{title_of(one)} {name} {one.sender or ''} {day} {shows}".casefold()

	def _say_nothing(self, any_shown: bool, total: int) -> None:
		self._stack.setCurrentIndex(0 if any_shown else 1)
		if any_shown:
			return
		layout = self._none.layout()
		while (item := layout.takeAt(0)) is not None:
			item.widget().deleteLater()
		name = dict(SORTS)[self._sort].casefold()
		if total:
			again = button("Show all")
			again.clicked.connect(self.words.clear)
			layout.addWidget(empty("search", f"None of the {total:,} {name} fits these words.", again))
		else:
			layout.addWidget(empty("image" if self._sort == "photo" else "document_text", f"No {name} here."))

	# those chosen
	def _several(self) -> None:
		"""Others are chosen: the ticks are theirs."""
		self.shows.show_files(self.view.chosen_items(), self._shows)

	def _menu(self, at: QPoint) -> None:
		one = self.view.current()
		if one is None:
			return
		menu = QMenu(self)
		menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
		self.shows.fill(menu)
		if not menu.isEmpty():
			menu.addSeparator()
		menu.addAction("See it in its conversation").triggered.connect(lambda: self.message_wanted.emit(one.message_id))
		menu.popup(self.view.viewport().mapToGlobal(at))

	# one of them
	def _chosen(self, one: HeldFile | HeldLink | None) -> None:
		if self._alone or self._roomy():
			self.pane.show_item(one)

	def _opened(self, one: HeldFile | HeldLink) -> None:
		"""Look at one closely, with the whole page for it."""
		self._alone = True
		self.pane.show_item(one)
		self._fit()
		self.pane.setFocus()
		(self.pane.photo if isinstance(one, HeldFile) and one.sort == "photo" else self.pane.back).setFocus()

	def to_list(self) -> None:
		"""Go back to the list."""
		self._alone = False
		if not self._roomy():
			self.pane.show_item(None)
		self._fit()
		self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

	def keyPressEvent(self, event):
		if event.key() == Qt.Key.Key_Escape:
			(self.to_list if self._alone else self.closed.emit)()
			return
		super().keyPressEvent(event)

	def _roomy(self) -> bool:
		return self.width() >= theme.px(_BESIDE)

	def _fit(self) -> None:
		short = self.height() < theme.px(_SHORT)
		self._segments.setVisible(not short)
		self.sort_choice.setVisible(short)
		self.group.setVisible(not short)
		self._said.setVisible(not short)
		self._missing.setVisible(not short and self._missing_count > 0)
		self._left.setVisible(not self._alone)
		self.head.setVisible(not self._alone)
		self.pane.set_alone(self._alone)
		beside = self._roomy() and self.view.current() is not None
		self.pane.setVisible(self._alone or beside)
		self._edge.setVisible(not self._alone and beside)
		if not self._alone:
			self.pane.setMaximumWidth(max(280, self.width() * 2 // 5))
		else:
			self.pane.setMaximumWidth(ANY_WIDTH)

	def resizeEvent(self, event):
		super().resizeEvent(event)
		self._fit()

	def hideEvent(self, event):
		super().hideEvent(event)
		self.pane.listen.leave()
		self._council.files.settle()

	def _show_copies(self) -> None:
		dialog = CopiesDialog(self._council, self._window)
		dialog.changed.connect(self.refresh)
		dialog.open()

	def close_down(self) -> None:
		"""Let the worker of small pictures go home."""
		self._thumbnails.close()


def box_row(*parts: QWidget) -> QWidget:
	"""Return the list, the edge and the file side by side."""
	made = QWidget()
	left, edge, right = parts
	made.setLayout(row((left, 3), edge, (right, 2), gap=0))
	return made


def _named(tags: Sequence[TagRef]) -> tuple[str, ...]:
	return tuple(one.name for one in tags if one.sort == "shows")
