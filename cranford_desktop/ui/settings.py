"""What the window remembers of itself: look, size, which folders were opened, the number of the message read last.

Never what is in them.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from cranford_desktop.ui import theme

_RECENT = 5


class WindowSettings:
	"""An .ini file in the data folder; an unreadable value counts as not set."""

	def __init__(self, file: Path) -> None:
		self._store = QSettings(str(file), QSettings.Format.IniFormat)

	@property
	def look(self) -> str:
		"""Return "system", "light" or "dark"."""
		look = str(self._store.value("look", "system"))
		return look if look in ("system", "light", "dark") else "system"

	@look.setter
	def look(self, look: str) -> None:
		self._store.setValue("look", look)

	@property
	def zoom(self) -> int:
		"""Return the text size in percent."""
		try:
			zoom = int(str(self._store.value("zoom", 100)))
		except ValueError:
			return 100
		return zoom if zoom in theme.ZOOMS else 100

	@zoom.setter
	def zoom(self, percent: int) -> None:
		self._store.setValue("zoom", percent)

	@property
	def geometry(self) -> QByteArray | None:
		"""Return the window's last place, None if it has none."""
		kept = self._store.value("geometry")
		return kept if isinstance(kept, QByteArray) else None

	@geometry.setter
	def geometry(self, geometry: QByteArray) -> None:
		self._store.setValue("geometry", geometry)

	def recent(self) -> list[Path]:
		"""Return the folders opened last, newest first, those that are still there."""
		kept = self._store.value("recent", [])
		names = [kept] if isinstance(kept, str) else list(kept or [])
		return [folder for folder in map(Path, names) if folder.is_dir()]

	def opened(self, folder: Path) -> None:
		"""Remember a folder as the one opened last."""
		rest = [str(known) for known in self.recent() if known != folder]
		self._store.setValue("recent", [str(folder), *rest][:_RECENT])

	def read_last(self, folder: Path) -> int:
		"""Return the number of the message that was read last in a folder's archive, 0 for none."""
		kept = str(self._store.value("read", "")).split("|", 1)
		return int(kept[0]) if len(kept) == 2 and kept[1] == str(folder) and kept[0].isdecimal() else 0

	def set_read_last(self, folder: Path, message_id: int) -> None:
		"""Remember which message was read last in a folder's archive; of the archive left last only."""
		self._store.setValue("read", f"{message_id}|{folder}")

	def save(self) -> None:
		"""Write the file now."""
		self._store.sync()
