"""What photos and files show: an event, an asset or a project. Ticks for one file, or for all that are chosen."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from cranford_desktop.domain.files import HeldFile, HeldLink
from cranford_desktop.domain.sorting import SHOWS
from cranford_desktop.ui.parts.file_model import SORT_WORDS, Shown, shows_words
from cranford_desktop.ui.parts.flow import Flow
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import col
from cranford_desktop.ui.parts.sorting_verbs import SortingVerbs

_SORTS = ("photo", "document", "video")
"""What shows something: somebody's voice or contact card does not."""


class FileShows(QWidget):
	"""Says and changes what files show; each tick is one act, with its way back."""

	def __init__(self, verbs: SortingVerbs) -> None:
		super().__init__()
		self._verbs = verbs
		self._files: tuple[HeldFile, ...] = ()
		self._held: Shown = {}
		self._label = say("", "strong", wrap=True)
		self.ticks = {name: QCheckBox(name) for name in SHOWS}
		for name, tick in self.ticks.items():
			tick.clicked.connect(lambda _on, name=name: self._clicked(name))
		self.setLayout(col(self._label, Flow(*self.ticks.values(), gap=16), gap=2))

	def show_files(self, files: Sequence[HeldFile | HeldLink], held: Shown) -> None:
		"""Show what these files show; `held`: what was said so far, by message."""
		self._files = tuple(one for one in files if isinstance(one, HeldFile) and one.sort in _SORTS)
		self._held = held
		self.setVisible(bool(self._files))
		if not self._files:
			return
		many = len(self._files)
		what = SORT_WORDS[self._files[0].sort].lower()
		words = f"What this {what} shows" if many == 1 else f"What the {many:,} {what}s chosen show"
		self._label.setText(words)
		for name, state in self._states().items():
			tick = self.ticks[name]
			tick.setTristate(state == Qt.CheckState.PartiallyChecked)
			tick.setCheckState(state)
			tick.setAccessibleName(f"{words}: {name}")

	def fill(self, menu: QMenu) -> None:
		"""Put the same ticks into a menu."""
		for name, state in self._states().items():
			act = menu.addAction(shows_words([name]).capitalize())
			act.setCheckable(True)
			act.setChecked(state == Qt.CheckState.Checked)
			act.triggered.connect(lambda on, name=name: self._say(name, on))

	def _states(self) -> Mapping[str, Qt.CheckState]:
		found = {}
		for name in SHOWS if self._files else ():
			carrying = sum(name in self._held.get(one.message_id, ()) for one in self._files)
			some = Qt.CheckState.PartiallyChecked if carrying else Qt.CheckState.Unchecked
			found[name] = Qt.CheckState.Checked if carrying == len(self._files) else some
		return found

	def _clicked(self, name: str) -> None:
		tick = self.ticks[name]
		tick.setTristate(False)
		self._say(name, tick.isChecked())

	def _say(self, name: str, on: bool) -> None:
		self._verbs.say_shows(list(dict.fromkeys(one.message_id for one in self._files)), name, on)
