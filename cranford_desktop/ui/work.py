"""What runs for the window: its jobs, and what is asked before they are stopped."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.ui.task import Task

Call = Callable[[Progress, Stopped], Any]

_UNNOTICED = 1.0
"""Seconds: work younger than this was hardly seen, so closing simply waits for its end."""
_CLOSE_WAIT = 20.0
"""Seconds that a cancelled job has to roll back before the window closes."""


class Work:
	"""The jobs of a window."""

	def __init__(self, window: QWidget) -> None:
		self._window = window
		self._tasks: list[Task] = []

	@property
	def busy(self) -> bool:
		"""Whether a job is running."""
		return bool(self._tasks)

	def begin(self, call: Call, ended: Callable[[], object] | None = None) -> Task:
		"""Run a call in a worker; `ended` is called whatever became of it, before what is connected later."""
		task = Task(call, self._window)
		self._tasks.append(task)

		def gone(*_: object) -> None:
			self._tasks.remove(task)
			task.deleteLater()
			if ended is not None:
				ended()

		for end in (task.finished, task.failed, task.cancelled):
			end.connect(gone)
		return task

	def cancel(self) -> None:
		"""Ask every job to stop; each says itself what became of it."""
		for task in list(self._tasks):
			task.stop()

	def may_stop(self, verb: str) -> bool:
		"""Stop everything if she agrees; what has only just begun is not asked about. Return whether it was stopped."""
		if any(task.age >= _UNNOTICED for task in self._tasks) and not self._agreed(verb):
			return False
		self.stop()
		return True

	def _agreed(self, verb: str) -> bool:
		box = QMessageBox(self._window)
		box.setIcon(QMessageBox.Icon.NoIcon)
		box.setWindowTitle("Work is still running")
		box.setText(f"{verb} while work is running?")
		box.setInformativeText("It will be stopped. Nothing of it is kept; what was finished before stays.")
		stay = box.addButton("Keep working", QMessageBox.ButtonRole.RejectRole)
		leave = box.addButton(f"Stop it and {verb.lower()}", QMessageBox.ButtonRole.AcceptRole)
		box.setDefaultButton(stay)
		box.setEscapeButton(stay)
		box.exec()
		return box.clickedButton() is leave

	def stop(self) -> None:
		"""Stop every job, wait until what it began is rolled back, and hear no more of it."""
		self.cancel()
		for task in self._tasks:
			task.wait(_CLOSE_WAIT)
			task.abandon()
			task.deleteLater()
		self._tasks.clear()
