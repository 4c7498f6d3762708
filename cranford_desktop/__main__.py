"""Two doors: `cranford-desktop` opens the window, `cranford` works without one."""

from __future__ import annotations

import sys

from cranford_desktop import preflight


def headless(arguments: list[str] | None = None) -> int:
	"""Run `cranford`; return its exit code: 0 done, 2 a problem a person can act on, 1 a fault of the program."""
	problem = preflight.python_problem()
	if problem is not None:
		sys.stderr.write(problem + "\n")
		return 2
	from cranford_desktop.bootstrap import run_headless

	return run_headless(sys.argv[1:] if arguments is None else arguments)


def desktop(arguments: list[str] | None = None) -> int:
	"""Run `cranford-desktop`; return its exit code."""
	problem = preflight.python_problem()
	if problem is not None:
		sys.stderr.write(problem + "\n")
		return 2
	from cranford_desktop.ingest import apart

	if sys.argv[1:] == [apart.DOOR] and arguments is None:
		apart.serve(sys.stdin.buffer, sys.stdout.buffer)
		return 0
	from cranford_desktop.bootstrap import run_desktop

	return run_desktop(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
	sys.exit(desktop())
