"""One service call in a worker thread: progress, cancel, problems. The window never waits for it."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import Cancelled, CranfordError

_EVERY = 0.05
"""Least time between two reports of progress, in seconds."""

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

	Exactly one of `finished`, `failed`, `cancelled` follows, in the window's thread.
	"""

	progressed = Signal(int, int, str)
	finished = Signal(object)
	failed = Signal(object)
	cancelled = Signal()
	_ended = Signal(str, object)

	def __init__(self, call: Callable[[Progress, Stopped], Any], parent: QObject | None = None) -> None:
		super().__init__(parent)
		self._call = call
		self._stop = threading.Event()
		self._thread = threading.Thread(target=self._work, name="cranford-task", daemon=True)
		self._last = 0.0
		self.running = True
		"""Until one of the three ends was announced."""
		self._ended.connect(self._end)
		QTimer.singleShot(0, self, self.start)

	def start(self) -> None:
		"""Begin at once; calling it is optional."""
		if self._thread.ident is None:
			self._thread.start()

	def stop(self) -> None:
		"""Ask it to stop; `cancelled` follows once it has rolled back."""
		self._stop.set()

	@property
	def stopping(self) -> bool:
		"""Whether it was asked to stop."""
		return self._stop.is_set()

	def wait(self, seconds: float) -> bool:
		"""Wait for the worker's end while the window closes; return whether it ended."""
		if self._thread.ident is not None:
			self._thread.join(seconds)
		return not self._thread.is_alive()

	def _progress(self, done: int, total: int, what: str) -> None:
		now = time.monotonic()
		if done >= total or now - self._last >= _EVERY:
			self._last = now
			self._emit(self.progressed, done, total, what)

	def _work(self) -> None:
		try:
			how, what = "finished", self._call(self._progress, self._stop.is_set)
		except Cancelled:
			how, what = "cancelled", None
		except CranfordError as problem:
			how, what = "failed", problem
		except Exception as problem:  # a bug: told in plain words, logged by type and place
			log.error("bug in a task: %s", place_of(problem))
			how, what = "failed", unexpected(problem)
		self._emit(self._ended, how, what)

	def _emit(self, signal: Any, *values: object) -> None:
		try:
			signal.emit(*values)
		except RuntimeError:  # the window is gone: nobody listens any more
			log.info("a task ended after its window")

	def _end(self, how: str, what: object) -> None:
		self.running = False
		if how == "finished":
			self.finished.emit(what)
		elif how == "failed":
			self.failed.emit(what)
		else:
			self.cancelled.emit()
