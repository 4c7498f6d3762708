"""What a subject access request adds to deciding: their own words with one key, others tinted and covered up."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from cranford_desktop.domain.subject_access import Subject
from cranford_desktop.ui.parts.chat_lines import ChatLine, tinted
from cranford_desktop.ui.parts.controls import button
from cranford_desktop.ui.parts.decide_covering import LOOKING_ONLY
from cranford_desktop.ui.parts.labels import Glyph, key, say
from cranford_desktop.ui.parts.layouts import col, frame, row, rule
from cranford_desktop.ui.parts.sar_covering import CoverOthersDialog
from cranford_desktop.ui.parts.wording import count


class SarStrip(QFrame):
	"""A strip above the messages, there only for a subject access request whose person is known.

	`give(ids)`: release these messages; `fetch()`: read the messages again.
	"""

	def __init__(self, council, window, give: Callable, fetch: Callable) -> None:
		"""Take what the page does."""
		super().__init__()
		self._council, self._window = council, window
		self._give, self._fetch = give, fetch
		self.request_id = 0
		self.subject: Subject | None = None
		self.own: list[int] = []
		self._where: Callable[[str], list[tuple[int, int]]] | None = None
		self._told = say("", wrap=True)
		self._warning = say("", "strong", wrap=True)
		self._warn_icon = Glyph("warning:filled", "warn")
		self.give_button = button("Give them")
		self.cover_button = button("Cover everybody else…", ic="text_strikethrough")
		for one in (self.give_button, self.cover_button):
			one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
		self._key = key("G")
		self.give_button.clicked.connect(self.give)
		self.cover_button.clicked.connect(self.ask_cover)
		self._warned = frame(row(self._warn_icon, (self._warning, 1), gap=8))
		self.setLayout(
			col(
				row((self._told, 1), self._key, self.give_button, self.cover_button, gap=8, pad=(20, 6, 16, 6)),
				frame(row(self._warned, pad=(20, 0, 16, 6))),
				rule(),
				gap=0,
			)
		)
		self.hide()

	def open_request(self, request) -> None:
		"""Begin with a request; for another law nothing is shown."""
		self.request_id = request.id
		self.subject = self._council.subject_access.subject(request.id) if request.regime == "sar" else None
		self._where = None
		self.own = []
		self.setVisible(self.subject is not None)

	def look(self) -> None:
		"""Work out in a worker what is theirs, where others stand, and what covers their own name."""
		if self.subject is None:
			return
		service, known = self._council.subject_access, self.request_id

		def call(_progress, _stopped):
			return service.own_undecided(known), service.marks(known), service.warnings(known)

		def done(found) -> None:
			if self.request_id == known:
				first = self._where is None
				self.own, self._where, warnings = found
				self._show(warnings)
				if first:
					self._fetch()

		self._window.run("Looking for their own words", call, done, promise=LOOKING_ONLY)

	def decided(self, ids) -> None:
		"""Take note that messages were decided on."""
		gone = set(ids)
		self.own = [one for one in self.own if one not in gone]
		if self.subject is not None:
			self._tell()

	def tint(self, line: ChatLine) -> ChatLine:
		"""Return a message's row with the names of other people tinted."""
		if self._where is None:
			return line
		return tinted(line, self._where(line.text))

	def _show(self, warnings) -> None:
		self._warning.setText(" ".join(warnings))
		self._warned.parentWidget().setVisible(bool(warnings))
		self._tell()

	def _tell(self) -> None:
		number = len(self.own)
		told = f"About {self.subject.name}."
		if number:
			told += f" {count(number, 'message')} of their own {'is' if number == 1 else 'are'} not decided yet."
		told += " Other people’s names are tinted."
		self._told.setText(told)
		self.give_button.say(f"Give their own {number:,}")
		for one in (self.give_button, self._key):
			one.setVisible(number > 0)

	def give(self) -> None:
		"""Release the person's own messages that are not decided yet; it can be taken back."""
		if self.subject is None or not self.own:
			return
		self._give(list(self.own))

	def ask_cover(self) -> None:
		"""Ask whom to cover up."""
		service, known = self._council.subject_access, self.request_id
		self._window.run(
			"Looking for other people",
			lambda progress, stopped: (service.others(known, progress, stopped), service.answers(known)),
			lambda found: self._cover(*found),
			promise=LOOKING_ONLY,
		)

	def _cover(self, others, answers) -> None:
		if not others:
			self._window.toast("Nobody else whom the archive knows is in these messages.")
			return
		asked = CoverOthersDialog(self, self.subject.name, others, answers)
		if asked.exec():
			self.cover(asked.names(), asked.balance(), asked.readable())

	def cover(self, names, balance, readable) -> None:
		"""Cover these people up, and keep why the others may be named."""
		service, known = self._council.subject_access, self.request_id

		def call(_progress, _stopped) -> int:
			if readable:
				service.leave_readable(known, readable)
			return len(service.cover_others(known, names, balance)) if names else 0

		def done(made: int) -> None:
			if made:
				self._window.toast(f"{count(len(names), 'person', 'people')} covered up in this request.")
			self._fetch()
			self.look()

		self._window.run("Covering them up", call, done, promise="You can uncover each again.")
