"""What the window is handed by the composition root: ways to a council, and where things lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.services.clock import Clock
from cranford_desktop.services.council import Council


@dataclass(frozen=True, slots=True)
class Doors:
	"""All of these may take long and are called in a worker thread; they raise `CranfordError`."""

	create_council: Callable[[Path, str, str | None], tuple[Council, str | None]]
	"""(new or empty folder, name, pass phrase or None) → the council and its recovery key (None: no pass phrase)."""
	open_council: Callable[[Path, str | None], Council]
	"""(folder, pass phrase or recovery key; None where none was set)"""
	practice_council: Callable[[Path, Progress, Stopped], Council]
	"""Builds the practice council in a folder, or opens the one that is there."""
	restore: Callable[[Path, Path, str | None], int]
	"""(back-up, new folder, pass phrase or recovery key) → how many messages came back."""
	needs_secret: Callable[[Path], bool]
	"""Whether this archive asks for a pass phrase; says what the folder is if it is no archive."""
	data_folder: Path
	"""Where new councils and the window's own settings lie."""
	tables: PolicyTables
	clock: Clock
