"""How Python's housekeeping keeps out of the window's way.

Rubbish is collected in the window's own thread only: a worker's collection would take Qt's objects apart in the wrong
thread, and over the records of a big import it would stop the window (70 to 150 ms, measured with 40,000 messages).
Threads take turns every half millisecond: painting one page asks Python many times, and at the usual five milliseconds
a turn the window stood still for 200 ms while an export was read.
"""

import gc
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000
SWEEP_EVERY_MS = 10 * 60 * 1000
TURN_SECONDS = 0.0005


class Collector(QObject):
	"""Collects young rubbish as it comes and, while `idle` answers that nobody is waiting, now and then all of it."""

	def __init__(self, idle: Callable[[], bool], parent: QObject) -> None:
		super().__init__(parent)
		self._idle = idle
		sys.setswitchinterval(TURN_SECONDS)
		gc.collect()
		gc.freeze()
		gc.disable()
		for every, act in ((LOOK_EVERY_MS, self._look), (SWEEP_EVERY_MS, self._sweep)):
			timer = QTimer(self)
			timer.timeout.connect(act)
			timer.start(every)

	def _look(self) -> None:
		if not self._idle():
			return
		young, middle, _ = gc.get_count()
		limits = gc.get_threshold()
		if young > limits[0]:
			gc.collect(1 if middle > limits[1] else 0)

	def _sweep(self) -> None:
		if self._idle():
			gc.collect()
