"""The files inside an export, found by the names that its text uses for them."""

import re
from collections.abc import Mapping

from cranford_desktop.domain.messages import MediaMember
from cranford_desktop.ingest.container import folded

_LRM = "\u200e"
APP_FILE = re.compile(r"(?:[A-Z]{3}-[0-9]{8}-WA[0-9]{4}|-?[0-9]{7,8}-|[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]{3,10}-[0-9])")
"""How the app begins the names of files that it names itself."""


class Files:
	"""The files inside an export, found by the names that its text uses."""

	def __init__(self, media: Mapping[str, MediaMember]) -> None:
		"""Take the files by NFC name."""
		self._exact = frozenset(media)
		self._by_fold: dict[str, list[str]] = {}
		self._by_stem: dict[str, list[str]] = {}
		self._by_safe: dict[str, list[str]] = {}
		for name in media:
			fold = folded(name)
			self._by_fold.setdefault(fold, []).append(name)
			self._by_stem.setdefault(fold.rpartition(".")[0] or fold, []).append(name)
			self._by_safe.setdefault(_safe(fold), []).append(name)
		self.longest = max(map(len, media), default=0)

	def __bool__(self) -> bool:
		return bool(self._exact)

	def find(self, name: str) -> str | None:
		"""Return the key of the file that a text calls `name`: whatever its case, composition or lost extension."""
		if not self._exact:
			return None
		if name in self._exact:
			return name
		fold = folded(name).strip()
		for table, key in ((self._by_fold, fold), (self._by_safe, _safe(fold))):
			if key in table:
				return table[key][0]
		# Only the app loses an extension; "Agenda." at the end of a sentence is no file.
		if fold.endswith(".") and APP_FILE.match(name.removeprefix(_LRM)):
			stem = self._by_stem.get(fold.rstrip("."), ())
			return stem[0] if len(stem) == 1 else None
		return None

	def leading(self, line: str) -> tuple[str, str] | None:
		"""Return (name as written, rest of the line) where a line begins with the name of a file in the export."""
		if not self._exact:
			return None
		line = line.removeprefix(_LRM).removesuffix("\r")
		if self.find(line) is not None:
			return line, ""
		for opening in (" (", " <", "(", " [", "（", " （"):
			at = line.find(opening)
			tries = 0
			while 0 < at <= self.longest + 8 and tries < 8:
				if self.find(line[:at]) is not None:
					return line[:at], line[at:]
				at = line.find(opening, at + 1)
				tries += 1
		if APP_FILE.match(line):
			name, _, rest = line.partition(" ")
			if self.find(name) is not None:
				return name, rest
		return None


def _safe(name: str) -> str:
	"""Return a name with what file systems forbid replaced, as the app does when it writes the file."""
	return re.sub(r'[/\\:*?"<>|]', "_", name)
