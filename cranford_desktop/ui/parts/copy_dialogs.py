"""Copies of files outside the archive: the warning before one is saved, and the list of those that lie outside."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from cranford_desktop.domain.files import HeldFile, OutsideCopy
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.controls import link
from cranford_desktop.ui.parts.labels import fact, say
from cranford_desktop.ui.parts.layouts import box, col, row, rule
from cranford_desktop.ui.parts.wording import day_words

_WARNINGS = (
	("lock_closed", "The copy is not encrypted: whoever uses this computer can open it."),
	("delete", "Erasing in the archive does not reach it. Delete it when you have looked at it."),
	("people", "It may show residents or children, and where a photo was taken. Do not pass it on."),
)


class SaveCopyDialog(Ask):
	"""Warns, then asks for the place; the copy is entered among the copies outside."""

	def __init__(self, council: Council, window, file: HeldFile) -> None:
		super().__init__(
			window, "Save a copy outside the archive?", "It is for looking or listening only.", "Choose a place…"
		)
		self._council, self._window, self._file = council, window, file
		self.add(*(fact(icon, words) for icon, words in _WARNINGS))
		self.accepted.connect(self._ask_where)

	def _ask_where(self) -> None:
		name = self._council.files.copy_name(self._file.id)
		place, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", str(Path.home() / name))
		if place:
			self.save(Path(place))

	def save(self, place: Path) -> None:
		"""Save the copy in a place that is known."""

		def saved(copy: OutsideCopy) -> None:
			self._window.toast(f"Saved as {copy.name}. It is on the list of copies outside the archive.")
			self._window.changed()

		self._window.run(
			"Saving a copy",
			lambda _progress, _stopped: self._council.files.save_copy(self._file.id, place),
			saved,
			promise="",
		)


class CopiesDialog(Ask):
	"""The copies that are believed to lie outside, each with "I have deleted it"."""

	changed = Signal()

	def __init__(self, council: Council, window) -> None:
		super().__init__(
			window,
			"Copies outside the archive",
			"Delete them where they lie, then say so here. An erasing asks about those that are left.",
			"Done",
			width=620,
		)
		self._council, self._window = council, window
		self.cancel.hide()
		self._rows = col(gap=0)
		self.add(box(self._rows))
		self._fill()

	def _fill(self) -> None:
		while (item := self._rows.takeAt(0)) is not None:
			if item.widget() is not None:
				item.widget().hide()
				item.widget().deleteLater()
		left = [one for one in self._council.files.copies() if one.gone_on is None]
		for at, one in enumerate(left):
			gone = link("I have deleted it", name=f"I have deleted {one.name}")
			gone.clicked.connect(lambda _=False, copy_id=one.id: self._gone(copy_id))
			words = col(
				say(one.name, "strong", wrap=True),
				say(f"Saved on {day_words(one.at.date())} in {one.folder}", "muted", wrap=True),
				gap=0,
			)
			if at:
				self._rows.addWidget(rule())
			self._rows.addWidget(box(row((words, 1), gone, gap=12, pad=(0, 8, 0, 8))))
		if not left:
			self._rows.addWidget(say("No copy is believed to lie outside.", wrap=True))
		self.fit()

	def _gone(self, copy_id: int) -> None:
		self._window.run(
			"Noting it",
			lambda _progress, _stopped: self._council.files.copy_gone(copy_id),
			lambda _done: (self._fill(), self.changed.emit()),
			promise="",
		)
