"""Contacts from a file: what each would add, ticked or not, before anything is kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog

from cranford_desktop.domain.directory import ContactMatch
from cranford_desktop.services.council import Council
from cranford_desktop.ui.parts.ask import Ask
from cranford_desktop.ui.parts.labels import say
from cranford_desktop.ui.parts.layouts import box, col, rule
from cranford_desktop.ui.parts.wording import count

_KIND_WORDS = {"phone": "telephone", "email": "e-mail", "nickname": "also called"}


class ContactsDialog(Ask):
	"""`taken`: something was kept."""

	taken = Signal()

	def __init__(self, council: Council, window, matches: Sequence[ContactMatch], passed_by: int) -> None:
		super().__init__(
			window,
			"Keep what these contacts add?" if matches else "No contact fits anybody in the archive",
			f"Nothing is kept of {count(passed_by, 'contact')} in the file who fit nobody here, or add nothing."
			if passed_by
			else "Nothing else of the file is kept.",
			"Keep what is ticked" if matches else "Done",
		)
		self._council, self._window, self._matches = council, window, tuple(matches)
		self.ticks: list[QCheckBox] = []
		for at, one in enumerate(matches):
			if at:
				self.add(rule())
			tick = QCheckBox(one.person or one.contact.name)
			tick.setChecked(True)
			tick.setAccessibleName(f"{one.person or one.contact.name}: {'; '.join(_adds(one))}")
			self.ticks.append(tick)
			self.add(box(col(tick, *(say(words, "muted", wrap=True) for words in _adds(one)), gap=1)))
		self.cancel.setVisible(bool(matches))
		if matches:
			self.accepted.connect(self.take)

	def take(self) -> None:
		"""Keep what is ticked."""
		chosen = [one for one, tick in zip(self._matches, self.ticks, strict=True) if tick.isChecked()]
		if not chosen:
			return

		def done(people: int) -> None:
			self._window.toast(f"Kept for {count(people, 'person', 'people')}.")
			self.taken.emit()

		self._window.run(
			"Keeping contacts",
			lambda _progress, _stopped: self._council.directory.take_contacts(chosen),
			done,
			promise="",
		)


def _adds(one: ContactMatch) -> list[str]:
	told = [f"Names {', '.join(one.unnamed)} on phones"] if one.unnamed else []
	return told + [f"{_KIND_WORDS[kind].capitalize()}: {value}" for kind, value in one.fresh]


def choose_contacts(council: Council, window, taken) -> None:
	"""Ask for a contacts file, read it, and show what it would add; `taken` is called once something was kept."""
	name, _ = QFileDialog.getOpenFileName(
		window, "Choose a contacts file", str(Path.home()), "Contacts (*.vcf *.csv);;All files (*)"
	)
	if name:
		read_contacts(council, window, Path(name), taken)


def read_contacts(council: Council, window, path: Path, taken) -> None:
	"""Read a contacts file that is known, and show what it would add."""

	def done(found) -> None:
		dialog = ContactsDialog(council, window, *found)
		dialog.taken.connect(taken)
		dialog.open()

	window.run(
		"Reading contacts",
		lambda _progress, _stopped: council.directory.read_contacts(path),
		done,
		promise="Nothing is kept before you say so.",
	)
