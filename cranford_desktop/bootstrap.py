"""The composition root: what is built, in which order, for each of the two doors.

Policy tables → clock → services of one council → window or verb. Nothing else builds anything.
"""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from cranford_desktop import __version__, preflight
from cranford_desktop.commands.arguments import parser
from cranford_desktop.commands.verbs import Verbs
from cranford_desktop.domain.policy import PolicyTables
from cranford_desktop.domain.work import Progress, Stopped
from cranford_desktop.errors import CranfordError
from cranford_desktop.paths import data_folder
from cranford_desktop.policy_tables import load
from cranford_desktop.practice import Demo, build_demo, open_practice
from cranford_desktop.services.clock import LONDON
from cranford_desktop.services.council import Council, create_council, needs_secret, open_council
from cranford_desktop.services.safekeeping import restore


def system_clock() -> datetime:
	"""Answer the computer's present moment in UK time; handed to every rule, called by none."""
	return datetime.now(LONDON)


def _out(words: str) -> None:
	sys.stdout.write(words + "\n")


def _warn(words: str) -> None:
	sys.stderr.write(words + "\n")


def run_headless(arguments: list[str]) -> int:
	"""Run one verb of `cranford` and return its exit code."""
	for stream in (sys.stdout, sys.stderr):
		if hasattr(stream, "reconfigure"):
			stream.reconfigure(encoding="utf-8", errors="backslashreplace")
	try:
		asked = parser().parse_args(arguments)
		return Verbs(system_clock, load(), _out, _warn).run(asked)
	except CranfordError as problem:
		_warn(str(problem))
		return 2
	except BrokenPipeError:
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		return 0
	except KeyboardInterrupt:
		_warn("Stopped. Nothing was changed.")
		return 2
	except Exception as fault:  # the last door: a fault of ours must not print message text
		_warn(fault_words(fault))
		return 1


def fault_words(fault: BaseException) -> str:
	"""Describe a fault of the program by its type and place only: its text could hold a message or a name."""
	places = []
	trace = fault.__traceback__
	while trace is not None:
		places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
		trace = trace.tb_next
	return f"This is a fault of Cranford Desktop, not of yours: {type(fault).__name__} at {' > '.join(places[-4:])}."


def _desktop_arguments(arguments: list[str]) -> argparse.Namespace:
	words = argparse.ArgumentParser(
		prog="cranford-desktop", description="A parish council's WhatsApp records: the window."
	)
	words.add_argument("--version", action="version", version=f"cranford-desktop {__version__}")
	words.add_argument(
		"--demo",
		metavar="FOLDER",
		nargs="?",
		type=Path,
		const=Path("cranford-demo"),
		help="build the practice council in FOLDER (default ./cranford-demo) and open it",
	)
	words.add_argument("archive", metavar="ARCHIVE", nargs="?", type=Path, help="folder of an archive to open")
	return words.parse_args(arguments)


def run_desktop(arguments: list[str]) -> int:
	"""Open the window; with --demo build the practice council first, and without a screen save pictures of it."""
	asked = _desktop_arguments(arguments)
	try:
		tables = load()
		if asked.demo is not None:
			return _demo(asked.demo, tables)
		problem = preflight.qt_problem() or preflight.screen_problem()
		if problem is not None:
			_warn(problem)
			return 2
		return _window(tables, asked.archive, None)
	except CranfordError as problem:
		_warn(str(problem))
		return 2


def _demo(folder: Path, tables: PolicyTables) -> int:
	made = build_demo(folder, clock=system_clock, tables=tables, say=_out)
	_say_where(made)
	problem = preflight.qt_problem()
	if problem is not None:
		made.council.close()
		_out(f"{problem}\nPictures of the window were not made; everything else is done.")
		return 0
	problem = preflight.screen_problem()
	if problem is None:
		return _window(tables, None, made.council)
	os.environ["QT_QPA_PLATFORM"] = "offscreen"
	from cranford_desktop.ui.application import save_pictures

	pictures = save_pictures(made.council, folder / "pictures")
	made.council.close()
	_out(f"{problem.splitlines()[0]} Instead, pictures of every tab were saved:")
	for path in pictures:
		_out(f"  {path}")
	if preflight.SCREEN_LIBRARIES in problem:
		_out("\n".join(problem.splitlines()[1:]))
	return 0


def _say_where(made: Demo) -> None:
	_out(f"The archive lies in {made.archive}. Made with it:")
	for path in made.files:
		_out(f"  {path}")


def _window(tables: PolicyTables, archive: Path | None, council: Council | None) -> int:
	from cranford_desktop.ui.application import run
	from cranford_desktop.ui.doors import Doors

	def create(folder: Path, name: str, passphrase: str | None) -> tuple[Council, str | None]:
		return create_council(folder, name, passphrase, practice=False, clock=system_clock, tables=tables)

	def open_(folder: Path, secret: str | None) -> Council:
		return open_council(folder, secret, clock=system_clock, tables=tables)

	def practise(folder: Path, progress: Progress, stopped: Stopped) -> Council:
		return open_practice(folder, clock=system_clock, tables=tables, progress=progress, stopped=stopped)

	def bring_back(backup: Path, folder: Path, secret: str | None) -> int:
		return restore(backup, folder, secret, system_clock()).messages

	doors = Doors(
		create_council=create,
		open_council=open_,
		practice_council=practise,
		restore=bring_back,
		needs_secret=needs_secret,
		data_folder=data_folder(),
		tables=tables,
		clock=system_clock,
	)
	return run(doors, archive=archive, council=council)
