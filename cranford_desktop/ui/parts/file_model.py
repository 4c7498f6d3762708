"""Files and links as rows: what is shown of each, and the one sentence that a screen reader says."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from cranford_desktop.domain.files import HeldFile, HeldLink
from cranford_desktop.ui.parts.wording import short_day

Shown = Mapping[int, tuple[str, ...]]
"""What the photos and files of messages show, by message: those of which nothing was said are left out."""
FILE = Qt.ItemDataRole.UserRole
SHOWS_ROLE = Qt.ItemDataRole.UserRole + 1
ICONS = {
	"photo": "image",
	"video": "play",
	"voice": "record",
	"document": "document_text",
	"contact": "people",
	"link": "link",
}
SORT_WORDS = {
	"photo": "Photo",
	"video": "Video",
	"voice": "Voice note",
	"document": "Document",
	"contact": "Contact card",
	"link": "Link",
}


def sort_of(one: HeldFile | HeldLink) -> str:
	"""Return which icon and word stand for it."""
	return one.sort if isinstance(one, HeldFile) else "link"


def title_of(one: HeldFile | HeldLink) -> str:
	"""Return what it is called: its caption or name, or the address."""
	if isinstance(one, HeldLink):
		return one.address
	if one.sort in ("photo", "video", "voice"):
		words = one.listened.gist if one.listened is not None and one.listened.gist else one.caption
		return " ".join(words.split()) or SORT_WORDS[one.sort]
	return one.name


def who_and_when(one: HeldFile | HeldLink) -> str:
	"""Return who sent it, when and where."""
	return " · ".join(part for part in (one.sender or "WhatsApp", short_day(one.sent_at.date()), one.group) if part)


def size_words(size: int) -> str:
	"""Return a size as people say it."""
	if size < 1000:
		return f"{size} bytes"
	return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{round(size / 1000)} kB"


def right_words(one: HeldFile | HeldLink) -> str:
	"""Return what stands at the right edge of its row."""
	if isinstance(one, HeldLink):
		return ""
	if one.sort == "voice":
		return "Listened to" if one.listened is not None else "Not listened to yet"
	return size_words(one.size)


def shows_words(names: Sequence[str]) -> str:
	"""Return what a file shows, in words: "shows an event"; empty where nothing was said."""
	return f"shows {' and '.join(f'{_article(name)} {name.lower()}' for name in names)}" if names else ""


def _article(name: str) -> str:
	return "an" if name[0] in "AEIOU" else "a"


def sentence(one: HeldFile | HeldLink, shows: Sequence[str] = ()) -> str:
	"""Return one plain sentence for a screen reader."""
	when = f"{short_day(one.sent_at.date())}, {one.sent_at:%H:%M}"
	told = [f"{SORT_WORDS[sort_of(one)]} from {one.sender or 'WhatsApp'}, {when}, in {one.group}", title_of(one)]
	if isinstance(one, HeldFile):
		told += [one.name] if one.name not in told[1] else []
	told += [right_words(one), shows_words(shows)]
	return ": ".join(told[:2]) + "".join(f", {part}" for part in told[2:] if part)


class FileModel(QAbstractListModel):
	"""The files or links of one sort, newest first."""

	def __init__(self, parent=None) -> None:
		super().__init__(parent)
		self._items: Sequence[HeldFile | HeldLink] = ()
		self._shown: Shown = {}

	def set_items(self, items: Sequence[HeldFile | HeldLink], shown: Shown) -> None:
		"""Show these; `shown`: what they show."""
		self.beginResetModel()
		self._items, self._shown = items, shown
		self.endResetModel()

	def item(self, at: int) -> HeldFile | HeldLink | None:
		"""Return one of them."""
		return self._items[at] if 0 <= at < len(self._items) else None

	def row_of(self, file_id: int) -> int:
		"""Return where a file stands, -1 if it is not shown."""
		return next((at for at, one in enumerate(self._items) if isinstance(one, HeldFile) and one.id == file_id), -1)

	def rowCount(self, parent=QModelIndex()):  # noqa: B008 Qt's default
		return 0 if parent.isValid() else len(self._items)

	def data(self, index, role=Qt.ItemDataRole.DisplayRole):
		one = self.item(index.row()) if index.isValid() else None
		if one is None:
			return None
		if role == FILE:
			return one
		if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
			return sentence(one, self._shown.get(one.message_id, ()))
		if role == SHOWS_ROLE:
			return self._shown.get(one.message_id, ())
		return None

	def flags(self, _index):
		return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
