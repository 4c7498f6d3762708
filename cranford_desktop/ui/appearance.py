"""How the window looks: light, dark or as the system has it, and how large its text is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cranford_desktop.ui import theme
from cranford_desktop.ui.settings import WindowSettings


class Appearance:
	"""Dresses the window after its settings."""

	def __init__(self, window, settings: WindowSettings) -> None:
		"""Take the window and what it remembers."""
		self._window, self._settings = window, settings

	def set_look(self, look: str) -> None:
		"""Show "light", "dark", or as the "system" has it."""
		self._settings.look = look
		self.follow_system()

	def follow_system(self) -> None:
		"""Dress the window after its setting, or after the system's light or dark."""
		look = self._settings.look
		system_dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
		dark = system_dark if look == "system" else look == "dark"
		if dark != theme.is_dark():
			theme.apply(QApplication.instance(), dark)
			self._window.update()

	def step_zoom(self, by: int) -> None:
		"""Make the text larger (1) or smaller (-1) by a step, or normal (0)."""
		here = theme.ZOOMS.index(self._settings.zoom)
		at = theme.ZOOMS.index(100) if by == 0 else min(max(0, here + by), len(theme.ZOOMS) - 1)
		self._settings.zoom = theme.ZOOMS[at]
		theme.set_zoom(QApplication.instance(), theme.ZOOMS[at])
		self._window.show_zoom()
