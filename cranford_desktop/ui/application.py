"""The window as an application: its look, its ways in, its last word on faults, and pictures of itself."""

import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from cranford_desktop import __version__
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import CranfordError
from cranford_desktop.services.council import Council
from cranford_desktop.ui import theme
from cranford_desktop.ui.collector import Collector
from cranford_desktop.ui.doors import Doors
from cranford_desktop.ui.main_window import Window
from cranford_desktop.ui.opening import StartPage, UnlockPage
from cranford_desktop.ui.parts.icons import icon
from cranford_desktop.ui.parts.shell_parts import TABS
from cranford_desktop.ui.settings import WindowSettings
from cranford_desktop.ui.task import place_of, unexpected
from cranford_desktop.ui.wizards.first_run import FirstRun, folder_for

__all__ = ["Doors", "Entrance", "application", "run", "save_pictures"]

PRACTICE_FOLDER = "Practice council"
SIZES = ((1366, 768), (1024, 600))
RESTORED = (
	"It becomes new records beside the others. No record of erased messages was looked for: if messages were erased "
	"after this back-up was made, they are back."
)

log = logging.getLogger(__name__)


def application() -> QApplication:
	"""Return the QApplication, dressed; made if there is none yet."""
	app = QApplication.instance()
	if not isinstance(app, QApplication):
		app = QApplication(sys.argv[:1])
	app.setApplicationName("Cranford Desktop")
	app.setApplicationVersion(__version__)
	app.setDesktopFileName("cranford-desktop")
	app.setWindowIcon(icon("archive:filled", "accent"))
	if app.property("cranford_dark") is None:
		theme.apply(app)
	return app


class Entrance:
	"""Shows the pages that lead to a council, and the council's window once it is open."""

	def __init__(self, doors: Doors, settings: WindowSettings) -> None:
		self._doors, self._settings = doors, settings
		self.window = Window(doors, settings)
		self.window.locked = self._locked
		self.window.fetch = self._choose_backup
		self._first_run: FirstRun | None = None

	def start(self) -> None:
		"""Show the start page."""
		self.window.show_page(
			StartPage(
				self._settings.recent(),
				set_up=self.set_up,
				practise=self.practise,
				open_folder=self._choose,
				open_recent=self.open_folder,
				bring_back=self._choose_backup,
			)
		)

	def set_up(self) -> None:
		"""Show the set-up of a new council."""
		self._first_run = FirstRun(self._doors, finished=self.opened, left=self.start)
		self.window.show_page(self._first_run)

	def opened(self, council: Council, recovery_key: str | None = None) -> None:
		"""Show an open council."""
		self.window.show_council(council, recovery_key)

	def practise(self) -> None:
		"""Build the practice council, or open the one that is there."""

		def build(progress: Progress, stopped: Stopped) -> Council:
			return self._doors.practice_council(self._doors.data_folder / PRACTICE_FOLDER, progress, stopped)

		self.window.run(
			"Getting the practice council ready",
			build,
			self.opened,
			promise="It is a separate set of records. Nothing of yours is touched.",
		)

	def _choose(self) -> None:
		place = str(self._doors.data_folder) if self._doors.data_folder.is_dir() else ""
		folder = QFileDialog.getExistingDirectory(self.window, "Open the records in this folder", place)
		if folder:
			self.open_folder(Path(folder))

	def open_folder(self, folder: Path, note: str = "") -> None:
		"""Open an archive: asks for its pass phrase if it has one."""
		try:
			needs = self._doors.needs_secret(folder)
		except CranfordError as problem:
			self.window.problem(problem)
			return
		page = UnlockPage(
			folder,
			needs_secret=needs,
			open_it=lambda secret: self._doors.open_council(folder, secret),
			opened=self.opened,
			back=self.start,
			note=note,
		)
		self.window.show_page(page)
		if not needs and not note:
			page.open()

	def _locked(self, folder: Path, needs: bool) -> None:
		words = "Locked. Nothing of it is open any more." if needs else "Closed. These records have no pass phrase."
		self.open_folder(folder, words)

	def _choose_backup(self) -> None:
		folder = QFileDialog.getExistingDirectory(self.window, "Which back-up? Choose its folder")
		if folder:
			self.bring_back(Path(folder))

	def bring_back(self, backup: Path) -> None:
		"""Bring a back-up back into a new folder, and open it; records that are open are closed first."""
		try:
			needs = self._doors.needs_secret(backup)
		except CranfordError as problem:
			self.window.problem(problem)
			return
		if not self.window.may_leave("Close"):
			return
		self.window.close_page()
		self.window.leave_council()
		target = folder_for(self._doors.data_folder, backup.name)

		def fetch(secret: str | None) -> Council:
			self._doors.restore(backup, target, secret)
			return self._doors.open_council(target, secret)

		page = UnlockPage(
			backup,
			needs_secret=needs,
			open_it=fetch,
			opened=self.opened,
			back=self.start,
			note=RESTORED,
			verb="Bring it back",
		)
		self.window.show_page(page)


