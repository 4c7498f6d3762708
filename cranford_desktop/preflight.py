"""What has to be there before the window starts, said in plain words with the mending command."""

from __future__ import annotations

import ctypes
import importlib
import os
import socket
import sys
from pathlib import Path

LEAST_PYTHON = (3, 11)
QT_LIBRARIES = "sudo apt-get install -y libgl1 libegl1 libglib2.0-0 libxkbcommon0 libfontconfig1 libdbus-1-3"
SCREEN_LIBRARIES = (
	"sudo apt-get install -y libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 "
	"libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxcb-shm0 libx11-xcb1 libxkbcommon-x11-0"
)


def python_problem(version: tuple[int, int] = (sys.version_info[0], sys.version_info[1])) -> str | None:
	"""Say in plain words if this Python is too old; None if it will do."""
	if version >= LEAST_PYTHON:
		return None
	return (
		f"Cranford Desktop needs Python {LEAST_PYTHON[0]}.{LEAST_PYTHON[1]} or newer; this is Python "
		f"{version[0]}.{version[1]}. Install a newer one from your system's software or python.org, and run the same "
		"command with it."
	)


def qt_problem() -> str | None:
	"""Say in plain words if Qt cannot load; None if it can. Loads Qt, opens nothing."""
	try:
		importlib.import_module("PySide6.QtWidgets")
	except ImportError as problem:
		words = f"The window cannot start: a system library is missing ({problem})."
		if sys.platform.startswith("linux"):
			words += f"\nOn Debian or Ubuntu this mends it: {QT_LIBRARIES}"
		return words
	return None


def screen_problem() -> str | None:
	"""Say in plain words if there is no screen to open a window on; None if there is. Qt itself would abort."""
	if sys.platform.startswith(("win", "darwin")):
		return None
	chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
	if chosen in ("offscreen", "minimal"):
		return "There is no screen here to open a window on."
	if os.environ.get("WAYLAND_DISPLAY") and chosen != "xcb":
		return None
	display = os.environ.get("DISPLAY", "")
	if not display or not _answers(display):
		return (
			"There is no screen here to open a window on.\n"
			"Start it in a desktop session, or look at the practice council without one: cranford-desktop --demo"
		)
	return _plugin_problem()


def _answers(display: str) -> bool:
	"""Say whether an X display on this machine answers; one on another machine is taken at its word."""
	host, _, number = display.rpartition(":")
	if host not in ("", "unix"):
		return True
	path = f"/tmp/.X11-unix/X{number.split('.')[0]}"  # noqa: S108 - where X puts its sockets, on every system
	for address in (path, "\0" + path):
		with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
			try:
				knock.connect(address)
			except OSError:
				continue
			return True
	return False


def _plugin_problem() -> str | None:
	"""Say which library Qt's screen plugin lacks: Qt would abort over it."""
	import PySide6

	plugin = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"
	if not plugin.exists():
		return None
	try:
		ctypes.CDLL(str(plugin))
	except OSError as problem:
		return (
			f"The window cannot start: a system library is missing ({problem}).\n"
			f"On Debian or Ubuntu this mends it: {SCREEN_LIBRARIES}"
		)
	return None
