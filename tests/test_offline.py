"""Nothing leaves the laptop: no internet socket is opened, no plain text is left in a temp folder or a log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import socket, sys

def watch(event, arguments):
	if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
		sys.stderr.write("internet socket\\n")
	elif event in ("socket.getaddrinfo", "socket.connect"):
		sys.stderr.write("network look-up\\n")

sys.addaudithook(watch)
from cranford_desktop.bootstrap import run_headless
sys.exit(run_headless(sys.argv[1:]))
"""


@pytest.mark.slow
def test_the_main_job_opens_no_internet_socket_and_leaves_no_temporary_file(tmp_path: Path) -> None:
	temporary = tmp_path / "tmp"
	temporary.mkdir()
	done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
		[sys.executable, "-c", WATCHED, "demo", str(tmp_path / "demo")],
		env={**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)},
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 0, done.stderr
	assert "socket" not in done.stderr
	assert "network" not in done.stderr
	assert list(temporary.rglob("*")) == []
	assert "Hartley" not in done.stdout + done.stderr


def test_the_headless_door_never_loads_qt(tmp_path: Path) -> None:
	script = (
		"import sys\nfrom cranford_desktop.bootstrap import run_headless\n"
		"code = run_headless(sys.argv[1:])\n"
		"sys.exit(7 if any(name.startswith('PySide6') for name in sys.modules) else code)"
	)
	done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
		[sys.executable, "-c", script, "new", "--archive", str(tmp_path / "a"), "--no-passphrase"],
		capture_output=True,
		text=True,
		check=False,
	)
	assert done.returncode == 0, done.stderr
