"""What exports show of names, kept until the archive changes: finding it out goes over every record."""

import threading

from cranford_desktop.store import name_guesses
from cranford_desktop.store.archive import Connection
from cranford_desktop.store.name_guesses import Findings


class NameFindings:
	"""Keeps the last answer; safe to ask from several threads."""

	def __init__(self) -> None:
		self._lock = threading.Lock()
		self._kept: tuple[int, Findings] | None = None

	def of(self, connection: Connection) -> Findings:
		"""Return what the exports show, found out anew where messages came or went since."""
		state = name_guesses.state(connection)
		with self._lock:
			kept = self._kept
		if kept is not None and kept[0] == state:
			return kept[1]
		found = name_guesses.findings(connection)
		with self._lock:
			self._kept = (state, found)
		return found
