"""When Python looks for rubbish: never in the middle of work.

A full sweep over the records of a big import holds every thread for 70 to 150 ms (measured with 40,000 messages), and
the window must not stand still for 100. Records hold no circles, so nothing waits for the sweep but Qt's own parts.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SWEEP_EVERY_MS = 10 * 60 * 1000
_NEVER = 1_000_000


class Collector(QObject):
	"""Sweeps now and then while `idle` answers that nobody is waiting; the young are collected as always."""

	def __init__(self, idle: Callable[[], bool], parent: QObject) -> None:
		super().__init__(parent)
		self._idle = idle
		gc.collect()
		gc.freeze()
		young, middle, _ = gc.get_threshold()
		gc.set_threshold(young, middle, _NEVER)
		timer = QTimer(self)
		timer.timeout.connect(self._sweep)
		timer.start(SWEEP_EVERY_MS)

	def _sweep(self) -> None:
		if self._idle():
			gc.collect()
