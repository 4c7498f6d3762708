"""One service call in a worker thread: progress, cancel, problems. The window never waits for it."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import Cancelled, CranfordError

_EVERY = 0.05
"""Least time between two reports of progress, in seconds."""
_LISTEN_MS = 10

log = logging.getLogger(__name__)


def place_of(problem: BaseException) -> str:
	"""Return the type of a bug and where it arose, never its words: they may hold what people wrote."""
	frames = traceback.extract_tb(problem.__traceback__)
	where = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "unknown place"
	return f"{type(problem).__name__} at {where}"


def unexpected(problem: BaseException) -> CranfordError:
	"""Return what the clerk is told of a bug."""
	return CranfordError(
		"Something in Cranford Desktop did not work as it should.",
		"Your records are as they were before this step.",
		"Try it again. If it happens again, give the line below to your IT helper.",
		place_of(problem),
	)


class Task(QObject):
	"""Runs `call(progress, stopped)` in a worker thread as soon as the event loop turns.

	Exactly one of `finished`, `failed`, `cancelled` follows, in the window's thread. The worker never touches Qt: it
	leaves its news in a queue that the window's thread empties, so that a window may go while the worker still runs.
	"""

	progressed = Signal(int, int, str)
	finished = Signal(object)
	failed = Signal(object)
	cancelled = Signal()

	def __init__(self, call: Callable[[Progress, Stopped], Any], parent: QObject | None = None) -> None:
		super().__init__(parent)
		self._stop = threading.Event()
		self._news: SimpleQueue[tuple[str, object]] = SimpleQueue()
		self._thread = threading.Thread(
			target=_work, args=(call, self._stop, self._news), name="cranford-task", daemon=True
		)
		self._began = time.monotonic()
		self.running = True
		"""Until one of the three ends was announced."""
		self._listener = QTimer(self)
		self._listener.setInterval(_LISTEN_MS)
		self._listener.timeout.connect(self._listen)
		QTimer.singleShot(0, self, self.start)

	def start(self) -> None:
		"""Begin at once; calling it is optional."""
		if self._thread.ident is None and self.running:
			self._thread.start()
			self._listener.start()

	def stop(self) -> None:
		"""Ask it to stop; `cancelled` follows once it has rolled back."""
		self._stop.set()

	def abandon(self) -> None:
		"""Say nothing any more: who asked for it is gone."""
		self._stop.set()
		self._listener.stop()
		self.running = False

	@property
	def age(self) -> float:
		"""Return for how many seconds it has been asked for."""
		return time.monotonic() - self._began

	@property
	def stopping(self) -> bool:
		"""Whether it was asked to stop."""
		return self._stop.is_set()

	def wait(self, seconds: float) -> bool:
		"""Wait for the worker's end while the window closes; return whether it ended."""
		if self._thread.ident is not None:
			self._thread.join(seconds)
		return not self._thread.is_alive()

	def _listen(self) -> None:
		latest: tuple[int, int, str] | None = None
		while not self._news.empty():
			how, what = self._news.get()
			if how == "progress":
				latest = what
				continue
			self._listener.stop()
			self.running = False
			if latest is not None:
				self.progressed.emit(*latest)
			if how == "finished":
				self.finished.emit(what)
			elif how == "failed":
				self.failed.emit(what)
			else:
				self.cancelled.emit()
			return
		if latest is not None:
			self.progressed.emit(*latest)


def _work(
	call: Callable[[Progress, Stopped], Any], stop: threading.Event, news: "SimpleQueue[tuple[str, object]]"
) -> None:
	last = 0.0

	def progress(done: int, total: int, what: str) -> None:
		nonlocal last
		now = time.monotonic()
		if done >= total or now - last >= _EVERY:
			last = now
			news.put(("progress", (done, total, what)))

	try:
		news.put(("finished", call(progress, stop.is_set)))
	except Cancelled:
		news.put(("cancelled", None))
	except CranfordError as problem:
		news.put(("failed", problem))
	except Exception as problem:  # a bug: told in plain words, logged by type and place
		log.error("bug in a task: %s", place_of(problem))
		news.put(("failed", unexpected(problem)))
