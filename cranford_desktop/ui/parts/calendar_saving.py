"""A deadline saved as a calendar file, and handed to the computer's own calendar."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from cranford_desktop.errors import CranfordError


class CalendarSaving:
	"""Asks for a place, saves a calendar file there and opens it. The file holds a reference and a day, no names."""

	def __init__(self, parent: QWidget, window) -> None:
		self._parent, self._window = parent, window

	def ask(self, name: str, data: bytes) -> None:
		"""Ask where the file goes; then the calendar program asks whether to take it in."""
		home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
		place, _ = QFileDialog.getSaveFileName(
			self._parent, "Save the calendar entry", str(Path(home) / name), "Calendar (*.ics)"
		)
		if place and self.save(Path(place), data):
			QDesktopServices.openUrl(QUrl.fromLocalFile(place))

	def save(self, place: Path, data: bytes) -> bool:
		"""Write the file; return whether that worked."""
		try:
			place.write_bytes(data)
		except OSError:
			self._window.problem(
				CranfordError(
					"The calendar entry could not be saved there.",
					"Nothing was changed.",
					"The disk may be full or write-protected. Choose another folder.",
				)
			)
			return False
		self._window.toast(
			f"Saved as {place.name}: a reference and a day, no names. Opening it adds it to your calendar."
		)
		return True
