"""Small pictures, fetched and shrunk away from the window's thread, kept while they are likely to be looked at."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from cranford_desktop.errors import CranfordError

_KEPT = 120


class Thumbnails(QObject):
	"""Answers at once with what it has; asks a worker for the rest and tells when it came."""

	arrived = Signal(int)
	_made = Signal(int, object)

	def __init__(self, load: Callable[[int, int], bytes], box: int, parent: QObject | None = None) -> None:
		super().__init__(parent)
		self._load = load
		self._box = box
		self._kept: OrderedDict[int, QPixmap | None] = OrderedDict()
		self._asked: set[int] = set()
		self._queue: SimpleQueue[int | None] = SimpleQueue()
		self._thread: threading.Thread | None = None
		self._made.connect(self._keep)

	def get(self, attachment_id: int) -> QPixmap | None:
		"""Return the picture, or None while it is fetched and where it is none (`failed` tells the two apart)."""
		if attachment_id in self._kept:
			self._kept.move_to_end(attachment_id)
			return self._kept[attachment_id]
		if attachment_id not in self._asked:
			self._asked.add(attachment_id)
			self._queue.put(attachment_id)
			if self._thread is None:
				self._thread = threading.Thread(target=self._work, name="cranford-thumbnails", daemon=True)
				self._thread.start()
		return None

	def failed(self, attachment_id: int) -> bool:
		"""Return whether the file turned out to be no picture."""
		return attachment_id in self._kept and self._kept[attachment_id] is None

	def close(self) -> None:
		"""Let the worker go home; waits for the picture it has in hand."""
		if self._thread is not None:
			self._queue.put(None)
			self._thread.join(5)
			self._thread = None

	def _work(self) -> None:
		while (attachment_id := self._queue.get()) is not None:
			try:
				image = QImage.fromData(self._load(attachment_id, self._box))
			except (CranfordError, OSError, ValueError):
				image = QImage()
			except Exception:  # the archive was closed in between: nobody looks any more
				return
			try:
				self._made.emit(attachment_id, image)
			except RuntimeError:
				return

	def _keep(self, attachment_id: int, image: QImage) -> None:
		self._asked.discard(attachment_id)
		self._kept[attachment_id] = None if image.isNull() else QPixmap.fromImage(image)
		while len(self._kept) > _KEPT:
			self._kept.popitem(last=False)
		self.arrived.emit(attachment_id)
