"""The photos and files of one message, each decided by itself: put in, leave out with its reason, not in scope."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from cranford_desktop.domain.disclosure import Candidate
from cranford_desktop.domain.media_decisions import MediaDecision, medium_of
from cranford_desktop.domain.messages import Attachment
from cranford_desktop.domain.people import plain_name
from cranford_desktop.services.pack_building import can_have_areas
from cranford_desktop.ui import theme
from cranford_desktop.ui.parts.controls import drop_button
from cranford_desktop.ui.parts.labels import Elided, key, tip
from cranford_desktop.ui.parts.layouts import box, col, row

AREAS = "areas"
"""Asks for areas of a file to be covered: no decision."""
_KEYS = 9
_STATES = {None: "not decided", "release": "goes in", "withhold": "left out", "not_in_scope": "not in scope"}


class _Medium(QWidget):
	"""One file: a tick for "put in", its state in words, a menu for the rest."""

	chosen = Signal(str, str)
	"""(sha256, "release", "withhold", "not_in_scope" or "" for undecided)."""

	def __init__(self, number: int) -> None:
		super().__init__()
		self._sha256 = ""
		self._number = number
		pressed = key(str(number))
		self.put_in = QCheckBox()
		self.put_in.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		theme.scaled(self.put_in, "setMinimumHeight", 26)
		self._state = Elided("", "small")
		self._more = drop_button("")
		self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		menu = QMenu(self._more)
		self._areas = menu.addAction("Cover areas of it…", lambda: self.chosen.emit(self._sha256, AREAS))
		for words, choice in (("Leave it out…", "withhold"), ("Not in scope", "not_in_scope"), ("Not decided", "")):
			menu.addAction(words, lambda choice=choice: self.chosen.emit(self._sha256, choice))
		self._more.setMenu(menu)
		self.put_in.clicked.connect(lambda on: self.chosen.emit(self._sha256, "release" if on else ""))
		self.setLayout(row(pressed, self.put_in, (self._state, 1), self._more, gap=6))
		pressed.setHidden(number > _KEYS)

	def show_medium(self, one: Attachment, decided: MediaDecision | None, of: int) -> None:
		"""Show a file and what becomes of it."""
		self._sha256 = one.sha256 or ""
		self._areas.setVisible(can_have_areas(one))
		what = plain_name(one.name or "photo or file")
		going = decided is not None and decided.choice == "release"
		state = _STATES[decided.choice if decided else None]
		if decided is not None and decided.exemption:
			state += f", {decided.exemption}"
		self.put_in.setText("Put it into the pack" if of == 1 else f"Put in {self._number} of {of}")
		self.put_in.setAccessibleName(f"Put {what} into the pack, key {self._number}")
		self.put_in.setAccessibleDescription(state)
		tip(self.put_in, what)
		self.put_in.setChecked(going)
		self._state.setText(state)
		self._more.setAccessibleName(f"More for {what}: cover areas of it, leave it out, not in scope, not decided")


class MediaChoices(QWidget):
	"""The files of a message under each other. `chosen(str, str)`: (sha256, choice), "" for undecided."""

	chosen = Signal(str, str)

	def __init__(self) -> None:
		super().__init__()
		self.media: list[_Medium] = []
		self._rows = col(gap=0)
		self.setLayout(col(box(self._rows), None, gap=0))
		self._row(0)

	def show_candidate(self, candidate: Candidate) -> int:
		"""Show the files that are there; return how many."""
		held = [one for one in candidate.row.attachments if one.present and one.sha256]
		for at, one in enumerate(held):
			decided = medium_of(one, candidate.decision, candidate.media)
			self._row(at).show_medium(one, decided, len(held))
		for at, shown in enumerate(self.media):
			shown.setVisible(at < len(held))
		return len(held)

	def _row(self, at: int) -> _Medium:
		"""Return the row of a file; rows are made once and used again."""
		while len(self.media) <= at:
			made = _Medium(len(self.media) + 1)
			made.chosen.connect(self.chosen)
			self.media.append(made)
			self._rows.addWidget(made)
		return self.media[at]
