"""Small pictures, fetched and shrunk away from the window's thread, kept while they are likely to be looked at."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import SimpleQueue

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

_KEPT = 120


class Thumbnails(QObject):
	"""Answers at once with what it has; asks a worker for the rest and tells when it came.

	The worker never touches Qt's objects: it leaves pictures in a queue that the window's thread empties.
	"""

	arrived = Signal(int)

	def __init__(self, load: Callable[[int, int], bytes], box: int, parent: QObject | None = None) -> None:
		super().__init__(parent)
		self._load = load
		self._box = box
		self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
		self._asked: set[int] = set()
		self._wanted: SimpleQueue[int | None] = SimpleQueue()
		self._made: SimpleQueue[tuple[int, QImage]] = SimpleQueue()
		self._thread: threading.Thread | None = None
		self._listener = QTimer(self)
		self._listener.setInterval(30)
		self._listener.timeout.connect(self._listen)

	def get(self, attachment_id: int) -> QPixmap | None:
		"""Return the picture, or None while it is fetched and where it is none (`failed` tells the two apart)."""
		if attachment_id in self._kept:
			self._kept.move_to_end(attachment_id)
			return self._kept[attachment_id]
		if attachment_id not in self._asked:
			self._asked.add(attachment_id)
			self._wanted.put(attachment_id)
			if self._thread is None:
				self._thread = threading.Thread(
					target=_work,
					args=(self._load, self._box, self._wanted, self._made),
					name="cranford-thumbnails",
					daemon=True,
				)
				self._thread.start()
			self._listener.start()
		return None

	def forget(self) -> None:
		"""Fetch every picture anew when it is wanted: they may look otherwise now."""
		self._kept.clear()

	def failed(self, attachment_id: int) -> bool:
		"""Return whether the file turned out to be no picture."""
		return attachment_id in self._kept and self._kept[attachment_id] is None

	def close(self) -> None:
		"""Let the worker go home; waits for the picture it has in hand."""
		self._listener.stop()
		if self._thread is not None:
			while not self._wanted.empty():
				self._wanted.get()
			self._wanted.put(None)
			self._thread.join(5)
			self._thread = None

	def _listen(self) -> None:
		while not self._made.empty():
			attachment_id, image = self._made.get()
			self._asked.discard(attachment_id)
			self._kept[attachment_id] = None if image.isNull() else QPixmap.fromImage(image)
			while len(self._kept) > _KEPT:
				self._kept.popitem(last=False)
			self.arrived.emit(attachment_id)
		if not self._asked:
			self._listener.stop()


def _work(
	load: Callable[[int, int], bytes],
	box: int,
	wanted: "SimpleQueue[int | None]",
	made: "SimpleQueue[tuple[int, QImage]]",
) -> None:
	while (attachment_id := wanted.get()) is not None:
		try:
			image = QImage.fromData(load(attachment_id, box))
		except Exception:  # no picture, or the archive was closed in between: nothing to show either way
			image = QImage()
		made.put((attachment_id, image))
