"""Where things lie: the resources the app ships, and the data folder of this system."""

from pathlib import Path

from platformdirs import user_data_path


def resources() -> Path:
	"""Return the folder of bundled resources: inside the installed package, else beside it in the source tree."""
	package = Path(__file__).resolve().parent
	installed = package / "resources"
	return installed if installed.is_dir() else package.parent / "resources"


def data_folder() -> Path:
	"""Return the folder for archives on this system: local, never roaming or synced (Windows: %LOCALAPPDATA%)."""
	return user_data_path("Cranford Desktop", appauthor=False, roaming=False)
