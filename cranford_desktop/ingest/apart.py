"""Reads files in a process of its own, which ends where one takes too long or too much memory.

The other process is this program again (`python -m cranford_desktop.ingest.apart`, in a bundle with the word of
`DOOR`). Contents and words go through its pipes only, never through a file.
"""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import IO, Any

from cranford_desktop.ingest.file_words import FileWords, words_of

DOOR = "--read-words-of-files"
_SECONDS = 30.0
"""Time a file may take."""
_MEMORY = 1 << 30
"""Bytes of memory the process may take, where the system can hold it to that (Linux; not Windows)."""


class Reader:
	"""Reads files one after the other; a context manager that ends its process."""

	def __init__(self, seconds: float = _SECONDS) -> None:
		self._seconds = seconds
		self._process: subprocess.Popen[bytes] | None = None

	def __enter__(self) -> "Reader":
		return self

	def __exit__(
		self, _type: type[BaseException] | None, _value: BaseException | None, _traceback: TracebackType | None
	) -> None:
		self._end()

	def read(self, name: str, data: bytes) -> FileWords:
		"""Return the words of a file; "too_large" where it took too long, "unreadable" where its reader fell over."""
		process = self._process or self._begin()
		stdin, stdout = process.stdin, process.stdout
		if stdin is None or stdout is None:
			raise AssertionError("a process without pipes")
		late = threading.Event()

		def stop() -> None:
			late.set()
			process.kill()

		clock = threading.Timer(self._seconds, stop)
		clock.start()
		try:
			_send(stdin, name.encode("utf-8", "replace"))
			_send(stdin, data)
			state, text = json.loads(_receive(stdout))
		except (OSError, ValueError, EOFError):
			self._end()
			return FileWords("too_large" if late.is_set() else "unreadable", "")
		finally:
			clock.cancel()
		return FileWords(state, text)

	def _begin(self) -> "subprocess.Popen[bytes]":
		bundled = getattr(sys, "frozen", False)
		command = [sys.executable, DOOR] if bundled else [sys.executable, "-m", "cranford_desktop.ingest.apart"]
		self._process = subprocess.Popen(  # noqa: S603 (ourselves)
			command,
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			stderr=subprocess.DEVNULL,
			creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
		)
		return self._process

	def _end(self) -> None:
		process, self._process = self._process, None
		if process is not None:
			process.kill()
			for pipe in (process.stdin, process.stdout):
				if pipe is not None:
					with suppress(OSError):
						pipe.close()
			process.wait()


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
	"""Answer until nothing more is asked."""
	_hold_to_memory()
	with suppress(EOFError):
		while True:
			name, data = _receive(source).decode(), _receive(source)
			_send(sink, json.dumps(words_of(name, data)).encode())


def _hold_to_memory() -> None:
	if sys.platform != "win32":
		import resource

		with suppress(ValueError, OSError):
			resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _send(pipe: IO[bytes], data: bytes) -> None:
	pipe.write(len(data).to_bytes(8, "big"))
	pipe.write(data)
	pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
	length = _exactly(pipe, 8)
	return _exactly(pipe, int.from_bytes(length, "big"))


def _exactly(pipe: IO[Any], length: int) -> bytes:
	data = bytes(pipe.read(length))
	if len(data) < length:
		raise EOFError
	return data


if __name__ == "__main__":
	serve(sys.stdin.buffer, sys.stdout.buffer)