def _report_faults(entrance: Entrance) -> None:
	told: list[bool] = []

	def hook(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
		if issubclass(kind, KeyboardInterrupt):
			sys.__excepthook__(kind, fault, trace)
			return
		log.error("fault: %s", place_of(fault))
		sys.stderr.write(f"A fault of Cranford Desktop: {place_of(fault)}\n")
		problem = fault if isinstance(fault, CranfordError) else unexpected(fault)
		if not told or isinstance(fault, CranfordError):
			told.append(True)
			entrance.window.problem(problem)
			QTimer.singleShot(1000, told.clear)

	sys.excepthook = hook


def run(doors: Doors, *, archive: Path | None = None, council: Council | None = None) -> int:
	"""Open the window on a council, on an archive's pass phrase, or on the start page; return the exit code."""
	app = application()
	settings = WindowSettings(doors.data_folder / "window.ini")
	theme.set_zoom(app, settings.zoom)
	entrance = Entrance(doors, settings)
	_report_faults(entrance)
	window = entrance.window
	Collector(lambda: not window.busy, window)
	window.appearance.follow_system()
	app.styleHints().colorSchemeChanged.connect(lambda _scheme: window.appearance.follow_system())
	if settings.geometry is not None:
		window.restoreGeometry(settings.geometry)
	recent = settings.recent()
	if council is not None:
		entrance.opened(council)
	else:
		entrance.start()
		if archive is not None:
			entrance.open_folder(archive)
		elif recent:
			entrance.open_folder(recent[0])
	window.show()
	return app.exec()


def settle(window: Window, milliseconds: int = 250) -> None:
	"""Let the event loop turn until nothing is being worked on any more."""
	loop = QEventLoop()
	for _ in range(40):
		QTimer.singleShot(milliseconds, loop.quit)
		loop.exec()
		if not window.busy:
			return


def save_pictures(
	council: Council,
	folder: Path,
	sizes: Sequence[tuple[int, int]] = SIZES,
	schemes: Sequence[str] = ("light", "dark"),
) -> list[Path]:
	"""Save a picture of every tab of a council's window, in each size and scheme; needs no screen."""
	app = application()
	folder.mkdir(parents=True, exist_ok=True)
	made: list[Path] = []
	was_dark = theme.is_dark()
	with tempfile.TemporaryDirectory() as scratch:
		window = Window(None, WindowSettings(Path(scratch) / "window.ini"))
		window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, app.platformName() != "offscreen")
		window.show_council(council)
		window.show()
		try:
			for scheme in schemes:
				theme.apply(app, scheme == "dark")
				for width, height in sizes:
					window.resize(width, height)
					for number, (key, _, _) in enumerate(TABS, 1):
						window.go(key)
						settle(window)
						file = folder / f"{number}-{key}-{width}x{height}-{scheme}.png"
						window.grab().save(str(file))
						made.append(file)
		finally:
			window.council = None  # it is the caller's: left open
			for page in window.tab_pages.values():
				if hasattr(page, "close_down"):
					page.close_down()
			window.close()
			window.deleteLater()
			QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
			theme.apply(app, was_dark)
	return made
