"""The window every screen lives in: start pages without a council, else header, seven tabs, status bar."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
	QFileDialog,
	QMainWindow,
	QStackedWidget,
	QWidget,
)

from cranford_desktop.domain.cases import CASE_KINDS, CaseStart
from cranford_desktop.domain.home import HomePage
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.appearance import Appearance
from cranford_desktop.ui.doors import Doors
from cranford_desktop.ui.menus import Menus
from cranford_desktop.ui.parts.controls import button, find_box
from cranford_desktop.ui.parts.drop_overlay import DropOverlay, dropped_files, sort_files
from cranford_desktop.ui.parts.focus_keeper import FocusKeeper
from cranford_desktop.ui.parts.focus_ring import FocusRing
from cranford_desktop.ui.parts.help_pages import PolicyDialog
from cranford_desktop.ui.parts.labels import Elided, say
from cranford_desktop.ui.parts.layouts import clear, col, frame, row, rule
from cranford_desktop.ui.parts.notices import Jobs, ProblemDialog, Toast
from cranford_desktop.ui.parts.shell_parts import TABS, CouncilMark, PracticeBand, Tabs
from cranford_desktop.ui.parts.status_bar import StatusBar
from cranford_desktop.ui.parts.wording import count, day_words
from cranford_desktop.ui.recovery_sheet import RecoverySheet
from cranford_desktop.ui.settings import WindowSettings
from cranford_desktop.ui.tabs.archive import ArchiveTab
from cranford_desktop.ui.tabs.cases import CasesTab
from cranford_desktop.ui.tabs.home import HomeTab
from cranford_desktop.ui.tabs.import_ import ImportTab
from cranford_desktop.ui.tabs.people import PeopleTab
from cranford_desktop.ui.tabs.requests import RequestsTab
from cranford_desktop.ui.tabs.retention import RetentionTab
from cranford_desktop.ui.task import Task
from cranford_desktop.ui.wizards.first_run import FirstRun
from cranford_desktop.ui.work import Call, Work

NOTHING_ADDED = "Nothing is added until this finishes."

_MAKERS: dict[str, Callable[[Council, "Window"], QWidget]] = {
	"home": HomeTab,
	"import": ImportTab,
	"archive": ArchiveTab,
	"people": PeopleTab,
	"requests": RequestsTab,
	"cases": CasesTab,
	"retention": RetentionTab,
}


class Window(QMainWindow):
	"""The one window. Tabs get it as `window` and use `go`, `changed`, `run`, `toast`, `problem`, `set_strip`."""

	def __init__(self, doors: Doors | None, settings: WindowSettings) -> None:
		super().__init__()
		self.doors, self.settings = doors, settings
		self.council: Council | None = None
		self._sheet = RecoverySheet(self)
		self._page: QWidget | None = None
		self._work = Work(self)
		self._stale: set[str] = set()
		self._home_comes = False
		self._home_again = False
		self.tab_pages: dict[str, Any] = {}
		self.tabs: Tabs | None = None
		self._closing = False
		self.setWindowTitle("Cranford Desktop")
		self.setMinimumSize(880, 560)
		self.resize(1180, 760)
		self.setAcceptDrops(True)
		self._root = QWidget()
		self._root.setLayout(col(gap=0))
		self.setCentralWidget(self._root)
		self._jobs = Jobs()
		self.appearance = Appearance(self, settings)
		self._menus = Menus(self)
		self._actions = self._menus.actions
		self._toast = Toast(self)
		self._overlay = DropOverlay(self)
		self._ring = FocusRing(self)
		self._keeper = FocusKeeper(self, lambda: self._page if self.tabs is None else self._stack.currentWidget())

	# without a council
	def show_page(self, page: QWidget) -> None:
		"""Show a page of the start: choice, set-up, pass phrase."""
		clear(self._root.layout())
		self.tabs, self.tab_pages = None, {}
		self._page = page
		name = say("Cranford Desktop", "head", wrap=False)
		head = frame(row(CouncilMark("C"), 2, name, 8, self._menus.bar(), None, gap=8, pad=(16, 7, 10, 7)), "header")
		self._jobs = Jobs()
		for part in (head, rule()):
			self._root.layout().addWidget(part)
		self._root.layout().addWidget(page, 1)
		self._root.layout().addWidget(self._jobs)

	# with a council
	def show_council(self, council: Council, recovery_key: str | None = None) -> None:
		"""Show a council's seven tabs, Home first. A recovery key just made is kept until the records are closed."""
		self.council, self._page = council, None
		self._home_comes = self._home_again = False
		self._sheet.key = recovery_key
		if not council.practice:
			self.settings.opened(council.folder)
		self.setWindowTitle(f"{council.name} – WhatsApp records")
		layout = self._root.layout()
		clear(layout)
		if council.practice:
			layout.addWidget(PracticeBand(f"Nothing here is real. It is {day_words(council.clock().date())} here."))
		layout.addWidget(self._header(council))
		self.tabs = Tabs()
		layout.addWidget(frame(row((self.tabs, 1), pad=(10, 0, 10, 0)), "header"))
		layout.addWidget(rule())
		self._strip_place = QWidget()
		self._strip_place.setLayout(col(gap=0))
		layout.addWidget(self._strip_place)
		self._stack = QStackedWidget()
		layout.addWidget(self._stack, 1)
		self._jobs = Jobs()
		layout.addWidget(self._jobs)
		self.status = StatusBar(council.name)
		self.status.back_up.connect(self.back_up)
		layout.addWidget(self.status)
		for key, _, _ in TABS:
			self.tab_pages[key] = _MAKERS[key](council, self)
			self._stack.addWidget(self.tab_pages[key])
		self.tab_pages["cases"].logged.connect(self.tab_pages["archive"].private.case_logged)
		self.tabs.currentChanged.connect(self._tab_changed)
		self.changed()
		self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

	def _header(self, council: Council) -> QWidget:
		self.search = find_box("Search everything (Ctrl+Shift+F)", name="Search everything")
		self.search.setProperty("kind", "find")
		theme.scaled(self.search, "setMinimumWidth", 130)
		theme.scaled(self.search, "setMaximumWidth", 290)
		self.search.returnPressed.connect(self._search)
		lock = button("Lock", "quiet", "lock_closed")
		lock.clicked.connect(self.lock)
		letter = next((char for char in council.name if char.isalnum()), "C").upper()
		name = Elided(council.name, "head")
		return frame(
			row(
				CouncilMark(letter, practice=council.practice),
				2,
				name,
				8,
				self._menus.bar(),
				None,
				(self.search, 4),
				lock,
				gap=8,
				pad=(16, 7, 10, 5),
			),
			"header",
		)

	def set_strip(self, strip: QWidget | None) -> None:
		"""Show a strip under the tabs on every tab (an open data breach), or none."""
		clear(self._strip_place.layout())
		if strip is not None:
			self._strip_place.layout().addWidget(strip)

	# what tabs use
	def go(self, target: str, *, message_ids: Sequence[int] = (), known: CaseStart | None = None) -> None:
		"""Follow a target: a tab key, "requests:3", "cases:new" or
		"cases:data_breach" (with messages and what is known), "archive:private", "requests:holidays", "act:backup" and
		the like.
		"""
		key, _, what = target.partition(":")
		if key == "act":
			acts = {"backup": self.back_up, "policy": self.show_policy, "recovery_sheet": self.show_recovery_sheet}
			acts[what]()
			return
		at = [name for name, _, _ in TABS].index(key)
		if self.tabs is None:
			return
		self.tabs.setCurrentIndex(at)
		page = self.tab_pages[key]
		if what == "new":
			page.start(list(message_ids))
		elif key == "cases" and what in CASE_KINDS:
			page.start(list(message_ids), what, known)
		elif what and not what.isdigit():
			(page.show_missing if key == "import" else page.show_page)(what)
		elif what:
			page.open_item(int(what))

	def changed(self) -> None:
		"""Take notice that something was written: Home and the status bar now, other tabs when they are shown."""
		if self.council is None or self.tabs is None:
			return
		current = TABS[self.tabs.currentIndex()][0]
		self._stale = {key for key, _, _ in TABS if key not in (current, "home")}
		if self._home_comes:
			self._home_again = True
			return
		council = self.council
		self._home_comes, self._home_again = True, False

		def shown(page: HomePage) -> None:
			if self.council is council and self.tabs is not None:
				self._show_home(page)

		def ended() -> None:
			self._home_comes = False
			if self._home_again:
				self.changed()

		task = self._work.begin(lambda _progress, _stopped: council.home.page(), ended)
		task.finished.connect(shown)
		task.failed.connect(self.problem)

	def _show_home(self, page: HomePage) -> None:
		self.tab_pages["home"].show_page(page)
		self.status.show_home(page)
		for key in ("requests", "cases"):
			at = [name for name, _, _ in TABS].index(key)
			self.tabs.badge(at, sum(item.target.startswith(f"{key}:") for item in page.items))

	def run(
		self,
		title: str,
		call: Call,
		done: Callable[[Any], object] | None = None,
		*,
		failed: Callable[[CranfordError], object] | None = None,
		cancelled: Callable[[], object] | None = None,
		promise: str = NOTHING_ADDED,
	) -> Task:
		"""Run a service call in a worker with a progress row and Cancel.

		A problem is shown unless `failed` takes it; `promise` says what a Cancel leaves behind.
		"""
		task = self._work.begin(call)
		self._jobs.add(title, task, promise)
		if done is not None:
			task.finished.connect(done)
		task.failed.connect(failed or self.problem)
		task.cancelled.connect(cancelled or (lambda: self.toast("Stopped. Nothing was changed.", done=False)))
		return task

	@property
	def busy(self) -> bool:
		"""Whether a job is running."""
		return self._work.busy

	def toast(self, words: str, act: str = "", do: Callable[[], object] | None = None, *, done: bool = True) -> None:
		"""Say one sentence at the bottom, with one act if there is one; `done`: False for a refusal."""
		self._toast.show_words(words, act, do, done=done)

	def problem(self, error: CranfordError) -> None:
		"""Show what happened, what is safe and what to do."""
		if not self._closing:
			ProblemDialog(error, self).open()

	# acts
	def back_up(self) -> None:
		"""Ask for a place and make a back-up there."""
		if self.council is None:
			return
		place = QFileDialog.getExistingDirectory(self, "Where should the back-up go? A USB stick is best.")
		if place:
			self.back_up_to(Path(place))

	def back_up_to(self, place: Path) -> None:
		"""Make a back-up in a folder and read it again."""
		council = self.council

		def done(result: Any) -> None:
			self.toast(f"Backed up and read again: {count(result.messages, 'message')}.")
			self.changed()

		self.run(
			"Backing up",
			lambda progress, stopped: council.safekeeping.backup(place, progress, stopped),
			done,
			promise="Cancelled, nothing is left in that place.",
		)

	def show_policy(self) -> None:
		"""Show the council's policy: text, dates, minute."""
		holder = self.council or self.doors
		if holder is None:
			return
		tables = holder.tables
		PolicyDialog(tables.policy, self).open()

	def show_recovery_sheet(self) -> None:
		"""Show a recovery sheet that was put off; once its key is forgotten, say what is left to do."""
		if self.council is not None:
			self._sheet.show(self.council)

	def show_zoom(self) -> None:
		"""Say in the status bar how large the text is."""
		if self.tabs is not None:
			self.status.show_zoom()

	# moving about
	def _tab_changed(self, at: int) -> None:
		key = TABS[at][0]
		self._stack.setCurrentIndex(at)
		if key in self._stale:
			self._stale.discard(key)
			self.tab_pages[key].refresh()

	def to_tab(self, what: str) -> None:
		"""Do something on the tab shown if it can, else in the archive."""
		if self.tabs is None:
			return
		key = TABS[self.tabs.currentIndex()][0]
		page = self.tab_pages[key]
		if not hasattr(page, what):
			self.go("archive")
			page = self.tab_pages["archive"]
		getattr(page, what)()

	def on_tab(self, what: str, *how: object) -> None:
		"""Do something on the tab shown, if it can."""
		if self.tabs is not None:
			do = getattr(self.tab_pages[TABS[self.tabs.currentIndex()][0]], what, None)
			if do is not None:
				do(*how)

	def search_everything(self) -> None:
		"""Go to the search field at the top."""
		if self.tabs is not None:
			self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
			self._keeper.chosen(self.search)
			self.search.selectAll()

	def _search(self) -> None:
		self.go("archive")
		self.tab_pages["archive"].search_everything(self.search.text())
		self.search.clear()  # the words stand in the archive's own box now, where she changes them

	def import_files(self) -> None:
		"""Ask for exports to import."""
		self.go("import")
		self.tab_pages["import"].choose_files()

	# drag and drop
	def dragEnterEvent(self, event):
		files = dropped_files(event.mimeData())
		if not files:
			event.ignore()
			return
		self._overlay.show_for(files, can_take=self.council is not None)
		event.acceptProposedAction()

	def dragMoveEvent(self, event):
		good, _ = sort_files(dropped_files(event.mimeData()))
		event.setAccepted(bool(good) and self.council is not None)

	def dragLeaveEvent(self, event):
		self._overlay.hide()

	def dropEvent(self, event):
		self._overlay.hide()
		good, reasons = sort_files(dropped_files(event.mimeData()))
		if self.council is None or self.tabs is None or not good:
			event.ignore()
			return
		event.acceptProposedAction()
		self.go("import")
		self.tab_pages["import"].take_files(good, reasons)

	# leaving
	def lock(self) -> None:
		"""Close the records and ask for the pass phrase again."""
		council = self.council
		if council is None or not self.may_leave("Lock"):
			return
		folder, needs = council.folder, council.encrypted
		self.leave_council()
		self.locked(folder, needs)

	locked: Callable[[Path, bool], None]
	"""Set by the application: shows the page that opens a folder again."""

	fetch: Callable[[], None]
	"""Set by the application: asks for a back-up and brings it back as new records."""

	def bring_back(self) -> None:
		"""Ask for a back-up and bring it back."""
		self.fetch()

	def close_page(self) -> None:
		"""Let the page of the start close what it holds open."""
		if hasattr(self._page, "close_down"):
			self._page.close_down()

	def leave_council(self) -> None:
		"""Let go of the open council; its pages are gone afterwards."""
		council, self.council = self.council, None
		self._sheet.key = None
		for page in self.tab_pages.values():
			if hasattr(page, "close_down"):
				page.close_down()
		self.tabs, self.tab_pages = None, {}
		self._toast.hide()
		self.setWindowTitle("Cranford Desktop")
		if council is not None:
			council.close()

	def may_leave(self, verb: str) -> bool:
		"""Ask what has to be asked before the records are closed; return whether they may be."""
		shown = isinstance(self._page, FirstRun) and self._page.key_unsaved
		return self._sheet.may_forget(verb, shown=shown) and self._work.may_stop(verb)

	def closeEvent(self, event):
		if not self._closing and not self.may_leave("Close"):
			event.ignore()
			return
		self._closing = True
		self.settings.geometry = self.saveGeometry()
		self.settings.save()
		self.close_page()
		self.leave_council()
		event.accept()
